import { Refusal } from '../../errors/refusal.ts';
import { storedDecision } from '../../policy/stored-decision.ts';
import type { Authorized, Consented } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { provenBy, type SeenEndpoint, seenEndpoint } from './endpoint-proof.ts';
import { demandedOf, policyStands } from './policy-question.ts';

/** What the tenant agreed with whoever runs the reading model stands in the workload's entry: naming it is trust. */
const readingEndpoint = async ({
  ask,
  modelId,
  tenant,
  workload,
}: Consented): Promise<SeenEndpoint | undefined> =>
  ask.action === 'ask' || ask.action === 'embed'
    ? seenEndpoint(tenant, modelId)
    : {
        endpoint: {
          id: modelId,
          trusted: workload.readingModel !== undefined,
          residency: workload.readingModel?.residency ?? '',
          ...(workload.readingModel?.retention === undefined
            ? {}
            : { retention: workload.readingModel.retention }),
          elsewhere: true,
        },
      };

/**
 * Whether it is allowed, and why, in one sentence: facts are computed here, the decision stands in policies/. Before
 * delivery the policy is asked again.
 */
export async function authorize(envelope: Consented, services: Services): Promise<StageResult<Authorized>> {
  const { delegation, task, workload } = envelope;
  const seen = await readingEndpoint(envelope);
  if (seen === undefined) throw new Refusal('model_not_allowed');
  const { endpoint } = seen;
  const decision = await demandedOf(envelope, services, endpoint);
  const proven = provenBy(seen);
  const standing = [...envelope.standing, policyStands(envelope, services, endpoint), ...proven.standing];
  return {
    envelope: { ...envelope, decision, standing },
    before: [
      ...proven.before,
      {
        event: 'workload.authorized',
        outcome: 'success',
        facts: { workload: workload.id, task: task.name, purpose: delegation.scope.purpose },
      },
    ],
    facts: {
      ...storedDecision(envelope.ask.action, decision),
      model: envelope.modelId,
      patient: envelope.patientPseudonym,
      user: envelope.userPseudonym,
    },
  };
}
