import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { SharedReads } from '../../../src/envelope/shared-reads.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const alive = () => new AbortController().signal;
const counted = () => {
  let count = 0;
  return async (): Promise<number> => {
    count += 1;
    return count;
  };
};

it('reads once for all who ask at the same time, and anew 200 ms later', async () => {
  const reads = new SharedReads<number>();
  const make = counted();
  const asked = () => reads.read('p1', alive(), make);
  expect(await Promise.all([asked(), asked(), asked()])).toEqual([1, 1, 1]);
  jest.advanceTimersByTime(199);
  expect(await asked()).toBe(1);
  jest.advanceTimersByTime(1);
  expect(await asked()).toBe(2);
});

it('shares nothing between keys', async () => {
  const reads = new SharedReads<number>();
  const make = counted();
  expect(await Promise.all(['p1', 'p2', 'p1'].map((key) => reads.read(key, alive(), make)))).toEqual([
    1, 2, 1,
  ]);
});

it('an error is that of everybody who asked, and is not kept', async () => {
  const reads = new SharedReads<number>();
  let down = true;
  const make = async (): Promise<number> => {
    if (down) throw new Error('down');
    return 7;
  };
  const both = await Promise.allSettled([reads.read('p1', alive(), make), reads.read('p1', alive(), make)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  down = false;
  expect(await reads.read('p1', alive(), make)).toBe(7);
});

it('another one reads when the one who did went away', async () => {
  const reads = new SharedReads<string>();
  const gone = new AbortController();
  const first = reads.read(
    'p1',
    gone.signal,
    () =>
      new Promise((_, reject) => {
        gone.signal.addEventListener('abort', () => reject(new Error('gone')));
      }),
  );
  let read = 0;
  const make = async (): Promise<string> => {
    read += 1;
    return 'read';
  };
  const others = [reads.read('p1', alive(), make), reads.read('p1', alive(), make)];
  gone.abort();
  await expect(first).rejects.toThrow('gone');
  expect(await Promise.all(others)).toEqual(['read', 'read']);
  expect(read).toBe(1);
});

it('keeps for as long as is said, unless it is dropped', async () => {
  const reads = new SharedReads<number>(60_000);
  const make = counted();
  const asked = () => reads.read('Practitioner/7', alive(), make);
  expect([await asked(), await asked()]).toEqual([1, 1]);
  jest.advanceTimersByTime(59_999);
  expect(await asked()).toBe(1);
  jest.advanceTimersByTime(1);
  expect(await asked()).toBe(2);
  reads.drop();
  expect(await asked()).toBe(3);
});

it('holds a bounded number: the oldest is read anew', async () => {
  const reads = new SharedReads<number>(60_000);
  const make = counted();
  for (let n = 0; n <= 10_000; n += 1) await reads.read(`Practitioner/${n}`, alive(), make);
  expect(await reads.read('Practitioner/1', alive(), make)).toBe(2);
  expect(await reads.read('Practitioner/0', alive(), make)).toBe(10_002);
});
