/** What every part prints: one figure, and the figures of the rounds that it is the median of. */
export interface Row {
  readonly part: string;
  readonly variant: string;
  readonly metric: string;
  readonly unit: 'ms' | 'us' | '1/s' | 'MB' | 'MB/s' | 'KB' | 'ratio' | 'count' | '%';
  readonly value: number;
  readonly runs: readonly number[];
}

const digits = (value: number): number => Number(value.toPrecision(4));

/** The value below which the share `p` of the values lies; of an even number, p = 0.5 is the mean of the middle two. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Collects the rounds of one part and answers them as rows, in the order in which they first appeared. */
export class Rounds {
  readonly #part: string;
  readonly #rows = new Map<string, { variant: string; metric: string; unit: Row['unit']; runs: number[] }>();

  constructor(part: string) {
    this.#part = part;
  }

  add(variant: string, metric: string, unit: Row['unit'], value: number): void {
    const key = JSON.stringify([variant, metric]);
    const row = this.#rows.get(key) ?? { variant, metric, unit, runs: [] };
    row.runs.push(digits(value));
    this.#rows.set(key, row);
  }

  /** One variant over another, round by round: both were measured side by side, so what the host did cancels out. */
  ratio(over: string, base: string, metric: string, metricOfBase = metric): void {
    const above = this.#rows.get(JSON.stringify([over, metric]))?.runs ?? [];
    const below = this.#rows.get(JSON.stringify([base, metricOfBase]))?.runs ?? [];
    above.forEach((value, round) => {
      const divisor = below[round];
      if (divisor !== undefined && divisor > 0)
        this.add(`${over} / ${base}`, `${metric} ratio`, 'ratio', value / divisor);
    });
  }

  rows(): readonly Row[] {
    return [...this.#rows.values()].map(({ variant, metric, unit, runs }) => ({
      part: this.#part,
      variant,
      metric,
      unit,
      value: digits(median(runs)),
      runs,
    }));
  }
}

/**
 * Numbers the rounds from 0: at least one, at most `most`, and no further one that would not end within `seconds` by
 * the pace of those before. A busy host gets fewer rounds, not a longer bench.
 */
export function* roundsWithin(most: number, seconds: number, now = () => performance.now()) {
  const began = now();
  for (let round = 0; round < most; round += 1) {
    const elapsed = now() - began;
    if (round > 0 && elapsed + elapsed / round > seconds * 1000) return;
    yield round;
  }
}
