import { createHash } from 'node:crypto';
import { NotProven } from '../reasons.ts';
import { type Fields, read } from './signed-collateral.ts';
import { type Level, levelOfVersion } from './tdx-levels.ts';
import { masked } from './tdx-module.ts';
import type { Quote } from './tdx-quote.ts';

/** Fields of an enclave's report by offset and end (Intel, "TDX DCAP Quoting Library API", appendix A.3.10). */
export const enclaveLayout = {
  miscSelect: [16, 20],
  attributes: [48, 64],
  mrSigner: [128, 160],
  productId: [256, 258],
  securityVersion: [258, 260],
  reportData: [320, 384],
} as const;

/**
 * Intel's quoting enclave for TDX, as all its identities name it. The owner of a machine may run enclaves of anybody and
 * have their reports signed, so a quote proves nothing where it is not this one that made it.
 */
export const intelsEnclave = {
  mrSigner: 'dc9e2a7c6f948f17474e34a7fc43ed030f7c1563f1babddf6340c82e0e54a8c5',
  productId: 2,
} as const;

const hexOf = (report: Buffer, name: keyof typeof enclaveLayout): string =>
  report.toString('hex', ...enclaveLayout[name]);
export const enclaveVersion = (report: Buffer): number =>
  report.readUInt16LE(enclaveLayout.securityVersion[0]);
const productOf = (report: Buffer): number => report.readUInt16LE(enclaveLayout.productId[0]);

/** The enclave's report binds the attestation key: SHA-256 of the key and of what else it was given, then zeros. */
export const bindsKey = ({ enclave, attestationKey, authentication }: Quote): boolean => {
  const digest = createHash('sha256').update(attestationKey).update(authentication).digest('hex');
  return hexOf(enclave, 'reportData') === digest.padEnd(128, '0');
};

/** Throws `enclave_unknown` where the report is of an enclave other than Intel's, or of one that may be debugged. */
export function expectIntelsEnclave(report: Buffer): void {
  const debug = ((report[enclaveLayout.attributes[0]] ?? 0) & 2) !== 0;
  if (
    debug ||
    hexOf(report, 'mrSigner') !== intelsEnclave.mrSigner ||
    productOf(report) !== intelsEnclave.productId
  )
    throw new NotProven('enclave_unknown');
}

/** Holds the report to the identity that Intel published, and gives the level of its version. */
export function levelOfEnclave(identity: Fields, report: Buffer): Level {
  if (read.text(identity['id']) !== 'TD_QE' || read.number(identity['version']) !== 2)
    throw new NotProven('collateral_invalid');
  const is =
    hexOf(report, 'mrSigner') === read.hex(identity['mrsigner'], 32) &&
    productOf(report) === read.number(identity['isvprodid']) &&
    masked(
      hexOf(report, 'miscSelect'),
      read.hex(identity['miscselectMask'], 4),
      read.hex(identity['miscselect'], 4),
    ) &&
    masked(
      hexOf(report, 'attributes'),
      read.hex(identity['attributesMask'], 16),
      read.hex(identity['attributes'], 16),
    );
  if (!is) throw new NotProven('enclave_unknown');
  return levelOfVersion(identity['tcbLevels'], enclaveVersion(report));
}
