import { describe, expect, test } from '@jest/globals';
import { withoutShiftedDates } from '../../../src/release/shifted-dates.ts';
import { countOfShifted, shiftedDate, withShiftedDates } from '../../../src/vocabulary/shifted-calendar.ts';
import { epochDayOf } from '../../../src/vocabulary/time.ts';
import fc from '../../fixtures/properties.ts';

/** Shown as 2290-05-17 and 2290-06-01. */
const [first, second] = ['[[DATE-0T4XW8RB day 51270]]', '[[DATE-7F3K9Q2M.2 day 51285]]'];
const issued = new Set([
  '[[PATIENT-3G5X2YF5]]',
  '[[DATE-9P4XW8RB]]',
  '[[DATE-7F3K9Q2M day 51285]]',
  first,
  second,
]);
const turned = (answer: string) => withoutShiftedDates(answer, issued);

describe('the shifted calendar', () => {
  test('writes tokens of dates with a count, and nothing else', () => {
    expect(
      withShiftedDates(`Seen ${first}, ${second}; born [[DATE-9P4XW8RB]], [[ID-0T4XW8RB]], day 51270.`),
    ).toBe('Seen 2290-05-17, 2290-06-01; born [[DATE-9P4XW8RB]], [[ID-0T4XW8RB]], day 51270.');
    // A count that no scope gives.
    expect(withShiftedDates('[[DATE-0T4XW8RB day 12]]')).toBe('[[DATE-0T4XW8RB day 12]]');
  });

  test('has no day that a date of a patient has, and each count once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 121_400 }), (count) => {
        const day = epochDayOf(shiftedDate(count) ?? '') ?? 0;
        expect(day).toBeGreaterThan(epochDayOf('2149-12-31') ?? 0);
        expect(countOfShifted(day)).toBe(count);
      }),
    );
    expect(shiftedDate(999)).toBeUndefined();
    expect(countOfShifted(20_000)).toBeUndefined();
  });
});

