import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  deriveKeys,
  fields,
  keyed,
  open,
  seal,
  unwrapKey,
  wrapKey,
} from '../../../src/vault/envelope-encryption.ts';
import { parseToken } from '../../../src/vault/parse-token.ts';
import { randomCharacters, randomInteger } from '../../../src/vault/random-characters.ts';
import { spellToken, tokenTypes } from '../../../src/vocabulary/token.ts';
import fc from '../../fixtures/properties.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const randomness = { bytes: (length: number) => randomBytes(length), uuid: () => 'unused' };

describe('envelope encryption', () => {
  test('key wrap agrees with RFC 3394, section 4.6', () => {
    const wrapping = hex('000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F');
    const key = hex('00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F');
    const wrapped = '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21';
    expect(Buffer.from(wrapKey(wrapping, key)).toString('hex')).toBe(wrapped);
    expect(Buffer.from(unwrapKey(wrapping, hex(wrapped)))).toEqual(key);
    expect(() => unwrapKey(key, hex(wrapped))).toThrow(/./);
  });

  test('what is sealed opens with the same key and binding only, and with no byte changed', () => {
    const key = randomBytes(32);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.nat(), (plain, bound, at) => {
        const sealed = seal(key, randomBytes(12), plain, fields(bound));
        expect(open(key, sealed, fields(bound))).toBe(plain);
        expect(() => open(key, sealed, fields(bound, ''))).toThrow(/./);
        expect(() => open(randomBytes(32), sealed, fields(bound))).toThrow(/./);
        const changed = Buffer.from(sealed);
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ 1;
        expect(() => open(key, changed, fields(bound))).toThrow(/./);
      }),
    );
  });

  test('fields of different lists never read the same', () => {
    const { index } = deriveKeys(new Uint8Array(32), new Uint8Array(32));
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        expect(keyed(index, ...a) === keyed(index, ...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  test('the two derived keys differ, and only 32 bytes are a master key', () => {
    const { wrapping, index } = deriveKeys(new Uint8Array(32), new Uint8Array(32));
    expect(Buffer.from(wrapping)).not.toEqual(Buffer.from(index));
    expect(() => deriveKeys(new Uint8Array(31), new Uint8Array(32))).toThrow(RangeError);
  });
});

describe('randomness and spelling', () => {
  test('eight characters of the published alphabet', () => {
    for (let at = 0; at < 500; at += 1)
      expect(randomCharacters(randomness)).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  });

  test('integers stay below their bound and reach both ends', () => {
    const drawn = new Set(Array.from({ length: 400 }, () => randomInteger(randomness, 4)));
    expect([...drawn].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
  });

  test('spelling and parsing are inverse', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tokenTypes),
        fc.integer({ min: 1, max: 999 }),
        fc.option(fc.integer({ min: -999_999, max: 999_999 }), { nil: undefined }),
        (type, form, day) => {
          const token = {
            type,
            random: randomCharacters(randomness),
            form,
            ...(day === undefined ? {} : { day }),
          };
          expect(parseToken(spellToken(token))).toEqual(token);
        },
      ),
    );
  });
});
