import { bytesOfPem } from '../pem.ts';
import { NotProven } from '../reasons.ts';

/** The largest quote that is read: those with a chain of certificates have about 5 KB, guests pad them to 8 KB. */
const quoteLimit = 65_536;

/** Fields of the TD report by offset and length (Intel, "TDX DCAP Quoting Library API", appendix A.3.2 and A.3.3). */
export const bodyLayout = {
  teeTcbSvn: [0, 16],
  mrSeam: [16, 48],
  mrSignerSeam: [64, 48],
  seamAttributes: [112, 8],
  tdAttributes: [120, 8],
  xfam: [128, 8],
  mrtd: [136, 48],
  mrConfigId: [184, 48],
  mrOwner: [232, 48],
  mrOwnerConfig: [280, 48],
  rtmr0: [328, 48],
  rtmr1: [376, 48],
  rtmr2: [424, 48],
  rtmr3: [472, 48],
  reportData: [520, 64],
  // TDX 1.5 only.
  teeTcbSvn2: [584, 16],
  mrServiceTd: [600, 48],
} as const;
export type BodyField = keyof typeof bodyLayout;

/** Length of the TD report by the type that quotes of version 5 state. */
const bodyLengths: ReadonlyMap<number, number> = new Map([
  [2, 584],
  [3, 648],
]);
const headerLength = 48;
const enclaveReport = 384;

export const quoteNumbers = {
  ecdsaP256: 2,
  tdx: 0x81,
  /** Kinds of certification: the QE's report, and inside of that the chain of the PCK certificate in PEM. */
  report: 6,
  chain: 5,
  /** Intel's own quoting enclave. */
  vendor: '939a7233f79c4ca9940a0db3957f0607',
} as const;

export interface Quote {
  readonly version: number;
  /** Header and body, which the attestation key signed. */
  readonly signed: Buffer;
  readonly body: Buffer;
  /** 64 bytes: r and s. */
  readonly signature: Buffer;
  /** 64 bytes: a point of P-256. */
  readonly attestationKey: Buffer;
  /** Report of the quoting enclave, 384 bytes, its signature by the PCK, and what it binds beside the key. */
  readonly enclave: Buffer;
  readonly enclaveSignature: Buffer;
  readonly authentication: Buffer;
  /** DER, as they stand in the quote. */
  readonly certificates: readonly Uint8Array[];
}

/** A place in bytes that moves on as they are taken; more than there is are `malformed`. */
class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new NotProven('malformed');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  number(length: 2 | 4): number {
    return this.take(length).readUIntLE(0, length);
  }

  /** What was taken so far. */
  taken(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new NotProven('malformed');
  }
}

/** Throws `version_unknown`. */
function expectNumber(read: number, known: number): void {
  if (read !== known) throw new NotProven('version_unknown');
}

function bodyOf(quote: Cursor, version: number): Buffer {
  if (version === 4) return quote.take(584);
  const length = bodyLengths.get(quote.number(2));
  if (length === undefined) throw new NotProven('version_unknown');
  if (quote.number(4) !== length) throw new NotProven('malformed');
  return quote.take(length);
}

/**
 * Reads a quote of version 4 or 5 with a key on P-256, certified by a chain of PEM. What stands after it is not read:
 * guests give quotes in buffers of their own length. Throws `malformed`, `version_unknown`.
 */
export function openQuote(document: Uint8Array): Quote {
  if (document.length < headerLength || document.length > quoteLimit) throw new NotProven('malformed');
  const quote = new Cursor(Buffer.from(document));
  const header = quote.take(headerLength);
  const version = header.readUInt16LE(0);
  if (version !== 4 && version !== 5) throw new NotProven('version_unknown');
  expectNumber(header.readUInt16LE(2), quoteNumbers.ecdsaP256);
  expectNumber(header.readUInt32LE(4), quoteNumbers.tdx);
  if (header.toString('hex', 12, 28) !== quoteNumbers.vendor) throw new NotProven('version_unknown');
  const body = bodyOf(quote, version);
  const signed = quote.taken();
  const proof = new Cursor(quote.take(quote.number(4)));
  const signature = proof.take(64);
  const attestationKey = proof.take(64);
  expectNumber(proof.number(2), quoteNumbers.report);
  const certification = new Cursor(proof.take(proof.number(4)));
  proof.end();
  const enclave = certification.take(enclaveReport);
  const enclaveSignature = certification.take(64);
  const authentication = certification.take(certification.number(2));
  expectNumber(certification.number(2), quoteNumbers.chain);
  const certificates = bytesOfPem(certification.take(certification.number(4)));
  certification.end();
  return {
    version,
    signed,
    body,
    signature,
    attestationKey,
    enclave,
    enclaveSignature,
    authentication,
    certificates,
  };
}

/** A field of the TD report, lower-case hex; undefined where this kind of report has none. */
export function bodyField(body: Buffer, name: BodyField): string | undefined {
  const [offset, length] = bodyLayout[name];
  return body.length < offset + length ? undefined : body.toString('hex', offset, offset + length);
}
