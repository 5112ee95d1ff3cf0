import { decodeJwt } from 'jose';
import { isRecord } from '../../../../src/vocabulary/fhir.ts';
import { asDelegated, asSubject, type WrongCredential } from './row.ts';
import type { World } from './world.ts';

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

const chain = (depth: number): object => ({
  sub: 'copilot-app',
  ...(depth === 0 ? {} : { act: chain(depth - 1) }),
});

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
  'an actor chain of forty': changed(() => ({ act: chain(40) })),
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
];
