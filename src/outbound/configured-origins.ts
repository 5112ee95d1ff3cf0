import type { Config } from '../config/config.ts';

/**
 * Every origin (scheme, host, port) that a gateway of this configuration may open a connection to: issuers and
 * where their key sets live, FHIR bases, model endpoints, witnesses. Nothing a request, an answer or a discovery document
 * says adds to it.
 */
export function configuredOrigins(config: Pick<Config, 'audit' | 'tenants'>): ReadonlySet<string> {
  const addresses = config.tenants.flatMap((tenant) => [
    ...tenant.issuers.flatMap(({ issuer, jwksOrigin }) =>
      jwksOrigin === undefined ? [issuer] : [issuer, jwksOrigin],
    ),
    tenant.fhir.base,
    ...tenant.models.map(({ baseUrl }) => baseUrl),
  ]);
  const witnesses = config.audit.witnesses.map(({ url }) => url);
  return new Set([...addresses, ...witnesses].map((address) => new URL(address).origin));
}
