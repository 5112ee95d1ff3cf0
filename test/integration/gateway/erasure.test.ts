import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import Database from 'better-sqlite3';
import { canonicalJson } from '../../../src/audit/canonical-json.ts';
import type { EventName } from '../../../src/audit/events.ts';
import { commitmentOf } from '../../../src/audit/sealed-facts.ts';
import { acceptStore } from '../../../src/storage/sqlite/accept-store.ts';
import { storeFile } from '../../../src/storage/sqlite/ledger.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

interface Told {
  readonly event: EventName;
  readonly counts: Readonly<Record<string, unknown>>;
  readonly opening: { readonly salt: string; readonly facts: object } | undefined;
}

const asEvents = ({ body }: Reply): readonly Told[] =>
  (Array.isArray(body['events']) ? body['events'] : []).map((told) => ({
    event: told.event,
    counts: isRecord(told.counts) ? told.counts : {},
    opening: told.opening,
  }));

/** The trail as an officer reads it. */
const officerView = async (on: SandboxUnderTest, id: string): Promise<readonly Told[]> =>
  asEvents(await on.call(`/v1/trails/${id}`, await on.token('compliance')));

/** Payloads of one trail as they stand in the file, by event. */
function stored(on: SandboxUnderTest, id: string): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const database = new Database(join(on.ready.dataDir, 'audit.db'), { readonly: true });
  try {
    const rows: unknown[] = database
      .prepare('SELECT payload FROM event WHERE trail = ? ORDER BY seq')
      .pluck()
      .all(id);
    return new Map(
      rows.map((row) => {
        const event: unknown = JSON.parse(String(row));
        const { event: name, facts } = isRecord(event) ? event : {};
        return [String(name), isRecord(facts) ? facts : {}];
      }),
    );
  } finally {
    database.close();
  }
}

const erase = async (on: SandboxUnderTest, patient: string, user = 'compliance'): Promise<Reply> =>
  on.call('/v1/patients/erase', await on.token(user), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ patient }),
  });

const whois = async (on: SandboxUnderTest, pseudonym: unknown, user = 'compliance'): Promise<Reply> =>
  on.call(`/v1/pseudonyms/${String(pseudonym)}`, await on.token(user));

const patientAt = (on: SandboxUnderTest, at: number): string => on.ready.patients[at]?.id ?? '';

describe('facts that tell what kind of data a patient has', () => {
  it('stand sealed on the trail; an officer reads them, the asker does not', async () => {
    const { trail, status } = await sandbox.ask();
    expect(status).toBe(200);
    const events = stored(sandbox, trail);
    // What a token was asked for says nothing of what the patient has.
    const text = JSON.stringify([...events].filter(([name]) => name !== 'token.delegated'));
    for (const name of ['fetched', 'kept', 'dropped', 'notices', 'residualRules', 'Observation'])
      expect(text).not.toContain(name);
    const officer = await officerView(sandbox, trail);
    const retrieved = officer.find(({ event }) => event === 'fhir.retrieved');
    expect(retrieved?.counts['kept.Observation']).toBeGreaterThan(0);
    const own = await sandbox.call(`/v1/trails/${trail}`, await sandbox.token('clinician'));
    expect(own.text).not.toMatch(/kept|fetched|opening|residualRules|pseudonym/);
  });

  it('are unreadable after an erasure, while log and commitments still verify', async () => {
    const { trail } = await sandbox.ask();
    const kept = (await officerView(sandbox, trail)).filter(({ opening }) => opening !== undefined);
    expect(kept.map(({ event }) => event)).toEqual([
      'consent.verified',
      'fhir.retrieved',
      'response.released',
    ]);
    const before = stored(sandbox, trail);
    const pseudonym = before.get('token.delegated')?.['patient'];
    expect((await whois(sandbox, pseudonym)).body).toEqual({
      pseudonym,
      kind: 'patient',
      patient: patientAt(sandbox, 0),
    });

    const read = jest.spyOn(sandbox.running.gateway.gateway.services.textReader, 'forget');
    const erased = await erase(sandbox, patientAt(sandbox, 0));
    expect(read).toHaveBeenCalledWith({ tenant: sandbox.ready.tenant, patient: patientAt(sandbox, 0) });
    read.mockRestore();
    expect([erased.status, erased.body]).toEqual([200, { patient: pseudonym, erased: true }]);
    expect(erased.text).not.toContain(patientAt(sandbox, 0));
    expect(stored(sandbox, erased.trail).get('patient.erased')).toMatchObject({
      patient: pseudonym,
      found: true,
      effect: 'allow',
      policies: ['erasure-compliance'],
    });
    expect((await whois(sandbox, pseudonym)).status).toBe(404);
    expect((await erase(sandbox, patientAt(sandbox, 0))).body).toMatchObject({ erased: false });

    const officer = await officerView(sandbox, trail);
    expect(officer.filter(({ opening }) => opening !== undefined)).toEqual([]);
    expect(JSON.stringify(officer)).not.toContain('Observation');
    // Whoever kept an opening can still show what stood there.
    expect(stored(sandbox, trail)).toEqual(before);
    for (const { event, opening } of kept) {
      const at = { tenant: sandbox.ready.tenant, trail, event };
      const canonical = canonicalJson(opening?.facts);
      expect(commitmentOf(at, opening?.salt ?? '', canonical)).toBe(before.get(event)?.['commitment']);
      expect(commitmentOf(at, opening?.salt ?? '', `${canonical} `)).not.toBe(
        before.get(event)?.['commitment'],
      );
    }
    expect(verifyTrail(sandbox.ready.dataDir)).toMatchObject({ ok: true });

    // Asked about again, the patient has another key: what was sealed before stays closed.
    const later = await sandbox.ask();
    expect(later.status).toBe(200);
    expect((await officerView(sandbox, later.trail)).some(({ opening }) => opening !== undefined)).toBe(true);
    expect((await officerView(sandbox, trail)).some(({ opening }) => opening !== undefined)).toBe(false);
  });
});

