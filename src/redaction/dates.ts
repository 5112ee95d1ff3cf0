import type { FoundDate } from './found-date.ts';
import { endOf, is, isDigit, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { namedDate } from './month-dates.ts';
import { numericDate } from './numeric-dates.ts';
import { partsOfDate } from './parts-of-date.ts';
import { listed } from './word-marks.ts';
import { monthOf } from './words/calendar.ts';

/** Signs and digits by which a number goes on: . , / : $ # - */
const goesOn = (code: number): boolean =>
  isDigit(code) || code === 44 || (code > 44 && code < 48) || code === 58 || code === 35 || code === 36;

/** `471203,2022-01-21`: behind a number and its comma only a day with its year is one. */
const ownField = (date: FoundDate | undefined): FoundDate | undefined =>
  date === undefined || date.weak || date.recorded || date.days.length === 0 ? undefined : date;
const comma = 44;

/**
 * Every date expression of a view, from left to right and disjoint. Linear: each pattern is anchored and bounded.
 * `divided` is asked where a number begins none that is sure.
 */
export function findDates(
  lex: Lexemes,
  divided: (at: number) => FoundDate | undefined = () => undefined,
): FoundDate[] {
  const found: FoundDate[] = [];
  const { lower } = lex.view;
  let reached = 0;
  for (let index = 0; index < lex.count; index += 1) {
    const start = startOf(lex, index);
    if (start < reached) continue;
    let date: FoundDate | undefined;
    if (isNumber(lex, index)) {
      const width = endOf(lex, index) - start;
      // Behind a date and its hyphen begins the second one of a range.
      const glued =
        start > 1 &&
        isDigit(lower.charCodeAt(start - 2)) &&
        goesOn(lower.charCodeAt(start - 1)) &&
        !(reached === start - 1 && lower.charCodeAt(reached) === 45);
      const inWord = index > 0 && !isNumber(lex, index - 1) && endOf(lex, index - 1) === start;
      if (!glued && !inWord) date = partsOfDate(lex, index) ?? numericDate(lex, start, width);
      if (!glued && (date === undefined || date.weak || date.recorded)) date = divided(index) ?? date;
      if (glued && lower.charCodeAt(start - 1) === comma) date = ownField(numericDate(lex, start, width));
    } else {
      const month = is(lex, index, listed.month) ? monthOf(wordAt(lex, index)) : undefined;
      if (month !== undefined) date = namedDate(lex, index, month);
    }
    if (date === undefined || date.start < reached) continue;
    found.push(date);
    reached = date.end;
  }
  return found;
}
