import { describe, expect, test } from '@jest/globals';
import { buildInterlock } from '../../../src/interlock/build.ts';
import { type FormId, forms } from '../../../src/interlock/forms.ts';
import { ordinaryWords } from '../../../src/interlock/ordinary-words.ts';
import { removedMarks } from '../../../src/redaction/act.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import { notices } from '../../../src/vocabulary/notices.ts';
import { purposes } from '../../../src/vocabulary/purpose.ts';
import { tokenTypes } from '../../../src/vocabulary/token.ts';
import fc from '../../fixtures/properties.ts';

const person = (entity: string, given: string[], family: string): IdentityValue => ({
  kind: 'name',
  bearer: 'patient',
  entity,
  text: [...given, family].join(' '),
  name: { given, family },
  source: 'Patient.name',
});
const of = (kind: IdentityValue['kind'], text: string, more: Partial<IdentityValue> = {}): IdentityValue => ({
  kind,
  bearer: 'patient',
  entity: 'Patient/p1',
  text,
  source: 'Patient',
  ...more,
});

const sheet: readonly IdentityValue[] = [
  person('Patient/p1', ['Maria', 'del Carmen'], 'Ortiz'),
  person('Practitioner/1', ['Jürgen'], 'Müller'),
  person('Practitioner/2', ['Siobhán'], "O'Rourke"),
  person('Practitioner/3', ['Rose'], 'Long'),
  person('Practitioner/4', ['Bo'], 'Ng'),
  person('Practitioner/5', ['Keisha'], 'Wilson'),
  person('RelatedPerson/1', ['小龙'], '欧阳'),
  person('RelatedPerson/2', ['Anastasia'], 'Иванова'),
  of('date', '1961-03-04', { date: { day: '1961-03-04', role: 'birth' } }),
  of('telecom', '+1 (617) 555-0143', { system: 'phone' }),
  of('telecom', '+49 30 90182 4471', { system: 'phone' }),
  of('telecom', 'm.ortiz61@mail.example.org', { system: 'email' }),
  of('telecom', 'https://portal.example.org/u/ortizm', { system: 'url' }),
  of('identifier', 'MRN-00482913'),
  of('identifier', '73519'),
  of('identifier', '123-45-6789'),
  of('identifier', 'a91f3c2e-77b0-4d5a-9c1e-2f6b8d0e4a55'),
  of('address', '12 Elm Street Apt 4B, Springfield, MA 01101', {
    address: { line: ['12 Elm Street Apt 4B'], city: 'Springfield', state: 'MA', postalCode: '01101' },
  }),
  of('address', 'Hauptstraße 9, SW1A 2AB', { address: { line: ['Hauptstraße 9'], postalCode: 'SW1A 2AB' } }),
  of('organization', 'Riverbend Family Clinic'),
];
const interlock = buildInterlock(sheet);
const b64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');

