import type { Reason } from '../../errors/reasons.ts';
import { Refusal } from '../../errors/refusal.ts';
import type { PolicyDecision } from '../../policy/decision.ts';
import {
  type FactSources,
  factsFrom,
  namesOfAsker,
  type ReadingEndpoint,
  unsettledRelations,
} from '../../policy/facts.ts';
import type { ProxyStanding } from '../../policy/proxy-relation.ts';
import { isConfirmed } from '../../policy/settled.ts';
import { storedDecision } from '../../policy/stored-decision.ts';
import { strangerSentence } from '../../policy/wording.ts';
import { type Relations, readRelations } from '../../retrieval/control-reads.ts';
import { notCurrent } from '../../retrieval/current-record.ts';
import { readProvenance } from '../../retrieval/provenance.ts';
import { nameOf, type Resource } from '../../vocabulary/fhir.ts';
import type { Authorized, Consented, StandingCheck } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { proxyOf } from './family.ts';
import { rolesHeld } from './roles-held.ts';

/**
 * The first of these that fits names a denial on the trail. To an asker without any relation to the patient all
 * denials are one: the trail's facts, which only officers read, tell them apart.
 */
function denialReason(envelope: Consented, decision: PolicyDecision): Reason {
  if (decision.error !== undefined) return 'policy_error';
  const { facts } = decision;
  if (decision.sentence === strangerSentence || !facts.relationSettled) return 'policy_denied';
  if (!facts.workloadPermitsTask || !facts.workloadPermitsPurpose) return 'workload_not_allowed';
  if (!facts.workloadPermitsModel || !facts.modelTrusted) return 'model_not_allowed';
  if (!facts.taskPermitsRole) return 'purpose_not_allowed';
  if (envelope.consent.effect === 'deny') return envelope.consent.reason ?? 'consent_denied';
  return 'policy_denied';
}

/** Whether a colleague granted this very request; asked of nobody who names no ticket. */
async function granted(
  { delegation: { scope }, patientPseudonym, userPseudonym }: Consented,
  { grants }: Services,
): Promise<boolean> {
  if (scope.ticket === undefined) return false;
  const { purpose, task, tenant, ticket } = scope;
  return grants.inForce(tenant, patientPseudonym, { user: userPseudonym, task, purpose, ticket });
}

/** Whether the asker has broken the glass on this record; asked only for requests that say so. */
async function glassBroken(
  { delegation: { scope }, patientPseudonym, userPseudonym }: Consented,
  { emergencies }: Services,
): Promise<boolean> {
  return scope.purpose === 'BTG' && emergencies.inForce(scope.tenant, patientPseudonym, userPseudonym);
}

/** What was opened to this very asker beside their relations. */
const openings = async (envelope: Consented, services: Services, proxy: ProxyStanding) => ({
  proxy,
  grantInForce: await granted(envelope, services),
  breakGlassOpen: await glassBroken(envelope, services),
});

/** Which of the relations that are too new to count somebody trusted vouches for; asked for only where it matters. */
async function confirmed(envelope: Consented, sources: FactSources): Promise<ReadonlySet<string>> {
  const agents = sources.settling?.provenanceAgents ?? [];
  const young = agents.length === 0 ? [] : unsettledRelations(sources);
  if (young.length === 0) return new Set();
  const found = await readProvenance(await envelope.control(), young.map(nameOf));
  const asker = namesOfAsker(sources);
  return new Set(
    young.filter((one) => isConfirmed(one, found, asker, agents, sources.now)).map((one) => nameOf(one)),
  );
}

/** What policy says of the request by these relations. */
async function decide(
  envelope: Consented,
  services: Services,
  endpoint: ReadingEndpoint,
  { patient, ...others }: Relations,
  practitionerRoles: readonly Resource[],
  opened: Awaited<ReturnType<typeof openings>>,
): Promise<PolicyDecision> {
  const { delegation, task, tenant, user, workload } = envelope;
  const sources: FactSources = {
    user,
    workload,
    tenant: tenant.config.id,
    patient: delegation.scope.patient,
    purpose: delegation.scope.purpose,
    task,
    relations: { ...others, ...(patient === undefined ? {} : { patient }) },
    practitionerRoles,
    ...(tenant.config.relations === undefined ? {} : { settling: tenant.config.relations }),
    consent: envelope.consent,
    roster: services.rosterOf(tenant.config.id),
    ...opened,
    model: endpoint,
    law: tenant.config,
    patientBound: [tenant, ...tenant.further].every(({ recordTokens }) => recordTokens.patientBound),
    now: services.clinicalClock.now(),
  };
  const facts = factsFrom({ ...sources, confirmed: await confirmed(envelope, sources) });
  const decision = services.policy.decide(envelope.ask.action, facts);
  if (decision.effect !== 'allow') {
    const told = { sentence: decision.sentence, facts: storedDecision(envelope.ask.action, decision) };
    throw new Refusal(denialReason(envelope, decision), told);
  }
  // Said to those only who may ask about this patient.
  const unusable = patient === undefined ? undefined : notCurrent(patient);
  if (unusable !== undefined) throw new Refusal(unusable);
  return decision;
}

/**
 * Whether it is allowed, and why, in one sentence: facts are computed here, the decision stands in policies/. Before
 * delivery the relations are read anew and the policy is asked again, because a relation may have ended meanwhile.
 */
export async function authorize(envelope: Consented, services: Services): Promise<StageResult<Authorized>> {
  const { delegation, task, tenant, workload } = envelope;
  // What the tenant agreed with whoever runs the reading model stands in the workload's entry: naming it is trust.
  const endpoint =
    envelope.ask.action === 'ask' || envelope.ask.action === 'embed'
      ? tenant.models.get(envelope.modelId)?.endpoint
      : {
          id: envelope.modelId,
          trusted: workload.readingModel !== undefined,
          residency: workload.readingModel?.residency ?? '',
          elsewhere: true as const,
        };
  if (endpoint === undefined) throw new Refusal('model_not_allowed');
  const decision = await decide(
    envelope,
    services,
    endpoint,
    await envelope.relations,
    await envelope.roles,
    await openings(envelope, services, envelope.proxy),
  );
  const standing: StandingCheck = {
    name: 'policy',
    when: 'delivery',
    ask: async (together) => {
      const { patient } = delegation.scope;
      const read = async () => readRelations(await envelope.control(), patient, services.clinicalClock.now());
      const { relations } = tenant.shared;
      const now = await (together ? relations.read(patient, envelope.signal, read) : read());
      const proxy = await proxyOf(envelope, services, async () => now);
      const roles = (await rolesHeld(envelope)) ?? [];
      await decide(envelope, services, endpoint, now, roles, await openings(envelope, services, proxy));
    },
  };
  return {
    envelope: { ...envelope, decision, standing: [...envelope.standing, standing] },
    before: [
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
