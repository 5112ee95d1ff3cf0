import { epochDay, monthDay, monthDayOf } from './calendar-days.ts';
import { findDates } from './dates.ts';
import { type DayFigures, dayFigures, dividedDay } from './divided-days.ts';
import type { FoundDate } from './found-date.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { gluedDays } from './glued-values.ts';
import {
  endOf,
  gapAfter,
  is,
  isAllCapitals,
  isCapital,
  isNumber,
  type Lexemes,
  lexemeAt,
  startOf,
  wordAt,
} from './lexemes.ts';
import type { Match } from './match.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/** Days of a record, for choosing between readings of a written date. */
export interface DayIndex {
  readonly days: ReadonlySet<number>;
  /** By `monthDay`. */
  readonly anniversaries: ReadonlyMap<number, readonly number[]>;
  /** All its figures in a row, found out when a text first asks. */
  readonly figures: () => DayFigures;
}

export function buildDayIndex(days: Iterable<number>): DayIndex {
  const all = new Set(days);
  const anniversaries = new Map<number, number[]>();
  for (const one of all) {
    const { day, month } = monthDayOf(one);
    const same = anniversaries.get(monthDay(month, day));
    if (same === undefined) anniversaries.set(monthDay(month, day), [one]);
    else same.push(one);
  }
  let figures: DayFigures | undefined;
  return {
    days: all,
    anniversaries,
    figures: () => {
      figures ??= dayFigures(all);
      return figures;
    },
  };
}

/** Epoch day of an ISO 8601 date or dateTime as written, undefined where it names no full day. */
export function isoDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text.trim());
  return match === null ? undefined : epochDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

const dateCues = new Set(
  `on since until till from by dated date before after seen visit visited admitted discharged through between dob
   dates born arrival arrived enrolled surgery operated follow followup fu appointment appt due onset started stopped and collected drawn labs as of last next the
   period mri mra egd colonoscopy endoscopy mammogram bronchoscopy cath cystoscopy angiogram ultrasound xray consult
   returned inserted starting explanted recheck rechecked`.split(/\s+/),
);
/** What is counted in days: "hospital day 2 (7/23)". */
const dayCounts = new Set('day pod hd week'.split(' '));
/** Cues after which only a day of the record counts. */
const looseCues = new Set('from by and as of last next the collected drawn labs'.split(' '));
/** Cues after which a day counts that the record has. */
const recordCues = new Set('el contact il am vom seit bis zum ab geb'.split(' '));
const fractionWords = new Set(
  'strength pain motor bilaterally murmur sem power muscle grade scale score reflexes throughout in of mg tab tabs'.split(
    ' ',
  ),
);

/** Dates of a text as matches: every full date, and parts of one that agree with the record or are announced. */
export function dateMatches(lex: Lexemes, index: DayIndex, options: { fullOnly: boolean }): Match[] {
  const matches: Match[] = [];
  const divided =
    options.fullOnly || index.days.size === 0
      ? undefined
      : (at: number): FoundDate | undefined => dividedDay(lex, at, index.figures);
  for (const date of findDates(lex, divided)) {
    const day = dayOf(date, index);
    if (options.fullOnly && date.precision !== 'day') continue;
    if (
      options.fullOnly &&
      /^\d{8}$/.test(lex.view.lower.slice(date.start, date.end)) &&
      !index.days.has(day ?? NaN)
    ) {
      continue;
    }
    if (date.recorded && !index.days.has(day ?? NaN)) continue;
    if (date.weak && !announced(lex, date, day)) continue;
    const known = day !== undefined && index.days.has(day);
    matches.push({
      start: date.start,
      end: date.end,
      type: 'DATE',
      rule: known ? 'record.date' : 'date',
      entity: day === undefined ? `date:${lex.view.lower.slice(date.start, date.end)}` : `day:${day}`,
      rank: 2,
      full: true,
      exact: false,
      epochDay: day,
    });
  }
  return options.fullOnly ? matches : [...matches, ...gluedDays(lex, index.days)];
}

function dayOf(date: FoundDate, index: DayIndex): number | undefined {
  if (date.precision === 'day') return date.days.find((day) => index.days.has(day)) ?? date.days[0];
  if (date.monthDay === undefined) return undefined;
  const { month, day } = date.monthDay;
  const same =
    index.anniversaries.get(monthDay(month, day)) ??
    (date.weak ? index.anniversaries.get(monthDay(day, month)) : undefined);
  return same?.length === 1 ? same[0] : undefined;
}