const planted: Readonly<Record<FormId, readonly string[]>> = {
  'name-word': [
    'Maria',
    'ORTIZ',
    'carmen',
    'María',
    "Ortiz's",
    'siobhan',
    'rourke',
    'anastasia',
    'Иванова',
    'maria_x',
  ],
  'name-umlaut': ['Mueller', 'Juergen', 'muller', 'JÜRGEN'],
  'name-joined': ['MariaOrtiz', 'ortizmaria', 'ORourke'],
  'name-context': ['Rose Long', 'Long, Rose', 'ROSE LONG', 'Rose M. Long', 'Dr. Long', 'Mrs Ng', 'Bo Ng'],
  'name-eponym': ['Keisha', 'seen by Wilson today', 'Wilson, MD'],
  'name-unspaced': ['患者欧阳小龙今天', '小龙欧阳'],
  'date-iso': ['1961-03-04', '1961/03/04', '1961.03.04', '19610304', '1961-03-04T10:00:00Z'],
  'date-numeric': ['03/04/1961', '3/4/61', '04.03.1961', '4-3-1961', '04. 03. 1961', '03041961', '04031961'],
  'date-month-name': [
    'March 4, 1961',
    '4 March 1961',
    'Mar 4th, 1961',
    '4th of March 1961',
    '04-Mar-61',
    '4 de marzo de 1961',
    '4. März 1961',
    '1961 March 4',
    '4 mars 1961',
  ],
  'date-epoch': [String(Date.UTC(1961, 2, 4) / 1000), String(Date.UTC(1961, 2, 4))],
  phone: [
    '617.555.0143',
    '6’175’550’143',
    '(617) 555 0143',
    '+16175550143',
    '617.555.0143',
    '6’175’550’143',
    '6 1 7 5 5 5 0 1 4 3',
    '+493090182 4471',
    '030 90182 4471',
  ],
  'phone-local': ['555-0143', '555 0143'],
  email: ['m.ortiz61@mail.example.org', 'M.ORTIZ61 (at) mail dot example dot org'],
  url: ['portal.example.org/u/ortizm', 'http://www.portal.example.org/u/ortizm'],
  'identifier-number': ['73519', 'MRN:73519', '123-45-6789', '123456789', '123 45 6789'],
  'identifier-mixed': ['MRN-00482913', 'mrn00482913', 'MRN 00482913', 'a91f3c2e77b04d5a9c1e2f6b8d0e4a55'],
  'identifier-zeros': ['482913', 'MRN482913'],
  'figures-glued': [
    '9123-45-6789',
    '123-45-6789123-45-6789',
    '000123.45.67891',
    '(617) 555-01431',
    '1617 555 01432',
    '1961-03-0412:30',
    '0001961/03/041',
    '04.03.19611',
  ],
  'address-line': ['12 Elm Street', '12 elm st., apt 4b', '12, Elm St', 'Hauptstr. 9', 'HAUPTSTRASSE 9'],
  'address-city': ['Springfield, MA', 'Springfield 01101', 'MA 01101'],
  'address-postal': ['zip 01101', 'ZIP code: 01101', 'SW1A 2AB', 'sw1a2ab'],
  'organization-name': ['Riverbend Family Clinic', 'RIVERBEND FAMILY CLINIC'],
  json: ['\\u004daria', '\\nOrtiz', '\\x4daria', '\\u{4d}aria'],
  percent: ['%4Daria', 'Mar%C3%ADa', '%4F%72%74%69%7A'],
  entity: ['&#77;aria', '&#x4d;aria', 'Mar&iacute;a', 'M&uuml;ller'],
  base64: [
    b64('Maria Ortiz'),
    b64('patient is Maria').slice(1),
    b64('Ortiz').replaceAll('=', ''),
    b64(b64('born 1961-03-04')),
  ],
  hex: [
    hex('Maria Ortiz'),
    hex('Ortiz').toUpperCase(),
    '4d 61 72 69 61',
    '\\x4d\\x61\\x72\\x69\\x61',
    '0x4f,0x72,0x74,0x69,0x7a',
    '0x4f, 0x72, 0x74, 0x69, 0x7a',
    '4f, 72, 74, 69, 7a',
  ],
  reversed: ['airaM', 'zitrO', '3410-555-716', '40-30-1691'],
  spaced: ['M a r i a', 'O-r-t-i-z', 'm.a.r.i.a', 'M a r i a   O r t i z'],
  invisible: [
    'Ma\u200bria',
    'Ｍａｒｉａ',
    'Mаriа',
    'O\u202ertiz',
    '𝐌𝐚𝐫𝐢𝐚',
    '٠١٩٦١-٠٣-٠٤'.slice(1),
    'Or\u{e0061}tiz',
    'Mar\u0000ia',
  ],
};

