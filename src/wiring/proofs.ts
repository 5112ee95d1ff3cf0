import type { LoadedPolicy } from '../appraisal-policies.ts';
import { EndpointProof, type ProofSource } from '../attestation/endpoint-proof.ts';
import type { Tenant } from '../config/config.ts';
import type { Outbound } from '../outbound/dispatcher.ts';
import type { ModelEndpoint } from '../vocabulary/model-endpoint.ts';
import type { Clock, Randomness } from '../vocabulary/time.ts';

/**
 * What the endpoints of a configuration have proven. Endpoints of one origin are one machine: they share the proof, and
 * the configuration gives them the same policy. `steady` is a clock that does not run back. Throws
 * where an endpoint that must prove itself could not be asked to: it would pass for one that need not.
 */
export function createProofs(
  { tenants }: { readonly tenants: readonly Pick<Tenant, 'models'>[] },
  attested: Outbound['attested'],
  appraisals: ReadonlyMap<string, LoadedPolicy>,
  randomness: Pick<Randomness, 'bytes'>,
  steady: Clock,
): (model: ModelEndpoint) => ProofSource | undefined {
  const proofs = new Map<string, ProofSource>();
  for (const { attestation, baseUrl } of tenants.flatMap(({ models }) => models)) {
    const { origin } = new URL(baseUrl);
    const way = attested.get(origin);
    const appraisal = appraisals.get(attestation?.policy ?? '');
    if (appraisal === undefined || way === undefined || proofs.has(origin)) continue;
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
  return ({ attestation, baseUrl, id }) => {
    if (attestation === undefined) return undefined;
    const proof = proofs.get(new URL(baseUrl).origin);
    if (proof === undefined) throw new Error(`the model endpoint ${id} cannot be asked for evidence`);
    return proof;
  };
}
