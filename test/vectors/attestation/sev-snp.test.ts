import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { chainOf, fingerprintOf } from '../../../src/attestation/certificates.ts';
import type { Evidence, Trust } from '../../../src/attestation/evidence.ts';
import { verifySevSnp } from '../../../src/attestation/formats/sev-snp.ts';
import { vendorRoots } from '../../../src/attestation/vendor-roots.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import { vectorFolder } from './folder.ts';

const google = vectorFolder('sev-snp-google');
const trustee = vectorFolder('coco-trustee/snp');

const amdRoots = vendorRoots.filter(({ vendor }) => vendor === 'AMD');
const trusting = (certificates: readonly Uint8Array[]): Trust => ({
  roots: new Set(amdRoots.map(({ sha256 }) => sha256)),
  certificates,
  revocations: [],
});
const snp = (document: Uint8Array, certificate: Uint8Array): Evidence => ({
  format: 'sev-snp',
  document,
  certificates: [certificate],
});

(google.present ? describe : describe.skip)('SEV-SNP evidence of google/go-sev-guest', () => {
  const at = Date.parse('2023-06-01T00:00:00Z');

  test('a report of a Milan that may be debugged is proven, and says so', async () => {
    const evidence = snp(google.read('attestation.bin'), google.read('vcek.testcer'));
    const claims = await verifySevSnp(evidence, trusting(google.certificates('ask_ark_milan.pem')), at);
    expect(claims).toMatchObject({
      flags: { debug: true, migration: false },
      tcb: { parts: { bootloader: 2, tee: 0, snp: 5, microcode: 68, abiMajor: 1, abiMinor: 49, build: 3 } },
      facts: { reportVersion: '2', product: 'Milan', signingKey: 'vcek' },
    });
    expect(claims.bound.reportData).toMatch(/^0102030405(?:00)*$/);
  });

  test('it is not before or after its certificate, nor by the chain of another product', async () => {
    const evidence = snp(google.read('attestation.bin'), google.read('vcek.testcer'));
    const milan = trusting(google.certificates('ask_ark_milan.pem'));
    for (const year of ['2022-01-01', '2030-01-01'])
      expect(await reasonOf(verifySevSnp(evidence, milan, Date.parse(year)))).toBe('certificate_expired');
    const genoa = trusting(google.certificates('ask_ark_genoa.pem'));
    expect(await reasonOf(verifySevSnp(evidence, genoa, at))).toBe('chain_incomplete');
  });

  test('every authority of Milan, Genoa and Turin leads to the root that the table names', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    for (const { product, sha256, notAfter } of amdRoots) {
      const name = product.toLowerCase();
      const files =
        name === 'turin'
          ? [`ask_ark_${name}_vcek.pem`, `ask_ark_${name}_vlek.pem`]
          : [`ask_ark_${name}.pem`, `ask_ark_${name}_vlek.pem`];
      for (const file of files) {
        const [authority, root] = google.certificates(file).map((der) => new X509Certificate(der));
        if (authority === undefined || root === undefined) throw new Error(`${file} has no chain`);
        expect(chainOf(authority, [root], trusting([]), now).root).toBe(sha256);
        expect(fingerprintOf(root)).toBe(sha256);
        expect(Date.parse(root.validTo)).toBe(Date.parse(notAfter));
      }
    }
  });
});

(trustee.present ? describe : describe.skip)('SEV-SNP evidence of confidential-containers/trustee', () => {
  const milan = trustee.present ? trusting(trustee.certificates('milan_ask_ark_asvk.pem')) : trusting([]);
  const at = Date.parse('2024-06-01T00:00:00Z');

  test('a report signed by a VCEK is proven', async () => {
    const evidence = snp(trustee.read('test-report.bin'), trustee.read('test-vcek.der'));
    expect(await verifySevSnp(evidence, milan, at)).toMatchObject({
      flags: { debug: false },
      tcb: { parts: { bootloader: 3, tee: 0, snp: 8, microcode: 115, guestSvn: 4 } },
    });
  });

  test('a report of version 3 signed by a VLEK is proven while that holds', async () => {
    const evidence = snp(trustee.read('test-vlek-report.bin'), trustee.read('test-vlek.der'));
    const held = Date.parse('2025-06-01T00:00:00Z');
    const claims = await verifySevSnp(evidence, milan, held);
    expect(claims).toMatchObject({
      tcb: { parts: { bootloader: 4, tee: 0, snp: 24, microcode: 217 } },
      facts: { reportVersion: '3', signingKey: 'vlek', provider: 'CN=cc-us-east-2.amazonaws.com' },
    });
    expect(claims).not.toHaveProperty('platform');
    const after = Date.parse('2026-01-01T00:00:00Z');
    expect(await reasonOf(verifySevSnp(evidence, milan, after))).toBe('certificate_expired');
  });

  test.each(['test-vcek-invalid-legacy.der', 'test-vcek-invalid-new.der'])('%s is refused', async (file) => {
    const evidence = snp(trustee.read('test-report.bin'), trustee.read(file));
    expect(await reasonOf(verifySevSnp(evidence, milan, at))).toBe('certificate_mismatch');
    // It is not AMD's at all, even where nothing is compared.
    expect(() => chainOf(new X509Certificate(trustee.read(file)), [], milan, at)).toThrow(
      expect.objectContaining({ reason: 'certificate_invalid' }),
    );
  });
});
