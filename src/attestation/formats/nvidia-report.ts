import { NotProven } from '../reasons.ts';

/** A measurement report of a GPU as it came: SPDM 1.1 (DMTF DSP0274), GET_MEASUREMENTS and MEASUREMENTS. */
export interface NvidiaReport {
  /** What was asked for; 32 bytes. */
  readonly nonce: Buffer;
  /** Digests by the index of their block. */
  readonly measurements: ReadonlyMap<number, Buffer>;
  /** What the vendor adds. */
  readonly opaque: Buffer;
  /** Request and response up to the signature. */
  readonly signed: Buffer;
  /** r and s of P-384. */
  readonly signature: Buffer;
}

const largestReport = 16_384;
const requestLength = 37;
const nonceLength = 32;
const signatureLength = 96;
/** `11` SPDM 1.1, `e0` GET_MEASUREMENTS, `01` with a signature, `ff` all of them. */
const request = '11e001ff';
/** `11` SPDM 1.1, `60` MEASUREMENTS. */
const response = '1160';
/** Version, code, two parameters, number of blocks, three bytes of length. */
const responseHead = 8;
/** Index, specification, size; then kind and size of the value (section 10.11.1). */
const blockHead = 4;
const valueHead = 3;
const dmtf = 1;
/** A value with this bit is no digest but the bytes themselves. */
const rawBit = 0x80;

const malformed = (): never => {
  throw new NotProven('malformed');
};

/** So many bytes from a place, which must be there. */
function part(bytes: Buffer, from: number, length: number): Buffer {
  return from + length <= bytes.length ? bytes.subarray(from, from + length) : malformed();
}

/** Blocks one after the other, which fill the record; no index twice. */
function blocksOf(record: Buffer, count: number): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>();
  let from = 0;
  while (from < record.length) {
    const head = part(record, from, blockHead + valueHead);
    const index = head.readUInt8(0);
    const size = head.readUInt16LE(2);
    const valueSize = head.readUInt16LE(5);
    const digest = head.readUInt8(1) === dmtf && (head.readUInt8(4) & rawBit) === 0;
    if (!digest || valueSize + valueHead !== size || valueSize === 0 || found.has(index)) return malformed();
    found.set(index, part(record, from + blockHead + valueHead, valueSize));
    from += blockHead + size;
  }
  return found.size === count ? found : malformed();
}

/**
 * Reads request and response. One zero byte may follow, which tools leave that write the report as text of C; it is
 * looked at no further.
 *
 * @throws NotProven `malformed` also above 16 KiB, `version_unknown` for other messages or versions of SPDM
 */
export function readNvidiaReport(document: Uint8Array): NvidiaReport {
  if (document.length > largestReport) return malformed();
  const bytes = Buffer.from(document);
  const asked = part(bytes, 0, requestLength);
  const head = part(bytes, requestLength, responseHead);
  if (asked.toString('hex', 0, 4) !== request || head.toString('hex', 0, 2) !== response)
    throw new NotProven('version_unknown');
  const recordFrom = requestLength + responseHead;
  const record = part(bytes, recordFrom, head.readUIntLE(5, 3));
  const opaqueFrom = recordFrom + record.length + nonceLength + 2;
  const opaque = part(bytes, opaqueFrom, part(bytes, opaqueFrom - 2, 2).readUInt16LE(0));
  const signedLength = opaqueFrom + opaque.length;
  const signature = part(bytes, signedLength, signatureLength);
  const rest = bytes.subarray(signedLength + signatureLength);
  if (rest.length > 1 || (rest[0] ?? 0) !== 0) return malformed();
  return {
    nonce: asked.subarray(4, 4 + nonceLength),
    measurements: blocksOf(record, head.readUInt8(4)),
    opaque,
    signed: bytes.subarray(0, signedLength),
    signature,
  };
}
