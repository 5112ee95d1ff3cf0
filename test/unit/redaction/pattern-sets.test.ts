import { describe, expect, test } from '@jest/globals';
import { PatternSets } from '../../../src/redaction/pattern-sets.ts';
import fc from '../../fixtures/properties.ts';

const patterns = fc.array(fc.nat({ max: 60 }), { maxLength: 8 });
const sorted = (numbers: readonly number[]): readonly number[] =>
  [...new Set(numbers)].toSorted((a, b) => a - b);

describe('sets of patterns', () => {
  test('the same patterns are the same set, in whatever order they are named', () => {
    fc.assert(
      fc.property(fc.array(patterns, { minLength: 1, maxLength: 12 }), (all) => {
        const sets = new PatternSets();
        for (const one of all) {
          expect(sets.at(sets.of(one))).toEqual(sorted(one));
          expect(sets.of(one.toReversed())).toBe(sets.of(one));
        }
      }),
    );
  });

  test('two sets together hold what either holds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(patterns, patterns), { minLength: 1, maxLength: 12 }), (pairs) => {
        const sets = new PatternSets();
        for (const [one, other] of [...pairs, ...pairs])
          expect(sets.at(sets.both(sets.of(one), sets.of(other)))).toEqual(sorted([...one, ...other]));
      }),
    );
  });

  test('nothing is the first set', () => {
    const sets = new PatternSets();
    expect([sets.of([]), sets.at(0)]).toEqual([0, []]);
  });
});
