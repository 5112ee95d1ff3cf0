import { type Figure, figuresIn } from './figures.ts';

/** Below this many values of a kind sums and differences are worth looking for; more make anything a sum. */
const mostSummed = 60;

/** Figures of a dimension: what was shown of it, in its base unit and in order. */
export class Scale {
  readonly #values: number[];

  constructor(values: Iterable<number>) {
    this.#values = [...new Set(values)].toSorted((a, b) => a - b);
  }

  holds(value: number, slack: number): boolean {
    const least = value - slack - Math.abs(value) * 1e-9;
    let [low, high] = [0, this.#values.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#values[middle] ?? 0) < least) low = middle + 1;
      else high = middle;
    }
    const found = this.#values[low];
    return found !== undefined && found <= value + slack + Math.abs(value) * 1e-9;
  }

  /** Values from so much on; none where there are too many to reckon with. */
  from(least: number): readonly number[] {
    return this.#values.length > mostSummed ? [] : this.#values.filter((value) => value >= least);
  }

  /** Whether two values add up to it or lie so far apart. */
  makes(value: number, slack: number): boolean {
    if (this.#values.length > mostSummed) return false;
    return this.#values.some((one) => this.holds(value - one, slack) || this.holds(one + value, slack));
  }

  /** Whether two values, or one and one of these numbers, lie so far apart. */
  differs(value: number, slack: number, numbers: readonly number[]): boolean {
    if (this.#values.length > mostSummed) return false;
    return (
      this.#values.some((one) => this.holds(one + value, slack)) ||
      numbers.some((one) => this.holds(one + value, slack) || this.holds(one - value, slack))
    );
  }

  /** Whether the way from one of these values to another is so much in percent. */
  changes(percent: number, slack: number): boolean {
    if (this.#values.length > mostSummed) return false;
    return this.#values.some(
      (one) =>
        one !== 0 &&
        [percent, -percent].some(
          (share) => share !== 0 && this.holds(one * (1 + share / 100), Math.abs(one) * (slack / 100)),
        ),
    );
  }

  /** Whether it is what one of these values is divided by one of others. */
  isShare(value: number, slack: number, of: Scale): boolean {
    if (this.#values.length > mostSummed) return false;
    return this.#values.some((one) => one > 0 && of.holds(one * value, one * slack));
  }

  /** Whether it is one of `doses` for each of one of these values that is at least so much: milligrams a kilogram. */
  divides(value: number, slack: number, least: number, doses: Scale | undefined): boolean {
    if (doses === undefined || this.#values.length > mostSummed) return false;
    return this.#values.some((one) => one >= least && doses.holds(value * one, slack * one));
  }
}

export type Scales = ReadonlyMap<string, Scale>;

/** How often a day something is taken, by the words of dosages. */
const frequencies: readonly (readonly [times: number, words: RegExp])[] = [
  [
    2,
    /\b(?:twice|bid|b\.i\.d|two times|2 times per 1 days?|every (?:12|twelve) hours|q ?12 ?h|1 times per 12 hours)\b/i,
  ],
  [
    3,
    /\b(?:tid|t\.i\.d|three times|3 times per 1 days?|every (?:8|eight) hours|q ?8 ?h|1 times per 8 hours)\b/i,
  ],
  [
    4,
    /\b(?:qid|q\.i\.d|four times|4 times per 1 days?|every (?:6|six) hours|q ?6 ?h|1 times per 6 hours)\b/i,
  ],
  [6, /\b(?:six times|6 times per 1 days?|every (?:4|four) hours|q ?4 ?h|1 times per 4 hours)\b/i],
];
/** How many days something is taken, where the order ends by itself. */
const course = /\bfor (?:the next )?(\d{1,2}) (days?|weeks?)\b/i;
function daysOf(text: string): readonly number[] {
  const [, number, unit = ''] = course.exec(text) ?? [];
  return number === undefined ? [] : [Number(number) * (/^w/i.test(unit) ? 7 : 1)];
}
export const timesADay = (text: string): readonly number[] =>
  frequencies.flatMap(([times, words]) => (words.test(text) ? [times] : []));

/** How many of what holds a strength are taken at once or at the most. */
const counted: ReadonlySet<string> = new Set(['tablets', 'puffs', 'sprays', 'drops', 'patches']);
/** More doses than this in one order are not multiplied with each other. */
const mostDoses = 12;
const daysOfWeek = 7;

/** Values by dimension. */
class Collected {
  readonly #values = new Map<string, number[]>();

  add(dimension: string, value: number): void {
    const all = this.#values.get(dimension) ?? [];
    this.#values.set(dimension, all);
    all.push(value);
  }

  scales(): Scales {
    return new Map([...this.#values].map(([dimension, all]) => [dimension, new Scale(all)]));
  }
}

/** Figures of some texts, and what orders among them come to. */
export interface Amounts {
  /** As written, and strengths by how many are taken at once: two tablets of 500 mg are 1,000 mg. */
  readonly shown: Scales;
  /** What the doses of one order come to in a day and in a week. */
  readonly daily: Scales;
  readonly weekly: Scales;
  /** And until it ends, where it says when. */
  readonly course: Scales;
}

interface Written {
  readonly text: string;
  readonly figures: readonly Figure[];
  /** The words of one record, of which one line may tell the strength and another how it is taken. */
  readonly order: boolean;
}

/** Amounts of texts that were read before; see `writtenIn`. */
export function amountsOf(texts: readonly Written[]): Amounts {
  const [shown, daily, weekly, ended] = [new Collected(), new Collected(), new Collected(), new Collected()];
  for (const { figures, order, text } of texts) {
    const exact = figures.filter(({ unit }) => unit.exact === true);
    const counts = exact.filter(({ unit }) => counted.has(unit.dimension)).flatMap(({ values }) => values);
    const times = order ? timesADay(text) : [];
    const days = order ? daysOf(text) : [];
    for (const { unit, values } of figures)
      for (const value of values) {
        shown.add(unit.dimension, value);
        if (order && unit.above !== undefined)
          shown.add(unit.above.dimension, (value / unit.factor) * unit.above.factor);
        if (!order || unit.exact !== true || exact.length > mostDoses) continue;
        const taken = counted.has(unit.dimension) ? [1] : [1, ...counts];
        for (const count of taken) shown.add(unit.dimension, value * count);
        for (const count of taken) for (const one of times) daily.add(unit.dimension, value * count * one);
        for (const count of taken)
          for (const one of times.length === 0 ? [1] : times)
            for (const many of days) ended.add(unit.dimension, value * count * one * many);
        for (const one of [1, ...times]) weekly.add(unit.dimension, value * one * daysOfWeek);
      }
  }
  return { shown: shown.scales(), daily: daily.scales(), weekly: weekly.scales(), course: ended.scales() };
}

export const writtenIn = (text: string, order: boolean): Written => ({
  text,
  figures: figuresIn(text),
  order,
});
export type { Written };
