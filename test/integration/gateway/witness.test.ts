import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';
import { sandboxKeys } from '../../../sandbox/keys.ts';
import { createNoteSigner } from '../../../src/audit/signed-note.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { CosigningWitness, type Witnessed } from '../../../src/witness/witness.ts';
import { serveWitness } from '../../../src/witness/witness-server.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { witnessSigner } from '../../unit/audit/log-keys.ts';
import { endedTrail } from '../hardening/bad-input.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

it('answers stop when the witness is silent for longer than configured, and go on when it is back', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'phi-witnessed-'));
  const origin = 'log.example/witnessed';
  const log = createNoteSigner(origin, sandboxKeys(dataDir).log).key;
  const cosigned = new Map<string, Witnessed>();
  const signer = witnessSigner();
  const state = {
    latest: (name: string) => cosigned.get(name),
    keep: (name: string, witnessed: Witnessed) => void cosigned.set(name, witnessed),
  };
  const witness = new CosigningWitness(signer, [log], state, { now: () => Date.now() });
  let server = await serveWitness(witness, { host: '127.0.0.1', port: 0 });
  closers.push(() => server.close());
  const port = Number(new URL(server.url).port);
  const sandbox = await SandboxUnderTest.start({
    dataDir,
    configure: (config) => ({
      ...config,
      audit: {
        origin,
        verifierKeys: [],
        witnesses: [{ url: server.url, key: signer.key.text }],
        witnessMaxAgeSeconds: 3,
      },
    }),
  });
  closers.push(() => sandbox.close());
  const ready = async () => (await fetch(`${sandbox.ready.operations}/readyz`)).status;

  expect((await sandbox.ask()).status).toBe(200);
  expect(await ready()).toBe(200);

  await server.close();
  await delay(4500);
  const reply = await sandbox.ask();
  expect([reply.status, reply.text]).toEqual([503, expect.stringContaining('trail_unavailable')]);
  const exchanged = await sandbox.exchange(await sandbox.token('clinician'), { patient: 'urn:mrn|4471193' });
  expect([exchanged.status, exchanged.text]).toEqual([
    503,
    expect.stringContaining('temporarily_unavailable'),
  ]);
  expect(await ready()).toBe(503);

  server = await serveWitness(witness, { host: '127.0.0.1', port });
  await delay(2500);
  const answered = await sandbox.ask();
  expect(answered.status).toBe(200);
  expect(await ready()).toBe(200);
  // Its last event is signed and cosigned like all others: the log must not grow while it is read.
  await endedTrail(sandbox, answered.trail);
  await sandbox.running.gateway.gateway.services.transparency.settle();
  const trust = { keys: [log], witnesses: [signer.key], kept: [], receipts: [] };
  expect(verifyTrail(sandbox.ready.files.audit, trust)).toMatchObject({ ok: true });
}, 60_000);
