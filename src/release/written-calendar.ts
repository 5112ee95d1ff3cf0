import { monthDay as monthAndDay, monthDayOf } from '../redaction/calendar-days.ts';
import { findDates } from '../redaction/dates.ts';
import type { FoundDate } from '../redaction/found-date.ts';
import { lexemes } from '../redaction/lexemes.ts';
import { normalise } from '../redaction/normalise.ts';
import { anyMonth, foreignMonthOf } from '../redaction/words/calendar.ts';
import { shiftedDay } from '../vocabulary/shifted-calendar.ts';
import { dayMs } from '../vocabulary/time.ts';
import { tokenPattern } from '../vocabulary/token.ts';

/** Stands where a date can be turned back. */
const mark = '(date)';
const year = '2[1-4]\\d{2}';

const amounts =
  'mg|mcg|ug|µg|μg|ng|pg|milligrams?|micrograms?|grams?|g(?!-)|kg|lbs?|pounds|ml|cc|units?|iu|miu|steps|k?cal|k?calories|k?calorie|kj|cells|copies|meq|mmol|ms|meters?|metres?|feet|ft';
const denominators = '(?:d?l|ml|[uµμ]l|cumm|mm3?|mm\u00b3|hpf|day|d|min|hr?|hours?|weeks?|kg|m2|24)\\b';
/** What follows a number that is an amount. */
const measured = `\\s?-?(?:${amounts})\\b|\\s?[a-zµμ]{0,6}/\\s?${denominators}|\\s?%`;
/** Between 21:00 and 24:00, as a ward writes it. */
const timeOfDay = '(?:2[1-3][0-5]\\d|2400)';
const nightHours = `${timeOfDay}\\s?(?:(?:h|hrs?|hours?)\\b(?![.&])|(?:-|to|and|until|through)\\s?[01]\\d{3}\\b)`;
/** Numbers of four digits that may be a year of the shifted calendar, and no amount, time of day or LOINC code. */
const loneYears = new RegExp(
  `(?<![\\p{L}\\p{N}]|\\b\\d\\.|[$]|(?:\\bat |@ ?)(?=${timeOfDay}\\b)|\\bloinc[^\\p{N}]{1,12}(?=\\d{4}-\\d(?![\\d-])))(?!${nightHours})(${year})(?!\\p{N}|,\\d{3}|\\.\\d{1,2}\\b(?!\\.)|${measured})`,
  'gu',
);
/** Not `from` and `to`: results rise so. */
const near =
  'in|since|until|till|during|by|last|next|early|late|mid|before|after|around|circa|born|due|years?|spring|summer|winter|autumn|fall';
/** A year that words say is one, however far from the dates that were shown: of a birth, of what is due. */
const announcedYears = new RegExp(
  `(?:\\b(?:${near}|${anyMonth})[ ,]{1,2}|\\(|~)(?:the )?(?!${nightHours})${year}(?!\\p{N}|,\\d{3}|\\.\\d|${measured})`,
  'gu',
);

const day = '(?:0?[1-9]|[12]\\d|3[01])';
/** A citation, emphasis, a cell or a bracket ends a clause as well. */
const clauseEnds = '\\s{0,3}(?:$|\\n|[,;:)|!?[\\]*_"\u201d{}<]|\\.(?!\\d))';
const counted =
  '(?![^.;\\n]{0,40}\\b(?:percentiles?|ribs?|nerves?|toes?|digits?|fingers?|metatarsals?|metacarpals?|intercostal|spaces?|centur|grades?|weeks?|doses?|days?|visits?|cycles?|quartiles?|decades?))';

