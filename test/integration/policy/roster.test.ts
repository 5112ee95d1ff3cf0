import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { storedTrail } from '../hardening/bad-input.ts';

jest.setTimeout(60_000);

const hour = 3_600_000;
const dir = mkdtempSync(join(tmpdir(), 'phi-roster-'));
const file = join(dir, 'roster.json');
const instant = (hours: number): string => new Date(Date.now() + hours * hour).toISOString();
const cover = (from: number, until: number, of = 'Practitioner/sandbox-clinician') => ({
  by: 'Practitioner/sandbox-outsider',
  of,
  from: instant(from),
  until: instant(until),
});
const write = (text: string): void => {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
};

let sandbox: SandboxUnderTest;
const rosterNow = () => sandbox.running.gateway.gateway.services.rosterOf(sandbox.ready.tenant);
/** Puts a roster in the place of the last one, and waits until it is read. */
async function turn(text: string): Promise<void> {
  const before = rosterNow();
  write(text);
  while (rosterNow() === before) await delay(20);
}
const covers = (...rows: readonly object[]): string => JSON.stringify({ covers: rows });

beforeAll(async () => {
  write(covers());
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...config,
      tenants: config.tenants.map((tenant) => ({ ...tenant, roster: file })),
    }),
  });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The physician whom nothing relates to any patient. */
const ask = (patient?: string) =>
  sandbox.ask({ user: 'outsider', ...(patient === undefined ? {} : { patient }) });
const settled = ({ status, text, trail }: Reply): string => `${status} ${text.replaceAll(trail, 'T')}`;

describe('cover by roster', () => {
  it('opens the records of those whom the colleague treats, for its time, and says so', async () => {
    const stranger = settled(await ask('no-such-patient'));
    expect(settled(await ask())).toBe(stranger);
    await turn(covers(cover(-1, 1)));
    const reply = await ask();
    expect(reply.status).toBe(200);
    expect(reply.body['phi']).toMatchObject({
      decision: { sentence: expect.stringContaining('stands in for a colleague') },
    });
    expect(await storedTrail(sandbox, reply.trail)).toContainEqual(
      expect.objectContaining({
        event: 'request.authorized',
        facts: expect.objectContaining({ coverByRoster: true, onCareTeam: false, roster: 'read' }),
      }),
    );
    expect(settled(await ask('no-such-patient'))).toBe(stranger);
    for (const rows of [[cover(1, 2)], [cover(-2, -1)], [cover(-1, 1, 'Practitioner/sandbox-nobody')]]) {
      await turn(covers(...rows));
      expect(settled(await ask())).toBe(stranger);
    }
  });

  it('that cannot be read covers nobody, and the trail says so', async () => {
    await turn(covers(cover(-1, 1)));
    expect((await ask()).status).toBe(200);
    await turn('{"covers": [{');
    const reply = await ask();
    expect(reply.status).toBe(403);
    expect(await storedTrail(sandbox, reply.trail)).toContainEqual(
      expect.objectContaining({
        event: 'request.denied',
        facts: expect.objectContaining({ coverByRoster: false, roster: 'unreadable', rosterAge: -1 }),
      }),
    );
  });

  it('that ends while the model answers: nothing is delivered', async () => {
    await turn(covers(cover(-1, 1)));
    await sandbox.forgetReceived();
    await sandbox.script([{ delayMs: 2500, chunks: ['the scripted model said this'] }]);
    const asking = ask();
    while ((await sandbox.received()).length === 0) await delay(10);
    await turn(covers());
    const reply = await asking;
    expect(reply.status).toBe(403);
    expect(reply.text).not.toContain('scripted');
  });
});
