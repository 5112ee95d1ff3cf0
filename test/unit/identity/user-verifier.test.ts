import { expect, test } from '@jest/globals';
import type { Reason } from '../../../src/errors/reasons.ts';
import { createUserVerifier } from '../../../src/identity/user-verifier.ts';
import fc from '../../fixtures/properties.ts';
import { foreignPair, issuer, keyPair, publish, seconds, stillClock, token, unsecured } from './tokens.ts';

const tenants = [{ id: 'clinic', issuers: [issuer] }];
const verifier = (fetch = publish().fetch, clock = stillClock) =>
  createUserVerifier({ tenants, clock, fetch });
const publicPem = new TextEncoder().encode(
  keyPair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
);

test('a good token names the person', async () => {
  await expect(verifier().verify(await token())).resolves.toEqual({
    tenant: 'clinic',
    issuer: 'https://issuer.example',
    subject: 'someone',
    clientId: 'phi-cli',
    roles: ['physician'],
    fhirUser: { type: 'Practitioner', id: '7' },
    acr: 'urn:phi-gateway:acr:mfa',
    amr: ['pwd', 'mfa'],
    authTime: seconds - 60,
    sessionId: 'session-1',
    issuedAt: seconds - 1,
    tokenId: 'token-1',
    expiresAt: seconds + 600,
  });
});

test('claims that may be absent or stand otherwise', async () => {
  const bare = await token({
    fhirUser: undefined,
    acr: undefined,
    amr: undefined,
    auth_time: undefined,
    sid: undefined,
    client_id: undefined,
    azp: 'phi-console',
    roles: ['astronaut', 'nurse', 'nurse'],
  });
  await expect(verifier().verify(bare)).resolves.toEqual({
    tenant: 'clinic',
    issuer: 'https://issuer.example',
    subject: 'someone',
    clientId: 'phi-console',
    roles: ['nurse'],
    amr: [],
    issuedAt: seconds - 1,
    tokenId: 'token-1',
    expiresAt: seconds + 600,
  });
  const relative = await verifier().verify(await token({ fhirUser: 'Patient/p1', roles: 'patient' }));
  expect(relative).toMatchObject({ fhirUser: { type: 'Patient', id: 'p1' }, roles: ['patient'] });
});

test.each([
  ['by client id', { client_id: 'copilot-app' }],
  ['by subject', { sub: 'copilot-app' }],
  [
    'by both, of this issuer',
    { sub: 'copilot-app', client_id: 'copilot-app', iss: 'https://issuer.example' },
  ],
])('may_act names another party %s', async (_name, mayAct) => {
  const user = await verifier().verify(await token({ may_act: mayAct }));
  expect(user.mayAct).toEqual(['copilot-app']);
});

test.each([
  ['a text', 'copilot-app'],
  ['null', null],
  ['a list', [{ sub: 'copilot-app' }]],
  ['nobody', {}],
  ['an empty name', { sub: '' }],
  ['a number', { sub: 7 }],
  ['a list of names', { sub: ['copilot-app'] }],
  ['two parties', { sub: 'a', client_id: 'b' }],
  ['a party of another issuer', { sub: 'copilot-app', iss: 'https://other.example' }],
])('may_act of a wrong shape is refused: %s', async (_name, mayAct) => {
  await expect(verifier().verify(await token({ may_act: mayAct }))).rejects.toMatchObject({
    reason: 'token_claims',
  });
});

