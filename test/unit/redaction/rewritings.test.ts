import { describe, expect, test } from '@jest/globals';
import { lexemes } from '../../../src/redaction/lexemes.ts';
import { normalise } from '../../../src/redaction/normalise.ts';
import { buildRecordMatcher } from '../../../src/redaction/record-matcher.ts';
import { rewritings } from '../../../src/redaction/rewritings.ts';
import { identity, marked, withPack } from './identity.ts';

const known = buildRecordMatcher(identity);
const readAgain = (text: string): string[] =>
  rewritings(lexemes(normalise(text)), known).map(({ kind }) => kind);

describe('what is read a second time', () => {
  test.each([
    ['how a drug is given, and initials of the record, with dots', 'ibuprofen q.i.d. as M.D.C.O. agreed'],
    ['how often a drug is taken', 'albuterol 2 puffs q4-6h prn, q4-6 h'],
    ['a whole day at the end of a line', 'seen on 2026-04-24\n1 tablet'],
    ['a number of the record behind its letters', 'chart MRN0044713-02'],
    ['the last word of a line and the first of the next one', 'at 77 FOUNDRY ROW\nAllergies: sulfa'],
    ['plain text', 'Seen for a cough since Monday.'],
  ])('not %s', (_, text) => {
    expect(readAgain(text)).toEqual([]);
  });

  test.each([
    ['a name of the record with dots', 'seen with M.A.Y. today', 'spaced'],
    ['a name that lists know', 'seen with L.E.E. today', 'spaced'],
    ['letters spaced out by blanks', 'M a r i a came', 'spaced'],
    ['letters and digits with dots', 'code 4.1.3.a.5', 'spaced'],
    ['letters of both cases', 'A.n.a. came', 'spaced'],
    ['a number that begins like a frequency', 'number q4-612-3344 called', 'mistaken'],
    ['a year with a letter', 'since 2O24', 'mistaken'],
    ['a day of which one figure is on the next line', 'seen on 2026-04-2\n4', 'divided'],
    ['a number of the record with a letter, behind its letters', 'chart MRNO044713', 'mistaken'],
    ['a word divided at the end of a line', 'Sep-\ntember', 'joined'],
  ])('%s is', (_, text, kind) => {
    expect(readAgain(text)).toEqual([kind]);
  });

  test.each(['M.R.N. 4471203', 'S.S.N. 219-09-9999', 'q4-6h, MRN 0044713'])(
    '%s: what announces or is an identifier hides',
    (text) => {
      expect(marked(text, withPack)).not.toMatch(/\d{4}/);
    },
  );
});
