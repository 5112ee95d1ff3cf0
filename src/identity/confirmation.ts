import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { Confirmation } from '../vocabulary/person.ts';

/** SHA-256, base64url. */
const thumbprint = /^[A-Za-z0-9_-]{43}$/;

/**
 * The `cnf` claim of a token (RFC 7800): `jkt` (RFC 9449, section 6.1), `x5t#S256` (RFC 8705, section 3.1), or both.
 * A method that is not known here is no confirmation that could be ignored: it throws Refusal('token_claims').
 */
export function confirmationOf(claim: unknown): Confirmation | undefined {
  if (claim === undefined) return undefined;
  const entries = isRecord(claim) ? Object.entries(claim) : [];
  const known = entries.every(
    ([name, value]) =>
      (name === 'jkt' || name === 'x5t#S256') && typeof value === 'string' && thumbprint.test(value),
  );
  if (entries.length === 0 || !known) throw new Refusal('token_claims');
  return Object.fromEntries(entries);
}