describe('whom a pseudonym stands for', () => {
  it('is told to an officer, also of a request that was denied, and the question is on the trail', async () => {
    const denied = await sandbox.ask({ user: 'outsider', patient: patientAt(sandbox, 1) });
    expect(denied.status).toBe(403);
    const { user, patient } = {
      user: stored(sandbox, denied.trail).get('session.started')?.['user'],
      patient: stored(sandbox, denied.trail).get('token.delegated')?.['patient'],
    };
    const officer = await sandbox.call(`/v1/trails/${denied.trail}`, await sandbox.token('compliance'));
    for (const pseudonym of [user, patient]) expect(officer.text).toContain(String(pseudonym));
    const who = await whois(sandbox, user);
    expect([who.status, who.body['kind'], who.body['issuer']]).toEqual([200, 'user', sandbox.ready.issuer]);
    expect((await whois(sandbox, patient)).body['patient']).toBe(patientAt(sandbox, 1));
    expect(stored(sandbox, who.trail).get('pseudonym.read')).toMatchObject({
      asked: user,
      found: true,
      effect: 'allow',
      policies: ['pseudonym-compliance'],
    });
  });

  it.each(['clinician', 'nurse', 'administrator', 'patient'])(
    'is not told to %s, who erases nobody either',
    async (name) => {
      const { trail } = await sandbox.ask();
      const pseudonym = stored(sandbox, trail).get('token.delegated')?.['patient'];
      const asked = await whois(sandbox, pseudonym, name);
      expect([asked.status, asked.body['code']]).toEqual([403, 'access_denied']);
      expect(stored(sandbox, asked.trail).get('pseudonym.read')).toMatchObject({
        asked: pseudonym,
        found: false,
        effect: 'deny',
      });
      const refused = await erase(sandbox, patientAt(sandbox, 0), name);
      expect([refused.status, refused.body['code']]).toEqual([403, 'access_denied']);
      expect(stored(sandbox, refused.trail).get('request.denied')).toMatchObject({ effect: 'deny' });
      expect((await whois(sandbox, pseudonym)).body['patient']).toBe(patientAt(sandbox, 0));
    },
  );

  it.each(['0'.repeat(32), 'x', "0' OR 1=1"])('%s is nobody', async (pseudonym) => {
    const reply = await whois(sandbox, encodeURIComponent(pseudonym));
    expect([reply.status, reply.body['code']]).toEqual([404, 'not_found']);
  });
});

it('an older vault, in which an erased patient still has a key, stays closed until an operator accepts it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'phi-erased-'));
  const first = await SandboxUnderTest.start({ dataDir });
  const port = Number(new URL(first.ready.gateway).port);
  const { trail } = await first.ask();
  await first.running.close();
  const backup = join(dataDir, 'vault.backup');
  copyFileSync(storeFile(dataDir, 'vault'), backup);

  const second = await SandboxUnderTest.start({ dataDir, port });
  const patient = patientAt(second, 0);
  expect((await erase(second, patient)).body).toMatchObject({ erased: true });
  await second.running.close();

  copyFileSync(backup, storeFile(dataDir, 'vault'));
  const third = await SandboxUnderTest.start({ dataDir, port });
  const ready = async () => (await fetch(`${third.ready.operations}/readyz`)).json();
  try {
    const refused = await third.ask();
    expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('A store of this gateway')]);
    expect(await ready()).toMatchObject({
      status: 'unavailable',
      checks: { vault: false, revocations: true },
    });
    await acceptStore(dataDir, 'vault');
    for (let tries = 0; tries < 50 && (await third.ask()).status !== 200; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await ready()).toMatchObject({ status: 'ok' });
    expect((await officerView(third, trail)).some(({ opening }) => opening !== undefined)).toBe(true);
    expect((await erase(third, patient)).body).toMatchObject({ erased: true });
    expect((await officerView(third, trail)).some(({ opening }) => opening !== undefined)).toBe(false);
    await third.running.gateway.gateway.services.transparency.settle();
    expect(verifyTrail(dataDir)).toMatchObject({ ok: true });
  } finally {
    await third.running.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);
