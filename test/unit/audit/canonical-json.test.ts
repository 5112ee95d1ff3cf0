import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from '../../../src/audit/canonical-json.ts';
import fc from '../../fixtures/properties.ts';

describe('canonical JSON (RFC 8785)', () => {
  test('sorts keys by UTF-16 units, spells numbers as ECMAScript does, writes no spaces', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'x'], '€': 1e21, '\r': 0.1, '1': -0 })).toBe(
      '{"\\r":0.1,"1":0,"a":[true,null,"x"],"b":1,"€":1e+21}',
    );
    // RFC 8785, 3.2.3: an astral character sorts by its surrogates, before U+FB33.
    expect(canonicalJson({ '\ufb33': 1, '\u{1f600}': 2 })).toBe('{"\u{1f600}":2,"\ufb33":1}');
  });

  test('refuses what has no canonical form', () => {
    for (const value of [
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      { a: [Number.NaN] },
      '\ud800',
      { '\udc00x': 1 },
    ]) {
      expect(() => canonicalJson(value)).toThrow(/not a JSON value|not allowed|lone surrogate/);
    }
    expect(canonicalJson('\\ud800')).toBe('"\\\\ud800"');
    expect(canonicalJson('\\\\ud800 \u{1f600}')).toBe('"\\\\\\\\ud800 \u{1f600}"');
  });

  test('is a fixed point, keeps the value and forgets the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        let text: string;
        try {
          text = canonicalJson(value);
        } catch {
          return JSON.stringify(value).includes('\\ud');
        }
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        return true;
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (record) => {
        const turned = Object.fromEntries(Object.entries(record).toReversed());
        expect(canonicalJson(turned)).toBe(canonicalJson(record));
      }),
    );
  });
});
