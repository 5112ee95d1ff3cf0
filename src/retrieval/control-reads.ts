import type { Reason } from '../errors/reasons.ts';
import { Refusal } from '../errors/refusal.ts';
import { isFhirId, type Resource } from '../vocabulary/fhir.ts';
import { isoDate } from '../vocabulary/time.ts';
import { isAbout } from './elements.ts';
import type { Capabilities, FhirReader } from './ports.ts';

/** SMART v2 scopes of the control token: what identity sheet, relations and consents read, and nothing clinical. */
export const controlScopes: readonly string[] = [
  'system/Account.rs',
  'system/Appointment.rs',
  'system/CareTeam.rs',
  'system/Consent.rs',
  'system/Coverage.rs',
  'system/Encounter.rs',
  'system/Group.r',
  'system/Organization.rs',
  'system/Patient.r',
  'system/Practitioner.rs',
  'system/PractitionerRole.rs',
  'system/RelatedPerson.rs',
];

/**
 * One search by the control token, complete or refused: a type that the server lacks is empty, rows about anybody
 * else are dropped, and an answer that was cut is an error because what is missing may be what matters.
 */
export async function readAll(
  reader: FhirReader,
  capabilities: Capabilities,
  type: string,
  patient: string,
  params: Readonly<Record<string, string>> = {},
): Promise<readonly Resource[]> {
  if (!capabilities.types.has(type)) return [];
  const found = await reader.search(
    type,
    { patient: `Patient/${patient}`, ...params, _count: '200' },
    { maxResources: 2000 },
  );
  if (found.cut) throw new Refusal('fhir_malformed');
  const own = found.matches.filter((one) => one.resourceType === type && isAbout(one, patient));
  if (own.some((one) => !isFhirId(one.id))) {
    reader.suspect?.('malformed_row', 1);
    throw new Refusal('fhir_malformed');
  }
  const others = found.matches.length - own.length;
  if (others > 0) reader.suspect?.('foreign_patient', others);
  if (found.included.length > 0) reader.suspect?.('unplanned_include', found.included.length);
  return own;
}

/** Runs control reads; whatever goes wrong closes as `reason`, keeping timeouts and interruptions apart. */
export async function closingAs<T>(reason: Reason, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof Refusal && (thrown.reason === 'caller_gone' || thrown.reason === 'shutting_down'))
      throw thrown;
    throw new Refusal(reason, { cause: thrown });
  }
}

/** Resources from which the policy's facts about care relations are computed. */
export interface Relations {
  readonly patient: Resource | undefined;
  readonly careTeams: readonly Resource[];
  readonly encounters: readonly Resource[];
  readonly appointments: readonly Resource[];
}

const having = (resources: readonly Resource[], ...statuses: readonly string[]): readonly Resource[] =>
  resources.filter((one) => statuses.some((status) => one['status'] === status));

/**
 * Care relations of a patient: active CareTeams, running Encounters, Appointments booked from today on, and the
 * Patient with generalPractitioner; each re-checked. Errors are Refusals.
 */
export async function readRelations(reader: FhirReader, patientId: string, now: number): Promise<Relations> {
  if (!isFhirId(patientId)) return { patient: undefined, careTeams: [], encounters: [], appointments: [] };
  const capabilities = await reader.capabilities();
  const [patient, careTeams, encounters, appointments] = await Promise.all([
    reader.read('Patient', patientId),
    readAll(reader, capabilities, 'CareTeam', patientId, { status: 'active' }),
    readAll(reader, capabilities, 'Encounter', patientId, { status: 'in-progress,arrived,triaged,onleave' }),
    readAll(reader, capabilities, 'Appointment', patientId, {
      date: `ge${isoDate(now)}`,
      status: 'booked,arrived',
    }),
  ]);
  return {
    patient,
    careTeams: having(careTeams, 'active'),
    encounters: having(encounters, 'in-progress', 'arrived', 'triaged', 'onleave'),
    appointments: having(appointments, 'booked', 'arrived'),
  };
}

/** Every Consent of the patient whatever its status; throws Refusal('consent_unavailable') unless complete. */
export const readConsents = (reader: FhirReader, patientId: string): Promise<readonly Resource[]> =>
  closingAs('consent_unavailable', async () =>
    isFhirId(patientId) ? await readAll(reader, await reader.capabilities(), 'Consent', patientId) : [],
  );
