import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { Reason } from '../../../src/errors/reasons.ts';
import { actions } from '../../../src/vocabulary/scope.ts';
import fc from '../../fixtures/properties.ts';
import { audience, now, seconds } from '../identity/tokens.ts';
import { delegation, gatewayUrl, pair, signingKey, startGateway, user } from './gateway.ts';

const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' });

test('what is verified is what was delegated', async () => {
  const { tokens } = await startGateway();
  const minted = await tokens.mintDelegated(delegation);
  expect(minted.expiresIn).toBe(300);
  await expect(tokens.verifyDelegated(minted.accessToken)).resolves.toEqual(delegation);
  expect(tokens.isOwn(minted.accessToken)).toBe(true);
});

test('any scope survives the round trip', async () => {
  const { tokens } = await startGateway();
  const id = fc.stringMatching(/^[A-Za-z0-9-]{1,64}$/);
  const scope = fc.record({
    tenant: fc.constant('clinic'),
    patient: id,
    task: fc.constantFrom('allergies', 'problem.list'),
    purpose: fc.constantFrom('TREAT', 'HOPERAT', 'PATRQT'),
    actions: fc.constantFrom([actions[0]], [actions[1]], [...actions]),
    encounter: id,
    ticket: fc.stringMatching(/^[A-Z]{2,5}-[0-9]{1,6}$/),
  });
  await fc.assert(
    fc.asyncProperty(scope, async (each) => {
      const minted = await tokens.mintDelegated({ ...delegation, scope: each });
      await expect(tokens.verifyDelegated(minted.accessToken)).resolves.toMatchObject({ scope: each });
      expect(Buffer.from(minted.accessToken.split('.')[1] ?? '', 'base64url').toString()).not.toContain(
        `"${each.patient}"`,
      );
    }),
    { numRuns: 40 },
  );
});

test('the app reads neither patient nor person in its token', async () => {
  const { tokens } = await startGateway();
  const { accessToken, authorizationDetails } = await tokens.mintDelegated(delegation);
  const payload = decodeJwt(accessToken);
  const inClear = JSON.stringify([payload, authorizationDetails]);
  for (const secret of ['patient-4711', 'encounter-815', 'dr-who', 'prac-77', 'session-1'])
    expect(inClear).not.toContain(secret);
  expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  expect(payload).toMatchObject({
    iss: gatewayUrl,
    aud: audience,
    client_id: 'copilot-app',
    act: { sub: 'copilot' },
    txn: delegation.txn,
    jti: delegation.tokenId,
    exp: seconds + 300,
    authorization_details: [
      { type: 'phi_access', task: 'cholesterol.latest', purpose: 'TREAT', actions: ['ask'] },
    ],
    extensions: {
      ihe_iua: {
        purpose_of_use: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT' }],
      },
    },
  });
});

test('handles do not tell patients apart and subjects are pairwise', async () => {
  const { tokens } = await startGateway();
  const details = async (patient: string) =>
    (await tokens.mintDelegated({ ...delegation, scope: { ...delegation.scope, patient } }))
      .authorizationDetails[0];
  const [first, again, short] = [
    await details('p1'),
    await details('p1'),
    await details('a-longer-id-of-someone'),
  ];
  expect(first.patient).not.toBe(again.patient);
  expect(first.patient).toHaveLength(short.patient.length);
  const subject = async (change: object) =>
    decodeJwt((await tokens.mintDelegated({ ...delegation, ...change })).accessToken).sub;
  expect(await subject({})).toBe(await subject({ tokenId: 'another' }));
  expect(await subject({})).not.toBe(await subject({ workload: 'portal' }));
  expect(await subject({})).not.toBe(await subject({ user: { ...user, subject: 'dr-no' } }));
});

