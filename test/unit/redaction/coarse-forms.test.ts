import { describe, expect, test } from '@jest/globals';
import { coarseForm } from '../../../src/redaction/coarse-forms.ts';
import type { TokenType } from '../../../src/vocabulary/token.ts';

/** 2026-11-20 */
const today = 20_777;
const coarse = (type: TokenType, text: string, before = '', epochDay?: number, after = '') =>
  coarseForm({ type, text, before, after, epochDay }, today);

describe('coarser forms', () => {
  test.each([
    ['March 14, 2024', '2024'],
    ['2024-03', '2024'],
    ['２０２４-03-14', '2024'],
    ['3/14/2024', '2024'],
    // A year that tells of an age over 89, and one that is coarse already.
    ['March 14, 1936', undefined],
    ['March 14, 1937', '1937'],
    ['2024', undefined],
    ['7/14', undefined],
    ['2023-12-30 to 2024-01-02', undefined],
  ])('the date %s is %s', (text, form) => {
    expect(coarse('DATE', text)).toBe(form);
  });

  test('a year of two digits is read from the day', () => {
    expect(coarse('DATE', '3/4/24', '', 19_786)).toBe('2024');
    expect(coarse('DATE', '3/4/24')).toBeUndefined();
    // 1936-11-20: the patient is 90 or older.
    expect(coarse('DATE', '11/20/36', '', -12_095)).toBeUndefined();
  });

  test('a year that two digits do not say for certain does not stand', () => {
    // 2031-03-14: whoever is 95 was born on 3/14/31.
    expect(coarse('DATE', '3/14/31', 'seen ', 22_352)).toBeUndefined();
    // 2014-03-31, or the year 31.
    expect(coarse('DATE', '31-03-14', 'born ', 16_160)).toBeUndefined();
    expect(coarse('DATE', '3/4/24', 'DOB: ', 19_786)).toBeUndefined();
    // 1950-03-14
    expect(coarse('DATE', '3/14/50', 'DOB: ', -7_233)).toBe('1950');
    expect(coarse('DATE', '3/14/2031', 'next visit ', 22_352)).toBe('2031');
  });

  test('a year that only the record says does not stand', () => {
    // The patient's birthday, in whatever year.
    expect(coarse('DATE', '14 March', 'admitted on ', -7_233)).toBeUndefined();
  });

  test.each([
    ['91-year-old', '90+ years old'],
    ['104 y/o', '90+ years old'],
    ['９２ years', '90+ years old'],
    ['93', '90+'],
    ['44', '40 to 49'],
    ['89 years old', '80 to 89 years old'],
    ['44 years old', '40 to 49 years old'],
    ['8-months-old', '0 to 9 years old'],
    ['130 months old', '10 to 19 years old'],
    ['ninety-one', undefined],
    ['91 to 95 years', undefined],
    ['1234 years', undefined],
  ])('the age %s is %s', (text, form) => {
    expect(coarse('AGE', text)).toBe(form);
  });

  test('an age of which only the figure hides goes by the unit behind it', () => {
    expect(coarse('AGE', '8', '', undefined, ' months old')).toBeUndefined();
    expect(coarse('AGE', '91', '', undefined, '-year-old')).toBe('90+');
  });

  test.each([
    ['12 Elm St, Springfield, MA 01101', '', 'ZIP 011'],
    ['01101-1234', 'lives in Springfield, MA ', 'ZIP 011'],
    ['90210', 'ZIP code: ', 'ZIP 902'],
    ['90210', 'zip ', 'ZIP 902'],
    ['10001', 'New York, ', 'ZIP 100'],
    // Few live there, or nobody.
    ['82101', 'WY ', 'ZIP 000'],
    ['03601', 'NH ', 'ZIP 000'],
    ['00001', 'zip ', 'ZIP 000'],
    // No code of the USA, or not known as one.
    ['28013', 'codigo postal ', undefined],
    ['10115', 'DE ', undefined],
    ['10115', 'in ', undefined],
    ['12345', '', undefined],
    ['12345 Main Street', '', undefined],
    ['Springfield', 'MA ', undefined],
  ])('the place %s after %j is %s', (text, before, form) => {
    expect(coarse('PLACE', text, before)).toBe(form);
  });

  test('nothing else has one', () => {
    for (const type of ['PATIENT', 'ORG', 'PHONE', 'EMAIL', 'ID', 'URL'] as const)
      expect(coarse(type, '2024 90+ MA 01101')).toBeUndefined();
  });
});
