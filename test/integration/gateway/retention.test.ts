import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { floorMs } from '../../../src/audit/retention.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { openTrail, trailFile } from '../../../src/storage/sqlite/trail-writer.ts';
import { dayMs } from '../../../src/vocabulary/time.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { answeredTrail, trailId } from '../../unit/audit/sample-events.ts';

const [expired, kept] = [trailId(1), trailId(2)];
let sandbox: SandboxUnderTest;
beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'phi-retention-'));
  // What a gateway wrote a day more than the floor ago, and what it wrote a day less ago.
  const trail = await openTrail(trailFile(dataDir));
  for (const [id, age] of [
    [expired, floorMs + dayMs],
    [kept, floorMs - dayMs],
  ] as const)
    for (const list of answeredTrail(id))
      await trail.append(list.map((event) => ({ ...event, tenant: 'sandbox', at: Date.now() - age })));
  await trail.close();
  sandbox = await SandboxUnderTest.start({ dataDir });
}, 60_000);
afterAll(() => sandbox.close());

const zero = { retention: 0, retentionDays: 0, retention_seconds: 0, ttl: 0 };

describe('a caller who asks for no retention', () => {
  test.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, string>>]>([
    ['by the body of OpenAI', { store: false }, {}],
    ['by headers', {}, { 'phi-retention': '0', 'x-retention-days': '0', 'cache-control': 'no-store' }],
    ['by members of the body', zero, {}],
    ['by members of phi', { phi: zero }, {}],
    ['by metadata', { metadata: { retention: '0' } }, {}],
  ])('%s finds the trail', async (_, asked, headers) => {
    const phi = { patient: sandbox.ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT' };
    const reply = await sandbox.call('/v1/chat/completions', await sandbox.token('clinician'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        messages: [{ role: 'user', content: 'What is the latest LDL?' }],
        ...asked,
        phi: { ...phi, ...(asked['phi'] === undefined ? {} : zero) },
      }),
    });
    expect([200, 400]).toContain(reply.status);
    const events = await sandbox.running.gateway.gateway.services.trail.trail('sandbox', reply.trail);
    expect(events.map(({ event }) => event)).toContain(
      reply.status === 200 ? 'response.released' : 'request.denied',
    );
    expect(verifyTrail(sandbox.ready.files.audit)).toMatchObject({ ok: true });
  });
});

test('a running gateway purges what has expired, says so, and keeps the rest', async () => {
  const { trail } = sandbox.running.gateway.gateway.services;
  for (let tries = 0; tries < 100 && (await trail.trail('sandbox', expired)).length > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await expect(trail.trail('sandbox', expired)).resolves.toEqual([]);
  await expect(trail.trail('sandbox', kept)).resolves.toHaveLength(11);
  const said = await trail.newest('trail.purged', () => true);
  expect(said).toMatchObject({ tenant: '-', outcome: 'success', facts: { purged: { sandbox: 11 } } });
  expect(verifyTrail(sandbox.ready.files.audit)).toMatchObject({ ok: true, purged: 11 });
});
