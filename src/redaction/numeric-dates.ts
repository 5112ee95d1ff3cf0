import { dayMs } from '../vocabulary/time.ts';
import { days, epochDay, yearsOf } from './calendar-days.ts';
import { dated, type FoundDate, matchAt, monthDate, noDate, plausibleYear } from './found-date.ts';
import { gapIs, gapOf } from './gaps.ts';
import { is, type Lexemes, lexemeAt, wordAt } from './lexemes.ts';
import { dayBeforeMonth, turnsAfterDay } from './month-dates.ts';
import { markOfWords } from './vocabulary.ts';
import { monthOf } from './words/calendar.ts';

const time = '(?:t\\d{2}:?\\d{2}(?::?\\d{2}(?:[.,]\\d{1,9})?)?(?:z|[+-]\\d{2}:?\\d{2})?)?';
const yearFirst = new RegExp(
  `(\\d{4})(?:\\s?([-/._])\\s?)(\\d{1,2})\\s?\\2\\s{0,2}(\\d{1,2})(?!\\d)${time}`,
  'y',
);
/** A hyphen may lead to another such date: `01/05/2024-01/09/2024`. */
const yearLast =
  /(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|'?\d{2})(?!\d)(?![/.]\d|-(?!\d{1,2}\/\d{1,2}\/\d)\d)/y;
/** `03_14_2026`, `03\\14\\2026`, `03|14|2026`, `03:14:2026`: signs of file names and of tables. */
const yearBehindSigns = /(\d{1,2})([_\\|:])(\d{1,2})\2((?:19|20)\d{2})(?!\d)/y;
/** `3/14 (2026)` */
const yearInBrackets = /(\d{1,2})\/(\d{1,2}) \(((?:19|20)\d{2})\)/y;
/** `2026年3月14日`, `2026년 3월 14일`, as a view has them. */
const eastern = new RegExp(
  `(\\d{4})\\s?[年${'년'.normalize('NFKD')}]{1,3}\\s?(\\d{1,2})\\s?[月${'월'.normalize('NFKD')}]{1,3}\\s?(\\d{1,2})(?:\\s?[日号${'일'.normalize('NFKD')}]{1,3})?`,
  'y',
);
/** `14.III.2026`, `14 III 2026` */
const romanMonth =
  /(\d{1,2})(?:([./-])(?:\s{0,2}|\n {2,8})|\s)(i{1,3}|iv|vi{0,3}|i?x|xi{1,2})(?:\2\s{0,2}|\s)(\d{4}|\d{2}(?![\d%]))(?![\da-z])/y;
const romanMonths = 'i ii iii iv v vi vii viii ix x xi xii'.split(' ');
/** Whether an i, v or x stands behind the sign, or the sign and some spaces, that follow a number. */
const mayBeRoman = (text: string, end: number): boolean => {
  let at = end + 1;
  while (at < end + mostIndented && text.charCodeAt(at) <= space) at += 1;
  const code = text.charCodeAt(at);
  return code === 105 || code === 118 || code === 120;
};
const space = 32;
const mostIndented = 10;
const compact = new RegExp(`(\\d{4})(\\d{2})(\\d{2})(?!\\d)${time}`, 'y');
const compactYearLast = /(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)/y;
const isoWeek = /(\d{4})-?w(0[1-9]|[1-4]\d|5[0-3])(?:-?([1-7]))?(?![\da-z])/y;
const ordinalDate = /((?:19|20)\d{2})-([0-3]\d{2})(?![\d-])/y;
const yearMonthDay =
  /((?:19|20)\d{2})(?:,\s|[\s/.-])([a-z]{3,9})\.?[\s/.-]{1,2}(\d{1,2})(?:st|nd|rd|th)?(?!\d|[/%]|:\d|\.\d|,?\s?(?:19|20)\d{2})/y;
const monthYear = /(\d{1,2})\s?[/](?:\s?|\n {1,8})(\d{4})(?!\d)(?!\/)/y;
const yearMonth = /(\d{4})-(\d{2})(?![-\d])/y;
const slashed = /(\d{1,2})\/(\d{1,2})(?!\d|[/%]|\.\d)/y;
const daysOfMonth = /(\d{1,2})\/(\d{1,2})\s?-\s?(\d{1,2})\/((?:19|20)\d{2})(?![\d/])/y;
const spokenRange =
  /(\d{1,2})\/(\d{1,2}) (?:thru|through|to|til|till|until) (\d{1,2})\/(\d{1,2})(?![\d/%]|\.\d)/y;
const slashedRange = /(\d{1,2})\/(\d{1,2})\s?-\s?(\d{1,2})\/(\d{1,2})(\/(?:\d{4}|\d{2}))?(?![\d/%]|\.\d)/y;

/** A date that begins with a run of `width` digits; the width tells which ways of writing one are possible. */
export function numericDate(lex: Lexemes, start: number, width: number): FoundDate | undefined {
  const text = lex.view.lower;
  if (width === 4) return beginsWithYear(text, start);
  if (width === 8) return inOnePiece(text, start);
  if (width === 12 || width === 14) return withClock(text, start);
  if (width > 2) return undefined;
  const sign = signAfter(text, start + width);
  if (sign === slash || sign === hyphen || sign === dot) {
    const found = endsWithYear(lex, start) ?? (sign === dot ? dottedDay(lex, start) : undefined);
    if (found !== undefined) return found;
  }
  const roman = mayBeRoman(text, start + width) ? matchAt(romanMonth, text, start) : null;
  // "stage 3. x 10 days"
  const counts =
    roman !== null &&
    roman[0].includes(' ') &&
    lex.view.text.startsWith(roman[0], start) &&
    /[ivx]/.test(roman[0]);
  if (roman !== null && !counts && (roman[2] !== undefined || roman[4]?.length === 4)) {
    const month = romanMonths.indexOf(roman[3] ?? '') + 1;
    return dated(start, start + roman[0].length, days(yearsOf(roman[4] ?? ''), [[month, Number(roman[1])]]));
  }
  if (sign === slash) {
    const match = matchAt(monthYear, text, start);
    if (match !== null && Number(match[1]) <= 12 && plausibleYear(match[2]))
      return monthDate(start, start + match[0].length);
  }
  if (sign === underscore || sign === backslash || sign === bar || sign === colon) {
    const match = matchAt(yearBehindSigns, text, start);
    if (match !== null) return eitherOrder(start, match, sign !== underscore, match[4]);
  }
  if (sign !== slash)
    return dayBeforeMonth(lex, start, width) ?? (sign === hyphen ? hyphenedDay(lex, start) : undefined);
  const bracketed = matchAt(yearInBrackets, text, start);
  if (bracketed !== null) return eitherOrder(start, bracketed, false, bracketed[3]);
  return dayBeforeMonth(lex, start, width) ?? rangeOfDays(lex, start) ?? weakSlash(text, start);
}

/** `am 3.4.`, `vom 13.04.`: day and month as German writes them after its words for it, where the record has the day. */
function dottedDay(lex: Lexemes, start: number): FoundDate | undefined {
  const first = lexemeAt(lex, start);
  if (first === 0 || !is(lex, first - 1, germanCues)) return undefined;
  const match = matchAt(dottedFigures, lex.view.lower, start);
  if (match === null) return undefined;
  const [day, month] = [Number(match[1]), Number(match[2])];
  if (epochDay(2000, month, day) === undefined) return undefined;
  return { ...noDate, start, end: start + match[0].length, monthDay: { month, day }, weak: true };
}
const dottedFigures = /(\d{1,2})\.\s?(\d{1,2})\.(?!\d)/y;
const germanCues = markOfWords('am vom seit bis zum ab geb');

/** `seen 01-17`: two figures each, where the record has the day and a word announces one. */
function hyphenedDay(lex: Lexemes, start: number): FoundDate | undefined {
  const match = matchAt(hyphenedFigures, lex.view.lower, start);
  if (match === null) return undefined;
  const last = lexemeAt(lex, start) + 1;
  if (gapIs(lex, last, gapOf.space) && is(lex, last + 1, stepUnits)) return undefined;
  const [month, day] = [Number(match[1]), Number(match[2])];
  const end = start + match[0].length;
  if (!isDay(month, day) || !turnsAfterDay.test(lex.view.lower.slice(end, end + 12))) return undefined;
  // "rose from 12-21": a range.
  if (wordAt(lex, lexemeAt(lex, start) - 1) === 'from') return undefined;
  return { ...noDate, start, end, monthDay: { month, day }, weak: true, recorded: true };
}
const hyphenedFigures = /(\d{2})-(\d{2})(?![\da-z%]|[-/.:]\d)/y;

const [slash, hyphen, dot, underscore, backslash, bar, colon] = [47, 45, 46, 95, 92, 124, 58];

/** Month and day in either order, the year behind them. */
function eitherOrder(
  start: number,
  match: RegExpExecArray,
  recorded: boolean,
  year = '',
): FoundDate | undefined {
  const figures = match[0].split(/\D+/).map(Number);
  const [first = 0, second = 0] = figures;
  const found = dated(
    start,
    start + match[0].length,
    days(
      [Number(year)],
      [
        [first, second],
        [second, first],
      ],
    ),
  );
  return recorded ? recordedOnly(found) : found;
}

/** What stands after a number, a space between them left out. */
function signAfter(text: string, end: number): number {
  const code = text.charCodeAt(end);
  return code > 32 && code < 128 ? code : text.charCodeAt(end + 1);
}

/** `2026-03-14`, `2026-W11-6`, `2026 Mar 14`, `2026-073`, `2026-03`. */
function beginsWithYear(text: string, start: number): FoundDate | undefined {
  const match = matchAt(yearFirst, text, start);
  if (match !== null) {
    const years = [Number(match[1])];
    const [second, third] = [Number(match[3]), Number(match[4])];
    const end = start + match[0].length;
    const found = dated(start, end, days(years, [[second, third]]));
    if (found !== undefined) return found;
    // `2026-25-06`: no other reading is left.
    const turned = recordedOnly(dated(start, end, days(years, [[third, second]])));
    if (turned !== undefined) return turned;
  }
  if (text.charCodeAt(start + 4) > 127 || text.charCodeAt(start + 5) > 127) {
    const east = matchAt(eastern, text, start);
    if (east !== null)
      return dated(
        start,
        start + east[0].length,
        days([Number(east[1])], [[Number(east[2]), Number(east[3])]]),
      );
  }
  const unusual = uncommon(text, start);
  if (unusual !== undefined) return unusual;
  const month = matchAt(yearMonth, text, start);
  return month !== null && Number(month[2]) <= 12 && Number(month[2]) > 0 && plausibleYear(month[1])
    ? monthDate(start, start + month[0].length)
    : undefined;
}

/** `3/14/2026`, `14.03.26`. */
function endsWithYear(lex: Lexemes, start: number): FoundDate | undefined {
  const text = lex.view.lower;
  const match = matchAt(yearLast, text, start);
  if (match === null) return undefined;
  const [first, second] = [Number(match[1]), Number(match[3])];
  const dotted = match[2] === '.';
  // "INR 2.4. 43 48": a sentence ends before another number.
  if (dotted && /^\d+\.\d+\.\s/.test(match[0])) return undefined;
  const hyphened = match[2] === '-';
  const short = (match[4] ?? '').length < 4;
  // `1.2.10` at the beginning of a line, or after "version", is a section or a release.
  const plausible =
    !short ||
    match[2] === '/' ||
    (match[1]?.length === 2 && match[3]?.length === 2) ||
    (hyphened && first < 13 && second > 12) ||
    (hyphened && onDay(lex, start, match)) ||
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
  const found = dated(start, start + match[0].length, days(yearsOf(match[4] ?? ''), orders));
  return plausible ? found : areSteps(lex, start) ? undefined : recordedOnly(found);
}

/** `taper 6-4-2`, `3-4-12 week`. */
function areSteps(lex: Lexemes, start: number): boolean {
  const first = lexemeAt(lex, start);
  return is(lex, first - 1, repeats) || is(lex, first - 2, repeats) || hasUnit(lex, first + 2);
}

/** `20260314`, `03142026`. */
function inOnePiece(text: string, start: number): FoundDate | undefined {
  const match = matchAt(compact, text, start);
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

/** `20260314101500`, as messages between systems write it. */
function withClock(text: string, start: number): FoundDate | undefined {
  const match = matchAt(clocked, text, start);
  return match === null
    ? undefined
    : recordedOnly(
        dated(
          start,
          start + match[0].length,
          days([Number(match[1])], [[Number(match[2]), Number(match[3])]]),
        ),
      );
}
const clocked = /((?:19|20)\d{2})(\d{2})(\d{2})(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)/y;

/** After what `3-8-24` is a day and no range or ratio. */
const dayCues = markOfWords(`
  on from dob born since dated until till seen visited admitted discharged collected drawn of date before after
  through thru between onset started stopped visit appt appointment due lmp period edc edd
`);

/** `on 3-8-24`; not `from 5-10-15`, `on 2-4-12 week`, `sets of 8-10-12`: steps of a dose and of a plan. */
function onDay(lex: Lexemes, start: number, match: RegExpExecArray): boolean {
  const first = lexemeAt(lex, start);
  if (!is(lex, first - 1, dayCues) || is(lex, first - 2, repeats) || hasUnit(lex, first + 2)) return false;
  return [match[1], match[3], match[4]].some((figure) => Number(figure) % 5 > 0);
}

/** `12 week`, `12mg`; not "11-3-26. G2P1". */
const hasUnit = (lex: Lexemes, at: number): boolean =>
  is(lex, at + 1, stepUnits) && !gapIs(lex, at, gapOf.stop);

const repeats = markOfWords(
  'sets reps doses steps stages increments taper titrate titrated increase increased',
);
const stepUnits = markOfWords(
  'mg mcg g kg ml units week weeks month months day days hour hours min minutes reps lbs lb mmhg percent x mm cm',
);

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
  const week = matchAt(isoWeek, text, start);
  if (week !== null && plausibleYear(week[1])) {
    const end = start + week[0].length;
    const first = epochDay(Number(week[1]), 1, 4) ?? 0;
    // Monday of the week that holds January 4th.
    const monday = first - ((new Date(first * dayMs).getUTCDay() + 6) % 7);
    if (week[3] === undefined) return monthDate(start, end);
    return dated(start, end, [monday + (Number(week[2]) - 1) * 7 + Number(week[3]) - 1]);
  }
  const spelled = matchAt(yearMonthDay, text, start);
  const month = spelled === null ? undefined : monthOf(spelled[2] ?? '');
  if (spelled !== null && month !== undefined)
    return dated(start, start + spelled[0].length, days([Number(spelled[1])], [[month, Number(spelled[3])]]));
  const ordinal = matchAt(ordinalDate, text, start);
  const firstDay = ordinal === null ? undefined : epochDay(Number(ordinal[1]), 1, 1);
  if (ordinal !== null && firstDay !== undefined)
    return recordedOnly(dated(start, start + ordinal[0].length, [firstDay + Number(ordinal[2]) - 1]));
  return undefined;
}

function yearInPiece(text: string, start: number): FoundDate | undefined {
  const match = matchAt(compactYearLast, text, start);
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

/** Before and after what two shares with a hyphen are measures: `VA 6/9-6/12`, `BiPAP 10/5-12/6`, `3/8-5/16 inch`. */
const measured = markOfWords(
  'vision acuity va od os ou ucva bcva iop bp bipap bilevel ipap epap ps psv cpap hct hgb hh h pain score scale strength',
);
const units = markOfWords('inch inches eye eyes od os ou both right left mm cm tablet tablets tab tabs');

const isDay = (month: number, day: number): boolean =>
  epochDay(2000, month, day) !== undefined || epochDay(2000, day, month) !== undefined;

/** Denominators up to this one are those of strength and of parts of a tablet: `3/5-4/5`. */
const leastWhole = 5;

/** `3/4-5/2019`, `9/30-10/4/23`; without a year where both cannot be shares of one whole: `10/9-10/11`. */
function rangeOfDays(lex: Lexemes, start: number): FoundDate | undefined {
  const { lower: text } = lex.view;
  const within = matchAt(daysOfMonth, text, start);
  if (within !== null && isDay(Number(within[1]), Number(within[2])) && Number(within[3]) <= 31)
    return monthDate(start, start + within[0].length);
  const match = matchAt(slashedRange, text, start);
  if (match === null) return spokenDays(text, start);
  const [month, day, lastMonth, lastDay] = [1, 2, 3, 4].map((part) => Number(match[part]));
  if (month === undefined || day === undefined || lastMonth === undefined || lastDay === undefined)
    return undefined;
  if (!isDay(month, day) || !isDay(lastMonth, lastDay)) return undefined;
  const first = lexemeAt(lex, start);
  const weak =
    match[5] === undefined &&
    (day === lastDay ||
      Math.max(day, lastDay) <= leastWhole ||
      is(lex, first - 1, measured) ||
      is(lex, first + 4, units));
  return weak ? undefined : { ...noDate, start, end: start + match[0].length, monthDay: { month, day } };
}

/** `12/1 thru 12/3`: of which the first is a day of the record. */
function spokenDays(text: string, start: number): FoundDate | undefined {
  const match = matchAt(spokenRange, text, start);
  const [month = 0, day = 0, lastMonth = 0, lastDay = 0] = (match ?? []).slice(1).map(Number);
  return match === null || day === lastDay || !isDay(month, day) || !isDay(lastMonth, lastDay)
    ? undefined
    : { ...noDate, start, end: start + match[0].length, monthDay: { month, day }, recorded: true };
}

function weakSlash(text: string, start: number): FoundDate | undefined {
  const match = matchAt(slashed, text, start);
  if (match === null) return undefined;
  const [month, day] = [Number(match[1]), Number(match[2])];
  if (!isDay(month, day)) return undefined;
  return { ...noDate, start, end: start + match[0].length, monthDay: { month, day }, weak: true };
}
