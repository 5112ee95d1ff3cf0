import { allergenFamilies, genericsOf } from './drug-names.ts';
import { bareNumbersIn, type Figure, figuresIn } from './figures.ts';

/** One record as the model was shown it. */
export interface ShownItem {
  /** FHIR type. */
  readonly type: string;
  readonly parts: readonly { readonly name: string; readonly text: string }[];
  readonly passages: readonly string[];
}

/** A message of the conversation as the model was shown it. */
export interface ShownMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
}

/** Words of a text as records and answers are compared, in lower case. */
export const wordsIn = (text: string): string[] =>
  text.toLowerCase().match(/\p{L}[\p{L}\p{N}]*(?:['\u2019-]\p{L}[\p{L}\p{N}]*)*|\p{N}+/gu) ?? [];

const partsOfWord = (word: string): string[] => (/['\u2019-]/.test(word) ? word.split(/['\u2019-]/) : []);

const wordSet = (texts: readonly string[]): ReadonlySet<string> => {
  const words = new Set<string>();
  for (const text of texts)
    for (const word of wordsIn(text)) for (const one of [word, ...partsOfWord(word)]) words.add(one);
  return words;
};

/** Below this many values of a kind sums and differences are worth looking for; more make anything a sum. */
const mostSummed = 60;

/** Figures of a dimension: what was shown of it, in its base unit and in order. */
class Scale {
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

  /** Whether two values add up to it or lie so far apart. */
  makes(value: number, slack: number): boolean {
    if (this.#values.length > mostSummed) return false;
    return this.#values.some((one) => this.holds(value - one, slack) || this.holds(one + value, slack));
  }
}

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
const perDay = (text: string): readonly number[] =>
  frequencies.flatMap(([times, words]) => (words.test(text) ? [times] : []));

/** Values by dimension. */
class Collected {
  readonly #values = new Map<string, number[]>();

  add({ unit, values }: Figure, times = 1): void {
    const all = this.#values.get(unit.dimension) ?? [];
    this.#values.set(unit.dimension, all);
    for (const value of values) all.push(value * times);
  }

  scales(): ReadonlyMap<string, Scale> {
    return new Map([...this.#values].map(([dimension, all]) => [dimension, new Scale(all)]));
  }
}

/** How an answer says that it worked a figure out: what is taken in a day; a sum or a difference. */
export type WorkedOut = 'daily' | 'sum';

/**
 * What the statements of an answer are compared with: the fetched record as the model read it, and what the caller said.
 * Earlier answers are no support: they were written by a model.
 */
export class ShownRecord {
  readonly items: readonly ShownItem[];
  /** Texts of the record and of the caller, one a part, a passage or a message. */
  readonly texts: readonly string[];
  readonly words: ReadonlySet<string>;
  readonly #substances: ReadonlySet<string>;
  readonly #scales: ReadonlyMap<string, Scale>;
  /** What each record's doses come to in a day, by how often the same record says that they are taken. */
  readonly #daily: ReadonlyMap<string, Scale>;
  readonly #bare: ReadonlySet<string>;
  readonly #supported = new Map<string, boolean>();

  constructor(items: readonly ShownItem[], messages: readonly ShownMessage[]) {
    this.items = items;
    this.texts = [
      ...items.flatMap(({ parts, passages }) => [...parts.map(({ text }) => text), ...passages]),
      ...messages.flatMap(({ role, text }) => (role === 'assistant' ? [] : [text])),
    ];
    this.words = wordSet(this.texts);
    const substances = new Set(this.words);
    for (const word of this.words)
      for (const name of [...(genericsOf(word) ?? []), ...(allergenFamilies(word) ?? [])])
        substances.add(name);
    this.#substances = substances;
    const values = new Collected();
    const bare = new Set<string>();
    for (const text of this.texts) {
      const figures = figuresIn(text);
      for (const figure of figures) values.add(figure);
      for (const number of bareNumbersIn(text, figures)) bare.add(number);
    }
    this.#scales = values.scales();
    this.#bare = bare;
    const daily = new Collected();
    for (const { parts } of items) {
      const text = parts.map((part) => part.text).join('\n');
      const times = perDay(text);
      for (const figure of times.length === 0 ? [] : figuresIn(text))
        for (const one of times) daily.add(figure, one);
    }
    this.#daily = daily.scales();
  }

  /** Whether a word stands there, in the singular or the plural. */
  has(word: string): boolean {
    const lower = word.toLowerCase();
    return [lower, `${lower}s`, lower.replace(/s$/, ''), lower.replace(/ies$/, 'y')].some((one) =>
      this.words.has(one),
    );
  }

  /** Whether a drug was shown, by this name or another. */
  hasDrug(word: string, generics: ReadonlySet<string>): boolean {
    return this.has(word) || [...generics].every((name) => this.#substances.has(name));
  }

  /** Whether something of the same family as this was shown. */
  hasAllergen(word: string, families: ReadonlySet<string>): boolean {
    return this.has(word) || [...families].some((name) => this.#substances.has(name));
  }

  /**
   * Whether a figure was shown. What is measured may be rounded, and stand in a note without its unit; where the answer
   * says that it worked it out, the sum or difference of two that were shown will do, or the doses of a day.
   */
  hasFigure(figure: Figure, workedOut?: WorkedOut): boolean {
    const { digits, unit, values, slack } = figure;
    const key = `${digits} ${unit.dimension} ${unit.factor} ${unit.offset ?? 0} ${workedOut ?? ''}`;
    const known = this.#supported.get(key);
    if (known !== undefined) return known;
    const near = unit.exact === true ? 0 : slack;
    const scale = this.#scales.get(unit.dimension);
    const daily = workedOut === undefined ? undefined : this.#daily.get(unit.dimension);
    const supported =
      (unit.exact !== true && digits.replace('.', '').length > 1 && this.#bare.has(digits)) ||
      values.some(
        (value) =>
          scale?.holds(value, near) === true ||
          daily?.holds(value, near) === true ||
          (workedOut === 'sum' && scale?.makes(value, near) === true),
      );
    this.#supported.set(key, supported);
    return supported;
  }
}
