import { describe, expect, test } from '@jest/globals';
import { candidatesIn, patientValues } from '../../../src/release/patient-values.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import fc from '../../fixtures/properties.ts';

const of = { bearer: 'patient', entity: 'Patient/p1', source: 'Patient' } as const;
const sheet: readonly IdentityValue[] = [
  { ...of, kind: 'name', text: 'Marisol Ana Quandt', name: { given: ['Marisol', 'Ana'], family: 'Quandt' } },
  { ...of, kind: 'name', text: "Mary O'Brien", name: { given: ['Mary'], family: "O'Brien" } },
  { ...of, kind: 'identifier', text: '7712304988' },
  { ...of, kind: 'date', text: '1961-03-04', date: { day: '1961-03-04', role: 'birth' } },
  { ...of, kind: 'telecom', system: 'phone', text: '+1 (415) 555-0142' },
  { ...of, kind: 'telecom', system: 'email', text: 'M.Quandt@example.org' },
  { ...of, kind: 'identifier', text: 'MRN-0048813' },
  { ...of, kind: 'identifier', text: 'AB12-34567' },
  { ...of, bearer: 'relative', kind: 'telecom', system: 'phone', text: '(415) 555-0199' },
];
const values = patientValues(sheet, '5571f1d3-1df1-d5ae-b84d-f10ac0147cae');
const tells = (text: string, ended = true): boolean => {
  const told = candidatesIn(text, ended);
  return values.some((value) => told.has(value));
};

describe('by what a patient can be told is found', () => {
  test.each([
    'Record MRN-0048813 was merged.',
    'record 0048813',
    'mrn0048813',
    'MRN 0048813',
    'id ab12 34567'.replace(' 3', '-3'),
    'plan AB1234567.',
    'Call (415) 555-0142 now',
    'Call 415.555.0142',
    'Call +14155550142',
    'Call 1-415-555-0142',
    'Call 4155550142',
    'write to m.quandt@EXAMPLE.org.',
    'see Patient/5571f1d3-1df1-d5ae-b84d-f10ac0147cae',
    'Marisol Quandt, born 1961-03-04',
    'QUANDT, MARISOL (DOB 03/04/1961)',
    'Born on March 4, 1961: Ana Quandt',
    'Marisol Ana Quandt, 4 Mar 1961',
    'M\u0430risol Quandt, 1961\u201103\u201104',
    'the number is \uff14\uff11\uff15-555-0142',
    '415-555-0142x12',
    '415-555-0142 2 times',
    'Call 415, 555, 0142',
    '415\n555\n0142',
    '| 415 | 555 | 0142 |',
    '4155550142abc',
    'account 7712304988.5',
    'account 7,712,304,988',
    'MRN0048813a',
    'plan AB12 34567',
    'plan AB12/34567',
    'plan AB12 \u2013 34567',
    'm.quandt (at) example.org',
    'm.quandt [at] example [dot] org',
    'm.quandt at example dot org',
    'm.quandt @ example.org',
    'marisol quandt, born 1961-03-04',
    'Mary OBrien, 1961-03-04',
    'Mary O\u2019Brien, 1961-03-04',
  ])('%s', (text) => expect(tells(text)).toBe(true));
});

describe('what many share tells nobody', () => {
  test.each([
    'Marisol Quandt was seen.',
    'Born 1961-03-04.',
    'Quandt, somebody else, 1961-03-05',
    'Call (415) 555-0199.',
    'LDL 108 mg/dL, platelets 250000, RxNorm 197361, 0048814',
    'MRN 48',
  ])('%s', (text) => expect(tells(text)).toBe(false));
  test('a day is no number', () => {
    const days = '5/12/1998, 1998-12-05 and 5.12.1998';
    const numbers = [...candidatesIn(days)].filter((value) => value.startsWith('n:'));
    expect(numbers.filter((value) => value.length < 12)).toEqual([]);
  });
  test('short numbers, names alone and round numbers are of nobody', () => {
    const short = patientValues(
      [
        { ...of, kind: 'identifier', text: '123456' },
        { ...of, kind: 'identifier', text: 'A12' },
        { ...of, kind: 'identifier', text: '1000000' },
        { ...of, kind: 'name', text: 'Marisol Quandt', name: { given: ['Marisol'], family: 'Quandt' } },
      ],
      'p1',
    );
    expect(short).toEqual([]);
  });
});

test('a run that the end leaves open counts only when it has ended', () => {
  const text = 'Call (415) 555-0142';
  for (let length = 1; length < text.length; length += 1)
    expect(tells(text.slice(0, length), false)).toBe(false);
  expect([tells(text, false), tells(text), tells(`${text} now or later`, false)]).toEqual([
    false,
    true,
    true,
  ]);
});

test('what a beginning tells, the whole tells too', () => {
  const pieces = fc.constantFrom(
    ...'Marisol Quandt 1961-03-04 March 4, 1961 MRN 0048813 415 555 0142 (415) - . @ example.org m.quandt and the [[DATE-0T4XW8RB \n'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), fc.nat(200), (list, at) => {
      const text = `${list.join(' ')} end.`;
      const whole = candidatesIn(text);
      const begun = [...candidatesIn(text.slice(0, at), false)].filter((value) => values.includes(value));
      for (const value of begun) expect(whole.has(value)).toBe(true);
    }),
  );
});

test('time is that of the text', () => {
  for (const piece of ['1 ', 'a1-', 'Ab Cd ', '1961-03-04 Ab ', 'a@', '(1)-', '1.']) {
    const started = process.cpuUsage();
    candidatesIn(piece.repeat(Math.ceil(200_000 / piece.length)));
    candidatesIn(piece.repeat(Math.ceil(200_000 / piece.length)), false);
    expect([piece, process.cpuUsage(started).user < 8_000_000]).toEqual([piece, true]);
  }
});
