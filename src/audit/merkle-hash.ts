import { createHash } from 'node:crypto';

const leafPrefix = Buffer.from([0]);
const nodePrefix = Buffer.from([1]);

/** Leaf hash of RFC 6962, section 2.1: SHA-256(0x00 || entry). Strings are taken as UTF-8. */
export const leafHash = (entry: string | Uint8Array): Buffer =>
  createHash('sha256').update(leafPrefix).update(entry).digest();

/** Interior node of RFC 6962, section 2.1: SHA-256(0x01 || left || right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(nodePrefix).update(left).update(right).digest();

/** Root of the tree without leaves: SHA-256 of nothing. */
export const emptyRoot = (): Buffer => createHash('sha256').digest();

export const hashBytes = 32;

/** Equality of public hashes: no secret is compared, so no constant time is needed. */
export const sameHash = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;
