import { createHmac } from 'node:crypto';

/** What a pseudonym may stand for: the same value of two kinds has unrelated pseudonyms. */
export type PseudonymKind = 'user' | 'patient' | 'session' | 'device' | 'consent' | 'subject' | 'resource';

const pseudonymBytes = 16;

/** A JSON array keeps the parts apart, so that no two lists of parts meet in one input. */
const keyed = (key: Uint8Array, parts: readonly string[]): Buffer =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest();

function checkKey(key: Uint8Array): void {
  if (key.length < 32) throw new RangeError('the pseudonym key has fewer than 32 bytes');
}

/**
 * Keyed pseudonym: HMAC-SHA-256 cut to 128 bits, 32 hex digits (letters that chance
 * strings together must not spell a name). The same value of a kind has one
 * pseudonym within a tenant and an unrelated one in any other; without the key it can neither be computed nor
 * tried out. `key` is the pseudonym key of the configuration, at least 32 bytes, apart from every vault key.
 */
export function pseudonym(key: Uint8Array, tenant: string, kind: PseudonymKind, value: string): string {
  checkKey(key);
  return keyed(key, ['pseudonym', tenant, kind, value]).subarray(0, pseudonymBytes).toString('hex');
}

/**
 * Salted hash of something sent or received: HMAC-SHA-256, 64 hex digits, under a salt that belongs to
 * one trail. Equal contents of two trails have unrelated hashes; whoever holds the key and the content can check
 * one. `label` names what was hashed (`request`, `response`, `consent`), so that roles cannot be exchanged.
 */
export function saltedHash(
  key: Uint8Array,
  scope: { readonly tenant: string; readonly trail: string },
  label: string,
  content: string | Uint8Array,
): string {
  checkKey(key);
  const salt = keyed(key, ['salt', scope.tenant, scope.trail, label]);
  return createHmac('sha256', salt).update(content).digest('hex');
}
