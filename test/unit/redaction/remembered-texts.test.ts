import { describe, expect, jest, test } from '@jest/globals';
import { readOnce } from '../../../src/redaction/read-once.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { RememberedTexts } from '../../../src/redaction/remembered-texts.ts';
import fc from '../../fixtures/properties.ts';
import { identity, safeHarbor } from './identity.ts';

describe('texts that are remembered', () => {
  test('are found again, and others are not', () => {
    const texts = new RememberedTexts<number>(100);
    texts.keep('one', 1);
    expect([texts.get('one'), texts.get('On'), texts.get('')]).toEqual([1, undefined, undefined]);
  });

  test('go when there are too many characters, the one unused for longest first', () => {
    const texts = new RememberedTexts<number>(8);
    texts.keep('abc', 1);
    texts.keep('defg', 2);
    expect(texts.get('abc')).toBe(1);
    texts.keep('hij', 3);
    expect([texts.get('abc'), texts.get('defg'), texts.get('hij')]).toEqual([1, undefined, 3]);
  });

  test('a text longer than all that may be kept pushes nothing out', () => {
    const texts = new RememberedTexts<number>(4);
    texts.keep('abc', 1);
    texts.keep('abcde', 2);
    expect([texts.get('abc'), texts.get('abcde')]).toEqual([1, undefined]);
  });

  test('never say what was said of another text, and never take more characters than given', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 })), fc.nat(20), (all, most) => {
        const texts = new RememberedTexts<string>(most);
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
    const remembered = { whole: new RememberedTexts<number>(100), part: new RememberedTexts<number>(100) };
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
