import { beforeAll, describe, expect, test } from '@jest/globals';
import { encode } from 'cborg';
import { verifyNitro } from '../../../src/attestation/formats/nitro.ts';
import type { MintedChain } from '../../fixtures/certificate-chain.ts';
import {
  mintNitro,
  nitroDocument,
  nitroEvidence,
  nitroFields,
  nitroLinks,
  trustIn,
} from '../../fixtures/nitro-machine.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import fc from '../../fixtures/properties.ts';

const at = Date.UTC(2026, 5, 1);
const day = 86_400_000;
let chain: MintedChain;
let good: Uint8Array;

beforeAll(async () => {
  chain = await mintNitro(at);
  good = nitroDocument(chain, at);
});

const judged = (document: Uint8Array, change = {}, now = at) =>
  reasonOf(verifyNitro(nitroEvidence(document), trustIn(chain, change), now));
const withField = (name: string, value: unknown) =>
  judged(nitroDocument(chain, at, { fields: new Map([[name, value]]) }));
const registers = (...bytes: readonly number[]): ReadonlyMap<number, Uint8Array> =>
  new Map(bytes.map((byte, number) => [number, new Uint8Array(48).fill(byte)]));

describe('a document of a Nitro Enclave', () => {
  test('is told as it stands', async () => {
    expect(await verifyNitro(nitroEvidence(good), trustIn(chain), at)).toEqual({
      format: 'nitro',
      tee: 'nitro',
      root: chain.root,
      measurements: Object.fromEntries([0, 1, 2, 3, 4].map((n) => [`pcr${n}`, `0${n + 1}`.repeat(48)])),
      flags: { debug: false },
      tcb: { parts: {} },
      platform: 'i-0123456789abcdef0-enc0123456789abcdef',
      facts: {},
      bound: { nonces: ['040506'], publicKey: '010203' },
      at: at - 1000,
      expires: at + day,
    });
  });

  test('with data of the user, without nonce and key', async () => {
    const fields = new Map<string, unknown>([
      ['nonce', null],
      ['public_key', null],
      ['user_data', Uint8Array.of(255)],
    ]);
    const claims = await verifyNitro(nitroEvidence(nitroDocument(chain, at, { fields })), trustIn(chain), at);
    expect([claims.bound, claims.facts]).toEqual([{ nonces: [] }, { userData: 'ff' }]);
  });

  test.each([
    ['all three registers', [0, 0, 0]],
    ['one register', [1, 0, 1]],
  ])('of zeroes in %s is one of debug mode', async (_what, bytes) => {
    const document = nitroDocument(chain, at, { fields: new Map([['pcrs', registers(...bytes)]]) });
    expect((await verifyNitro(nitroEvidence(document), trustIn(chain), at)).flags).toEqual({ debug: true });
  });

  test('any byte of it that is another is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const other = Uint8Array.from(good);
        other[place] = (good[place] ?? 0) ^ change;
        expect(await judged(other)).not.toBe('proven');
      }),
      { numRuns: 250 },
    );
  });

  test('cut short, or with something after it, it is malformed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), async (length) => {
        expect(await judged(good.subarray(0, length))).toBe('malformed');
      }),
      { numRuns: 100 },
    );
    expect(await judged(Uint8Array.of(...good, 0xf6))).toBe('malformed');
    expect(await judged(Uint8Array.of(0xd2, ...good))).toBe('malformed');
  });

  test('bytes that are none prove nothing, and nothing else comes of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (document) => {
        expect(await judged(document)).toBe('malformed');
      }),
    );
    expect(await judged(new Uint8Array(16_384).fill(0x81))).toBe('malformed');
    expect(await judged(new Uint8Array(16_385))).toBe('malformed');
    expect(await judged(Uint8Array.of(0x9b, 0, 0x1f, 255, 255, 255, 255, 255, 255))).toBe('malformed');
  });
});

