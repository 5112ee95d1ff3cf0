/** A word of a text: how it is compared, and where it stands (UTF-16 units). */
interface Word {
  readonly folded: string;
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/** Where a phrase of a topic stands. */
export interface Mention<Topic> {
  readonly topic: Topic;
  readonly start: number;
  readonly end: number;
}

// Letters with what is written over or invisibly between them, or digits: `HIV-1` and `H.I.V.` are taken apart alike.
const wordPattern = /\p{L}[\p{L}\p{M}\p{Cf}]*|\p{N}+/gu;

const fold = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase();

const wordsOf = (text: string): readonly Word[] =>
  [...text.matchAll(wordPattern)].map(({ index, 0: raw }) => ({
    folded: fold(raw),
    raw,
    start: index,
    end: index + raw.length,
  }));

/** A phrase, word by word; the last word may go on. */
interface Phrase<Topic> {
  readonly words: readonly string[];
  readonly open: boolean;
  /** Counts only as written, for words that are other words in lower case. */
  readonly cased: boolean;
  readonly topic: Topic;
}

function phraseOf<Topic>(written: string, topic: Topic): Phrase<Topic> {
  const cased = written.startsWith('=');
  const open = written.endsWith('*');
  const words = wordsOf(written.slice(cased ? 1 : 0)).map(({ folded, raw }) => (cased ? raw : folded));
  return { words, open, cased, topic };
}

const stem = 3;

/** Phrases by their first word, so that each word of a text is looked up once. */
class Index<Topic> {
  readonly #whole = new Map<string, Phrase<Topic>[]>();
  readonly #stems = new Map<string, Phrase<Topic>[]>();
  readonly #runs: Phrase<Topic>[] = [];

  constructor(phrases: readonly Phrase<Topic>[]) {
    for (const phrase of phrases) {
      const [first = ''] = phrase.words;
      const key = phrase.cased ? fold(first) : first;
      const begins = phrase.open && phrase.words.length === 1;
      if (begins && key.length < stem) throw new Error(`"${key}*" would match too much`);
      const map = begins ? this.#stems : this.#whole;
      const at = begins ? key.slice(0, stem) : key;
      map.set(at, [...(map.get(at) ?? []), phrase]);
      // Letters parted by dots or blanks: H. I. V.
      if (phrase.words.length === 1 && !phrase.open && key.length <= 4 && /^\p{L}{3,}$/u.test(key))
        this.#runs.push({ ...phrase, words: key.split(''), cased: false });
    }
    for (const phrase of this.#runs) {
      const [first = ''] = phrase.words;
      this.#whole.set(first, [...(this.#whole.get(first) ?? []), phrase]);
    }
  }

  /** The phrases that begin at a word, with the number of words that each takes. */
  at(
    words: readonly Word[],
    from: number,
  ): readonly { readonly phrase: Phrase<Topic>; readonly length: number }[] {
    const first = words[from]?.folded ?? '';
    const candidates = [...(this.#whole.get(first) ?? []), ...(this.#stems.get(first.slice(0, stem)) ?? [])];
    return candidates.flatMap((phrase) =>
      stands(phrase, words, from) ? [{ phrase, length: phrase.words.length }] : [],
    );
  }
}

function stands<Topic>(phrase: Phrase<Topic>, words: readonly Word[], from: number): boolean {
  return phrase.words.every((wanted, offset) => {
    const word = words[from + offset];
    if (word === undefined) return false;
    const found = phrase.cased ? word.raw : word.folded;
    const last = offset === phrase.words.length - 1;
    return phrase.open && last ? found.startsWith(wanted) : found === wanted;
  });
}

/**
 * Finds phrases in texts, in time linear in the text. Blanks, hyphens and other marks between words do not matter,
 * nor do case, accents and invisible characters; a word inside another does not count.
 */
export class PhraseFinder<Topic> {
  readonly #phrases: Index<Topic>;
  readonly #except: Index<undefined>;

  constructor(phrases: readonly (readonly [phrase: string, topic: Topic])[], except: readonly string[]) {
    this.#phrases = new Index(phrases.map(([written, topic]) => phraseOf(written, topic)));
    this.#except = new Index(except.map((written) => phraseOf(written, undefined)));
  }

  find(text: string): readonly Mention<Topic>[] {
    const words = wordsOf(text);
    const excepted = new Set<number>();
    words.forEach((_, from) => {
      for (const { length } of this.#except.at(words, from))
        for (let offset = 0; offset < length; offset += 1) excepted.add(from + offset);
    });
    return words.flatMap((word, from) =>
      excepted.has(from)
        ? []
        : this.#phrases.at(words, from).map(({ phrase, length }) => ({
            topic: phrase.topic,
            start: word.start,
            end: words[from + length - 1]?.end ?? word.end,
          })),
    );
  }
}
