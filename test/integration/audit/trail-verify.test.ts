import { copyFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { openTrail, trailFile } from '../../../src/storage/sqlite/trail-writer.ts';
import { answeredTrail, happened, trailId } from '../../unit/audit/sample-events.ts';

let directory = '';
let honest = '';
const trails = 12;
const events = trails * 11;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'trail-verify-'));
  honest = trailFile(directory);
  const trail = await openTrail(honest);
  for (let index = 0; index < trails; index += 1) {
    for (const list of answeredTrail(trailId(index))) await trail.append(list);
  }
  await trail.close();
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A copy of the honest file after somebody with the file in hand, and SQL, was at it. */
function tampered(name: string, statements: string): string {
  const file = join(directory, `${name}.db`);
  copyFileSync(honest, file);
  const database = new Database(file);
  for (const trigger of [
    'event_dense',
    'event_no_update',
    'event_no_delete',
    'checkpoint_grows',
    'checkpoint_no_update',
    'checkpoint_no_delete',
  ]) {
    database.exec(`DROP TRIGGER ${trigger}`);
  }
  database.exec(statements);
  database.close();
  return file;
}

describe('verifying a file', () => {
  test('an honest one, by its own name or its directory, stays as it is', () => {
    expect(verifyTrail(honest)).toEqual({ ok: true, events });
    expect(verifyTrail(directory)).toEqual({ ok: true, events });
  });

  test('beside a running gateway that goes on appending', async () => {
    const file = join(directory, 'running.db');
    copyFileSync(honest, file);
    const trail = await openTrail(file);
    const appending = Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        trail.append([happened(trailId(500 + index), 'session.started')]),
      ),
    );
    expect(verifyTrail(file).ok).toBe(true);
    await appending;
    expect(verifyTrail(file)).toEqual({ ok: true, events: events + 40 });
    await trail.close();
  });

  test.each([
    [
      'changed-byte',
      'UPDATE event SET payload = replace(payload, \'"searches":2\', \'"searches":3\') WHERE seq = 26',
      26,
      'leaf_changed',
    ],
    ['changed-tenant', "UPDATE event SET tenant = 'south' WHERE seq = 40", 40, 'columns_differ'],
    ['changed-leaf', 'UPDATE event SET leaf = lower(hex(randomblob(32))) WHERE seq = 77', 77, 'leaf_changed'],
    ['deleted-last', `DELETE FROM event WHERE seq = ${events - 1}`, events - 1, 'events_missing'],
    ['deleted-middle', 'DELETE FROM event WHERE seq = 50', 50, 'sequence_gap'],
    ['deleted-all', 'DELETE FROM event', 0, 'events_missing'],
    [
      'swapped',
      'UPDATE event SET seq = -1 WHERE seq = 10; UPDATE event SET seq = 10 WHERE seq = 21; UPDATE event SET seq = 21 WHERE seq = -1',
      10,
      'root_changed',
    ],
    [
      'closed-up',
      'DELETE FROM event WHERE seq = 32; UPDATE event SET seq = -seq WHERE seq > 32; UPDATE event SET seq = -seq - 1 WHERE seq < 0',
      32,
      'root_changed',
    ],
    [
      'inserted',
      `INSERT INTO event SELECT ${events}, tenant, trail, payload, leaf FROM event WHERE seq = 0`,
      events,
      'events_unrecorded',
    ],
    ['old-head', `DELETE FROM checkpoint WHERE size > ${events - 11}`, events - 11, 'events_unrecorded'],
    ['no-head', 'DELETE FROM checkpoint', events, 'head_malformed'],
    [
      'false-root',
      'UPDATE checkpoint SET root = lower(hex(randomblob(32))) WHERE size = 44',
      43,
      'root_changed',
    ],
    ['no-index', 'DROP INDEX event_by_trail', events, 'unreadable'],
    ['other-version', 'PRAGMA user_version = 9', 0, 'not_a_trail'],
  ])('%s is named', (name, statements, seq, reason) => {
    const file = tampered(name, statements);
    expect(verifyTrail(file)).toMatchObject({ ok: false, firstFailure: { seq, reason } });
  });

  test('a log whose tree is right but whose gateway did wrong is named too', async () => {
    const file = join(directory, 'wrong-order.db');
    const trail = await openTrail(file);
    await trail.append(answeredTrail(trailId(1))[0] ?? []);
    await trail.append([happened(trailId(2), 'context.released')]);
    await trail.append([happened(trailId(3), 'response.checked'), happened(trailId(3), 'response.released')]);
    await trail.close();
    expect(verifyTrail(file)).toEqual({
      ok: false,
      events: 7,
      firstFailure: { seq: 4, reason: 'missing_predecessor' },
    });
  });

  test('what is no trail, or is damaged, fails without an exception', () => {
    const text = join(directory, 'text.db');
    writeFileSync(text, 'no database at all, but long enough to be looked at'.repeat(20));
    expect(verifyTrail(text)).toMatchObject({ ok: false, firstFailure: { reason: 'unreadable' } });
    expect(verifyTrail(join(directory, 'absent.db'))).toMatchObject({
      ok: false,
      firstFailure: { reason: 'unreadable' },
    });
    const cut = join(directory, 'cut.db');
    copyFileSync(honest, cut);
    truncateSync(cut, 30_000);
    expect(verifyTrail(cut)).toMatchObject({ ok: false });
  });
});
