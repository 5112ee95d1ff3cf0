import { describe, expect, test } from '@jest/globals';
import { lexemes } from '../../../src/redaction/lexemes.ts';
import { normalise } from '../../../src/redaction/normalise.ts';
import { scanText } from '../../../src/redaction/scan.ts';
import { withCapitals } from '../../../src/redaction/small-letters.ts';
import fc from '../../fixtures/properties.ts';
import { clinicalSentences } from './clinical-sentences.ts';
import { safeHarbor } from './identity.ts';

const capitalised = (text: string): string => withCapitals(lexemes(normalise(text))).view.text;

/** A text with what is hidden in it in brackets. */
const shown = (text: string): string =>
  scanText(text, [safeHarbor])
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (rest, { start, end }) => `${rest.slice(0, start)}[${rest.slice(start, end)}]${rest.slice(end)}`,
      text,
    );

describe('lines in small letters', () => {
  test.each([
    ['pt maria ortiz, here today', 'pt Maria Ortiz, here today'],
    ['seen by dr. patel w. at mercy hospital', 'seen by dr. Patel W. at Mercy Hospital'],
    [
      'treated in dallas, lives at 12 elm st., springfield',
      'treated in Dallas, lives at 12 Elm St., Springfield',
    ],
    ['last seen by dr. Clara bennett here', 'last seen by dr. Clara Bennett here'],
    ['seen at ucsf med ctr, san diego last week', 'seen at Ucsf Med Ctr, San Diego last week'],
    ['a man like david r., 60 yo', 'a man like David R., 60 yo'],
    ['Pls see pt john smith. COPD, on o2', 'Pls see pt John Smith. COPD, on o2'],
  ])('%j has capitals for names', (text, expected) => {
    expect(capitalised(text)).toBe(expected);
  });

  test.each([
    'the ana was positive and the tia workup negative',
    'mr imaging of the brain; ms relapse on therapy',
    'she may take aspirin with food in may',
    'Seen by Maria in clinic; john smith waited outside',
    'john smith',
    'on march 3rd, 2024 at st. some where',
  ])('%j stays', (text) => {
    expect(capitalised(text)).toBe(text);
  });

  test.each([
    ['guidelines for a 60-year-old male, robert lee, seen at cedar clinic', '[robert lee]', '[cedar clinic]'],
    [
      'pt jane roe seen by dr. alvarado at st. jude hospital',
      '[jane roe]',
      '[alvarado]',
      '[st. jude hospital]',
    ],
    ['he moved here from chicago and lives at 1234 elm street', '[chicago]', '[1234 elm street]'],
  ])('%j hides them', (text, ...expected) => {
    for (const one of expected) expect(shown(text)).toContain(one);
  });

  test('clinical sentences without capitals stay', () => {
    const lines = Object.values(clinicalSentences).flat();
    const touched = lines.filter((line) => shown(line.toLowerCase()) !== line.toLowerCase());
    expect(lines.length).toBeGreaterThan(400);
    expect(touched.length).toBeLessThan(lines.length / 200 + 1);
  });

  test('nothing but capitals changes', () => {
    const word = fc.constantFrom(
      'john',
      'smith',
      'dr.',
      'at',
      'mercy',
      'clinic',
      'ß',
      'ﬁ',
      'İ',
      'in',
      'paris',
      '12',
      'elm',
      'st',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const view = normalise(words.join(' '));
        const lex = withCapitals(lexemes(view));
        expect(lex.view.lower).toBe(view.lower);
        expect(lex.view.text.length).toBe(view.text.length);
        expect(lex.view.text.toLowerCase()).toBe(view.text.toLowerCase());
      }),
    );
  });
});
