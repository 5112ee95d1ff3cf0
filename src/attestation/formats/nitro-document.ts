import { encode } from 'cborg';
import { NotProven } from '../reasons.ts';
import { bytesOf, listOf, mapOf, readCbor, wholeOf } from './cbor.ts';

/** What a Nitro Enclave says of itself (AWS, "Verifying the root of trust"); nothing of it is believed yet. */
export interface NitroDocument {
  readonly moduleId: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  /** Registers by number, 48 bytes each. */
  readonly registers: ReadonlyMap<number, Uint8Array>;
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER, from the root down to the issuer of `certificate`. */
  readonly bundle: readonly Uint8Array[];
  readonly publicKey?: Uint8Array;
  readonly userData?: Uint8Array;
  readonly nonce?: Uint8Array;
}

export interface SignedDocument {
  readonly document: NitroDocument;
  /** The bytes that are signed: Sig_structure of COSE (RFC 9052, section 4.4). */
  readonly signed: Uint8Array;
  /** r and s of P-384. */
  readonly signature: Uint8Array;
}

/** More than the longest that the hypervisor writes. */
const limits = { document: 16_384, certificate: 2048, bundle: 8, given: 1024, register: 31 };
/** Largest time of ECMAScript. */
const latestTime = 8_640_000_000_000_000;
/** COSE header `alg` and its value for ECDSA on P-384 with SHA-384 (RFC 9053, section 2.1). */
const algorithmHeader = 1;
const es384 = -35;
const registerLength = 48;

function textOf(item: unknown): string {
  if (typeof item !== 'string' || !/^[\w.-]{1,128}$/.test(item)) throw new NotProven('malformed');
  return item;
}

/** What the enclave itself may give: bytes, or nothing. */
function givenOf(fields: ReadonlyMap<unknown, unknown>, name: string): Uint8Array | undefined {
  const item = fields.get(name) ?? undefined;
  return item === undefined ? undefined : bytesOf(item, 0, limits.given);
}

function registersOf(item: unknown): ReadonlyMap<number, Uint8Array> {
  const registers = [...mapOf(item)].map(([number, value]): [number, Uint8Array] => [
    wholeOf(number, limits.register),
    bytesOf(value, registerLength, registerLength),
  ]);
  return new Map(registers.toSorted(([one], [other]) => one - other));
}

function documentOf(payload: Uint8Array): NitroDocument {
  const fields = mapOf(readCbor(payload));
  if (fields.get('digest') !== 'SHA384') throw new NotProven('version_unknown');
  const [publicKey, userData, nonce] = ['public_key', 'user_data', 'nonce'].map((name) =>
    givenOf(fields, name),
  );
  return {
    moduleId: textOf(fields.get('module_id')),
    timestamp: wholeOf(fields.get('timestamp'), latestTime),
    registers: registersOf(fields.get('pcrs')),
    certificate: bytesOf(fields.get('certificate'), 1, limits.certificate),
    bundle: listOf(fields.get('cabundle'), 1, limits.bundle).map((one) =>
      bytesOf(one, 1, limits.certificate),
    ),
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(userData === undefined ? {} : { userData }),
    ...(nonce === undefined ? {} : { nonce }),
  };
}

/**
 * Reads a document as the Nitro Secure Module writes it: an untagged COSE_Sign1 with one protected header, the algorithm,
 * and none that is not protected. Members that are not known mean nothing.
 *
 * @throws NotProven `malformed`, `version_unknown` for another algorithm or digest
 */
export function readNitroDocument(bytes: Uint8Array): SignedDocument {
  if (bytes.length > limits.document) throw new NotProven('malformed');
  const [head, open, body, proof] = listOf(readCbor(bytes), 4, 4);
  const header = bytesOf(head, 1, limits.given);
  const headers = mapOf(readCbor(header));
  if (mapOf(open).size !== 0) throw new NotProven('malformed');
  if (headers.size !== 1 || headers.get(algorithmHeader) !== es384) throw new NotProven('version_unknown');
  const payload = bytesOf(body, 1, limits.document);
  return {
    document: documentOf(payload),
    signed: encode(['Signature1', header, new Uint8Array(), payload]),
    signature: bytesOf(proof, 96, 96),
  };
}
