import { NotProven } from '../reasons.ts';

/**
 * Fields of the attestation report: offset and length in bytes (AMD "SEV Secure Nested Paging Firmware ABI
 * Specification", publication 56860, table ATTESTATION_REPORT). Numbers are little-endian. The numbers of the processor
 * are there from version 3, the mitigations from version 5.
 */
export const layout = {
  version: [0x000, 4],
  guestSvn: [0x004, 4],
  policy: [0x008, 8],
  familyId: [0x010, 16],
  imageId: [0x020, 16],
  vmpl: [0x030, 4],
  signatureAlgorithm: [0x034, 4],
  currentTcb: [0x038, 8],
  platformInfo: [0x040, 8],
  keyInfo: [0x048, 4],
  reportData: [0x050, 64],
  measurement: [0x090, 48],
  hostData: [0x0c0, 32],
  idKeyDigest: [0x0e0, 48],
  authorKeyDigest: [0x110, 48],
  reportId: [0x140, 32],
  reportIdMa: [0x160, 32],
  reportedTcb: [0x180, 8],
  cpuid: [0x188, 3],
  chipId: [0x1a0, 64],
  committedTcb: [0x1e0, 8],
  currentFirmware: [0x1e8, 3],
  committedFirmware: [0x1ec, 3],
  launchTcb: [0x1f0, 8],
  launchMitigations: [0x1f8, 8],
  currentMitigations: [0x200, 8],
  r: [0x2a0, 72],
  s: [0x2e8, 72],
  afterSignature: [0x330, 368],
} as const;
export type ReportField = keyof typeof layout;

export const reportLength = 0x4a0;
/** What the signature is over: all that stands before it. */
export const signedLength = 0x2a0;

/** Versions whose fields are known. */
const versions = { first: 2, last: 5 };
/** ECDSA on P-384 with SHA-384, the only algorithm there is. */
const ecdsaP384 = 1;
const coordinate = 48;

/** Bits of the policy that have a meaning; bit 17 is always set. */
const policyBits = 0x3ff_ffffn;
const policyAlways = 0x2_0000n;

export const field = (report: Buffer, name: ReportField): Buffer => {
  const [offset, length] = layout[name];
  return report.subarray(offset, offset + length);
};
export const hexField = (report: Buffer, name: ReportField): string => field(report, name).toString('hex');
export const numberField = (report: Buffer, name: ReportField): number =>
  field(report, name).readUIntLE(0, Math.min(layout[name][1], 6));
export const bitsField = (report: Buffer, name: 'policy' | 'platformInfo'): bigint =>
  field(report, name).readBigUInt64LE();
export const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** Which key signed: the chip's own (VCEK), or one that AMD gave to the owner of many (VLEK). */
export type SigningKey = 'vcek' | 'vlek';
const signingKeys: readonly SigningKey[] = ['vcek', 'vlek'];

export function signingKeyOf(report: Buffer): SigningKey {
  // Bits 2 to 4; a machine may also be told not to sign at all.
  const key = signingKeys[(numberField(report, 'keyInfo') >> 2) & 7];
  if (key === undefined) throw new NotProven('version_unknown');
  return key;
}

/** The signature as r and s, big-endian, 48 bytes each; throws `malformed` for numbers beyond the curve's. */
export function signatureOf(report: Buffer): Buffer {
  const halves = [field(report, 'r'), field(report, 's')].map((half) => {
    if (!isZero(half.subarray(coordinate))) throw new NotProven('malformed');
    return half.subarray(0, coordinate).toReversed();
  });
  return Buffer.concat(halves);
}

/**
 * The report in `document`, which holds exactly its 1184 bytes. Throws `malformed`, and `version_unknown` for a version,
 * an algorithm or a bit of the guest's policy that has no meaning here: it might allow what nobody asked about.
 */
export function openReport(document: Uint8Array): Buffer {
  if (document.length !== reportLength) throw new NotProven('malformed');
  const report = Buffer.from(document);
  const version = numberField(report, 'version');
  if (version < versions.first || version > versions.last) throw new NotProven('version_unknown');
  if (numberField(report, 'signatureAlgorithm') !== ecdsaP384) throw new NotProven('version_unknown');
  const policy = bitsField(report, 'policy');
  if ((policy & ~policyBits) !== 0n || (policy & policyAlways) === 0n) throw new NotProven('version_unknown');
  if (!isZero(field(report, 'afterSignature'))) throw new NotProven('malformed');
  return report;
}
