import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { sandboxSpiffeId } from '../../../../sandbox/svids.ts';
import type { WrongCredential } from './row.ts';
import { signAnything, unknownCritical, unsigned } from './sign-anything.ts';
import type { World } from './world.ts';

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
type Change = { readonly claims?: object; readonly header?: object; readonly key?: KeyObject };

const sign = (claims: object, header: object, key: KeyObject): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', ...header }).sign(key);

/** Parameters of a good client assertion (RFC 7523), but for the change. */
export async function clientAssertion(world: World, change: Change = {}) {
  const claims = {
    iss: 'copilot-app',
    sub: 'copilot-app',
    aud: world.url,
    jti: randomUUID(),
    iat: world.seconds(),
    exp: world.seconds() + 60,
    ...change.claims,
  };
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await sign(claims, change.header ?? {}, change.key ?? world.clientKey),
  };
}

/** Parameters of a good JWT-SVID as actor token, but for the change. */
export async function jwtSvid(world: World, change: Change = {}) {
  const claims = {
    sub: sandboxSpiffeId('copilot-app'),
    aud: world.url,
    exp: world.seconds() + 300,
    ...change.claims,
  };
  return {
    actor_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    actor_token: await sign(claims, { kid: 'svid-1', ...change.header }, change.key ?? world.svidKey),
  };
}

const faults: Readonly<Record<string, (world: World) => Change>> = {
  'another audience': () => ({ claims: { aud: 'https://elsewhere.example' } }),
  'an audience list with us': (world) => ({ claims: { aud: [world.url] } }),
  'no audience': () => ({ claims: { aud: undefined } }),
  expired: (world) => ({ claims: { exp: world.seconds() - 60 } }),
  'no exp': () => ({ claims: { exp: undefined } }),
  'issued in the future': (world) => ({ claims: { iat: world.seconds() + 60 } }),
  'signed by a stranger': () => ({ key: stranger.privateKey }),
  'typ of an access token': () => ({ header: { typ: 'at+jwt' } }),
  'no subject': () => ({ claims: { sub: undefined } }),
};

const clientFaults: Readonly<Record<string, (world: World) => Change>> = {
  ...faults,
  'another issuer than subject': () => ({ claims: { iss: 'phi-cli' } }),
  'another client': () => ({ claims: { iss: 'phi-cli', sub: 'phi-cli' } }),
  'an hour long': (world) => ({ claims: { exp: world.seconds() + 3600 } }),
  'no jti': () => ({ claims: { jti: undefined } }),
  'an audience list with us and others': (world) => ({ claims: { aud: [world.url, 'urn:b'] } }),
  'an audience list without us': () => ({ claims: { aud: ['urn:a', 'urn:b'] } }),
  'not yet valid': (world) => ({ claims: { nbf: world.seconds() + 60 } }),
  'typ of a DPoP proof': () => ({ header: { typ: 'dpop+jwt' } }),
};

const svidFaults: Readonly<Record<string, (world: World) => Change>> = {
  ...faults,
  'a trust domain that is not configured': () => ({ claims: { sub: 'spiffe://stranger.example/x' } }),
  'a trust domain without JWT authorities': () => ({ claims: { sub: 'spiffe://other.example/x' } }),
  'no path': () => ({ claims: { sub: 'spiffe://sandbox.phi-gateway.invalid' } }),
};

const refused = {
  at: 'exchange',
  status: 401,
  code: 'invalid_client',
  challenge: 'Bearer invalid_client',
} as const;

export const assertions: readonly WrongCredential[] = [
  ...Object.entries(clientFaults).map(
    ([name, change]): WrongCredential => ({
      name: `client assertion: ${name}`,
      show: async (world) => ({ form: await clientAssertion(world, change(world)) }),
      ...refused,
    }),
  ),
  ...Object.entries(svidFaults).map(
    ([name, change]): WrongCredential => ({
      name: `JWT-SVID: ${name}`,
      show: async (world) => ({ form: await jwtSvid(world, change(world)) }),
      ...refused,
    }),
  ),
  {
    name: 'client assertion: alg none',
    show: async (world) => ({
      form: {
        ...(await clientAssertion(world)),
        client_assertion: unsigned({ sub: 'copilot-app', iss: 'copilot-app', aud: world.url }),
      },
    }),
    ...refused,
  },
  {
    name: 'client assertion: an unknown critical header',
    show: async (world) => {
      const form = await clientAssertion(world);
      return {
        form: {
          ...form,
          client_assertion: signAnything(decodeJwt(form.client_assertion), unknownCritical, world.clientKey),
        },
      };
    },
    ...refused,
  },
  {
    name: 'client assertion: HS256 keyed with its public key',
    show: async (world) => {
      const form = await clientAssertion(world);
      const key = createPublicKey(world.clientKey).export({ type: 'spki', format: 'pem' });
      return {
        form: {
          ...form,
          client_assertion: await world.sign(
            decodeJwt(form.client_assertion),
            { alg: 'HS256', typ: undefined, kid: undefined },
            Buffer.from(key),
          ),
        },
      };
    },
    ...refused,
  },
  {
    name: 'client assertion: used before',
    show: async (world) => {
      const form = await clientAssertion(world);
      await world.exchange({ form });
      return { form };
    },
    ...refused,
  },
  {
    name: "JWT-SVID: another workload's",
    show: async (world) => ({
      form: await jwtSvid(world, { claims: { sub: sandboxSpiffeId('phi-cli') } }),
    }),
    ...refused,
    status: 400,
    code: 'unauthorized_client',
    challenge: undefined,
  },
  {
    name: 'client assertion: no type beside it',
    show: async (world) => ({
      form: { ...(await clientAssertion(world)), client_assertion_type: undefined },
    }),
    ...refused,
    status: 400,
    code: 'invalid_request',
    challenge: undefined,
  },
  {
    name: 'workload that must be bound: nothing shown',
    show: async (world) => ({
      form: { subject_token: await world.user({ client_id: 'portal-app' }) },
    }),
    ...refused,
  },
  {
    name: 'workload that must be bound: a token bound to nothing, as Bearer',
    at: 'ask',
    show: async (world) => ({
      headers: { authorization: `Bearer ${await world.user({ client_id: 'portal-app' })}` },
    }),
    status: 401,
    code: 'invalid_token',
    challenge: 'Bearer invalid_token',
  },
];
