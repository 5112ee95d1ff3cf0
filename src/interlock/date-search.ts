import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { isoDate } from '../vocabulary/time.ts';
import type { Piece } from './pieces.ts';
import type { Report } from './report.ts';
import { dateFillers, months } from './spellings.ts';

/** Days of the record as `YYYY-MM-DD`. */
export type DateIndex = ReadonlySet<string>;

export function indexDates(values: readonly IdentityValue[]): DateIndex {
  const days = new Set<string>();
  for (const value of values) {
    const day = value.date?.day ?? (value.kind === 'date' ? value.text.slice(0, 10) : '');
    if (/^\d{4}-\d{2}-\d{2}$/.test(day)) days.add(day);
  }
  return days;
}

const two = (number: number): string => String(number).padStart(2, '0');
const spell = (year: string, month: number, day: number): string => `${year}-${two(month)}-${two(day)}`;
const numberSeparator = /^(?:[-/.\u2010-\u2015]|\. )$/;

/** Four-digit years that a written year may mean. */
const yearsOf = (word: string): string[] => {
  if (/^\d{4}$/.test(word)) return [word];
  return /^\d{2}$/.test(word) ? [`19${word}`, `20${word}`] : [];
};

const smallNumber = (piece: Piece | undefined): number =>
  piece?.type === 'digits' && piece.word.length <= 2 ? Number(piece.word) : 0;

/** `2026-03-04`, `03/04/2026`, `4.3.26`: both orders of day and month. */
function numeric(text: string, pieces: readonly Piece[], at: number, yearDigits: number): string[] {
  const [a, b, c] = [pieces[at], pieces[at + 1], pieces[at + 2]];
  if (a?.type !== 'digits' || b?.type !== 'digits' || c?.type !== 'digits') return [];
  const gap = text.slice(a.end, b.start);
  if (!numberSeparator.test(gap) || text.slice(b.end, c.start) !== gap) return [];
  if (text.charAt(a.start - 1) === '.' && pieces[at - 1]?.end === a.start - 1) return [];
  if (a.word.length === 4)
    return [spell(a.word, smallNumber(b), smallNumber(c)), spell(a.word, smallNumber(c), smallNumber(b))];
  if (c.word.length < yearDigits) return [];
  return yearsOf(c.word).flatMap((year) => [
    spell(year, smallNumber(a), smallNumber(b)),
    spell(year, smallNumber(b), smallNumber(a)),
  ]);
}

/** Unix time of midnight UTC, in seconds or milliseconds, before or after 1970. */
function ofEpoch(word: string): string[] {
  const milliseconds = word.length > 10;
  if (word.length > 13 || (milliseconds && !word.endsWith('000'))) return [];
  const seconds = milliseconds ? Number(word) / 1000 : Number(word);
  return seconds % 86_400 === 0 ? [isoDate(seconds * 1000), isoDate(seconds * -1000)] : [];
}

/** `20260304`, `03042026`, Unix time. */
function compact(word: string): string[] {
  if (word.length !== 8) return ofEpoch(word);
  const [one, other, year] = [Number(word.slice(0, 2)), Number(word.slice(2, 4)), word.slice(4)];
  return [
    `${word.slice(0, 4)}-${word.slice(4, 6)}-${word.slice(6)}`,
    spell(year, one, other),
    spell(year, other, one),
    ...ofEpoch(word),
  ];
}

const widestGap = 8;

/** The piece after `at` in `step` direction, fillers such as `of` skipped; near ones only. */
function neighbour(pieces: readonly Piece[], at: number, step: 1 | -1): number {
  let next = at + step;
  for (let skipped = 0; skipped < 2 && dateFillers.has(pieces[next]?.word ?? ''); skipped += 1) {
    const [near, far] = step === 1 ? [pieces[next - 1], pieces[next]] : [pieces[next], pieces[next + 1]];
    if (near === undefined || far === undefined || far.start - near.end > widestGap) return -1;
    next += step;
  }
  const [near, far] = step === 1 ? [pieces[next - 1], pieces[next]] : [pieces[next], pieces[next + 1]];
  return near !== undefined && far !== undefined && far.start - near.end <= 3 ? next : -1;
}

interface Reading {
  readonly days: readonly string[];
  readonly first: number;
  readonly last: number;
}

/** `March 4th, 2026`, `4 de marzo de 2026`, `2026 March 4`, `04-Mar-26`. All readings. */
function named(pieces: readonly Piece[], at: number): Reading[] {
  const month = months.get(pieces[at]?.word ?? '');
  if (month === undefined) return [];
  const before = neighbour(pieces, at, -1);
  const after = neighbour(pieces, at, 1);
  const later = after < 0 ? -1 : neighbour(pieces, after, 1);
  const readings = [
    { day: before, year: after },
    { day: after, year: later },
    { day: after, year: before },
  ];
  return readings.flatMap(({ day, year }) => {
    const number = smallNumber(pieces[day]);
    const days =
      number === 0 ? [] : yearsOf(pieces[year]?.word ?? '').map((written) => spell(written, month, number));
    return days.length === 0 ? [] : [{ days, first: Math.min(at, day, year), last: Math.max(at, day, year) }];
  });
}

/** Full days of the record in a folded text. `yearDigits` 4 leaves out years of two digits. */
export function searchDates(
  text: string,
  pieces: readonly Piece[],
  index: DateIndex,
  report: Report,
  yearDigits: 2 | 4 = 2,
): void {
  if (index.size === 0) return;
  const hit = (days: readonly string[], first: number, last: number): void => {
    const start = pieces[first]?.start ?? 0;
    if (days.some((day) => index.has(day))) report('date', start, pieces[last]?.end ?? start);
  };
  pieces.forEach((piece, at) => {
    if (piece.type === 'letters') {
      // Most words are no months.
      if (!months.has(piece.word)) return;
      for (const { days, first, last } of named(pieces, at)) hit(days, first, last);
    } else if (piece.type === 'digits') {
      if (piece.word.length >= 8) hit(compact(piece.word), at, at);
      hit(numeric(text, pieces, at, yearDigits), at, at + 2);
    }
  });
}
