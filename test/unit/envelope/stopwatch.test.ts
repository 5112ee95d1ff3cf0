import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Stopwatch } from '../../../src/envelope/stopwatch.ts';
import type { FhirReader } from '../../../src/retrieval/ports.ts';

const numberOf = (watch: Stopwatch, name: string): number =>
  Number(new RegExp(`(?:^|, )${name};dur=(\\d+\\.\\d)(?:,|$)`).exec(watch.timing)?.[1]);

describe('what an envelope took', () => {
  it('is told by stage in their order and for the gateway, in milliseconds with one decimal', () => {
    const watch = new Stopwatch();
    watch.took('consent', performance.now() - 12.5);
    watch.took('retrieve', performance.now() - 100);
    watch.took('consent', performance.now() - 10);
    expect(watch.timing).toMatch(/^consent;dur=\d+\.\d, retrieve;dur=\d+\.\d, gateway;dur=\d+\.\d$/);
    expect(numberOf(watch, 'consent')).toBeGreaterThanOrEqual(22.4);
    expect(numberOf(watch, 'retrieve')).toBeGreaterThanOrEqual(99.9);
  });

  it('is the gateway’s own where nothing outside is waited for, once where several are', async () => {
    const watch = new Stopwatch();
    await delay(30);
    await Promise.all([watch.outside(delay(200)), watch.outside(delay(150))]);
    expect(numberOf(watch, 'gateway')).toBeGreaterThanOrEqual(28);
    expect(numberOf(watch, 'gateway')).toBeLessThan(200);
    void watch.outside(delay(300));
    const before = numberOf(watch, 'gateway');
    await delay(150);
    expect(numberOf(watch, 'gateway')).toBeLessThan(before + 100);
  });

  it('counts what fails as well, and hands it on', async () => {
    const watch = new Stopwatch();
    const failing = delay(100).then(() => {
      throw new RangeError('gone');
    });
    await expect(watch.outside(failing)).rejects.toThrow('gone');
    expect(numberOf(watch, 'gateway')).toBeLessThan(90);
  });

  it('is not the time in which a record system answers', async () => {
    const watch = new Stopwatch();
    const told: unknown[] = [];
    const inner: FhirReader = {
      server: 'main',
      search: async () => {
        await delay(60);
        return { matches: [], included: [], pages: 1, bytes: 0, cut: false };
      },
      read: () => delay(60, undefined),
      binary: () => delay(60, undefined),
      capabilities: () => delay(60, { fhirVersion: '4.0.1', types: new Set() }),
      suspect: (...one) => told.push(one),
    };
    const reader = watch.reader(inner);
    expect(reader.server).toBe('main');
    expect(await reader.search('Patient', {})).toMatchObject({ pages: 1 });
    await reader.read('Patient', '1');
    await reader.binary('1');
    expect(await reader.capabilities()).toMatchObject({ fhirVersion: '4.0.1' });
    reader.suspect?.('conflicting_rows', 2);
    expect(told).toEqual([['conflicting_rows', 2]]);
    expect(numberOf(watch, 'gateway')).toBeLessThan(150);
  });
});