describe('an answer with shifted dates', () => {
  test.each([
    ['LDL was 120 mg/dL on 2290-05-17 [O1].', `LDL was 120 mg/dL on ${first} [O1].`],
    ['**2290-05-17**, 2290/05/17, 2290.05.17', `**${first}**, ${first}, ${first}`],
    ['2290\u201105\u201117 to 2290\u201306\u201301', `${first} to [[DATE-7F3K9Q2M day 51285]]`],
    ['at 2290-05-17T10:30:00Z', `at ${first}T10:30:00Z`],
    ['on May 17, 2290 and 17th of May 2290, then 17 May, 2290', `on ${first} and ${first}, then ${first}`],
    ['(2290-05-17)', `(${first})`],
    ['２２９０-０５-１７', first],
    // Two weeks later, as the model worked it out.
    ['Recheck on 2290-05-31.', 'Recheck on [[DATE-7F3K9Q2M day 51284]].'],
    ['{"when":"2290-05-17"}', `{"when":"${first}"}`],
    // What touches or follows a date is not taken for a part of it.
    ['2290-05-17/2290-06-01', `${first}/[[DATE-7F3K9Q2M day 51285]]`],
    ['2290-05-17\u20132290-06-01', `${first}\u2013[[DATE-7F3K9Q2M day 51285]]`],
    ['["2290-05-17","2290-06-01"]', `["${first}","[[DATE-7F3K9Q2M day 51285]]"]`],
    ['from 9.1% on 2290-05-17 to 7.2% in two weeks', `from 9.1% on ${first} to 7.2% in two weeks`],
    ['7/10 on 2290-05-17 and 3/10 after it', `7/10 on ${first} and 3/10 after it`],
    ['- 2290-05-17 - 98.6 F', `- ${first} - 98.6 F`],
    ['2290-05-17 and 2-3 times more, at the 3rd visit', `${first} and 2-3 times more, at the 3rd visit`],
    ['pain 5/17, strength 5/17, 5/17 tablet, insulin 10/12/14 units', undefined],
    [
      'ferritin 2290 ng/mL, CK 2290 U/L, 2290 cells/\u00b5L, 2290/uL, a 2290-kcal diet, 2290 grams',
      undefined,
    ],
    ['glucose (LOINC 2289-7), between 2300 and 0700, 2300-0700, at 2300', undefined],
    ['CK rose from 1200 to 2200; between the 10th and 25th percentile; the 5th, 6th and 7th rib', undefined],
    ['120/80, 1/2 tablet, 2200 mg, 2,290 steps, at 2215, LDL 2.29, [O1], day 3 of 7', undefined],
    ['ask again in two weeks; the value rose from 5 to 7', undefined],
    ['', undefined],
  ])('%s', (answer, expected) => {
    expect(turned(answer)).toBe(expected ?? answer);
  });

  test.each([
    'in May 2290',
    'on May 17',
    'on 17 May',
    'on 5/17/2290',
    'on 17.5.2290',
    'on 17-05-2290',
    'on 5/17/90',
    'on 5/17',
    'in 2290',
    'between 2289 and the summer of 2290',
    '22900517',
    '2290-05',
    '2290-05-1',
    '2290-13-41',
    '2290-02-30',
    '2290-05-17/18',
    '2290-05-17 to 06-01',
    '2290-05-17 until the 31st',
    'May 17-19, 2290',
    'approved on January 5, 2015',
    'on 2024-03-14',
    'in March 2024',
    '2149-12-31',
    '２２９０ was the year',
    'in 22\u200b90',
    '2290-05-17 and in 2291',
    'on 2290-05-17, again on the 19th',
    'two weeks after 2290-05-17, by the 31st',
    '2290-05-17 to 19',
    '2290-05-17 and 19',
    '17 to 19 May 2290',
    '17, 19 and 21 May 2290',
    '05-17',
    'born in 2205',
    'since 2180',
    '(2240)',
    'due 2340',
    'in FY2290',
    'in May2290',
    'on MAY 17,2290',
    'at 2290',
    'in the 2290 H&P',
    'on 2290 L',
    "in the spring of '90",
    "in May '90",
    '05172290',
    '17052290',
    'on: 5-17-90',
    'on: 17.5.90',
    'le 17 mai',
    'am 17. Mai',
    'am 17.5.',
    '5\u670817\u65e5',
    'LDL2290-05-17',
  ])('is not released where it says %s', (answer) => {
    expect(turned(`The LDL was high ${answer} [O1].`)).toBeUndefined();
  });

  test('is not released where no date was hidden by which it could be turned back', () => {
    expect(withoutShiftedDates('on 2290-05-17', new Set(['[[DATE-9P4XW8RB]]']))).toBeUndefined();
    expect(withoutShiftedDates('nothing was found', new Set())).toBe('nothing was found');
  });

  test('is read in time linear in its length', () => {
    const pieces = [
      '2290-05-17 ',
      '2290-05-17/',
      '2290-',
      'May 17, ',
      '17 May 2290, ',
      '2',
      'May ',
      '(date) to ',
    ];
    for (const piece of [...pieces, 'on the 19th ', '5-7-', '17 to ', "may '90x ", '1 mai', 'loinc ']) {
      const began = process.cpuUsage();
      turned(piece.repeat(100_000 / piece.length));
      const { system, user } = process.cpuUsage(began);
      expect(user + system).toBeLessThan(4_000_000);
    }
  });

  test('whatever surrounds a date, it comes back or nothing does', () => {
    const word = fc.constantFrom(
      'on',
      'the',
      'LDL',
      '120 mg/dL',
      '[O1].',
      ',',
      '\n',
      'until',
      '5',
      '-',
      'May',
    );
    const around = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(around, fc.integer({ min: 40_000, max: 80_000 }), around, (before, count, after) => {
        const written = shiftedDate(count) ?? '';
        const answer = turned(`${before} ${written} ${after}`);
        if (answer === undefined) return;
        expect(answer).not.toContain(written);
        expect(answer).toContain(` day ${count}]]`);
      }),
    );
  });
});
