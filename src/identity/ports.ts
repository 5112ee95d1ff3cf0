import type { VerifiedUser } from '../vocabulary/person.ts';

export interface UserVerifier {
  /**
   * Verifies an issuer's access token; throws Refusal(`token_*` | `issuer_unavailable`). `resource`: a name that the
   * audience may have beside the issuer's, for a request to that resource only.
   */
  verify(token: string, resource?: string): Promise<VerifiedUser>;
  /**
   * Verifies an ID token of an issuer whose ID tokens are accepted as subject tokens. Throws as `verify` does,
   * `token_type` where they are not.
   */
  verifyIdToken(token: string): Promise<VerifiedUser>;
  /**
   * Asks again about a token whose issuer is asked at every use (RFC 7662); a token that was read stands until it
   * expires. Throws as `verify` does.
   */
  stillActive(token: string, user: VerifiedUser, resource?: string): Promise<void>;
  /** Whether every issuer's keys are loaded (or within grace), for /readyz. */
  ready(): Promise<boolean>;
}
