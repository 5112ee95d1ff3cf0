import { shiftedDatesIn } from '../redaction/shifted-dates.ts';
import { tokenOfDay } from '../vocabulary/shifted-calendar.ts';
import { tokenDay } from '../vocabulary/token.ts';
import { writesCalendar } from './written-calendar.ts';

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
    const before = answer.slice(Math.max(at, start - longestLead), start);
    if (token === undefined || sharesMonth(before, answer.slice(start, end))) return undefined;
    out += answer.slice(at, start) + token;
    at = end;
  }
  out += answer.slice(at);
  return writesCalendar(out, [...tokens.keys()]) ? undefined : out;
}

/** How far before a date a day stands that has its month and year. */
const longestLead = 24;
const dayBefore =
  /(?<![\p{L}\p{N}]|\p{N}[.,/:])[0-3]?\d(?:st|nd|rd|th)?\s{0,2}(?:,|;|&|[-\u2010-\u2015\u2212]|\b(?:to|and|or|through|thru|until|till)\b)\s{0,2}(?:the )?$/iu;

/** `17 to 19 May 2290`: the first day has no month of its own, and would be left behind. */
const sharesMonth = (before: string, date: string): boolean =>
  !/^\p{N}{4}/u.test(date) && /^\p{N}/u.test(date) && dayBefore.test(before);
