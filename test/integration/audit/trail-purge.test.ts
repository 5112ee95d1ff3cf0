import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { cosign, signCheckpoint } from '../../../src/audit/checkpoint.ts';
import { encodeEvent } from '../../../src/audit/event-record.ts';
import { type Receipt, signReceipt } from '../../../src/audit/receipt.ts';
import { floorDays, floorMs, TrailPurge } from '../../../src/audit/retention.ts';
import { parseNote } from '../../../src/audit/signed-note.ts';
import { noTrust } from '../../../src/audit/signed-verification.ts';
import { verifyExport } from '../../../src/storage/files/export-verify.ts';
import { exportTrail } from '../../../src/storage/sqlite/trail-export.ts';
import { TrailLog } from '../../../src/storage/sqlite/trail-log.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { openTrail, type Trail, trailFile } from '../../../src/storage/sqlite/trail-writer.ts';
import { dayMs } from '../../../src/vocabulary/time.ts';
import { logSigner, witnessSigner } from '../../unit/audit/log-keys.ts';
import { answeredTrail, happened, trailId } from '../../unit/audit/sample-events.ts';

const now = 1_790_000_000_000;
const old = now - 7 * 366 * dayMs;
const signer = logSigner();
const witness = witnessSigner();

let directory = '';
let trail: Trail;
let receipt: Receipt;

async function answered(id: string, at: number): Promise<void> {
  for (const list of answeredTrail(id)) {
    const range = await trail.append(list.map((event) => ({ ...event, at })));
    if (list.at(-1)?.event === 'response.released')
      receipt = signReceipt(signer, { trail: id, seq: range.last, leaf: range.leaf });
  }
}

async function sign(at: number): Promise<string> {
  const note = signCheckpoint(signer, { origin: signer.key.name, ...(await trail.head()) });
  const cosigned = note + cosign(witness, parseNote(note)?.text ?? '', at);
  await trail.keepSigned(await trail.size(), cosigned);
  return cosigned;
}

