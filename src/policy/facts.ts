import type { ConsentDecision } from '../consent/decision.ts';
import type { Resource } from '../vocabulary/fhir.ts';
import type { VerifiedUser, Workload } from '../vocabulary/person.ts';
import type { ConsentFacts, PolicyFacts, TrailFacts } from './decision.ts';
import { isDeceased, type ProxyStanding } from './proxy-relation.ts';
import {
  type Actors,
  actorsOf,
  hasAppointmentSoon,
  hasCareRelation,
  hasOpenEncounter,
  isGeneralPractitioner,
  isOnCareTeam,
  type RelationResources,
} from './relations.ts';
import { coveredNow, type RosterState } from './roster.ts';

/** Who may use a task, and for which purposes: the part of a task file that authorization needs. */
export interface TaskAllowance {
  readonly name: string;
  /** Role to purposes. */
  readonly roles: Readonly<Partial<Record<string, readonly string[]>>>;
}

export interface ReadingEndpoint {
  readonly id: string;
  readonly trusted: boolean;
  /** ISO 3166-1 alpha-2, or EU, with an optional region after a hyphen. */
  readonly residency: string;
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
  const { tenant, patient, purpose, user, workload, task, model, relations, consent, now } = sources;
  const actors = actorsOf(user.fhirUser, sources.practitionerRoles ?? [], now);
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
    onCareTeam: relations !== undefined && isOnCareTeam(relations.careTeams, patient, actors, now),
    encounterOpen: relations !== undefined && hasOpenEncounter(relations.encounters, patient, actors, now),
    appointmentSoon:
      relations !== undefined && hasAppointmentSoon(relations.appointments, patient, actors, now),
    generalPractitioner: isGeneralPractitioner(relations?.patient, patient, actors),
    ...coverFacts(sources, actors),
    consentPermits: consent?.effect === 'permit',
    grantInForce: sources.grantInForce === true,
    breakGlassOpen: sources.breakGlassOpen === true,
    chosenProxy: sources.proxy?.chosenProxy === true,
    parentOfMinor: sources.proxy?.parentOfMinor === true,
    executor: sources.proxy?.executor === true,
    patientDeceased: isDeceased(relations?.patient),
    modelTrusted: model?.trusted === true,
    modelResidency: countryOf(model?.residency ?? ''),
    underUsLaw: sources.law.jurisdictions.includes('US'),
    underEuLaw: sources.law.jurisdictions.includes('EU'),
    lawfulBasis: lawfulBasis(sources.law, purpose),
    patientBound: sources.patientBound,
    acr: user.acr ?? '',
    authAge: authAge(user, now),
  };
}

/** Whether the asker stands in for somebody of whom the record system shows a care relation; the source, and its age. */
function coverFacts(
  { now, patient, relations, roster = { roster: 'none' } }: FactSources,
  { self }: Actors,
): Pick<PolicyFacts, 'coverByRoster' | 'roster' | 'rosterAge'> {
  const covered = { self: coveredNow(roster, self, now), organizations: [] };
  return {
    coverByRoster: relations !== undefined && hasCareRelation(relations, patient, covered, now),
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
