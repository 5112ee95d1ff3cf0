import { expect, test } from '@jest/globals';
import { withAdded } from '../../../src/redaction/added-spans.ts';
import type { Span } from '../../../src/redaction/ports.ts';
import fc from '../../fixtures/properties.ts';

const text = 'Dr. Zbigniew Ottoline Quayle called.';
const span = (start: number, end: number, type: Span['type'] = 'PERSON', rule = 'own'): Span => ({
  start,
  end,
  type,
  rule,
  entity: `${rule}:${start}`,
});
const words = (spans: readonly Span[]): string[] => spans.map(({ start, end }) => text.slice(start, end));

test('what sticks out of ours is added, and what lies in it is not', () => {
  const own = [span(13, 21, 'PATIENT')];
  const all = withAdded(text, own, [span(4, 28, 'PERSON', 'recogniser'), span(15, 18, 'ID', 'recogniser')]);
  expect(words(all)).toEqual(['Zbigniew ', 'Ottoline', ' Quayle']);
  expect(all[1]).toBe(own[0]);
});

test('punctuation and blanks alone are left', () => {
  expect(withAdded(text, [span(4, 12)], [span(2, 13, 'PERSON', 'recogniser')])).toEqual([span(4, 12)]);
});

test('whatever is found, ours stay as they are and all are apart and in order', () => {
  const place = fc
    .tuple(fc.nat(text.length), fc.nat(text.length))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
  fc.assert(
    fc.property(fc.array(place, { maxLength: 8 }), fc.array(place, { maxLength: 8 }), (ours, theirs) => {
      const own: Span[] = [];
      for (const [start = 0, end = 0] of ours.toSorted(([a = 0], [b = 0]) => a - b))
        if (start >= (own.at(-1)?.end ?? 0) && end > start) own.push(span(start, end));
      const found = theirs.flatMap(([start = 0, end = 0]) =>
        end > start ? [span(start, end, 'PERSON', 'recogniser')] : [],
      );
      const all = withAdded(text, own, found);
      expect(all.filter(({ rule }) => rule === 'own')).toEqual(own);
      all.forEach(({ end }, at) => expect(end).toBeLessThanOrEqual(all[at + 1]?.start ?? text.length));
      const hidden = new Set(
        all.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at)),
      );
      const open = found.flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, at) => start + at).filter(
          (at) => /[\p{L}\p{N}]/u.test(text.charAt(at)) && !hidden.has(at),
        ),
      );
      expect(open).toEqual([]);
    }),
  );
});
