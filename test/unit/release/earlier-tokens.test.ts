import { describe, expect, test } from '@jest/globals';
import { unissuedTokens } from '../../../src/release/earlier-tokens.ts';

const issued = ['[[PATIENT-7F3K9Q2M]]', '[[DATE-0T4XW8RB day 412]]'];

describe('tokens of an answer that the vault is asked for', () => {
  test.each([
    ['an issued one, in any form', 'Of [[PATIENT-7F3K9Q2M.2]] on [[date-0t4xw8rb day 9]].', []],
    ['another one', 'By [[CLINICIAN-11111111]].', ['[[CLINICIAN-11111111]]']],
    [
      'a later form, and the first in its place',
      '[[PERSON-22222222.3]]',
      ['[[PERSON-22222222.3]]', '[[PERSON-22222222]]'],
    ],
    [
      'a date, with its day and without',
      '[[DATE-33333333 day -7]]',
      ['[[DATE-33333333]]', '[[DATE-33333333 day -7]]'],
    ],
    [
      'written loosely',
      '**clinician_11111111** [PERSON-22222222]',
      ['[[CLINICIAN-11111111]]', '[[PERSON-22222222]]'],
    ],
    ['with characters that nobody sees', '[[CLIN\u200bICIAN-1111\u200b1111]]', ['[[CLINICIAN-11111111]]']],
    ['once', '[[ORG-44444444]] [[ORG-44444444]]', ['[[ORG-44444444]]']],
    ['another type of an issued stem', '[[PERSON-7F3K9Q2M]]', ['[[PERSON-7F3K9Q2M]]']],
  ])('%s', (_, text, asked) => {
    expect(unissuedTokens(text, issued)).toEqual(asked);
  });
});
