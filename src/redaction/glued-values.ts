import { epochDay } from './calendar-days.ts';
import { GapPattern } from './gaps.ts';
import { endOf, gapAfter, isNumber, type Lexemes, lengthOf, startOf } from './lexemes.ts';
import type { Match } from './match.ts';
import { longNumber, type NumberIndex } from './record-numbers.ts';

/**
 * Numbers and days of the record in groups, with other figures written to the first or the last of them:
 * `1953-49-8000`, `2026-03-0412:30`. Groups are what tells them from any other row of figures.
 */
const mostGroups = 4;
const between = new GapPattern(/^[-./ ()_\u2010-\u2015]{1,2}$/);
/** Fewer figures may stand in the figures of something else. */
const leastDigits = 9;
const longestEnd = 11;

const goesOn = (lex: Lexemes, at: number): boolean => isNumber(lex, at + 1) && between.after(lex, at);

/** Figures between the ends of two groups. */
const innerOf = (lex: Lexemes, head: number, tail: number): string => {
  let inner = '';
  for (let at = head + 1; at < tail; at += 1) inner += lex.view.lower.slice(startOf(lex, at), endOf(lex, at));
  return inner;
};

/** Telephone numbers and identifiers of nine figures and more. */
export function gluedNumbers(lex: Lexemes, numbers: NumberIndex): Match[] {
  const matches: Match[] = [];
  if (numbers.meanings.size === 0) return matches;
  for (let head = 0; head < lex.count; head += 1) {
    if (!isNumber(lex, head)) continue;
    let inner = 0;
    for (let tail = head + 1; tail < head + mostGroups && goesOn(lex, tail - 1); tail += 1) {
      if (tail > head + 1) inner += lengthOf(lex, tail - 1);
      if (inner > longestEnd) break;
      if (lengthOf(lex, head) + inner + lengthOf(lex, tail) <= leastDigits) continue;
      const match = numberBetween(lex, numbers, head, tail);
      if (match !== undefined) matches.push(match);
    }
  }
  return matches;
}

/** A number of an end of the first and a beginning of the last group, the longest first; not of all of both. */
function numberBetween(
  lex: Lexemes,
  { meanings }: NumberIndex,
  head: number,
  tail: number,
): Match | undefined {
  const { lower } = lex.view;
  const [end, start] = [endOf(lex, head), startOf(lex, tail)];
  const [most, mostOf] = [lengthOf(lex, head), lengthOf(lex, tail)];
  const inner = innerOf(lex, head, tail);
  for (let first = Math.min(most, longestEnd); first > 0; first -= 1)
    for (
      let last = Math.min(mostOf, longestEnd);
      last > 0 && first + inner.length + last >= leastDigits;
      last -= 1
    ) {
      if (first === most && last === mostOf) continue;
      const meaning = meanings.get(lower.slice(end - first, end) + inner + lower.slice(start, start + last));
      if (meaning !== undefined && !meaning.cued && !meaning.postal)
        return longNumber(meaning, end - first, start + last);
    }
  return undefined;
}

/** Figures of the first and of the last group of a day; years have four. */
const dayEnds: readonly (readonly [first: number, last: number])[] = [
  [4, 2],
  [4, 1],
  [2, 4],
  [1, 4],
];

/** Full days of the record. */
export function gluedDays(lex: Lexemes, days: ReadonlySet<number>): Match[] {
  const matches: Match[] = [];
  if (days.size === 0) return matches;
  for (let head = 0; head + 2 < lex.count; head += 1) {
    if (!isNumber(lex, head) || !goesOn(lex, head) || lengthOf(lex, head + 1) > 2) continue;
    if (!goesOn(lex, head + 1) || gapAfter(lex, head) !== gapAfter(lex, head + 1)) continue;
    const match = dayBetween(lex, days, head);
    if (match !== undefined) matches.push(match);
  }
  return matches;
}

function dayBetween(lex: Lexemes, days: ReadonlySet<number>, head: number): Match | undefined {
  const { lower } = lex.view;
  const tail = head + 2;
  const [end, start] = [endOf(lex, head), startOf(lex, tail)];
  const [most, mostOf] = [lengthOf(lex, head), lengthOf(lex, tail)];
  for (const [first, last] of dayEnds) {
    if (first > most || last > mostOf || (first === most && last === mostOf)) continue;
    // A day of one figure ends where its group does.
    if ((first === 1 && most > 1) || (last === 1 && mostOf > 1)) continue;
    const found = dayOf(
      lower.slice(end - first, end),
      innerOf(lex, head, tail),
      lower.slice(start, start + last),
    ).find((day) => day !== undefined && days.has(day));
    if (found !== undefined)
      return {
        start: end - first,
        end: start + last,
        type: 'DATE',
        rule: 'record.date',
        entity: `day:${found}`,
        rank: 2,
        full: true,
        exact: false,
        epochDay: found,
      };
  }
  return undefined;
}

/** The days that three groups can name, in the orders in which they are written. */
const dayOf = (first: string, inner: string, last: string): readonly (number | undefined)[] =>
  first.length === 4
    ? [epochDay(Number(first), Number(inner), Number(last))]
    : [
        epochDay(Number(last), Number(inner), Number(first)),
        epochDay(Number(last), Number(first), Number(inner)),
      ];
