import { yearsBetween } from '../../redaction/day-counts.ts';
import { table } from '../../vocabulary/table.ts';
import type { Check, Objection } from '../check.ts';
import { type ScopeCalendar, type WrittenDate, weekdayOf, writtenDates } from '../scope-calendar.ts';
import { weekdaysBeside } from '../weekdays.ts';

interface Dated extends WrittenDate {
  readonly day: number;
}

const confirmed = '(?! \\((?:age )?not confirmed\\))';
const noAge = '(?!\\.\\d| ?(?:months|days|weeks|mg|kg|lbs?|%))';
/** Each has the age as its one group. */
const age = new RegExp(
  [
    `\\b(?:aged|(?:at )?(?:the )?age(?: of| was| is)?:?|turned|(?<=(?:\\b(?:patient|woman|man|she|he|they|who)|\\]\\]) )(?:was|is)(?= \\d{1,3} (?:on|when|at)\\b)) (\\d{1,3})\\b${noAge}`,
    '\\b(\\d{1,3}) years (?:old|of age)\\b',
    '\\b(\\d{1,3})[- ]year[- ]old\\b(?= (?:at|on|who|when|with|wom[ae]n|m[ae]n|lady|gentleman|patient|boy|girl|f?e?male)\\b| ?[[(,.;]|$)',
    '\\b(\\d{1,3}) ?(?:y/o|yo|y\\.o\\.)(?![a-z])',
    `\\bage (?:at|on|when|as of)\\b.{1,80}?[:=] ?(\\d{1,3})\\b${noAge}`,
    '\\b(?:patient|she|he|man|woman|lady|gentleman), (\\d{1,3})(?=,)',
    '\\b(?:patient|she|he) (?:was|is) (\\d{1,3})(?=[,;)]|\\.(?!\\d)|$| then\\b)',
  ]
    .map((form) => `${form}${confirmed}`)
    .join('|'),
  'dgi',
);
const relatives =
  /\b(?:mother|father|brother|sister|son|daughter|aunt|uncle|cousin|wife|husband|spouse|partner|grand[a-z]+|child|children|twin|parents?)\b/i;
const numbers =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety'.split(
    '|',
  );
const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 30, 40, 50, 60, 90];
const valueOf = (written: string): number => {
  const at = numbers.indexOf(written.toLowerCase());
  return at < 0 ? Number(written) : (values[at] ?? Number.NaN);
};
const count = `(\\d{1,5}|${numbers.join('|')})[ -](days?|weeks?|months?|years?)`;
/** A number and its unit: by what follows, or by what stands before and nothing that is counted behind; days after surgery. */
const duration = new RegExp(
  [
    `\\b${count}(?= (?:after|before|later|earlier|between|apart|from|since|elapsed|passed|gap|interval|difference)\\b)`,
    `(?<=(?:[=:+]|\\b(?:is|was|were|waited|took|plus|minus|adding)) )${count}(?= (?:is|was|equals|gives|makes)\\b| ?[=)(.,;[]|$)`,
    '\\b(?:POD|post-?op(?:erative)? day) ?#?(\\d{1,5})\\b',
  ]
    .map((form) => `${form}${confirmed}`)
    .join('|'),
  'gi',
);

/** Days of one unit, and by how many units a rounded statement may lie off. */
const units: Readonly<Record<string, { readonly days: number; readonly slack: number }>> = table({
  d: { days: 1, slack: 0 },
  w: { days: 7, slack: 0.6 },
  m: { days: 30.44, slack: 1 },
  y: { days: 365.25, slack: 1 },
});

function weekdays(text: string, dates: readonly Dated[]): Objection[] {
  return dates.flatMap((date) =>
    weekdaysBeside(text, date)
      .filter(({ weekday }) => weekday !== weekdayOf(date.day))
      .map(({ start, end }) => ({ start, end, by: '(weekday not confirmed)' })),
  );
}

/** An age in a sentence with one date is the patient's age on that day. */
function ages(
  sentence: string,
  offset: number,
  dates: readonly Dated[],
  { birth }: ScopeCalendar,
): Objection[] {
  const [only, second] = dates;
  if (birth === undefined || only === undefined || second !== undefined || relatives.test(sentence))
    return [];
  return [...sentence.matchAll(age)].flatMap((match): Objection[] => {
    const [from, to] = match.indices?.slice(1).find((place) => place !== undefined) ?? [0, 0];
    const [start, end] = [offset + from, offset + match.index + match[0].length];
    // Digits of the date itself.
    if (offset + to > only.start && start < only.end) return [];
    if (Number(sentence.slice(from, to)) === yearsBetween(birth, only.day)) return [];
    return [{ start, end, by: `${sentence.slice(from, end - offset)} (age not confirmed)` }];
  });
}

/** A duration in a sentence with two dates lies between them. */
function durations(sentence: string, offset: number, dates: readonly Dated[]): Objection[] {
  const [one, other, third] = dates;
  if (one === undefined || other === undefined || third !== undefined) return [];
  const between = Math.abs(other.day - one.day);
  return [...sentence.matchAll(duration)].flatMap((match): Objection[] => {
    const [, after, unitAfter, before, unitBefore, postoperative] = match;
    const unit = units[(unitAfter ?? unitBefore ?? 'days').charAt(0).toLowerCase()];
    const start = offset + match.index;
    const end = start + match[0].length;
    if (unit === undefined || dates.some((date) => start < date.end && end > date.start)) return [];
    const said = valueOf(after ?? before ?? postoperative ?? '');
    if (Math.abs(said - between / unit.days) <= unit.slack) return [];
    return [{ start, end, by: `${match[0]} (not confirmed)` }];
  });
}

/** Sentences of a text with their offsets; a token holds no end of a sentence, and `y.o.` is none. */
function sentencesOf(text: string): { sentence: string; offset: number }[] {
  const found: { sentence: string; offset: number }[] = [];
  let offset = 0;
  for (const { index, 0: end } of text.matchAll(/(?<!\b[A-Za-z]\.[A-Za-z])[.!?]\s|\n/g)) {
    found.push({ sentence: text.slice(offset, index + 1), offset });
    offset = index + end.length;
  }
  return [...found, { sentence: text.slice(offset), offset }];
}

/**
 * Weekdays, ages and durations that an answer states beside dates, computed again from the real ones. One that is
 * right stays; one that is not is marked, because nobody can tell whether it or the date is what was meant.
 */
export const dateClaims: Check = {
  id: 'date-claims',
  verdict: 'mask',
  bound: 'sentence',
  find: (text, { issued, calendar }) => {
    if (calendar === undefined) return [];
    const dates = writtenDates(text, issued, calendar).flatMap((date): Dated[] =>
      date.day === undefined ? [] : [{ ...date, day: date.day }],
    );
    const found = weekdays(text, dates);
    for (const { sentence, offset } of sentencesOf(text)) {
      const own = dates.filter(({ start }) => start >= offset && start < offset + sentence.length);
      found.push(...ages(sentence, offset, own, calendar), ...durations(sentence, offset, own));
    }
    return found.toSorted((a, b) => a.start - b.start);
  },
  // Another date, or a relative, later in the sentence changes what is said of the first.
  open: (text, { calendar }) => {
    const last = calendar === undefined ? undefined : sentencesOf(text).at(-1);
    if (last === undefined) return text.length;
    const claims = [age, duration].flatMap((claim) =>
      [...last.sentence.matchAll(claim)].map(({ index }) => last.offset + index),
    );
    return Math.min(text.length, ...claims);
  },
};
