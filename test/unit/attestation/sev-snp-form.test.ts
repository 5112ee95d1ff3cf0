import { beforeAll, describe, expect, test } from '@jest/globals';
import { createSnpMachine, type SnpMachine } from '../../../sandbox/attestation/snp-machine.ts';
import { numberBytes, type ReportFields } from '../../../sandbox/attestation/snp-report.ts';
import { createSnpVendor, type SnpVendor } from '../../../sandbox/attestation/snp-vendor.ts';
import { reportLength, signedLength } from '../../../src/attestation/formats/snp-report.ts';
import fc from '../../fixtures/properties.ts';
import { changed, snpVerdict, trusting } from './snp-sandbox.ts';

let vendor: SnpVendor;
let machine: SnpMachine;

beforeAll(async () => {
  vendor = await createSnpVendor();
  machine = await createSnpMachine(vendor);
});

test('no byte of a report can be changed', async () => {
  const evidence = machine.evidence({ reportData: Buffer.alloc(64, 1) });
  expect(await snpVerdict(evidence, trusting(vendor.root))).toBe('proven');
  const believed: number[] = [];
  for (let position = 0; position < reportLength; position += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, to name the positions
    const verdict = await snpVerdict(changed(evidence, position), trusting(vendor.root));
    if (verdict === 'proven') believed.push(position);
  }
  expect(believed).toEqual([]);
});

test('no bit of what is signed can be changed', async () => {
  const evidence = machine.evidence();
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: signedLength - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (position, by) => {
        expect(await snpVerdict(changed(evidence, position, by), trusting(vendor.root))).not.toBe('proven');
      },
    ),
    { numRuns: 300 },
  );
});

const refused: readonly (readonly [string, string, ReportFields])[] = [
  ['an old version', 'version_unknown', [['version', numberBytes('version', 1)]]],
  ['a version to come', 'version_unknown', [['version', numberBytes('version', 6)]]],
  ['another algorithm', 'version_unknown', [['signatureAlgorithm', numberBytes('signatureAlgorithm', 2)]]],
  ['a key that is neither of the two', 'version_unknown', [['keyInfo', numberBytes('keyInfo', 2 << 2)]]],
  ['a machine told not to sign', 'version_unknown', [['keyInfo', numberBytes('keyInfo', 7 << 2)]]],
  ['a policy without its fixed bit', 'version_unknown', [['policy', numberBytes('policy', 0x1_0000)]]],
  ['a policy of unknown bits', 'version_unknown', [['policy', numberBytes('policy', 0x403_0000)]]],
  ['a chip that keeps its id', 'certificate_mismatch', [['chipId', Uint8Array.of()]]],
  ['a processor of another product', 'certificate_mismatch', [['cpuid', Uint8Array.of(0x19, 0x11, 1)]]],
  ['a processor of another family', 'certificate_mismatch', [['cpuid', Uint8Array.of(0x1a, 0x01, 1)]]],
  ['other firmware', 'certificate_mismatch', [['reportedTcb', Buffer.alloc(8, 1)]]],
  ['bytes after the signature', 'malformed', [['afterSignature', Uint8Array.of(1)]]],
];

test.each(refused)('%s is refused: %s, signed as it may be', async (_name, reason, fields) => {
  expect(await snpVerdict(machine.evidence({ fields }), trusting(vendor.root))).toBe(reason);
});

describe('what is no report', () => {
  test.each([
    ['nothing', 0],
    ['one byte less', reportLength - 1],
    ['one byte more', reportLength + 1],
    ['a megabyte', 1_048_576],
  ])('%s is malformed', async (_name, length) => {
    const evidence = machine.evidence();
    const document = new Uint8Array(length);
    document.set(evidence.document.subarray(0, Math.min(length, reportLength)));
    expect(await snpVerdict({ ...evidence, document }, trusting(vendor.root))).toBe('malformed');
  });

  test('a signature whose numbers are beyond the curve is malformed', async () => {
    expect(await snpVerdict(changed(machine.evidence(), 0x2a0 + 71), trusting(vendor.root))).toBe(
      'malformed',
    );
  });

  test('any bytes, as report and as certificates, are refused and throw nothing else', async () => {
    const { document, certificates } = machine.evidence();
    const some = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: reportLength, maxLength: reportLength }),
        fc.array(some, { minLength: 1, maxLength: 3 }),
        async (bytes, ders) => {
          const random = { format: 'sev-snp', document: bytes, certificates } as const;
          expect(await snpVerdict(random, trusting(vendor.root))).not.toBe('proven');
          const foreign = { format: 'sev-snp', document, certificates: ders } as const;
          expect(await snpVerdict(foreign, trusting(vendor.root))).toBe('malformed');
        },
      ),
    );
  });

  test('a changed certificate is refused, whichever and wherever', async () => {
    const evidence = machine.evidence();
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 1 }), fc.nat(), async (which, place) => {
        const certificates = evidence.certificates.map((one) => Uint8Array.from(one));
        const one = certificates[which] ?? new Uint8Array(1);
        one[place % one.length] = (one[place % one.length] ?? 0) ^ 1;
        expect(await snpVerdict({ ...evidence, certificates }, trusting(vendor.root))).not.toBe('proven');
      }),
      { numRuns: 200 },
    );
  });

  test('more certificates, or larger ones, than machines show are malformed', async () => {
    const evidence = machine.evidence();
    const many = Array.from({ length: 17 }, () => machine.certificate);
    expect(await snpVerdict({ ...evidence, certificates: many }, trusting(vendor.root))).toBe('malformed');
    const large = [...evidence.certificates, new Uint8Array(16_385)];
    expect(await snpVerdict({ ...evidence, certificates: large }, trusting(vendor.root))).toBe('malformed');
  });
});
