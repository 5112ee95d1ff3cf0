/** Sum of seconds and number of observations of one series. */
export interface Observed {
  readonly sum: number;
  readonly count: number;
}

const line =
  /^phi_gateway_(stage|barrier)_seconds_(sum|count)\{(?:stage|barrier)="([a-z_]+)"[^}]*\} ([0-9.e+-]+)$/;

/** Stages and barriers of a `/metrics` page, as `stage x` and `barrier y`; outcomes added up. */
export function stageTimes(page: string): ReadonlyMap<string, Observed> {
  const times = new Map<string, Observed>();
  for (const text of page.split('\n')) {
    const [, kind = '', part, name = '', value] = line.exec(text) ?? [];
    if (value === undefined) continue;
    const key = `${kind} ${name}`;
    const before = times.get(key) ?? { sum: 0, count: 0 };
    times.set(
      key,
      part === 'sum'
        ? { ...before, sum: before.sum + Number(value) }
        : { ...before, count: before.count + Number(value) },
    );
  }
  return times;
}

/** Mean milliseconds of each series between two pages. */
export function meansBetween(
  before: ReadonlyMap<string, Observed>,
  after: ReadonlyMap<string, Observed>,
): ReadonlyMap<string, number> {
  const means = new Map<string, number>();
  for (const [key, { sum, count }] of after) {
    const from = before.get(key) ?? { sum: 0, count: 0 };
    if (count > from.count) means.set(key, ((sum - from.sum) / (count - from.count)) * 1000);
  }
  return means;
}
