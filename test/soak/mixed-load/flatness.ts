const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (upper + lower) / 2;
};

export interface Point {
  /** Any unit of time; the growth is over the whole of it. */
  readonly at: number;
  readonly value: number;
}

export interface Growth {
  readonly median: number;
  /** Theil-Sen: the median of the slopes between all pairs, times the time from first to last. */
  readonly grown: number;
  /** `grown` as a share of the median. */
  readonly share: number;
}

/**
 * How much a series grew, by a rule that single peaks do not move: up to 29 % of the points may lie anywhere.
 * A series of fewer than two points has not grown.
 */
export function growthOf(points: readonly Point[]): Growth {
  const slopes: number[] = [];
  points.forEach((from, place) => {
    for (const to of points.slice(place + 1))
      if (to.at !== from.at) slopes.push((to.value - from.value) / (to.at - from.at));
  });
  const span = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
  const middle = median(points.map(({ value }) => value));
  const grown = slopes.length === 0 ? 0 : median(slopes) * span;
  return { median: middle, grown, share: middle === 0 ? 0 : grown / middle };
}
