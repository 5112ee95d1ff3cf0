import type { View } from './normalise.ts';

/** Runs of letters and runs of digits of a view, in order. `words` are lower case. */
export interface Lexemes {
  readonly view: View;
  readonly count: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly words: readonly string[];
  readonly digits: readonly boolean[];
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
  const words: string[] = [];
  const digits: boolean[] = [];
  const { length } = lower;
  let at = 0;
  while (at < length) {
    const kind = classOf(lower.charCodeAt(at));
    if (kind === otherClass) {
      at += 1;
      continue;
    }
    const start = at;
    do at += 1;
    while (at < length && classOf(lower.charCodeAt(at)) === kind);
    starts.push(start);
    ends.push(at);
    words.push(lower.slice(start, at));
    digits.push(kind === digitClass);
  }
  return { view, count: words.length, starts, ends, words, digits };
}

export const wordAt = (lex: Lexemes, index: number): string => lex.words[index] ?? '';
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
