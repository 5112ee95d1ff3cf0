import type { ConsentDecision } from '../consent/decision.ts';
import { isRecord, nameOf, type Resource } from '../vocabulary/fhir.ts';
import { type ModelRetention, promisedBy } from '../vocabulary/model-endpoint.ts';
import type { VerifiedUser, Workload } from '../vocabulary/person.ts';
import { atOnce, type SettlingRules } from '../vocabulary/settling-rules.ts';
import type { ConsentFacts, PolicyFacts, TrailFacts } from './decision.ts';
import { isDeceased, type ProxyStanding } from './proxy-relation.ts';
import {
  type Actors,
  actorReferences,
  actorsOf,
  type CareRelations,
  careRelations,
  type RelationResources,
} from './relations.ts';
import { coveredNow, type RosterState } from './roster.ts';
import { ageOf, isSettled } from './settled.ts';

/** Who may use a task, and for which purposes: the part of a task file that authorization needs. */
export interface TaskAllowance {
  readonly name: string;
  /** Role to purposes. */
  readonly roles: Readonly<Partial<Record<string, readonly string[]>>>;
}

export interface ReadingEndpoint {
  readonly id: string;
  readonly trusted: boolean;
  /** For which purposes it is; all where nothing is said. */
  readonly purposes?: readonly string[];
  /** ISO 3166-1 alpha-2, or EU, with an optional region after a hyphen. */
  readonly residency: string;
  /** Whether its machine has proven itself now. */
  readonly attested?: boolean;
  /** What its contract promises; nothing where nothing is said. */
  readonly retention?: ModelRetention;
  /** Called by the workload, not through the gateway: it is the one that the workload's entry names. */
  readonly elsewhere?: true;
}

/** What a tenant says of the law that it is under. */
export interface TenantLaw {
  readonly jurisdictions: readonly ('US' | 'EU')[];
  /** By purpose. */
  readonly lawfulBases: Readonly<Record<string, string>>;
}

