import { describe, expect, test } from '@jest/globals';
import { marked, redactor } from './identity.ts';
import { spansIn } from './spans-in.ts';

describe('names of the record', () => {
  test.each([
    ['Maria Ortiz-Nunez came in.', '<PATIENT> came in.'],
    ['ORTIZ, MARIA D. is here', '<PATIENT>. is here'],
    ['ortiz nunez maria', '<PATIENT>'],
    ['M. Ortiz was called', '<PATIENT> was called'],
    ["Maria's son", "<PATIENT>'s son"],
    ['Seen Ortiz. Maria Ortiz slept.', 'Seen <PATIENT>. <PATIENT> slept.'],
    ['Mаriа Оrtiz in mixed script', '<PATIENT> in mixed script'],
    ['M\u200bar\u00adia and Ｍａｒｉａ and MARI\u0301A', '<PATIENT> and <PATIENT> and <PATIENT>'],
    ['MariaOrtiz logged in', '<PATIENT> logged in'],
    ['Maria\nOrtiz', '<PATIENT>'],
    ['Bill White signed', '<CLINICIAN> signed'],
    ['her daughter May visited', 'her daughter <RELATIVE> visited'],
    ['Mr Li agrees', 'Mr <RELATIVE> agrees'],
    ['May Li agrees', '<RELATIVE> agrees'],
    ['Contact: Metformin Not', 'Contact: <PERSON>'],
  ])('%s', (text, expected) => {
    expect(marked(text)).toBe(expected);
  });

  test.each([
    'White blood cell count is normal.',
    'She may take Li at night and will return if need be.',
    'Does not take metformin. Not taking Metformin.',
    'METFORMIN NOT TOLERATED, WHITE PLAQUE',
    'No white matter lesions; may repeat.',
    'Elm bark allergy; general hospital course uneventful.',
  ])('stays: %s', (text) => {
    expect(marked(text)).toBe(text);
  });
});

describe('numbers, contacts and places of the record', () => {
  test.each([
    ['MRN 44713', 'MRN <ID>'],
    ['mrn0044713', '<ID>'],
    ['MRN: 004-4713', 'MRN: <ID>'],
    ['919.555.0142 / +1 919 555 0142 / 9195550142', '<PHONE> / +<PHONE> / <PHONE>'],
    ['call 555-0142', 'call <PHONE>'],
    ['call 7919-555-01423', 'call 7<PHONE>3'],
    ['919 555 0142919 555 0142', '<PHONE><PHONE>'],
    ['at 2026-02-0312:30', 'at <DATE>12:30'],
    ['03.02.20261', '<DATE>1'],
    ['0002026/02/03', '000<DATE>'],
    ['MARIA.ORTIZ@EXAMPLE.ORG', '<EMAIL>'],
    ['12 Elm Street, Apartment 4B, Springfield, Massachusetts 01101', '<PLACE>'],
    ['lives on Elm St in Springfield', 'lives on <PLACE> in <PLACE>'],
    ['transferred to Mercy General Hosp', 'transferred to <ORG>'],
  ])('%s', (text, expected) => {
    expect(marked(text)).toBe(expected);
  });

  test('numbers that only look like one stay', () => {
    const text = 'glucose 144713, ratio 4.4713, 12 elm drops, BP 120/80, 44,713 steps';
    expect(marked(text)).toBe(text);
  });
});

describe('dates', () => {
  test.each([
    '2026-02-03',
    '2026-02-03T10:30:00+01:00',
    '02/03/2026',
    '2/3/26',
    '03.02.2026',
    'Feb 3, 2026',
    'February 3rd 2026',
    '3 February 2026',
    '03-FEB-2026',
    '20260203',
    'the third of February 2026',
    '3rd of Feb, 2026',
  ])('%s is the day of the record', (written) => {
    const text = `On ${written} she slept.`;
    const [span] = spansIn(redactor, text);
    expect(span).toMatchObject({ type: 'DATE', epochDay: 20_487 });
    expect(marked(text)).toMatch(/^On (?:the )?<DATE> she slept\.$/);
  });

  test('a reading that the record knows wins over the usual one', () => {
    expect(spansIn(redactor, 'seen 03/02/2026')[0]?.epochDay).toBe(20_487);
    expect(spansIn(redactor, 'seen 03/02/2025')[0]?.epochDay).toBe(20_149);
  });

  test('without a year the record tells which', () => {
    expect(spansIn(redactor, 'since February 3 better')[0]?.epochDay).toBe(20_487);
    expect(marked('seen on 2/3. Strength 2/3, pain 2/3.')).toBe('seen on <DATE>. Strength 2/3, pain 2/3.');
  });

  test.each(['in 2026', 'BP 120/80', 'strength 10/12', 'dose 5-10 mg', 'version 1.2.10', 'may 10 mg daily'])(
    'stays: %s',
    (text) => {
      expect(marked(text)).toBe(text);
    },
  );
});

describe('kinds of item parts', () => {
  test('coded text keeps its words and loses full names, numbers, contacts and dates', () => {
    expect(marked('White blood cell', redactor, 'coded')).toBe('White blood cell');
    expect(marked('Ortiz sign', redactor, 'coded')).toBe('Ortiz sign');
    expect(marked('Letter to Maria Ortiz, MRN-0044713, 2026-02-03', redactor, 'coded')).toBe(
      'Letter to <PATIENT>, <ID>, <DATE>',
    );
  });

  test('quantities lose only exact numbers of the record', () => {
    expect(marked('120 mg', redactor, 'quantity')).toBe('120 mg');
    expect(marked('2026-02-03', redactor, 'quantity')).toBe('2026-02-03');
    expect(marked('0044713', redactor, 'quantity')).toBe('<ID>');
    expect(marked('44713', redactor, 'quantity')).toBe('44713');
    expect(marked('MRN-0044713', redactor, 'quantity')).toBe('<ID>');
  });

  test('a date is one span, a month too, a year stays', () => {
    expect(spansIn(redactor, '2026-03-04T10:00:00Z', 'date')).toEqual([
      { start: 0, end: 20, type: 'DATE', rule: 'date', entity: 'day:20516', epochDay: 20_516 },
    ]);
    expect(marked('2026-03', redactor, 'date')).toBe('<DATE>');
    expect(spansIn(redactor, '2026-03', 'date')[0]).not.toHaveProperty('epochDay');
    expect(marked('2026', redactor, 'date')).toBe('2026');
    expect(marked('March 4, 2026', redactor, 'date')).toBe('<DATE>');
  });
});
