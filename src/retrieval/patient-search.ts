import { holdsNow } from '../consent/instants.ts';
import { Refusal } from '../errors/refusal.ts';
import { isFhirId, isRecord, type Resource } from '../vocabulary/fhir.ts';
import type { PatientIdentifier } from '../vocabulary/patient-identifier.ts';
import { notCurrent } from './current-record.ts';
import { listOf } from './elements.ts';
import type { FhirReader } from './ports.ts';

/**
 * Scope of the one search: its token searches patients and does nothing else. No token for one patient can ask who that
 * patient is, and the control token, which every envelope holds to its end, reads a Patient by id and searches none.
 */
export const patientSearchScope = 'system/Patient.s';

/** Signs that divide the values of a search parameter stand for themselves behind a backslash (R4, search, 3.1.1.4.0.1). */
const escaped = (text: string): string => text.replace(/[\\$,|]/g, '\\$&');

/** The entries of a patient that are this identifier, letter by letter. */
const entriesOf = (patient: Resource, { system, value }: PatientIdentifier) =>
  listOf(patient['identifier'])
    .filter(isRecord)
    .filter((one) => one['system'] === system && one['value'] === value);

/** An identifier that was taken back may be another patient's by now (R4 identifier-use, Identifier.period). */
const inForce = (entry: Readonly<Record<string, unknown>>, now: number): boolean =>
  entry['use'] !== 'old' && !('modifierExtension' in entry) && holdsNow(entry['period'], now);

/**
 * Id of the one patient in use who has this identifier; undefined where there is none, more than one, or one whose record
 * or identifier is not in use: who is meant is then nobody's guess. What the server calls a match is held to the
 * identifier again here. `now` is the record's time in milliseconds since the epoch.
 *
 * @throws Refusal `fhir_*`
 */
export async function patientNamed(
  reader: FhirReader,
  identifier: PatientIdentifier,
  now: number,
): Promise<string | undefined> {
  const { cut, included, matches, pages } = await reader.search(
    'Patient',
    {
      identifier: `${escaped(identifier.system)}|${escaped(identifier.value)}`,
      _elements: 'identifier,active,link',
      _count: '2',
    },
    { maxResources: 2 },
  );
  // It tells of rows that it does not send, or that it failed: that is no answer.
  if (cut && matches.length === 0) throw new Refusal('fhir_malformed');
  const others = matches.filter(
    (one) => one.resourceType !== 'Patient' || entriesOf(one, identifier).length === 0,
  );
  if (others.length > 0) reader.suspect?.('filter_ignored', others.length);
  const [patient] = matches;
  if (patient === undefined || matches.length > 1 || others.length > 0) return undefined;
  if (cut || pages > 1 || included.length > 0 || notCurrent(patient) !== undefined) return undefined;
  if (!entriesOf(patient, identifier).some((entry) => inForce(entry, now))) return undefined;
  return isFhirId(patient.id) ? patient.id : undefined;
}
