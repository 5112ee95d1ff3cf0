import { createSecretKey } from 'node:crypto';
import { exportJWK } from 'jose';
import { asSubject, asUser, type WrongCredential } from './row.ts';
import { signAnything, unknownCritical } from './sign-anything.ts';
import type { World } from './world.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (world: World, alg: string): string =>
  `${part({ alg, typ: 'at+jwt', kid: 'key-1' })}.${part(world.userClaims())}.`;
const publicPem = (world: World): Uint8Array =>
  Buffer.from(world.issuer.pair.publicKey.export({ type: 'spki', format: 'pem' }));

/** By its one fault, a user's token. Every one of them is shown as bearer token and as subject token. */
const faults: Readonly<Record<string, (world: World) => string | Promise<string>>> = {
  'alg none': (world) => unsigned(world, 'none'),
  'alg NONE': (world) => unsigned(world, 'NONE'),
  'HS256 keyed with the public key': (world) =>
    world.sign(world.userClaims(), { alg: 'HS256' }, createSecretKey(publicPem(world)).export()),
  'signed by another key under the same kid': (world) => world.user({}, {}, world.foreign.pair.privateKey),
  'a jwk of its own in the header': async (world) =>
    world.user({}, { jwk: await exportJWK(world.foreign.pair.publicKey) }, world.foreign.pair.privateKey),
  'a jku of its own': (world) =>
    world.user({}, { jku: `${world.foreign.url}/jwks` }, world.foreign.pair.privateKey),
  'an x5u of its own': (world) =>
    world.user({}, { x5u: `${world.foreign.url}/x5u` }, world.foreign.pair.privateKey),
  'an unknown kid': (world) => world.user({}, { kid: 'key-2' }, world.foreign.pair.privateKey),
  'a kid that is a path': (world) =>
    world.user({}, { kid: '../../../../dev/null' }, world.foreign.pair.privateKey),
  'an unknown critical header': (world) =>
    signAnything(
      world.userClaims(),
      { typ: 'at+jwt', kid: 'key-1', ...unknownCritical },
      world.issuer.pair.privateKey,
    ),
  'a critical header that is not there': (world) =>
    signAnything(
      world.userClaims(),
      { typ: 'at+jwt', kid: 'key-1', crit: ['exp'] },
      world.issuer.pair.privateKey,
    ),
  'an unencoded payload (b64)': (world) =>
    signAnything(
      world.userClaims(),
      { typ: 'at+jwt', kid: 'key-1', crit: ['b64'], b64: false },
      world.issuer.pair.privateKey,
    ),
  'typ JWT': (world) => world.user({}, { typ: 'JWT' }),
  'typ of a logout token': (world) => world.user({}, { typ: 'logout+jwt' }),
  'typ of a security event': (world) => world.user({}, { typ: 'secevent+jwt' }),
  'typ of a DPoP proof': (world) => world.user({}, { typ: 'dpop+jwt' }),
  'a kid that is a query': (world) => world.user({}, { kid: "' OR 1=1 --" }, world.foreign.pair.privateKey),
  'a kid that is an object': (world) =>
    signAnything(world.userClaims(), { typ: 'at+jwt', kid: { $ne: 1 } }, world.foreign.pair.privateKey),
  'a chain of certificates in the header': (world) =>
    world.user({}, { x5c: ['MIIB'] }, world.foreign.pair.privateKey),
  'an actor': (world) => world.user({ act: { sub: 'copilot-app' } }),
  'an audience list with us alone': (world) => world.user({ aud: [world.audience] }),
  'an audience that holds ours': (world) => world.user({ aud: `${world.audience} urn:b` }),
  'no typ': (world) => world.user({}, { typ: undefined }),
  'an ID token': (world) =>
    world.user({ aud: 'copilot-app', nonce: 'n', client_id: undefined }, { typ: 'JWT' }),
  'another audience': (world) => world.user({ aud: 'urn:somebody-else' }),
  'an audience list without us': (world) => world.user({ aud: ['urn:a', 'urn:b'] }),
  'an audience list with us': (world) => world.user({ aud: [world.audience, 'urn:b'] }),
  'no audience': (world) => world.user({ aud: undefined }),
  'the issuer with a slash more': (world) => world.user({ iss: `${world.issuer.url}/` }),
  'a foreign issuer with the same kid': (world) =>
    world.user({ iss: world.foreign.url }, {}, world.foreign.pair.privateKey),
  'no issuer': (world) => world.user({ iss: undefined }),
  expired: (world) => world.user({ exp: world.seconds() - 60 }),
  // Its signature and times hold; there is no time left to hand on.
  'expired within the skew': (world) => world.user({ exp: world.seconds() - 2 }),
  'expired by more than the skew': (world) => world.user({ exp: world.seconds() - 6 }),
  'not yet valid': (world) => world.user({ nbf: world.seconds() + 60 }),
  'not yet valid by more than the skew': (world) => world.user({ nbf: world.seconds() + 7 }),
  'issued in the future': (world) => world.user({ iat: world.seconds() + 60 }),
  'no exp': (world) => world.user({ exp: undefined }),
  'no iat': (world) => world.user({ iat: undefined }),
  'no jti': (world) => world.user({ jti: undefined }),
  'no sub': (world) => world.user({ sub: undefined }),
  'no client': (world) => world.user({ client_id: undefined }),
  'client_id and azp that differ': (world) => world.user({ azp: 'phi-cli' }),
  'no known role': (world) => world.user({ roles: ['emperor'] }),
  'a foreign tenant': (world) => world.user({ tenant: 'other' }),
  'a fhirUser of another server': (world) =>
    world.user({ fhirUser: 'https://elsewhere.example/r4/Practitioner/7' }),
  'exp as text': (world) => world.user({ exp: '9999999999' }),
  'a cut signature': async (world) => (await world.user()).slice(0, -6),
  'two dots and nothing': () => '..',
};

export const userTokens: readonly WrongCredential[] = Object.entries(faults).flatMap(([name, make]) => [
  asUser(`user's token: ${name}`, make),
  asSubject(`subject token: ${name}`, make),
]);
