/** Authentication context classes of the sandbox, weaker first; `amr` values of RFC 8176. */
export const assurance = {
  pwd: { acr: 'urn:phi-gateway:acr:pwd', amr: ['pwd'] },
  mfa: { acr: 'urn:phi-gateway:acr:mfa', amr: ['pwd', 'mfa'] },
} as const;
export type Factor = keyof typeof assurance;

/** What `acr_values` (OpenID Connect Core 3.1.2.1, in order of preference) asks the login page for. */
export function demandedFactor(acrValues: unknown): Factor | undefined {
  if (typeof acrValues !== 'string') return undefined;
  const wanted = acrValues.split(' ');
  if (wanted.includes(assurance.pwd.acr)) return 'pwd';
  return wanted.includes(assurance.mfa.acr) ? 'mfa' : undefined;
}

/** Whether a session's class is as strong as demanded. */
export const meets = (acr: string | undefined, demanded: Factor | undefined): boolean =>
  demanded !== 'mfa' || acr === assurance.mfa.acr;
