import type { View } from './normalise.ts';
import {
  holds,
  keepKind,
  kindOfListed,
  type ListedWord,
  listedWord,
  type Mark,
  noKind,
  noWord,
  textOf,
} from './vocabulary.ts';
import { nextKey } from './word-keys.ts';

/**
 * Runs of letters and runs of digits of a view, in order. A row of eight numbers a lexeme in one array, because texts
 * are many and short, and an array each would cost more than what is read from it. `startOf`, `endOf`, `isNumber`,
 * `keyAt`, `gapAt` and `is` read them: they stand in every recogniser's compiled code many times, so each is one load
 * and no branch. Rows beyond the text, before its beginning too, say that there is nothing.
 */
export interface Lexemes {
  readonly view: View;
  readonly count: number;
  readonly rows: Int32Array;
  /** Signs of the text, 32 bits for the codes below 64 and 32 for all others: several share one. See `mayHold`. */
  readonly lowSigns: number;
  readonly highSigns: number;
  /** Words that no list holds, in the order in which somebody asked for them. */
  readonly own: string[];
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

/** Number of a gap in which nothing stands. */
const noGap = 0;
/** Number of a gap of more units than four, or of others than ASCII, or of one too many to be numbered. */
export const otherGap = 1;
/** Gaps are numbered below this, in the order in which they are met: the same few signs stand there in all texts. */
export const mostGaps = 1024;
const longestCoded = 4;
const noCode = 0;
const uncoded = -1;

const blank = 32;
const twoBlanks = (blank << 7) | blank;

/** Up to four ASCII units as one number, seven bits each. */
const longerGap = (gap: number, code: number, length: number): number =>
  gap === uncoded || code > 127 || code === 0 || length >= longestCoded ? uncoded : (gap << 7) | code;

/** Numbers by code, open addressing; two a place: code and number. */
const gapPlaces = mostGaps * 4;
const gapNumbers = new Int32Array(gapPlaces * 2);
let gaps = otherGap;

/** Number of a gap by its code. */
function gapNumber(code: number): number {
  if (code === noCode) return noGap;
  if (code === uncoded) return otherGap;
  // Two blanks are typed for one.
  if (code === twoBlanks) return gapNumber(blank);
  let place = (Math.imul(code, 0x9e_37_79_b1) >>> 20) & (gapPlaces - 1);
  for (; gapNumbers[place * 2] !== 0; place = (place + 1) & (gapPlaces - 1))
    if (gapNumbers[place * 2] === code) return gapNumbers[place * 2 + 1] ?? otherGap;
  if (gaps + 1 === mostGaps) return otherGap;
  gaps += 1;
  gapNumbers[place * 2] = code;
  gapNumbers[place * 2 + 1] = gaps;
  return gaps;
}

/** Number of a gap of up to four ASCII units. */
export function gapNumberOf(gap: string): number {
  let code = noCode;
  for (let at = 0; at < gap.length; at += 1) code = longerGap(code, gap.charCodeAt(at), at);
  return gapNumber(code);
}

/** A row is 32 bytes, so that none lies in two lines of a core's cache. */
const rowBits = 3;
const width = 1 << rowBits;
/** Numbers of a row. */
const [startIn, endIn, keyIn, gapIn, wordIn, ownIn, kindIn] = [0, 1, 2, 3, 4, 5, 6];
/** Rows before the first lexeme and after the last one; who looks further gets `undefined` and its default. */
const margin = 16;
/** Where a text's rows are written before it is known how many they are. */
let draft = new Int32Array(width * 4096);

/** A number of a lexeme's row. */
const read = ({ rows }: Lexemes, index: number, what: number): number | undefined =>
  rows[((index + margin) << rowBits) | what];

/** What a lexeme's units are, beside its end. */
const numeric = 1;
const capital = 2;
const capitals = 4;
const shape = 3;

/** Splits a view into its letter runs and digit runs; one pass. */
export function lexemes(view: View): Lexemes {
  const { lower, text } = view;
  const { length } = lower;
  let rows = draft;
  let row = margin * width;
  let at = 0;
  let lowSigns = 0;
  let highSigns = 0;
  while (at < length) {
    let code = lower.charCodeAt(at);
    let kind = classOf(code);
    const gapStart = at;
    let gap = noCode;
    while (kind === otherClass) {
      gap = longerGap(gap, code, at - gapStart);
      if (code < 64) lowSigns |= 1 << (code & 31);
      else highSigns |= 1 << (code & 31);
      at += 1;
      if (at === length) break;
      code = lower.charCodeAt(at);
      kind = classOf(code);
    }
    if (row > margin * width) rows[row - width + gapIn] = gapNumber(gap);
    if (at === length) break;
    const start = at;
    const first = code;
    let key = 0;
    do {
      key = nextKey(key, code);
      at += 1;
      if (at === length) break;
      code = lower.charCodeAt(at);
    } while (classOf(code) === kind);
    if (row + (margin + 1) * width > rows.length) rows = enlarged(rows);
    let units = kind === digitClass ? numeric : 0;
    if (text.charCodeAt(start) !== first) units |= capital;
    if ((units === capital || first > 127) && areCapitals(text, start, at, units !== 0)) units |= capitals;
    const word = kind === digitClass ? noWord : listedWord(key, lower, start, at);
    rows[row + startIn] = start;
    rows[row + endIn] = (at << shape) | units;
    rows[row + keyIn] = key;
    rows[row + gapIn] = noGap;
    rows[row + wordIn] = word;
    rows[row + ownIn] = 0;
    rows[row + kindIn] = kind === digitClass ? noKind : kindOfListed(word);
    row += width;
  }
  const count = row / width - margin;
  const all = rows.slice(0, row + margin * width);
  for (let beyond = 0; beyond < margin; beyond += 1) {
    nothingAt(all, beyond * width, length);
    nothingAt(all, row + beyond * width, length);
  }
  return { view, count, rows: all, lowSigns, highSigns, own: [] };
}

/** A row beyond the text, where everything stands at the text's end. */
function nothingAt(rows: Int32Array, row: number, length: number): void {
  rows[row + startIn] = length;
  rows[row + endIn] = (length << shape) | capital;
  rows[row + keyIn] = 0;
  rows[row + gapIn] = noGap;
  rows[row + wordIn] = noWord;
  rows[row + ownIn] = 0;
  rows[row + kindIn] = noKind;
}

/** Whether a sign may stand in the text: false says that it does not. */
export const mayHold = ({ lowSigns, highSigns }: Lexemes, sign: number): boolean =>
  ((sign < 64 ? lowSigns : highSigns) & (1 << (sign & 31))) !== 0;

/** Whether every letter of a stretch is a capital, two at least. */
function areCapitals(text: string, start: number, end: number, capitalFirst: boolean): boolean {
  if (end - start < 2) return false;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) return false;
    if (code > 127) return isUpperCase(text.slice(start, end));
  }
  return capitalFirst;
}

