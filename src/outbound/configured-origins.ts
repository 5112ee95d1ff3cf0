import type { Config } from '../config/config.ts';

/**
 * Every origin (scheme, host, port) that a gateway of this configuration may open a connection to: issuers,
 * where their key sets live and where they are asked about tokens, FHIR bases and who gives tokens for them, model
 * endpoints, witnesses. Nothing a request, an answer or a discovery document
 * says adds to it.
 */
export function configuredOrigins(config: Pick<Config, 'audit' | 'tenants'>): ReadonlySet<string> {
  const addresses = config.tenants.flatMap((tenant) => [
    ...tenant.issuers.flatMap(({ introspection, issuer, jwksOrigin, signals }) =>
      [issuer, jwksOrigin, introspection?.endpoint, signals?.issuer, signals?.jwksUri].filter(
        (address) => address !== undefined,
      ),
    ),
    tenant.fhir.base,
    ...[tenant.fhir.authorization].flatMap((at) =>
      at === undefined
        ? []
        : [at.issuer, at.tokenEndpoint, at.jwksUri].filter((address) => address !== undefined),
    ),
    ...tenant.models.map(({ baseUrl }) => baseUrl),
  ]);
  const witnesses = config.audit.witnesses.map(({ url }) => url);
  return new Set([...addresses, ...witnesses].map((address) => new URL(address).origin));
}
