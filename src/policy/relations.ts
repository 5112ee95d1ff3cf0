import { holdsNow, intervalOf } from '../consent/instants.ts';
import { isFhirId, isRecord, type Resource, referenceOf } from '../vocabulary/fhir.ts';
import type { FhirUser } from '../vocabulary/person.ts';
import { dayMs } from '../vocabulary/time.ts';

/** FHIR resources, as received, that can show a relation of the asker to the patient. */
export interface RelationResources {
  readonly patient?: Resource;
  readonly careTeams: readonly Resource[];
  readonly encounters: readonly Resource[];
  readonly appointments: readonly Resource[];
}

/** References under which a resource may mean somebody. */
export interface Actors {
  /** The person, and the PractitionerRoles that they hold. */
  readonly self: readonly string[];
  /** Organizations in which they hold one: who names an Organization means everybody who does. */
  readonly organizations: readonly string[];
}

const organization = /^Organization\/[A-Za-z0-9.-]{1,64}$/;
const openEncounter = new Set(['arrived', 'triaged', 'in-progress', 'onleave']);
const bookedAppointment = new Set(['booked', 'arrived', 'checked-in']);

/** The reference under which a resource or a consent names the asker. */
export const actorReferences = (fhirUser: FhirUser | undefined): readonly string[] =>
  fhirUser === undefined ? [] : [`${fhirUser.type}/${fhirUser.id}`];

/**
 * The asker, with the PractitionerRoles that they hold now (R4: `active`, `period`) and the organizations of these.
 * An organization above or below counts for nothing. A role that is not understood is held by nobody.
 */
export function actorsOf(fhirUser: FhirUser | undefined, roles: readonly Resource[], now: number): Actors {
  const self = actorReferences(fhirUser);
  const held = roles.filter(
    (role) =>
      isPlain(role, 'PractitionerRole') &&
      isFhirId(role.id) &&
      (role['active'] ?? true) === true &&
      holdsNow(role['period'], now) &&
      (refersTo(role['practitioner'], self) || self.includes(`PractitionerRole/${role.id}`)),
  );
  const names = new Set(held.map(({ id = '' }) => `PractitionerRole/${id}`));
  // Who signs in as a role that has ended, or is not understood, is nobody by it.
  const lost = new Set(roles.map(({ id = '' }) => `PractitionerRole/${id}`).filter((one) => !names.has(one)));
  return {
    self: [...new Set([...self.filter((one) => !lost.has(one)), ...names])],
    organizations: [
      ...new Set(
        held.map((role) => referenceOf(role['organization']) ?? '').filter((one) => organization.test(one)),
      ),
    ],
  };
}

/** Resources that show a relation of somebody to a patient now, by the fact that they make hold. */
export interface CareRelations {
  /** Active CareTeams of the patient with the asker, or an organization of theirs, as a participant now. */
  readonly onCareTeam: readonly Resource[];
  /** Encounters of the patient that are open and in which the asker takes part. */
  readonly encounterOpen: readonly Resource[];
  /** Booked appointments of patient and asker, both accepted, today or within the next 30 days. */
  readonly appointmentSoon: readonly Resource[];
  /** The patient's own record, where it names the asker, or an organization of theirs, as general practitioner. */
  readonly generalPractitioner: readonly Resource[];
}

/** What of a record relates these to the patient. `now` in milliseconds since the epoch. */
export function careRelations(
  { appointments, careTeams, encounters, patient: record }: RelationResources,
  patient: string,
  { organizations, self }: Actors,
  now: number,
): CareRelations {
  const subject = [`Patient/${patient}`];
  const widely = [...self, ...organizations];
  const takesPart = (resource: Resource, member: string, actors: readonly string[]): boolean =>
    holdsNow(resource['period'], now) &&
    elements(resource['participant']).some(
      (participant) => refersTo(participant[member], actors) && holdsNow(participant['period'], now),
    );
  return {
    onCareTeam: careTeams.filter(
      (team) =>
        isPlain(team, 'CareTeam') &&
        team['status'] === 'active' &&
        refersTo(team['subject'], subject) &&
        takesPart(team, 'member', widely),
    ),
    encounterOpen: encounters.filter(
      (encounter) =>
        isPlain(encounter, 'Encounter') &&
        isOneOf(openEncounter, encounter['status']) &&
        refersTo(encounter['subject'], subject) &&
        takesPart(encounter, 'individual', self),
    ),
    appointmentSoon: appointments.filter((appointment) => isSoon(appointment, subject, self, now)),
    generalPractitioner:
      record !== undefined &&
      isPlain(record, 'Patient') &&
      record.id === patient &&
      record['active'] !== false &&
      elements(record['generalPractitioner']).some((reference) => refersTo(reference, widely))
        ? [record]
        : [],
  };
}

function isSoon(
  appointment: Resource,
  subject: readonly string[],
  self: readonly string[],
  now: number,
): boolean {
  if (!isPlain(appointment, 'Appointment') || !isOneOf(bookedAppointment, appointment['status']))
    return false;
  const start = intervalOf(appointment['start'])?.start;
  if (start === undefined || start < now - (now % dayMs) || start > now + 30 * dayMs) return false;
  const accepted = elements(appointment['participant']).filter(({ status }) => status === 'accepted');
  return [subject, self].every((actors) => accepted.some(({ actor }) => refersTo(actor, actors)));
}

/** Of the type, and without anything that changes its meaning: such a resource proves nothing. */
export const isPlain = (resource: Resource, type: string): boolean =>
  resource.resourceType === type && !('modifierExtension' in resource) && !('implicitRules' in resource);

const isOneOf = (set: ReadonlySet<string>, value: unknown): boolean =>
  typeof value === 'string' && set.has(value);

export const elements = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord).filter((entry) => !('modifierExtension' in entry)) : [];

export const refersTo = (reference: unknown, targets: readonly string[]): boolean =>
  isRecord(reference) &&
  typeof reference['reference'] === 'string' &&
  targets.includes(reference['reference']);