/** The good token's payload and header with changes, signed again by the gateway's own key or another. */
async function resigned(
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
  key: Parameters<SignJWT['sign']>[0] = pair.privateKey,
): Promise<string> {
  const { tokens } = await startGateway();
  const { accessToken } = await tokens.mintDelegated(delegation);
  const kid = decodeProtectedHeader(accessToken).kid ?? '';
  return new SignJWT({ ...decodeJwt(accessToken), ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...header })
    .sign(key);
}
const detailsOf = async (change: object): Promise<string> => {
  const { tokens } = await startGateway();
  const { authorizationDetails } = await tokens.mintDelegated(delegation);
  return resigned({ authorization_details: [{ ...authorizationDetails[0], ...change }] });
};
const otherHandle = async (): Promise<string> => {
  const { tokens } = await startGateway();
  const other = await tokens.mintDelegated({ ...delegation, tokenId: 'other' });
  return other.authorizationDetails[0].patient;
};
const noneOf = async (): Promise<string> => {
  const [, payload] = (await resigned({})).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
  return `${header}.${payload}.`;
};
const spki = new TextEncoder().encode(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());

const issuerOfUsers = 'https://issuer.example';
const chain = (sub: string, ...others: string[]): object =>
  others[0] === undefined ? { sub } : { sub, act: chain(others[0], ...others.slice(1)) };

/** Even what this gateway's own key signed is refused unless it is exactly what it would have written. */
const wrong: readonly (readonly [string, Reason, () => string | Promise<string>])[] = [
  ['no JWT', 'token_malformed', () => 'x.y'],
  ['alg none', 'token_signature', noneOf],
  ['HS256 with the public key', 'token_signature', () => resigned({}, { alg: 'HS256' }, spki)],
  ['another key under our kid', 'token_signature', () => resigned({}, {}, foreign.privateKey)],
  ['our key under another kid', 'token_signature', () => resigned({}, { kid: 'other' })],
  ['no kid', 'token_signature', () => resigned({}, { kid: undefined })],
  ['wrong typ', 'token_type', () => resigned({}, { typ: 'JWT' })],
  ['another issuer', 'token_issuer', () => resigned({ iss: 'https://issuer.example' })],
  ['token for the FHIR server', 'token_audience', () => resigned({ aud: 'https://fhir.example/r4' })],
  ['array audience with us alone', 'token_audience', () => resigned({ aud: [audience] })],
  ['array audience with us', 'token_audience', () => resigned({ aud: [audience, 'x'] })],
  ['expired', 'token_expired', () => resigned({ exp: seconds - 6, iat: seconds - 200 })],
  ['lives too long', 'token_claims', () => resigned({ exp: seconds + 301 })],
  ['not yet valid', 'token_not_yet_valid', () => resigned({ nbf: seconds + 60 })],
  ['issued in the future', 'token_not_yet_valid', () => resigned({ iat: seconds + 60 })],
  ['no nbf', 'token_claims', () => resigned({ nbf: undefined })],
  ['no txn', 'token_claims', () => resigned({ txn: undefined })],
  ['no actor', 'token_claims', () => resigned({ act: undefined })],
  ['five actors', 'token_claims', () => resigned({ act: chain('copilot', 'b', 'c', 'd', 'e') })],
  ['an actor who acts for itself', 'token_claims', () => resigned({ act: chain('copilot', 'b', 'copilot') })],
  ['an actor without a name', 'token_claims', () => resigned({ act: { act: { sub: 'copilot' } } })],
  ['an actor with more', 'token_claims', () => resigned({ act: { sub: 'copilot', iss: issuerOfUsers } })],
  ['another client', 'token_claims', () => resigned({ client_id: 'portal-app' })],
  ['another jti', 'token_claims', () => resigned({ jti: 'other' })],
  ['no sealed user', 'token_claims', () => resigned({ phi_user: undefined })],
  ['no details', 'token_claims', () => resigned({ authorization_details: undefined })],
  ['two patients', 'token_claims', async () => resigned({ authorization_details: [{}, {}] })],
  ['a raw patient id', 'token_claims', () => detailsOf({ patient: 'patient-4711' })],
  ['the handle of another token', 'token_claims', async () => detailsOf({ patient: await otherHandle() })],
  ['the encounter in place of the patient', 'token_claims', () => swapped()],
  ['an action nobody knows', 'token_claims', () => detailsOf({ actions: ['export'] })],
  ['an extra member', 'token_claims', () => detailsOf({ patients: '*' })],
];
const swapped = async (): Promise<string> => {
  const { tokens } = await startGateway();
  const { authorizationDetails } = await tokens.mintDelegated(delegation);
  return detailsOf({ patient: authorizationDetails[0].encounter });
};

