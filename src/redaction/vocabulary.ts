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

export const unasked = -1;

/** Numbers of 32 bits that hold a word's marks. */
const marksWidth = 6;
const mostLists = 32 * marksWidth;
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
  ((marks[word * marksWidth + (mark >> 5)] ?? 0) & (1 << mark)) !== 0;

export const textOf = (word: ListedWord): string => texts[word] ?? '';

/** What a word can be, see word-kinds.ts; `unasked` until somebody wants to know. */
export const kindOfListed = (word: ListedWord): number => kinds[word] ?? unasked;
export function keepKind(word: ListedWord, kind: number): void {
  kinds[word] = kind;
}

/** Open addressing, at most half full: a probe is one or two steps. */
const places = 1 << 16;
const placeOf = (key: number): number => Math.imul(key, 0x9e_37_79_b1) >>> 16;

const mostWords = places / 2;
/** By word. */
const marks = new Int32Array(mostWords * marksWidth);
const kinds = new Int16Array(mostWords).fill(unasked);
const texts: string[] = [''];
/** Two numbers a place: a word's key, and where it stands in `letters`; 0 is free. */
const table = new Int32Array(places * 2);
/** Number, length and units of each word, one after the other: what a probe compares stands together. */
const letters = new Uint16Array(mostWords * 16);

function build(): void {
  const { given, family, places: towns, plain, demonyms } = lexicon();
  const known = new Map<string, ListedWord>();
  const add = (text: string): ListedWord => {
    const word = known.get(text) ?? known.size + 1;
    known.set(text, word);
    return word;
  };
  // What is no single run of letters is never asked for as a word.
  for (const list of [given, family, towns, plain, demonyms])
    for (const text of list) if (/^\p{L}+$/u.test(text)) add(text);
  for (const list of lists) for (const text of list) add(text);
  for (const [mark, list] of lists.entries())
    for (const text of list) {
      const row = add(text) * marksWidth + (mark >> 5);
      marks[row] = (marks[row] ?? 0) | (1 << mark);
    }
  const units = [...known.keys()].reduce((sum, text) => sum + text.length + 2, 1);
  if (known.size >= mostWords || units > letters.length)
    throw new RangeError('the word lists have outgrown their table');
  let end = 1;
  for (const [text, word] of known) {
    const key = keyOf(text);
    let place = placeOf(key);
    while (table[place * 2 + 1] !== 0) place = (place + 1) & (places - 1);
    table[place * 2] = key;
    table[place * 2 + 1] = end;
    letters[end] = word;
    letters[end + 1] = text.length;
    for (let at = 0; at < text.length; at += 1) letters[end + 2 + at] = text.charCodeAt(at);
    texts.push(text);
    end += 2 + text.length;
  }
}

/** The listed word that stands in `lower` from `start` to `end`, whose key is `key`; `noWord` where there is none. */
export function listedWord(key: number, lower: string, start: number, end: number): ListedWord {
  if (texts.length === 1) build();
  for (let place = placeOf(key); ; place = (place + 1) & (places - 1)) {
    const entry = table[place * 2 + 1] ?? 0;
    if (entry === 0) return noWord;
    if (table[place * 2] === key && standsAt(entry, lower, start, end)) return letters[entry] ?? noWord;
  }
}

function standsAt(entry: number, lower: string, start: number, end: number): boolean {
  if (letters[entry + 1] !== end - start) return false;
  for (let at = start, letter = entry + 2; at < end; at += 1, letter += 1)
    if (letters[letter] !== lower.charCodeAt(at)) return false;
  return true;
}
