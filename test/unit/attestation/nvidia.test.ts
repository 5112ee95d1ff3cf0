import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { verifyNvidia } from '../../../src/attestation/formats/nvidia.ts';
import type { MintedChain } from '../../fixtures/certificate-chain.ts';
import { trustIn } from '../../fixtures/nitro-machine.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import {
  block,
  field,
  firmwareId,
  goodBlocks,
  goodFields,
  mintNvidia,
  nonce,
  nvidiaEvidence,
  nvidiaLinks,
  nvidiaReport,
  type ReportChange,
} from '../../fixtures/nvidia-machine.ts';
import fc from '../../fixtures/properties.ts';

const at = Date.UTC(2026, 5, 1);
const day = 86_400_000;
const digest = new Uint8Array(48);
let chain: MintedChain;
let good: Uint8Array;

beforeAll(async () => {
  chain = await mintNvidia(at);
  good = nvidiaReport(chain);
});

const verified = (document: Uint8Array, certificates = chain.certificates) =>
  verifyNvidia(nvidiaEvidence(document, { certificates }), trustIn(chain), at);
const judged = (document: Uint8Array, change = {}, now = at) =>
  reasonOf(verifyNvidia(nvidiaEvidence(document, chain), trustIn(chain, change), now));
const made = (change: ReportChange) => judged(nvidiaReport(chain, change));

describe('a report of a GPU', () => {
  test('is told as it stands', async () => {
    const [leaf, chip] = chain.certificates.map((der) => new X509Certificate(der).serialNumber.toLowerCase());
    expect(await verified(good)).toEqual({
      format: 'nvidia',
      tee: 'nvidia-cc',
      root: chain.root,
      measurements: Object.fromEntries([1, 2, 3].map((index) => [`meas${index}`, `0${index}`.repeat(48)])),
      flags: {},
      tcb: { parts: {} },
      platform: chip,
      facts: {
        driver: '550.90.07',
        vbios: '96.00.9F.00.01',
        boardId: 'b1030000',
        firmwareId,
        mode: 'mpt',
        certificate: leaf,
      },
      bound: { nonces: [nonce] },
    });
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

  test('cut short it is malformed; one zero byte may follow, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), async (length) => {
        expect(await judged(good.subarray(0, length))).toBe('malformed');
      }),
      { numRuns: 200 },
    );
    expect(await judged(Uint8Array.of(...good, 0))).toBe('proven');
    expect(await judged(Uint8Array.of(...good, 1))).toBe('malformed');
    expect(await judged(Uint8Array.of(...good, 0, 0))).toBe('malformed');
  });

  test('bytes that are none prove nothing, and nothing else comes of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (document) => {
        expect(['malformed', 'version_unknown']).toContain(await judged(document));
      }),
    );
    expect(await judged(new Uint8Array(16_385))).toBe('malformed');
  });
});

describe('the form of a report', () => {
  test.each<[string, ReportChange, string]>([
    ['another version asked for', { request: '12e001ff' }, 'version_unknown'],
    ['no signature asked for', { request: '11e000ff' }, 'version_unknown'],
    ['one measurement asked for', { request: '11e00101' }, 'version_unknown'],
    ['an error for an answer', { response: '117f0000' }, 'version_unknown'],
    ['fewer blocks than it says', { count: 4 }, 'malformed'],
    ['more blocks than it says', { count: 2 }, 'malformed'],
    ['an index twice', { blocks: [block(1, digest), block(1, digest)] }, 'malformed'],
    ['a value that is no digest', { blocks: [block(1, digest, 0x81)] }, 'malformed'],
    ['a value without bytes', { blocks: [block(1, new Uint8Array())] }, 'malformed'],
    ['half a block', { blocks: [block(1, digest).subarray(0, 20)] }, 'malformed'],
    [
      'a block of another specification',
      { blocks: [Uint8Array.of(1, 2, ...block(1, digest).subarray(2))] },
      'malformed',
    ],
    ['no blocks', { blocks: [] }, 'proven'],
    ['a kind of its own', { blocks: [...goodBlocks, block(50, digest, 3)] }, 'proven'],
  ])('%s', async (_what, change, reason) => {
    expect(await made(change)).toBe(reason);
  });

  test.each([
    ['that ends within a field', Buffer.concat(goodFields).subarray(0, -1)],
    ['with a field twice', Buffer.concat([...goodFields, field(3, Buffer.from('1\0'))])],
    ['with half a head', Uint8Array.of(1, 0)],
  ])('opaque data %s says nothing', async (_what, opaque) => {
    const { facts } = await verified(nvidiaReport(chain, { opaque }));
    expect(Object.keys(facts)).toEqual(['certificate']);
  });

  test.each([
    [3, Buffer.from('a driver\n\0'), 'driver', undefined],
    [6, Buffer.alloc(7), 'vbios', undefined],
    [36, Uint8Array.of(9, 0), 'mode', '9'],
    [36, Uint8Array.of(2, 0), 'mode', 'ppcie'],
  ])('field %d of %p is %s %s', async (type, value, name, told) => {
    const { facts } = await verified(nvidiaReport(chain, { opaque: field(type, value) }));
    expect(facts[name]).toBe(told);
  });
});

describe('the certificates of a GPU', () => {
  test('another root, another GPU, a chain with a gap, none at all', async () => {
    const other = await mintNvidia(at);
    expect(await reasonOf(verifyNvidia(nvidiaEvidence(good, chain), trustIn(other), at))).toBe(
      'root_unknown',
    );
    expect(await reasonOf(verified(good, other.certificates))).toBe('signature_invalid');
    for (const gap of [0, 1, 2, 3])
      expect(
        await reasonOf(
          verified(
            good,
            chain.certificates.filter((_one, index) => index !== gap),
          ),
        ),
      ).toBe('chain_incomplete');
    expect(await reasonOf(verified(good, []))).toBe('chain_incomplete');
    expect(
      await reasonOf(
        verified(
          good,
          Array.from({ length: 17 }, () => chain.certificates[0] ?? digest),
        ),
      ),
    ).toBe('malformed');
    expect(await reasonOf(verified(good, [digest]))).toBe('malformed');
    expect(await reasonOf(verified(good, chain.certificates.toReversed()))).toBe('proven');
  });

  test('a certificate of other firmware than the report tells', async () => {
    const other = await mintNvidia(at, nvidiaLinks('fe'.repeat(48)));
    const evidence = nvidiaEvidence(nvidiaReport(other), other);
    expect(await reasonOf(verifyNvidia(evidence, trustIn(other), at))).toBe('certificate_mismatch');
  });

  test('a certificate whose time is over, or that was revoked', async () => {
    expect(await judged(good, {}, at + day + 1)).toBe('certificate_expired');
    expect(await judged(good, { revocations: [await chain.revocations('nobody')] })).toBe('proven');
    expect(await judged(good, { revocations: [await chain.revocations('leaf')] })).toBe(
      'certificate_revoked',
    );
  });
});
