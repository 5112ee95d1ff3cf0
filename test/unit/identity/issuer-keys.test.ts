import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createUserVerifier } from '../../../src/identity/user-verifier.ts';
import { issuer, now, publish, token } from './tokens.ts';

const good = () => token({ exp: now / 1000 + 86_400 });

/** A verifier whose clock the test moves; tokens carry a far expiry so that only the keys' age counts. */
function setUp(change: Partial<typeof issuer> = {}) {
  const published = publish();
  const time = { at: now };
  const verifier = createUserVerifier({
    tenants: [{ id: 'clinic', issuers: [{ ...issuer, ...change }] }],
    clock: { now: () => time.at },
    fetch: published.fetch,
  });
  return { published, time, verifier };
}

test('keys are fetched once for many tokens, also at the same moment', async () => {
  const { published, verifier } = setUp();
  const tokens = await Promise.all([good(), good(), good()]);
  await Promise.all(tokens.map((each) => verifier.verify(each)));
  await verifier.verify(tokens[0] ?? '');
  expect(published.asked).toEqual(['/.well-known/openid-configuration', '/jwks']);
});

test('a new key is found once the cool-down has passed, and unknown ids cannot force more fetches', async () => {
  const { published, time, verifier } = setUp();
  await verifier.verify(await good());
  const next = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  published.keys = [{ pair: next, kid: 'key-2' }];
  const rotated = await token({ exp: now / 1000 + 86_400 }, { kid: 'key-2' }, next.privateKey);
  for (let flood = 0; flood < 20; flood += 1)
    await expect(verifier.verify(rotated)).rejects.toMatchObject({ reason: 'token_signature' });
  expect(published.asked).toHaveLength(2);
  time.at += 10_000;
  await expect(verifier.verify(rotated)).resolves.toMatchObject({ subject: 'someone' });
  expect(published.asked).toHaveLength(4);
});

test('while the issuer is down the last keys stand for their grace, then nothing verifies', async () => {
  const { published, time, verifier } = setUp();
  const held = await good();
  await verifier.verify(held);
  published.down = true;
  time.at += 3_599_000;
  await expect(verifier.verify(held)).resolves.toBeDefined();
  await expect(verifier.ready()).resolves.toBe(true);
  time.at += 2_000;
  await expect(verifier.verify(held)).rejects.toMatchObject({ reason: 'issuer_unavailable' });
  await expect(verifier.ready()).resolves.toBe(false);
  published.down = false;
  time.at += 10_000;
  await expect(verifier.verify(held)).resolves.toBeDefined();
});

test('an issuer that was never reached verifies nothing, and is asked at most once per cool-down', async () => {
  const { published, verifier } = setUp();
  published.down = true;
  for (let again = 0; again < 5; again += 1)
    await expect(verifier.verify(await good())).rejects.toMatchObject({ reason: 'issuer_unavailable' });
  expect(published.asked).toHaveLength(1);
});

test.each([
  [
    'names itself differently',
    { metadata: { issuer: 'https://other.example', jwks_uri: 'https://other.example/jwks' } },
  ],
  [
    'names itself with a slash',
    { metadata: { issuer: `${issuer.issuer}/`, jwks_uri: 'https://issuer.example/jwks' } },
  ],
  [
    'publishes keys over plain http',
    { metadata: { issuer: issuer.issuer, jwks_uri: 'http://issuer.example/jwks' } },
  ],
  ['publishes no keys', { metadata: { issuer: issuer.issuer } }],
])('an issuer that %s is not available', async (_name, change) => {
  const { published, verifier } = setUp();
  Object.assign(published, change);
  await expect(verifier.verify(await good())).rejects.toMatchObject({ reason: 'issuer_unavailable' });
});

test('plain http is taken from loopback only', async () => {
  const away = setUp({ issuer: 'http://issuer.example' });
  const claims = { iss: 'http://issuer.example' };
  await expect(away.verifier.verify(await token(claims))).rejects.toMatchObject({
    reason: 'issuer_unavailable',
  });
  expect(away.published.asked).toEqual([]);
  const near = setUp({ issuer: 'http://127.0.0.1:9' });
  near.published.metadata = { issuer: 'http://127.0.0.1:9', jwks_uri: 'http://127.0.0.1:9/jwks' };
  await expect(near.verifier.verify(await token({ iss: 'http://127.0.0.1:9' }))).resolves.toBeDefined();
});
