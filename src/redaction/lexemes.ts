import type { View } from './normalise.ts';

/** Runs of letters and runs of digits of a view, in order. */
export interface Lexemes {
  readonly view: View;
  readonly count: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Key of each, see `WordKeys`. */
  readonly keys: readonly number[];
  readonly digits: readonly boolean[];
  /** Lower case; cut out of the text when first asked for, see `wordAt`. */
  readonly words: (string | undefined)[];
}

const unknown = 0;
const letterClass = 1;
const digitClass = 2;
const otherClass = 3;

const classes = new Uint8Array(65_536);

/** Class of one UTF-16 unit; digits are ASCII only, because the view has unfolded the others that matter. */
function classOf(code: number): number {
  const known = classes[code] ?? otherClass;
  if (known !== unknown) return known;
  const character = String.fromCharCode(code);
  let kind = otherClass;
  if (code >= 48 && code <= 57) kind = digitClass;
  else if (/\p{L}/u.test(character)) kind = letterClass;
  classes[code] = kind;
  return kind;
}

export const isLetter = (code: number): boolean => classOf(code) === letterClass;
export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isWordUnit = (code: number): boolean => classOf(code) < otherClass;

/** Splits a view into its letter runs and digit runs; one pass. */
export function lexemes(view: View): Lexemes {
  const { lower } = view;
  const starts: number[] = [];
  const ends: number[] = [];
  const keys: number[] = [];
  const digits: boolean[] = [];
  const { length } = lower;
  let at = 0;
  while (at < length) {
    let code = lower.charCodeAt(at);
    const kind = classOf(code);
    if (kind === otherClass) {
      at += 1;
      continue;
    }
    starts.push(at);
    let key = firstKey;
    do {
      key = nextKey(key, code);
      at += 1;
      code = lower.charCodeAt(at);
    } while (at < length && classOf(code) === kind);
    ends.push(at);
    keys.push(key);
    digits.push(kind === digitClass);
  }
  return {
    view,
    count: starts.length,
    starts,
    ends,
    keys,
    digits,
    words: Array.from<string | undefined>({ length: starts.length }),
  };
}

/** Words of a short text, all of them. */
export function wordsOf(lex: Lexemes): string[] {
  return lex.starts.map((_, index) => wordAt(lex, index));
}

const firstKey = 0;
export const nextKey = (key: number, code: number): number => (Math.imul(key, 31) + code) & 0x3f_ff_ff_ff;

export function keyOf(word: string): number {
  let key = firstKey;
  for (let at = 0; at < word.length; at += 1) key = nextKey(key, word.charCodeAt(at));
  return key;
}

/**
 * A set of words that is asked by their keys before the words themselves are cut out of a text: false says that
 * the word is not in it, true that it may be. Keys go on: that of `ab` is that of `a`, and then `b`.
 */
export class WordKeys {
  readonly #bits = new Uint32Array(4096);

  constructor(words: Iterable<string> = []) {
    for (const word of words) this.add(word);
  }

  add(word: string): void {
    this.#set(keyOf(word));
  }

  /** Adds a word and everything that it begins with. */
  addBeginnings(word: string): void {
    let key = firstKey;
    for (let at = 0; at < word.length; at += 1) {
      key = nextKey(key, word.charCodeAt(at));
      this.#set(key);
    }
  }

  #set(key: number): void {
    const place = (Math.imul(key, 0x9e_37_79_b1) >>> 15) & 0x1_ff_ff;
    this.#bits[place >>> 5] = (this.#bits[place >>> 5] ?? 0) | (1 << (place & 31));
  }

  has(key: number | undefined): boolean {
    if (key === undefined) return false;
    const place = (Math.imul(key, 0x9e_37_79_b1) >>> 15) & 0x1_ff_ff;
    return ((this.#bits[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0;
  }
}

export function wordAt(lex: Lexemes, index: number): string {
  const known = lex.words[index];
  if (known !== undefined) return known;
  const start = lex.starts[index];
  if (start === undefined) return '';
  const word = lex.view.lower.slice(start, lex.ends[index]);
  lex.words[index] = word;
  return word;
}

export const startOf = (lex: Lexemes, index: number): number => lex.starts[index] ?? lex.view.text.length;
export const endOf = (lex: Lexemes, index: number): number => lex.ends[index] ?? lex.view.text.length;

/** What stands between lexeme `index` and the next one. */
export const gapAfter = (lex: Lexemes, index: number): string =>
  lex.view.lower.slice(endOf(lex, index), startOf(lex, index + 1));

/** Whether the lexeme begins with a capital in the original. */
export function isCapital(lex: Lexemes, index: number): boolean {
  const at = startOf(lex, index);
  return lex.view.text.charCodeAt(at) !== lex.view.lower.charCodeAt(at);
}

/** Whether every letter of the lexeme is a capital, two at least. */
export function isAllCapitals(lex: Lexemes, index: number): boolean {
  const start = startOf(lex, index);
  const end = endOf(lex, index);
  if (end - start < 2) return false;
  const text = lex.view.text.slice(start, end);
  return text === text.toUpperCase() && text !== text.toLowerCase();
}

/** Index of the first lexeme that starts at or after a view index. */
export function lexemeAt(lex: Lexemes, at: number): number {
  let low = 0;
  let high = lex.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(lex, middle) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
