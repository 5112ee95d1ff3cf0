import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, type JWTPayload, jwtVerify } from 'jose';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { Clock } from '../vocabulary/time.ts';
import type { ReplayWindow } from './replay-window.ts';

/** Asymmetric signatures of proofs. */
export const proofAlgorithms = ['ES256', 'ES384', 'EdDSA', 'PS256', 'RS256'] as const;

/** Milliseconds that one nonce is given out; it counts in the one before and its own. */
const nonceSpan = 30_000;
/** Seconds that a proof may be old, or ahead. */
const proofAge = 60;
const skewSeconds = 5;
/** Characters. */
const maxProofLength = 8_192;
const maxIdLength = 256;

/** A `DPoP` header with the request that it came with. */
export interface ShownProof {
  readonly jwt: string;
  readonly method: string;
  /** URL of the request as callers know it, without query. */
  readonly url: string;
}

export interface VerifiedProof {
  /** RFC 7638 thumbprint of the key. */
  readonly jkt: string;
  readonly id: string;
}

export interface ProofVerifier {
  /** For the `DPoP-Nonce` header. */
  nonce(): string;
  /**
   * Verifies a proof (RFC 9449, section 4.3); with `token` its hash must be in it.
   *
   * @throws Refusal `proof_invalid`, `proof_nonce`
   */
  verify(proof: ShownProof, token?: string): Promise<VerifiedProof>;
  /**
   * Counts a proof as used. Only after the token that it goes with has been verified: keys cost nothing, and strangers
   * must not fill the window.
   *
   * @throws Refusal `proof_replayed`, `rate_limited`
   */
  take(proof: VerifiedProof): void;
}

const invalid = (cause?: unknown): Refusal =>
  new Refusal('proof_invalid', cause === undefined ? {} : { cause });

/** Scheme, host and path, as RFC 9449, section 4.3, compares them: without query and fragment. */
function targetOf(claim: unknown): string {
  if (typeof claim !== 'string' || !URL.canParse(claim)) throw invalid();
  const { origin, pathname } = new URL(claim);
  return `${origin}${pathname}`;
}

const equal = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * Verifier of DPoP proofs. Nonces are a keyed hash of the time, so that any process with the key knows them and nothing
 * is kept; what is kept are the ids of proofs, for as long as their nonce counts.
 */
export function createProofVerifier(input: {
  readonly key: Uint8Array;
  readonly clock: Clock;
  readonly window: ReplayWindow;
}): ProofVerifier {
  const { key, clock, window } = input;
  const nonceAt = (at: number): string =>
    createHmac('sha256', key).update(`dpop nonce ${at}`).digest('base64url').slice(0, 32);
  const present = (): number => Math.floor(clock.now() / nonceSpan);

  function checkClaims(payload: JWTPayload, proof: ShownProof, token: string | undefined): string {
    const { jti, iat } = payload;
    const { htm, htu, ath, nonce } = payload;
    if (typeof jti !== 'string' || jti === '' || jti.length > maxIdLength) throw invalid();
    if (htm !== proof.method || targetOf(htu) !== proof.url) throw invalid();
    const now = clock.now() / 1000;
    if (iat === undefined || iat > now + skewSeconds || iat < now - proofAge - skewSeconds) throw invalid();
    const hash = token === undefined ? undefined : createHash('sha256').update(token).digest('base64url');
    if (hash !== undefined && ath !== hash) throw invalid();
    const at = present();
    if (typeof nonce !== 'string' || ![at, at - 1].some((one) => equal(nonce, nonceAt(one))))
      throw new Refusal('proof_nonce');
    return jti;
  }

  return {
    nonce: () => nonceAt(present()),
    async verify(proof, token) {
      if (proof.jwt.length > maxProofLength) throw invalid();
      const { payload, protectedHeader } = await jwtVerify(proof.jwt, EmbeddedJWK, {
        algorithms: [...proofAlgorithms],
        typ: 'dpop+jwt',
        currentDate: new Date(clock.now()),
        clockTolerance: skewSeconds,
      }).catch((cause: unknown) => {
        throw invalid(cause);
      });
      const { jwk } = protectedHeader;
      if (!isRecord(jwk) || 'd' in jwk || 'k' in jwk || jwk.kty === undefined) throw invalid();
      return { jkt: await calculateJwkThumbprint(jwk, 'sha256'), id: checkClaims(payload, proof, token) };
    },
    take({ jkt, id }) {
      if (!window.take(jkt, id, (present() + 2) * nonceSpan)) throw new Refusal('proof_replayed');
    },
  };
}
