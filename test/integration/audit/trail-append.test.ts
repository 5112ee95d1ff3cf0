import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { openTrail, type Trail, trailFile } from '../../../src/storage/sqlite/trail-writer.ts';
import { answeredTrail, happened, trailId } from '../../unit/audit/sample-events.ts';

let directory = '';
let trail: Trail;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'trail-'));
  trail = await openTrail(trailFile(directory));
});
afterEach(async () => {
  await trail.close();
  rmSync(directory, { recursive: true, force: true });
});

const appendAnswered = async (id: string): Promise<void> => {
  for (const list of answeredTrail(id)) await trail.append(list);
};

const one = (id: number) => happened(trailId(id), 'session.started');

describe('appending', () => {
  test('many at once: numbers are dense, lists keep their order, every event is found', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => trailId(index));
    await Promise.all(ids.map((id) => appendAnswered(id)));
    expect(await trail.size()).toBe(ids.length * 11);
    const all = await Promise.all(ids.map((id) => trail.trail('north', id)));
    expect(
      all
        .flat()
        .map(({ seq }) => seq)
        .toSorted((a, b) => a - b),
    ).toEqual([...Array(ids.length * 11).keys()]);
    for (const [index, events] of all.entries()) {
      const told = answeredTrail(trailId(index)).flat();
      expect(events.map(({ seq: _seq, leaf: _leaf, ...event }) => event)).toEqual(told);
    }
    expect(verifyTrail(directory)).toEqual({ ok: true, events: ids.length * 11 });
  });

  test('what is asked together is written in the order in which it was asked', async () => {
    await Promise.all([
      trail.append([one(1)]),
      trail.append([one(2)]),
      trail.purge([], happened(trailId(3), 'trail.purged', { tenant: 'north' })),
      trail.append([one(4)]),
    ]);
    const placed = await Promise.all([1, 2, 3, 4].map((id) => trail.trail('north', trailId(id))));
    expect(placed.map(([event]) => event?.seq)).toEqual([0, 1, 2, 3]);
  });

  test('the answer names the place and the leaf of the list', async () => {
    await trail.append([happened(trailId(1), 'session.started')]);
    const range = await trail.append(answeredTrail(trailId(1))[0] ?? []);
    expect(range).toMatchObject({ first: 1, last: 4 });
    const events = await trail.trail('north', trailId(1));
    expect(events.at(-1)).toMatchObject({ seq: 4, leaf: range.leaf });
  });

  test('an event that does not fit takes its list with it, and no other', async () => {
    const good = happened(trailId(1), 'session.started');
    const bad = happened(trailId(1), 'session.started', { facts: { name: 'Maria' } });
    const [first, second, third] = await Promise.allSettled([
      trail.append([good]),
      trail.append([good, bad]),
      trail.append([good]),
    ]);
    expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(second).toMatchObject({ reason: { name: 'Refusal', reason: 'trail_unavailable' } });
    expect(await trail.size()).toBe(2);
    await expect(trail.append([])).rejects.toMatchObject({ reason: 'trail_unavailable' });
  });

  test('a trail belongs to its tenant', async () => {
    await trail.append([happened(trailId(1), 'session.started', { tenant: 'north' })]);
    await trail.append([happened(trailId(1), 'token.delegated', { tenant: 'south' })]);
    expect((await trail.trail('north', trailId(1))).map(({ event }) => event)).toEqual(['session.started']);
    expect((await trail.trail('south', trailId(1))).map(({ event }) => event)).toEqual(['token.delegated']);
    expect(await trail.trail('east', trailId(1))).toEqual([]);
  });

  test('trails without an end are unfinished, all others are not', async () => {
    await appendAnswered(trailId(1));
    await trail.append(answeredTrail(trailId(2))[0] ?? []);
    await trail.append([happened(trailId(3), 'token.delegated')]);
    await trail.append([happened(trailId(6), 'trail.read')]);
    // A crash right after the exchange inside a request: begun, so it has to be closed.
    await trail.append([happened(trailId(5), 'session.started'), happened(trailId(5), 'token.delegated')]);
    await trail.append([happened(trailId(4), 'gateway.started')]);
    await trail.append([happened(trailId(2), 'session.started', { tenant: 'south' })]);
    expect(await trail.unfinished()).toEqual([
      { tenant: 'north', trail: trailId(2) },
      { tenant: 'north', trail: trailId(5) },
      { tenant: 'south', trail: trailId(2) },
    ]);
    const crashed = { outcome: 'failed', reason: 'crashed' } as const;
    await trail.append([2, 5].map((number) => happened(trailId(number), 'response.aborted', crashed)));
    expect(await trail.unfinished()).toEqual([{ tenant: 'south', trail: trailId(2) }]);
  });

  test('after closing, nothing is appended', async () => {
    const waiting = trail.append([happened(trailId(1), 'session.started')]);
    await trail.close();
    await expect(waiting).resolves.toMatchObject({ first: 0, last: 0 });
    await expect(trail.append([happened(trailId(1), 'token.delegated')])).rejects.toMatchObject({
      reason: 'trail_unavailable',
    });
    await expect(trail.size()).rejects.toMatchObject({ reason: 'trail_unavailable' });
  });
});

