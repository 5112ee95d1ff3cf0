import { proofAlgorithms } from '../identity/dpop.ts';
import { tokenExchange } from './grant-types.ts';
import { signingAlgorithms } from './signing-key.ts';

const endpoints = (url: string) => ({
  token_endpoint: `${url}/oauth/token`,
  introspection_endpoint: `${url}/oauth/introspect`,
  revocation_endpoint: `${url}/oauth/revoke`,
});
const assertionAlgorithms = ['ES256', 'ES384', 'ES512', 'EdDSA', 'PS256', 'PS384', 'RS256', 'RS384'];

/**
 * Authorization server metadata (RFC 8414; RFC 8705, sections 3.3 and 5; RFC 9396, section 10; RFC 9449, section 5.1) of
 * a gateway reachable under `url`, and with certificates under `mtlsUrl`. Introspection and revocation are called with
 * the user's own token, which is none of the registered client authentication methods.
 */
export const authorizationServerMetadata = (url: string, mtlsUrl?: string) => ({
  issuer: url,
  ...endpoints(url),
  jwks_uri: `${url}/oauth/jwks`,
  service_documentation: `${url}/docs`,
  grant_types_supported: [tokenExchange],
  response_types_supported: [],
  token_endpoint_auth_methods_supported: [
    'none',
    'private_key_jwt',
    ...(mtlsUrl === undefined ? [] : ['tls_client_auth']),
  ],
  token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
  authorization_details_types_supported: ['phi_access'],
  dpop_signing_alg_values_supported: proofAlgorithms,
  ...(mtlsUrl === undefined
    ? {}
    : { tls_client_certificate_bound_access_tokens: true, mtls_endpoint_aliases: endpoints(mtlsUrl) }),
});

/** Protected resource metadata (RFC 9728): whose tokens this gateway takes, its own and its users' issuers'. */
export const protectedResourceMetadata = (
  url: string,
  issuers: readonly string[] = [],
  certificates = false,
) => ({
  resource: url,
  resource_name: 'phi-gateway',
  resource_documentation: `${url}/docs`,
  authorization_servers: [url, ...issuers],
  jwks_uri: `${url}/oauth/jwks`,
  bearer_methods_supported: ['header'],
  resource_signing_alg_values_supported: signingAlgorithms,
  authorization_details_types_supported: ['phi_access'],
  dpop_signing_alg_values_supported: proofAlgorithms,
  // Some workloads may still be bound to nothing: what is required is said by the entry of each.
  dpop_bound_access_tokens_required: false,
  tls_client_certificate_bound_access_tokens: certificates,
});

/** OpenID Connect Core, section 3.1.2.1. What may be asked is said by `authorization_details` and policy, never by a scope. */
export const signInScope = 'openid';

/** The same for one resource of the gateway that has a name of its own (RFC 9728, section 3.1), at `path`. */
export const resourceMetadata = (
  url: string,
  path: string,
  whole: ReturnType<typeof protectedResourceMetadata>,
) => ({
  ...whole,
  resource: `${url}${path}`,
  scopes_supported: [signInScope],
});
