import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { accountTable } from '../../../sandbox/oidc/accounts.ts';
import { type RunningIssuer, startIssuer } from '../../../sandbox/oidc/issuer.ts';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { createUserVerifier } from '../../../src/identity/user-verifier.ts';

const audience = 'urn:phi-gateway';
const fhirBase = 'http://127.0.0.1:1/fhir';
// Half a year back: the people's tokens follow the sandbox's clock.
const clock = { now: () => Date.now() - 180 * 86_400_000 };
let issuer: RunningIssuer;
let linked = {};

beforeAll(async () => {
  issuer = await startIssuer({
    port: 0,
    audience,
    fhirBase: () => `${fhirBase}/`,
    fhirUsers: () => linked,
    clock,
  });
});
afterAll(() => issuer.close());

const verifier = () =>
  createUserVerifier({
    clock,
    tenants: [
      {
        id: 'sandbox',
        issuers: [
          {
            issuer: issuer.issuer,
            audience,
            algorithms: ['ES256'],
            claims: { roles: 'roles', fhirUser: 'fhirUser', tenant: 'tenant' },
            fhirBase,
            discoveryTimeoutMs: 2000,
          },
        ],
      },
    ],
  });
const enter = (name: keyof typeof accountTable, change = {}) =>
  signIn({ issuer: issuer.issuer, ...issuer.user(name), clientId: 'phi-cli', resource: audience, ...change });

test('every account signs in and is known by its role', async () => {
  const subject = verifier();
  for (const { username, role } of issuer.users) {
    const { accessToken, expiresIn } = await enter(username);
    expect(expiresIn).toBe(600);
    await expect(subject.verify(accessToken)).resolves.toMatchObject({
      tenant: 'sandbox',
      subject: username,
      clientId: 'phi-cli',
      roles: [role],
      acr: 'urn:phi-gateway:acr:pwd',
      amr: ['pwd'],
      sessionId: expect.any(String),
    });
  }
  expect(issuer.users).toHaveLength(Object.keys(accountTable).length);
});

test('the person resource follows the late-bound links', async () => {
  const subject = verifier();
  await expect(subject.verify((await enter('clinician')).accessToken)).resolves.toMatchObject({
    fhirUser: { type: 'Practitioner', id: 'sandbox-clinician' },
  });
  expect(await subject.verify((await enter('patient')).accessToken)).not.toHaveProperty('fhirUser');
  linked = { patient: 'Patient/p7', caregiver: 'RelatedPerson/r7' };
  await expect(subject.verify((await enter('patient')).accessToken)).resolves.toMatchObject({
    fhirUser: { type: 'Patient', id: 'p7' },
  });
  expect(issuer.user('patient')).toMatchObject({ role: 'patient', patient: 'p7' });
});

test('a second factor is what the token says, and authentication is timed by the sandbox clock', async () => {
  const { accessToken } = await enter('clinician', { acrValues: 'urn:phi-gateway:acr:mfa' });
  const user = await verifier().verify(accessToken);
  expect(user).toMatchObject({ acr: 'urn:phi-gateway:acr:mfa', amr: ['pwd', 'mfa'] });
  expect(Math.abs((user.authTime ?? 0) - clock.now() / 1000)).toBeLessThan(10);
});

test('the ID token of the same sign-in is no access token', async () => {
  const { idToken = '' } = await enter('clinician');
  expect(decodeJwt(idToken).iss).toBe(issuer.issuer);
  await expect(verifier().verify(idToken)).rejects.toMatchObject({ name: 'Refusal', code: 'invalid_token' });
});

test('a wrong password, an unknown name, client or resource do not get in', async () => {
  await expect(enter('clinician', { password: issuer.user('nurse').password })).rejects.toThrow('wrong');
  await expect(enter('clinician', { username: '__proto__' })).rejects.toThrow('wrong');
  await expect(enter('clinician', { clientId: 'someone-else' })).rejects.toThrow('sign-in page');
  await expect(enter('clinician', { resource: 'urn:another' })).rejects.toThrow('sign-in page');
});

test('code without PKCE is refused', async () => {
  const url = new URL(`${issuer.issuer}/auth`);
  url.search = new URLSearchParams({
    client_id: 'phi-cli',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:5555/callback',
    scope: 'openid',
  }).toString();
  const answer = await fetch(url, { redirect: 'manual' });
  expect(answer.headers.get('location')).toContain('error=invalid_request');
});

test('another Host than the own is refused', async () => {
  const status = await new Promise((resolve, reject) => {
    const url = `${issuer.issuer}/.well-known/openid-configuration`;
    get(url, { headers: { host: 'rebound.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
  expect(status).toBe(421);
});
