import { endOf, isDigit, isNumber, type Lexemes, startOf } from './lexemes.ts';
import type { ReadWord } from './mistaken-letters.ts';
import type { KnownWords } from './written-otherwise.ts';

const bar = 124;
const figure = String.raw`[\d|]`;
const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
/** Days with their years; a bar of a table has none of them on both sides. */
const days = new RegExp(
  `(?<![\\w|])(?:${[
    `${figure}{1,2}([-/.])${figure}{1,2}\\1${figure}{2}(?:${figure}{2})?`,
    `${figure}{4}([-/.])${figure}{1,2}\\2${figure}{1,2}`,
    `${month}[./ -]{1,2}${figure}{1,2}(?:st|nd|rd|th)?,?[/ -]{1,2}${figure}{4}`,
    `${figure}{1,2}[/ -]${month}[./ -]{1,2}${figure}{4}`,
  ].join('|')})(?![\\w|])`,
  'g',
);

/** `| June 2020`, `June | 2020`: with blanks on its sides a bar is one of a table. */
const betweenCells = /(?<![^ ])\|{1,2}(?![^ ])/;

/**
 * Numbers of the record and days in which a bar was read for a one: `97|-555-0|42`, `Aug 26, 202|`. Between cells of a table
 * stands a bar as well: a number counts only where the record has it, a day only as a whole.
 */
export function barredFigures(lex: Lexemes, known: KnownWords): ReadWord[] {
  const { lower } = lex.view;
  if (!lower.includes('|')) return [];
  const read = Array.from(lower.matchAll(days), ({ index, 0: day }) => ({ from: index, day }))
    .filter(({ day }) => day.includes('|') && !betweenCells.test(day))
    .map(
      ({ from, day }): ReadWord => ({
        change: { from, to: from + day.length, dropped: [], instead: day.replaceAll('|', '1') },
        sure: true,
      }),
    );
  for (let at = 0; at < lex.count; at += 1) {
    if (!isNumber(lex, at) || !besideBar(lower, startOf(lex, at), endOf(lex, at))) continue;
    const change = known.meant(lex, at, at);
    if (change !== undefined) read.push({ change, sure: true });
  }
  return read;
}

/** Whether a bar stands right before or behind a number, and a figure or nothing more of a word on its other side. */
const besideBar = (lower: string, from: number, to: number): boolean =>
  lower.charCodeAt(to) === bar ||
  (lower.charCodeAt(from - 1) === bar && !isDigit(lower.charCodeAt(from - 2)));
