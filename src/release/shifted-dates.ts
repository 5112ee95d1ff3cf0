import { monthDayOf } from '../redaction/calendar-days.ts';
import { findDates } from '../redaction/dates.ts';
import { lexemes } from '../redaction/lexemes.ts';
import { normalise } from '../redaction/normalise.ts';
import { shiftedDatesIn } from '../redaction/shifted-dates.ts';
import { shiftedDate, tokenOfDay } from '../vocabulary/shifted-calendar.ts';
import { dayMs, epochDayOf } from '../vocabulary/time.ts';
import { tokenDay, tokenPattern } from '../vocabulary/token.ts';

const mark = '(date)';
const units = 'mg|mcg|g|ml|l|units?|iu|steps|k?cal|calories|kj|cells|copies|meq|mmol|hours?|hrs?|h|ms|cc';
/** Numbers of four digits that may be a year of the shifted calendar, and no amount or time of day. */
const loneYears = new RegExp(
  `(?<![\\p{L}\\p{N}]|\\b\\d\\.|\\d,|\\bat |@ ?|[$])(2[1-4]\\d{2})(?!\\p{N}|,\\d{3}|\\.\\d{1,2}\\b(?!\\.)|\\s?(?:${units})\\b|\\s?%)`,
  'gu',
);
/** Written without signs or with points, and the end of a range that leaves out what its beginning says. */
const otherForms =
  /(?<![\p{L}\p{N}])2[1-4]\d{2}(?:0\d|1[0-2])[0-3]\d(?!\p{N})|\d{1,2}\.\s?\d{1,2}\.\s?2[1-4]\d{2}(?!\p{N})|\(date\)\s?(?:to|until|through|and|or|-|&|\/)\s?(?:the )?\d{1,2}(?:[-/.]\d{1,2}\b|(?:st|nd|rd|th)\b)/u;

/** Years around the dates of a scope in which what a model works out may lie. */
const yearsAround = 30;

const monthAndDay = ({ month, day: of }: { readonly month: number; readonly day: number }): string =>
  `${month}-${of}`;

/** Whether a text writes a day, month or year of the calendar, real or shifted, beside its tokens. */
function writesCalendar(text: string, counts: readonly number[]): boolean {
  const lex = lexemes(normalise(text.replaceAll(tokenPattern, mark)));
  const { lower } = lex.view;
  if (otherForms.test(lower)) return true;
  const shown = counts.flatMap((count) => epochDayOf(shiftedDate(count) ?? '') ?? []);
  const monthDays = new Set(shown.map((at) => monthAndDay(monthDayOf(at))));
  for (const { monthDay, recorded, weak } of findDates(lex)) {
    // What may as well be a ratio is a date where the model was shown one of that month and day.
    if (!weak && !recorded) return true;
    if (monthDay !== undefined && monthDays.has(monthAndDay(monthDay))) return true;
  }
  const years = shown.map((at) => new Date(at * dayMs).getUTCFullYear());
  const [from, to] = [Math.min(...years) - yearsAround, Math.max(...years) + yearsAround];
  return [...lower.matchAll(loneYears)].some(([written]) => Number(written) >= from && Number(written) <= to);
}

/**
 * An answer to a prompt whose dates were shifted, with every date as the token or day count that it stands for, so that
 * it is checked and turned back like any other. Undefined where something in it is a date, or a part of one, that cannot
 * be turned back for certain: then nothing of the answer may be released.
 *
 * `issued` are tokens of this scope as the vault spelled them. Time is linear in the length of the answer.
 */
export function withoutShiftedDates(answer: string, issued: ReadonlySet<string>): string | undefined {
  const tokens = new Map<number, string>();
  for (const token of issued) {
    const count = tokenDay(token);
    if (count !== undefined && !tokens.has(count)) tokens.set(count, token);
  }
  const [any] = tokens.values();
  let out = '';
  let at = 0;
  for (const { count, end, start } of shiftedDatesIn(answer)) {
    const token = tokens.get(count) ?? (any === undefined ? undefined : tokenOfDay(any, count));
    if (token === undefined) return undefined;
    out += answer.slice(at, start) + token;
    at = end;
  }
  out += answer.slice(at);
  return writesCalendar(out, [...tokens.keys()]) ? undefined : out;
}
