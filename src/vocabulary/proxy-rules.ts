/** What a tenant says of those who act for a patient. */
export interface ProxyRules {
  /** Age of majority, in years. */
  readonly majority: number;
  /** Kinds of sensitive information (v3-ActCode) that no proxy is shown unless the patient shares them. */
  readonly withhold: readonly string[];
}

/** What holds where a tenant says nothing of it. */
export const defaultProxyRules: ProxyRules = {
  majority: 18,
  withhold: ['HIV', 'SEX', 'MH', 'SUD', 'SDV', 'ADOL', 'EMOTDIS', 'MST', 'TBOO'],
};

export const proxyRules = (tenant: { readonly proxies?: ProxyRules }): ProxyRules =>
  tenant.proxies ?? defaultProxyRules;