describe('every form of the table is found', () => {
  test.each(forms.map(({ id }) => id))('%s', (id) => {
    expect(planted[id].length).toBeGreaterThan(0);
    for (const text of planted[id]) {
      const before = 'Seen today: ';
      const whole = `${before}${text}, stable.`;
      const findings = interlock.scan(whole);
      expect([text, findings.length > 0]).toEqual([text, true]);
      for (const { start, end } of findings) expect(start < end && end <= whole.length).toBe(true);
    }
  });

  test('findings lead to the place', () => {
    const text = 'Été: María, 617-555-0143.';
    const places = interlock.scan(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);
    expect(places).toContainEqual(['name', 'María']);
    expect(places).toContainEqual(['telecom', '617-555-0143']);
  });
});

const clinical = [
  'White blood cell count 10.5 x10^3/uL (ref 4.5-11.0), platelets 150000 /uL, WBC 6690-2',
  'LDL Cholesterol 2089-1 120 mg/dL; HbA1c 4548-4 6.1 %; SNOMED 73211009; RxNorm 314231',
  'Wilson disease ruled out. Wilson’s disease screening. ANA titer 1:80. Long QT. Rose bengal stain.',
  'Patient may need a long acting insulin 10 units; the rose-coloured rash is gone.',
  'BP 128/82, HR 73, temp 37.2, weight 73.519 kg, 73519 mg, 3/4 strength, visit 4/3, 555 mg x 0143',
  '[[PATIENT-7F3K9Q2M]] seen on [[DATE-0T4XW8RB day 73519]] by [[CLINICIAN-MAR1AAAA.2]]',
  'in 1961, in March 1961, day 4, springfield, zip lock bag, elm, 12 elms, clinic, family',
  'Na 140, K 4.1, Li 0.8 mmol/L, 30 ng/mL; take 1 tablet by mouth twice daily for 14 days',
  'code 1123-45-678 and 23-45-67891, 961-03-041, 1961-03 04 12, 1961-03-4567, 55-501 43, 12961-031-04',
];

