import type { VerifiedUser } from '../vocabulary/person.ts';

export interface UserVerifier {
  /** Verifies an issuer's access token; throws Refusal(`token_*` | `issuer_unavailable`). */
  verify(token: string): Promise<VerifiedUser>;
  /** Whether every issuer's keys are loaded (or within grace), for /readyz. */
  ready(): Promise<boolean>;
}
