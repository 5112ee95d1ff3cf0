import { describe, expect, test } from '@jest/globals';
import { isRecordedEvent, type RecordedEvent } from '../../../src/audit/event-schema.ts';
import { PurgeVerification } from '../../../src/audit/purge-verification.ts';
import {
  type AgedRow,
  floorDays,
  floorMs,
  type PurgeFacts,
  TrailPurge,
} from '../../../src/audit/retention.ts';
import { dayMs } from '../../../src/vocabulary/time.ts';
import { happened, trailId } from './sample-events.ts';

const now = 1_790_000_000_000;

/** A trail of rows only: what a purge would remove, and what it says of itself. */
class Rows {
  readonly rows: AgedRow[] = [];
  readonly stated: PurgeFacts[] = [];
  removed: number[] = [];
  add(trail: string, ageDays: number, tenant = 'north'): void {
    this.rows.push({ seq: this.rows.length, tenant, trail, at: now - ageDays * dayMs });
  }
  purge(retention: readonly [string, number][] = [['north', floorDays]]): TrailPurge {
    return new TrailPurge(
      {
        rows: (from, limit) => Promise.resolve(this.rows.slice(from, from + limit)),
        rowsOf: (tenant, trail) =>
          Promise.resolve(this.rows.filter((row) => row.tenant === tenant && row.trail === trail)),
        purgedTotal: () => Promise.resolve(this.stated.at(-1)?.purgedTotal ?? 0),
        purge: (places, facts) => {
          this.stated.push(facts);
          this.removed = [...this.removed, ...places];
          for (const place of places) {
            const { at: _, ...row } = this.rows[place] ?? { seq: -1, tenant: '', trail: '' };
            this.rows[place] = row;
          }
          return Promise.resolve();
        },
        pause: () => Promise.resolve(),
      },
      new Map(retention),
    );
  }
}

describe('what a purge removes', () => {
  test('whole trails older than the retention, and nothing younger', async () => {
    const rows = new Rows();
    rows.add('a', 2300);
    rows.add('b', 2250);
    rows.add('a', 2250);
    rows.add('b', 2193);
    rows.add('c', 2193);
    rows.add('c', 2191);
    rows.add('d', 1);
    const purge = rows.purge();
    await expect(purge.run(now)).resolves.toBe(4);
    expect(rows.removed).toEqual([0, 1, 2, 3]);
    expect(rows.stated).toEqual([
      {
        purged: { north: 4 },
        purgedTotal: 4,
        boundary: 5,
        before: now - floorMs,
        retentionDays: floorDays,
      },
    ]);
    await expect(purge.run(now)).resolves.toBe(0);
    // The trail that reached over the boundary goes whole as soon as all of it has expired.
    await expect(purge.run(now + 2 * dayMs)).resolves.toBe(2);
    expect(rows.stated.at(-1)).toMatchObject({ purgedTotal: 6, boundary: 6 });
  });

  test('nothing behind an event that is too young, whatever its own clock said', async () => {
    const rows = new Rows();
    rows.add('a', 2300);
    rows.add('b', 10);
    rows.add('c', 2300);
    await expect(rows.purge().run(now)).resolves.toBe(1);
    expect(rows.removed).toEqual([0]);
  });

  test('each tenant by its own retention, none below the floor, and no event without a tenant', async () => {
    const rows = new Rows();
    for (const tenant of ['north', 'south', 'west', '-', 'gone']) rows.add(tenant, 2300, tenant);
    rows.add('w', 100, 'west');
    const asked: [string, number][] = [
      ['north', floorDays],
      ['south', 3652],
      ['west', 0],
    ];
    await rows.purge(asked).run(now);
    expect(rows.removed).toEqual([0, 2]);
    expect(rows.stated[0]?.purged).toEqual({ north: 1, west: 1 });
  });

  test('in steps, so that the gateway goes on meanwhile', async () => {
    const rows = new Rows();
    for (let trail = 0; trail < 2500; trail += 1) rows.add(String(trail), 2300);
    rows.add('young', 0);
    await expect(rows.purge().run(now)).resolves.toBe(2500);
    expect(rows.stated.map(({ purgedTotal }) => purgedTotal)).toEqual([1000, 2000, 2500]);
  });
});

const purged = (facts: Partial<Record<keyof PurgeFacts, unknown>> = {}, tenant = '-'): RecordedEvent => {
  const said = {
    purged: { north: 2 },
    purgedTotal: 2,
    boundary: 2,
    before: now - floorMs,
    retentionDays: floorDays,
    ...facts,
  };
  const event: unknown = {
    ...happened(trailId(9), 'trail.purged', { tenant, at: now }),
    facts: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    version: 1,
  };
  if (!isRecordedEvent(event)) throw new Error('not an event');
  return event;
};
const young = (at = now): RecordedEvent => ({
  ...happened(trailId(3), 'session.started', { at }),
  version: 1,
});
const never = Number.NEGATIVE_INFINITY;

describe('what a verifier accepts as purged', () => {
  test('what the purges on the trail state', () => {
    const claim = purged();
    const purges = new PurgeVerification(() => [claim]);
    expect(purges.purged(0, never)).toBeUndefined();
    expect(purges.purged(1, never)).toBeUndefined();
    expect(purges.kept(2, young())).toBeUndefined();
    expect(purges.kept(3, claim)).toBeUndefined();
    expect(purges.finish()).toBeUndefined();
    expect(purges.removed).toBe(2);
  });

  test.each<[string, (purges: PurgeVerification) => unknown]>([
    ['behind the boundary', (purges) => purges.purged(2, never)],
    [
      'behind a younger event',
      (purges) => {
        purges.kept(0, young());
        return purges.purged(1, never);
      },
    ],
    ['after a cosignature that is younger', (purges) => purges.purged(1, now - floorMs + 2 * dayMs)],
  ])('nothing %s', (_, run) => {
    expect(run(new PurgeVerification(() => [purged()]))).toBe('purged_early');
  });

  test('anything where an event cannot be read: that one is named', () => {
    const purges = new PurgeVerification(() => [undefined]);
    expect(purges.purged(0, never)).toBeUndefined();
  });

  test('nothing where no purge is on the trail', () => {
    expect(new PurgeVerification(() => []).purged(0, never)).toBe('purged_early');
  });

  test.each([
    ['one that reaches into the floor', purged({ before: now - floorMs + 1 })],
    ['one by a shorter retention', purged({ retentionDays: 30, before: now - 30 * dayMs })],
    ['one that reaches beyond itself', purged({ boundary: 4 })],
    ['one that does not add up', purged({ purgedTotal: 3 })],
    ['one that says too little', purged({ before: undefined })],
    ['one of a tenant', purged({}, 'north')],
  ])('no purge like %s', (_, claim) => {
    expect(new PurgeVerification(() => [claim]).kept(3, claim)).toBe('purge_unfounded');
  });

  test('neither more nor fewer payloads missing than stated', () => {
    const claim = purged();
    const fewer = new PurgeVerification(() => [claim]);
    fewer.purged(0, never);
    fewer.kept(3, claim);
    expect(fewer.finish()).toEqual({ seq: 3, reason: 'purge_miscounted' });
  });
});
