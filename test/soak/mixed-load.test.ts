import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { catalogue } from '../../src/errors/catalogue.ts';
import { openTrail, trailFile } from '../../src/storage/sqlite/trail-writer.ts';
import { diceOf } from '../fixtures/honest-log.ts';
import { run } from '../fixtures/product.ts';
import { growthOf } from './mixed-load/flatness.ts';
import { draw, playOf, type Told } from './mixed-load/mix.ts';
import { heading, LeakWatch, lineOf, type Sample, sample } from './mixed-load/samples.ts';
import { startWorld, type World } from './mixed-load/world.ts';

const full = process.env['SOAK'] === 'full';
/** SOAK_MINUTES: how long the load lasts; SOAK_RATE: requests a second. */
const minutes = Number(process.env['SOAK_MINUTES'] ?? (full ? 120 : 1 / 6));
const rate = Number(process.env['SOAK_RATE'] ?? 4);
const seed = Number(process.env['SOAK_SEED'] ?? 1);
const sampleEvery = minutes >= 10 ? 60_000 : 2000;
/**
 * Under load the heap holds what is in flight, which follows the machine's pace and not what is kept. What is kept is
 * read when everything that was asked has been answered: every five minutes, and once at the end.
 */
const restEvery = 5 * 60_000;
/** Rests of the first sixth are warm-up: caches fill, the first tokens have not died yet. */
const warmUp = 1 / 6;
/** Requests that wait at once; more are not sent, as a client with so many connections would not. */
const mostOpen = 32;
/** Under ten minutes a slope says little: the run is there to keep the test itself alive. */
const bounds =
  minutes >= 10
    ? { heap: 0.05, rss: 0.1, descriptors: 4, threads: 2 }
    : { heap: 0.5, rss: 1, descriptors: 8, threads: 8 };
const walBound = 32 * 1_048_576;

const show = (line: string): void => {
  // Beside jest, which keeps what a test prints until its end.
  process.stderr.write(`${line}\n`);
};

/** RFC 6749 5.2, RFC 8693 2.2.2, RFC 9396 5. */
const oauthError =
  /^(invalid_(request|scope|target|authorization_details)|unauthorized_client|unsupported_grant_type|access_denied|temporarily_unavailable)$/;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

interface Load {
  readonly tally: Map<string, number>;
  readonly unexpected: string[];
  requests: number;
}

const known = (told: Told): boolean =>
  told.status === 0 ||
  (told.status === 200 && told.code === 'ok') ||
  (told.status !== 500 && (Object.hasOwn(catalogue, told.code) || oauthError.test(told.code)));

/** Sends actions at the rate, in random order, until the time is over; resolves when the last one has ended. */
async function press(world: World, watch: LeakWatch, load: Load, until: number): Promise<void> {
  const dice = diceOf(seed);
  const open = new Set<Promise<void>>();
  const one = async (): Promise<void> => {
    const [name, action] = draw(dice);
    load.requests += 1;
    try {
      const told = await action(world, dice);
      const key = `${name}: ${told.code}`;
      load.tally.set(key, (load.tally.get(key) ?? 0) + 1);
      if (!known(told)) load.unexpected.push(`${key} ${told.status}`);
      watch.answer(told.text, told.status === 200 ? told.patient : undefined);
    } catch (thrown) {
      load.unexpected.push(`${name}: ${String(thrown)}`);
    }
  };
  while (performance.now() < until) {
    if (open.size < mostOpen) {
      const running = one().finally(() => open.delete(running));
      open.add(running);
    }
    await delay((2 * dice(1000)) / rate);
  }
  await Promise.all(open);
}

/** Connections that nobody uses end after some seconds; what is left then is held. */
async function atRest(world: World, load: Load, began: number): Promise<Sample> {
  await world.faults([]);
  await delay(8000);
  return sample(world, (performance.now() - began) / 60_000, load.requests);
}

it(
  `${minutes.toFixed(1)} minutes of mixed load: memory flat, no descriptor left, the trail verifies, nothing leaks`,
  async () => {
    const world = await startWorld(5000);
    const watch = new LeakWatch(world);
    const load: Load = { tally: new Map(), unexpected: [], requests: 0 };
    const samples: Sample[] = [];
    world.double.play = playOf(diceOf(seed + 1));
    show(`mixed load: ${rate} actions a second, seed ${seed}, ${world.patients.length} patients\n${heading}`);

    // One of everything first: what is opened once for all is opened before the first count.
    await press(world, watch, load, performance.now() + 5000);
    const began = performance.now();
    const before = await atRest(world, load, began);
    show(`${lineOf(before)}  at rest`);
    const until = performance.now() + minutes * 60_000;
    const resting = [before];
    while (performance.now() < until) {
      const restAt = Math.min(until, performance.now() + restEvery);
      const pressing = press(world, watch, load, restAt);
      while (performance.now() < restAt) {
        await delay(Math.min(sampleEvery, Math.max(100, restAt - performance.now())));
        await watch.look();
        const one = await sample(world, (performance.now() - began) / 60_000, load.requests);
        samples.push(one);
        show(lineOf(one));
      }
      await pressing;
      await watch.look();
      const rest = await atRest(world, load, began);
      resting.push(rest);
      show(`${lineOf(rest)}  at rest`);
    }
    const after = resting.at(-1) ?? before;
    await world.close();

    const trail = await openTrail(trailFile(world.dataDir));
    const open = await trail.unfinished();
    await trail.close();
    const verified = await run(['audit', 'verify', join(world.dataDir, 'audit.db'), '--json']);
    const warm = resting.slice(Math.floor(resting.length * warmUp));
    const heap = growthOf(warm.map(({ at, heap: value }) => ({ at, value })));
    const rss = growthOf(warm.map(({ at, rss: value }) => ({ at, value })));
    show(
      [
        `mixed load: ${load.requests} actions in ${after.at.toFixed(1)} minutes; ${[...load.tally].map(([key, n]) => `${key} ${n}`).join(', ')}`,
        `at rest: heap after collection grew ${percent(heap.share)} of ${(heap.median / 1_048_576).toFixed(1)} MiB (at most ${percent(bounds.heap)}), rss ${percent(rss.share)} of ${(rss.median / 1_048_576).toFixed(1)} MiB (at most ${percent(bounds.rss)})`,
        `at rest: descriptors ${before.descriptors} before, ${after.descriptors} after; threads ${before.threads}, ${after.threads}`,
        `audit verify: exit ${verified.code} ${verified.stdout.trim()}; open trails ${open.length}`,
        `searched ${(watch.bytes / 1_048_576).toFixed(0)} MiB of what models, callers, log and trail got: ${watch.hits.length} hits`,
        ...watch.hits.slice(0, 12).map(({ kind, value, around }) => `  ${kind} ${value}: …${around}…`),
        ...load.unexpected.slice(0, 12),
      ].join('\n'),
    );
    expect(load.unexpected).toEqual([]);
    expect(watch.hits).toEqual([]);
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
    expect(open).toEqual([]);
    expect([...load.tally.keys()].some((key) => key === 'asked: ok')).toBe(true);
    expect(heap.share).toBeLessThan(bounds.heap);
    expect(rss.share).toBeLessThan(bounds.rss);
    expect(after.descriptors).toBeLessThanOrEqual(before.descriptors + bounds.descriptors);
    expect(after.threads).toBeLessThanOrEqual(before.threads + bounds.threads);
    expect(Math.max(...samples.map(({ auditWal, vaultWal }) => Math.max(auditWal, vaultWal)))).toBeLessThan(
      walBound,
    );
    world.forget();
  },
  (minutes + 15) * 60_000,
);
