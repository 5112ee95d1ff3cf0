import type { ConsentDecision } from '../../consent/decision.ts';
import { noProxy, type ProxyStanding, proxyStanding } from '../../policy/proxy-relation.ts';
import type { Relations } from '../../retrieval/control-reads.ts';
import { codeSystems, isFhirId } from '../../vocabulary/fhir.ts';
import { proxyRules } from '../../vocabulary/proxy-rules.ts';
import type { Delegated } from '../envelope.ts';
import type { Services } from '../services.ts';

export const isFamilyRequest = ({ delegation: { scope } }: Pick<Delegated, 'delegation'>): boolean =>
  scope.purpose === 'FAMRQT';

/**
 * As what the asker acts for the patient now; asked only for requests of the family. The record system is asked for
 * the relatives alone that a confirmed grant names. Errors are Refusals.
 */
export async function proxyOf(
  envelope: Delegated,
  { clinicalClock, proxies }: Services,
  relations: () => Promise<Relations>,
): Promise<ProxyStanding> {
  const { delegation, patientPseudonym, task, tenant, user, userPseudonym } = envelope;
  const rules = proxyRules(tenant.config);
  if (!isFamilyRequest(envelope)) return noProxy(rules);
  const grants = await proxies.inForce(tenant.config.id, patientPseudonym, userPseudonym);
  if (grants.length === 0) return noProxy(rules);
  const ids = grants.map(({ relatedPerson }) => relatedPerson).filter((id) => isFhirId(id));
  const [{ patient }, reader] = await Promise.all([relations(), envelope.control()]);
  const relatedPersons = await Promise.all(
    [...new Set(ids)].map(async (id) => [id, await reader.read('RelatedPerson', id)] as const),
  );
  return proxyStanding({
    grants,
    patient,
    patientId: delegation.scope.patient,
    relatedPersons: new Map(relatedPersons),
    ownRelatedPerson: user.fhirUser?.type === 'RelatedPerson' ? user.fhirUser.id : undefined,
    task: task.name,
    rules,
    now: clinicalClock.now(),
  });
}

export const actsForPatient = ({ chosenProxy, executor, parentOfMinor }: ProxyStanding): boolean =>
  chosenProxy || parentOfMinor || executor;

/** What a decision leaves a proxy: whatever else it permits, not the kinds that the patient does not share with them. */
export const forFamily = (decision: ConsentDecision, { withheld }: ProxyStanding): ConsentDecision =>
  decision.effect === 'deny' || withheld.length === 0
    ? decision
    : {
        ...decision,
        separately: [
          ...decision.separately,
          {
            type: 'forbid',
            securityLabels: withheld.map((code) => ({ system: codeSystems.actCode, code })),
          },
        ],
      };
