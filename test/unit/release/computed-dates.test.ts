import { describe, expect, test } from '@jest/globals';
import { checkAnswer } from '../../../src/release/check-answer.ts';
import { shownWordsOf } from '../../../src/release/checks/calendar-words.ts';
import { reveal } from '../../../src/release/reveal.ts';
import { calendarOf } from '../../../src/release/scope-calendar.ts';
import { epochDayOf } from '../../../src/vocabulary/time.ts';

/** One conversation: what the vault issued for three dates of a record, and what it would resolve. */
interface World {
  readonly anchor: number;
  readonly birth: string;
  readonly visit: string;
  readonly surgery: string;
}

const dayMs = 86_400_000;
const epoch = (iso: string): number => {
  const day = epochDayOf(iso);
  if (day === undefined) throw new Error(iso);
  return day;
};
const iso = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const randoms = { birth: 'B1RTH000', visit: 'V1S1T111', surgery: '5RGRY222' } as const;
type Which = keyof typeof randoms;

/** Anchors and dates of every kind: leap days, ends of years, months of 28 to 31 days. */
const worlds: readonly World[] = [
  ['1950-03-14', '2026-02-03', '2025-12-31', -50_001],
  ['1936-02-29', '2024-02-29', '2023-03-01', -73_829],
  ['2001-12-31', '2025-01-01', '2024-07-04', -44_829],
  ['1988-07-01', '2026-11-20', '2026-10-31', -60_417],
  ['1969-12-31', '1999-12-31', '1970-01-01', -71_003],
  ['2019-05-05', '2026-03-29', '2026-03-01', -45_999],
  ['1944-01-31', '2020-08-09', '2020-02-28', -66_666],
  ['1977-10-10', '2016-06-30', '2015-11-01', -58_112],
  ['1999-01-01', '2022-04-30', '2021-09-15', -48_765],
  ['1961-08-20', '2025-10-26', '2025-03-30', -69_420],
].map(([birth, visit, surgery, anchor]) => ({
  birth: String(birth),
  visit: String(visit),
  surgery: String(surgery),
  anchor: Number(anchor),
}));

const spelledIn = (world: World, which: Which): string =>
  `[[DATE-${randoms[which]} day ${epoch(world[which]) - world.anchor}]]`;

