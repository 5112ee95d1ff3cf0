import { describe, expect, test } from '@jest/globals';
import { normalise } from '../../../src/redaction/normalise.ts';
import fc from '../../fixtures/properties.ts';
import { redactor, withPack } from './identity.ts';
import { spansIn } from './spans-in.ts';

const look: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  o: 'ο',
  i: 'і',
  c: 'с',
  M: 'М',
  O: 'О',
  S: 'Ѕ',
  T: 'Τ',
};

/** Ways to write a value so that a plain search misses it. */
const evasions: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  capitals: (text) => text.toUpperCase(),
  homoglyphs: (text) => text.replaceAll(/[aeoicMOST]/g, (letter) => look[letter] ?? letter),
  zeroWidth: (text) => Array.from(text).join('\u200b'),
  softHyphens: (text) => text.replaceAll(/(?<=\p{L})(?=\p{L})/gu, '\u00ad'),
  bidi: (text) => `\u202b${text}\u202c`,
  fullWidth: (text) => text.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  bold: (text) =>
    text.replaceAll(/[a-z]/g, (letter) => String.fromCodePoint(0x1d41a + letter.charCodeAt(0) - 97)),
  marks: (text) => text.replaceAll(/[aeiou]/g, '$&\u0301'),
  noBreak: (text) => text.replaceAll(' ', '\u00a0'),
  lineBreak: (text) => text.replaceAll(' ', '\n'),
};

const values = [
  'Maria Ortiz-Núñez',
  'Ortiz, Maria',
  'Maria del Carmen',
  'M. Ortiz',
  'Bill White',
  'May Li',
  'MRN-0044713',
  '0044713',
  '(919) 555-0142',
  '919 555 0142',
  'maria.ortiz@example.org',
  '12 Elm Street',
  'Mercy General Hospital',
  '2026-02-03',
  'February 3, 2026',
  '3 Feb 2026',
  '14 March 1950',
];

const surroundings = [
  ['Seen today: ', ' is doing well.'],
  ['note about ', '; continue metformin 500 mg.'],
  ['(', ')'],
] as const;

describe('no record value survives an evasion', () => {
  test.each(Object.keys(evasions))('%s', (name) => {
    fc.assert(
      fc.property(fc.constantFrom(...values), fc.constantFrom(...surroundings), (value, [before, after]) => {
        const written = evasions[name]?.(value) ?? value;
        const text = before + written + after;
        let rest = '';
        let at = 0;
        for (const span of spansIn(redactor, text)) {
          rest += text.slice(at, span.start);
          at = span.end;
        }
        rest = normalise(rest + text.slice(at)).lower.replaceAll(/[^a-z0-9]/g, '');
        const around = normalise(before + after).lower.replaceAll(/[^a-z0-9]/g, '');
        expect(rest.replace('mrn', '')).toBe(around);
      }),
      { numRuns: 200 },
    );
  });
});

describe('letters with dots that say what stands beside them', () => {
  test.each([
    ['See W.W.W.foo.com today.', 'foo.com'],
    ['See pinehollow-clinic.o.r.g/results?id=88 today.', 'pinehollow'],
    ['Call 413-555-0131 e.x.t. 12 today.', '12'],
    ['Inpatient at U.N.M Hospital in spring.', 'Hospital'],
    ['Records from M.A.S.S General were faxed.', 'General'],
  ])('%s', (text, hidden) => {
    const at = text.indexOf(hidden);
    const covering = spansIn(withPack, text).some(
      ({ start, end }) => start <= at && end >= at + hidden.length,
    );
    expect(covering).toBe(true);
  });

  test('how a drug is given stays', () => {
    const text = 'Oxycodone 5 mg p.o. q4-6h p.r.n. pain, b.i.d. at most.';
    expect(spansIn(withPack, text)).toEqual([]);
  });
});
