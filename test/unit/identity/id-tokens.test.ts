import { expect, test } from '@jest/globals';
import type { Issuer } from '../../../src/config/config.ts';
import type { Reason } from '../../../src/errors/reasons.ts';
import { createUserVerifier } from '../../../src/identity/user-verifier.ts';
import { audience, foreignPair, issuer, publish, seconds, stillClock, token } from './tokens.ts';

const accepting: Issuer = { ...issuer, idTokens: 'accepted' };
const verifier = (of: Issuer = accepting) =>
  createUserVerifier({
    tenants: [{ id: 'clinic', issuers: [of] }],
    clock: stillClock,
    fetch: publish().fetch,
  });

/** An ID token as OpenID Connect Core writes it, but for the change. */
const idToken = (
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  key?: typeof foreignPair.privateKey,
) =>
  token(
    { aud: 'copilot-app', client_id: undefined, jti: undefined, nonce: 'n', ...claims },
    { typ: undefined, ...header },
    key,
  );

test('names the person and, by its audience, the client', async () => {
  await expect(verifier().verifyIdToken(await idToken())).resolves.toMatchObject({
    tenant: 'clinic',
    subject: 'someone',
    clientId: 'copilot-app',
    sessionId: 'session-1',
    authTime: seconds - 60,
  });
  await expect(
    verifier().verifyIdToken(await idToken({ aud: ['copilot-app'], azp: 'copilot-app' }, { typ: 'JWT' })),
  ).resolves.toMatchObject({ clientId: 'copilot-app' });
});

test('is no access token, and an access token is none', async () => {
  await expect(verifier().verify(await idToken({ jti: 'j' }))).rejects.toMatchObject({
    reason: 'token_type',
  });
  await expect(verifier().verifyIdToken(await token())).rejects.toMatchObject({ reason: 'token_type' });
});

test('counts for nothing where its issuer’s are not accepted', async () => {
  await expect(verifier(issuer).verifyIdToken(await idToken())).rejects.toMatchObject({
    reason: 'token_type',
  });
});

const wrong: readonly (readonly [string, Reason, () => Promise<string>])[] = [
  ['typ of an access token', 'token_type', () => idToken({}, { typ: 'at+jwt' })],
  ['typ of a logout token', 'token_type', () => idToken({}, { typ: 'logout+jwt' })],
  ['a scope', 'token_type', () => idToken({ scope: 'openid' })],
  ['a client id', 'token_type', () => idToken({ client_id: 'copilot-app' })],
  ['events', 'token_type', () => idToken({ events: {} })],
  ['an actor', 'token_type', () => idToken({ act: { sub: 'x' } })],
  ['two audiences', 'token_audience', () => idToken({ aud: ['copilot-app', audience] })],
  ['no audience in the list', 'token_audience', () => idToken({ aud: [] })],
  ['another party', 'token_audience', () => idToken({ azp: 'portal-app' })],
  ['expired', 'token_expired', () => idToken({ exp: seconds - 6 })],
  ['issued in the future', 'token_not_yet_valid', () => idToken({ iat: seconds + 60 })],
  ['another issuer', 'token_issuer', () => idToken({ iss: 'https://other.example' })],
  ['another key', 'token_signature', () => idToken({}, {}, foreignPair.privateKey)],
  ['no subject', 'token_claims', () => idToken({ sub: undefined })],
  ['no known role', 'token_claims', () => idToken({ roles: ['emperor'] })],
  ['too long', 'token_malformed', async () => `${await idToken()}${'A'.repeat(20_000)}`],
];
test.each(wrong)('refused: %s (%s)', async (_name, reason, make) => {
  await expect(verifier().verifyIdToken(await make())).rejects.toMatchObject({ name: 'Refusal', reason });
});