describe('the file', () => {
  test('is for its owner only, and one file after an orderly end', async () => {
    await appendAnswered(trailId(1));
    await trail.close();
    expect(statSync(trailFile(directory)).mode & 0o777).toBe(0o600);
    expect(() => statSync(`${trailFile(directory)}-wal`)).toThrow(/ENOENT/);
  });

  test('refuses changes, removals, gaps and replacing inserts by anyone', async () => {
    await appendAnswered(trailId(1));
    const other = new Database(trailFile(directory));
    try {
      for (const statement of [
        "UPDATE event SET payload = '{}' WHERE seq = 3",
        'DELETE FROM event WHERE seq = 10',
        'DELETE FROM event',
        "INSERT OR REPLACE INTO event VALUES (3, 'north', 't', '{}', '00')",
        "INSERT INTO event VALUES (12, 'north', 't', '{}', '00')",
        "INSERT INTO event (tenant, trail, payload, leaf) VALUES ('north', 't', '{}', '00')",
        "UPDATE checkpoint SET root = '00' WHERE size = 0",
        'DELETE FROM checkpoint WHERE size = 0',
        "INSERT OR REPLACE INTO checkpoint VALUES (11, '00', '00')",
      ]) {
        expect(() => other.exec(statement)).toThrow(/append-only|grows at its end/);
      }
    } finally {
      other.close();
    }
    expect(verifyTrail(directory)).toEqual({ ok: true, events: 11 });
  });
});

describe('starting again', () => {
  test('the tree goes on where it ended', async () => {
    await appendAnswered(trailId(1));
    await trail.close();
    trail = await openTrail(trailFile(directory));
    expect(await trail.append([happened(trailId(2), 'session.started')])).toMatchObject({
      first: 11,
      last: 11,
    });
    await appendAnswered(trailId(3));
    expect(verifyTrail(trailFile(directory))).toEqual({ ok: true, events: 23 });
  });

  test('a file that is no trail, or contradicts itself, is not opened', async () => {
    await appendAnswered(trailId(1));
    await trail.close();
    const other = new Database(trailFile(directory));
    other.exec('DROP TRIGGER event_no_delete; DELETE FROM event WHERE seq = 10');
    other.close();
    await expect(openTrail(trailFile(directory))).rejects.toMatchObject({ reason: 'trail_unavailable' });
    const foreign = join(directory, 'foreign.db');
    const database = new Database(foreign);
    database.exec('CREATE TABLE t (a)');
    database.close();
    await expect(openTrail(foreign)).rejects.toMatchObject({ reason: 'trail_unavailable' });
  });

  test('a second writer of the same file finds the end of the tree', async () => {
    const second = await openTrail(trailFile(directory));
    await appendAnswered(trailId(1));
    await second.append([happened(trailId(2), 'session.started')]);
    await appendAnswered(trailId(3));
    await second.close();
    expect(verifyTrail(directory)).toEqual({ ok: true, events: 23 });
  });
});