describe('the form of a document', () => {
  test.each([
    ['another algorithm', new Map([[1, -7]]), 'version_unknown'],
    [
      'a second header',
      new Map([
        [1, -35],
        [2, 1],
      ]),
      'version_unknown',
    ],
    ['no header', new Map(), 'version_unknown'],
    ['headers that are no map', 7, 'malformed'],
  ])('%s: %p is %s', async (_what, header, reason) => {
    expect(await judged(nitroDocument(chain, at, { header }))).toBe(reason);
  });

  test('a header that is not protected is refused', async () => {
    expect(await judged(nitroDocument(chain, at, { open: new Map([[1, -35]]) }))).toBe('malformed');
  });

  test.each([
    ['digest', 'SHA512', 'version_unknown'],
    ['digest', undefined, 'malformed'],
    ['module_id', '', 'malformed'],
    ['module_id', 7, 'malformed'],
    ['timestamp', -1, 'malformed'],
    ['timestamp', 1.5, 'malformed'],
    ['timestamp', 2 ** 60, 'malformed'],
    ['pcrs', new Map(), 'malformed'],
    ['pcrs', new Map([[32, new Uint8Array(48)]]), 'malformed'],
    ['pcrs', new Map([['0', new Uint8Array(48)]]), 'malformed'],
    ['pcrs', new Map([[0, new Uint8Array(32)]]), 'malformed'],
    ['certificate', new Uint8Array(10), 'malformed'],
    ['certificate', 'text', 'malformed'],
    ['cabundle', [], 'malformed'],
    ['cabundle', [7], 'malformed'],
    ['nonce', 'text', 'malformed'],
    ['nonce', new Uint8Array(1025), 'malformed'],
    ['public_key', [1], 'malformed'],
  ])('%s that is %p is %s', async (name, value, reason) => {
    expect(await withField(name, value)).toBe(reason);
  });

  test('whatever a signed member holds, there are claims or a reason', async () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.uint8Array(),
      fc.constantFrom<unknown>(new Map(), new Map([[[], 1]])),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...nitroFields(at).keys(), 'cabundle', 'more'),
        value,
        async (name, held) => {
          expect(typeof (await withField(String(name), held))).toBe('string');
        },
      ),
      { numRuns: 100 },
    );
  });

  test('a member twice, a number longer than need be, an open end: each is malformed', async () => {
    const whole = encode(nitroFields(at));
    const again = Uint8Array.of(
      (whole[0] ?? 0) + 1,
      ...whole.subarray(1),
      ...encode('digest'),
      ...encode('SHA384'),
    );
    const payloads = [
      again,
      Uint8Array.of(0xb8, (whole[0] ?? 0) & 0x1f, ...whole.subarray(1)),
      Uint8Array.of(0xbf, ...whole.subarray(1), 0xff),
      Uint8Array.of(...whole, 0x00),
    ];
    for (const payload of payloads)
      expect(await judged(nitroDocument(chain, at, { payload }))).toBe('malformed');
  });
});

describe('the certificates of a document', () => {
  test('another root, another machine’s certificate, a chain with a gap', async () => {
    const other = await mintNitro(at);
    const [leaf, ...issuers] = other.certificates;
    const foreign = new Map<string, unknown>([
      ['certificate', leaf],
      ['cabundle', issuers],
    ]);
    const document = nitroDocument(chain, at, { fields: foreign });
    expect(await judged(document)).toBe('root_unknown');
    expect(await judged(document, trustIn(other))).toBe('signature_invalid');
    expect(await judged(good, trustIn(other))).toBe('root_unknown');
    const gap = new Map([['cabundle', chain.certificates.slice(2)]]);
    expect(await judged(nitroDocument(chain, at, { fields: gap }))).toBe('chain_incomplete');
  });

  test('it counts as long as its certificate, and not before it was made', async () => {
    expect(await judged(good, {}, at + day)).toBe('proven');
    expect(await judged(good, {}, at + day + 1)).toBe('certificate_expired');
    expect(await judged(good, {}, at - 6001)).toBe('not_yet_valid');
    expect(await judged(good, {}, at - 6000)).toBe('proven');
  });

  test('a revoked enclave, and a list that is out of date', async () => {
    expect(await judged(good, { revocations: [await chain.revocations('nobody')] })).toBe('proven');
    expect(await judged(good, { revocations: [await chain.revocations('leaf')] })).toBe(
      'certificate_revoked',
    );
    expect(await judged(good, { revocations: [await chain.revocations('nobody', at - 1)] })).toBe(
      'revocation_unknown',
    );
  });

  test('an issuer that may sign none, or whose time is over', async () => {
    const changed = async (change: object) => {
      const minted = await mintNitro(
        at,
        nitroLinks.map((link, index) => (index === 3 ? { ...link, ...change } : link)),
      );
      return judged(nitroDocument(minted, at), trustIn(minted));
    };
    expect(await changed({ authority: false })).toBe('certificate_invalid');
    expect(await changed({ notAfter: at - 1 })).toBe('certificate_expired');
  });
});
