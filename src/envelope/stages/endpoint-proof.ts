import type { Proof, ProofSource } from '../../attestation/endpoint-proof.ts';
import { Refusal } from '../../errors/refusal.ts';
import type { ReadingEndpoint } from '../../policy/facts.ts';
import type { StandingCheck } from '../envelope.ts';
import type { TenantServices } from '../services.ts';
import type { StageResult } from '../stage.ts';

/** A model endpoint with what it has proven, where it must prove something. */
export interface SeenEndpoint {
  readonly endpoint: ReadingEndpoint;
  readonly proof?: { readonly source: ProofSource; readonly shown: Proof };
}

/** What the trail says of a proof, good or not; keys and evidence as hashes. */
export const proofFacts = (model: string, shown: Proof) => ({
  model,
  attestation: shown.formats,
  attestationEvidence: shown.evidence,
  ...(shown.policy === '' ? {} : { attestationPolicy: shown.policy }),
  attestedAt: shown.at,
  ...(shown.ok
    ? { attestationKey: shown.key, attestedUntil: shown.until }
    : { attestationFaults: shown.faults }),
});

/** One of the tenant's endpoints as it stands now, and whether its machine has proven itself. */
export async function seenEndpoint(
  { models }: Pick<TenantServices, 'models'>,
  modelId: string,
): Promise<SeenEndpoint | undefined> {
  const model = models.get(modelId);
  if (model === undefined) return undefined;
  const { endpoint, proof: source } = model;
  if (source === undefined) return { endpoint };
  const shown = await source.current();
  return { endpoint: { ...endpoint, attested: shown.ok }, proof: { source, shown } };
}

/** @throws Refusal `model_not_attested` of an endpoint that must prove itself and has not */
function demandShown(model: string, shown: Proof): void {
  if (!shown.ok) throw new Refusal('model_not_attested', { facts: proofFacts(model, shown) });
}

/** What an endpoint that must prove itself adds to the stage that lets the request go there; nothing for others. */
export function provenBy({ endpoint, proof }: SeenEndpoint): {
  readonly before: NonNullable<StageResult<unknown>['before']>;
  readonly standing: readonly StandingCheck[];
} {
  if (proof === undefined) return { before: [], standing: [] };
  const { shown, source } = proof;
  demandShown(endpoint.id, shown);
  return {
    before: [{ event: 'model.attested', outcome: 'success', facts: proofFacts(endpoint.id, shown) }],
    standing: [
      {
        name: 'attestation',
        when: 'barrier',
        ask: async () => demandShown(endpoint.id, await source.current()),
      },
    ],
  };
}
