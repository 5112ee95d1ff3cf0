import { holdsNow, intervalOf } from '../consent/instants.ts';
import { isRecord, type Resource } from '../vocabulary/fhir.ts';
import type { FhirUser } from '../vocabulary/person.ts';
import type { ProxyRules } from '../vocabulary/proxy-rules.ts';
import type { ProxyGrant } from './proxies.ts';
import { actorReferences, elements, isPlain, refersTo } from './relations.ts';

/** v3-RoleCode: who stands for a minor, and who for somebody dead. */
const roleCodes = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';
const shows = {
  parent: new Set([
    'PRN',
    'FTH',
    'MTH',
    'NPRN',
    'NFTH',
    'NMTH',
    'ADOPTP',
    'ADOPTF',
    'ADOPTM',
    'GUARD',
    'GUADLTM',
  ]),
  executor: new Set(['EXCEST']),
} as const;

export interface ProxySources {
  /** What stands in the gateway's own store for the asker about this patient, now. */
  readonly grants: readonly ProxyGrant[];
  /** Patient, as received; undefined where there is none. */
  readonly patient: Resource | undefined;
  readonly patientId: string;
  /** RelatedPersons that the grants name, by id, as received. */
  readonly relatedPersons: ReadonlyMap<string, Resource | undefined>;
  /** The asker's own RelatedPerson, where the issuer names one. */
  readonly ownRelatedPerson: string | undefined;
  readonly task: string;
  readonly rules: ProxyRules;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** As what the asker may act for the patient in this task, and what the patient shares with them. */
export interface ProxyStanding {
  readonly chosenProxy: boolean;
  readonly parentOfMinor: boolean;
  readonly executor: boolean;
  /** Kinds that stay out of everything that this asker is told. */
  readonly withheld: readonly string[];
  /** As which relatives on record the asker was confirmed: a consent may name them so, whoever they are beside it. */
  readonly relatives: readonly string[];
}

export const noProxy = (rules: ProxyRules): ProxyStanding => ({
  chosenProxy: false,
  parentOfMinor: false,
  executor: false,
  withheld: rules.withhold,
  relatives: [],
});

/** The patient is dead: whatever the record says of it, a date that cannot be read too. */
export const isDeceased = (patient: Resource | undefined): boolean =>
  patient !== undefined &&
  Object.entries(patient).some(([name, value]) => /^_?deceased/.test(name) && value !== false);

/** The record says that they died, and when is not to come: what is only unclear ends proxies and makes no executor. */
const hasDied = (patient: Resource, now: number): boolean => {
  const { deceasedBoolean, deceasedDateTime } = patient;
  if (deceasedBoolean !== undefined) return deceasedBoolean === true;
  return (intervalOf(deceasedDateTime)?.start ?? Infinity) <= now;
};

/** References under which a consent may name the asker; none where the issuer names nobody: who they are is then open. */
export const familyReferences = (
  fhirUser: FhirUser | undefined,
  { relatives }: Pick<ProxyStanding, 'relatives'>,
): readonly string[] =>
  fhirUser === undefined ? [] : [...new Set([...actorReferences(fhirUser), ...relatives])];

/**
 * The stretch in which the patient comes of age: a day, or more where the birth date is a year or a month. Undefined
 * where it cannot be read.
 */
function comesOfAge(patient: Resource | undefined, { majority }: ProxyRules) {
  const born = intervalOf(patient?.['birthDate']);
  if (born === undefined) return undefined;
  const later = (at: number): number => {
    const date = new Date(at);
    return date.setUTCFullYear(date.getUTCFullYear() + majority);
  };
  return { earliest: later(born.start), latest: later(born.end) };
}

/**
 * What of the grants counts now (pure). What was made while the patient was a minor, or may have been, ends when they
 * come of age; a relation to a minor or to somebody dead counts only where the record system shows it too, unchanged
 * since somebody confirmed it. What cannot be read shows nothing.
 */
export function proxyStanding(sources: ProxySources): ProxyStanding {
  const { grants, now, patient, rules, task } = sources;
  const confirmed = grants.filter((grant) => grant.confirmed !== undefined);
  const relatives = confirmed.flatMap(({ relatedPerson: id }) =>
    id === undefined ? [] : [`RelatedPerson/${id}`],
  );
  const none = { ...noProxy(rules), relatives };
  const age = comesOfAge(patient, rules);
  if (patient === undefined || !isPlain(patient, 'Patient') || patient.id !== sources.patientId) return none;
  const outgrown = (grant: ProxyGrant): boolean =>
    age === undefined || ((grant.confirmed?.at ?? grant.at) < age.latest && now >= age.earliest);
  const counting = grants.filter(({ tasks }) => tasks.length === 0 || tasks.includes(task));
  const chosen = counting.filter((grant) => grant.relation === 'chosen' && !outgrown(grant));
  // The dead share nothing: an executor whom they once named sees what any executor sees.
  const shared = new Set(isDeceased(patient) ? [] : chosen.flatMap(({ shares }) => shares));
  const isMinor = age !== undefined && now < age.earliest;
  const shownBy = (relation: 'parent' | 'executor') =>
    counting.some((grant) => grant.relation === relation && isShown(grant, relation, sources));
  return {
    chosenProxy: chosen.length > 0,
    parentOfMinor: isMinor && shownBy('parent'),
    executor: hasDied(patient, now) && shownBy('executor'),
    withheld: rules.withhold.filter((code) => !shared.has(code)),
    relatives,
  };
}

/** The record system shows the relation that somebody confirmed, and has not changed it since. */
function isShown(
  { confirmed, relatedPerson }: ProxyGrant,
  relation: keyof typeof shows,
  { now, ownRelatedPerson, patientId, relatedPersons }: ProxySources,
): boolean {
  const person = relatedPerson === undefined ? undefined : relatedPersons.get(relatedPerson);
  if (person === undefined || confirmed === undefined) return false;
  if (ownRelatedPerson !== undefined && ownRelatedPerson !== relatedPerson) return false;
  const changed = isRecord(person['meta']) ? intervalOf(person['meta']['lastUpdated']) : undefined;
  return (
    isPlain(person, 'RelatedPerson') &&
    person.id === relatedPerson &&
    (person['active'] === undefined || person['active'] === true) &&
    refersTo(person['patient'], [`Patient/${patientId}`]) &&
    holdsNow(person['period'], now) &&
    changed !== undefined &&
    changed.end <= confirmed.at &&
    elements(person['relationship']).some((concept) =>
      elements(concept['coding']).some(
        ({ code, system }) => system === roleCodes && typeof code === 'string' && shows[relation].has(code),
      ),
    )
  );
}
