import type { Config, FhirServer } from './config.ts';

const mask = '(set, not shown)';

const withoutClientKey = <Server extends Pick<FhirServer, 'authorization'>>(server: Server): Server =>
  server.authorization === undefined
    ? server
    : { ...server, authorization: { ...server.authorization, clientKey: mask } };

/** The effective configuration for `serve --check`, fit to be printed: secrets are masked, everything else stands. */
export const maskedConfig = (config: Config): Config => ({
  ...config,
  redaction: {
    ...config.redaction,
    ...(config.redaction.recogniser?.tls === undefined
      ? {}
      : {
          recogniser: {
            ...config.redaction.recogniser,
            tls: { ...config.redaction.recogniser.tls, key: mask },
          },
        }),
  },
  keys: {
    ...(config.keys.overlap === undefined ? {} : { overlap: config.keys.overlap.map(() => mask) }),
    signing: mask,
    vault: mask,
    pseudonym: mask,
    log: mask,
  },
  tenants: config.tenants.map((tenant) => ({
    ...tenant,
    ...(tenant.tickets?.authorization === undefined
      ? {}
      : { tickets: { ...tenant.tickets, authorization: mask } }),
    fhir: withoutClientKey(tenant.fhir),
    furtherFhir: tenant.furtherFhir.map(withoutClientKey),
    issuers: tenant.issuers.map(({ introspection, signals, ...issuer }) => ({
      ...issuer,
      ...(introspection === undefined ? {} : { introspection: { ...introspection, clientSecret: mask } }),
      ...(signals === undefined
        ? {}
        : { signals: signals.authorization === undefined ? signals : { ...signals, authorization: mask } }),
    })),
    models: tenant.models.map((model) => (model.apiKey === undefined ? model : { ...model, apiKey: mask })),
  })),
});
