import { allergenFamilies, genericsOf } from './drug-names.ts';
import { bareNumbersIn, type Figure } from './figures.ts';
import { readingOf } from './plain-reading.ts';
import { type Amounts, amountsOf, Scale, type Written, writtenIn } from './scales.ts';

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

/** Words and what they stand for: generic names of brands, families of allergens. */
function namesIn(words: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set(words);
  for (const word of words)
    for (const name of [...(genericsOf(word) ?? []), ...(allergenFamilies(word) ?? [])]) names.add(name);
  return names;
}

/** The lines of one record, a passage of a note, a message: what stands in one may be said of what it names. */
interface Source extends Written {
  readonly names: ReadonlySet<string>;
}

/** Between the entries of a list in a note: what one says of a drug is not said of the next. */
const entries = /\n{2,}|\n(?=[ \t]{0,8}(?:\d{1,2}[.)]|[-*])[ \t])/;

const sourceOf = (text: string, order: boolean): Source => ({
  ...writtenIn(text, order),
  names: namesIn(wordSet([text])),
});

const ofAllergy = /allerg|intoleran|anaphyla|hypersensitiv|reaction to|rash (?:to|from)|hives (?:to|from)/i;

/** Grams from which on a mass is somebody's weight. */
const leastWeight = 1000;
const perKilogram = ({ daily, shown }: Amounts, value: number, slack: number): boolean =>
  [shown, daily].some(
    (doses) => shown.get('mass')?.divides(value, slack, leastWeight, doses.get('mass')) === true,
  );

/** Centimetres from which on a length is somebody's height. */
const leastHeight = 30;
/** The index of a weight and a height, in grams a square metre. */
const isBodyMass = ({ shown }: Amounts, value: number, slack: number): boolean =>
  (shown.get('length')?.from(leastHeight) ?? []).some(
    (height) => shown.get('mass')?.holds(value * (height / 100) ** 2, slack * (height / 100) ** 2) === true,
  );

/** How an answer says that it worked a figure out: what is taken in a day or a week; a sum or a difference. */
export type WorkedOut = 'daily' | 'weekly' | 'sum';

/** A record and a conversation, read for what statements are compared with. */
interface ReadRecord {
  readonly items: readonly ShownItem[];
  readonly texts: readonly string[];
  readonly words: ReadonlySet<string>;
  readonly substances: ReadonlySet<string>;
  readonly allergens: ReadonlySet<string>;
  readonly sources: readonly Source[];
  readonly amounts: Amounts;
  readonly bare: ReadonlySet<string>;
}

function readRecord(shown: readonly ShownItem[], messages: readonly ShownMessage[]): ReadRecord {
  const items = shown.map(({ parts, passages, type }) => ({
    type,
    parts: parts.map(({ name, text }) => ({ name, text: readingOf(text).text })),
    passages: passages.map((text) => readingOf(text).text),
  }));
  const said = messages.flatMap(({ role, text }) => (role === 'assistant' ? [] : [readingOf(text).text]));
  const texts = [
    ...items.flatMap(({ parts, passages }) => [...parts.map(({ text }) => text), ...passages]),
    ...said,
  ];
  const sources = [
    ...items.map(({ parts }) => sourceOf(parts.map(({ text }) => text).join('\n'), true)),
    ...items.flatMap(({ passages }) =>
      passages.flatMap((text) => text.split(entries).map((entry) => sourceOf(entry, false))),
    ),
    ...said.map((text) => sourceOf(text, false)),
  ];
  const ofAllergies = [
    ...items.flatMap(({ parts, type }) =>
      type === 'AllergyIntolerance' ? parts.map(({ text }) => text) : [],
    ),
    ...texts.filter((text) => ofAllergy.test(text)),
  ];
  return {
    items,
    texts,
    words: wordSet(texts),
    // Every text stands in a source, and what its words stand for was looked up there.
    substances: new Set(sources.flatMap(({ names }) => [...names])),
    allergens: namesIn(wordSet(ofAllergies)),
    sources,
    amounts: amountsOf(sources),
    bare: new Set(sources.flatMap(({ figures, text }) => bareNumbersIn(text, figures))),
  };
}

/**
 * What the statements of an answer are compared with: the fetched record as the model read it, and what the caller said.
 * Earlier answers are no support: they were written by a model. It is read when the first statement asks for it: many
 * answers make none.
 */
