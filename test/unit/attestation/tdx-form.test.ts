import { beforeAll, describe, expect, test } from '@jest/globals';
import { verifyTdx } from '../../../src/attestation/formats/tdx.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import fc from '../../fixtures/properties.ts';
import type { TdxPlatform } from '../../fixtures/tdx-platform.ts';
import { mint, now, tdx, tdxVerdict, trusting } from './tdx-sandbox.ts';

let platform: TdxPlatform;
beforeAll(async () => {
  platform = await mint();
});

const changed = (document: Uint8Array, position: number, by: number): Uint8Array => {
  const copy = Uint8Array.from(document);
  copy[position] = (copy[position] ?? 0) ^ by;
  return copy;
};

/** Header, body, length, signature, key, kind and length, report of the enclave, its signature, 2 + 32 bytes. */
const proofEnd = 48 + 584 + 4 + 64 + 64 + 6 + 384 + 64 + 34;

test('no byte before the certificates can be changed', async () => {
  const quote = platform.quote();
  expect(await tdxVerdict(quote, trusting(platform))).toBe('proven');
  const believed: number[] = [];
  for (let position = 0; position < proofEnd; position += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, to name the positions
    if ((await tdxVerdict(changed(quote, position, 1), trusting(platform))) === 'proven')
      believed.push(position);
  }
  expect(believed).toEqual([]);
});

test('no bit of what is signed can be changed, in either version', async () => {
  const quotes = [platform.quote(), platform.quote({ version: 5 })];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...quotes),
      fc.nat({ max: proofEnd - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (quote, position, by) => {
        expect(await tdxVerdict(changed(quote, position, by), trusting(platform))).not.toBe('proven');
      },
    ),
    { numRuns: 300 },
  );
});

test('a change among the certificates is refused, or changes nothing that is said', async () => {
  const quote = platform.quote();
  const said = await verifyTdx(tdx(quote), trusting(platform), now);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: proofEnd, max: quote.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (position, by) => {
        const document = changed(quote, position, by);
        if ((await tdxVerdict(document, trusting(platform))) !== 'proven') return;
        expect(await verifyTdx(tdx(document), trusting(platform), now)).toEqual(said);
      },
    ),
    { numRuns: 200 },
  );
});

test.each([
  ['version 3', [0, 3]],
  ['version 6', [0, 6]],
  ['a key on another curve', [2, 3]],
  ['a quote of SGX', [4, 0]],
  ['a quoting enclave of another vendor', [12, 0]],
] as const)('%s is of a version that is not known', async (_name, written) => {
  expect(await tdxVerdict(platform.quote({ header: [written] }), trusting(platform))).toBe('version_unknown');
});

describe('what is no quote', () => {
  test('is malformed wherever it ends too early', async () => {
    const quote = platform.quote();
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: quote.length - 1 }), async (length) => {
        expect(await tdxVerdict(quote.subarray(0, length), trusting(platform))).toBe('malformed');
      }),
    );
  });

  test.each(['proof', 'certification'] as const)(
    'is malformed where more stands in its %s',
    async (surplus) => {
      expect(await tdxVerdict(platform.quote({ surplus }), trusting(platform))).toBe('malformed');
    },
  );

  test('is malformed where it is larger than any', async () => {
    const large = new Uint8Array(65_537);
    large.set(platform.quote());
    expect(await tdxVerdict(large, trusting(platform))).toBe('malformed');
  });

  test('lengths that it states are held to what is there', async () => {
    const quote = platform.quote();
    const places = [632, 632 + 4 + 128 + 2, proofEnd - 34, proofEnd + 2];
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    for (const place of places)
      for (const byte of [0, 1, 0xff])
        expect(await tdxVerdict(changed(quote, place + 1, byte ^ 0xa5), trusting(platform))).toBe(
          'malformed',
        );
    const five = platform.quote({ version: 5 });
    expect(await tdxVerdict(changed(five, 48, 1), trusting(platform))).toBe('malformed');
    expect(await tdxVerdict(changed(five, 48, 8), trusting(platform))).toBe('version_unknown');
    expect(await tdxVerdict(changed(five, 50, 1), trusting(platform))).toBe('malformed');
  });

  test('any bytes are refused and throw nothing else', async () => {
    const quote = platform.quote();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), async (bytes, headed) => {
        const document = headed ? Uint8Array.from([...quote.subarray(0, 48), ...bytes]) : bytes;
        expect(await tdxVerdict(document, trusting(platform))).not.toBe('proven');
      }),
    );
  });

  test('certificates beside it are held to their limits as well', async () => {
    const evidence = { ...tdx(platform.quote()), certificates: [new Uint8Array(20)] };
    expect(await reasonOf(verifyTdx(evidence, trusting(platform), now))).toBe('malformed');
  });
});