/** Wrong credentials, each with the reason the trail gives. */
const wrong: readonly (readonly [string, Reason, () => string | Promise<string>])[] = [
  ['empty', 'token_malformed', () => ''],
  ['no JWT', 'token_malformed', () => 'opaque-token'],
  ['truncated', 'token_malformed', async () => (await token()).split('.').slice(0, 2).join('.')],
  ['signature cut', 'token_signature', async () => (await token()).slice(0, -8)],
  ['over-long', 'token_malformed', async () => `${await token()}${'A'.repeat(20_000)}`],
  ['unknown critical header', 'token_malformed', () => withCritical()],
  ['alg none', 'token_signature', () => unsecured()],
  ['HS256 with the public key', 'token_signature', () => token({}, { alg: 'HS256' }, publicPem)],
  ['another key under the same kid', 'token_signature', () => token({}, {}, foreignPair.privateKey)],
  ['unknown kid', 'token_signature', () => token({}, { kid: 'key-9' }, foreignPair.privateKey)],
  [
    'key of its own',
    'token_signature',
    () => token({}, { jku: 'https://x.example', kid: 'k' }, foreignPair.privateKey),
  ],
  ['payload changed', 'token_signature', () => changed()],
  ['ID token', 'token_type', () => token({ aud: 'phi-cli' }, { typ: 'JWT' })],
  ['no typ', 'token_type', () => token({}, { typ: undefined })],
  ['delegated token', 'token_type', () => token({ act: { sub: 'copilot' } })],
  ['foreign issuer, same key', 'token_issuer', () => token({ iss: 'https://other.example' })],
  ['issuer with a slash', 'token_issuer', () => token({ iss: 'https://issuer.example/' })],
  ['no issuer', 'token_issuer', () => token({ iss: undefined })],
  ['wrong audience', 'token_audience', () => token({ aud: 'https://elsewhere.example' })],
  [
    'array audience with us',
    'token_audience',
    () => token({ aud: ['urn:phi-gateway', 'https://x.example'] }),
  ],
  ['array audience without us', 'token_audience', () => token({ aud: ['https://x.example'] })],
  ['no audience', 'token_claims', () => token({ aud: undefined })],
  ['expired', 'token_expired', () => token({ exp: seconds - 6 })],
  ['no expiry', 'token_claims', () => token({ exp: undefined })],
  ['not yet valid', 'token_not_yet_valid', () => token({ nbf: seconds + 60 })],
  ['issued in the future', 'token_not_yet_valid', () => token({ iat: seconds + 60 })],
  ['no iat', 'token_claims', () => token({ iat: undefined })],
  ['no subject', 'token_claims', () => token({ sub: undefined })],
  ['empty subject', 'token_claims', () => token({ sub: '' })],
  ['no jti', 'token_claims', () => token({ jti: undefined })],
  ['no client', 'token_claims', () => token({ client_id: undefined })],
  ['two clients', 'token_claims', () => token({ azp: 'another' })],
  ['no roles', 'token_claims', () => token({ roles: undefined })],
  ['no known role', 'token_claims', () => token({ roles: ['astronaut'] })],
  ['roles of another shape', 'token_claims', () => token({ roles: { physician: true } })],
  ['another tenant', 'token_claims', () => token({ tenant: 'hospital' })],
  ['no tenant', 'token_claims', () => token({ tenant: undefined })],
  [
    'fhirUser of another base',
    'token_claims',
    () => token({ fhirUser: 'https://other.example/r4/Patient/1' }),
  ],
  [
    'fhirUser of a longer base',
    'token_claims',
    () => token({ fhirUser: 'https://fhir.example/r4x/Patient/1' }),
  ],
  ['fhirUser of another type', 'token_claims', () => token({ fhirUser: 'Group/1' })],
  ['fhirUser with a path', 'token_claims', () => token({ fhirUser: 'Patient/1/_history/2' })],
  ['fhirUser with dots', 'token_claims', () => token({ fhirUser: 'Patient/..' })],
  ['auth_time as text', 'token_claims', () => token({ auth_time: '1' })],
  ['amr with a number', 'token_claims', () => token({ amr: ['pwd', 3] })],
];

const withCritical = async (): Promise<string> => {
  const [, payload, signature] = (await token()).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'at+jwt', crit: ['own'], own: 1 }));
  return `${header.toString('base64url')}.${payload}.${signature}`;
};
const changed = async (): Promise<string> => {
  const [header, , signature] = (await token()).split('.');
  const [, payload] = unsecured({ roles: ['administrator'] }).split('.');
  return `${header}.${payload}.${signature}`;
};

test.each(wrong)('refused: %s (%s)', async (_name, reason, make) => {
  await expect(verifier().verify(await make())).rejects.toMatchObject({ name: 'Refusal', reason });
});

test('no text that is not a token gets through or throws anything but a refusal', async () => {
  const subject = verifier();
  const good = (await token()).split('.');
  const part = fc.oneof(fc.constantFrom(...good), fc.base64String(), fc.string());
  await fc.assert(
    fc.asyncProperty(part, part, fc.oneof(fc.base64String(), fc.string()), async (...parts) => {
      await expect(subject.verify(parts.join('.'))).rejects.toMatchObject({ name: 'Refusal' });
    }),
    { numRuns: 100 },
  );
});

test('the clock skew is five seconds to either side', async () => {
  await expect(verifier().verify(await token({ exp: seconds - 4 }))).resolves.toBeDefined();
  await expect(verifier().verify(await token({ iat: seconds + 4, nbf: seconds + 4 }))).resolves.toBeDefined();
  await expect(verifier().verify(await token({ exp: seconds - 5 }))).rejects.toMatchObject({
    reason: 'token_expired',
  });
});

const make = (...issuers: (typeof issuer)[]) =>
  createUserVerifier({ tenants: [{ id: 't', issuers }], clock: stillClock });

test('a configuration that could not be safe is refused at creation', () => {
  expect(() => make(issuer, issuer)).toThrow('one tenant');
  expect(() => make({ ...issuer, algorithms: ['HS256'] })).toThrow('asymmetric');
  expect(() => make({ ...issuer, algorithms: [] })).toThrow('asymmetric');
});
