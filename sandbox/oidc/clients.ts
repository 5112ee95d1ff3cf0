import type { ClientMetadata } from 'oidc-provider';

/** Public clients of the sandbox: code + PKCE, redirect to loopback on any port (RFC 8252, section 7.3). */
const clientIds = ['phi-cli', 'phi-console', 'portal-app', 'copilot-app'] as const;

export const redirectPath = '/callback';

export const clients: ClientMetadata[] = clientIds.map((clientId) => ({
  client_id: clientId,
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types:
    clientId === 'phi-cli'
      ? ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code']
      : ['authorization_code'],
  response_types: ['code'],
  redirect_uris: [
    `http://127.0.0.1${redirectPath}`,
    `http://localhost${redirectPath}`,
    'http://127.0.0.1/console/',
    'http://localhost/console/',
  ],
}));