/** Whether `3/4` is a date: a word before it says so, and what follows does not make it a fraction. */
function announced(lex: Lexemes, date: FoundDate, day: number | undefined): boolean {
  const first = lexemeAt(lex, date.start);
  // `22 may`: of these nothing else is a day.
  if (!isNumber(lex, first) || !isNumber(lex, first + 1)) {
    const cue = wordAt(lex, first - 1);
    if (dateCues.has(cue)) return !looseCues.has(cue);
    return labels.after(lex, first - 1) || is(lex, first - 1, dayShorts) || isFollowUp(lex, first);
  }
  // "5/5 strength in all extremities"
  const after = wordAt(lex, first + 2);
  const fraction = fractionWords.has(after) && gapAfter(lex, first + 1) === ' ';
  if (
    !fraction &&
    standsAlone(lex, date) &&
    (day !== undefined ||
      moreThanWhole(date) ||
      (isNumber(lex, first - 1) && dayCounts.has(wordAt(lex, first - 2))))
  )
    return true;
  if (first < 1 || fraction) return !fraction && besideDate(lex, first);
  const before = wordAt(lex, first - 1);
  if (
    day !== undefined &&
    (dateCues.has(before) || recordCues.has(before) || isWrittenAsDay(lex, date, first))
  )
    return true;
  if (dateCues.has(before) && !looseCues.has(before) && (date.monthDay?.month ?? 0) <= 12) return true;
  return dated(lex, date, first);
}

/** `03/07`, `10/3`: figures that no share of a whole has, and nothing before them is counted. */
const isWrittenAsDay = (lex: Lexemes, date: FoundDate, first: number): boolean =>
  (paddedFigure.test(lex.view.lower.slice(date.start, date.end)) || moreThanWhole(date)) &&
  !is(lex, first - 1, counted) &&
  !isNumber(lex, first - 1);
const paddedFigure = /^0|\/0/;

/** `7/2` is no share of a whole. */
const moreThanWhole = ({ monthDay: written }: FoundDate): boolean =>
  written !== undefined && written.month <= 12 && written.month > written.day;

/** What happens on a day: "12/9 visit", "seen at Lakeside 5/1". */
const dayEvents = markOfWords(`
  visit appointment appt admission discharge labs note clinic scan surgery procedure encounter consult mri ct xray
  echo biopsy ultrasound colonoscopy
`);
/** What a day without more is the day of: "RTW 5/20", "D/C 10/1". */
const dayShorts = markOfWords('rtw rtc adm admit dc edd edc lmp doa dos eta');
const dayVerbs = markOfWords(`
  seen admitted visited evaluated discharged presented transferred scheduled rescheduled booked called phoned notified
  faxed emailed signed died extubated intubated implanted drained removed resected repaired vaccinated
`);
/** "rated 7/10", "grip 4/5", "MMSE 24/30": what is counted out of a whole. */
const wholes = new Set([3, 4, 5, 6, 8, 10, 12, 15, 20, 30]);
const reachedBy = markOfWords('phone email fax home clinic today telephone portal letter mail nurse office');
const sentenceEnd = new GapPattern(/[.!?;\n<|]/);

const weekdayNames = markOfWords(`
  monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun yesterday today tomorrow
`);
const nextDay = new GapPattern(/^[.,]? {1,2}$/);

/** What is counted out of any number, and the words that give a score. */
const counted = markOfWords(`
  nodes node ln lns lymph cores core positive pos neg negative bottles items points teeth joints patients cases levels
  sites samples fields criteria score scored scores scoring total scale of is was rated out at with and or to approximately about
  strength power motor pain vision acuity iop nodal ratio reading peep ipap bipap cpap boost gy va vas bp hh hgb hct
  dose doses session sessions fraction fractions treatment treatments cycle cycles day days week weeks month months hour hours
  trial trials run runs screen screening questionnaire depression anxiety mood fatigue nausea sleepiness balance gait croup
  severity dissection involved removed biopsy biopsies mitoses mitotic fat keratin cytokeratin tender swollen pulses reflexes
  tablet tablets tab tabs
`);
/** What is called after somebody and counted, beside the eponyms. */
const scales = markOfWords(`
  braden tinetti katz karnofsky norton morse lawton hamilton beck barthel rankin berg zung epworth waterlow apgar bishop
  ballard lysholm oswestry constant harris oxford boston
`);

