import type { View } from './normalise.ts';
import { holds, listedWord, type Mark, unlisted, type Word } from './vocabulary.ts';
import { nextKey } from './word-keys.ts';

/**
 * Runs of letters and runs of digits of a view, in order. Four numbers a lexeme in one array, because texts are many
 * and short, and an array each would cost more than what is read from it: start, end and whether it is of digits, key
 * and gap after it. `startOf`, `endOf`, `isNumber`, `keyAt` and `gapAt` read them.
 */
export interface Lexemes {
  readonly view: View;
  readonly count: number;
  readonly spots: Int32Array;
  /** Listed words, shared by all texts; other ones are put here when they are first asked for. */
  readonly words: (Word | undefined)[];
}

const unknown = 0;
const letterClass = 1;
const digitClass = 2;
const otherClass = 3;

const classes = new Uint8Array(65_536);

/** Class of one UTF-16 unit; digits are ASCII only, because the view has unfolded the others that matter. */
function classOf(code: number): number {
  const known = classes[code] ?? otherClass;
  return known === unknown ? classified(code) : known;
}

function classified(code: number): number {
  let kind = otherClass;
  if (code >= 48 && code <= 57) kind = digitClass;
  else if (/\p{L}/u.test(String.fromCharCode(code))) kind = letterClass;
  classes[code] = kind;
  return kind;
}

export const isLetter = (code: number): boolean => classOf(code) === letterClass;
export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isWordUnit = (code: number): boolean => classOf(code) < otherClass;

const noGap = 0;
/** Gaps of more units than this, or of others than ASCII, have no code. */
const longestCoded = 4;
export const uncoded = -1;

/** A gap of up to four ASCII units as one number, seven bits each; 0 where nothing stands between. */
export function gapCode(gap: string): number {
  let code = noGap;
  for (let at = 0; at < gap.length; at += 1) code = longerGap(code, gap.charCodeAt(at), at);
  return code;
}

const longerGap = (gap: number, code: number, length: number): number =>
  gap === uncoded || code > 127 || code === 0 || length >= longestCoded ? uncoded : (gap << 7) | code;

/** Numbers of one lexeme in `spots`. */
const width = 4;
/** Where a text's lexemes are written before it is known how many they are. */
let draft = new Int32Array(width * 4096);

/** Splits a view into its letter runs and digit runs; one pass. */
export function lexemes(view: View): Lexemes {
  const { lower } = view;
  const { length } = lower;
  const words: (Word | undefined)[] = [];
  let spots = draft;
  let spot = 0;
  let at = 0;
  while (at < length) {
    let code = lower.charCodeAt(at);
    let kind = classOf(code);
    const gapStart = at;
    let gap = noGap;
    while (kind === otherClass) {
      gap = longerGap(gap, code, at - gapStart);
      at += 1;
      if (at === length) break;
      code = lower.charCodeAt(at);
      kind = classOf(code);
    }
    if (spot > 0) spots[spot - 1] = gap;
    if (at === length) break;
    const start = at;
    let key = 0;
    do {
      key = nextKey(key, code);
      at += 1;
      if (at === length) break;
      code = lower.charCodeAt(at);
    } while (classOf(code) === kind);
    if (spot === spots.length) spots = enlarged(spots);
    const digits = kind === digitClass;
    spots[spot] = start;
    spots[spot + 1] = (at << 1) | (digits ? 1 : 0);
    spots[spot + 2] = key;
    spots[spot + 3] = noGap;
    spot += width;
    words.push(digits ? undefined : listedWord(key, lower, start, at));
  }
  return { view, count: words.length, spots: spots.slice(0, spot), words };
}

/** A text with more lexemes than any before it; what a very long one needs is not kept. */
function enlarged(spots: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(spots.length * 2);
  larger.set(spots);
  if (larger.length <= mostKept) draft = larger;
  return larger;
}

const mostKept = width * 65_536;

/** Words of a short text, all of them. */
export function wordsOf(lex: Lexemes): string[] {
  return Array.from({ length: lex.count }, (_, index) => wordAt(lex, index));
}

/** A lexeme's word, listed or of this text alone; undefined beyond the text. */
export function wordEntry(lex: Lexemes, index: number): Word | undefined {
  if (index < 0) return undefined;
  const known = lex.words[index];
  if (known !== undefined) return known;
  if (index >= lex.count) return undefined;
  const word = unlisted(lex.view.lower.slice(startOf(lex, index), endOf(lex, index)));
  lex.words[index] = word;
  return word;
}

/** A lexeme in lower case; '' beyond the text. */
export const wordAt = (lex: Lexemes, index: number): string => wordEntry(lex, index)?.text ?? '';

/** Whether a lexeme is a word of a list. */
export function is(lex: Lexemes, index: number, mark: Mark): boolean {
  const word = index < 0 ? undefined : lex.words[index];
  return word !== undefined && holds(word, mark);
}

/** Whether a lexeme is a run of digits. */
export const isNumber = (lex: Lexemes, index: number): boolean =>
  index >= 0 && ((lex.spots[index * width + 1] ?? 0) & 1) !== 0;

/** Key of a lexeme, see word-keys.ts. */
export const keyAt = (lex: Lexemes, index: number): number =>
  index < 0 ? 0 : (lex.spots[index * width + 2] ?? 0);

/** Code of what stands after a lexeme, see `gapCode`. */
export const gapAt = (lex: Lexemes, index: number): number =>
  index < 0 ? noGap : (lex.spots[index * width + 3] ?? noGap);

/** Beyond the text, before its beginning too, everything stands at its end. */
export const startOf = (lex: Lexemes, index: number): number =>
  index < 0 || index >= lex.count ? lex.view.text.length : (lex.spots[index * width] ?? 0);
export const endOf = (lex: Lexemes, index: number): number =>
  index < 0 || index >= lex.count ? lex.view.text.length : (lex.spots[index * width + 1] ?? 0) >> 1;

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
  const { text } = lex.view;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) return false;
    if (code > 127) return isUpperCase(text.slice(start, end));
  }
  return isCapital(lex, index);
}

const isUpperCase = (text: string): boolean => text === text.toUpperCase() && text !== text.toLowerCase();

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
