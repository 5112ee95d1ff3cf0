import { describe, expect, test } from '@jest/globals';
import type { StoredEvent } from '../../../src/audit/events.ts';
import { type HeadedStore, headAfter, type StoreHead } from '../../../src/audit/store-heads.ts';
import { StoreWatch } from '../../../src/audit/store-watch.ts';
import { happened, trailId } from './sample-events.ts';

/** A store that only counts its changes; `copy` is a backup of it. */
class CountingStore implements HeadedStore {
  readonly store = 'revocations';
  readonly chain: StoreHead[];
  constructor(chain: readonly StoreHead[] = []) {
    this.chain = [...chain];
  }
  change(what: string): void {
    const none = { store: this.store, tenant: 'north', version: 0, hash: '' };
    this.chain.push(headAfter(this.chain.at(-1) ?? none, [what]));
  }
  copy(): CountingStore {
    return new CountingStore(this.chain);
  }
  heads(): Promise<readonly StoreHead[]> {
    return Promise.resolve(this.chain.slice(-1));
  }
  hashAt(tenant: string, version: number): Promise<string | undefined> {
    return Promise.resolve(
      this.chain.find((head) => head.tenant === tenant && head.version === version)?.hash,
    );
  }
  noted(): Promise<void> {
    return Promise.resolve();
  }
}

/** A trail of events about stores only, and a clock. */
class World {
  readonly events: StoredEvent[] = [];
  readonly faults: string[] = [];
  readonly unnoted: unknown[] = [];
  elapsed = 0;
  add(event: 'store.noted' | 'store.accepted', facts: StoredEvent['facts']): void {
    const seq = this.events.length;
    this.events.push({
      ...happened(trailId(seq), event, { tenant: '-', facts }),
      seq,
      leaf: 'ab'.repeat(32),
    });
  }
  watch(store: HeadedStore): Promise<StoreWatch> {
    return StoreWatch.open({
      stores: [store],
      trail: { newest: (_, wanted) => Promise.resolve(this.events.findLast((event) => wanted(event))) },
      note: (facts) => Promise.resolve(this.add('store.noted', facts)),
      elapsed: () => this.elapsed,
      onFault: (name) => this.faults.push(name),
      onUnnoted: (thrown) => this.unnoted.push(thrown),
    });
  }
}

describe('a store beside the trail', () => {
  test('is noted when it changed, and once an hour when it did not', async () => {
    const world = new World();
    const store = new CountingStore();
    const watch = await world.watch(store);
    expect(world.events).toHaveLength(0);
    store.change('one');
    store.change('two');
    await watch.tick();
    await watch.tick();
    expect(world.events.map(({ facts }) => facts['heads'])).toEqual([[`north:2:${store.chain[1]?.hash}`]]);
    world.elapsed = 3_600_000;
    await watch.tick();
    expect(world.events).toHaveLength(2);
    expect(watch.closed).toEqual([]);
  });

  test('goes on where it is the noted one, or has more than was noted before a crash', async () => {
    const world = new World();
    const store = new CountingStore();
    store.change('one');
    await world.watch(store);
    expect((await world.watch(store.copy())).closed).toEqual([]);
    store.change('after the last note');
    expect((await world.watch(store.copy())).closed).toEqual([]);
  });

  test.each<[string, (store: CountingStore) => HeadedStore]>([
    ['an older copy', (store) => new CountingStore(store.chain.slice(0, 1))],
    ['an empty one', () => new CountingStore()],
    [
      'one of the same length with another past',
      () => {
        const other = new CountingStore();
        for (const what of ['one', 'another', 'three']) other.change(what);
        return other;
      },
    ],
    [
      'a longer one with another past',
      () => {
        const other = new CountingStore();
        for (const what of ['one', 'another', 'three', 'four']) other.change(what);
        return other;
      },
    ],
    [
      'one that cannot be read',
      (store) => Object.assign(store.copy(), { heads: () => Promise.reject(new Error('SQLITE_CORRUPT')) }),
    ],
  ])('stays closed as %s', async (_, put) => {
    const world = new World();
    const store = new CountingStore();
    for (const what of ['one', 'two', 'three']) store.change(what);
    await world.watch(store);
    const noted = world.events.length;
    const watch = await world.watch(put(store));
    expect(watch.closed).toEqual(['revocations']);
    expect(watch.isOpen('revocations')).toBe(false);
    expect(() => watch.demand()).toThrow(expect.objectContaining({ reason: 'store_behind' }));
    await watch.settle();
    expect(world.unnoted).toEqual([]);
    // A closed store is not noted: its old head would take the place of the one that convicts it.
    expect(world.events).toHaveLength(noted);
    expect(world.faults).toContain('revocations');
  });

  test('opens again when an operator accepted it, without a restart', async () => {
    const world = new World();
    const store = new CountingStore();
    for (const what of ['one', 'two']) store.change(what);
    await world.watch(store);
    const older = new CountingStore(store.chain.slice(0, 1));
    const watch = await world.watch(older);
    expect(watch.closed).toEqual(['revocations']);
    world.add('store.accepted', { store: 'revocations', heads: [`north:1:${older.chain[0]?.hash}`] });
    await watch.tick();
    expect(watch.closed).toEqual([]);
    expect(() => watch.demand()).not.toThrow();
  });
});
