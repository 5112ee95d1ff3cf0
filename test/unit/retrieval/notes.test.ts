import { describe, expect, test } from '@jest/globals';
import { readNote } from '../../../src/retrieval/attachment-text.ts';
import { htmlText } from '../../../src/retrieval/html-text.ts';
import {
  firstOf,
  passagesOf as passagesBy,
  replacedBy,
  withoutSentences,
} from '../../../src/retrieval/notes.ts';
import type { BinaryContent, FhirReader } from '../../../src/retrieval/ports.ts';
import type { Label } from '../../../src/vocabulary/context-item.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { labeller } from '../../fixtures/labels.ts';
import fc from '../../fixtures/properties.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const document = (...attachments: unknown[]): Resource => ({
  resourceType: 'DocumentReference',
  content: attachments.map((attachment) => ({ attachment })),
});
const reader = (binaries: Readonly<Record<string, BinaryContent>> = {}): FhirReader => ({
  server: 'main',
  search: () => Promise.reject(new Error('not expected')),
  read: () => Promise.reject(new Error('not expected')),
  capabilities: () => Promise.reject(new Error('not expected')),
  binary: (id) => Promise.resolve(binaries[id]),
});

const labelsOfText = (text: string) => labeller.ofText(text);
const passagesOf = (text: string, own?: readonly Label[]) => passagesBy(text, labelsOfText, own);

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

/** CPU time in microseconds. */
const readHuge = (size: number): number => {
  const html = `<style>${'a'.repeat(size)}!{{{display:none}</style><p style="${'text-decoration:'.repeat(size / 16)}">x</p>`;
  const before = process.cpuUsage().user;
  expect(htmlText(html)).toBe('x');
  return process.cpuUsage(undefined).user - before;
};

describe('HTML notes', () => {
  test('give what a reader sees, no scripts, no hidden text', () => {
    const html = `<html><head><title>T</title><style>p{}</style></head><body><h1>Visit</h1>
      <p>Feels <b>well</b>.<script>alert(1)</script></p><p hidden>secret one</p><p style="display: none">secret two</p>
      <span style="font-size:0">secret three</span><!-- secret four --><table><tr><td>LDL</td><td>131</td></tr></table>
      <span aria-hidden="true">secret five</span>a&amp;b</body></html>`;
    expect(htmlText(html)).toBe('Visit\n\nFeels well.\n\nLDL 131\n\na&b');
    expect(htmlText(html)).not.toContain('secret');
  });

  test.each([
    [
      'a class that a style sheet hides',
      '<style>.x, p.note:hover { display:none }</style><p class="a x">secret</p>',
    ],
    [
      'an id, within a media query',
      '<style>@media screen { p #y { visibility: hidden } }</style><b id="y">secret</b>',
    ],
    ['an element', '<style>i{font-size:0}</style><i>secret</i>'],
    ['a style sheet in the body', '<p class="x">secret</p><style>.x{opacity:0}</style>'],
    ['text moved away', '<p style="position:absolute;left:-9999px">secret</p>'],
    ['text without a colour', '<p style="color: transparent">secret</p>'],
    ['text hidden from print', '<p style="mso-hide:all">secret</p>'],
  ])('do not show %s', (_what, html) => {
    expect(htmlText(`<p>Well.</p>${html}`)).toBe('Well.');
  });

  test('show what a style sheet does not hide', () => {
    const sheet = '<style>.x{color:red} .z{display:block} i{font-size:0.9em} {} }{</style>';
    expect(htmlText(`${sheet}<p class="x z">one <i>two</i></p>`)).toBe('one two');
  });

  test('say what is struck out', () => {
    const html =
      '<p>Allergies: <del>penicillin</del> <s>latex</s> <span style="color:red; text-decoration: underline line-through">nuts</span> none</p>';
    expect(htmlText(html)).toBe(
      'Allergies: [struck out: penicillin] [struck out: latex] [struck out: nuts] none',
    );
  });

  test('with huge styles are read in time that grows with their length', () => {
    readHuge(1_000);
    // Quadratic work would take minutes at this size.
    expect(readHuge(1_600_000)).toBeLessThan(10_000_000);
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
    ['Patient/p2', undefined],
    ['https://elsewhere.example/fhir/Patient/p1', undefined],
    ['Patient/p1', 'from binary'],
    ['Patient/p1/_history/2', 'from binary'],
    ['DocumentReference/d1', 'from binary'],
  ])('a Binary under the access rules of %s', async (securityContext, text) => {
    const faults: string[] = [];
    const binaries = { b1: { contentType: 'text/plain', data: Buffer.from('from binary'), securityContext } };
    const watched = { ...reader(binaries), suspect: (fault: string) => void faults.push(fault) };
    const note = {
      ...document({ contentType: 'text/plain', url: 'Binary/b1' }),
      subject: { reference: 'Patient/p1' },
    };
    expect((await readNote(note, watched))?.text).toBe(text);
    expect(faults).toEqual(text === undefined ? ['foreign_patient'] : []);
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
    const own = [{ system: 's', code: 'X', origin: 'source' as const }];
    const [first, second] = passagesOf('Blood pressure fine.\n\nHIV viral load undetectable.', own);
    expect(first?.labels.map((one) => one.code)).toEqual(['X', 'N']);
    expect(second?.labels.map((one) => one.code)).toEqual(['X', 'R', 'HIV']);
  });
});