/** What the caller reads of an answer; undefined where it is blocked. */
function released(world: World, answer: string, context = ''): string | undefined {
  const issued = (['birth', 'visit', 'surgery'] as const).map((which) => ({
    request: { epochDay: epoch(world[which]) },
    token: spelledIn(world, which),
    value: world[which],
  }));
  const calendar = calendarOf(issued, epoch(world.birth));
  if (calendar === undefined) throw new Error('no calendar');
  const report = checkAnswer({
    text: answer,
    interlock: { scan: () => [], open: (text) => text.length },
    issuedTokens: new Set(issued.map(({ token }) => token)),
    canary: 'fedcba9876543210fedcba9876543210',
    citationKeys: new Set(['O1']),
    calendar,
    shownWords: shownWordsOf(context),
  });
  const values = new Map(issued.map(({ token, value }) => [token, value]));
  return report.answer && reveal(report.answer, values, { humanReads: true, allowedTypes: 'all' }).text;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** An answer of the model and what the caller must read. `v` and `s` are tokens, `n` a number of days. */
interface Given {
  readonly v: string;
  readonly s: string;
  readonly b: string;
  readonly visit: string;
  readonly surgery: string;
  readonly n: number;
  /** Day count that lies n days after the visit, and its real date. */
  readonly later: number;
  readonly laterDate: string;
  readonly earlier: number;
  readonly earlierDate: string;
  readonly weekday: string;
  readonly wrongWeekday: string;
  readonly age: number;
  readonly gap: number;
}

const cases: Readonly<Record<string, (given: Given) => readonly [answer: string, read: string]>> = {
  'months in words after a date': ({ v, visit }) => [
    `Review three months after ${v} [O1].`,
    `Review three months after ${visit} [O1].`,
  ],
  'weeks before a date': ({ v, visit }) => [
    `two weeks before discharge on ${v}`,
    `two weeks before discharge on ${visit}`,
  ],
  'a range of two dates': ({ v, s, visit, surgery }) => [
    `between ${s} and ${v}`,
    `between ${surgery} and ${visit}`,
  ],
  'a computed count': ({ later, laterDate }) => [
    `Next dose on day ${later}.`,
    `Next dose on ${laterDate} (computed).`,
  ],
  'a computed count with a comma': ({ later, laterDate }) => [
    `Next dose on day ${later.toLocaleString('en-US')}.`,
    `Next dose on ${laterDate} (computed).`,
  ],
  'a token whose count was changed': ({ v, later, laterDate }) => [
    `due ${v.replace(/day \d+/, `day ${later}`)} at the latest`,
    `due ${laterDate} (computed) at the latest`,
  ],
  'a changed count without brackets': ({ v, later, laterDate }) => [
    `due ${v.replace(/day \d+/, `day ${later}`).replaceAll(/[[\]]/g, '')} at the latest`,
    `due ${laterDate} (computed) at the latest`,
  ],
  'a token of no name': ({ later, laterDate }) => [
    `due [[DATE day ${later}]].`,
    `due ${laterDate} (computed).`,
  ],
  'a made-up token': ({ later }) => [`due [[DATE-99999999 day ${later}]].`, 'due (unknown reference).'],
  'the count of a date of the record': ({ v, visit }) => [
    `on day ${/day (\d+)/.exec(v)?.[1] ?? ''} she slept`,
    `on ${visit} she slept`,
  ],
  'a range of counts': ({ earlier, later, earlierDate, laterDate }) => [
    `from day ${earlier} to day ${later}`,
    `from ${earlierDate} (computed) to ${laterDate} (computed)`,
  ],
  'a range of counts with a dash': ({ earlier, later, earlierDate, laterDate }) => [
    `days ${earlier}–${later}`,
    `${earlierDate} (computed)–${laterDate} (computed)`,
  ],
  'a list of counts': ({ earlier, later, earlierDate, laterDate }) => [
    `on days ${earlier}, ${later} and ${later + 1}`,
    `on ${earlierDate} (computed), ${laterDate} (computed) and ${iso(epoch(laterDate) + 1)} (computed)`,
  ],
  'arithmetic beside the token': ({ v, visit, n, later, laterDate }) => [
    `${v} plus ${n} days is day ${later}.`,
    `${visit} plus ${n} days is ${laterDate} (computed).`,
  ],
  'a count minus a number': ({ later, laterDate, n }) => [
    `Day ${later} minus ${n} days.`,
    `${laterDate} (computed) minus ${n} days.`,
  ],
  'an ordinal count': ({ later, laterDate }) => [`the ${later}th day`, `the ${laterDate} (computed)`],
  'small days of a stay': ({ v, visit, n }) => [
    `On ${v}, hospital day ${n}, day 2 after surgery.`,
    `On ${visit}, hospital day ${n}, day 2 after surgery.`,
  ],
  'a small day beside a bare token': ({ v, visit }) => [
    `${v.replaceAll(/[[\]]| day \d+/g, '')} day 3 of therapy`,
    `${visit} day 3 of therapy`,
  ],
  'a count no date can have': () => ['on day 999999.', 'on day 999999.'],
  'the right weekday': ({ v, visit, weekday }) => [`on ${weekday}, ${v}.`, `on ${weekday}, ${visit}.`],
  'the right weekday behind': ({ v, visit, weekday }) => [
    `${v} was a ${weekday}.`,
    `${visit} was a ${weekday}.`,
  ],
  'a wrong weekday': ({ v, visit, wrongWeekday }) => [
    `on ${wrongWeekday}, ${v}.`,
    `on (weekday not confirmed), ${visit}.`,
  ],
  'a wrong weekday behind': ({ v, visit, wrongWeekday }) => [
    `${v} (${wrongWeekday})`,
    `${visit} ((weekday not confirmed))`,
  ],
  'next weekday': ({ weekday }) => [`Come back next ${weekday}.`, 'Come back next (weekday unknown).'],
  'the weekday after a date': ({ v, visit, wrongWeekday }) => [
    `the ${wrongWeekday} after ${v}`,
    `the (weekday unknown) after ${visit}`,
  ],
  'a month of the calendar': ({ v, visit }) => [
    `${v}, that is in October, was quiet; the May visit, between March and June, Jan-Feb. It may help, the May be.`,
    `${visit}, that is in (month unknown), was quiet; the (month unknown) visit, between (month unknown) and (month unknown), (month unknown)-(month unknown). It may help, the May be.`,
  ],
  'a year of the calendar': ({ v, visit }) => [`${v} was in 2007.`, `${visit} was in (year unknown).`],
  'a season': ({ v, visit }) => [`${v}, early in the spring`, `${visit}, early in the (season unknown)`],
  'a holiday': ({ v, visit }) => [`${v} is before Christmas.`, `${visit} is before (holiday unknown).`],
  'the right age at an event': ({ v, visit, age }) => [
    `She was ${age} years old on ${v}.`,
    `She was ${age} years old on ${visit}.`,
  ],
  'the right age at an event, said otherwise': ({ v, visit, age }) => [
    `aged ${age} at the visit of ${v}`,
    `aged ${age} at the visit of ${visit}`,
  ],
  'a wrong age at an event': ({ v, visit, age }) => [
    `At age ${age + 1} on ${v}.`,
    `At age ${age + 1} (age not confirmed) on ${visit}.`,
  ],
  'a wrong age, said otherwise': ({ v, visit, age }) => [
    `She was ${age + 2} when seen on ${v}.`,
    `She was ${age + 2} (age not confirmed) when seen on ${visit}.`,
  ],
  'a result that is no age': ({ v, visit }) => [
    `LDL was 120 on ${v}. Systolic pressure was 98 when seen on ${v}; her pulse is 72 at ${v}.`,
    `LDL was 120 on ${visit}. Systolic pressure was 98 when seen on ${visit}; her pulse is 72 at ${visit}.`,
  ],
  'the right duration': ({ v, s, visit, surgery, gap }) => [
    `${v} is ${gap} days after ${s}.`,
    `${visit} is ${gap} days after ${surgery}.`,
  ],
  'a wrong duration': ({ v, s, visit, surgery, gap }) => [
    `${v} is ${gap + 1} days after ${s}.`,
    `${visit} is ${gap + 1} days (not confirmed) after ${surgery}.`,
  ],
  'an age in the future': ({ v, visit }) => [
    `The mother was 54 years old on ${v}.`,
    `The mother was 54 years old on ${visit}.`,
  ],
  'a wrong short weekday': ({ v, visit, wrongWeekday }) => [
    `${wrongWeekday.slice(0, 3)} ${v}`,
    `(weekday not confirmed) ${visit}`,
  ],
  'a wrong short weekday behind': ({ v, visit, wrongWeekday }) => [
    `${v} (${wrongWeekday.slice(0, 3)}.)`,
    `${visit} ((weekday not confirmed).)`,
  ],
  'a short weekday by itself': ({ weekday }) => [
    `Come back next ${weekday.slice(0, 3)}.`,
    `Come back next (weekday unknown).`,
  ],
  'a wrong age with hyphens': ({ v, visit, age }) => [
    `a ${age + 3}-year-old woman on ${v}`,
    `a ${age + 3}-year-old (age not confirmed) woman on ${visit}`,
  ],
  'the right age with hyphens': ({ v, visit, age }) => [
    `a ${age}-year-old woman on ${v}`,
    `a ${age}-year-old woman on ${visit}`,
  ],
  'a wrong age in short': ({ v, visit, age }) => [
    `${age + 3} y.o. on ${v}`,
    `${age + 3} y.o. (age not confirmed) on ${visit}`,
  ],
  'a wrong age behind a date': ({ v, visit, age }) => [
    `Age at visit ${v}: ${age + 3}`,
    `Age at visit ${visit} : ${age + 3} (age not confirmed)`,
  ],
  'a wrong age between commas': ({ v, visit, age }) => [
    `The patient, ${age + 3}, came on ${v}.`,
    `The patient, ${age + 3} (age not confirmed), came on ${visit}.`,
  ],
  'a wrong age of a pronoun': ({ v, visit, age }) => [
    `On ${v} she was ${age + 3}.`,
    `On ${visit} she was ${age + 3} (age not confirmed).`,
  ],
  'a wrong duration with a colon': ({ v, s, visit, surgery, gap }) => [
    `From ${s} to ${v}: ${gap + 3} days.`,
    `From ${surgery} to ${visit} : ${gap + 3} days (not confirmed).`,
  ],
  'a wrong duration with a hyphen': ({ v, s, visit, surgery, gap }) => [
    `a ${gap + 3}-day gap between ${s} and ${v}`,
    `a ${gap + 3}-day (not confirmed) gap between ${surgery} and ${visit}`,
  ],
  'a wrong difference': ({ v, s, visit, surgery, gap }) => [
    `${v} minus ${s} = ${gap + 3} days`,
    `${visit} minus ${surgery} = ${gap + 3} days (not confirmed)`,
  ],
  'a wrong day after surgery': ({ v, s, visit, surgery, gap }) => [
    `POD ${gap + 3} on ${v} (surgery ${s})`,
    `POD ${gap + 3} (not confirmed) on ${visit} (surgery ${surgery})`,
  ],
  'wrong arithmetic beside the token': ({ v, visit, n, later, laterDate }) => [
    `${v} plus ${n + 2} days is day ${later}.`,
    `${visit} plus ${n + 2} days (not confirmed) is ${laterDate} (computed).`,
  ],
  'a wrong duration in words': ({ v, visit, later, laterDate }) => [
    `Forty weeks after ${v} is day ${later}.`,
    `Forty weeks (not confirmed) after ${visit} is ${laterDate} (computed).`,
  ],
  'a year behind a hyphen': ({ v, visit }) => [`${v}, or mid-2007`, `${visit}, or mid-(year unknown)`],
  'a quarter of a year': ({ v, visit }) => [`${v} is in Q3 2007.`, `${visit} is in Q3 (year unknown).`],
  'a count in code': ({ later }) => [`\`day ${later}\``, '`a date`'],
  'a token and its count': ({ v, visit }) => [
    `${v} (${/day \d+/.exec(v)?.[0] ?? ''})`,
    `${visit} (${visit})`,
  ],
  'a token in bold with its count apart': ({ v, visit }) => [
    v.replace(' day', '** day').replace('[[', '[[**'),
    visit,
  ],
  'a birth date': ({ b, v, visit }) => [`born ${b}, seen ${v}`, `born BIRTH, seen ${visit}`],
};

const years = (birth: string, at: string): number =>
  Number(at.slice(0, 4)) - Number(birth.slice(0, 4)) - (at.slice(5) < birth.slice(5) ? 1 : 0);

function givenOf(world: World, n: number): Given {
  const visit = epoch(world.visit);
  const weekday = new Date(visit * dayMs).getUTCDay();
  return {
    v: spelledIn(world, 'visit'),
    s: spelledIn(world, 'surgery'),
    b: spelledIn(world, 'birth'),
    visit: world.visit,
    surgery: world.surgery,
    n,
    later: visit + n - world.anchor,
    laterDate: iso(visit + n),
    earlier: visit - n - world.anchor,
    earlierDate: iso(visit - n),
    weekday: weekdays[weekday] ?? '',
    wrongWeekday: weekdays[(weekday + n) % 7 === weekday ? (weekday + 1) % 7 : (weekday + n) % 7] ?? '',
    age: years(world.birth, world.visit),
    gap: visit - epoch(world.surgery),
  };
}

const offsets = [7, 30, 61, 92];

describe('dates, ages and durations that a model computed', () => {
  test(`come back right, marked or blocked in ${Object.keys(cases).length * worlds.length * 2} cases`, () => {
    const wrong: string[] = [];
    let count = 0;
    for (const [name, write] of Object.entries(cases))
      for (const [at, world] of worlds.entries())
        for (const n of [offsets[at % 4] ?? 7, offsets[(at + 1) % 4] ?? 30]) {
          const given = givenOf(world, n);
          const [answer, expected] = write(given);
          const read = released(world, answer);
          count += 1;
          // A day that a computed one hits by chance is a recorded one.
          const said = read?.replaceAll(world.birth, 'BIRTH');
          if (said !== expected) wrong.push(`${name}: ${answer} reads ${String(read)}, not ${expected}`);
        }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(500);
  });

  test.each([
    'May cause drowsiness; may repeat in March if the model was shown it.',
    'She had a fall in the bathroom; fall risk is high.',
    'Christmas disease, Christmas tree pattern.',
    'Take 2000 mg, in 2000 mL, about 2000 units; by 2000 calories.',
    'Dose on Monday and Thursday; follow-up on Tuesday [O1].',
    'On hospital day 3 and day 28 of therapy, 1200 steps a day.',
    'Platelets 250000 on day 4.',
  ])('leaves clinical words and what the context says alone: %s', (answer) => {
    const [world] = worlds;
    if (world === undefined) throw new Error('no world');
    expect(released(world, answer, 'march, Mon/Thu dosing; Tuesday clinic')).toBe(answer);
  });

  test('two dates that disagree about the calendar leave none', () => {
    const one = { request: { epochDay: 20_000 }, token: '[[DATE-0T4XW8RB day 70000]]' };
    expect(calendarOf([one])).toEqual({ anchor: -50_000 });
    expect(
      calendarOf([one, { request: { epochDay: 20_001 }, token: '[[DATE-0T4XW8RC day 70000]]' }]),
    ).toBeUndefined();
    expect(calendarOf([{ request: {}, token: '[[PATIENT-0T4XW8RB]]' }])).toBeUndefined();
  });
});