/**
 * A day after a word of a sentence, or an operation, that is no share of a whole: its second figure is the full mark of
 * no scale, and nothing around counts: "found him 4/17 after church", "swelling 6/13".
 */
function uncounted(lex: Lexemes, date: FoundDate, first: number): boolean {
  const { month, day } = date.monthDay ?? { month: 0, day: 0 };
  if (month > 12 || day < 13 || wholes.has(day) || first < 1) return false;
  if (!gapIs(lex, first - 1, gapOf.space) || isNumber(lex, first - 1)) return false;
  const operated = wordAt(lex, first - 3) === 's' && wordAt(lex, first - 2) === 'p';
  if (isAllCapitals(lex, first - 1) && !operated) return false;
  if (is(lex, first - 1, counted) || isCountedBehind(lex, first)) return false;
  if (is(lex, first - 1, scales) || is(lex, first - 1, listed.eponym)) return false;
  // "Knodell 11/22", "Symbyax 6/25": a scale or a drug that no list knows.
  const { plain, clinical, given, family, place } = kindAt(lex, first - 1);
  if (!plain && !clinical && !given && !family && !place && !operated) return false;
  return endOf(lex, first - 1) - startOf(lex, first - 1) > 2;
}

/** "3/14 cores"; what a comma parts is counted by nothing. */
const isCountedBehind = (lex: Lexemes, first: number): boolean =>
  is(lex, first + 2, counted) && !gapIs(lex, first + 1, gapOf.comma);

/** "4/2 151/96": a day before what was measured on it. */
const isReadingsDay = (lex: Lexemes, date: FoundDate, first: number): boolean =>
  isNumber(lex, first + 3) &&
  gapIs(lex, first + 1, gapOf.space) &&
  gapIs(lex, first + 2, gapOf.slash) &&
  isPressure(Number(wordAt(lex, first + 2)), Number(wordAt(lex, first + 3))) &&
  (moreThanWhole(date) || !wholes.has(date.monthDay?.day ?? 0)) &&
  !is(lex, first - 1, counted);
const isPressure = (systolic: number, diastolic: number): boolean =>
  systolic > 69 && systolic < 260 && diastolic > 29 && diastolic < systolic;

/** "Phone note 4/2:": whose day it is, before the colon. */
const isNoteDay = (lex: Lexemes, first: number): boolean =>
  notes.has(wordAt(lex, first - 1)) && gapIs(lex, first - 1, gapOf.space) && opensEntry.after(lex, first + 1);
const notes = new Set('note addendum update huddle'.split(' '));
const opensEntry = new GapPattern(/^(?:$|:| -|,|\.\s|\n)/);

/** One of several days of which another is announced or has its year: "visits 3/9, 6/3 and 6/26/21". */
function besideDate(lex: Lexemes, first: number): boolean {
  const { lower } = lex.view;
  const before = lower.slice(Math.max(0, startOf(lex, first) - 16), startOf(lex, first));
  const beside = /\d{1,2}\/\d{1,2}(\/\d{2,4})?(?:, | and |, and | & | - |-| to )$/.exec(before);
  if (beside !== null) {
    const earlier = lexemeAt(lex, startOf(lex, first) - before.length + beside.index);
    if (beside[1] !== undefined || is(lex, earlier - 1, dateListCues)) return true;
  }
  const after = lower.slice(endOf(lex, first + 1), endOf(lex, first + 1) + 40);
  return /^(?:(?:, | and |, and | & | - | to )\d{1,2}\/\d{1,2}){0,3}(?:, | and |, and | & | - | to )\d{1,2}\/\d{1,2}\/\d{2}/.test(
    after,
  );
}

const opensItem = /(?:[,;|] | - )$/;
const closesItem = /^(?:[,;|)]|\.(?:$|[\s])| - | \||$)/;

