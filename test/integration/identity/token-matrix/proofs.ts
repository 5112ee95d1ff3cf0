import { createHash, createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose';
import { newKeyPair } from '../../../fixtures/key-pair.ts';
import type { Shown, WrongCredential } from './row.ts';
import { signAnything, unknownCritical } from './sign-anything.ts';
import type { World } from './world.ts';

const key = newKeyPair();
const otherKey = newKeyPair();
type Pair = typeof key;

const secret = randomBytes(32);

const chat = '/v1/chat/completions';
const exchangePath = '/oauth/token';

const thumbprint = async (pair: Pair): Promise<string> =>
  calculateJwkThumbprint(await exportJWK(pair.publicKey));

interface Change {
  readonly claims?: object;
  readonly header?: object;
  readonly signer?: KeyObject;
}

/** A good proof for a request to `path`, but for the change. */
async function proof(
  world: World,
  path: string,
  token: string | undefined,
  change: Change = {},
): Promise<string> {
  const claims = {
    jti: randomUUID(),
    htm: 'POST',
    htu: `${world.url}${path}`,
    iat: world.seconds(),
    nonce: await world.nonce(),
    ...(token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') }),
    ...change.claims,
  };
  const header = { typ: 'dpop+jwt', jwk: await exportJWK(key.publicKey), ...change.header };
  const signer = change.signer ?? key.privateKey;
  return 'crit' in header
    ? signAnything(claims, header, signer)
    : new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...header }).sign(signer);
}

/** A delegated token that is bound to the key. */
export const boundToken = async (world: World): Promise<string> =>
  world.delegated({ headers: { dpop: await proof(world, exchangePath, undefined) } });

export const withProof = async (world: World, token: string, change: Change = {}): Promise<Shown> => ({
  headers: { authorization: `DPoP ${token}`, dpop: await proof(world, chat, token, change) },
});

type Outcome = Pick<WrongCredential, 'status' | 'code' | 'challenge'>;
const invalid: Outcome = {
  status: 401,
  code: 'invalid_dpop_proof',
  challenge: 'DPoP invalid_dpop_proof',
};
const nonceNeeded: Outcome = { status: 401, code: 'use_dpop_nonce', challenge: 'DPoP use_dpop_nonce' };
const refusedToken: Outcome = { status: 401, code: 'invalid_token', challenge: 'Bearer invalid_token' };

const faults: Readonly<Record<string, (world: World, path: string) => Promise<Change>>> = {
  'another method': async () => ({ claims: { htm: 'GET' } }),
  'another path': async (world) => ({ claims: { htu: `${world.url}/v1/models` } }),
  'another host': async (_world, path) => ({ claims: { htu: `https://elsewhere.example${path}` } }),
  'no htu': async () => ({ claims: { htu: undefined } }),
  'no jti': async () => ({ claims: { jti: undefined } }),
  'a jti without end': async () => ({ claims: { jti: 'x'.repeat(5000) } }),
  'no iat': async () => ({ claims: { iat: undefined } }),
  'two minutes old': async (world) => ({ claims: { iat: world.seconds() - 120 } }),
  'of the future': async (world) => ({ claims: { iat: world.seconds() + 60 } }),
  'typ JWT': async () => ({ header: { typ: 'JWT' } }),
  'no key': async () => ({ header: { jwk: undefined } }),
  'a private key in its header': async () => ({ header: { jwk: await exportJWK(key.privateKey) } }),
  'an unknown critical header': async () => ({ header: unknownCritical }),
  'alg of a shared secret': async () => ({
    header: { alg: 'HS256', jwk: { kty: 'oct', k: secret.toString('base64url') } },
    signer: createSecretKey(secret),
  }),
  'signed by another key than it names': async () => ({ signer: otherKey.privateKey }),
};

const nonceFaults: Readonly<Record<string, Change>> = {
  'no nonce': { claims: { nonce: undefined } },
  'a nonce of its own': { claims: { nonce: 'a'.repeat(32) } },
};

const atChat = (
  name: string,
  change: (world: World) => Promise<Change>,
  outcome: Outcome,
): WrongCredential => ({
  name: `proof: ${name}`,
  at: 'delegated',
  show: async (world) => withProof(world, await boundToken(world), await change(world)),
  ...outcome,
});

const atExchange = (
  name: string,
  change: (world: World) => Promise<Change>,
  code: string,
): WrongCredential => ({
  name: `proof of an exchange: ${name}`,
  at: 'exchange',
  show: async (world) => ({
    headers: { dpop: await proof(world, exchangePath, undefined, await change(world)) },
  }),
  status: 400,
  code,
  challenge: undefined,
});

