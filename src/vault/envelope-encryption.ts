import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

/** A sealed value: nonce, authentication tag and ciphertext in one piece of bytes. */
export type Sealed = Uint8Array;

const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;
/** RFC 3394, section 2.2.3.1: default initial value. */
const wrapInitial = Buffer.from('A6A6A6A6A6A6A6A6', 'hex');

/**
 * Keys drawn from the master key: one wraps patients' keys, one makes look-up indexes. The key of the directory is not
 * one of them: it comes from the pseudonym key, so that the vault's key alone tells nobody's pseudonym.
 */
export interface VaultKeys {
  readonly wrapping: Uint8Array;
  readonly index: Uint8Array;
  readonly directory: Uint8Array;
}

/** HKDF-SHA256 (RFC 5869), 32 bytes. */
export const derived = (key: Uint8Array, salt: string | Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, salt, purpose, keyBytes));

/** From a 32-byte master key and the key of the directory. Throws RangeError on another length. */
export function deriveKeys(masterKey: Uint8Array, directory: Uint8Array): VaultKeys {
  if (masterKey.length !== keyBytes) throw new RangeError('the vault key must be 32 bytes');
  const drawn = (purpose: string): Uint8Array => derived(masterKey, 'phi-gateway vault', purpose);
  return { wrapping: drawn('wrap patient keys'), index: drawn('index'), directory };
}

/** AES-256 key wrap, RFC 3394. */
export function wrapKey(wrapping: Uint8Array, key: Uint8Array): Uint8Array {
  const cipher = createCipheriv('id-aes256-wrap', wrapping, wrapInitial);
  return Buffer.concat([cipher.update(key), cipher.final()]);
}

/** Inverse of `wrapKey`; throws where the wrapping key or the bytes are not the right ones. */
export function unwrapKey(wrapping: Uint8Array, wrapped: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('id-aes256-wrap', wrapping, wrapInitial);
  return Buffer.concat([decipher.update(wrapped), decipher.final()]);
}

/** AES-256-GCM with a 96-bit nonce, which the caller draws at random. */
export function seal(key: Uint8Array, nonce: Uint8Array, plain: string, bound: Uint8Array): Sealed {
  if (nonce.length !== nonceBytes) throw new RangeError('the nonce must be 12 bytes');
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(bound);
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Inverse of `seal`; throws where key, bytes or what they were bound to differ. */
export function open(key: Uint8Array, sealed: Sealed, bound: Uint8Array): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(bound);
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  const body = decipher.update(sealed.subarray(nonceBytes + tagBytes));
  return Buffer.concat([body, decipher.final()]).toString('utf8');
}

/** Fields in one piece of bytes, each with its length before it, so that no two lists are alike. */
export function fields(...values: readonly (string | number)[]): Uint8Array {
  return Buffer.concat(
    values.flatMap((value) => {
      const bytes = Buffer.from(String(value), 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** HMAC-SHA256 over length-prefixed fields, base64url. */
export const keyed = (key: Uint8Array, ...values: readonly (string | number)[]): string =>
  createHmac('sha256', key)
    .update(fields(...values))
    .digest('base64url');