const withheld = (labels: readonly Label[]) => labels.some(({ code }) => code === 'HIV');

const left = (text: string, own: readonly Label[] = []) => {
  const [passage] = passagesOf(text, own);
  if (passage === undefined) throw new Error('no passage');
  const kept = withoutSentences(passage, withheld, labelsOfText, own);
  for (const { text: words, start, end } of kept) expect(text.slice(start, end)).toBe(words);
  return kept.map((one) => one.text);
};

describe('the sensitive sentence', () => {
  const cases: readonly [name: string, text: string, left: readonly string[]][] = [
    [
      'in the middle is cut out, the others stay together',
      'Seen today. Pressure fine. HIV is controlled. No fever. Back in May.',
      ['Seen today. Pressure fine.', 'No fever. Back in May.'],
    ],
    ['alone leaves nothing', 'HIV is controlled.', []],
    [
      'wrapped over lines goes as a whole',
      'Pressure fine. The infection with HIV is controlled by the\nnew regimen of 50 mg a day. No fever.',
      ['Pressure fine.', 'No fever.'],
    ],
    [
      'that fills its line goes with the next one, whatever that begins with',
      'The patient has lived with HIV for years and has now been put on\nDolutegravir 50 mg daily\nNo fever',
      ['No fever'],
    ],
    [
      'of a list is one line',
      'Problems:\n- Asthma\n- HIV infection\n- Gout',
      ['Problems:\n- Asthma', '- Gout'],
    ],
    ['of a note that is sensitive as a whole takes all', 'No fever. Fine.', []],
  ];
  test.each(cases)('%s', (name, text, expected) => {
    const own: Label[] = [{ system: 's', code: 'HIV', origin: 'source' }];
    expect(left(text, name.includes('as a whole takes') ? own : [])).toEqual(expected);
  });

  test('never leaves a word that makes the sentence sensitive, and never another text', () => {
    const pieces = fc.constantFrom(
      'word',
      '. ',
      '\n',
      ' ',
      'HIV',
      'hiv',
      'viral',
      ' load',
      'Dr. ',
      'x'.repeat(60),
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 40 }), (parts) => {
        const text = `a${parts.join('')}`;
        const whole = { text, start: 5, end: 5 + text.length, labels: [] };
        const kept = withoutSentences(whole, withheld, labelsOfText, []);
        for (const one of kept) {
          expect(text.slice(one.start - 5, one.end - 5)).toBe(one.text);
          expect(withheld(labelsOfText(one.text))).toBe(false);
        }
      }),
    );
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
