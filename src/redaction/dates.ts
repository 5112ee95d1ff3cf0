import {
  endOf,
  is,
  isCapital,
  isDigit,
  isNumber,
  type Lexemes,
  lexemeAt,
  startOf,
  wordAt,
} from './lexemes.ts';
import { listed } from './word-marks.ts';
import { foreignMonthOf, monthOf, ordinalOf } from './words/calendar.ts';

/** A date found in a view; indices are of the view. */
export interface FoundDate {
  readonly start: number;
  readonly end: number;
  readonly precision: 'day' | 'month' | 'day-of-year';
  /** Readings, the likelier first; of `day-of-year` only month and day are known, and there is none. */
  readonly days: readonly number[];
  /** Month and day where no year was written. */
  readonly monthDay: { readonly month: number; readonly day: number } | undefined;
  /** Written so that only agreement with the record makes it a date, for example `3/4`. */
  readonly weak: boolean;
  /** Written so that it could be any number: only a day of the record counts. */
  readonly recorded: boolean;
}

const dayMs = 86_400_000;

/** Days since the Unix epoch, or undefined where the calendar has no such day or no patient could have it. */
export function epochDay(year: number, month: number, day: number): number | undefined {
  if (year < 1850 || year > 2150 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 ? Math.floor(at.getTime() / dayMs) : undefined;
}

/** Month and day of a day count, UTC. */
export function monthDayOf(day: number): { month: number; day: number } {
  const at = new Date(day * dayMs);
  return { month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

const yearsOf = (written: string): number[] => {
  const value = Number(written.replace("'", ''));
  if (written.replace("'", '').length > 2) return [value];
  return value <= 49 ? [2000 + value, 1900 + value] : [1900 + value, 2000 + value];
};

const days = (
  years: readonly number[],
  orders: readonly (readonly [month: number, day: number])[],
): number[] => {
  const result: number[] = [];
  for (const year of years)
    for (const [month, day] of orders) {
      const value = epochDay(year, month, day);
      if (value !== undefined && !result.includes(value)) result.push(value);
    }
  return result;
};

const time = '(?:t\\d{2}:?\\d{2}(?::?\\d{2}(?:[.,]\\d{1,9})?)?(?:z|[+-]\\d{2}:?\\d{2})?)?';
const yearFirst = new RegExp(`(\\d{4})(?:\\s?([-/.])\\s?)(\\d{1,2})\\s?\\2\\s?(\\d{1,2})(?!\\d)${time}`, 'y');
const yearLast = /(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|'?\d{2})(?!\d)(?![-/.]\d)/y;
const compact = new RegExp(`(\\d{4})(\\d{2})(\\d{2})(?!\\d)${time}`, 'y');
const compactYearLast = /(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)/y;
const isoWeek = /(\d{4})-?w(0[1-9]|[1-4]\d|5[0-3])(?:-?([1-7]))?(?![\da-z])/y;
const ordinalDate = /((?:19|20)\d{2})-([0-3]\d{2})(?![\d-])/y;
const yearMonthDay =
  /((?:19|20)\d{2})(?:,\s|[\s/.-])([a-z]{3,9})\.?[\s/.-]{1,2}(\d{1,2})(?:st|nd|rd|th)?(?!\d|[/%]|:\d|\.\d|,?\s?(?:19|20)\d{2})/y;
const monthSlashes = /\/(\d{1,2})\/('?\d{2}|\d{4})(?!\d)/y;
const monthYear = /(\d{1,2})\s?[/]\s?(\d{4})(?!\d)(?!\/)/y;
const yearMonth = /(\d{4})-(\d{2})(?![-\d])/y;
const slashed = /(\d{1,2})\/(\d{1,2})(?!\d|[/%]|\.\d)/y;
const rangeEnd = '(?:\\s?(?:-|to|through|and|&)\\s?\\d{1,2}(?:st|nd|rd|th)?(?!\\d))?';
const afterMonth = new RegExp(
  `[.\\s-]{0,3}(?:the\\s)?(\\d{1,2})(?:\\s?(?:st|nd|rd|th))?(?!\\d|[/%]|:\\d|\\.\\d)${rangeEnd}(?:(?:\\s?,\\s?|\\s|-|\\s?of\\s)\\s?('\\d{2}|\\d{4})(?!\\d))?`,
  'y',
);
const yearAfterMonth = /\.?[,\s-]{1,3}(?:of\s)?((?:19|20)\d{2})(?!\d|[-/]\d)/y;
const monthAfterDay =
  /(?:\s?(?:st|nd|rd|th|er))?(?:\s?-\s?\d{1,2}(?:\s?(?:st|nd|rd|th))?)?(?:[ .\n/-]{0,3})(?:day\s)?(?:of\s|(de\s))?([a-z]{3,10})/y;
const yearAfterDayMonth =
  /(?:\/|[.,]?[\s,-]{0,2}|\s(?:de|del|of)\s)(?:('?\d{2})(?!\d)(?!\s?(?:mg|ml|mcg|%|:\d|\/))|(\d{4})(?!\d)(?!\s?(?:mg|ml|mcg|%)|\/|:\d))/y;
const wordYear = /\s?,?\s?(?:of\s)?((?:19|20)\d{2})(?!\d)/y;

const at = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index;
  return pattern.exec(text);
};

const noDate: FoundDate = {
  start: 0,
  end: 0,
  precision: 'day-of-year',
  days: [],
  monthDay: undefined,
  weak: false,
  recorded: false,
};

const dated = (start: number, end: number, readings: readonly number[]): FoundDate | undefined =>
  readings.length === 0 ? undefined : { ...noDate, start, end, precision: 'day', days: readings };

const monthDate = (start: number, end: number): FoundDate => ({ ...noDate, start, end, precision: 'month' });

/** A date that begins with a run of `width` digits; the width tells which ways of writing one are possible. */
function numeric(lex: Lexemes, start: number, width: number): FoundDate | undefined {
  const text = lex.view.lower;
  if (width === 4) return beginsWithYear(text, start);
  if (width === 8) return inOnePiece(text, start);
  if (width > 2) return undefined;
  const sign = signAfter(text, start + width);
  if (sign === slash || sign === hyphen || sign === dot) {
    const found = endsWithYear(lex, start);
    if (found !== undefined) return found;
  }
  if (sign === slash) {
    const match = at(monthYear, text, start);
    if (match !== null && Number(match[1]) <= 12 && plausibleYear(match[2]))
      return monthDate(start, start + match[0].length);
  }
  return dayBeforeMonth(lex, start, width) ?? (sign === slash ? weakSlash(text, start) : undefined);
}

const [slash, hyphen, dot] = [47, 45, 46];

/** What stands after a number, a space between them left out. */
function signAfter(text: string, end: number): number {
  const code = text.charCodeAt(end);
  return code > 32 && code < 128 ? code : text.charCodeAt(end + 1);
}

/** `2026-03-14`, `2026-W11-6`, `2026 Mar 14`, `2026-073`, `2026-03`. */
function beginsWithYear(text: string, start: number): FoundDate | undefined {
  const match = at(yearFirst, text, start);
  if (match !== null) {
    const found = dated(
      start,
      start + match[0].length,
      days([Number(match[1])], [[Number(match[3]), Number(match[4])]]),
    );
    if (found !== undefined) return found;
  }
  const unusual = uncommon(text, start);
  if (unusual !== undefined) return unusual;
  const month = at(yearMonth, text, start);
  return month !== null && Number(month[2]) <= 12 && Number(month[2]) > 0 && plausibleYear(month[1])
    ? monthDate(start, start + month[0].length)
    : undefined;
}

/** `3/14/2026`, `14.03.26`. */
function endsWithYear(lex: Lexemes, start: number): FoundDate | undefined {
  const text = lex.view.lower;
  const match = at(yearLast, text, start);
  if (match === null) return undefined;
  const [first, second] = [Number(match[1]), Number(match[3])];
  const dotted = match[2] === '.';
  const short = (match[4] ?? '').length < 4;
  // `1.2.10` at the beginning of a line, or after "version", is a section or a release.
  const plausible =
    !short ||
    match[2] === '/' ||
    (match[1]?.length === 2 && match[3]?.length === 2) ||
    (dotted && !numbersText(lex, start) && standsFree(text, start + match[0].length));
  const orders: [number, number][] = dotted
    ? [
        [second, first],
        [first, second],
      ]
    : [
        [first, second],
        [second, first],
      ];
  return plausible ? dated(start, start + match[0].length, days(yearsOf(match[4] ?? ''), orders)) : undefined;
}

/** `20260314`, `03142026`. */
function inOnePiece(text: string, start: number): FoundDate | undefined {
  const match = at(compact, text, start);
  if (match !== null && Number(match[1]) >= 1900 && Number(match[1]) <= 2100) {
    const found = dated(
      start,
      start + match[0].length,
      days([Number(match[1])], [[Number(match[2]), Number(match[3])]]),
    );
    if (found !== undefined) return found;
  }
  return yearInPiece(text, start);
}

/** What is numbered with dots: "version 10.2.33", "section 1.2.10"; a line that begins so. */
const numbered = new Set(
  'version versions v ver release section sections chapter table figure fig item step appendix rule cfr icd code build'.split(
    ' ',
  ),
);

function numbersText(lex: Lexemes, start: number): boolean {
  const { lower } = lex.view;
  if (start === 0 || /[\n\t(§v]/.test(lower.charAt(start - 1))) return true;
  return numbered.has(wordAt(lex, lexemeAt(lex, start) - 1));
}

/** Nothing stands after that would measure or go on with the number. */
const standsFree = (text: string, end: number): boolean =>
  /^(?:$|[,;:)?!|\n]|\.(?:$|[\s)])| (?!mg|ml|mm|cm|kg|x |%))/.test(text.slice(end, end + 4));

/** Week dates and days of a year (ISO 8601), and the year before a month's name. */
function uncommon(text: string, start: number): FoundDate | undefined {
  const week = at(isoWeek, text, start);
  if (week !== null && plausibleYear(week[1])) {
    const end = start + week[0].length;
    const first = epochDay(Number(week[1]), 1, 4) ?? 0;
    // Monday of the week that holds January 4th.
    const monday = first - ((new Date(first * dayMs).getUTCDay() + 6) % 7);
    if (week[3] === undefined) return monthDate(start, end);
    return dated(start, end, [monday + (Number(week[2]) - 1) * 7 + Number(week[3]) - 1]);
  }
  const spelled = at(yearMonthDay, text, start);
  const month = spelled === null ? undefined : monthOf(spelled[2] ?? '');
  if (spelled !== null && month !== undefined)
    return dated(start, start + spelled[0].length, days([Number(spelled[1])], [[month, Number(spelled[3])]]));
  const ordinal = at(ordinalDate, text, start);
  const firstDay = ordinal === null ? undefined : epochDay(Number(ordinal[1]), 1, 1);
  if (ordinal !== null && firstDay !== undefined)
    return recordedOnly(dated(start, start + ordinal[0].length, [firstDay + Number(ordinal[2]) - 1]));
  return undefined;
}

function yearInPiece(text: string, start: number): FoundDate | undefined {
  const match = at(compactYearLast, text, start);
  if (match === null) return undefined;
  const [one, other] = [Number(match[1]), Number(match[2])];
  return recordedOnly(
    dated(
      start,
      start + match[0].length,
      days(
        [Number(match[3])],
        [
          [one, other],
          [other, one],
        ],
      ),
    ),
  );
}

const recordedOnly = (date: FoundDate | undefined): FoundDate | undefined =>
  date === undefined ? undefined : { ...date, recorded: true };

const plausibleYear = (year: string | undefined): boolean => Number(year) >= 1900 && Number(year) <= 2100;

function dayBeforeMonth(lex: Lexemes, start: number, width: number): FoundDate | undefined {
  const text = lex.view.lower;
  let index = start;
  while (index < start + width && text.charCodeAt(index) >= 48 && text.charCodeAt(index) <= 57) index += 1;
  const match = at(monthAfterDay, text, index);
  if (match === null) return undefined;
  const word = match[2] ?? '';
  const month = monthOf(word) ?? foreignMonthOf(word);
  const day = Number(text.slice(start, index));
  if (month === undefined || day < 1 || day > 31) return undefined;
  const end = index + match[0].length;
  if (/[a-z]/.test(text.charAt(end))) return undefined;
  const year = at(yearAfterDayMonth, text, end);
  // "at 15 may return": a month that is an everyday word needs its year or a capital.
  if (
    year === null &&
    (word === 'may' || word === 'march') &&
    lex.view.text.startsWith(word, end - word.length)
  )
    return undefined;
  if (otherWords.has(word) && match[1] === undefined && year === null) return undefined;
  return withYear(text, start, end, month, day, year);
}

function withYear(
  text: string,
  start: number,
  end: number,
  month: number,
  day: number,
  year: RegExpExecArray | null,
): FoundDate | undefined {
  const written = year?.[1] ?? year?.[2] ?? '';
  if (year !== null && written !== '') {
    const found = dated(start, end + year[0].length, days(yearsOf(written), [[month, day]]));
    if (found !== undefined && (written.length !== 2 || /[-'\s/]/.test(text.charAt(end)))) return found;
  }
  if (epochDay(2000, month, day) === undefined) return undefined;
  return { ...noDate, start, end, monthDay: { month, day } };
}

function weakSlash(text: string, start: number): FoundDate | undefined {
  const match = at(slashed, text, start);
  if (match === null) return undefined;
  const [month, day] = [Number(match[1]), Number(match[2])];
  if (epochDay(2000, month, day) === undefined && epochDay(2000, day, month) === undefined) return undefined;
  return { ...noDate, start, end: start + match[0].length, monthDay: { month, day }, weak: true };
}

function named(lex: Lexemes, index: number, month: number): FoundDate | undefined {
  const text = lex.view.lower;
  const start = startOf(lex, index);
  const end = endOf(lex, index);
  // "the fourth of March 2026", "fourth March"
  const before = wordAt(lex, index - 1) === 'of' ? index - 2 : index - 1;
  let ordinal = ordinalOf(wordAt(lex, before));
  if (ordinal !== undefined && before >= 0) {
    const tens = ordinalOf(`${wordAt(lex, before - 1)}-`) ?? 0;
    const first = tens > 0 ? before - 1 : before;
    const year = at(wordYear, text, end);
    return withYear(text, startOf(lex, first), end, month, ordinal + tens, year);
  }
  const slashes = at(monthSlashes, text, end);
  if (slashes !== null) {
    const found = dated(
      start,
      end + slashes[0].length,
      days(yearsOf(slashes[2] ?? ''), [[month, Number(slashes[1])]]),
    );
    if (found !== undefined) return found;
  }
  const match = at(afterMonth, text, end);
  if (match !== null) {
    const day = Number(match[1]);
    const stop = end + match[0].length;
    if (match[2] !== undefined) return dated(start, stop, days(yearsOf(match[2]), [[month, day]]));
    if (epochDay(2000, month, day) !== undefined && !ambiguous(lex, index)) {
      return { ...noDate, start, end: stop, monthDay: { month, day } };
    }
  }
  const next = wordAt(lex, index + 1) === 'the' ? index + 2 : index + 1;
  const tens = ordinalOf(`${wordAt(lex, next)}-`) ?? 0;
  const last = tens > 0 && ordinalOf(wordAt(lex, next + 1)) !== undefined ? next + 1 : next;
  ordinal = ordinalOf(wordAt(lex, last));
  if (ordinal !== undefined && !ambiguous(lex, index)) {
    const day = last > next ? tens + ordinal : ordinal;
    return withYear(text, start, endOf(lex, last), month, day, at(wordYear, text, endOf(lex, last)));
  }
  const year = at(yearAfterMonth, text, end);
  if (year !== null) return monthDate(start, end + year[0].length);
  const cue = wordAt(lex, index - 1);
  const announced =
    index > 0 && monthCues.has(cue) && isCapital(lex, index) && (cue !== 'in' || happens(lex, index - 2));
  return announced && !isNumber(lex, index + 1) ? monthDate(start, end) : undefined;
}

/** Whether a visit or the like is told in the eight words before. */
function happens(lex: Lexemes, last: number): boolean {
  for (let far = last; far > last - 8 && far >= 0; far -= 1) if (is(lex, far, listed.visit)) return true;
  return false;
}

/** Words between which and a month's name no other reading fits: last December, since March. */
const monthCues = new Set('last in since during until early late mid next'.split(' '));

/** Foreign months that are other words or names as well: they need their year. */
const otherWords = new Set(['mars', 'mai', 'maio', 'marco', 'mayo', 'marz', 'feber']);

/** Months that are also everyday words count without a year only where they are capitalised. */
function ambiguous(lex: Lexemes, index: number): boolean {
  const word = wordAt(lex, index);
  return (word === 'may' || word === 'march') && lex.view.text.charAt(startOf(lex, index)) === word.charAt(0);
}

/** Signs and digits by which a number goes on: . , / : $ # - */
const goesOn = (code: number): boolean =>
  isDigit(code) || code === 44 || (code > 44 && code < 48) || code === 58 || code === 35 || code === 36;

/** Every date expression of a view, from left to right and disjoint. Linear: each pattern is anchored and bounded. */
export function findDates(lex: Lexemes): FoundDate[] {
  const found: FoundDate[] = [];
  const { lower } = lex.view;
  let reached = 0;
  for (let index = 0; index < lex.count; index += 1) {
    const start = startOf(lex, index);
    if (start < reached) continue;
    let date: FoundDate | undefined;
    if (isNumber(lex, index)) {
      const width = endOf(lex, index) - start;
      const glued = start > 1 && isDigit(lower.charCodeAt(start - 2)) && goesOn(lower.charCodeAt(start - 1));
      const inWord = index > 0 && !isNumber(lex, index - 1) && endOf(lex, index - 1) === start;
      if (!glued && !inWord) date = numeric(lex, start, width);
    } else {
      const month = is(lex, index, listed.month) ? monthOf(wordAt(lex, index)) : undefined;
      if (month !== undefined) date = named(lex, index, month);
    }
    if (date === undefined || date.start < reached) continue;
    found.push(date);
    reached = date.end;
  }
  return found;
}