export const proofs: readonly WrongCredential[] = [
  ...Object.entries(faults).flatMap(([name, change]) => [
    atChat(name, (world) => change(world, chat), invalid),
    atExchange(name, (world) => change(world, exchangePath), 'invalid_dpop_proof'),
  ]),
  ...Object.entries(nonceFaults).flatMap(([name, change]) => [
    atChat(name, async () => change, nonceNeeded),
    atExchange(name, async () => change, 'use_dpop_nonce'),
  ]),
  atChat('no hash of the token', async () => ({ claims: { ath: undefined } }), invalid),
  atChat('the hash of another token', async () => ({ claims: { ath: 'A'.repeat(43) } }), invalid),
  atChat(
    'another key than the token is bound to',
    async () => ({ header: { jwk: await exportJWK(otherKey.publicKey) }, signer: otherKey.privateKey }),
    invalid,
  ),
  {
    name: 'proof: used before',
    at: 'delegated',
    show: async (world) => {
      const shown = await withProof(world, await boundToken(world));
      await world.show('delegated', shown);
      return shown;
    },
    ...invalid,
  },
  {
    name: 'proof of an exchange: used before',
    at: 'exchange',
    show: async (world) => {
      const shown = { headers: { dpop: await proof(world, exchangePath, undefined) } };
      await world.exchange(shown);
      return shown;
    },
    status: 400,
    code: 'invalid_dpop_proof',
    challenge: undefined,
  },
  {
    name: 'proof: two of them',
    at: 'delegated',
    show: async (world) => {
      const token = await boundToken(world);
      const one = await proof(world, chat, token);
      return { headers: { authorization: `DPoP ${token}`, dpop: [one, one] } };
    },
    ...invalid,
  },
  {
    name: 'proof: none, under the scheme DPoP',
    at: 'delegated',
    show: async (world) => ({ headers: { authorization: `DPoP ${await boundToken(world)}` } }),
    status: 401,
    code: 'invalid_token',
    challenge: 'DPoP invalid_token',
  },
  {
    name: 'bound token: sent as Bearer',
    at: 'delegated',
    show: async (world) => ({ headers: { authorization: `Bearer ${await boundToken(world)}` } }),
    status: 401,
    code: 'invalid_token',
    challenge: 'DPoP invalid_token',
  },
  {
    name: 'bound token: sent as Bearer with its proof beside',
    at: 'delegated',
    show: async (world) => {
      const token = await boundToken(world);
      return {
        headers: { authorization: `Bearer ${token}`, dpop: await proof(world, chat, token) },
      };
    },
    status: 401,
    code: 'invalid_token',
    challenge: 'DPoP invalid_token',
  },
  {
    name: 'unbound token: sent as DPoP',
    at: 'delegated',
    show: async (world) => withProof(world, await world.delegated()),
    ...refusedToken,
  },
  {
    name: "user's token: bound to a key, sent as Bearer",
    at: 'ask',
    show: async (world) => ({
      headers: { authorization: `Bearer ${await world.user({ cnf: { jkt: await thumbprint(key) } })}` },
    }),
    status: 401,
    code: 'invalid_token',
    challenge: 'DPoP invalid_token',
  },
  {
    name: "user's token: bound to a key that the exchange does not show",
    at: 'exchange',
    show: async (world) => ({
      form: { subject_token: await world.user({ cnf: { jkt: await thumbprint(key) } }) },
    }),
    status: 400,
    code: 'invalid_request',
    challenge: undefined,
  },
  {
    name: "user's token: bound by a method that is not known here",
    at: 'ask',
    show: async (world) => ({
      headers: { authorization: `Bearer ${await world.user({ cnf: { kid: 'key-1' } })}` },
    }),
    ...refusedToken,
  },
  {
    name: 'token bound to a certificate: shown by another one of the same workload',
    at: 'delegated',
    show: async (world) => ({
      headers: {
        authorization: `Bearer ${await world.delegated({ certificate: await world.certificate() })}`,
      },
      certificate: await world.certificate(),
    }),
    ...refusedToken,
  },
  {
    name: 'token bound to a certificate: shown without one',
    at: 'delegated',
    show: async (world) => ({
      headers: {
        authorization: `Bearer ${await world.delegated({ certificate: await world.certificate() })}`,
      },
    }),
    ...refusedToken,
  },
];
