import { bodiesOf, isTurn } from '../gateway-bodies.ts';
import { startVariants, type Variant, type Variants } from '../gateway-variants.ts';
import type { Part } from '../part.ts';
import { numberIn, numbersIn } from '../processes/child.ts';
import { percentile, Rounds, roundsWithin } from '../row.ts';
import { meansBetween } from '../stage-times.ts';

const sizes = [
  { name: '760 B', bytes: 760 },
  { name: '16 KB', bytes: 16_384 },
] as const;
const connections = [1, 16, 64] as const;
const peers = ['portkey', 'portkey, ten regex guards'] as const;
const ours = ['this', 'this, on a memory disk', 'this, searches in batches'] as const;

/** What of a request is spent on what the others do not have: means of the gateway's own clock. */
const spent = {
  'at its barriers, mean': (name: string) => name.startsWith('barrier '),
  'reading the record, mean': (name: string) => name === 'stage consent' || name === 'stage retrieve',
} as const;

/** Less what its calls to the record system take alone; asking it and reading its answers is all that is left out. */
const butFhir = 'cpu per request but fhir calls';

interface Measured {
  /** Mean milliseconds of stages and barriers, by name. */
  readonly means: ReadonlyMap<string, number>;
  readonly latencies: readonly number[];
  readonly perSecond: number;
  readonly cpu: number | undefined;
}

async function measure(
  { load }: Variants,
  variant: Variant,
  given: {
    readonly bytes: number;
    readonly at: number;
    readonly seconds: number;
    readonly most?: number;
    /** Streams, of which the time to the first byte counts. */
    readonly firstByte?: true;
  },
): Promise<Measured> {
  const { at, bytes, firstByte = false, most, seconds } = given;
  const earlier = await variant.stages?.();
  const before = await variant.cpu();
  const told = await load.ask('run', {
    url: variant.url,
    headers: { ...variant.headers, ...(isTurn(bytes) ? variant.turn : {}) },
    bodies: bodiesOf(bytes, firstByte),
    connections: at,
    seconds,
    most: most ?? 1e7,
    firstByte,
  });
  const after = await variant.cpu();
  const later = await variant.stages?.();
  const latencies = numbersIn(told, 'latencies');
  const failed = numberIn(told, 'failed');
  if (failed > 0 || latencies.length === 0) throw new Error(`${variant.name}: ${failed} requests failed`);
  return {
    means: earlier === undefined || later === undefined ? new Map() : meansBetween(earlier, later),
    latencies,
    perSecond: latencies.length / numberIn(told, 'seconds'),
    cpu: before === undefined || after === undefined ? undefined : (after - before) / latencies.length,
  };
}

/** What each gateway adds to the same requests to the same upstream, one after the other within each round. */
export const gateways: Part = async (options) => {
  const rounds = new Rounds('gateways');
  const variants = await startVariants((text) => options.progress(`gateways: ${text}`));
  const seconds = options.quick ? 0.4 : 3;
  try {
    for (const reason of variants.absent) options.progress(`gateways: left out, ${reason}`);
    // As many requests for each: what runs slower would otherwise still be compiling when it is measured.
    for (const variant of variants.list)
      for (const { bytes } of sizes)
        await measure(variants, variant, {
          bytes,
          at: 16,
          seconds: 60,
          most: options.quick ? 100 : 1000,
        });
    for (const round of roundsWithin(options.quick ? 1 : 5, 600)) {
      options.progress(`gateways: round ${round + 1}`);
      // Direct stays first: what the others add is told by it.
      const [direct, ...rest] = variants.list;
      const order = [
        ...(direct === undefined ? [] : [direct]),
        ...(round % 2 === 0 ? rest : rest.toReversed()),
      ];
      const alone = new Map<Variant, number>();
      for (const variant of order) {
        await variant.renew?.();
        const fhir = await variant.fhirAlone?.(options.quick ? 50 : 500, 16);
        if (fhir === undefined) continue;
        alone.set(variant, fhir.cpu);
        rounds.add(variant.name, 'fhir calls of a request', 'count', fhir.calls);
        rounds.add(variant.name, 'cpu of these calls alone, c=16', 'us', fhir.cpu);
      }
      for (const { bytes, name } of sizes) {
        for (const at of connections) {
          let base: readonly number[] | undefined;
          for (const variant of order) {
            const { cpu, latencies, means, perSecond } = await measure(variants, variant, {
              bytes,
              at,
              seconds,
            });
            base ??= latencies;
            const metric = (what: string): string => `${name}, c=${at}: ${what}`;
            rounds.add(variant.name, metric('requests'), '1/s', perSecond);
            if (cpu !== undefined) rounds.add(variant.name, metric('cpu per request'), 'us', cpu);
            const fhir = alone.get(variant);
            if (cpu !== undefined && fhir !== undefined)
              rounds.add(variant.name, metric(butFhir), 'us', cpu - fhir);
            if (means.size > 0)
              for (const [what, counts] of Object.entries(spent)) {
                const sum = [...means].reduce((all, [series, ms]) => (counts(series) ? all + ms : all), 0);
                rounds.add(variant.name, metric(what), 'ms', sum);
              }
            if (variant === direct) continue;
            for (const [what, p] of [
              ['p50 added', 0.5],
              ['p99 added', 0.99],
            ] as const)
              rounds.add(variant.name, metric(what), 'ms', percentile(latencies, p) - percentile(base, p));
          }
        }
        let first: number | undefined;
        for (const variant of order) {
          const { latencies } = await measure(variants, variant, {
            bytes,
            at: 1,
            seconds: seconds * 2,
            firstByte: true,
          });
          const p50 = percentile(latencies, 0.5);
          first ??= p50;
          if (variant !== direct)
            rounds.add(variant.name, `${name}: first byte of a stream, p50 added`, 'ms', p50 - first);
        }
      }
    }
    for (const peer of peers)
      for (const { name } of sizes)
        for (const at of connections.slice(1))
          for (const own of ours) {
            const metric = (what: string): string => `${name}, c=${at}: ${what}`;
            for (const what of ['requests', 'cpu per request']) rounds.ratio(own, peer, metric(what));
            rounds.ratio(own, peer, metric(butFhir), metric('cpu per request'));
          }
    return rounds.rows();
  } finally {
    await variants.close();
  }
};
