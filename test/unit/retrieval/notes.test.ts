import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readNote } from '../../../src/retrieval/attachment-text.ts';
import { htmlText } from '../../../src/retrieval/html-text.ts';
import { labelsOf, labelsOfText } from '../../../src/retrieval/labels.ts';
import { firstOf, passagesOf, replacedBy } from '../../../src/retrieval/notes.ts';
import type { FhirReader } from '../../../src/retrieval/ports.ts';
import { codeSystems, type Resource } from '../../../src/vocabulary/fhir.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const document = (...attachments: unknown[]): Resource => ({
  resourceType: 'DocumentReference',
  content: attachments.map((attachment) => ({ attachment })),
});
const reader = (
  binaries: Readonly<Record<string, { contentType: string; data: Uint8Array }>> = {},
): FhirReader => ({
  server: 'main',
  search: () => Promise.reject(new Error('not expected')),
  read: () => Promise.reject(new Error('not expected')),
  capabilities: () => Promise.reject(new Error('not expected')),
  binary: (id) => Promise.resolve(binaries[id]),
});

const codes = (resource: Resource, named?: readonly Resource[]): readonly string[] =>
  labelsOf(resource, named).map((one) => one.code);

const condition = (system: string, code: string): Resource => ({
  resourceType: 'Condition',
  code: { coding: [{ system, code }] },
});

const about = (encounter: string): object => ({
  type: { coding: [{ code: '18842-5' }] },
  context: { encounter: [{ reference: encounter }] },
});

const version = (id: string, status: string, more: object = {}): Resource => ({
  resourceType: 'DocumentReference',
  id,
  status,
  ...more,
});

describe('HTML notes', () => {
  test('give what a reader sees, no scripts, no hidden text', () => {
    const html = `<html><head><title>T</title><style>p{}</style></head><body><h1>Visit</h1>
      <p>Feels <b>well</b>.<script>alert(1)</script></p><p hidden>secret one</p><p style="display: none">secret two</p>
      <span style="font-size:0">secret three</span><!-- secret four --><table><tr><td>LDL</td><td>131</td></tr></table>
      <span aria-hidden="true">secret five</span>a&amp;b</body></html>`;
    expect(htmlText(html)).toBe('Visit\n\nFeels well.\n\nLDL 131\n\na&b');
    expect(htmlText(html)).not.toContain('secret');
  });

  test('nested deeply do not exhaust the stack', () => {
    expect(htmlText(`${'<i>'.repeat(2000)}deep`)).toBe('deep');
  });
});

describe('reading a note', () => {
  test('plain, XHTML and Binary', async () => {
    expect(
      await readNote(document({ contentType: 'text/plain; charset=utf-8', data: base64('Grüße') }), reader()),
    ).toEqual({
      text: 'Grüße',
      shortened: false,
    });
    expect(
      (
        await readNote(
          document({ contentType: 'application/xhtml+xml', data: base64('<div>x</div>') }),
          reader(),
        )
      )?.text,
    ).toBe('x');
    const binaries = { b1: { contentType: 'text/plain', data: Buffer.from('from binary') } };
    expect(
      (await readNote(document({ contentType: 'text/plain', url: 'Binary/b1' }), reader(binaries)))?.text,
    ).toBe('from binary');
  });

  test.each([
    [{ contentType: 'application/pdf', data: base64('%PDF') }],
    [{ contentType: 'text/plain', url: 'http://elsewhere/Binary/b1' }],
    [{ contentType: 'text/plain', url: 'Binary/../Patient/p2' }],
    [{ contentType: 'text/plain', url: 'Binary/none' }],
    [{ contentType: 'text/plain', data: Buffer.from([0xff, 0xfe, 0xfd]).toString('base64') }],
    [{ contentType: 'text/plain; charset=klingon', data: base64('x') }],
    [{ data: base64('x') }],
    [{}],
  ])('%j is unread', async (attachment) => {
    expect(await readNote(document(attachment), reader())).toBeUndefined();
  });

  test('a second format is taken where the first cannot be read, and long ones are read up to a limit', async () => {
    const long = 'word '.repeat(70_000);
    const note = await readNote(
      document(
        { contentType: 'application/pdf', data: 'JVBE' },
        { contentType: 'text/plain', data: base64(long) },
      ),
      reader(),
    );
    expect(note?.shortened).toBe(true);
    expect(note?.text).toHaveLength(320_000);
  });
});