test('the unchanged payload signed again is good, so the changes below are what is refused', async () => {
  const { tokens } = await startGateway();
  await expect(tokens.verifyDelegated(await resigned({}))).resolves.toEqual(delegation);
});

test.each(wrong)('refused: %s (%s)', async (_name, reason, make) => {
  const { tokens } = await startGateway();
  const presented = await make();
  await expect(tokens.verifyDelegated(presented)).rejects.toMatchObject({ name: 'Refusal', reason });
});

test('a delegation that is over, or longer than five minutes, is not minted', async () => {
  const { tokens } = await startGateway();
  for (const expiresAt of [seconds, seconds + 301])
    await expect(tokens.mintDelegated({ ...delegation, expiresAt })).rejects.toMatchObject({
      reason: 'token_expired',
    });
});

test('revoked and introspected by its owner only', async () => {
  const { tokens } = await startGateway();
  const owner = { tenant: 'clinic', clientId: 'copilot-app' };
  const { accessToken, authorizationDetails } = await tokens.mintDelegated(delegation);
  for (const other of [
    { ...owner, tenant: 'hospital' },
    { ...owner, clientId: 'portal-app' },
  ]) {
    await expect(tokens.introspect(accessToken, other)).resolves.toEqual({ active: false });
    await tokens.revoke(accessToken, other);
  }
  const answer = await tokens.introspect(accessToken, owner);
  expect(answer).toMatchObject({ active: true, client_id: 'copilot-app', txn: delegation.txn });
  expect(answer).toMatchObject({ authorization_details: authorizationDetails, aud: audience });
  expect(JSON.stringify(answer)).not.toMatch(/patient-4711|dr-who|prac-77/);
  await tokens.revoke('no token at all', owner);
  await tokens.revoke(accessToken, owner);
  await expect(tokens.verifyDelegated(accessToken)).rejects.toMatchObject({ reason: 'token_revoked' });
  await expect(tokens.introspect(accessToken, owner)).resolves.toEqual({ active: false });
});

test('revocations are kept until the token has died by itself', async () => {
  const { tokens, time, revocations } = await startGateway();
  const { accessToken } = await tokens.mintDelegated(delegation);
  await revocations.revoke('clinic', delegation.tokenId, delegation.expiresAt);
  time.at = now + 304_000;
  await revocations.revoke('clinic', 'another', seconds + 600);
  await expect(tokens.verifyDelegated(accessToken)).rejects.toMatchObject({ reason: 'token_revoked' });
  time.at = now + 400_000;
  await revocations.revoke('clinic', 'a third', seconds + 600);
  await expect(revocations.isRevoked('clinic', delegation.tokenId)).resolves.toBe(false);
  await expect(tokens.verifyDelegated(accessToken)).rejects.toMatchObject({ reason: 'token_expired' });
});

test('a store of revocations that fails refuses', async () => {
  const { tokens, revocations } = await startGateway();
  const { accessToken } = await tokens.mintDelegated(delegation);
  revocations.isRevoked = () => Promise.reject(new Error('disk'));
  await expect(tokens.verifyDelegated(accessToken)).rejects.toMatchObject({ code: 'internal_error' });
  const owner = { tenant: 'clinic', clientId: 'copilot-app' };
  await expect(tokens.introspect(accessToken, owner)).rejects.toMatchObject({ code: 'internal_error' });
});

