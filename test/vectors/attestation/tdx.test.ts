import { describe, expect, test } from '@jest/globals';
import type { Trust } from '../../../src/attestation/evidence.ts';
import { verifyTdx } from '../../../src/attestation/formats/tdx.ts';
import { vendorRoots } from '../../../src/attestation/vendor-roots.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import { vectorFolder } from './folder.ts';

const google = vectorFolder('tdx-google');
const trustee = vectorFolder('coco-trustee/tdx');
/** `certificates.pem`: Intel's certificates that sign TCB info and QE identity, of before and after May 2025. */

const trusting = (more: Partial<Trust> = {}): Trust => ({
  roots: new Set(vendorRoots.filter(({ vendor }) => vendor === 'Intel').map(({ sha256 }) => sha256)),
  certificates: [],
  revocations: [],
  ...more,
});
const tdx = (document: Uint8Array) => ({ format: 'tdx', document, certificates: [] }) as const;

/** What a quote says at a time, in short, and what becomes of it before its certificates. */
async function saidBy(folder: typeof google, name: string, day: string) {
  const quote = tdx(folder.read(name));
  const { facts, flags, tcb } = await verifyTdx(quote, trusting(), Date.parse(`${day}T00:00:00Z`));
  const early = await reasonOf(verifyTdx(quote, trusting(), Date.parse('2022-01-01T00:00:00Z')));
  return [facts['quoteVersion'], flags['debug'], facts['teeTcbSvn'], facts['fmspc'], tcb.status, early];
}

const told = (version: string, debug: boolean, teeTcbSvn: string, fmspc: string) => [
  version,
  debug,
  teeTcbSvn.padEnd(32, '0'),
  fmspc,
  undefined,
  'certificate_expired',
];

(google.present ? describe : describe.skip)('TDX evidence of google/go-tdx-guest', () => {
  test.each([
    ['cos-113-tdx-quote.dat', '2025-01-01', told('4', false, '040107', '00806f050000')],
    ['tdx_prod_quote_SPR_E4.dat', '2023-06-20', told('4', false, '030004', '50806f000000')],
    ['quote_v5_sample.dat', '2026-02-10', told('5', false, '0b0104', '90c06f000000')],
  ])('%s is proven', async (name, day, expected) => {
    expect(await saidBy(google, name, day)).toEqual(expected);
  });

  test('revocation lists of Intel count while they are in force', async () => {
    const quote = tdx(google.read('tdx_prod_quote_SPR_E4.dat'));
    const trust = trusting({ revocations: [google.read('pckcrl'), google.read('rootcrl.der')] });
    const verdict = (at: string) => reasonOf(verifyTdx(quote, trust, Date.parse(at)));
    expect(await verdict('2023-06-20T00:00:00Z')).toBe('proven');
    expect(await verdict('2023-08-20T00:00:00Z')).toBe('revocation_unknown');
  });

  test('TCB info is nothing without the certificate that signed it', async () => {
    const quote = tdx(google.read('tdx_prod_quote_SPR_E4.dat'));
    const trust = trusting({ tcbInfo: google.text('sample_tcbInfo_response') });
    const at = Date.parse('2023-06-20T00:00:00Z');
    expect(await reasonOf(verifyTdx(quote, trust, at))).toBe('collateral_invalid');
  });
});

(trustee.present ? describe : describe.skip)('TDX evidence of confidential-containers/trustee', () => {
  test.each([
    ['tdx_quote_4.dat', '2023-06-20', told('4', true, '030005', '50806f000000')],
    ['tdx_quote_5.dat', '2026-02-10', told('5', false, '050102', '90c06f000000')],
    ['tdx_quote_6.dat', '2025-11-10', told('4', false, '050302', '00a06d080000')],
  ])('%s is proven', async (name, day, expected) => {
    expect(await saidBy(trustee, name, day)).toEqual(expected);
  });
});
