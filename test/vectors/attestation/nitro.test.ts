import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Trust } from '../../../src/attestation/evidence.ts';
import { verifyNitro } from '../../../src/attestation/formats/nitro.ts';
import { vendorRoots } from '../../../src/attestation/vendor-roots.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { nitroEvidence } from '../../fixtures/nitro-machine.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import { vectorFolder } from './folder.ts';

const { certificates, present, read, text } = vectorFolder('nitro-evervault');
const aws = vendorRoots.filter(({ vendor }) => vendor === 'AWS').map(({ sha256 }) => sha256);
const trust: Trust = { roots: new Set(aws), certificates: [], revocations: [] };

/** A document that stands in hex as a name of a certificate: `DNS:8444a1….` */
function documentInCertificate(): Uint8Array {
  const [der = new Uint8Array()] = certificates('non-debug-cert-containing-attestation-document-18-1-23.pem');
  const names = new X509Certificate(der).subjectAltName?.split(', ') ?? [];
  const name = names.find((one) => one.startsWith('DNS:8444a1')) ?? '';
  return Buffer.from(name.slice('DNS:'.length).split('.', 1)[0] ?? '', 'hex');
}

const documents = {
  'valid-attestation-doc-bytes': () => read('valid-attestation-doc-bytes'),
  'debug-mode-attestation-doc-bytes': () => read('debug-mode-attestation-doc-bytes'),
  'valid-attestation-doc-base64': () => Buffer.from(text('valid-attestation-doc-base64'), 'base64'),
};
type Name = keyof typeof documents;

(present ? describe : describe.skip)('documents of AWS Nitro Enclaves', () => {
  test.each<[Name, number, boolean]>([
    ['valid-attestation-doc-bytes', 1665651482136, false],
    ['debug-mode-attestation-doc-bytes', 1665582606081, true],
    ['valid-attestation-doc-base64', 1695049410860, true],
  ])('%s counts when it was made, and no more when its certificate ended', async (name, made, debug) => {
    const document = documents[name]();
    const claims = await verifyNitro(nitroEvidence(document), trust, made);
    expect([claims.flags, claims.at, claims.root]).toEqual([{ debug }, made, aws[0]]);
    expect(Object.keys(claims.measurements)).toHaveLength(16);
    const expires = claims.expires ?? 0;
    expect(expires - made).toBeLessThan(3 * 3_600_000 + 1000);
    expect(await reasonOf(verifyNitro(nitroEvidence(document), trust, expires + 1000))).toBe(
      'certificate_expired',
    );
    const none = { ...trust, roots: new Set(['00'.repeat(32)]) };
    expect(await reasonOf(verifyNitro(nitroEvidence(document), none, made))).toBe('root_unknown');
  });

  test('one in a certificate has the registers that its test tells', async () => {
    const told: unknown = JSON.parse(
      text('valid_attestation_doc_in_non_debug_mode_with_correct_pcrs_time_sensitive.json'),
    );
    const pcrs = isRecord(told) && isRecord(told['pcrs']) ? told['pcrs'] : {};
    const document = documentInCertificate();
    const claims = await verifyNitro(nitroEvidence(document), trust, Date.UTC(2023, 0, 18, 13, 10));
    expect(claims.measurements).toMatchObject(pcrs);
    expect(claims.flags).toEqual({ debug: false });
  });

  test('no byte of the signed ones can be another', async () => {
    const document = read('valid-attestation-doc-bytes');
    for (let place = 0; place < document.length; place += 23) {
      const other = Uint8Array.from(document);
      other[place] = (document[place] ?? 0) ^ 1;
      // oxlint-disable-next-line no-await-in-loop -- two hundred at once would be no faster
      expect([place, await reasonOf(verifyNitro(nitroEvidence(other), trust, 1665651482136))]).not.toEqual([
        place,
        'proven',
      ]);
    }
  });
});
