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
import type { Consented, StandingCheck } from '../envelope.ts';
import type { Services } from '../services.ts';
import { openingOf } from './conversation-scope.ts';
import { proxyOf } from './family.ts';
import { rolesHeld } from './roles-held.ts';

/**
 * The first of these that fits names a denial on the trail. To an asker without any relation to the patient all
 * denials are one: the trail's facts, which only officers read, tell them apart.
 */
export function denialReason(envelope: Consented, decision: PolicyDecision): Reason {
  if (decision.error !== undefined) return 'policy_error';
  const { facts } = decision;
  if (decision.sentence === strangerSentence || !facts.relationSettled) return 'policy_denied';
  if (!facts.workloadPermitsTask || !facts.workloadPermitsPurpose) return 'workload_not_allowed';
  if (!facts.workloadPermitsModel || !facts.modelTrusted) return 'model_not_allowed';
  if (!facts.taskPermitsRole) return 'purpose_not_allowed';
  if (envelope.consent.effect === 'deny') return envelope.consent.reason ?? 'consent_denied';
  return 'policy_denied';
}

/**
 * What was opened to this very asker beside their relations. Only what the turn's tokens are bound to counts: a grant that
 * took the place of another meanwhile opens the next request.
 */
async function openings(envelope: Consented, services: Services, proxy: ProxyStanding) {
  const opening = await openingOf(envelope, services);
  const kind = opening?.id === envelope.vaultScope.opening ? opening.kind : undefined;
  return { proxy, grantInForce: kind === 'grant', breakGlassOpen: kind === 'emergency' };
}

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

/** By what the request is decided: what relates the asker to the patient, as it was read at one time. */
interface Standing {
  readonly relations: Relations;
  readonly roles: readonly Resource[];
  readonly proxy: ProxyStanding;
}

/** What policy says of the request where `endpoint` is the one that reads. */
async function decisionBy(
  envelope: Consented,
  services: Services,
  endpoint: ReadingEndpoint,
  { proxy, relations: { patient, ...others }, roles }: Standing,
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
    practitionerRoles: roles,
    ...(tenant.config.relations === undefined ? {} : { settling: tenant.config.relations }),
    consent: envelope.consent,
    roster: services.rosterOf(tenant.config.id),
    ...(await openings(envelope, services, proxy)),
    model: endpoint,
    law: tenant.config,
    patientBound: [tenant, ...tenant.further].every(({ recordTokens }) => recordTokens.patientBound),
    now: services.clinicalClock.now(),
  };
  const facts = factsFrom({ ...sources, confirmed: await confirmed(envelope, sources) });
  return services.policy.decide(envelope.ask.action, facts);
}

/** As it was read for this envelope. */
const standingOf = async ({ proxy, relations, roles }: Consented): Promise<Standing> => ({
  relations: await relations,
  roles: await roles,
  proxy,
});

/** What policy says of the request where `endpoint` reads, a denial too; by the relations of this envelope. */
export const decisionOn = async (
  envelope: Consented,
  services: Services,
  endpoint: ReadingEndpoint,
): Promise<PolicyDecision> => decisionBy(envelope, services, endpoint, await standingOf(envelope));

/** @throws Refusal of a denial, with what it was decided on */
async function demanded(
  envelope: Consented,
  services: Services,
  endpoint: ReadingEndpoint,
  standing: Standing,
): Promise<PolicyDecision> {
  const decision = await decisionBy(envelope, services, endpoint, standing);
  if (decision.effect !== 'allow') {
    const told = { sentence: decision.sentence, facts: storedDecision(envelope.ask.action, decision) };
    throw new Refusal(denialReason(envelope, decision), told);
  }
  const { patient } = standing.relations;
  // Said to those only who may ask about this patient.
  const unusable = patient === undefined ? undefined : notCurrent(patient);
  if (unusable !== undefined) throw new Refusal(unusable);
  return decision;
}

/** The decision that lets the request go on with `endpoint`. */
export const demandedOf = async (
  envelope: Consented,
  services: Services,
  endpoint: ReadingEndpoint,
): Promise<PolicyDecision> => demanded(envelope, services, endpoint, await standingOf(envelope));

/** Before delivery the relations are read anew and policy is asked again: a relation may have ended meanwhile. */
export const policyStands = (
  envelope: Consented,
  services: Services,
  endpoint: ReadingEndpoint,
): StandingCheck => ({
  name: 'policy',
  when: 'delivery',
  ask: async (together) => {
    const { delegation, signal, tenant } = envelope;
    const { patient } = delegation.scope;
    const read = async () => readRelations(await envelope.control(), patient, services.clinicalClock.now());
    const now = await (together ? tenant.shared.relations.read(patient, signal, read) : read());
    const proxy = await proxyOf(envelope, services, async () => now);
    const roles = (await rolesHeld(envelope)) ?? [];
    await demanded(envelope, services, endpoint, { relations: now, roles, proxy });
  },
});