describe('ordinary clinical text passes', () => {
  test.each(clinical)('%s', (text) => {
    expect(interlock.scan(text)).toEqual([]);
    expect(interlock.scan(JSON.stringify({ text }))).toEqual([]);
  });

  test('words of the gateway’s own fixed texts are ordinary', () => {
    const own = [
      ...Object.values(notices).map(({ text }) => text),
      ...Object.values(purposes).map(({ name }) => name),
      ...tokenTypes,
      ...Object.values(removedMarks),
      'ZIP 000',
      'model messages role content system user assistant stream options include usage temperature max tokens',
    ].join(' ');
    const missing = new Set(
      (own.toLowerCase().match(/[a-z]{3,}/g) ?? []).filter((word) => !ordinaryWords.has(word)),
    );
    expect([...missing]).toEqual([]);
  });

  const word = fc.constantFrom(
    ...'tablet daily mg patient denies chest pain insulin glucose 120 7.4 98.6 oral wound left knee 5 25 may white will long stable 140/90 hemoglobin creatinine 1.1 2345-7 normal'.split(
      ' ',
    ),
  );
  test('random clinical words are not identifiers', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 200 }), (words) => {
        expect(interlock.scan(words.join(' '))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

test('a value planted in any form anywhere in random text is found', () => {
  const filler = fc.string({
    unit: fc.constantFrom(...'abe xyzq \n.,;:()[]{}"\'é患0 9'.split('')),
    maxLength: 200,
  });
  const form = fc.constantFrom(...forms.flatMap(({ id }) => planted[id]));
  fc.assert(
    fc.property(filler, form, filler, (before, text, after) => {
      expect(interlock.scan(`${before} | ${text} | ${after}`).length).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});

test('a hidden value in the shape of a token is found', () => {
  const own = buildInterlock([of('identifier', '00482913'), person('p', ['Esteban'], 'Abernath')]);
  expect(own.scan('[[ID-00482913]]')).toHaveLength(1);
  expect(own.scan('[[ID-ABERNATH]]')).toHaveLength(1);
});

/** Milliseconds of processor time, which a busy host does not lengthen. */
const time = (run: () => void): number => {
  run();
  const start = process.cpuUsage();
  run();
  const { system, user } = process.cpuUsage(start);
  return (system + user) / 1000;
};

test('building and scanning stay fast and linear', () => {
  const many = Array.from({ length: 100 }, (_, index): IdentityValue[] => [
    person(
      `p${index}`,
      [`Given${String.fromCharCode(97 + (index % 26))}na`],
      `Family${'x'.repeat(index % 9)}`,
    ),
    of('identifier', `AB${100000 + index * 7919}`),
    of('date', '', { date: { day: `20${String(10 + (index % 16))}-0${1 + (index % 9)}-11`, role: 'event' } }),
    of('telecom', `617-555-${String(1000 + index)}`, { system: 'phone' }),
  ]).flat();
  const hostile = ['1-', 'a', '1 ', '%41', '\\u0041', '&#65;', 'QUJD', '41 ', 'Ab1', '[[', '2020-01-'];
  expect(time(() => buildInterlock(many))).toBeLessThan(50);
  const built = buildInterlock(many);
  for (const unit of hostile) {
    expect([unit, time(() => built.scan(unit.repeat(50_000 / unit.length))) < 1500]).toEqual([unit, true]);
  }
});

describe('what is decoded once is found as often as it stands', () => {
  const written = Object.values(planted).flat();
  test('an interlock that has read finds what a new one finds', () => {
    const own = buildInterlock(sheet);
    for (const text of [...written, ...written.toReversed(), written.join(' and '), written.join('\\n')])
      expect({ text, found: own.scan(text) }).toEqual({ text, found: buildInterlock(sheet).scan(text) });
  });

  const bytes = hex('Ortiz').replace(/../g, '$& ').trim();
  const list = hex('Ortiz').replace(/../g, '0x$&, ').slice(0, -2);
  test.each([
    ['alone', bytes, ''],
    ['behind a letter that is none of theirs', 'q', bytes],
    ['behind blanks', '  ', bytes],
    ['before a letter', bytes, 'q'],
    ['a list alone', list, ''],
    ['a list between brackets', '[', `${list}]`],
  ])('bytes in hexadecimal %s', (_place, before, after) => {
    expect(interlock.scan(`${before}${after}`).map(({ kind }) => kind)).toContain('name');
  });
  test('a list that is the end of a word is none', () => {
    expect(interlock.scan(`q${list.slice(2)}`)).toEqual([]);
  });
});

const judged = (text: string, until: number): string[] =>
  interlock
    .scan(text)
    .filter(({ start }) => start < until)
    .map(({ kind, start, end }) => `${kind} ${start} ${end}`);

describe('a text that goes on', () => {
  const before = 'It was taken on arrival, twice: ';
  const after = ' and disease was, of March 4 2026, ruled out; 12 units, Dr. Nobody.';
  test.each(Object.entries(planted))(
    '%s: what begins before its open end is judged for good',
    (_form, texts) => {
      for (const planting of texts) {
        const whole = `${before}${planting}${after}`;
        for (let length = 1; length <= whole.length; length += 1) {
          const said = whole.slice(0, length);
          const seen = interlock.scan(said);
          // What is seen to reach over the open end is not judged yet.
          const open = seen
            .toSorted((a, b) => b.start - a.start)
            .reduce((at, { start, end }) => (start < at && end > at ? start : at), interlock.open(said));
          expect({ said, open, found: judged(said, open) }).toEqual({
            said,
            open,
            found: judged(whole, open),
          });
          expect({
            said,
            cut: interlock.scan(whole).filter(({ start, end }) => start < open && end > open),
          }).toEqual({
            said,
            cut: [],
          });
        }
      }
    },
  );

  test('a harmless end leaves little open', () => {
    expect(after.length - interlock.open(after)).toBeLessThan(12);
    const prose =
      'The newest value lies inside the range that is given with it, and no older one was far from it. ';
    for (let length = 1; length <= prose.length; length += 1)
      expect(length - interlock.open(prose.slice(0, length))).toBeLessThan(12);
  });
});
