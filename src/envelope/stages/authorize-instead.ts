import { Refusal } from '../../errors/refusal.ts';
import { storedDecision } from '../../policy/stored-decision.ts';
import { EndpointDenied } from '../ask-in-turn.ts';
import type { Instead } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { provenBy, type SeenEndpoint, seenEndpoint } from './endpoint-proof.ts';
import { decisionOn, denialReason, policyStands } from './policy-question.ts';

/** @throws EndpointDenied of one that has not proven itself: the next one may have */
function provenInstead(seen: SeenEndpoint, stored: Refusal['facts']): ReturnType<typeof provenBy> {
  try {
    return provenBy(seen);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    throw new EndpointDenied(thrown.reason, { facts: { ...stored, ...thrown.facts } });
  }
}

/**
 * Whether the request may go to another endpoint than the one that was asked first: the same question anew, with what
 * is to be known of this one. Before delivery it is asked about the endpoint that answered, and no more about the
 * first one.
 *
 * @throws EndpointDenied
 */
export async function authorizeInstead(envelope: Instead, services: Services): Promise<StageResult<Instead>> {
  const { ask, insteadOf, modelId, patientPseudonym, tenant, userPseudonym } = envelope;
  const fits = (tenant.models.get(modelId)?.endpoint.embeddings === true) === (ask.action === 'embed');
  const seen = fits ? await seenEndpoint(tenant, modelId) : undefined;
  if (seen === undefined) throw new Refusal('model_not_allowed');
  const { endpoint } = seen;
  const decision = await decisionOn(envelope, services, endpoint);
  const stored = storedDecision(ask.action, decision);
  if (decision.effect !== 'allow')
    throw new EndpointDenied(denialReason(envelope, decision), { facts: stored });
  const proven = provenInstead(seen, stored);
  const others = envelope.standing.filter(({ name }) => name !== 'policy' && name !== 'attestation');
  return {
    envelope: {
      ...envelope,
      decision,
      standing: [...others, policyStands(envelope, services, endpoint), ...proven.standing],
    },
    before: proven.before,
    facts: { ...stored, model: modelId, insteadOf, patient: patientPseudonym, user: userPseudonym },
  };
}