export interface FactSources {
  /** Tenant of the record. */
  readonly tenant: string;
  readonly patient: string;
  readonly purpose: string;
  readonly user: VerifiedUser;
  readonly workload: Workload;
  readonly task: TaskAllowance;
  /** Undefined before a model is chosen, and where none is called. */
  readonly model?: ReadingEndpoint;
  /** Whether the record system's tokens are bound to the patient. */
  readonly patientBound: boolean;
  /** Undefined where the question does not touch a record yet (`exchange`). */
  readonly relations?: RelationResources;
  /** When what was written just now counts. */
  readonly settling?: SettlingRules;
  /** Names (`CareTeam/x`) of what somebody trusted wrote, though it is young. */
  readonly confirmed?: ReadonlySet<string>;
  /** PractitionerRoles of the asker, as received; none where the record system cannot tell. */
  readonly practitionerRoles?: readonly Resource[];
  readonly consent?: ConsentDecision;
  /** Whether a grant opens this very request now. */
  readonly grantInForce?: boolean;
  /** Whether the asker has broken the glass on this record, and its time is not over. */
  readonly breakGlassOpen?: boolean;
  /** Who stands in for whom; none where nothing is said. */
  readonly roster?: RosterState;
  /** As what the asker may act for the patient, at a request of the family. */
  readonly proxy?: Pick<ProxyStanding, 'chosenProxy' | 'parentOfMinor' | 'executor'>;
  /** The laws that the tenant is under. */
  readonly law: TenantLaw;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The facts of one decision, computed from verified sources only (pure). What a source does not show is false. Of
 * the asker's roles only those count that the task permits at this purpose, so that one role never borrows the task of another.
 */
export function factsFrom(sources: FactSources): PolicyFacts {
  const { consent, model, now, patient, purpose, relations, task, tenant, user, workload } = sources;
  const actors = askerOf(sources);
  const permitted = user.roles.filter(
    (role) => Object.hasOwn(task.roles, role) && task.roles[role]?.includes(purpose) === true,
  );
  return {
    roles: permitted.length > 0 ? permitted : user.roles,
    purpose,
    task: task.name,
    taskPermitsRole: permitted.length > 0,
    workloadPermitsTask: allows(workload.tasks, task.name),
    workloadPermitsPurpose: allows(workload.purposes, purpose),
    workloadPermitsModel: model !== undefined && permitsModel(workload, model),
    tenantMatches: user.tenant === tenant && workload.tenant === tenant,
    ownRecord: relations !== undefined && user.fhirUser?.type === 'Patient' && user.fhirUser.id === patient,
    ...relationFacts(sources, actors),
    ...coverFacts(sources, actors),
    consentPermits: consent?.effect === 'permit',
    grantInForce: sources.grantInForce === true,
    breakGlassOpen: sources.breakGlassOpen === true,
    chosenProxy: sources.proxy?.chosenProxy === true,
    parentOfMinor: sources.proxy?.parentOfMinor === true,
    executor: sources.proxy?.executor === true,
    patientDeceased: isDeceased(relations?.patient),
    modelTrusted: model?.trusted === true && model.purposes?.includes(purpose) !== false,
    modelAttested: model?.attested === true,
    modelResidency: countryOf(model?.residency ?? ''),
    modelKeepsNothing: keepsNothing(model?.retention),
    ...promisedBy(model?.retention),
    underUsLaw: sources.law.jurisdictions.includes('US'),
    underEuLaw: sources.law.jurisdictions.includes('EU'),
    lawfulBasis: lawfulBasis(sources.law, purpose),
    patientBound: sources.patientBound,
    acr: user.acr ?? '',
    authAge: authAge(user, now),
  };
}

/**
 * References under which the record may name the asker now. Who could write a role could write themselves into an
 * organization: one that is too new to count is held by nobody.
 */
export const askerOf = ({ now, practitionerRoles = [], settling = atOnce, user }: FactSources): Actors =>
  actorsOf(
    user.fhirUser,
    // Not left out: who signs in as a role that was ended just now has to be found to hold it no more.
    practitionerRoles.map((role) =>
      isSettled(role, settling, nothing, now) ? role : { ...role, active: false },
    ),
    now,
  );
const nothing: ReadonlySet<string> = new Set();

/** Every reference that means the asker, of roles that have ended too: none of them confirms what relates the asker. */
export const namesOfAsker = ({ practitionerRoles = [], user }: FactSources): readonly string[] => [
  ...new Set([
    ...actorReferences(user.fhirUser),
    ...practitionerRoles.flatMap((role) => [
      nameOf(role),
      ...(isRecord(role['practitioner']) ? [String(role['practitioner']['reference'])] : []),
    ]),
  ]),
];

/** What relates the asker to the patient, where it stands, and since when. */
function relationFacts(
  sources: FactSources,
  actors: Actors,
): Pick<PolicyFacts, keyof CareRelations | 'relationSettled' | 'relationSource' | 'relationAge'> {
  const shown = relationsOf(sources, actors);
  const all = Object.values<readonly Resource[]>({ ...shown }).flat();
  const settled = all.filter((one) => counts(sources, one));
  // One that is old enough lends its age to no other: a role may be permitted less by the one than by the other.
  const found = settled.length === 0 ? shown : careRelationsIn(shown, (one) => counts(sources, one));
  const oldest = (settled.length > 0 ? settled : all)
    .map((one) => ({ source: one.resourceType, age: ageOf(one, sources.now) }))
    .reduce((old, one) => (one.age > old.age ? one : old), { source: 'none', age: -2 });
  return {
    onCareTeam: found.onCareTeam.length > 0,
    encounterOpen: found.encounterOpen.length > 0,
    appointmentSoon: found.appointmentSoon.length > 0,
    generalPractitioner: found.generalPractitioner.length > 0,
    relationSettled: all.length === 0 || settled.length > 0,
    relationSource: oldest.source,
    relationAge: Math.max(-1, oldest.age),
  };
}

const careRelationsIn = (shown: CareRelations, among: (resource: Resource) => boolean): CareRelations => ({
  onCareTeam: shown.onCareTeam.filter(among),
  encounterOpen: shown.encounterOpen.filter(among),
  appointmentSoon: shown.appointmentSoon.filter(among),
  generalPractitioner: shown.generalPractitioner.filter(among),
});

const noRelations: RelationResources = { careTeams: [], encounters: [], appointments: [] };
const relationsOf = ({ now, patient, relations = noRelations }: FactSources, actors: Actors): CareRelations =>
  careRelations(relations, patient, actors, now);

const counts = (
  { confirmed = new Set(), now, settling = atOnce }: FactSources,
  resource: Resource,
): boolean => isSettled(resource, settling, confirmed, now);

const coveredBy = ({ now, roster = { roster: 'none' } }: FactSources, { self }: Actors): Actors => ({
  self: coveredNow(roster, self, now),
  organizations: [],
});

/**
 * Resources that would relate the asker, or for whom they stand in, to the patient and are too young to: what a
 * Provenance could confirm. Empty where it makes no difference.
 */
export function unsettledRelations(sources: FactSources): readonly Resource[] {
  const actors = askerOf(sources);
  const own = Object.values<readonly Resource[]>({ ...relationsOf(sources, actors) });
  const covered = Object.values<readonly Resource[]>({
    ...relationsOf(sources, coveredBy(sources, actors)),
  }).flat();
  const young = [...own, covered].filter((kind) => !kind.some((one) => counts(sources, one)));
  return [...new Set(young.flat())];
}

/** Whether the asker stands in for somebody of whom the record system shows a care relation; the source, and its age. */
function coverFacts(
  sources: FactSources,
  actors: Actors,
): Pick<PolicyFacts, 'coverByRoster' | 'roster' | 'rosterAge'> {
  const { now, roster = { roster: 'none' } } = sources;
  const found = relationsOf(sources, coveredBy(sources, actors));
  return {
    coverByRoster: Object.values<readonly Resource[]>({ ...found })
      .flat()
      .some((one) => counts(sources, one)),
    roster: roster.roster,
    rosterAge: roster.roster === 'read' ? Math.max(0, Math.floor((now - roster.since) / 1000)) : -1,
  };
}

const allows = (allowed: readonly string[] | 'all', name: string): boolean =>
  allowed === 'all' || allowed.includes(name);

const permitsModel = ({ models, readingModel }: Workload, { id, elsewhere }: ReadingEndpoint): boolean =>
  elsewhere === true ? readingModel?.name === id : allows(models, id);

/** Upper case; empty where it is no country, as in the sandbox. */
const countryOf = (residency: string): string =>
  (/^([a-z]{2})(-|$)/i.exec(residency)?.[1] ?? '').toUpperCase();

/** Nothing is kept and nothing trained: who may train on what was sent keeps something of it. */
const keepsNothing = (retention: ModelRetention | undefined): boolean =>
  retention?.days === 0 && !retention.training;

const lawfulBasis = ({ lawfulBases }: TenantLaw, purpose: string): string =>
  Object.hasOwn(lawfulBases, purpose) ? (lawfulBases[purpose] ?? '') : '';

/** Whole seconds since the user signed in; -1 where the token does not say. */
const authAge = (user: VerifiedUser, now: number): number =>
  user.authTime === undefined ? -1 : Math.max(0, Math.floor(now / 1000 - user.authTime));

/** The facts for reading a trail. `sameUser`: the trail began with a request of this very user. */
export const trailFactsFrom = (
  user: VerifiedUser,
  trail: { readonly tenant: string; readonly sameUser: boolean },
): TrailFacts => ({
  roles: user.roles,
  tenantMatches: user.tenant === trail.tenant,
  ownTrail: trail.sameUser,
});

/** The facts for capturing, reading and revoking a consent that the gateway keeps. */
export const consentFactsFrom = (
  user: VerifiedUser,
  consent: Pick<ConsentFacts, 'ownRecord' | 'opensToAsker' | 'patientsDenial'> & { readonly tenant: string },
): ConsentFacts => ({
  roles: user.roles,
  tenantMatches: user.tenant === consent.tenant,
  ownRecord: consent.ownRecord,
  opensToAsker: consent.opensToAsker,
  patientsDenial: consent.patientsDenial,
});