/** An item of a list by itself: "HIV, 8/14.", "- 9/2 -". */
function isItem(lex: Lexemes, date: FoundDate): boolean {
  const { lower } = lex.view;
  return (
    opensItem.test(lower.slice(Math.max(0, date.start - 3), date.start)) &&
    closesItem.test(lower.slice(date.end, date.end + 3))
  );
}

/** "Wed 4/17", "yesterday 3/9"; not "today 8/10", "pain on Tuesday 6/10", "Mon 1/2, Tue 1", "Friday 12/14 doses". */
function onWeekday(lex: Lexemes, date: FoundDate, first: number): boolean {
  if (!is(lex, first - 1, weekdayNames) || !nextDay.after(lex, first - 1)) return false;
  const share = !moreThanWhole(date) && wholes.has(date.monthDay?.day ?? 0);
  if (share && is(lex, first - 1, relativeDays)) return false;
  if (is(lex, first + 2, counted) && gapIs(lex, first + 1, gapOf.space) && !is(lex, first + 2, listing))
    return false;
  const before = is(lex, first - 2, onDay) ? first - 3 : first - 2;
  if (is(lex, before, measures)) return false;
  const half = date.monthDay?.month === 1 && date.monthDay.day === 2;
  return !(half && (is(lex, first + 2, weekdayNames) || isNumber(lex, first - 2)));
}

const relativeDays = markOfWords('yesterday today tomorrow');
const onDay = markOfWords('on by');
const listing = markOfWords('of is was at with and or to about');
const measures = markOfWords(`
  pain score scored scores scale strength power motor vision acuity severity mood anxiety depression fatigue nausea dose doses
  discomfort headache itch rated
`);

const dateListCues = markOfWords('dates days visits appointments on seen');

function dated(lex: Lexemes, date: FoundDate, first: number): boolean {
  if (besideDate(lex, first)) return true;
  if (onWeekday(lex, date, first)) return true;
  if (uncounted(lex, date, first)) return true;
  if (isReadingsDay(lex, date, first) || isNoteDay(lex, first)) return true;
  if (isItem(lex, date) && !wholes.has(date.monthDay?.day ?? 0)) return true;
  const [cue, before] = [wordAt(lex, first - 1), wordAt(lex, first - 2)];
  if (cue === 'up' && before === 'follow') return true;
  if (isFollowUp(lex, first)) return true;
  if (is(lex, first - 1, dayShorts) && nextDay.after(lex, first - 1)) return true;
  if (cue === 'c' && before === 'd' && nextDay.after(lex, first - 1)) return true;
  if ((before === 'by' || before === 'via') && is(lex, first - 1, reachedBy)) return true;
  if (gapIs(lex, first + 1, gapOf.space) && is(lex, first + 2, dayEvents)) return true;
  // A verb of visits, what is no score, and the day: "seen at Lakeside 5/1", "notified by phone 8/20".
  if (!gapIs(lex, first - 1, gapOf.space) || isNumber(lex, first - 1)) return false;
  // "ADMITTED WITH PAIN 7/10", "seen for Apgar 8/9"
  if (is(lex, first - 1, scales) || is(lex, first - 1, measures)) return false;
  const whole = wholes.has(date.monthDay?.day ?? 0);
  if (!isCapital(lex, first - 1) && (whole || !is(lex, first - 1, reachedBy))) return false;
  for (let at = first - 2; at > first - 9 && at >= 0; at -= 1) {
    if (sentenceEnd.after(lex, at)) return false;
    if (is(lex, at, dayVerbs)) return true;
  }
  return false;
}

/** "comparison: 27 may" */
const labels = new GapPattern(/^:\s{1,3}$/);

/** "f/u 27 may" */
const isFollowUp = (lex: Lexemes, first: number): boolean =>
  wordAt(lex, first - 1) === 'u' && wordAt(lex, first - 2) === 'f' && gapIs(lex, first - 2, gapOf.slash);

/** In brackets of its own, or at the beginning of a line before a colon or dash. */
function standsAlone(lex: Lexemes, date: FoundDate): boolean {
  const { lower } = lex.view;
  const before = lower.charAt(date.start - 1);
  const after = lower.slice(date.end, date.end + 2);
  if (before === '(' || before === '[') return /^[)\],]/.test(after);
  return (before === '' || before === '\n') && /^(?::|\s?-|\s[a-z])/.test(after);
}
