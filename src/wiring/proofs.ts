import { loadAppraisalPolicy } from '../appraisal-policies.ts';
import { EndpointProof, type ProofSource } from '../attestation/endpoint-proof.ts';
import type { Config } from '../config/config.ts';
import type { Outbound } from '../outbound/dispatcher.ts';
import type { ModelEndpoint } from '../vocabulary/model-endpoint.ts';
import type { Clock, Randomness } from '../vocabulary/time.ts';

/**
 * What the endpoints of a configuration have proven. Endpoints of one origin are one machine: they share the proof, and
 * the configuration gives them the same policy. `steady` is a clock that does not run back. Throws AppraisalPolicyFault
 * where a policy cannot be used.
 */
export function createProofs(
  { tenants }: Pick<Config, 'tenants'>,
  attested: Outbound['attested'],
  randomness: Pick<Randomness, 'bytes'>,
  steady: Clock,
): (model: ModelEndpoint) => ProofSource | undefined {
  const proofs = new Map<string, ProofSource>();
  for (const { attestation, baseUrl } of tenants.flatMap(({ models }) => models)) {
    const { origin } = new URL(baseUrl);
    const way = attested.get(origin);
    if (attestation === undefined || way === undefined || proofs.has(origin)) continue;
    const appraisal = loadAppraisalPolicy(attestation.policy);
    proofs.set(
      origin,
      new EndpointProof({
        way,
        policy: () => appraisal.policy(),
        now: () => steady.now(),
        random: (length) => randomness.bytes(length),
      }),
    );
  }
  return ({ attestation, baseUrl }) =>
    attestation === undefined ? undefined : proofs.get(new URL(baseUrl).origin);
}