export class ShownRecord {
  readonly #items: readonly ShownItem[];
  readonly #messages: readonly ShownMessage[];
  readonly #about = new Map<string, Amounts>();
  readonly #numbers = new Map<string, Scale>();
  readonly #supported = new Map<string, boolean>();
  #read: ReadRecord | undefined;

  constructor(items: readonly ShownItem[], messages: readonly ShownMessage[]) {
    this.#items = items;
    this.#messages = messages;
  }

  get #record(): ReadRecord {
    this.#read ??= readRecord(this.#items, this.#messages);
    return this.#read;
  }

  get items(): readonly ShownItem[] {
    return this.#record.items;
  }

  /** Texts of the record and of the caller as they read, one a part, a passage or a message. */
  get texts(): readonly string[] {
    return this.#record.texts;
  }

  get words(): ReadonlySet<string> {
    return this.#record.words;
  }

  /** Words and families of allergies, and of what notes and messages say where they speak of allergy, in lower case. */
  get allergens(): ReadonlySet<string> {
    return this.#record.allergens;
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
    return this.has(word) || [...generics].every((name) => this.#record.substances.has(name));
  }

  /** What was shown in records, passages and messages that name one of these; all of it where none are given. */
  amounts(names?: readonly string[]): Amounts {
    if (names === undefined) return this.#record.amounts;
    const key = names.join(' ');
    const known =
      this.#about.get(key) ??
      amountsOf(this.#record.sources.filter((source) => names.some((name) => source.names.has(name))));
    this.#about.set(key, known);
    return known;
  }

  /** Numbers, with or without a unit, of the records that name one of these. */
  numbersAbout(names: readonly string[]): Scale {
    const key = `about ${names.join(' ')}`;
    const known =
      this.#numbers.get(key) ??
      new Scale(
        this.#record.sources
          .filter((source) => source.order && names.some((name) => source.names.has(name)))
          .flatMap(({ text }) => bareNumbersIn(text, []).map(Number)),
      );
    this.#numbers.set(key, known);
    return known;
  }

  /** Whether a number stands in a record that names one of these, or in a note or message, with or without a unit. */
  hasNumber(written: string, names: readonly string[]): boolean {
    const key = names.join(' ');
    const known =
      this.#numbers.get(key) ??
      new Scale(
        this.#record.sources
          .filter((source) => !source.order || names.some((name) => source.names.has(name)))
          .flatMap(({ text }) => bareNumbersIn(text, []).map(Number)),
      );
    this.#numbers.set(key, known);
    return known.holds(Number(written), 10 ** -(written.split('.')[1]?.length ?? 0) / 2);
  }

  /**
   * Whether a figure was shown. What is measured may be rounded, and stand in a note without its unit; where the answer
   * says that it worked it out, the sum or difference of two that were shown will do, or the doses of a day.
   */
  hasFigure(figure: Figure, workedOut?: WorkedOut, names?: readonly string[]): boolean {
    const { digits, unit, values } = figure;
    const about = names?.join(' ') ?? '';
    const key = `${digits} ${values.join('/')} ${unit.dimension} ${unit.factor} ${unit.offset ?? 0} ${workedOut ?? ''} ${about}`;
    const known = this.#supported.get(key);
    if (known !== undefined) return known;
    const amounts = this.amounts(names);
    const near = unit.exact === true ? 0 : figure.slack;
    const scale = amounts.shown.get(unit.dimension);
    const worked = workedOut === undefined || workedOut === 'sum' ? amounts.daily : amounts[workedOut];
    const doses = workedOut === undefined ? undefined : worked.get(unit.dimension);
    const supported =
      (unit.exact !== true && digits.replace('.', '').length > 1 && this.#record.bare.has(digits)) ||
      values.some(
        (value) =>
          scale?.holds(value, near) === true ||
          doses?.holds(value, near) === true ||
          (workedOut === 'sum' && scale?.makes(value, near) === true) ||
          (workedOut === 'sum' && amounts.course.get(unit.dimension)?.holds(value, near) === true) ||
          (unit.dimension === 'mass/mass' && perKilogram(amounts, value, figure.slack)) ||
          (unit.dimension === 'mass/area' && isBodyMass(amounts, value, figure.slack)),
      );
    this.#supported.set(key, supported);
    return supported;
  }
}
