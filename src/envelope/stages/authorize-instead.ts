import { Refusal } from '../../errors/refusal.ts';
import { storedDecision } from '../../policy/stored-decision.ts';
import { EndpointDenied } from '../ask-in-turn.ts';
import type { Instead } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { decisionOn, denialReason, policyStands } from './policy-question.ts';

/**
 * Whether the request may go to another endpoint than the one that was asked first: the same question anew, with what
 * is to be known of this one. Before delivery it is asked about the endpoint that answered, and no more about the
 * first one.
 *
 * @throws EndpointDenied
 */
export async function authorizeInstead(envelope: Instead, services: Services): Promise<StageResult<Instead>> {
  const { ask, insteadOf, modelId, patientPseudonym, tenant, userPseudonym } = envelope;
  const endpoint = tenant.models.get(modelId)?.endpoint;
  if (endpoint === undefined || (endpoint.embeddings === true) !== (ask.action === 'embed'))
    throw new Refusal('model_not_allowed');
  const decision = await decisionOn(envelope, services, endpoint);
  const stored = storedDecision(ask.action, decision);
  if (decision.effect !== 'allow')
    throw new EndpointDenied(denialReason(envelope, decision), { facts: stored });
  const others = envelope.standing.filter(({ name }) => name !== 'policy');
  return {
    envelope: {
      ...envelope,
      decision,
      standing: [...others, policyStands(envelope, services, endpoint)],
    },
    facts: { ...stored, model: modelId, insteadOf, patient: patientPseudonym, user: userPseudonym },
  };
}
