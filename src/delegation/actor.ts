import { Refusal } from '../errors/refusal.ts';
import type { AssertionVerifier } from '../identity/assertions.ts';
import type { ProofVerifier, ShownProof } from '../identity/dpop.ts';
import type { Peer } from '../identity/peer.ts';
import type { Confirmation, VerifiedUser, Workload } from '../vocabulary/person.ts';

export const assertionTypes = {
  client: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  spiffe: 'urn:ietf:params:oauth:client-assertion-type:jwt-spiffe',
} as const;
const actorTokenType = 'urn:ietf:params:oauth:token-type:jwt';

/** What the workload shows at the token endpoint beside the subject token. */
export interface ShownActor {
  readonly peer: Peer | undefined;
  readonly proof: ShownProof | undefined;
  readonly clientAssertion: string | undefined;
  readonly clientAssertionType: string | undefined;
  readonly actorToken: string | undefined;
  readonly actorTokenType: string | undefined;
}

export interface ActorDependencies {
  readonly assertions: AssertionVerifier;
  readonly proofs: ProofVerifier;
}

const malformed = (name: string): Refusal => new Refusal('malformed_request', { fault: `/${name}` });

/** A credential and its type come together or not at all. */
function checkPair(
  value: string | undefined,
  type: string | undefined,
  known: readonly string[],
  name: string,
) {
  if ((value === undefined) !== (type === undefined)) throw malformed(`${name}_type`);
  if (type !== undefined && !known.includes(type)) throw malformed(`${name}_type`);
}

/** Whether the workload has proven itself by an assertion; a wrong one is a refusal, never as good as none. */
async function assertedBy(
  shown: ShownActor,
  workload: Workload,
  verifier: AssertionVerifier,
): Promise<boolean> {
  const { clientAssertion, clientAssertionType, actorToken } = shown;
  checkPair(clientAssertion, clientAssertionType, Object.values(assertionTypes), 'client_assertion');
  checkPair(actorToken, shown.actorTokenType, [actorTokenType], 'actor_token');
  const svids = [clientAssertionType === assertionTypes.spiffe ? clientAssertion : undefined, actorToken];
  for (const svid of svids) {
    if (svid === undefined) continue;
    const id = await verifier.jwtSvid(svid);
    if (workload.spiffeIds?.includes(id) !== true) throw new Refusal('workload_unknown');
  }
  if (clientAssertion !== undefined && clientAssertionType === assertionTypes.client)
    await verifier.clientAssertion(clientAssertion, workload);
  return clientAssertion !== undefined || actorToken !== undefined;
}

/**
 * Who acts (RFC 8693, section 1.1): the workload of the subject token's client, proven by the certificate of the
 * connection, a JWT-SVID, or a client assertion. Answers what the delegated token is bound to: the certificate, the
 * key of the DPoP proof, or both. A subject token that is bound itself must be proven here like anywhere else. Where
 * the workload demands it, one that has credentials must show them, and the token must be bound.
 *
 * @throws Refusal `workload_*`, `proof_*`, `token_unproven`, `malformed_request`
 */
export async function proveActor(
  shown: ShownActor,
  user: VerifiedUser,
  workload: Workload,
  { assertions, proofs }: ActorDependencies,
): Promise<Confirmation | undefined> {
  const asserted = await assertedBy(shown, workload, assertions);
  const proof = shown.proof === undefined ? undefined : await proofs.verify(shown.proof);
  const certificate = shown.peer?.thumbprint;
  const bound = user.confirmation;
  if (bound?.['x5t#S256'] !== undefined && bound['x5t#S256'] !== certificate)
    throw new Refusal('token_unproven');
  if (bound?.jkt !== undefined && bound.jkt !== proof?.jkt) throw new Refusal('token_unproven');
  if (workload.senderConstraint === 'required') {
    const confidential = (workload.spiffeIds?.length ?? 0) > 0 || workload.keys !== undefined;
    if (confidential && certificate === undefined && !asserted)
      throw new Refusal('workload_assertion', { facts: { credential: 'none' } });
    if (certificate === undefined && proof === undefined) throw new Refusal('token_unproven');
  }
  if (proof !== undefined) proofs.take(proof);
  if (certificate === undefined && proof === undefined) return undefined;
  return {
    ...(proof === undefined ? {} : { jkt: proof.jkt }),
    ...(certificate === undefined ? {} : { 'x5t#S256': certificate }),
  };
}
