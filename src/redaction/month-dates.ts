import { days, epochDay, yearsOf } from './calendar-days.ts';
import { dated, type FoundDate, matchAt, monthDate, noDate } from './found-date.ts';
import { endOf, is, isCapital, isDigit, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { markOfWords } from './vocabulary.ts';
import { listed } from './word-marks.ts';
import { spelledYear } from './word-years.ts';
import { cardinalOf, foreignMonthOf, monthOf, ordinalOf } from './words/calendar.ts';

const monthSlashes = /\/(\d{1,2})\/('?\d{2}|\d{4})(?!\d)/y;
const rangeEnd = '(?:\\s?(?:-|to|through|and|&)\\s?\\d{1,2}(?:st|nd|rd|th)?(?!\\d))?';
const afterMonth = new RegExp(
  `[.\\s_-]{0,9}(?:the\\s{1,4})?(\\d{1,2})(?:\\s?(?:st|nd|rd|th)(?![a-z]))?(?!\\d|[/%]|:\\d|\\.\\d)${rangeEnd}(?:(?:\\s{0,4},\\s{0,6}|\\s{1,4}|[-_]|\\s?of\\s)\\s?('\\d{2}|\\d{4})(?!\\d))?`,
  'y',
);
/** `Apr-48`, `Sep-31`, `Jan '99`: figures that are no day of the month. */
const shortYear = /\.?\s{0,2}(?:-\s?'?(\d{2})|'(\d{2}))(?!\d|[-/.%:]\d)/y;
/** `Mar142026` */
const gluedDay = /(\d{1,2})((?:19|20)\d{2})(?!\d)/y;
/** `Jul 2 0, 1 9 8 3`, `Apr/2 2/2 0 2 5`: figures of a day and its year one by one. */
const spacedDay =
  /[.\s/-]{1,3}(\d(?:\s{0,2}\d)?)(?:st|nd|rd|th)?[,\s/-]{1,4}((?:1\s{1,2}9|2\s{1,2}0)\s{1,2}\d\s{1,2}\d)(?!\s{0,2}\d)/y;
const spacedYear = /[,\s/-]{1,4}((?:1\s{1,2}9|2\s{1,2}0)\s{1,2}\d\s{1,2}\d)(?!\s{0,2}\d)/y;
const blanks = /\s/g;
const figuresOf = (spaced: string | undefined): number => Number((spaced ?? '').replaceAll(blanks, ''));
const yearAfterMonth = /\.?[,\s-]{1,3}(?:of\s)?((?:19|20)\d{2})(?!\d|[-/]\d)/y;
const monthAfterDay =
  /(?:\s?(?:st(?!ycz)|nd|rd|th|er))?(?:(?:\s?-\s?|\s(?:to|and|&|thru|through|until)\s)\d{1,2}(?:\s?(?:st|nd|rd|th))?)?(?:[ \t.\n/(_-]{0,6}|\.?\n {1,8})(?:day\s)?(?:of\s{1,9}|(de\s{1,4}))?([a-z]{3,12})/y;
const yearAfterDayMonth =
  /(?:\/|[.,]?(?:[\s,-]{0,4}|\n {1,4})|\s{1,4}(?:de|del|of)\s{1,4})(?:('?\d{2})(?!\d)(?!\s?(?:mg|ml|mcg|%|:\d|\/))|(\d{4})(?!\d)(?!\s?(?:mg|ml|mcg|%)|\/|:\d))/y;
const wordYear = /\s?,?\s?(?:of\s)?((?:19|20)\d{2})(?!\d)/y;

const numberSign = 35;
const fullStop = 46;
const dayOfItsOwn =
  /^(?:\.?[\s-]{1,2}\d{1,2}(?:st|nd|rd|th)?(?:\s?,\s{0,2}|[\s-]{1,2})'?\d{2}|\d{1,2}(?:19|20)\d{2}(?!\d))/;
const wholeOfItsOwn = /^ \d{1,2}(?:st|nd|rd|th)?, ?(?:19|20)\d{2}(?!\d)/;

/** `14 March 2026`, `3. Mai`: a month's name after the day. */
export function dayBeforeMonth(lex: Lexemes, start: number, width: number): FoundDate | undefined {
  const text = lex.view.lower;
  let index = start;
  while (index < start + width && text.charCodeAt(index) >= 48 && text.charCodeAt(index) <= 57) index += 1;
  const match = matchAt(monthAfterDay, text, index);
  // "#2 Oct. 14": the second of several.
  if (match === null || text.charCodeAt(start - 1) === numberSign || match[0].includes('\n\n'))
    return undefined;
  const word = match[2] ?? '';
  const month = monthOf(word) ?? foreignMonthOf(word);
  const day = Number(text.slice(start, index));
  if (month === undefined || day < 1 || day > 31) return undefined;
  const end = index + match[0].length;
  if (/[a-z]/.test(text.charAt(end))) return undefined;
  // "GCS 15. June 14, 2021": the month begins a sentence and a date of its own.
  const apart = text.charCodeAt(index) === fullStop || match[0].includes('(');
  if ((apart ? dayOfItsOwn : wholeOfItsOwn).test(text.slice(end, end + 14))) return undefined;
  const year = matchAt(yearAfterDayMonth, text, end);
  // "at 15 may return": a month that is an everyday word needs its year or a capital.
  const may =
    year === null &&
    (word === 'may' || word === 'march') &&
    // "1. MAY RESUME DIET"
    (lex.view.text.startsWith(word, end - word.length) || text.charCodeAt(index) === fullStop);
  // Nobody but a day is "the 16th of march".
  if (may && !ofMonth.test(match[0]))
    return match[0].startsWith(` ${word}`) ? smallMonth(text, start, end, month, day) : undefined;
  const germanDay = () =>
    text.charCodeAt(index) === fullStop && germanCue.test(text.slice(Math.max(0, start - 5), start));
  if (otherWords.has(word) && match[1] === undefined && year === null && !germanDay()) return undefined;
  return withYear(text, start, end, month, day, year);
}

/** Behind a day that a record has: the end of a part of a sentence, or a word that goes on after a day. */
export const turnsAfterDay =
  /^(?:\s*$|\s*[.,;:)|\]\n"]|\s{2}|\s(?:with|w|for|at|in|by|to|and|from|per|due|re|after|before|visit|appt|labs?|note|clinic)(?![a-z]))/;
/** `am 23. Mai` */
const germanCue = /(?:^|[^a-z])(?:am|vom|seit|bis|zum|ab|den) $/;
const ordinalEnd = /(?:st|nd|rd|th)$/;
const ofMonth = /\bof\s/;

/**
 * `seen 22 may`: the record has the day, what stands before it announces one, and the sentence does not go on as with a
 * verb ("seen 15 may be well") or a unit ("may 15 mg").
 */
const smallMonth = (
  text: string,
  start: number,
  end: number,
  month: number,
  day: number,
): FoundDate | undefined =>
  epochDay(2000, month, day) === undefined || !turnsAfterDay.test(text.slice(end, end + 12))
    ? undefined
    : { ...noDate, start, end, monthDay: { month, day }, weak: true, recorded: true };

/** `14.Mar.26`: the same sign on both sides. */
const betweenDots = (text: string, start: number, year: string): boolean =>
  dotAndFigure.test(year) && figureAndDot.test(text.slice(start, start + 4));
const dotAndFigure = /^\.\d/;
const figureAndDot = /^\d{1,2}\.[a-z]/;
const gluedYear = /^(?:\d|[.,]?[-'/])/;

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
    // `14Mar26`, `14-Mar.-26`; not "14 Mar. 26 tablets".
    const short = written.length === 2;
    if (
      found !== undefined &&
      (!short ||
        /[-'\s/]/.test(text.charAt(end)) ||
        gluedYear.test(year[0]) ||
        betweenDots(text, start, year[0]))
    )
      return found;
  }
  if (epochDay(2000, month, day) === undefined) return undefined;
  const spaced = year === null ? matchAt(spacedYear, text, end) : null;
  const said =
    spaced === null ? spelledYear(text, end) : { year: figuresOf(spaced[1]), end: end + spaced[0].length };
  const found = said === undefined ? undefined : dated(start, said.end, days([said.year], [[month, day]]));
  return found ?? { ...noDate, start, end, monthDay: { month, day } };
}

/** `March 14, 2026`, `the fourth of March`, `last December`: a date that begins with, or is told by, a month's name. */
export function namedDate(lex: Lexemes, index: number, month: number): FoundDate | undefined {
  const text = lex.view.lower;
  const start = startOf(lex, index);
  const end = endOf(lex, index);
  // "the fourth of March 2026", "fourth March"
  const before = wordAt(lex, index - 1) === 'of' ? index - 2 : index - 1;
  let ordinal = ordinalOf(wordAt(lex, before));
  if (ordinal !== undefined && before >= 0) {
    const tens = ordinalOf(`${wordAt(lex, before - 1)}-`) ?? 0;
    const first = tens > 0 ? before - 1 : before;
    const year = matchAt(wordYear, text, end);
    return withYear(text, startOf(lex, first), end, month, ordinal + tens, year);
  }
  const slashes = matchAt(monthSlashes, text, end);
  if (slashes !== null) {
    const found = dated(
      start,
      end + slashes[0].length,
      days(yearsOf(slashes[2] ?? ''), [[month, Number(slashes[1])]]),
    );
    if (found !== undefined) return found;
  }
  const glued = isDigit(text.charCodeAt(end)) ? matchAt(gluedDay, text, end) : null;
  if (glued !== null)
    return dated(start, end + glued[0].length, days([Number(glued[2])], [[month, Number(glued[1])]]));
  const spaced = matchAt(spacedDay, text, end);
  const found = spaced === null ? undefined : spacedDate(start, end, month, spaced);
  if (found !== undefined) return found;
  const match = matchAt(afterMonth, text, end);
  if (match !== null) {
    const day = Number(match[1]);
    const stop = end + match[0].length;
    if (match[2] !== undefined) return dated(start, stop, days(yearsOf(match[2]), [[month, day]]));
    if (ambiguous(lex, index)) {
      const small = smallMonth(text, start, stop, month, day);
      // `may 1st`: of a day of the record the ordinal says enough.
      if (small !== undefined) return { ...small, weak: !ordinalEnd.test(match[0]) };
    } else if (epochDay(2000, month, day) !== undefined) return withYear(text, start, stop, month, day, null);
  }
  const next = wordAt(lex, index + 1) === 'the' ? index + 2 : index + 1;
  const tens = ordinalOf(`${wordAt(lex, next)}-`) ?? 0;
  const last = tens > 0 && ordinalOf(wordAt(lex, next + 1)) !== undefined ? next + 1 : next;
  ordinal = ordinalOf(wordAt(lex, last));
  if (ordinal !== undefined) {
    const day = last > next ? tens + ordinal : ordinal;
    return withYear(text, start, endOf(lex, last), month, day, matchAt(wordYear, text, endOf(lex, last)));
  }
  const counted = countedDay(lex, index, month);
  if (counted !== undefined) return counted;
  const short = matchAt(shortYear, text, end);
  // "may '26": nothing else has the sign of left out figures.
  if (
    short !== null &&
    (short[2] !== undefined || !ambiguous(lex, index)) &&
    (short[1] === undefined || epochDay(2000, month, Number(short[1])) === undefined)
  )
    return monthDate(start, end + short[0].length);
  const year = matchAt(yearAfterMonth, text, end);
  if (year !== null) return monthDate(start, end + year[0].length);
  const cue = wordAt(lex, index - 1);
  const announced =
    index > 0 && monthCues.has(cue) && isCapital(lex, index) && (cue !== 'in' || happens(lex, index - 2));
  return announced && !isNumber(lex, index + 1) ? monthDate(start, end) : undefined;
}

const spacedDate = (start: number, end: number, month: number, [whole, day, year]: RegExpExecArray) =>
  dated(start, end + whole.length, days([figuresOf(year)], [[month, figuresOf(day)]]));

/** `February eighteen, 2025`, `March twenty-one 2019`: only the year says that a day is meant. */
function countedDay(lex: Lexemes, index: number, month: number): FoundDate | undefined {
  const first = cardinalOf(wordAt(lex, index + 1));
  if (first === undefined) return undefined;
  const unit = first % 10 === 0 && first > 10 ? (cardinalOf(wordAt(lex, index + 2)) ?? 10) : 10;
  const last = unit < 10 ? index + 2 : index + 1;
  const year = matchAt(wordYear, lex.view.lower, endOf(lex, last));
  if (year === null) return undefined;
  return withYear(lex.view.lower, startOf(lex, index), endOf(lex, last), month, first + (unit % 10), year);
}

/** Whether a visit or the like is told in the eight words before. */
function happens(lex: Lexemes, last: number): boolean {
  for (let far = last; far > last - 8 && far >= 0; far -= 1)
    if (is(lex, far, listed.visit) || is(lex, far, passages)) return true;
  return false;
}

/** What happens to somebody in a month, and in general to nobody. */
const passages = markOfWords(`
  arrived arrives travelled traveled returned emigrated immigrated flew turned turns turning born married widowed moved
  graduated retired enlisted
`);

/** Words between which and a month's name no other reading fits: last December, since March. */
const monthCues = new Set('last in since during until early late mid next'.split(' '));

/** Foreign months that are other words or names as well: they need their year. */
const otherWords = new Set('mars mai maio marco mayo feber abr ene mei maja marca luty'.split(' '));

/** Months that are also everyday words count without a year only where they are capitalised. */
function ambiguous(lex: Lexemes, index: number): boolean {
  const word = wordAt(lex, index);
  return (word === 'may' || word === 'march') && lex.view.text.charAt(startOf(lex, index)) === word.charAt(0);
}
