import type { FhirServer } from '../../config/config.ts';
import { createIssuerKeys, type Fetch } from '../../identity/issuer-keys.ts';
import type { Clock } from '../../vocabulary/time.ts';
import type { TokenIssuer } from '../ports.ts';
import { createBackendServices } from './backend-services.ts';
import { type ClientKey, loadClientKey } from './client-key.ts';
import { createExchangeElsewhere } from './exchange-elsewhere.ts';
import type { RecordTokens } from './ports.ts';
import { createTokenEndpoint } from './token-endpoint.ts';

/** The gateway's own narrowed token, for a record system that trusts its key set. */
export const ownTokens = (tokens: Pick<TokenIssuer, 'mintFhirToken'>): RecordTokens => ({
  method: 'own',
  patientBound: true,
  issue: async (request) => ({
    ...(await tokens.mintFhirToken(request)),
    patientBound: request.patient !== undefined,
  }),
});

/** Keys with which the gateway proves itself to the authorization servers of record systems, one a server at most. */
export const recordClientKey = async ({
  authorization,
}: Pick<FhirServer, 'authorization'>): Promise<ClientKey | undefined> =>
  authorization === undefined ? undefined : loadClientKey(authorization.clientKey);

/** How tokens for one FHIR server are come by, as its configuration says. */
export function createRecordTokens(input: {
  readonly server: Omit<FhirServer, 'aliases'>;
  readonly key: ClientKey | undefined;
  readonly tokens: Pick<TokenIssuer, 'mintFhirToken'>;
  readonly clock: Clock;
  readonly fetch: Fetch;
}): RecordTokens {
  const { clock, fetch, key, server, tokens } = input;
  const at = server.authorization;
  if (at === undefined || key === undefined) return ownTokens(tokens);
  const endpoint = createTokenEndpoint({ at, key, clock, fetch, timeoutMs: server.timeoutMs });
  const backend = createBackendServices({ endpoint, maxLifetimeSeconds: at.maxLifetimeSeconds });
  if (at.method === 'backend') return backend;
  const keys = createIssuerKeys({
    issuer: at.issuer,
    timeoutMs: server.timeoutMs,
    ...(at.jwksUri === undefined ? {} : { jwksUri: at.jwksUri }),
    clock,
    fetch,
  });
  return createExchangeElsewhere({ at, endpoint, keys, tokens, control: backend, clock });
}
