import { intervalOf } from '../consent/instants.ts';
import { isRecord, type Resource } from '../vocabulary/fhir.ts';
import type { FhirUser } from '../vocabulary/person.ts';

/** FHIR resources, as received, that can show a relation of the asker to the patient. */
export interface RelationResources {
  readonly patient?: Resource;
  readonly careTeams: readonly Resource[];
  readonly encounters: readonly Resource[];
  readonly appointments: readonly Resource[];
  /** PractitionerRoles of the asker, so that a care team may name the role instead of the person. */
  readonly practitionerRoles?: readonly Resource[];
}

const day = 86_400_000;
const openEncounter = new Set(['arrived', 'triaged', 'in-progress', 'onleave']);
const bookedAppointment = new Set(['booked', 'arrived', 'checked-in']);

/** References under which a resource or a consent may name the asker: themselves, and their PractitionerRoles. */
export function actorReferences(
  fhirUser: FhirUser | undefined,
  practitionerRoles: readonly Resource[] = [],
): readonly string[] {
  if (fhirUser === undefined) return [];
  const self = `${fhirUser.type}/${fhirUser.id}`;
  const held = practitionerRoles.filter(
    (role) =>
      isPlain(role, 'PractitionerRole') && role['active'] !== false && refersTo(role['practitioner'], [self]),
  );
  return [self, ...held.flatMap(({ id }) => (id === undefined ? [] : [`PractitionerRole/${id}`]))];
}

/** An active CareTeam of the patient has the asker as a participant now. */
export const isOnCareTeam = (
  teams: readonly Resource[],
  patient: string,
  actors: readonly string[],
  now: number,
) =>
  teams.some(
    (team) =>
      isPlain(team, 'CareTeam') &&
      team['status'] === 'active' &&
      refersTo(team['subject'], [`Patient/${patient}`]) &&
      holdsNow(team['period'], now) &&
      elements(team['participant']).some(
        (participant) => refersTo(participant['member'], actors) && holdsNow(participant['period'], now),
      ),
  );

/** An encounter of the patient is open and the asker takes part in it. */
export const hasOpenEncounter = (
  encounters: readonly Resource[],
  patient: string,
  actors: readonly string[],
  now: number,
) =>
  encounters.some(
    (encounter) =>
      isPlain(encounter, 'Encounter') &&
      isOneOf(openEncounter, encounter['status']) &&
      refersTo(encounter['subject'], [`Patient/${patient}`]) &&
      holdsNow(encounter['period'], now) &&
      elements(encounter['participant']).some(
        (participant) => refersTo(participant['individual'], actors) && holdsNow(participant['period'], now),
      ),
  );

/** A booked appointment of patient and asker, both accepted, today or within the next 30 days. */
export const hasAppointmentSoon = (
  appointments: readonly Resource[],
  patient: string,
  actors: readonly string[],
  now: number,
) =>
  appointments.some((appointment) => {
    if (!isPlain(appointment, 'Appointment') || !isOneOf(bookedAppointment, appointment['status']))
      return false;
    const start = intervalOf(appointment['start'])?.start;
    if (start === undefined || start < now - (now % day) || start > now + 30 * day) return false;
    const accepted = elements(appointment['participant']).filter(({ status }) => status === 'accepted');
    return (
      accepted.some(({ actor }) => refersTo(actor, [`Patient/${patient}`])) &&
      accepted.some(({ actor }) => refersTo(actor, actors))
    );
  });

/** The patient's own record names the asker as general practitioner. */
export const isGeneralPractitioner = (
  record: Resource | undefined,
  patient: string,
  actors: readonly string[],
): boolean =>
  record !== undefined &&
  isPlain(record, 'Patient') &&
  record.id === patient &&
  record['active'] !== false &&
  elements(record['generalPractitioner']).some((reference) => refersTo(reference, actors));

/** Any care relation of one of these to the patient. */
export const hasCareRelation = (
  { appointments, careTeams, encounters, patient: record }: RelationResources,
  patient: string,
  actors: readonly string[],
  now: number,
): boolean =>
  actors.length > 0 &&
  (isOnCareTeam(careTeams, patient, actors, now) ||
    hasOpenEncounter(encounters, patient, actors, now) ||
    hasAppointmentSoon(appointments, patient, actors, now) ||
    isGeneralPractitioner(record, patient, actors));

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

/** An absent period always holds; one that cannot be read never does. */
export function holdsNow(period: unknown, now: number): boolean {
  if (period === undefined) return true;
  if (!isRecord(period)) return false;
  const { start, end } = period;
  const from = start === undefined ? -Infinity : intervalOf(start)?.start;
  const to = end === undefined ? Infinity : intervalOf(end)?.end;
  return from !== undefined && to !== undefined && from <= now && now <= to;
}
