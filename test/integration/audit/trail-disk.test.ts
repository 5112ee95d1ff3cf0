import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { openTrail, trailFile } from '../../../src/storage/sqlite/trail-writer.ts';
import { answeredTrail, happened, trailId } from '../../unit/audit/sample-events.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'trail-disk-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const mount = (target: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', target], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const mountProbe = mkdtempSync(join(tmpdir(), 'trail-mount-'));
const mountable = mount(mountProbe);
if (mountable) execFileSync('umount', [mountProbe]);
else console.log('skipped: a full disk needs the right to mount a tmpfs');
rmSync(mountProbe, { recursive: true, force: true });

const fulfilled = (results: readonly PromiseSettledResult<unknown>[]): number =>
  results.filter(({ status }) => status === 'fulfilled').length;

(mountable ? describe : describe.skip)('a full disk', () => {
  test('refused, nothing half written; with space again it goes on', async () => {
    mount(directory);
    const ballast = join(directory, 'ballast');
    writeFileSync(ballast, Buffer.alloc(400_000));
    const trail = await openTrail(trailFile(directory));
    try {
      const wanted = answeredTrail(trailId(1)).flat();
      let written = 0;
      for (let round = 0; round < 200; round += 1) {
        const results = await Promise.allSettled([
          trail.append(wanted.slice(0, 8)),
          trail.append(wanted.slice(0, 8)),
        ]);
        written += fulfilled(results);
        // A group that is too large may be followed by a small one that still fits: full is when neither does.
        if (fulfilled(results) === 0) break;
      }
      const refused = {
        status: 'rejected',
        reason: {
          reason: 'trail_unavailable',
          cause: { code: 'SQLITE_FULL', message: 'audit.db: SQLITE_FULL' },
        },
      };
      expect(await Promise.allSettled([trail.append(wanted), trail.append(wanted)])).toMatchObject([
        refused,
        refused,
      ]);
      expect(await trail.size()).toBe(written * 8);

      rmSync(ballast);
      const range = await trail.append([happened(trailId(2), 'session.started')]);
      expect(range.first).toBe(written * 8);
      expect(verifyTrail(directory)).toEqual({ ok: true, events: written * 8 + 1 });
    } finally {
      await trail.close();
      execFileSync('umount', [directory]);
    }
  });
});

describe('a hanging disk', () => {
  test('refused in time, the event loop runs, and it goes on afterwards', async () => {
    const trail = await openTrail(trailFile(directory), { timeoutMs: 300, maxWaiting: 2 });
    const other = new Database(trailFile(directory));
    try {
      // A foreign write lock keeps the writer thread inside SQLite, as a hanging fsync would.
      other.exec('BEGIN IMMEDIATE');
      let ticks = 0;
      const ticking = setInterval(() => {
        ticks += 1;
      }, 10);
      const started = performance.now();
      const waiting = Promise.allSettled([
        trail.append([happened(trailId(1), 'session.started')]),
        trail.append([happened(trailId(2), 'session.started')]),
      ]);
      await expect(trail.append([happened(trailId(3), 'session.started')])).rejects.toMatchObject({
        cause: { message: 'audit.db: too many appends wait for the disk' },
      });
      expect(await waiting).toMatchObject([
        { status: 'rejected', reason: { cause: { message: 'audit.db: the disk did not answer in time' } } },
        { status: 'rejected', reason: { reason: 'trail_unavailable' } },
      ]);
      clearInterval(ticking);
      expect(performance.now() - started).toBeLessThan(1900);
      expect(ticks).toBeGreaterThan(3);
      // Reading does not need the writer.
      expect(await trail.trail('north', trailId(1))).toEqual([]);

      other.exec('ROLLBACK');
      const range = await trail.append([happened(trailId(4), 'session.started')]);
      expect(range.first).toBe(range.last);
      const { ok, events } = verifyTrail(directory);
      expect([ok, events]).toEqual([true, await trail.size()]);
    } finally {
      other.close();
      await trail.close();
    }
  });
});
