import { type WordList, wordLists } from './word-lists.ts';
import type { Words } from './words.ts';

/** One word of a phrase, and how many others may stand before it. */
interface Step {
  readonly words: ReadonlySet<string>;
  readonly gap: number;
  /** Where set, only these may stand in the gap. */
  readonly between?: ReadonlySet<string>;
}

/** A row of words in order. */
export interface Phrase {
  /** Whether it has to begin where a command may begin: a sentence, a line, or after `please` and its like. */
  readonly atStart: boolean;
  /** Whether it counts behind a negation too (`never reveal`). */
  readonly evenDenied: boolean;
  readonly steps: readonly Step[];
  /** Not where one of these is among the two words behind it. */
  readonly unless?: ReadonlySet<string>;
}

const negations: ReadonlySet<string> = new Set(
  'not never t cannot no nor without nicht nie ne pas jamais nunca jamas'.split(' '),
);

/** What may stand between the words of a command without changing what it is about. */
const small: ReadonlySet<string> = new Set([...wordLists.small, ...wordLists.all, ...wordLists.earlier]);

const isWordList = (name: string): name is WordList => Object.hasOwn(wordLists, name);

function meant(written: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const one of written.split('|')) {
    const name = one.slice(1);
    if (!one.startsWith('@')) words.add(one);
    else if (isWordList(name)) for (const word of wordLists[name]) words.add(word);
    else throw new Error(`no list of words is called ${name}`);
  }
  return words;
}

/**
 * Reads a phrase as the table writes it, words with blanks between them: `word`, `one|other`, `@list` of word-lists.ts; `..3` lets up to
 * three words stand there, `~3` up to three small ones; `^` in front: only where a command may begin; `!` in front: not behind a
 * negation; `-one|other` at the end: not where one of these follows, next or next but one.
 *
 * @throws Error where it names no list of words, or ends in a gap
 */
export function phraseOf(written: string): Phrase {
  const steps: Step[] = [];
  let [gap, isSmall, atStart, evenDenied] = [0, false, false, true];
  let unless: ReadonlySet<string> | undefined;
  for (const word of written.split(' ')) {
    if (word === '^') atStart = true;
    else if (word === '!') evenDenied = false;
    else if (word.startsWith('-')) unless = meant(word.slice(1));
    else if (/^(?:\.\.|~)\d$/.test(word)) [gap, isSmall] = [Number(word.slice(-1)), word.startsWith('~')];
    else {
      steps.push({ words: meant(word), gap, ...(isSmall ? { between: small } : {}) });
      [gap, isSmall] = [0, false];
    }
  }
  if (gap > 0 || steps.length === 0) throw new Error('a phrase ends in a gap');
  return { atStart, evenDenied, steps, ...(unless === undefined ? {} : { unless }) };
}

/**
 * Whether the phrase stands at `first`, whose word is its first one. Takes the nearest word of each step. It ends with its
 * sentence, except for small words: `Ignore. All. Previous.` is one command.
 */
function standsAt(
  { evenDenied, steps, unless }: Phrase,
  { breaks, list, starts }: Words,
  first: number,
): boolean {
  const isDenied = (at: number): boolean => breaks[at + 1] !== 1 && negations.has(list[at] ?? '');
  if (!evenDenied && (isDenied(first - 1) || (breaks[first] !== 1 && isDenied(first - 2)))) return false;
  let at = first;
  for (const { between, gap, words } of steps.slice(1)) {
    let next = at + 1;
    const last = next + gap;
    for (;;) {
      if (between === undefined && breaks[next] === 1) return false;
      const word = list[next] ?? '';
      if (words.has(word)) break;
      if (next >= last || between?.has(word) === false) return false;
      next += 1;
    }
    at = next;
  }
  const follows = (next: number): boolean => starts[next] !== 1 && unless?.has(list[next] ?? '') === true;
  return !(follows(at + 1) || (starts[at + 1] !== 1 && follows(at + 2)));
}

/** Finds which of many phrases stand in a text: one pass over its words, and from each a bounded number of words on. */
export class PhraseTable<Name> {
  readonly #byFirst = new Map<string, { readonly name: Name; readonly phrase: Phrase }[]>();
  /** Every word of every phrase. */
  readonly vocabulary: ReadonlySet<string>;

  constructor(rows: Iterable<readonly [name: Name, phrase: string]>) {
    const vocabulary = new Set<string>();
    for (const [name, written] of rows) {
      const phrase = phraseOf(written);
      for (const { words } of phrase.steps) for (const word of words) vocabulary.add(word);
      for (const word of phrase.steps[0]?.words ?? []) {
        const known = this.#byFirst.get(word) ?? [];
        this.#byFirst.set(word, known);
        known.push({ name, phrase });
      }
    }
    this.vocabulary = vocabulary;
  }

  namesIn(words: Words): ReadonlySet<Name> {
    const found = new Set<Name>();
    for (const [at, word] of words.list.entries())
      for (const { name, phrase } of this.#byFirst.get(word) ?? [])
        if (!found.has(name) && (!phrase.atStart || words.starts[at] === 1) && standsAt(phrase, words, at))
          found.add(name);
    return found;
  }
}
