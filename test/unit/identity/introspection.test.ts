import { expect, test } from '@jest/globals';
import type { Issuer } from '../../../src/config/config.ts';
import { createUserVerifier } from '../../../src/identity/user-verifier.ts';
import { issuer, seconds, stillClock, token } from './tokens.ts';

const introspection = {
  endpoint: 'https://issuer.example/introspect',
  clientId: 'phi-gateway',
  clientSecret: 'planted secret',
};
const active = {
  active: true,
  iss: 'https://issuer.example',
  aud: 'urn:phi-gateway',
  sub: 'someone',
  client_id: 'phi-cli',
  exp: seconds + 60,
  iat: seconds - 1,
  roles: ['nurse'],
  tenant: 'clinic',
  patient: 'p1',
};

/** A verifier whose issuer answers introspection as told, and what it was asked. */
function setUp(answer: () => Response, change: Partial<Issuer> = {}) {
  const asked: { url: string; authorization: string | null; body: string }[] = [];
  const verifier = createUserVerifier({
    tenants: [{ id: 'clinic', issuers: [{ ...issuer, introspection, ...change }] }],
    clock: stillClock,
    fetch: async (url, init) => {
      const headers = new Headers(init.headers);
      asked.push({
        url,
        authorization: headers.get('authorization'),
        body: init.body instanceof URLSearchParams ? init.body.toString() : '',
      });
      return answer();
    },
  });
  return { asked, verifier };
}

test('an opaque token is what its issuer says of it, asked with the gateway’s own secret', async () => {
  const { asked, verifier } = setUp(() => Response.json(active));
  const user = await verifier.verify('opaque-token');
  expect(user).toMatchObject({ subject: 'someone', roles: ['nurse'], launch: { patient: 'p1' } });
  expect(user.tokenId).not.toContain('opaque-token');
  expect(asked).toHaveLength(1);
  expect(asked[0]?.url).toBe(introspection.endpoint);
  expect(asked[0]?.authorization).toMatch(/^Basic /);
  expect(new URLSearchParams(asked[0]?.body).get('token')).toBe('opaque-token');
});

test('it is asked about at every use, and a no counts at once', async () => {
  let answer: object = active;
  const { asked, verifier } = setUp(() => Response.json(answer));
  const user = await verifier.verify('opaque-token');
  await verifier.verify('opaque-token');
  await verifier.stillActive('opaque-token', user);
  expect(asked).toHaveLength(3);
  answer = { active: false };
  await expect(verifier.stillActive('opaque-token', user)).rejects.toMatchObject({ reason: 'token_revoked' });
  await expect(verifier.verify('opaque-token')).rejects.toMatchObject({ reason: 'token_revoked' });
});

test('a token that could be read is asked about as well', async () => {
  const { asked, verifier } = setUp(() => Response.json({ active: false }));
  await expect(verifier.verify(await token())).rejects.toMatchObject({ reason: 'token_revoked' });
  expect(asked).toHaveLength(1);
});

test.each([
  ['of another issuer', { ...active, iss: 'https://other.example' }, 'token_issuer'],
  ['for another audience', { ...active, aud: 'https://elsewhere.example' }, 'token_audience'],
  ['for a list of audiences', { ...active, aud: ['urn:phi-gateway'] }, 'token_audience'],
  ['expired', { ...active, exp: seconds - 6 }, 'token_expired'],
  ['without an end', { ...active, exp: undefined }, 'token_claims'],
  ['not yet valid', { ...active, nbf: seconds + 60 }, 'token_not_yet_valid'],
  ['of the future', { ...active, iat: seconds + 60 }, 'token_not_yet_valid'],
  ['without a subject', { ...active, sub: undefined }, 'token_claims'],
  ['without a client', { ...active, client_id: undefined }, 'token_claims'],
  ['of a delegation', { ...active, act: { sub: 'x' } }, 'token_type'],
  ['without a verdict', { ...active, active: 'true' }, 'issuer_unavailable'],
])('an answer %s is refused', async (_name, answer, reason) => {
  const { verifier } = setUp(() => Response.json(answer));
  await expect(verifier.verify('opaque-token')).rejects.toMatchObject({ reason });
});

test.each([
  ['fails', () => Promise.reject(new TypeError('fetch failed'))],
  ['answers 500', () => new Response('', { status: 500 })],
  ['answers no JSON', () => new Response('nonsense', { headers: { 'content-type': 'application/json' } })],
])('an endpoint that %s: nobody is let in', async (_name, answer) => {
  const verifier = createUserVerifier({
    tenants: [{ id: 'clinic', issuers: [{ ...issuer, introspection }] }],
    clock: stillClock,
    fetch: async () => answer(),
  });
  await expect(verifier.verify('opaque-token')).rejects.toMatchObject({ reason: 'issuer_unavailable' });
});

test('where no issuer takes opaque tokens they are malformed, and two such issuers are a configuration fault', async () => {
  const plain = createUserVerifier({
    tenants: [{ id: 'clinic', issuers: [issuer] }],
    clock: stillClock,
    fetch: async () => new Response(),
  });
  await expect(plain.verify('opaque-token')).rejects.toMatchObject({ reason: 'token_malformed' });
  const two = [
    { ...issuer, introspection },
    { ...issuer, issuer: 'https://second.example', introspection },
  ];
  expect(() => createUserVerifier({ tenants: [{ id: 'clinic', issuers: two }], clock: stillClock })).toThrow(
    'opaque tokens',
  );
});
