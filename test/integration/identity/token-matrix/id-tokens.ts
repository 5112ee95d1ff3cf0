import type { WrongCredential } from './row.ts';
import type { World } from './world.ts';

const type = 'urn:ietf:params:oauth:token-type:id_token';

/** A good ID token of the world's issuer, but for the change. */
export const idToken = (world: World, claims: object = {}, header: object = {}): Promise<string> =>
  world.user({ aud: 'copilot-app', nonce: 'n', client_id: undefined, ...claims }, { typ: 'JWT', ...header });

const faults: Readonly<Record<string, (world: World) => Promise<string>>> = {
  'an access token': (world) => world.user(),
  'typ of an access token': (world) => idToken(world, {}, { typ: 'at+jwt' }),
  'a scope': (world) => idToken(world, { scope: 'openid' }),
  'two audiences': (world) => idToken(world, { aud: ['copilot-app', 'phi-cli'] }),
  'another authorized party': (world) => idToken(world, { azp: 'phi-cli' }),
  'events of a logout token': (world) => idToken(world, { events: {} }),
  expired: (world) => idToken(world, { exp: world.seconds() - 60 }),
  'issued in the future': (world) => idToken(world, { iat: world.seconds() + 60 }),
  'another issuer': (world) => idToken(world, { iss: world.foreign.url }),
  'no subject': (world) => idToken(world, { sub: undefined }),
};

const refused = { at: 'exchange', challenge: undefined, status: 400 } as const;

export const idTokens: readonly WrongCredential[] = [
  ...Object.entries(faults).map(
    ([name, make]): WrongCredential => ({
      name: `ID token: ${name}`,
      show: async (world) => ({ form: { subject_token: await make(world), subject_token_type: type } }),
      ...refused,
      code: 'invalid_request',
    }),
  ),
  {
    name: 'ID token: of a client that is no workload',
    show: async (world) => ({
      form: { subject_token: await idToken(world, { aud: 'another-app' }), subject_token_type: type },
    }),
    ...refused,
    code: 'unauthorized_client',
  },
  {
    name: 'ID token: under the name of an access token',
    show: async (world) => ({ form: { subject_token: await idToken(world) } }),
    ...refused,
    code: 'invalid_request',
  },
  {
    name: 'ID token: as bearer',
    at: 'ask',
    show: async (world) => ({ headers: { authorization: `Bearer ${await idToken(world)}` } }),
    status: 401,
    code: 'invalid_token',
    challenge: 'Bearer invalid_token',
  },
];
