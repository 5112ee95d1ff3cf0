import { describe, expect, test } from '@jest/globals';
import { elementsOf, identifierOf, numberOf, onlyBody, tags } from '../../../src/attestation/der.ts';
import { NotProven } from '../../../src/attestation/reasons.ts';
import fc from '../../fixtures/properties.ts';

const malformed = expect.objectContaining({ reason: 'malformed' });

/** How many bytes the elements stand in at least; none where there are no elements. */
function bytesIn(bytes: Uint8Array): number {
  try {
    return elementsOf(bytes).reduce((sum, { body }) => sum + body.length + 2, 0);
  } catch (fault) {
    if (fault instanceof NotProven) return 0;
    throw fault;
  }
}

describe('elements of DER', () => {
  test('stand one after the other, with short and long lengths', () => {
    const long = Buffer.concat([Buffer.of(4, 0x82, 0x01, 0x00), Buffer.alloc(256, 7)]);
    expect(
      elementsOf(Buffer.concat([Buffer.of(2, 1, 5), long])).map(({ tag, body }) => [tag, body.length]),
    ).toEqual([
      [2, 1],
      [4, 256],
    ]);
  });

  test.each([
    ['no length', [2]],
    ['a length beyond the end', [2, 2, 0]],
    ['a length without end', [0x30, 0x80, 0, 0]],
    ['a length of five bytes', [2, 0x85, 0, 0, 0, 0, 1, 0]],
    ['a length that is cut off', [2, 0x82, 1]],
    ['a tag of several bytes', [0x1f, 0x81, 0x01, 0]],
  ])('%s is malformed', (_name, bytes) => {
    expect(() => elementsOf(Buffer.from(bytes))).toThrow(malformed);
  });

  test('any bytes give elements or are malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const read = bytesIn(bytes);
        expect(read).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  test('one element is one, of the tag that is asked for', () => {
    expect([...onlyBody(Buffer.of(4, 1, 9), tags.octets)]).toEqual([9]);
    expect(() => onlyBody(Buffer.of(4, 1, 9, 4, 0), tags.octets)).toThrow(malformed);
    expect(() => onlyBody(Buffer.of(4, 1, 9), tags.integer)).toThrow(malformed);
  });
});

test('numbers are whole, not negative and of 32 bits', () => {
  expect(numberOf(Buffer.of(0, 219))).toBe(219);
  expect(numberOf(Buffer.of(0, 255, 255, 255, 255))).toBe(4_294_967_295);
  for (const wrong of [[], [0x80], [1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1]])
    expect(() => numberOf(Buffer.from(wrong))).toThrow(malformed);
});

test('identifiers are written in dots', () => {
  expect(identifierOf(Buffer.from('2b060104019c780103', 'hex'))).toBe('1.3.6.1.4.1.3704.1.3');
  expect(identifierOf(Buffer.from('551d13', 'hex'))).toBe('2.5.29.19');
  for (const wrong of ['', '2b9c', '2bffffffffff7f'])
    expect(() => identifierOf(Buffer.from(wrong, 'hex'))).toThrow(malformed);
});