test('the published key verifies and is named by its thumbprint', async () => {
  const { tokens } = await startGateway();
  const { accessToken } = await tokens.mintDelegated(delegation);
  const [key] = tokens.jwks().keys;
  expect(key).not.toHaveProperty('d');
  expect(key?.kid).toBe(await calculateJwkThumbprint(key ?? {}));
  const options = { typ: 'at+jwt', issuer: gatewayUrl, audience, currentDate: new Date(now) };
  await expect(jwtVerify(accessToken, createLocalJWKSet(tokens.jwks()), options)).resolves.toBeDefined();
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  const pem = p384.export({ type: 'pkcs8', format: 'pem' }).toString();
  await expect(startGateway(pem)).rejects.toThrow('P-256');
  expect(signingKey).toContain('PRIVATE KEY');
});

describe('a signing key of Ed25519', () => {
  const ed25519 = generateKeyPairSync('ed25519');
  const pem = ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  test('signs as EdDSA what it verifies, in delegated tokens and in those for the FHIR server', async () => {
    const { tokens } = await startGateway(pem);
    const { accessToken } = await tokens.mintDelegated(delegation);
    expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
    await expect(tokens.verifyDelegated(accessToken)).resolves.toEqual(delegation);
    const [key] = tokens.jwks().keys;
    expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' });
    expect(key).not.toHaveProperty('d');
    const fhir = await tokens.mintFhirToken({
      tenant: 'clinic',
      base: 'https://fhir.example/r4',
      scopes: ['system/Consent.rs'],
      txn: delegation.txn,
    });
    const options = { typ: 'at+jwt', issuer: gatewayUrl, currentDate: new Date(now) };
    await expect(
      jwtVerify(fhir.accessToken, createLocalJWKSet(tokens.jwks()), options),
    ).resolves.toBeDefined();
  });

  test('takes the turn of one of P-256 and gives it back; neither reads the algorithm of the other', async () => {
    const before = await startGateway(signingKey, gatewayUrl, [pem]);
    const after = await startGateway(pem, gatewayUrl, [signingKey]);
    for (const [from, to] of [
      [before, after],
      [after, before],
    ] as const) {
      const { accessToken } = await from.tokens.mintDelegated(delegation);
      await expect(to.tokens.verifyDelegated(accessToken)).resolves.toEqual(delegation);
      const [header = '', payload = '', signature = ''] = accessToken.split('.');
      const said = JSON.parse(Buffer.from(header, 'base64url').toString());
      const other = { ...said, alg: said.alg === 'EdDSA' ? 'ES256' : 'EdDSA' };
      const changed = Buffer.from(JSON.stringify(other)).toString('base64url');
      await expect(to.tokens.verifyDelegated(`${changed}.${payload}.${signature}`)).rejects.toMatchObject({
        code: 'invalid_token',
      });
    }
  });
});

describe('a signing key that is turned', () => {
  const next = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

  test('is published before it signs and read after; then its tokens end', async () => {
    const before = await startGateway(signingKey, gatewayUrl, [next]);
    const during = await startGateway(next, gatewayUrl, [signingKey]);
    const after = await startGateway(next, gatewayUrl);
    const kids = (gateway: typeof before) => gateway.tokens.jwks().keys.map(({ kid }) => kid);
    expect(new Set(kids(before))).toEqual(new Set(kids(during)));
    expect(kids(before)).toHaveLength(2);
    expect(kids(after)).toEqual([kids(during)[0]]);
    const { accessToken } = await before.tokens.mintDelegated(delegation);
    await expect(during.tokens.verifyDelegated(accessToken)).resolves.toEqual(delegation);
    await expect(after.tokens.verifyDelegated(accessToken)).rejects.toMatchObject({
      reason: 'token_signature',
    });
    const later = await during.tokens.mintDelegated(delegation);
    await expect(after.tokens.verifyDelegated(later.accessToken)).resolves.toEqual(delegation);
    expect(JSON.stringify(before.tokens.jwks())).not.toContain('"d"');
  });
});
