import type { View } from './normalise.ts';
import { holds, type ListedWord, listedWord, type Mark, noWord, textOf, unasked } from './vocabulary.ts';
import { nextKey } from './word-keys.ts';

/**
 * Runs of letters and runs of digits of a view, in order. Six numbers a lexeme in one array, because texts are many
 * and short, and an array each would cost more than what is read from it: start, end with what its units are, key, gap
 * after it, listed word, and own word. `startOf`, `endOf`, `isNumber`, `keyAt`, `gapAt` and `is` read them.
 */
export interface Lexemes {
  readonly view: View;
  readonly count: number;
  readonly spots: Int32Array;
  /** Signs of the text, 32 bits for the codes below 64 and 32 for all others: several share one. See `mayHold`. */
  readonly lowSigns: number;
  readonly highSigns: number;
  /** Words that no list holds, in the order in which somebody asked for them. */
  readonly own: OwnWord[];
}

/** A word of one text alone. */
export interface OwnWord {
  readonly text: string;
  /** What it can be, see word-kinds.ts; `unasked` until somebody wants to know. */
  kind: number;
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
const width = 6;
/** Where a text's lexemes are written before it is known how many they are. */
let draft = new Int32Array(width * 4096);

/** What a lexeme's units are, beside its end. */
const numeric = 1;
const capital = 2;
const capitals = 4;
const shape = 3;

/** Splits a view into its letter runs and digit runs; one pass. */
export function lexemes(view: View): Lexemes {
  const { lower, text } = view;
  const { length } = lower;
  let spots = draft;
  let spot = 0;
  let at = 0;
  let lowSigns = 0;
  let highSigns = 0;
  while (at < length) {
    let code = lower.charCodeAt(at);
    let kind = classOf(code);
    const gapStart = at;
    let gap = noGap;
    while (kind === otherClass) {
      gap = longerGap(gap, code, at - gapStart);
      if (code < 64) lowSigns |= 1 << (code & 31);
      else highSigns |= 1 << (code & 31);
      at += 1;
      if (at === length) break;
      code = lower.charCodeAt(at);
      kind = classOf(code);
    }
    if (spot > 0) spots[spot - 3] = gap;
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
    if (spot === spots.length) spots = enlarged(spots);
    let units = kind === digitClass ? numeric : 0;
    if (text.charCodeAt(start) !== first) units |= capital;
    if ((units === capital || first > 127) && areCapitals(text, start, at, units !== 0)) units |= capitals;
    spots[spot] = start;
    spots[spot + 1] = (at << shape) | units;
    spots[spot + 2] = key;
    spots[spot + 3] = noGap;
    spots[spot + 4] = kind === digitClass ? noWord : listedWord(key, lower, start, at);
    spots[spot + 5] = 0;
    spot += width;
  }
  return { view, count: spot / width, spots: spots.slice(0, spot), lowSigns, highSigns, own: [] };
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

/** The listed word of a lexeme; `noWord` where no list holds it. */
const listedAt = (lex: Lexemes, index: number): ListedWord =>
  index < 0 ? noWord : (lex.spots[index * width + 4] ?? noWord);

/** A lexeme's word, where no list holds it; kept, because it is asked for again. */
function ownAt(lex: Lexemes, index: number): OwnWord {
  // Asked for only where it is there: an array that is asked for what it has not is slow.
  const place = lex.spots[index * width + 5] ?? 0;
  const known = place === 0 ? undefined : lex.own[place - 1];
  if (known !== undefined) return known;
  const word = { text: lex.view.lower.slice(startOf(lex, index), endOf(lex, index)), kind: unasked };
  lex.spots[index * width + 5] = lex.own.push(word);
  return word;
}

/** A lexeme in lower case; '' beyond the text. */
export function wordAt(lex: Lexemes, index: number): string {
  if (index < 0 || index >= lex.count) return '';
  const word = listedAt(lex, index);
  return word === noWord ? ownAt(lex, index).text : textOf(word);
}

/** A lexeme's listed word, or its own where no list holds it; undefined beyond the text. */
export function wordEntry(lex: Lexemes, index: number): ListedWord | OwnWord | undefined {
  if (index < 0 || index >= lex.count) return undefined;
  const word = listedAt(lex, index);
  return word === noWord ? ownAt(lex, index) : word;
}

/** Whether any list holds a lexeme. */
export const isListed = (lex: Lexemes, index: number): boolean => listedAt(lex, index) !== noWord;

/** Whether a lexeme is a word of a list. */
export const is = (lex: Lexemes, index: number, mark: Mark): boolean => holds(listedAt(lex, index), mark);

/** Whether a lexeme is a run of digits. */
export const isNumber = (lex: Lexemes, index: number): boolean =>
  index >= 0 && ((lex.spots[index * width + 1] ?? 0) & numeric) !== 0;

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
  index < 0 || index >= lex.count ? lex.view.text.length : (lex.spots[index * width + 1] ?? 0) >> shape;

/** What stands between lexeme `index` and the next one. */
export const gapAfter = (lex: Lexemes, index: number): string =>
  lex.view.lower.slice(endOf(lex, index), startOf(lex, index + 1));

/** Whether the lexeme begins with a capital in the original; so does what is beyond the text. */
export const isCapital = (lex: Lexemes, index: number): boolean =>
  index < 0 || index >= lex.count || ((lex.spots[index * width + 1] ?? 0) & capital) !== 0;

/** Whether every letter of the lexeme is a capital, two at least. */
export const isAllCapitals = (lex: Lexemes, index: number): boolean =>
  index >= 0 && ((lex.spots[index * width + 1] ?? 0) & capitals) !== 0;

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
