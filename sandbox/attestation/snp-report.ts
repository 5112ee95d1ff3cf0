import { type KeyObject, sign } from 'node:crypto';
import {
  field,
  layout,
  type ReportField,
  reportLength,
  signedLength,
} from '../../src/attestation/formats/snp-report.ts';

/** Fields and what stands in them; of two of the same name the last counts. */
export type ReportFields = readonly (readonly [ReportField, Uint8Array])[];

function write(report: Buffer, name: ReportField, value: Uint8Array): void {
  if (value.length > layout[name][1]) throw new RangeError(`${name} has ${layout[name][1]} bytes`);
  field(report, name).fill(0).set(value);
}

const littleEndian = (half: Uint8Array): Uint8Array => half.toReversed();

/** A number below 2^48 as fields hold it. */
export function numberBytes(name: ReportField, value: number): Uint8Array {
  const bytes = Buffer.alloc(layout[name][1]);
  bytes.writeUIntLE(value, 0, Math.min(6, bytes.length));
  return bytes;
}

/** A report of these fields, all others zero, signed by `key` (P-384) as SEV-SNP's firmware signs. */
export function signedReport(fields: ReportFields, key: KeyObject): Uint8Array {
  const report = Buffer.alloc(reportLength);
  for (const [name, value] of fields) write(report, name, value);
  const signature = sign('sha384', report.subarray(0, signedLength), { key, dsaEncoding: 'ieee-p1363' });
  write(report, 'r', littleEndian(signature.subarray(0, 48)));
  write(report, 's', littleEndian(signature.subarray(48)));
  return Uint8Array.from(report);
}
