import { createPrivateKey, createPublicKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { isRecord } from '../../../../src/vocabulary/fhir.ts';
import { asDelegated, asSubject, type WrongCredential } from './row.ts';
import { signAnything, unknownCritical, unsigned } from './sign-anything.ts';
import type { World } from './world.ts';

const idTokenType = 'urn:ietf:params:oauth:token-type:id_token';

const detailsOf = (token: string): Readonly<Record<string, unknown>> => {
  const list = decodeJwt(token)['authorization_details'];
  const one: unknown = Array.isArray(list) ? list[0] : undefined;
  if (!isRecord(one)) throw new Error('the token has no details');
  return one;
};

const changed =
  (claims: (token: string, world: World) => object, header: object = {}) =>
  async (world: World): Promise<string> => {
    const token = await world.delegated();
    return world.resigned(token, claims(token, world), header);
  };

const chain = (sub: string, ...before: string[]): object =>
  before[0] === undefined ? { sub } : { sub, act: chain(before[0], ...before.slice(1)) };

/** Even under the gateway's own key: what it never writes it never reads. */
const faults: Readonly<Record<string, (world: World) => Promise<string>>> = {
  'an audience list with us': changed((_token, world) => ({ aud: [world.url] })),
  'another audience': changed(() => ({ aud: 'https://elsewhere.example' })),
  'typ JWT': changed(() => ({}), { typ: 'JWT' }),
  'no kid': changed(() => ({}), { kid: undefined }),
  'another kid': changed(() => ({}), { kid: 'key-1' }),
  expired: changed((_token, world) => ({ iat: world.seconds() - 300, exp: world.seconds() - 10 })),
  'not yet valid': changed((_token, world) => ({ nbf: world.seconds() + 60 })),
  'issued in the future': changed((_token, world) => ({ iat: world.seconds() + 60 })),
  'a life of an hour': changed((_token, world) => ({ exp: world.seconds() + 3600 })),
  'no actor': changed(() => ({ act: undefined })),
  'an actor chain of five': changed(() => ({ act: chain('copilot-app', 'b', 'c', 'd', 'e') })),
  'an actor chain of forty': changed(() => ({
    act: chain('copilot-app', ...Array.from({ length: 39 }, (_, n) => `w${n}`)),
  })),
  'an actor chain that comes back': changed(() => ({ act: chain('copilot-app', 'b', 'copilot-app') })),
  'an actor without a name': changed(() => ({ act: { act: { sub: 'copilot-app' } } })),
  'an actor with an issuer': changed(() => ({ act: { sub: 'copilot-app', iss: 'https://x.example' } })),
  'actors as a list': changed(() => ({ act: ['copilot-app'] })),
  'no sub': changed(() => ({ sub: undefined })),
  'no jti': changed(() => ({ jti: undefined })),
  'no iat': changed(() => ({ iat: undefined })),
  'no nbf': changed(() => ({ nbf: undefined })),
  'no exp': changed(() => ({ exp: undefined })),
  'no audience': changed(() => ({ aud: undefined })),
  'no client': changed(() => ({ client_id: undefined })),
  'no user': changed(() => ({ phi_user: undefined })),
  'no details': changed(() => ({ authorization_details: undefined })),
  'an audience list without us': changed(() => ({ aud: ['urn:a', 'urn:b'] })),
  'an audience list with us and others': changed((_token, world) => ({ aud: [world.url, 'urn:b'] })),
  'typ of an ID token': changed(() => ({}), { typ: undefined }),
  'an unknown critical header': async (world) => {
    const token = await world.delegated();
    return signAnything(
      decodeJwt(token),
      { ...decodeProtectedHeader(token), ...unknownCritical },
      createPrivateKey(world.gatewayKey),
    );
  },
  'alg none': async (world) => {
    const token = await world.delegated();
    return unsigned(decodeJwt(token), { ...decodeProtectedHeader(token), alg: 'none' });
  },
  'HS256 keyed with the published key': async (world) => {
    const key = createPublicKey(createPrivateKey(world.gatewayKey)).export({ type: 'spki', format: 'pem' });
    const token = await world.delegated();
    const header = { ...decodeProtectedHeader(token), alg: 'HS256' };
    return world.sign(decodeJwt(token), header, Buffer.from(key));
  },
  'a jku of its own': async (world) =>
    world.resigned(
      await world.delegated(),
      {},
      { jku: `${world.foreign.url}/jwks`, kid: 'key-1' },
      world.foreign.pair.privateKey,
    ),
  "the users' issuer": changed((_token, world) => ({ iss: world.issuer.url })),
  'data that the details do not have': changed((token) => ({
    authorization_details: [{ ...detailsOf(token), data: ['*'] }],
  })),
  'retention without end': changed((token) => ({
    authorization_details: [{ ...detailsOf(token), retention: 1e12 }],
  })),
  'more actions than there are': changed((token) => ({
    authorization_details: [{ ...detailsOf(token), actions: ['ask', 'export'] }],
  })),
  'a member more': changed((token) => ({
    authorization_details: [{ ...detailsOf(token), patients: '*' }],
  })),
  'a wildcard patient': changed((token) => ({
    authorization_details: [{ ...detailsOf(token), patient: '*' }],
  })),
  'an actor that acts for itself': changed(() => ({
    act: { sub: 'copilot-app', act: { sub: 'copilot-app' } },
  })),
  'no txn': changed(() => ({ txn: undefined })),
  'another client': changed(() => ({ client_id: 'phi-cli' })),
  'wider details': changed((token) => ({
    authorization_details: [{ ...detailsOf(token), task: '*' }],
  })),
  'two patients': changed((token) => ({
    authorization_details: [detailsOf(token), detailsOf(token)],
  })),
  'a patient in the clear': changed((token) => ({
    authorization_details: [{ ...detailsOf(token), patient: 'p1' }],
  })),
  'the patient of another token': async (world) => {
    const { patient } = detailsOf(await world.delegated());
    const token = await world.delegated();
    return world.resigned(token, { authorization_details: [{ ...detailsOf(token), patient }] });
  },
  'the user of another token': async (world) => {
    const { phi_user: user } = decodeJwt(await world.delegated());
    return world.resigned(await world.delegated(), { phi_user: user });
  },
  'signed by another key': async (world) =>
    world.resigned(await world.delegated(), {}, {}, world.foreign.pair.privateKey),
};

export const delegatedTokens: readonly WrongCredential[] = [
  ...Object.entries(faults).map(([name, make]) => asDelegated(`delegated token: ${name}`, make)),
  {
    ...asDelegated(
      'delegated token: another actor',
      changed(() => ({ act: { sub: 'somebody' } })),
    ),
    status: 403,
    code: 'access_denied',
    challenge: undefined,
  },
  asSubject('subject token: a delegated token', (world) => world.delegated()),
  {
    ...asSubject('ID token: a delegated token', (world) => world.delegated()),
    show: async (world) => ({
      form: { subject_token: await world.delegated(), subject_token_type: idTokenType },
    }),
  },
  {
    ...asDelegated('delegated token: used before, though good once', () => ''),
    show: async (world) => {
      const token = await world.delegated({
        form: { authorization_details: world.details({ use: 'once' }) },
      });
      const shown = { headers: { authorization: `Bearer ${token}` } };
      await world.show('delegated', shown);
      return shown;
    },
  },
];
