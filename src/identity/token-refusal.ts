import { errors } from 'jose';
import type { Reason } from '../errors/reasons.ts';
import { Refusal } from '../errors/refusal.ts';
import { table } from '../vocabulary/table.ts';

/** What a JOSE library's error code means on the trail; codes not named here say the token cannot be read. */
const byCode: Readonly<Record<string, Reason>> = table({
  [errors.JWTExpired.code]: 'token_expired',
  [errors.JOSEAlgNotAllowed.code]: 'token_signature',
  [errors.JWSSignatureVerificationFailed.code]: 'token_signature',
  [errors.JWKSNoMatchingKey.code]: 'token_signature',
  [errors.JWKSMultipleMatchingKeys.code]: 'token_signature',
});

/** Which claim failed, where it stands in the token but holds the wrong value. */
const byClaim: Readonly<Record<string, Reason>> = table({
  typ: 'token_type',
  iss: 'token_issuer',
  aud: 'token_audience',
  nbf: 'token_not_yet_valid',
  iat: 'token_not_yet_valid',
});

function reasonOf(error: errors.JOSEError): Reason {
  if (!(error instanceof errors.JWTClaimValidationFailed)) return byCode[error.code] ?? 'token_malformed';
  if (error.claim === 'typ') return 'token_type';
  return error.reason === 'check_failed' ? (byClaim[error.claim] ?? 'token_claims') : 'token_claims';
}

/**
 * A failed verification as a Refusal with its own `token_*` reason. What is no JOSE error (a key that cannot be
 * used, a bug) is refused as a bad signature: nothing that threw here has been verified.
 */
export function tokenRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  return new Refusal(thrown instanceof errors.JOSEError ? reasonOf(thrown) : 'token_signature', {
    cause: thrown,
  });
}
