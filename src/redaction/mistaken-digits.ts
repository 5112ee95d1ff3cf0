import { table } from '../vocabulary/table.ts';
import { barredFigures } from './barred-figures.ts';
import { matchAt } from './found-date.ts';
import { endOf, is, isDigit, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { barredWords, certain, letterReading, oddWords, type ReadWord } from './mistaken-letters.ts';
import { listed } from './word-marks.ts';
import { foreignMonthOf, monthOf } from './words/calendar.ts';
import type { Change, KnownWords } from './written-otherwise.ts';

const digitOf: Readonly<Record<string, string>> = table({
  o: '0',
  l: '1',
  i: '1',
  s: '5',
  b: '8',
  z: '2',
  g: '9',
  q: '9',
  t: '7',
  a: '4',
});
/** What a capital, or a small letter, looks like beside the other one. */
const digitOfCase: Readonly<Record<string, string>> = table({ G: '6', b: '6' });

/** Where a month's short name stands between letters that are digits: `3lOCT2O26`. */
const monthIn = (word: string): number | undefined => {
  const at = word.search(/jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/);
  return at < 0 ? undefined : at;
};

const withoutMonth = (word: string): string => {
  const at = monthIn(word);
  return at === undefined ? word : word.slice(0, at) + word.slice(at + 3);
};

/** `1lth` is the eleventh. */
const withoutOrdinal = (word: string): string => word.replace(/(?:st|nd|rd|th)$/, '');

/**
 * Tokens of digits in which some were read as letters (`2O24`, `l980`). One that is too short for a number of its own
 * (`T2`) counts where a month or the rest of a number stands beside it, or where a number of the record begins so.
 */
export function mistakenDigits(lex: Lexemes, known: KnownWords): Mistaken {
  const shaped = shapedDigits(lex);
  const read: ReadWord[] = [
    ...barredWords(lex.view, known),
    ...barredFigures(lex, known),
    ...oddWords(lex.view, known),
  ];
  const clusters = mistakenClusters(lex, known, read);
  const letters = certain(read);
  if (shaped.length === 0) return { digits: clusters, letters };
  let next = 0;
  const apart = clusters.filter(({ from, to }) => {
    while ((shaped[next]?.to ?? Number.POSITIVE_INFINITY) <= from) next += 1;
    return (shaped[next]?.from ?? Number.POSITIVE_INFINITY) >= to;
  });
  return { digits: [...shaped, ...apart].toSorted((a, b) => a.from - b.from), letters };
}

/** Letters that are digits, and digits that are letters. */
interface Mistaken {
  readonly digits: readonly Change[];
  readonly letters: readonly Change[];
}

const alike = Object.keys(digitOf).join('');
const figure = `[\\d${alike}]`;
const monthName = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
/** Where only digits can stand: in telephone numbers, dates in figures, and around the name of a month. */
const shapes = new RegExp(
  `(?<![a-z\\d])(?:${[
    `\\(?${figure}(?:[-. _/()*,]{0,2}${figure}){9}(?:x${figure}{1,5})?(?![a-z\\d])`,
    `${figure}{4}年${figure}{1,2}月${figure}{1,2}(?=日)`,
    `${figure}{3}[-. _]${figure}{4}(?![a-z\\d])`,
    `${figure}{1,2}( ?[-/._] ?)${figure}{1,2}\\1'?${figure}{2,4}(?![a-z\\d])`,
    `${figure}{2}/${figure}{4}(?![a-z\\d])`,
    `${figure}{4}(?=[/ -]${monthName}[/ -])`,
    `${figure}{4}[-/.]${figure}{1,2}[-/.]${figure}{1,2}(?=t|[^a-z\\d]|$)`,
    `(${monthName}[./ -]{1,2})${figure}{1,2}(?:[/-]| '?|, ?'?)${figure}{2,4}(?![a-z\\d])`,
    `${figure}{8}(?![a-z\\d])`,
    `(${monthName} (?:the )?)${figure}{1,2}(?=st|nd|rd|th)`,
    `(?:${figure}{4}[/ -])?${figure}{1,2}(?=(?:st|nd|rd|th) (?:of )?${monthName}(?![a-z])|[./ -]{1,2}${monthName}[ /-]\\d{4})`,
  ].join('|')})`,
  'y',
);
const leastFigures = 2;

/** Whole letters for digits as well, where the rest of the shape is of digits: `(6O2) SSS-Ol37`, `the Sth of June`. */
function shapedDigits(lex: Lexemes): Change[] {
  const changes: Change[] = [];
  let reached = 0;
  for (let at = 0; at < lex.count; at += 1) {
    if (startOf(lex, at) < reached || !mayBeFigures(lex, at)) continue;
    const change = shapeAround(lex, at, reached);
    if (change === undefined) continue;
    changes.push(change);
    reached = change.to;
  }
  return changes;
}

/** The shape that holds a word, begun by it or by one of those before it, behind `reached`. */
function shapeAround(lex: Lexemes, at: number, reached: number): Change | undefined {
  const { lower, text } = lex.view;
  for (let first = at; first >= 0 && first > at - wordsBefore; first -= 1) {
    const start = startOf(lex, first);
    if (start < reached) return undefined;
    if (first > 0 && endOf(lex, first - 1) === start) continue;
    const bracketed = lower.charCodeAt(start - 1) === bracket ? matchAt(shapes, lower, start - 1) : null;
    const match = bracketed ?? matchAt(shapes, lower, start);
    if (match === null) continue;
    const { index, 0: found, 2: named, 3: month = named ?? '' } = match;
    const [from, to] = [index + month.length, index + found.length];
    const figures = lower.slice(from, to);
    if (to < endOf(lex, at) - 2 || !/[a-z]/.test(figures)) continue;
    const unsure = figures.length > 2 && figures.replaceAll(/\D/g, '').length < leastFigures;
    // "June is 12": small letters by themselves are a word.
    if (!smallWord.test(text.slice(from, to))) return { from, to, dropped: [], unsure };
  }
  return undefined;
}

const smallWord = /(?<![A-Za-z\d])[A-Za-z]*[a-kmnp-z][A-Za-z]*(?![A-Za-z\d])/;
const bracket = 40;
/** As many as a shape may have before any one of them, in which letters and digits are words of their own. */
const wordsBefore = 8;
/** As many as a day has in a row, but one. */
const mostFigures = 7;
const ordinal = new RegExp(`^[${alike}]{1,2}(?:st|nd|rd|th)$`);
const isFigureLetter = (code: number): boolean => code > 96 && code < 123 && figureLetters[code - 97] === 1;
const figureLetters = Uint8Array.from({ length: 26 }, (_, at) =>
  String.fromCharCode(97 + at) in digitOf && at > 0 ? 1 : 0,
);
/** Signs between the parts of a shape: ( ) * , - . / _ */
const joins = (code: number): boolean => (code > 39 && code < 48 && code !== 43) || code === 95;

/** Whether letters can be digits of a shape: they look like some, and digits, or others such, stand beside them. */
function mayBeFigures(lex: Lexemes, at: number): boolean {
  const [start, end] = [startOf(lex, at), endOf(lex, at)];
  const { lower } = lex.view;
  if (end - start > mostFigures || !isFigureLetter(lower.charCodeAt(start))) return false;
  for (let index = start + 1; index < end; index += 1)
    if (!isFigureLetter(lower.charCodeAt(index))) return ordinal.test(lower.slice(start, end));
  const [before, behind] = [lower.charCodeAt(start - 1), lower.charCodeAt(end)];
  if (isDigit(before) || isDigit(behind)) return true;
  if (joins(before) && isFigure(lower.charCodeAt(start - 2))) return true;
  if (joins(behind) && isFigure(lower.charCodeAt(end + 1))) return true;
  if (is(lex, at + 1, listed.month) || is(lex, at - 1, listed.month)) return true;
  return end - start > 2 && (isNumber(lex, at + 1) || isNumber(lex, at - 1));
}

const isFigure = (code: number): boolean => isDigit(code) || isFigureLetter(code);

/** `XGHS4lBl6`: where the digits of a number of the record begin that has letters before them; 0 where all are digits. */
function prefixEnd(word: string, known: KnownWords): number {
  for (let at = 1; at <= Math.min(6, word.length - 4); at += 1)
    if (known.begins(word.slice(0, at)) && areFigures(word.slice(at))) return isDigits(word, at) ? 0 : at;
  return 0;
}

const areFigures = (text: string): boolean => Array.from(text).every((unit) => isFigure(unit.charCodeAt(0)));

function isDigits(text: string, from: number): boolean {
  for (let at = from; at < text.length; at += 1) if (!isDigit(text.charCodeAt(at))) return false;
  return true;
}

function mistakenClusters(lex: Lexemes, known: KnownWords, read: ReadWord[]): Change[] {
  const changes: Change[] = [];
  for (let at = 0; at + 1 < lex.count; at += 1) {
    if (startOf(lex, at + 1) !== endOf(lex, at)) continue;
    let last = at;
    let digits = 0;
    let letters = 0;
    let possible = true;
    for (
      let index = at;
      index === at || (index < lex.count && startOf(lex, index) === endOf(lex, index - 1));
      index += 1
    ) {
      last = index;
      const word = wordAt(lex, index);
      if (isNumber(lex, index)) digits += word.length;
      else {
        const goesOn = index + 1 < lex.count && startOf(lex, index + 1) === endOf(lex, index);
        const rest = withoutMonth(goesOn ? word : withoutOrdinal(word));
        letters += rest.length;
        possible &&= rest.length < 4 && Array.from(rest).every((letter) => letter in digitOf);
      }
    }
    const meant = digits > 0 && letters > 0 ? known.meant(lex, at, last) : undefined;
    if (meant !== undefined) read.push({ change: meant, sure: true });
    else if (!possible && digits > 1) {
      const prefix = prefixEnd(cluster(lex, at, last), known);
      const from = startOf(lex, at) + prefix;
      if (prefix > 0) changes.push({ from, to: endOf(lex, last), dropped: [] });
    }
    if (meant === undefined && !possible && digits * 2 <= endOf(lex, last) - startOf(lex, at)) {
      const word = letterReading(lex.view, startOf(lex, at), endOf(lex, last), known);
      if (word !== undefined) read.push(word);
    }
    if (possible && digits > 0 && letters > 0 && !clock.test(cluster(lex, at, last))) {
      const from = startOf(lex, at);
      const to = startOf(lex, last) + withoutOrdinal(wordAt(lex, last)).length;
      const { lower } = lex.view;
      if (
        (isNumberish(lex, at, last) && !isFrequency(lower, from, to)) ||
        known.begins(digitsFor(lex.view.text.slice(from, to)))
      )
        changes.push({ from, to, dropped: [] });
    }
    at = last;
  }
  return changes;
}

const cluster = (lex: Lexemes, first: number, last: number): string =>
  lex.view.lower.slice(startOf(lex, first), endOf(lex, last));

/** `q4-6h`: how often a drug is taken. */
const isFrequency = (lower: string, from: number, to: number): boolean =>
  lower.charCodeAt(from) === letterQ && frequencyEnd.test(lower.slice(to, to + 7));
const letterQ = 113;
const frequencyEnd = /^-\d{1,2} ?h(?:$|[^a-z\d])/;

/** `18T08`, `30Z`: the letters of a date with its time. */
const clock = /^\d{2}(?:t\d{2}(?:\d{2}){0,2})?z?$/;

/** Digits for the letters that look like them. */
export const digitsFor = (text: string): string => {
  const lower = text.toLowerCase();
  const month = monthIn(lower) ?? -3;
  let result = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    // The T between a day and its time is one.
    const kept = (at >= month && at < month + 3) || (at === 2 && /^t\d{2}/.test(lower.slice(at)));
    result += kept ? character : (digitOfCase[character] ?? digitOf[character.toLowerCase()] ?? character);
  }
  return result;
};

/** Long enough to be a number, together with the digits beside it, or beside a month. */
function isNumberish(lex: Lexemes, first: number, last: number): boolean {
  if (endOf(lex, last) - startOf(lex, first) > 2) return true;
  for (const beside of [first - 2, first - 1, last + 1, last + 2])
    if ((monthOf(wordAt(lex, beside)) ?? foreignMonthOf(wordAt(lex, beside))) !== undefined) return true;
  return (
    (isNumber(lex, first - 1) && startOf(lex, first) - endOf(lex, first - 1) < 4) ||
    (isNumber(lex, last + 1) && startOf(lex, last + 1) - endOf(lex, last) < 4) ||
    (last + 2 < lex.count && isNumber(lex, last + 2) && startOf(lex, last + 2) === endOf(lex, last + 1))
  );
}
