import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import type { TrailEvent } from '../../src/audit/events.ts';
import { openTrail, type Trail } from '../../src/storage/sqlite/trail-writer.ts';
import type { Part } from '../part.ts';
import { percentile, Rounds, roundsWithin } from '../row.ts';

const inFlight = [1, 32, 128];
const barriersAt = [1, 16, 64];

const event = (number: number): TrailEvent => ({
  tenant: 'bench',
  trail: `019a0000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`,
  event: 'request.authorized',
  outcome: 'success',
  at: 1_790_000_000_000 + number,
  facts: {
    effect: 'allow',
    sentence: 'Allowed: treatment by a member of the care team.',
    policies: ['care-team'],
    patient: '0123456789abcdef'.repeat(2),
    user: 'fedcba9876543210'.repeat(2),
  },
});

/** Appends of `size` events by `workers` at once for `seconds`; the time of each, in milliseconds. */
async function append(trail: Trail, workers: number, size: number, seconds: number, first: number) {
  const until = performance.now() + seconds * 1000;
  const began = performance.now();
  const times: number[] = [];
  let next = first;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (performance.now() < until) {
        const events = Array.from({ length: size }, () => event((next += 1)));
        const from = performance.now();
        await trail.append(events);
        times.push(performance.now() - from);
      }
    }),
  );
  return { times, events: times.length * size, seconds: (performance.now() - began) / 1000 };
}

/** The bare database as a yardstick: the same bytes, one index, `size` rows a transaction, fsync at each commit. */
function rawLoop(file: string, size: number, seconds: number): number {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY, trail TEXT, record TEXT)');
  db.exec('CREATE INDEX IF NOT EXISTS event_trail ON event (trail)');
  const insert = db.prepare('INSERT INTO event (trail, record) VALUES (?, ?)');
  const batch = db.transaction((first: number) => {
    for (let n = 0; n < size; n += 1) {
      const one = event(first + n);
      insert.run(one.trail, JSON.stringify(one));
    }
  });
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < seconds * 1000) {
    batch.immediate(done);
    done += size;
  }
  const rate = done / ((performance.now() - began) / 1000);
  db.close();
  return rate;
}

/** The trail alone: durable events a second beside the bare database, and what a barrier of three events costs. */
export const trail: Part = async (options) => {
  const rounds = new Rounds('trail');
  const folder = mkdtempSync(join(tmpdir(), 'phi-bench-'));
  const open = await openTrail(join(folder, 'audit.db'));
  const seconds = options.quick ? 0.1 : 1;
  let first = 0;
  try {
    await append(open, 8, 1, seconds, first);
    for (const round of roundsWithin(options.quick ? 1 : 5, 30)) {
      options.progress(`trail: round ${round + 1}`);
      for (const workers of inFlight) {
        first += 1e6;
        const result = await append(open, workers, 1, seconds, first);
        rounds.add(`${workers} in flight`, 'durable events', '1/s', result.events / result.seconds);
        const raw = rawLoop(join(folder, 'raw.db'), workers, seconds);
        rounds.add(`bare database, ${workers} rows a commit`, 'durable events', '1/s', raw);
      }
      for (const workers of barriersAt) {
        first += 1e6;
        const { times } = await append(open, workers, 3, seconds, first);
        rounds.add(`barrier, ${workers} at once`, 'p50', 'ms', percentile(times, 0.5));
        rounds.add(`barrier, ${workers} at once`, 'p99', 'ms', percentile(times, 0.99));
      }
    }
    for (const workers of inFlight)
      rounds.ratio(`${workers} in flight`, `bare database, ${workers} rows a commit`, 'durable events');
    return rounds.rows();
  } finally {
    await open.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
