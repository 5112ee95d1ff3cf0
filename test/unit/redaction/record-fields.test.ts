import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import { marked, safeHarbor } from './identity.ts';

const from = { entity: 'Patient/p6', bearer: 'patient', source: 'Patient' } as const;

/** Values beside figures of other fields, and days as they are said. */
const identity: readonly IdentityValue[] = [
  {
    ...from,
    kind: 'name',
    text: 'Marisol Fenolyort',
    name: { given: ['Marisol', 'Elke'], family: 'Fenolyort' },
  },
  { ...from, kind: 'telecom', system: 'phone', text: '+1-212-240-2373' },
  { ...from, kind: 'identifier', text: 'ACC17198546' },
  { ...from, kind: 'date', text: '2022-01-21', date: { day: '2022-01-21', role: 'event' } },
  { ...from, kind: 'date', text: '1957-10-05', date: { day: '1957-10-05', role: 'birth' } },
];
const by = createRedactor({ identity, packs: [safeHarbor] });

describe('values of the record beside those of other fields', () => {
  test.each([
    ['potassium\t5.1\t(212) 240-2373', 'potassium\t5.1\t<PHONE>'],
    ['lactate\t<0.01\t212-240-2373', 'lactate\t<0.01\t<PHONE>'],
    ['ketones\t1+\t212 240-2373', 'ketones\t1+\t<PHONE>'],
    ['call +1\t212\t240\t2373', 'call +<PHONE>'],
    [String.raw`call 212\240\2373`, 'call <PHONE>'],
    ['11.4 x10^9/L\n"Fenolyort"', '11.4 x10^9/L\n"<PATIENT>"'],
    ['Ms. Fenolyort, BNP was 51', 'Ms. <PATIENT>, BNP was 51'],
    ['Regarding Fenolyort, TSH was 1.2', 'Regarding <PATIENT>, TSH was 1.2'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each(['LIVES AT 8814 TORVEGGI WITH GRANDMOTHER.', 'REDUCE DIGOXIN TO 1 G.\nSHE AGREED.'])(
    'keeps what is no part of a value: %s',
    (text) => {
      const hidden = marked(text, by);
      for (const word of ['WITH GRANDMOTHER', '1 G.'].filter((kept) => text.includes(kept)))
        expect(hidden).toContain(word);
    },
  );

  test.each([
    ['21 stycznia 2022', '<DATE>'],
    ['5 października 1957', '<DATE>'],
    ['January twenty-first, twenty twenty-two', '<DATE>'],
    ['the fifth of October, nineteen fifty-seven', 'the <DATE>'],
    ['October 5, nineteen hundred', '<DATE>'],
    ['January 21‚ 2022', '<DATE>'],
    ['October 5、 1957', '<DATE>'],
    ['5 October two thousand and three, then home', '<DATE>, then home'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each([
    [String.raw`|Fenolyort\S\Marisol|`, '|<PATIENT>|'],
    [String.raw`21\.br\January\.br\2022`, '<DATE>'],
    [String.raw`\X4D6172\\X69736F6C\ is here`, '<PATIENT> is here'],
    [String.raw`\x4D\x61\x72\x69\x73\x6f\x6c`, '<PATIENT>'],
  ])('%j in a message of HL7 v2', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each([
    ['(2|2) 240-2373', '(<PHONE>'],
    ['"tel":"+12|22402373"', '"tel":"+<PHONE>"'],
    ['ACC|7|98546 today', '<ID> today'],
    ['seen 2|/0|/2022', 'seen <DATE>'],
    ['Oct 5, |957', '<DATE>'],
    ['2022-0|-2|', '<DATE>'],
  ])('%j: a bar is read as a one', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each(['|12.5|34.1|8|', 'K 4.1|Na 140|Cl 101', '1|2|3|4', '|5|957|', '| May | 2020 |'])(
    'a bar parts cells: %s',
    (text) => {
      expect(marked(text, by)).toBe(text);
    },
  );

  test.each([
    ['J_a_n_u_a_r_y 2_1_, 2_0_2_2', '<DATE>'],
    ['J*a*n*u*a*r*y 2*1*s*t*, 2*0*2*2', '<DATE>'],
    ['F_e_n_o_l_y_o_r_t_, M_a_r_i_s_o_l', '<PATIENT>'],
  ])('%j: the sign that sets apart stands before a comma too', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });
});
