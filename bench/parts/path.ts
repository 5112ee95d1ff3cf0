import { performance } from 'node:perf_hooks';
import type { Part } from '../part.ts';
import { numberIn } from '../processes/child.ts';
import { percentile, Rounds, roundsWithin } from '../row.ts';
import { meansBetween, stageTimes } from '../stage-times.ts';
import { chatOf, type GatewayUnderTest, post, startWorld, usageOf, type World } from '../world.ts';

const metricsOf = async (gateway: GatewayUnderTest) =>
  stageTimes(await (await fetch(`${gateway.operations}/metrics`)).text());

interface Timed {
  readonly wall: readonly number[];
  /** Wall less what FHIR and model took, which is all that the gateway added. */
  readonly added: readonly number[];
  readonly upstream: readonly number[];
  readonly fhirRequests: number;
  readonly failed: number;
}

/** Requests one after the other, each with the time that its neighbours took. */
async function timed(world: World, url: string, body: string, count: number): Promise<Timed> {
  const wall: number[] = [];
  const added: number[] = [];
  const upstream: number[] = [];
  let fhirRequests = 0;
  let failed = 0;
  await world.neighbours.ask('busy');
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    const status = await post(url, world.token, body);
    const took = performance.now() - began;
    const busy = await world.neighbours.ask('busy');
    wall.push(took);
    added.push(took - numberIn(busy, 'ms'));
    upstream.push(numberIn(busy, 'ms'));
    fhirRequests += numberIn(busy, 'fhir');
    if (status !== 200) failed += 1;
  }
  return { wall, added, upstream, fhirRequests: fhirRequests / count, failed };
}

/**
 * One request at a time through the whole gateway: what it adds to the time of FHIR and model, what CPU it takes,
 * and where; beside it the same prompt sent to the model directly.
 */
export const path: Part = async (options) => {
  const rounds = new Rounds('path');
  const count = options.quick ? 3 : 8;
  const world = await startWorld(options);
  try {
    for (const gateway of world.gateways)
      for (let n = 0; n < (options.quick ? 1 : 4); n += 1)
        for (const { body } of world.questions) await post(chatOf(gateway), world.token, body);
    const label = (gateway: GatewayUnderTest, variant: string): string =>
      world.gateways.length === 1 ? variant : `${variant} (${gateway.name})`;
    for (const round of roundsWithin(options.quick ? 1 : 5, 70)) {
      options.progress(`path: round ${round + 1}`);
      const before = new Map<GatewayUnderTest, Awaited<ReturnType<typeof metricsOf>>>();
      for (const gateway of world.gateways) before.set(gateway, await metricsOf(gateway));
      const cpu = new Map<GatewayUnderTest, number>();
      let asked = 0;
      for (const { task, body } of world.questions) {
        asked += count;
        // The order turns each round, so that none always runs on the warmer host.
        const order = round % 2 === 0 ? world.gateways : world.gateways.toReversed();
        for (const gateway of order) {
          await world.received();
          const from = await usageOf(gateway);
          const result = await timed(world, chatOf(gateway), body, count);
          const used = ((await usageOf(gateway)).cpu - from.cpu) / 1000;
          cpu.set(gateway, (cpu.get(gateway) ?? 0) + used);
          if (result.failed > 0) throw new Error(`${result.failed} requests of ${task} failed`);
          const variant = label(gateway, task);
          rounds.add(variant, 'cpu per request', 'ms', used / count);
          rounds.add(variant, 'added p50', 'ms', percentile(result.added, 0.5));
          rounds.add(variant, 'added p99', 'ms', percentile(result.added, 0.99));
          rounds.add(variant, 'fhir and model p50', 'ms', percentile(result.upstream, 0.5));
          rounds.add(variant, 'fhir requests', 'count', result.fhirRequests);
          rounds.add(variant, 'whole p50', 'ms', percentile(result.wall, 0.5));
        }
        const [prompt = ''] = await world.received();
        const direct = await timed(world, world.modelUrl, prompt, count);
        rounds.add(`${task} direct to model`, 'whole p50', 'ms', percentile(direct.wall, 0.5));
        rounds.add(`${task} direct to model`, 'added p50', 'ms', percentile(direct.added, 0.5));
      }
      for (const gateway of world.gateways) {
        const means = meansBetween(before.get(gateway) ?? new Map(), await metricsOf(gateway));
        for (const [name, mean] of means) rounds.add(label(gateway, name), 'mean', 'ms', mean);
        rounds.add(label(gateway, 'all tasks'), 'cpu per request', 'ms', (cpu.get(gateway) ?? 0) / asked);
      }
    }
    if (world.gateways.length === 1)
      for (const { task } of world.questions) rounds.ratio(task, `${task} direct to model`, 'whole p50');
    else {
      for (const { task } of world.questions)
        for (const metric of ['cpu per request', 'added p50', 'added p99', 'whole p50'])
          rounds.ratio(`${task} (this)`, `${task} (against)`, metric);
      rounds.ratio('all tasks (this)', 'all tasks (against)', 'cpu per request');
    }
    return rounds.rows();
  } finally {
    await world.close();
  }
};
