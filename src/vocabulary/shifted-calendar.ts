import { dayMs, isoDate } from './time.ts';
import { spellToken, type TokenType, tokenPattern } from './token.ts';

/**
 * Dates as a model reads them where a pack shifts them: the day count of a token, written as a day of a calendar of its
 * own. The count starts at a random day of the scope, so a shifted date tells what the count tells, intervals, and no
 * more. The calendar begins behind the last day that a date of a patient may have (`dayOfCount`): no shifted date can be
 * taken for a real one, nor a real one for a shifted one.
 *
 * 2150-01-01, in days since the Unix epoch.
 */
const firstDay = 65_744;
/** Of the counts that a scope gives to days of 1900 to 2149. */
const [leastCount, mostCount] = [1000, 121_400];

/** Days since the Unix epoch; undefined for a count that no scope gives. */
export const shiftedDay = (count: number): number | undefined =>
  count >= leastCount && count <= mostCount ? firstDay + count : undefined;

/** The same as `YYYY-MM-DD`. */
export function shiftedDate(count: number): string | undefined {
  const day = shiftedDay(count);
  return day === undefined ? undefined : isoDate(day * dayMs);
}

/** The day count of a shifted day, `epochDay` in days since the Unix epoch; undefined where it is none. */
export function countOfShifted(epochDay: number): number | undefined {
  const count = epochDay - firstDay;
  return count >= leastCount && count <= mostCount ? count : undefined;
}

/** Tokens of dates with a day count, written as shifted dates. */
export const withShiftedDates = (text: string): string =>
  text.replaceAll(tokenPattern, (token, type: TokenType, _random, _form, count?: string) =>
    type === 'DATE' && count !== undefined ? (shiftedDate(Number(count)) ?? token) : token,
  );

/** A token of the same date with another day count: what stands for a date that a model worked out. */
export function tokenOfDay(token: string, day: number): string | undefined {
  const [match] = token.matchAll(tokenPattern);
  const random = match?.[2];
  return random === undefined ? undefined : spellToken({ type: 'DATE', random, form: 1, day });
}