const purge = (at = now) =>
  new TrailPurge(
    {
      rows: (from, limit) => trail.rows(from, limit),
      rowsOf: (tenant, id) => trail.rowsOf(tenant, id),
      purgedTotal: async () =>
        Number((await trail.newest('trail.purged', () => true))?.facts['purgedTotal'] ?? 0),
      purge: (places, facts) =>
        trail.purge(places, happened(trailId(99), 'trail.purged', { tenant: '-', at, facts: { ...facts } })),
      pause: () => Promise.resolve(),
    },
    new Map([['north', floorDays]]),
  ).run(at);

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'purge-'));
  trail = await openTrail(trailFile(directory));
  await trail.keepKeys([signer.key.text, witness.key.text]);
  await trail.append([happened(trailId(50), 'gateway.started', { tenant: '-', at: old })]);
  await answered(trailId(1), old);
  await answered(trailId(2), old + dayMs);
});
afterEach(async () => {
  await trail.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('a purge', () => {
  test('leaves tree, checkpoints, receipts and verification as they were, and the payloads off the disk', async () => {
    const kept = await sign(old + 2 * dayMs);
    const early = receipt;
    await answered(trailId(3), now);
    await expect(purge()).resolves.toBe(22);
    await expect(purge()).resolves.toBe(0);
    const newest = await sign(now);
    const trust = {
      keys: [signer.key],
      witnesses: [witness.key],
      kept: [kept, newest],
      receipts: [early, receipt],
    };
    const verdict = { ok: true, events: 35, purged: 22, receipts: 2, signed: 35 };
    expect(verifyTrail(directory, trust)).toMatchObject(verdict);
    const out = join(directory, 'export');
    exportTrail({ path: trailFile(directory), out, trails: [trailId(3)] });
    expect(verifyExport(out, trust)).toMatchObject(verdict);
    await expect(trail.trail('north', trailId(1))).resolves.toEqual([]);
    await expect(trail.trail('north', trailId(3))).resolves.toHaveLength(11);
    const said = await trail.newest('trail.purged', () => true);
    expect(said).toMatchObject({ tenant: '-', facts: { purged: { north: 22 }, purgedTotal: 22 } });
    // The place of an event stays findable; what it said is gone.
    await trail.close();
    const bytes = readFileSync(trailFile(directory));
    expect(bytes.includes('"event":"consent.verified"')).toBe(true);
    expect(bytes.toString('latin1').split('"event":"consent.verified"')).toHaveLength(2);
    trail = await openTrail(trailFile(directory));
  });

  test('does not take what has not expired, by any means', async () => {
    await answered(trailId(3), now);
    await expect(purge(now - 1000 * dayMs)).resolves.toBe(0);
    const event = happened(trailId(99), 'trail.purged', { tenant: '-', at: now });
    await expect(trail.purge([24], event)).rejects.toMatchObject({ reason: 'trail_unavailable' });
    await expect(trail.purge([0], event)).rejects.toMatchObject({ reason: 'trail_unavailable' });
    await expect(trail.newest('trail.purged', () => true)).resolves.toBeUndefined();
    const other = new Database(trailFile(directory));
    for (const statement of [
      'UPDATE event SET payload = leaf WHERE seq = 30',
      'UPDATE event SET payload = leaf WHERE seq = 0',
      "UPDATE event SET payload = 'x' WHERE seq = 1",
      'UPDATE event SET payload = leaf, leaf = payload WHERE seq = 1',
      "UPDATE event SET payload = leaf, trail = 'x' WHERE seq = 1",
      "UPDATE event SET payload = leaf, tenant = 'x' WHERE seq = 1",
      'UPDATE event SET payload = leaf, seq = 99 WHERE seq = 1',
      'DELETE FROM event WHERE seq = 1',
    ])
      expect(() => other.exec(statement)).toThrow(/append-only/);
    other.close();
    expect(verifyTrail(directory)).toMatchObject({ ok: true });
  });

  test('of a file of the version before is made possible by opening it', async () => {
    await answered(trailId(3), now);
    await trail.close();
    const before = new Database(trailFile(directory));
    before.exec('DROP TRIGGER event_no_update');
    before.exec(
      "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END",
    );
    before.pragma('user_version = 2');
    before.close();
    expect(verifyTrail(directory)).toMatchObject({ ok: true });
    trail = await openTrail(trailFile(directory));
    await expect(purge()).resolves.toBe(22);
    expect(verifyTrail(directory)).toMatchObject({ ok: true, purged: 22 });
  });
});

/** Whoever owns the host drops the triggers. */
function tampered(statements: readonly string[]): string {
  const copy = join(directory, 'tampered.db');
  copyFileSync(trailFile(directory), copy);
  const database = new Database(copy);
  database.exec('DROP TRIGGER event_no_update');
  for (const statement of statements) database.exec(statement);
  database.close();
  return copy;
}

describe('tampering dressed as a purge', () => {
  test.each([
    [
      'a payload removed without a purge',
      'UPDATE event SET payload = leaf WHERE seq = 30',
      30,
      'purged_early',
    ],
    [
      'an old payload removed without a purge',
      'UPDATE event SET payload = leaf WHERE seq = 5',
      5,
      'purged_early',
    ],
    [
      'a hash that is not the leaf',
      `UPDATE event SET payload = '${'ab'.repeat(32)}' WHERE seq = 5`,
      5,
      'leaf_changed',
    ],
    [
      'a hash that is not the leaf, in both columns',
      `UPDATE event SET payload = '${'ab'.repeat(32)}', leaf = '${'ab'.repeat(32)}' WHERE seq = 5`,
      5,
      'purged_early',
    ],
  ])('%s is named', async (_, statement, seq, reason) => {
    await answered(trailId(3), now);
    // Checkpoints behind the event are not read any more.
    for (const at of [now, now + 1000]) {
      await answered(trailId(at - now + 4), at);
      await sign(at);
    }
    await trail.close();
    expect(verifyTrail(tampered([statement]))).toMatchObject({ ok: false, firstFailure: { seq, reason } });
    trail = await openTrail(trailFile(directory));
  });

  test('one more, or one fewer, than an honest purge took is named', async () => {
    await answered(trailId(3), now);
    await purge();
    await trail.close();
    expect(verifyTrail(tampered(['UPDATE event SET payload = leaf WHERE seq = 0']))).toMatchObject({
      firstFailure: { seq: 34, reason: 'purge_miscounted' },
    });
    expect(verifyTrail(tampered(['UPDATE event SET payload = leaf WHERE seq = 25']))).toMatchObject({
      firstFailure: { seq: 25, reason: 'purged_early' },
    });
    trail = await openTrail(trailFile(directory));
  });

  test('an event that was changed behind an honest purge is named, not the purge', async () => {
    await answered(trailId(3), now);
    await purge();
    await sign(now);
    const out = join(directory, 'export');
    exportTrail({ path: trailFile(directory), out, trails: [] });
    const file = join(out, 'events.ndjson');
    const honest = readFileSync(file);
    for (const [byte, reason] of [
      [0xff, 'unreadable'],
      [0x5c, 'not_canonical'],
    ] as const) {
      for (const marker of ['"tenant":"north"', '"event":"trail.purged"']) {
        const changed = Buffer.from(honest);
        const at = changed.lastIndexOf(marker) + 10;
        changed[at] = byte;
        writeFileSync(file, changed);
        const seq = changed.subarray(0, at).filter((one) => one === 0x0a).length;
        expect(verifyExport(out, noTrust)).toMatchObject({ firstFailure: { seq, reason } });
      }
    }
  });

  test('a purge that the operator wrote and signed is named where it reaches into the floor', async () => {
    await answered(trailId(3), now);
    await trail.close();
    const copy = tampered(['UPDATE event SET payload = leaf WHERE seq = 30']);
    const log = new TrailLog(copy);
    const forged = (before: number) => {
      const facts = { purged: { north: 1 }, purgedTotal: 1, boundary: 31, before, retentionDays: floorDays };
      return happened(trailId(98), 'trail.purged', { tenant: '-', at: now, facts });
    };
    const event = forged(now - floorMs);
    log.append([[{ ...event, payload: encodeEvent(event) }]]);
    log.close();
    expect(verifyTrail(copy)).toMatchObject({ firstFailure: { seq: 30, reason: 'purged_early' } });

    const second = tampered(['UPDATE event SET payload = leaf WHERE seq = 30']);
    const writer = new TrailLog(second);
    const reaching = forged(now + 1);
    writer.append([[{ ...reaching, payload: encodeEvent(reaching) }]]);
    writer.close();
    expect(verifyTrail(second)).toMatchObject({ firstFailure: { seq: 34, reason: 'purge_unfounded' } });
    trail = await openTrail(trailFile(directory));
  });

  test('a cosignature dates what nothing else does', async () => {
    await sign(now);
    await answered(trailId(3), old + 2 * dayMs);
    await answered(trailId(4), now);
    await trail.close();
    const path = trailFile(directory);
    const log = new TrailLog(path);
    const places = Array.from({ length: 11 }, (_, at) => 23 + at);
    const facts = {
      purged: { north: 11 },
      purgedTotal: 11,
      boundary: 34,
      before: now - floorMs,
      retentionDays: floorDays,
    };
    const event = happened(trailId(98), 'trail.purged', { tenant: '-', at: now, facts });
    log.purge(places, { ...event, payload: encodeEvent(event) });
    log.close();
    const seen = { ...noTrust, keys: [signer.key], witnesses: [witness.key] };
    expect(verifyTrail(path, seen)).toMatchObject({ firstFailure: { seq: 23, reason: 'purged_early' } });
    trail = await openTrail(path);
  });
});
