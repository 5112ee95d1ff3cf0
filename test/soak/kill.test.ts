import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { signIn } from '../../sandbox/oidc/sign-in.ts';
import { verifyTrail } from '../../src/storage/sqlite/trail-verify.ts';
import { openTrail, trailFile } from '../../src/storage/sqlite/trail-writer.ts';
import { ended, startSandboxProcess } from '../fixtures/product.ts';

const rounds = process.env['SOAK'] === 'full' ? 200 : 3;
const parallel = 8;

/** Asks in a loop until the gateway is gone; answers the trails whose answer arrived whole. */
async function askUntilGone(
  gateway: string,
  token: string,
  patient: string,
  answered: Set<string>,
): Promise<void> {
  for (;;) {
    try {
      const response = await fetch(`${gateway}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          messages: [{ role: 'user', content: 'What is the latest LDL?' }],
          phi: { patient, task: 'cholesterol.latest', purpose: 'TREAT' },
        }),
      });
      const trail = response.headers.get('phi-trail');
      const bytes = await response.arrayBuffer();
      if (response.status === 200 && bytes.byteLength > 0 && trail !== null) answered.add(trail);
    } catch {
      // The gateway was killed: what this loop waits for.
      return;
    }
  }
}

it(`${rounds} times kill -9 under load: the log verifies and every answered request has its trail`, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'phi-kill-'));
  const answered = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const { child, ready } = await startSandboxProcess(['--data', dataDir]);
    const user = ready.users.find(({ username }) => username === 'clinician');
    const { accessToken } = await signIn({
      issuer: ready.issuer,
      username: 'clinician',
      password: user?.password ?? '',
      clientId: 'phi-cli',
      resource: ready.audience,
    });
    const patient = ready.patients[0]?.id ?? '';
    const asking = Array.from({ length: parallel }, () =>
      askUntilGone(ready.gateway, accessToken, patient, answered),
    );
    // On a busy machine the first answer takes longer than any delay one would choose; a round without one is a round, too.
    const latest = performance.now() + 30_000;
    for (const before = answered.size; answered.size === before && performance.now() < latest; )
      await delay(20);
    await delay(Math.random() * 1500);
    child.kill('SIGKILL');
    await ended(child);
    await Promise.all(asking);
    const verdict = verifyTrail(trailFile(dataDir));
    expect(verdict).toMatchObject({ ok: true });
  }
  const trail = await openTrail(trailFile(dataDir));
  let missing = 0;
  for (const id of answered) {
    const events = await trail.trail('sandbox', id);
    if (!events.some(({ event }) => event === 'response.released')) missing += 1;
  }
  await trail.close();
  rmSync(dataDir, { recursive: true, force: true });
  console.log(`kill -9: ${rounds} rounds, ${answered.size} answered requests, ${missing} without a trail`);
  expect(missing).toBe(0);
  expect(answered.size).toBeGreaterThan(0);
}, 10_800_000);