describe('passages', () => {
  test('are paragraphs with offsets into the text', () => {
    const text = '  First paragraph.\n\nSecond one,\ntwo lines.\r\n\r\nThird.';
    expect(passagesOf(text).map((one) => one.text)).toEqual([
      'First paragraph.',
      'Second one,\ntwo lines.',
      'Third.',
    ]);
  });

  test('of any text carry every word of it, at the offsets they name, without overlap', () => {
    const pieces = fc.constantFrom('word', '. ', '\n', '\n\n', ' ', 'Dr. ', 'é', '? ', 'x'.repeat(300));
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const passages = passagesOf(text);
        let last = 0;
        for (const { start, end, text: words } of passages) {
          expect(text.slice(start, end)).toBe(words);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(text.slice(last, start).trim()).toBe('');
          last = end;
        }
        expect(text.slice(last).trim()).toBe('');
      }),
    );
  });

  test('long paragraphs are cut at sentences', () => {
    const passages = passagesOf('This is a sentence of some length. '.repeat(60));
    expect(passages.length).toBeGreaterThan(3);
    for (const one of passages) expect(one.text.endsWith('.')).toBe(true);
  });

  test('keep a title with its name and a number with its line', () => {
    const passages = passagesOf(
      `${'Dr. Marchetti was seen by J. Falk at 12 Elm St. Springfield today. '.repeat(20)}\n2. Type 2 diabetes.`,
    );
    expect(passages.length).toBeGreaterThan(2);
    for (const one of passages) expect(one.text).toMatch(/^(?:Dr\.|2\. Type).*\.$/s);
  });

  test('carry the labels of the document and of their own words', () => {
    const own = [{ system: 's', code: 'R', origin: 'source' as const }];
    const [first, second] = passagesOf('Blood pressure fine.\n\nHIV viral load undetectable.', own);
    expect(first?.labels.map((one) => one.code)).toEqual(['R']);
    expect(second?.labels.map((one) => one.code)).toEqual(['R', 'HIV']);
  });
});

describe('labels', () => {
  test.each([
    [condition(codeSystems.icd10cm, 'B20'), 'HIV'],
    [condition(codeSystems.icd10cm, 'F33.1'), 'PSY'],
    [condition(codeSystems.icd10cm, 'F11.20'), 'OPIOIDUD'],
    [condition(codeSystems.snomed, '7200002'), 'ETHUD'],
    [condition(codeSystems.snomed, '706893006'), 'SDV'],
    [
      { resourceType: 'Observation', code: { coding: [{ system: codeSystems.loinc, code: '44261-6' }] } },
      'MH',
    ],
    [
      { resourceType: 'MedicationRequest', medicationCodeableConcept: { text: 'Biktarvy oral tablet' } },
      'HIV',
    ],
    [{ resourceType: 'Condition', code: { text: 'Gonorrhoea, resolved' } }, 'STD'],
  ])('%j is %s', (resource, code) => {
    expect(codes(resource)).toContain(code);
  });

  test('ordinary findings have none, nicotine is no substance use label, and prefixes end at their system', () => {
    for (const one of [
      condition(codeSystems.icd10cm, 'E11.9'),
      condition(codeSystems.icd10cm, 'F17.210'),
      condition('urn:x', 'B20'),
      condition(codeSystems.snomed, '70000020'),
    ])
      expect(codes(one)).toEqual([]);
    expect(labelsOfText('Blood pressure 120/80, glucose normal.')).toEqual([]);
    expect(labelsOfText('Shiver, stdlib and Gayle are only words.')).toEqual([]);
  });

  test('of the source come first and stay, the drug of an order counts', () => {
    const order: Resource = {
      resourceType: 'MedicationRequest',
      meta: {
        security: [
          { system: codeSystems.confidentiality, code: 'R' },
          { system: codeSystems.actCode, code: 'HIV' },
        ],
      },
      medicationReference: { reference: 'Medication/m1' },
    };
    const drug: Resource = {
      resourceType: 'Medication',
      code: { coding: [{ display: 'methadone hydrochloride 10 MG' }] },
    };
    expect(labelsOf(order).map((one) => `${one.code} ${one.origin}`)).toEqual(['R source', 'HIV source']);
    expect(codes(order, [drug])).toEqual(['R', 'HIV', 'OPIOIDUD', 'SUD', 'ETH', 'BH']);
  });
});

describe('replaced documents', () => {
  test('are those with a current version; a superseded one without stays', () => {
    const replaces = { relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/d1' } }] };
    expect([...replacedBy([version('d1', 'current'), version('d2', 'current', replaces)])]).toEqual(['d1']);
    expect([...replacedBy([version('d1', 'superseded'), version('d2', 'current')])]).toEqual([]);
    expect([
      ...replacedBy([
        version('d1', 'superseded', about('Encounter/e1')),
        version('d2', 'current', about('Encounter/e1')),
      ]),
    ]).toEqual(['d1']);
    expect([
      ...replacedBy([
        version('d1', 'superseded', about('Encounter/e1')),
        version('d2', 'current', about('Encounter/e2')),
      ]),
    ]).toEqual([]);
  });
});

const passage = (text: string, start = 0) => ({ text, start, end: start + text.length, labels: [] });

describe('the first passages of a note', () => {
  test('are all of them where they fit', () => {
    const all = [passage('Seen.'), passage('Well.', 7)];
    expect(firstOf(all)).toEqual({ passages: all, shortened: false });
  });

  test('end at the limit, between two words where one passage is longer than all that may be shown', () => {
    const long = passage('word '.repeat(10_000).trimEnd());
    const { passages, shortened } = firstOf([passage('Seen.'), long, passage('Never shown.')]);
    expect(shortened).toBe(true);
    expect(passages).toHaveLength(2);
    const [, cut] = passages;
    expect(cut?.text.length).toBeLessThanOrEqual(32_000 - 5);
    expect(cut?.text.endsWith('word')).toBe(true);
    expect(cut?.end).toBe(cut?.text.length);
  });
});
