import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { exportJWK, SignJWT } from 'jose';
import { createAssertionVerifier } from '../../../src/identity/assertions.ts';
import { createProofVerifier } from '../../../src/identity/dpop.ts';
import { createReplayWindow } from '../../../src/identity/replay-window.ts';
import { createTrustDomains } from '../../../src/identity/trust-domains.ts';
import { createUserVerifier } from '../../../src/identity/user-verifier.ts';
import type { Workload } from '../../../src/vocabulary/person.ts';
import { newKeyPair } from '../../fixtures/key-pair.ts';
import { issuer, keyPair, now, seconds, stillClock, token } from './tokens.ts';

const ed25519 = newKeyPair('ed25519');
const jwk = { ...(await exportJWK(ed25519.publicKey)), kid: 'key-1' };
const url = 'https://gateway.example';

const verifier = (algorithms: readonly string[]) =>
  createUserVerifier({
    tenants: [{ id: 'clinic', issuers: [{ ...issuer, algorithms }] }],
    clock: stillClock,
    fetch: async (asked) =>
      Response.json(
        asked.endsWith('/jwks')
          ? { keys: [jwk] }
          : { issuer: issuer.issuer, jwks_uri: `${issuer.issuer}/jwks` },
      ),
  });

test("a user's token signed by Ed25519 counts where its issuer may sign so, and nowhere else", async () => {
  const signed = await token({}, { alg: 'EdDSA' }, ed25519.privateKey);
  await expect(verifier(['ES256', 'EdDSA']).verify(signed)).resolves.toMatchObject({ subject: 'someone' });
  await expect(verifier(['ES256']).verify(signed)).rejects.toMatchObject({ code: 'invalid_token' });
  await expect(verifier(['ES256', 'EdDSA']).verify(await token())).rejects.toMatchObject({
    code: 'invalid_token',
  });
});

test("a workload's assertion signed by Ed25519 counts, one of another key does not", async () => {
  const assertions = createAssertionVerifier({
    audiences: [url],
    trust: createTrustDomains(
      [],
      () => undefined,
      () => undefined,
    ),
    clock: stillClock,
    window: createReplayWindow(stillClock),
  });
  const workload: Workload = {
    id: 'app',
    tenant: 'clinic',
    clientIds: ['app'],
    tasks: 'all',
    purposes: 'all',
    models: 'all',
    humanReads: true,
    keys: [jwk],
  };
  const assertion = (key: typeof ed25519.privateKey, alg: string) =>
    new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg, kid: 'key-1' })
      .setIssuer('app')
      .setSubject('app')
      .setAudience(url)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 60)
      .sign(key);
  await expect(
    assertions.clientAssertion(await assertion(ed25519.privateKey, 'EdDSA'), workload),
  ).resolves.toBeUndefined();
  for (const wrong of [
    await assertion(newKeyPair('ed25519').privateKey, 'EdDSA'),
    await assertion(keyPair.privateKey, 'ES256'),
  ])
    await expect(assertions.clientAssertion(wrong, workload)).rejects.toMatchObject({
      reason: 'workload_assertion',
    });
});

test('a DPoP proof signed by Ed25519 counts', async () => {
  const proofs = createProofVerifier({
    key: new Uint8Array(32),
    clock: stillClock,
    window: createReplayWindow(stillClock),
  });
  const ath = createHash('sha256').update('the token').digest('base64url');
  const proof = await new SignJWT({
    htm: 'POST',
    htu: `${url}/v1/chat/completions`,
    iat: now / 1000,
    jti: randomUUID(),
    nonce: proofs.nonce(),
    ath,
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'dpop+jwt', jwk: await exportJWK(ed25519.publicKey) })
    .sign(ed25519.privateKey);
  const shown = { jwt: proof, method: 'POST', url: `${url}/v1/chat/completions` };
  await expect(proofs.verify(shown, 'the token')).resolves.toMatchObject({ jkt: expect.any(String) });
});
