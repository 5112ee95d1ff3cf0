import type { WrongCredential } from './row.ts';
import type { World } from './world.ts';

const detail = { type: 'phi_access', patient: 'p1', task: 'cholesterol.latest', purpose: 'TREAT' };
const wrongDetails = (name: string, details: unknown): WrongCredential => ({
  name: `details: ${name}`,
  at: 'exchange',
  show: async () => ({ form: { authorization_details: JSON.stringify(details) } }),
  status: 400,
  code: 'invalid_authorization_details',
  challenge: undefined,
});

const wrongForm = (
  name: string,
  code: string,
  form: (world: World) => Readonly<Record<string, string | undefined>>,
): WrongCredential => ({
  name: `exchange: ${name}`,
  at: 'exchange',
  show: async (world) => ({ form: form(world) }),
  status: 400,
  code,
  challenge: undefined,
});

export const exchanges: readonly WrongCredential[] = [
  wrongDetails('two patients', [detail, { ...detail, patient: 'p2' }]),
  wrongDetails('a list of patients', [{ ...detail, patient: ['p1', 'p2'] }]),
  wrongDetails('a wildcard patient', [{ ...detail, patient: '*' }]),
  wrongDetails('no patient', [{ ...detail, patient: undefined }]),
  wrongDetails('an unknown member', [{ ...detail, everything: true }]),
  wrongDetails('an unknown action', [{ ...detail, actions: ['write'] }]),
  wrongDetails('another type', [{ ...detail, type: 'payment' }]),
  wrongDetails('no task of this gateway', [{ ...detail, task: 'everything' }]),
  wrongDetails('no member at all', [{}]),
  wrongDetails('no list', detail),
  wrongDetails('an empty list', []),
  wrongDetails('every type of data', [{ ...detail, data: ['*'] }]),
  wrongDetails('data as text', [{ ...detail, data: 'Observation' }]),
  wrongDetails('retention without end', [{ ...detail, retention: 1e12 }]),
  wrongDetails('a use that is none', [{ ...detail, use: 'always' }]),
  wrongDetails('no known purpose', [{ ...detail, purpose: '*' }]),
  wrongForm('no subject token', 'invalid_request', () => ({ subject_token: undefined })),
  wrongForm('a subject token of another kind', 'invalid_request', () => ({
    subject_token_type: 'urn:ietf:params:oauth:token-type:saml2',
  })),
  wrongForm('another grant type', 'unsupported_grant_type', () => ({ grant_type: 'client_credentials' })),
  wrongForm('another resource', 'invalid_target', () => ({ resource: 'https://elsewhere.example' })),
  wrongForm('another audience', 'invalid_target', () => ({ audience: 'urn:somebody-else' })),
  wrongForm('a refresh token asked for', 'invalid_request', () => ({
    requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token',
  })),
  wrongForm('scopes', 'invalid_scope', () => ({ scope: 'patient/*.rs' })),
  wrongForm('another client id', 'unauthorized_client', () => ({ client_id: 'phi-cli' })),
  wrongForm('a client secret', 'invalid_request', () => ({ client_secret: 'hunter2' })),
  {
    name: 'exchange: the token of a client that is no workload',
    at: 'exchange',
    show: async (world) => ({ form: { subject_token: await world.user({ client_id: 'another-app' }) } }),
    status: 400,
    code: 'unauthorized_client',
    challenge: undefined,
  },
];
