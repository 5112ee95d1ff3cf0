import { describe, expect, jest, test } from '@jest/globals';
import { bytesOf, findAll } from '../../../src/redaction/find-all.ts';
import { indexedPack } from '../../../src/redaction/pack-index.ts';
import { readOnce } from '../../../src/redaction/read-once.ts';
import { buildRecordMatcher } from '../../../src/redaction/record-matcher.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { RememberedTexts } from '../../../src/redaction/remembered-texts.ts';
import fc from '../../fixtures/properties.ts';
import { identity, safeHarbor } from './identity.ts';

const light = (): number => 0;

describe('texts that are remembered', () => {
  test('are found again, and others are not', () => {
    const texts = new RememberedTexts<number>(100, light);
    texts.keep('one', 1);
    expect([texts.get('one'), texts.get('On'), texts.get('')]).toEqual([1, undefined, undefined]);
  });

  test('go when there are too many characters, the one unused for longest first', () => {
    const texts = new RememberedTexts<number>(8, light);
    texts.keep('abc', 1);
    texts.keep('defg', 2);
    expect(texts.get('abc')).toBe(1);
    texts.keep('hij', 3);
    expect([texts.get('abc'), texts.get('defg'), texts.get('hij')]).toEqual([1, undefined, 3]);
  });

  test('a text longer than all that may be kept pushes nothing out', () => {
    const texts = new RememberedTexts<number>(4, light);
    texts.keep('abc', 1);
    texts.keep('abcde', 2);
    expect([texts.get('abc'), texts.get('abcde')]).toEqual([1, undefined]);
  });

  test('count for what they take in memory, where that is more than 32 bytes a character', () => {
    const texts = new RememberedTexts<number>(8, (bytes) => bytes);
    texts.keep('ab', 64);
    texts.keep('cd', 161);
    expect([texts.get('ab'), texts.get('cd')]).toEqual([64, 161]);
    texts.keep('e', 64);
    expect([texts.get('ab'), texts.get('cd'), texts.get('e')]).toEqual([undefined, 161, 64]);
    texts.keep('f', 257);
    texts.keep('cd', 160);
    texts.keep('g', 32);
    expect(['cd', 'e', 'f', 'g'].map((text) => texts.get(text))).toEqual([160, 64, undefined, 32]);
  });

  test('never say what was said of another text, and never take more characters than given', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 })), fc.nat(20), (all, most) => {
        const texts = new RememberedTexts<string>(most, light);
        for (const text of all) expect(texts.made(text, (read) => `of ${read}`)).toBe(`of ${text}`);
        const kept = [...new Set(all)].filter((text) => texts.get(text) !== undefined);
        expect(kept.join('').length).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe('a reading', () => {
  const lengths = jest.fn((texts: readonly string[]) => texts.map((text) => text.length));
  const read = { whole: lengths, part: (texts: readonly string[]) => texts.map(() => -1) };

  test('of a text that was read before asks nobody, and one that stands twice is read once', () => {
    const remembered = {
      whole: new RememberedTexts<number>(100, light),
      part: new RememberedTexts<number>(100, light),
    };
    const first = [
      { text: 'abc', way: 'whole' },
      { text: 'abc', way: 'whole' },
      { text: 'abc', way: 'part' },
      { text: 'de', way: undefined },
    ] as const;
    expect(readOnce(first, read, remembered)).toEqual([3, 3, -1, undefined]);
    expect(readOnce([...first, { text: 'fghi', way: 'whole' }], read, remembered)).toEqual([
      3,
      3,
      -1,
      undefined,
      4,
    ]);
    expect(lengths.mock.calls.map(([texts]) => texts)).toEqual([['abc'], ['fghi']]);
  });

  test('without a memory reads each time', () => {
    lengths.mockClear();
    for (let n = 0; n < 2; n += 1) readOnce([{ text: 'abc', way: 'whole' }], read, undefined);
    expect(lengths).toHaveBeenCalledTimes(2);
  });
});

describe('what is found in a text', () => {
  const matcher = buildRecordMatcher(identity);
  const packs = [indexedPack(safeHarbor)];

  test.each([
    ['two signs', 'a1'],
    ['signs that stand for many', '\ufdfa'.repeat(500)],
    ['letters and figures in turn', 'q1'.repeat(500)],
    ['marks', 'a\u0301'.repeat(500)],
    ['numbers that many rules find', '555-010-1234 '.repeat(100)],
    ['spaced letters', 'M a r i a  O r t i z  '.repeat(50)],
  ])('counts for all that is kept of it: %s', (_, text) => {
    const [found] = findAll([text], matcher, packs, { layout: true });
    if (found === undefined) throw new Error('nothing was read');
    const { lex, matches } = found;
    // Two cases, two bytes a character, and where it stood in the original: from and to, in four bytes each.
    const view = lex.view.text === text ? 2 * text.length : 12 * lex.view.text.length;
    const held = lex.rows.byteLength + view + lex.own.join('').length + matches.length * 100;
    expect(bytesOf(found)).toBeGreaterThan(held);
  });
});

describe('a redactor that remembers', () => {
  const packs = [safeHarbor];
  const sentences = [
    'Seen by Dr. Kalinowski on 3 March 2024.',
    'The plan of Kalinowski stands.',
    'Her husband Odilo Brandt collects the tablets.',
    'Brandt asks whether metformin 500 mg may be halved.',
    'Maria Ortiz, MRN 4471193, phones from (919) 555-0142.',
    'No known drug allergies; BP 120/80.',
    'K A L I N O W S K I',
    '2024-03-03',
  ] as const;

  test('hides in an earlier text what a later turn gives away', () => {
    const redactor = createRedactor({ identity, packs, remembers: 10_000 });
    const history = { text: sentences[1], type: 'text' } as const;
    expect(redactor.spans([history])).toEqual([[]]);
    const [again] = redactor.spans([history, { text: sentences[0], type: 'text' }]);
    expect(again?.map(({ start, end }) => sentences[1].slice(start, end))).toEqual(['Kalinowski']);
    expect(redactor.spans([history])).toEqual([[]]);
  });

  test('says what one says that reads everything each time, whatever was read before', () => {
    const plain = createRedactor({ identity, packs });
    const text = fc.record({
      text: fc.constantFrom(...sentences),
      type: fc.constantFrom('text' as const, 'coded' as const, 'quantity' as const, 'date' as const),
    });
    const turns = fc.array(fc.array(text, { maxLength: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(turns, fc.nat(200), fc.boolean(), (conversation, remembers, layout) => {
        const redactor = createRedactor({ identity, packs, remembers });
        for (const texts of conversation)
          for (const options of [{}, { layout }, { telling: true }])
            expect(redactor.spans(texts, options)).toEqual(plain.spans(texts, options));
      }),
      { numRuns: 60 },
    );
  });
});
