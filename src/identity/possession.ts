import { Refusal } from '../errors/refusal.ts';
import type { Confirmation, Workload } from '../vocabulary/person.ts';
import type { Credentials } from './credentials.ts';
import type { ProofVerifier } from './dpop.ts';

/** How the sender of a request has proven to be the one the token was made for. */
export type Sender = 'certificate' | 'proof' | 'both' | 'token';

export const senderOf = (confirmed: Confirmation | undefined): Sender => {
  if (confirmed?.['x5t#S256'] !== undefined) return confirmed.jkt === undefined ? 'certificate' : 'both';
  return confirmed?.jkt === undefined ? 'token' : 'proof';
};

/**
 * Whether whoever sends a token holds what it is bound to: the key of a DPoP proof (RFC 9449, section 7), the
 * certificate of the connection (RFC 8705, section 3), or both. A bound token sent as Bearer is refused, and so is
 * the DPoP scheme with a token that is bound to no key. Where the workload demands it, a token that is bound to
 * nothing counts only on a connection that has proven the workload itself.
 *
 * @throws Refusal `token_unproven`, `proof_missing`, `proof_invalid`, `proof_nonce`, `proof_replayed`
 */
export async function provePossession(
  shown: Credentials,
  bound: Confirmation | undefined,
  workload: Workload,
  proofs: ProofVerifier,
): Promise<Sender> {
  const certificate = bound?.['x5t#S256'];
  if (certificate !== undefined && shown.peer?.thumbprint !== certificate)
    throw new Refusal('token_unproven');
  if (bound?.jkt !== undefined) {
    if (shown.proof === undefined) throw new Refusal('proof_missing');
    const proof = await proofs.verify(shown.proof, shown.token);
    if (proof.jkt !== bound.jkt) throw new Refusal('proof_invalid');
    proofs.take(proof);
  } else if (shown.proof !== undefined) throw new Refusal('token_unproven');
  if (workload.senderConstraint === 'required' && bound === undefined && shown.peer === undefined)
    throw new Refusal('token_unproven');
  if (bound === undefined && shown.peer !== undefined) return 'certificate';
  return senderOf(bound);
}
