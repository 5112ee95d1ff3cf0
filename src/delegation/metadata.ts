import { tokenExchange } from './exchange.ts';
import { algorithm } from './signing-key.ts';

/** Authorization server metadata (RFC 8414, RFC 9396 section 10) of a gateway reachable under `url`. */
export const authorizationServerMetadata = (url: string) => ({
  issuer: url,
  token_endpoint: `${url}/oauth/token`,
  jwks_uri: `${url}/oauth/jwks`,
  introspection_endpoint: `${url}/oauth/introspect`,
  revocation_endpoint: `${url}/oauth/revoke`,
  grant_types_supported: [tokenExchange],
  response_types_supported: [],
  token_endpoint_auth_methods_supported: ['none'],
  authorization_details_types_supported: ['phi_access'],
});

/** Protected resource metadata (RFC 9728): whose tokens this gateway takes, its own and its users' issuers'. */
export const protectedResourceMetadata = (url: string, issuers: readonly string[] = []) => ({
  resource: url,
  authorization_servers: [url, ...issuers],
  jwks_uri: `${url}/oauth/jwks`,
  bearer_methods_supported: ['header'],
  resource_signing_alg_values_supported: [algorithm],
  authorization_details_types_supported: ['phi_access'],
});
