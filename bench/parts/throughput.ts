import { setTimeout as delay } from 'node:timers/promises';
import type { Part } from '../part.ts';
import { numberIn, numbersIn } from '../processes/child.ts';
import { percentile, Rounds, roundsWithin } from '../row.ts';
import { chatOf, startWorld, usageOf } from '../world.ts';

const connections = [1, 16, 64];

/** As many requests as the gateway takes on 1, 16 and 64 connections, all tasks in turn. */
export const throughput: Part = async (options) => {
  const rounds = new Rounds('throughput');
  const world = await startWorld(options);
  const bodies = world.questions.map(({ body }) => body);
  const run = (url: string, at: number, seconds: number) =>
    world.load.ask('run', { url, token: world.token, bodies, connections: at, seconds, most: 1e6 });
  try {
    for (const gateway of world.gateways) await run(chatOf(gateway), 16, options.quick ? 0.5 : 3);
    for (const round of roundsWithin(options.quick ? 1 : 3, 50)) {
      options.progress(`throughput: round ${round + 1}`);
      // What the host alone delays a timer by, for comparison: an event loop cannot be rounder than its core is free.
      for (const gateway of world.gateways.slice(0, 1)) {
        await gateway.process.ask('reset');
        await delay(options.quick ? 200 : 1500);
        const idle = await usageOf(gateway);
        rounds.add('no requests', 'event loop delay p99', 'ms', idle.loopP99);
        rounds.add('no requests', 'event loop delay max', 'ms', idle.loopMax);
      }
      for (const at of connections) {
        const order = round % 2 === 0 ? world.gateways : world.gateways.toReversed();
        for (const gateway of order) {
          await gateway.process.ask('reset');
          const from = await usageOf(gateway);
          const told = await run(chatOf(gateway), at, options.quick ? 0.5 : 3);
          const used = await usageOf(gateway);
          const latencies = numbersIn(told, 'latencies');
          if (numberIn(told, 'failed') > 0) throw new Error(`${numberIn(told, 'failed')} requests failed`);
          const variant = `${at} connections${world.gateways.length === 1 ? '' : ` (${gateway.name})`}`;
          rounds.add(variant, 'requests', '1/s', latencies.length / numberIn(told, 'seconds'));
          rounds.add(variant, 'cpu per request', 'ms', (used.cpu - from.cpu) / 1000 / latencies.length);
          rounds.add(variant, 'latency p50', 'ms', percentile(latencies, 0.5));
          rounds.add(variant, 'latency p99', 'ms', percentile(latencies, 0.99));
          rounds.add(variant, 'event loop delay p99', 'ms', used.loopP99);
          rounds.add(variant, 'event loop delay max', 'ms', used.loopMax);
          rounds.add(variant, 'event loop busy', '%', used.utilization * 100);
          await world.received();
        }
      }
    }
    for (const at of world.gateways.length === 1 ? [] : connections)
      for (const metric of [
        'requests',
        'cpu per request',
        'latency p50',
        'latency p99',
        'event loop delay p99',
      ])
        rounds.ratio(`${at} connections (this)`, `${at} connections (against)`, metric);
    return rounds.rows();
  } finally {
    await world.close();
  }
};
