import type { Config, RecogniserServer } from '../config/config.ts';
import { socketPath } from '../config/socket-path.ts';
import type { Ways } from './dispatcher.ts';

/**
 * Every origin (scheme, host, port) that a gateway of this configuration may open a connection to: issuers,
 * where their key sets live and where they are asked about tokens, FHIR bases and who gives tokens for them, model
 * endpoints, witnesses, the recogniser. Nothing a request, an answer or a discovery document
 * says adds to it.
 */
export function configuredOrigins(
  config: Pick<Config, 'audit' | 'redaction' | 'tenants'>,
): ReadonlySet<string> {
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
  const { recogniser } = config.redaction;
  const beside = recogniser === undefined ? [] : [recogniserAddress(recogniser)];
  return new Set([...addresses, ...witnesses, ...beside].map((address) => new URL(address).origin));
}

/** Under which a recogniser is asked; behind a socket there is no name to look up, and this one can have none. */
export const recogniserAddress = ({ url }: RecogniserServer): string =>
  socketPath(url) === undefined ? url : 'http://recogniser.invalid';

/** Origins that are reached otherwise than by plain TLS: the recogniser, by mutual TLS or by its socket. */
export function configuredWays({ redaction }: Pick<Config, 'redaction'>): Ways {
  const { recogniser } = redaction;
  if (recogniser === undefined) return new Map();
  const { tls, url } = recogniser;
  const way =
    tls === undefined
      ? { socketPath: socketPath(url) ?? '' }
      : { cert: tls.certificate, key: tls.key, ca: tls.authority };
  return new Map([[new URL(recogniserAddress(recogniser)).origin, way]]);
}
