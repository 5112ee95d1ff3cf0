import { lexicon } from './lexicon.ts';
import { keyOf } from './word-keys.ts';

/**
 * A word that a list holds, by its number, once for the whole process: every text that says it holds that number, so
 * that a matcher asks bits and not sets of strings, and no string is cut out of the text. Words of no list are the
 * text's own. Numbers begin with 1.
 */
export type ListedWord = number;
export const noWord: ListedWord = 0;

/** Number of a word list: a bit of a word's row. */
export type Mark = number;

/** Bits of a number, which is no word. */
export const noKind = 0;
/** No bits: kinds have fewer. */
export const unasked = 0xff_ff;

/**
 * What is asked of a word stands together, in 64 bytes, because a core waits longer for memory than it computes:
 * length, kind, marks, and its units, of which a long word has more in the next entries.
 */
const entrySize = 32;
const [lengthAt, kindAt, marksAt] = [0, 1, 2];
/** Numbers of 16 bits that hold a word's marks. */
const marksWidth = 14;
const unitsAt = marksAt + marksWidth;
const mostLists = 16 * marksWidth;
const lists: ReadonlySet<string>[] = [];

/** Gives a list its mark. Lists are named while modules load, before the first text is read. */
export function markOf(words: ReadonlySet<string>): Mark {
  if (texts.length > 1 || lists.length === mostLists) throw new RangeError('no further list can be marked');
  return lists.push(words) - 1;
}

/** A list of words with spaces between. */
export const markOfWords = (words: string): Mark => markOf(new Set(words.trim().split(/\s+/)));

/** Whether a list holds a word. */
export const holds = (word: ListedWord, mark: Mark): boolean =>
  ((entries[word * entrySize + marksAt + (mark >> 4)] ?? 0) & (1 << (mark & 15))) !== 0;

export const textOf = (word: ListedWord): string => texts[word] ?? '';

/** What a word can be, see word-kinds.ts; `unasked` until somebody wants to know. */
export const kindOfListed = (word: ListedWord): number => entries[word * entrySize + kindAt] ?? unasked;
export function keepKind(word: ListedWord, kind: number): void {
  entries[word * entrySize + kindAt] = kind;
}

/** Open addressing, at most half full: a probe is one or two steps. */
const places = 1 << 16;
const placeOf = (key: number): number => Math.imul(key, 0x9e_37_79_b1) >>> 16;

const mostEntries = places / 2;
/** By word; the first one is no word and holds no mark. */
const entries = new Uint16Array(mostEntries * entrySize);
const texts: string[] = [''];
/** By place: the last bits of a word's key, and the word; 0 is free. */
const table = new Int32Array(places);
const tagOf = (key: number): number => key & 0xff_ff;

function build(): void {
  const { given, family, places: towns, plain, demonyms } = lexicon();
  // What is no single run of letters is never asked for as a word.
  const single = [given, family, towns, plain, demonyms].flatMap((list) =>
    [...list].filter((text) => /^\p{L}+$/u.test(text)),
  );
  const known = new Map<string, ListedWord>();
  let next = 1;
  for (const text of [...single, ...lists.flatMap((list) => [...list])]) {
    if (known.has(text)) continue;
    known.set(text, next);
    next += Math.ceil((unitsAt + text.length) / entrySize);
  }
  if (next > mostEntries) throw new RangeError('the word lists have outgrown their table');
  entries[noWord * entrySize + kindAt] = unasked;
  for (const [text, word] of known) {
    const key = keyOf(text);
    let place = placeOf(key);
    while (table[place] !== 0) place = (place + 1) & (places - 1);
    table[place] = (tagOf(key) << 16) | word;
    const entry = word * entrySize;
    entries[entry + lengthAt] = text.length;
    entries[entry + kindAt] = unasked;
    for (let at = 0; at < text.length; at += 1) entries[entry + unitsAt + at] = text.charCodeAt(at);
    texts[word] = text;
  }
  for (const [mark, list] of lists.entries())
    for (const text of list) {
      const at = (known.get(text) ?? noWord) * entrySize + marksAt + (mark >> 4);
      entries[at] = (entries[at] ?? 0) | (1 << (mark & 15));
    }
}

/** The listed word that stands in `lower` from `start` to `end`, whose key is `key`; `noWord` where there is none. */
export function listedWord(key: number, lower: string, start: number, end: number): ListedWord {
  if (texts.length === 1) build();
  const tag = tagOf(key);
  for (let place = placeOf(key); ; place = (place + 1) & (places - 1)) {
    const found = table[place] ?? 0;
    if (found === 0) return noWord;
    if (found >>> 16 === tag && standsAt(found & 0xff_ff, lower, start, end)) return found & 0xff_ff;
  }
}

function standsAt(word: ListedWord, lower: string, start: number, end: number): boolean {
  const entry = word * entrySize;
  if (entries[entry + lengthAt] !== end - start) return false;
  for (let at = start, unit = entry + unitsAt; at < end; at += 1, unit += 1)
    if (entries[unit] !== lower.charCodeAt(at)) return false;
  return true;
}
