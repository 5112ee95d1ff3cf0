import { describe, expect, test } from '@jest/globals';
import { verifyToken } from '../../../src/attestation/formats/jwt.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { sign, tokenEvidence, trust } from '../../fixtures/attestation-tokens.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import { vectorFolder } from './folder.ts';

const azure = vectorFolder('azure-maa');
const trustee = vectorFolder('coco-trustee/ear');
const present = azure.present && trustee.present;

/** Claims of a service's published example; the example is not signed, so it is signed here. */
function example(text: string): Readonly<Record<string, unknown>> {
  const claims: unknown = JSON.parse(text);
  if (!isRecord(claims)) throw new TypeError('an example is an object');
  return claims;
}

const secondsOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

(present ? describe : describe.skip)('published examples of tokens, signed by a key of the test', () => {
  test('Azure Attestation of a SEV-SNP machine', async () => {
    const claims = example(azure.text('sampleAttestationToken.json'));
    const at = secondsOf(claims['iat']) * 1000;
    const believed = { ...trust, issuer: 'https://sharedeus.eus.test.attest.azure.net' };
    const evidence = tokenEvidence(await sign(claims));
    expect(await verifyToken(evidence, believed, at)).toMatchObject({
      tee: 'sev-snp',
      flags: { debug: false, migration: false, secureBoot: true, smt: true, testSigning: false },
      tcb: { parts: { bootloader: 2, tee: 0, snp: 2, microcode: 55 }, status: 'azure-compliant-cvm' },
      platform: '2DEDC52A-6832-46CE-9910-E8C9980BF5A7',
      at,
      expires: secondsOf(claims['exp']) * 1000,
    });
    expect(await reasonOf(verifyToken(evidence, believed, secondsOf(claims['exp']) * 1000))).toBe('too_old');
  });

  test('Trustee of an SGX machine that can be debugged', async () => {
    const claims = example(trustee.text('example.token.json'));
    const at = secondsOf(claims['iat']) * 1000;
    const believed = { ...trust, issuer: 'https://confidentialcontainers.org' };
    const evidence = tokenEvidence(await sign(claims));
    expect(await verifyToken(evidence, believed, at)).toMatchObject({
      tee: 'sgx',
      flags: { debug: true },
      tcb: { status: 'contraindicated' },
      facts: { 'cpu0.tcbStatus': 'OutOfDate', 'cpu0.policy': 'default' },
    });
    expect(await reasonOf(verifyToken(evidence, trust, at))).toBe('issuer_unknown');
  });
});
