import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { acceptStore } from '../../../src/storage/sqlite/accept-store.ts';
import { storeFile } from '../../../src/storage/sqlite/ledger.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { formPost } from '../../fixtures/token-exchange.ts';

const exchange = async (sandbox: SandboxUnderTest) =>
  sandbox.exchange(await sandbox.token('clinician'), { actions: ['ask'] });

const readiness = async (sandbox: SandboxUnderTest) => {
  const response = await fetch(`${sandbox.ready.operations}/readyz`);
  const body: unknown = await response.json();
  return { status: response.status, checks: isRecord(body) ? body['checks'] : undefined };
};

it('a restart forgets no revocation; an older store stays closed until an operator accepts it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'phi-restored-'));
  // Ports stay the same over the restarts, because the gateway's address stands in its tokens.
  const first = await SandboxUnderTest.start({ dataDir });
  const port = Number(new URL(first.ready.gateway).port);
  const early = await exchange(first);
  const token = String((await exchange(first)).body['access_token']);
  const revoke = async (what: unknown) =>
    first.call('/oauth/revoke', await first.token('clinician'), formPost({ token: String(what) }));
  expect((await revoke(early.body['access_token'])).status).toBe(200);
  await first.running.close();

  const backup = `${storeFile(dataDir, 'revocations')}.backup`;
  copyFileSync(storeFile(dataDir, 'revocations'), backup);

  const second = await SandboxUnderTest.start({ dataDir, port });
  const asked = () => ({ token, phi: null });
  expect((await second.ask(asked())).status).toBe(200);
  const revoked = await second.call('/oauth/revoke', await second.token('clinician'), formPost({ token }));
  expect(revoked.status).toBe(200);
  expect((await second.ask(asked())).text).toContain('invalid_token');
  await second.running.close();

  const third = await SandboxUnderTest.start({ dataDir, port });
  expect((await third.ask(asked())).text).toContain('invalid_token');
  expect(await readiness(third)).toMatchObject({ status: 200, checks: { revocations: true } });
  await third.running.close();

  copyFileSync(backup, storeFile(dataDir, 'revocations'));
  const fourth = await SandboxUnderTest.start({ dataDir, port });
  try {
    for (const reply of [await fourth.ask(asked()), await fourth.ask(), await exchange(fourth)])
      expect([reply.status, reply.text]).toEqual([503, expect.stringContaining('A store of this gateway')]);
    expect(await readiness(fourth)).toMatchObject({ status: 503, checks: { revocations: false } });

    await acceptStore(dataDir, 'revocations');
    await expect(acceptStore(dataDir, 'nothing')).rejects.toThrow('no such store');
    for (let tries = 0; tries < 50 && (await readiness(fourth)).status !== 200; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await readiness(fourth)).toMatchObject({ status: 200, checks: { revocations: true } });
    expect((await fourth.ask()).status).toBe(200);
    await fourth.running.gateway.gateway.services.transparency.settle();
    expect(verifyTrail(dataDir)).toMatchObject({ ok: true });
  } finally {
    await fourth.running.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);
