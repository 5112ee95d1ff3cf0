import { Refusal } from '../errors/refusal.ts';
import { isFhirId, nameOf, type Resource } from '../vocabulary/fhir.ts';
import type { IdentitySheet, IdentityValue } from '../vocabulary/identity-sheet.ts';
import { collectIdentity } from './collect-identity.ts';
import { closingAs, readAll } from './control-reads.ts';
import { allAt, referencesOf } from './elements.ts';
import { distinct, plainValue } from './identity-values.ts';
import type { Capabilities, FhirReader } from './ports.ts';

/** More values than this are no patient's identity: the sheet is refused, never truncated. */
export const maxSheetValues = 4000;
const maxNamed = 300;
const parallel = 8;

const aboutTypes = ['RelatedPerson', 'Coverage', 'Account', 'CareTeam', 'Encounter'] as const;
const namedTypes = ['Practitioner', 'PractitionerRole', 'Organization'] as const;
const namedPattern = /^(Practitioner|PractitionerRole|Organization)\/([A-Za-z0-9\-.]{1,64})$/;

/** Persons and organisations that a patient's own resources name. */
function namedBy(resources: readonly Resource[]): readonly string[] {
  const paths = [
    ['generalPractitioner'],
    ['managingOrganization'],
    ['contact', 'organization'],
    ['participant', 'member'],
    ['participant', 'onBehalfOf'],
    ['participant', 'individual'],
    ['serviceProvider'],
    ['payor'],
    ['owner'],
    ['practitioner'],
    ['organization'],
  ];
  const references = resources.flatMap((one) => paths.flatMap((path) => referencesOf(allAt(one, ...path))));
  return [...new Set(references)].filter((reference) => namedPattern.test(reference));
}

/** Ids in one search: its form stays far below what servers take. */
const maxBatch = 100;

/**
 * Persons and organisations of one type by id: one search where the server knows `_id`, one read each elsewhere. A
 * row that was not asked for is a Refusal, as it is for a read. What a search leaves out is read singly, because
 * only a read says whether it is gone.
 */
async function readByIds(
  reader: FhirReader,
  capabilities: Capabilities,
  type: string,
  ids: readonly string[],
): Promise<readonly Resource[]> {
  const found = new Map<string, Resource>();
  if (ids.length > 1 && capabilities.searchParams?.get(type)?.has('_id') === true)
    for (let at = 0; at < ids.length; at += maxBatch) {
      const batch = ids.slice(at, at + maxBatch);
      const answer = await reader.search(type, { _id: batch.join(','), _count: String(batch.length) });
      for (const one of answer.matches) {
        if (one.resourceType !== type || one.id === undefined || !batch.includes(one.id)) {
          reader.suspect?.('filter_ignored', 1);
          throw new Refusal('fhir_malformed');
        }
        found.set(one.id, one);
      }
    }
  const rest = ids.filter((id) => !found.has(id));
  for (let at = 0; at < rest.length; at += parallel) {
    const batch = rest.slice(at, at + parallel).map((id) => reader.read(type, id));
    for (const one of await Promise.all(batch)) if (one?.id !== undefined) found.set(one.id, one);
  }
  return [...found.values()];
}

async function readNamed(
  reader: FhirReader,
  capabilities: Capabilities,
  references: readonly string[],
): Promise<readonly Resource[]> {
  const wanted = references
    .map((one) => one.split('/'))
    .filter(([type]) => capabilities.types.has(type ?? ''));
  if (wanted.length > maxNamed) throw new Refusal('identity_sheet_unavailable');
  const found = await Promise.all(
    namedTypes.map((type) =>
      readByIds(
        reader,
        capabilities,
        type,
        wanted.flatMap(([of, id]) => (of === type && id !== undefined ? [id] : [])),
      ),
    ),
  );
  return found.flat();
}

/** The patient's own id counts where it cannot be an ordinary word. */
export const isTelling = (id: string): boolean => id.length >= 6 && /[\d-]/.test(id);

/** Of visits and care teams only who took part counts: their dates and ids are met in the record where fetched. */
const participantsOnly = (values: readonly IdentityValue[]): readonly IdentityValue[] =>
  values.filter((value) => value.kind === 'name' || value.kind === 'organization');

const patientOf = async (
  reader: FhirReader,
  id: string,
  read: Resource | undefined,
): Promise<Resource | undefined> => {
  if (!isFhirId(id)) return undefined;
  return read?.resourceType === 'Patient' && read.id === id ? read : reader.read('Patient', id);
};

/**
 * The identity sheet of one patient, by the control token: Patient, RelatedPerson, Coverage, Account, and the
 * practitioners and organisations named by them, by CareTeams and by Encounters. Undefined where there is no such
 * patient. A type that the CapabilityStatement lacks is empty and named in `absentTypes`; anything else that goes
 * wrong is a Refusal('identity_sheet_unavailable'). `read` is the Patient where the envelope has read it by the same
 * token a moment ago: it is not read again.
 */
export function readIdentitySheet(
  reader: FhirReader,
  patientId: string,
  capabilities: Capabilities,
  read?: Resource,
): Promise<IdentitySheet | undefined> {
  return closingAs('identity_sheet_unavailable', async () => {
    const patient = await patientOf(reader, patientId, read);
    if (patient === undefined) return undefined;
    const about = await Promise.all(
      aboutTypes.map((type) =>
        readAll(
          reader,
          capabilities,
          type,
          patientId,
          type === 'Encounter' ? { _elements: 'id,subject,participant,serviceProvider,status,class' } : {},
        ),
      ),
    );
    const [persons, coverages, accounts, careTeams, encounters] = about;
    const own = [patient, ...(persons ?? []), ...(coverages ?? []), ...(accounts ?? [])];
    const taking = [...(careTeams ?? []), ...(encounters ?? [])];
    const first = await readNamed(reader, capabilities, namedBy([...own, ...taking]));
    const roles = first.filter((one) => one.resourceType === 'PractitionerRole');
    const known = new Set(first.map((one) => nameOf(one)));
    const second = await readNamed(
      reader,
      capabilities,
      namedBy(roles).filter((reference) => !known.has(reference)),
    );
    const values = distinct([
      ...collectIdentity([...own, ...first, ...second]),
      ...participantsOnly(collectIdentity(taking)),
      ...plainValue('identifier', isTelling(patientId) ? patientId : undefined, {
        bearer: 'patient',
        entity: `Patient/${patientId}`,
        source: 'Patient.id',
      }),
    ]);
    if (values.length > maxSheetValues) throw new Refusal('identity_sheet_unavailable');
    const absentTypes = [...aboutTypes, ...namedTypes].filter((type) => !capabilities.types.has(type));
    return { values, absentTypes };
  });
}