const isUpperCase = (text: string): boolean => text === text.toUpperCase() && text !== text.toLowerCase();

/** A text with more lexemes than any before it; what a very long one needs is not kept. */
function enlarged(rows: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(rows.length * 2);
  larger.set(rows);
  if (larger.length <= mostKept) draft = larger;
  return larger;
}

const mostKept = width * 65_536;

/** Words of a short text, all of them. */
export function wordsOf(lex: Lexemes): string[] {
  return Array.from({ length: lex.count }, (_, index) => wordAt(lex, index));
}

/** The listed word of a lexeme; `noWord` where no list holds it. */
const listedAt = (lex: Lexemes, index: number): ListedWord => read(lex, index, wordIn) ?? noWord;

/** A lexeme's word, where no list holds it; kept, because it is asked for again. */
function ownAt(lex: Lexemes, index: number): string {
  // Asked for only where it is there: an array that is asked for what it has not is slow.
  const place = read(lex, index, ownIn) ?? 0;
  const known = place === 0 ? undefined : lex.own[place - 1];
  if (known !== undefined) return known;
  const word = lex.view.lower.slice(startOf(lex, index), endOf(lex, index));
  lex.rows[((index + margin) << rowBits) | ownIn] = lex.own.push(word);
  return word;
}

/** A lexeme in lower case; '' beyond the text. */
export function wordAt(lex: Lexemes, index: number): string {
  if (index < 0 || index >= lex.count) return '';
  const word = listedAt(lex, index);
  return word === noWord ? ownAt(lex, index) : textOf(word);
}

/** What a lexeme can be, see word-kinds.ts; `unasked` until somebody has found it out. */
export const kindBitsAt = (lex: Lexemes, index: number): number => read(lex, index, kindIn) ?? noKind;

/** Keeps what a lexeme can be: for the process where a list holds it, for the text where none does. */
export function keepKindAt(lex: Lexemes, index: number, bits: number): void {
  const word = listedAt(lex, index);
  if (word !== noWord) keepKind(word, bits);
  lex.rows[((index + margin) << rowBits) | kindIn] = bits;
}

/** Whether any list holds a lexeme. */
export const isListed = (lex: Lexemes, index: number): boolean => listedAt(lex, index) !== noWord;

/** Whether a lexeme is a word of a list. */
export const is = (lex: Lexemes, index: number, mark: Mark): boolean => holds(listedAt(lex, index), mark);

/** Whether a lexeme is a run of digits. */
export const isNumber = (lex: Lexemes, index: number): boolean =>
  ((read(lex, index, endIn) ?? 0) & numeric) !== 0;

/** Key of a lexeme, see word-keys.ts. */
export const keyAt = (lex: Lexemes, index: number): number => read(lex, index, keyIn) ?? 0;

/** Number of what stands after a lexeme, see `gapNumberOf`. */
export const gapAt = (lex: Lexemes, index: number): number => read(lex, index, gapIn) ?? noGap;

/** Beyond the text, before its beginning too, everything stands at its end. */
export const startOf = (lex: Lexemes, index: number): number =>
  read(lex, index, startIn) ?? lex.view.text.length;
export const endOf = (lex: Lexemes, index: number): number => {
  const end = read(lex, index, endIn);
  return end === undefined ? lex.view.text.length : end >> shape;
};

/** Units of a lexeme. */
export const lengthOf = (lex: Lexemes, index: number): number => endOf(lex, index) - startOf(lex, index);

/** What stands between lexeme `index` and the next one. */
export const gapAfter = (lex: Lexemes, index: number): string =>
  lex.view.lower.slice(endOf(lex, index), startOf(lex, index + 1));

/** Whether the lexeme begins with a capital in the original; so does what is beyond the text. */
export const isCapital = (lex: Lexemes, index: number): boolean =>
  ((read(lex, index, endIn) ?? capital) & capital) !== 0;

/** Whether every letter of the lexeme is a capital, two at least. */
export const isAllCapitals = (lex: Lexemes, index: number): boolean =>
  ((read(lex, index, endIn) ?? 0) & capitals) !== 0;

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
