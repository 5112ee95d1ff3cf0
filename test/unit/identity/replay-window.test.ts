import { expect, test } from '@jest/globals';
import { createReplayWindow } from '../../../src/identity/replay-window.ts';

const clockAt = (at: number) => ({ at, now: () => clock.at });
let clock = clockAt(0);

test('an id counts once for its key, also at the edge of its time', () => {
  clock = clockAt(1_000_000);
  const window = createReplayWindow(clock);
  expect(window.take('key', 'a', 1_060_000)).toBe(true);
  expect(window.take('key', 'a', 1_060_000)).toBe(false);
  expect(window.take('key', 'a', 1_120_000)).toBe(false);
  expect(window.take('other', 'a', 1_060_000)).toBe(true);
  clock.at = 1_059_999;
  expect(window.take('key', 'a', 1_060_000)).toBe(false);
});

test('a full window refuses, and one key fills a tenth of it', () => {
  clock = clockAt(1_000_000);
  const window = createReplayWindow(clock, 100);
  const fill = (key: string) => Array.from({ length: 10 }, (_, n) => window.take(key, `${n}`, 1_060_000));
  for (let key = 0; key < 10; key += 1) expect(fill(`key ${key}`).every(Boolean)).toBe(true);
  expect(() => window.take('key 0', 'more', 1_060_000)).toThrow(
    expect.objectContaining({ reason: 'rate_limited' }),
  );
  expect(() => window.take('new', 'more', 1_060_000)).toThrow(
    expect.objectContaining({ reason: 'rate_limited' }),
  );
  clock.at = 1_200_000;
  expect(window.take('key 0', 'more', 1_260_000)).toBe(true);
});

test('memory stays flat over a million distinct ids', () => {
  clock = clockAt(0);
  const window = createReplayWindow(clock);
  const round = (from: number): number => {
    for (let n = from; n < from + 100_000; n += 1) {
      // A thousand a second, over a hundred keys.
      clock.at = n;
      window.take(`key ${n % 100}`, `id ${n}`, n + 60_000);
    }
    return process.memoryUsage().heapUsed;
  };
  const used = Array.from({ length: 10 }, (_, index) => round(index * 100_000));
  const [first = 0] = used.slice(2);
  // 90,000 ids of the last minute and a half are held at most: some 10 MB.
  expect(Math.max(...used.slice(3)) - first).toBeLessThan(64 * 1024 * 1024);
}, 60_000);