/** Parts of dates, and dates in forms that are not turned back. Each is bounded: time is linear. */
const otherForms: readonly RegExp[] = [
  // 22900517, 05172290
  new RegExp(`(?<![\\p{L}\\p{N}])${year}(?:0\\d|1[0-2])[0-3]\\d(?!\\p{N})`, 'u'),
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])|(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2]))${year}(?!\\p{N})`,
    'u',
  ),
  // 17.5.2290, and a whole date inside of a word
  new RegExp(`\\d{1,2}\\.\\s?\\d{1,2}\\.\\s?${year}(?!\\p{N})`, 'u'),
  new RegExp(`(?<!\\p{N})${year}([-/.])\\d{1,2}\\1\\d{1,2}(?!\\p{N})`, 'u'),
  // 05-17
  /(?<![\p{L}\p{N}]|\p{N}[-./,:])(?:0[1-9]-(?:0[1-9]|[12]\d|3[01])|(?:[12]\d|3[01])-0[1-9])(?!\p{L}|\p{N}|[-./]\p{N})/u,
  // May2290, FY2290, Q2'2290
  new RegExp(`(?<!\\p{L})(?:${anyMonth}|fy|cy|ay|q[1-4]|h[12]|in|on|year)['\u2019]?${year}(?!\\p{N})`, 'u'),
  // May '90, spring of '90
  new RegExp(
    `\\b(?:${near}|of|from|${anyMonth})\\.?,? ['\u2019\u2018]\\d{2}(?!\\p{N}|[.,/]\\d|\\s?(?:${amounts})\\b|\\s?%)`,
    'u',
  ),
  // The end of a range that leaves out what its beginning says.
  new RegExp(
    `\\(date\\)\\s?(?:to|until|till|through|thru|and|or|-|&|/)\\s?(?:the )?(?:${day}(?:st|nd|rd|th)?${clauseEnds}|[01]\\d[-/.][0-3]\\d\\b(?!\\s?(?:${amounts})\\b)|1?\\d/(?!10\\b|5\\b)${day}${clauseEnds})`,
    'u',
  ),
  // "repeated on the 19th"
  new RegExp(
    `\\b(?:on|by|until|till|since|from|before|after|through|to|and|between|due)\\s(?:the )${day}(?:st|nd|rd|th)(?:${clauseEnds}|\\s(?:and|or|to|through|until|with|when|at|for|but|while|of (?:the|that) month)\\b)${counted}`,
    'u',
  ),
  // 5月17日, "am 17.5."
  /\d{1,2}\s?月/u,
  /(?<!\d ?)\b(?:am|vom|bis|zum|den) \d{1,2}\.\s?\d{1,2}\.(?!\d)/u,
];
const foreignDays = /(?<![\p{L}\p{N}])\d{1,2}(?:er|\.|º)?\s(?:de\s)?([a-z]{3,10})(?!\p{L})/gu;
const shortYears = /(?<![\p{L}\p{N}]|\p{N}[-.])(\d{1,2})([-.])(\d{1,2})\2(\d{2})(?!\p{N}|[-.]\p{N})/gu;

/** Years around the dates of a scope in which a number without a word about it is a year. */
const yearsAround = 30;

const yearOf = (at: number): number => new Date(at * dayMs).getUTCFullYear();
function dayOfYear(at: number): number {
  const { month, day: of } = monthDayOf(at);
  return monthAndDay(month, of);
}

const scales =
  /\b(?:pain|strength|power|motor|scores?|scale|rated|severity|murmur|graded?|phq-?[29]|gad-?7|gcs|apgar|moca|mmse|intensity|reflexes|pulses|vision|acuity|va|od|os)\b[^.;|\n]{0,16}$/;
const scaled =
  /^\s?(?:tab(?:let)?s?|pills?|inch(?:es)?|strength|power|motor|murmur|systolic|diastolic|pain|severity|in severity|intensity|on the|throughout|bilaterally)\b/;
const amountFollows = new RegExp(`^\\s?(?:${amounts})\\b`, 'u');
/** More than a word of a scale needs on either side. */
const around = 40;

/** `5/10 pain`, `strength 5/5`, `10/12/14 units`: a share, a score or doses, though it could be a day. */
function isMeasure(lower: string, { end, start, weak }: FoundDate): boolean {
  const rest = lower.slice(end, end + around);
  if (/^\d{1,2}(?:\/\d{1,2}){1,2}$/.test(lower.slice(start, end)) && amountFollows.test(rest)) return true;
  return weak && (scales.test(lower.slice(Math.max(0, start - around), start)) || scaled.test(rest));
}

/** Whether a text writes a day, month or year of the calendar, real or shifted, beside its tokens; `counts` were shown. */
export function writesCalendar(text: string, counts: readonly number[]): boolean {
  const lex = lexemes(normalise(text.replaceAll(tokenPattern, mark)));
  const { lower } = lex.view;
  if (otherForms.some((form) => form.test(lower)) || lower.search(announcedYears) >= 0) return true;
  if ([...lower.matchAll(foreignDays)].some(([, word = '']) => foreignMonthOf(word) !== undefined))
    return true;
  const shown = counts.flatMap((count) => shiftedDay(count) ?? []);
  const monthDays = new Set(shown.map(dayOfYear));
  for (const found of findDates(lex)) {
    const { monthDay, recorded, weak } = found;
    if (isMeasure(lower, found)) continue;
    // What may as well be a ratio is a date where the model was shown one of that month and day.
    if (!weak && !recorded) return true;
    if (monthDay !== undefined && monthDays.has(monthAndDay(monthDay.month, monthDay.day))) return true;
  }
  return writesShortYear(lower, shown) || writesYear(lower, shown);
}

/** `5-7-90`, `17.5.90`: doses and sections are written so as well, so that only what was shown is a date. */
function writesShortYear(lower: string, shown: readonly number[]): boolean {
  const days = new Set(shown.map((at) => dayOfYear(at) * 100 + (yearOf(at) % 100)));
  return [...lower.matchAll(shortYears)].some(([, one, , other, short]) =>
    [
      [one, other],
      [other, one],
    ].some(([month, of]) => days.has(monthAndDay(Number(month), Number(of)) * 100 + Number(short))),
  );
}

function writesYear(lower: string, shown: readonly number[]): boolean {
  const years = shown.map(yearOf);
  const from = years.reduce((least, one) => Math.min(least, one), Infinity) - yearsAround;
  const to = years.reduce((most, one) => Math.max(most, one), -Infinity) + yearsAround;
  return [...lower.matchAll(loneYears)].some(([written]) => Number(written) >= from && Number(written) <= to);
}
