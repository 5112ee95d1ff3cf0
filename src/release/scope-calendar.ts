import { dayMs, isoDate } from '../vocabulary/time.ts';
import { type IssuedForm, type TokenIndex, type WrittenToken, writtenTokens } from './token-forms.ts';

/** What turns day counts of one scope back into days. */
export interface ScopeCalendar {
  /** Day that the counts start from, in days since the Unix epoch. */
  readonly anchor: number;
  /** The patient's birth, in days since the Unix epoch. */
  readonly birth?: number;
}

/** 1900-01-01 to 2149-12-31: a count outside of it is no date of a patient, and the number is something else. */
const [earliest, latest] = [-25_567, 65_743];

/**
 * The calendar by the dates that were hidden for this very request: the vault's own anchor could be one of a later
 * scope. Undefined where no full date was hidden, or where two of them disagree.
 */
export function calendarOf(
  issued: readonly { readonly request: { readonly epochDay?: number }; readonly token: string }[],
  birth?: number,
): ScopeCalendar | undefined {
  const anchors = new Set<number>();
  for (const { request, token } of issued) {
    const day = writtenTokens(token)[0]?.day;
    if (day !== undefined && request.epochDay !== undefined) anchors.add(request.epochDay - day);
  }
  const [anchor, another] = anchors;
  if (anchor === undefined || another !== undefined) return undefined;
  return { anchor, ...(birth === undefined ? {} : { birth }) };
}

/** Days since the Unix epoch of a day count; undefined where no date of a patient can be meant. */
export function dayOfCount({ anchor }: ScopeCalendar, count: number): number | undefined {
  const day = anchor + count;
  return day >= earliest && day <= latest ? day : undefined;
}

/** `YYYY-MM-DD`. */
export const dateOfDay = (day: number): string => isoDate(day * dayMs);

/** 0 is Sunday. */
export const weekdayOf = (day: number): number => new Date(day * dayMs).getUTCDay();

/** A date as an answer writes it: an issued token, or a day count. */
export interface WrittenDate {
  readonly start: number;
  readonly end: number;
  readonly day: number | undefined;
  /** `issued` stands for a recorded value; a `count` that no token of the scope has was computed by the model. */
  readonly by:
    | { readonly kind: 'issued'; readonly token: WrittenToken; readonly form: IssuedForm }
    | { readonly kind: 'count'; readonly known: boolean };
}

const number = '(\\d{2,3},\\d{3}|\\d{5,6})(?!,?\\d|\\.\\d)';
const counted = new RegExp(
  `(?<![A-Za-z0-9_-])(?:\\[{1,2}\\s?)?(?:DATE[-\\s:_]{1,2})?days?(?:\\s(?:count|number|no\\.))?(?:[\\s:#_-]|\\s[#:]\\s?){1,2}${number}(?:\\s?\\]{1,2})?|(?<![\\d,.])${number.replace('(?!', '(?:th|st|nd|rd)\\sday\\b(?!')}`,
  'gi',
);
const another = new RegExp(
  `\\s?(?:,\\s?(?:and\\s|or\\s)?|;\\s?|/|and\\s|or\\s|to\\s|until\\s|through\\s|&\\s?|[-\\u2010-\\u2015]\\s?)${number}`,
  'iy',
);

const valueOf = (written: string): number => Number(written.replace(',', ''));

interface Count {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** `day 65030`, `days 65,030 to 65,037`, `the 65030th day`. */
function countsIn(text: string): Count[] {
  return [...text.matchAll(counted)].flatMap((match) => {
    const found: Count[] = [
      {
        start: match.index,
        end: match.index + match[0].length,
        count: valueOf(match[1] ?? match[2] ?? ''),
      },
    ];
    another.lastIndex = match.index + match[0].length;
    for (let next = another.exec(text); next !== null; next = another.exec(text)) {
      const end = next.index + next[0].length;
      const written = next[1] ?? '';
      found.push({ start: end - written.length, end, count: valueOf(written) });
    }
    return found;
  });
}

/** Every date of an answer in order. A number that no date of a patient can be is left out. */
export function writtenDates(
  text: string,
  issued: TokenIndex,
  calendar: ScopeCalendar | undefined,
): WrittenDate[] {
  const dayOf = (count: number | undefined): number | undefined =>
    count === undefined || calendar === undefined ? undefined : dayOfCount(calendar, count);
  const tokens = writtenTokens(text).filter(({ type }) => type === 'DATE');
  const dates = tokens.flatMap((token): WrittenDate[] => {
    const form = issued.issued(token);
    if (form === undefined) return [];
    const { start, end } = token;
    // Another count than the token's own is another day, whatever the token.
    if (token.day !== undefined && token.day !== form.day)
      return [{ start, end, day: dayOf(token.day), by: { kind: 'count', known: false } }];
    return [{ start, end, day: dayOf(form.day), by: { kind: 'issued', token, form } }];
  });
  let next = 0;
  const counts = countsIn(text).flatMap(({ start, end, count }): WrittenDate[] => {
    const day = dayOf(count);
    // Both stand in order.
    while (next < tokens.length && (tokens[next]?.end ?? 0) <= start) next += 1;
    if (day === undefined || (tokens[next]?.start ?? end) < end) return [];
    return [{ start, end, day, by: { kind: 'count', known: issued.days.has(count) } }];
  });
  return [...dates, ...counts].toSorted((a, b) => a.start - b.start);
}
