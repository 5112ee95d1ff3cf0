import { lexicon } from './lexicon.ts';
import { keyOf } from './word-keys.ts';

/**
 * A word that a list holds, once for the whole process: every text that says it points here, so that a matcher asks
 * bits and not sets of strings, and no string is cut out of the text. Words of no list are the text's own.
 */
export interface Word {
  readonly text: string;
  readonly listed: boolean;
  /** Lists that hold it: marks 0 to 31, 32 to 63, 64 to 95, and so on. */
  first: number;
  second: number;
  third: number;
  fourth: number;
  fifth: number;
  /** What it can be, see word-kinds.ts; `unasked` until somebody wants to know. */
  kind: number;
}

/** Number of a word list: a bit of `Word`. */
export type Mark = number;

export const unasked = -1;

const wordOf = (text: string, listed: boolean): Word => ({
  text,
  listed,
  first: 0,
  second: 0,
  third: 0,
  fourth: 0,
  fifth: 0,
  kind: unasked,
});

/** A word that no list holds. */
export const unlisted = (text: string): Word => wordOf(text, false);

const mostLists = 160;
const fields = ['first', 'second', 'third', 'fourth', 'fifth'] as const;
const lists: ReadonlySet<string>[] = [];

/** Gives a list its mark. Lists are named while modules load, before the first text is read. */
export function markOf(words: ReadonlySet<string>): Mark {
  if (table !== undefined || lists.length === mostLists)
    throw new RangeError('no further list can be marked');
  return lists.push(words) - 1;
}

/** A list of words with spaces between. */
export const markOfWords = (words: string): Mark => markOf(new Set(words.trim().split(/\s+/)));

/** Whether a list holds a word. */
export const holds = (word: Word, mark: Mark): boolean =>
  ((mark < 64
    ? mark < 32
      ? word.first
      : word.second
    : mark < 96
      ? word.third
      : mark < 128
        ? word.fourth
        : word.fifth) &
    (1 << mark)) !==
  0;

/** Open addressing, at most a third full: a probe is one or two steps. */
const places = 1 << 16;
const placeOf = (key: number): number => Math.imul(key, 0x9e_37_79_b1) >>> 16;

interface Table {
  /** Index of a word plus one; 0 is free. */
  readonly slots: Uint16Array;
  readonly keys: Int32Array;
  readonly words: readonly Word[];
}

let table: Table | undefined;

function build(): Table {
  const { given, family, places: towns, plain, demonyms } = lexicon();
  const known = new Map<string, Word>();
  const add = (text: string): Word => {
    const word = known.get(text) ?? wordOf(text, true);
    known.set(text, word);
    return word;
  };
  // What is no single run of letters is never asked for as a word.
  for (const list of [given, family, towns, plain, demonyms])
    for (const text of list) if (/^\p{L}+$/u.test(text)) add(text);
  for (const [mark, list] of lists.entries())
    for (const text of list) {
      const word = add(text);
      word[fields[mark >> 5] ?? 'fifth'] |= 1 << mark;
    }
  const words = [...known.values()];
  if (words.length * 2 > places) throw new RangeError('the word lists have outgrown their table');
  const slots = new Uint16Array(places);
  const keys = new Int32Array(places);
  for (const [index, { text }] of words.entries()) {
    const key = keyOf(text);
    let place = placeOf(key);
    while (slots[place] !== 0) place = (place + 1) & (places - 1);
    slots[place] = index + 1;
    keys[place] = key;
  }
  return { slots, keys, words };
}

/** The listed word that stands in `lower` from `start` to `end`, whose key is `key`. */
export function listedWord(key: number, lower: string, start: number, end: number): Word | undefined {
  table ??= build();
  const { slots, keys, words } = table;
  for (let place = placeOf(key); ; place = (place + 1) & (places - 1)) {
    const slot = slots[place] ?? 0;
    if (slot === 0) return undefined;
    if (keys[place] !== key) continue;
    const word = words[slot - 1];
    if (word !== undefined && standsAt(word.text, lower, start, end)) return word;
  }
}

function standsAt(word: string, lower: string, start: number, end: number): boolean {
  const { length } = word;
  if (end - start !== length) return false;
  for (let at = 0; at < length; at += 1)
    if (word.charCodeAt(at) !== lower.charCodeAt(start + at)) return false;
  return true;
}
