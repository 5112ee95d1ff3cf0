import { isFhirId, isRecord, type Resource } from '../../src/vocabulary/fhir.ts';
import { referencesAt } from './elements.ts';
import { intervalOf } from './search/dates.ts';
import { findParameter, listedTypes } from './search/parameters.ts';

/** A resource in the store always has its id. */
export interface StoredResource extends Resource {
  readonly id: string;
}

const patientsCache = new WeakMap<Resource, readonly string[]>();

/** Ids of the patients a resource is about, by the `patient` parameter of its type; a Patient is about itself. */
export function patientsOf(resource: Resource): readonly string[] {
  const cached = patientsCache.get(resource);
  if (cached !== undefined) return cached;
  const patients = readPatients(resource);
  patientsCache.set(resource, patients);
  return patients;
}

function readPatients(resource: Resource): string[] {
  if (resource.resourceType === 'Patient') return resource.id === undefined ? [] : [resource.id];
  const paths = findParameter(resource.resourceType, 'patient')?.paths ?? [];
  return referencesAt(resource, paths)
    .filter((reference) => reference.type === 'Patient')
    .map((reference) => reference.id);
}

/** Elements that say when a resource was written down or last happened; birth and due dates are none of them. */
const written = [
  'issued',
  'recordedDate',
  'recorded',
  'authoredOn',
  'authored',
  'created',
  'date',
  'dateTime',
  'sent',
  'started',
  'effectiveDateTime',
  'effectivePeriod',
  'performedDateTime',
  'performedPeriod',
  'occurrenceDateTime',
  'onsetDateTime',
  'abatementDateTime',
  'whenHandedOver',
  'period',
];

/** A period of these was over when it was written down; that of a coverage or a plan reaches into the future. */
const happened = new Set(['Encounter', 'Procedure', 'Observation', 'DiagnosticReport']);

/** Newest instant that the resource itself names, as it would stand in the record system that wrote it. */
function lastWritten(resource: Resource): string | undefined {
  let newest = -Infinity;
  for (const element of written) {
    const value = resource[element];
    const interval = typeof value === 'object' && Array.isArray(value) ? undefined : intervalOf(value);
    if (interval === undefined) continue;
    const over = isRecord(value) && happened.has(resource.resourceType) && Number.isFinite(interval.end);
    const edge = over ? interval.end : interval.start;
    if (Number.isFinite(edge) && edge > newest) newest = edge;
  }
  return Number.isFinite(newest) ? new Date(newest).toISOString() : undefined;
}

/**
 * Resources in memory, by type and by patient. Order is the order of arrival; a resource that is put again keeps
 * its place. Stored resources are never changed in place.
 */
export class FhirStore {
  readonly #byType = new Map<string, Map<string, StoredResource>>();
  readonly #byPatient = new Map<string, Map<string, Map<string, StoredResource>>>();
  readonly #deleted = new Set<string>();

  /**
   * Adds or replaces. `meta.versionId` counts up. `meta.lastUpdated` is `at` (epoch milliseconds) when given, else
   * what the resource brings, else the newest instant the resource itself names, so that searches by
   * `_lastUpdated` stay meaningful in a data set that was loaded just now. Throws a TypeError without a valid id.
   */
  put(resource: Resource, at?: number): StoredResource {
    const { resourceType, id } = resource;
    if (!isFhirId(id) || !/^[A-Z][A-Za-z]{1,39}$/.test(resourceType)) {
      throw new TypeError('a resource needs a type and a valid id');
    }
    const previous = this.get(resourceType, id);
    const meta = isRecord(resource['meta']) ? resource['meta'] : {};
    const updated =
      at === undefined ? (meta['lastUpdated'] ?? lastWritten(resource)) : new Date(at).toISOString();
    const stored: StoredResource = {
      ...resource,
      id,
      meta: {
        ...meta,
        versionId: String(versionOf(previous) + 1),
        ...(updated === undefined ? {} : { lastUpdated: updated }),
      },
    };
    if (previous !== undefined) this.#unindex(previous, stored);
    mapIn(this.#byType, resourceType).set(id, stored);
    for (const patient of patientsOf(stored)) {
      let types = this.#byPatient.get(patient);
      if (types === undefined) this.#byPatient.set(patient, (types = new Map()));
      mapIn(types, resourceType).set(id, stored);
    }
    this.#deleted.delete(`${resourceType}/${id}`);
    return stored;
  }

  /** True when there was something to delete; reading it is 410 from then on. */
  delete(type: string, id: string): boolean {
    const previous = this.get(type, id);
    if (previous === undefined) return false;
    this.#unindex(previous);
    this.#byType.get(type)?.delete(id);
    this.#deleted.add(`${type}/${id}`);
    return true;
  }

  get(type: string, id: string): StoredResource | undefined {
    return this.#byType.get(type)?.get(id);
  }

  wasDeleted(type: string, id: string): boolean {
    return this.#deleted.has(`${type}/${id}`);
  }

  all(type: string): StoredResource[] {
    return [...(this.#byType.get(type)?.values() ?? [])];
  }

  /** Resources about one patient, of one type or of all. */
  byPatient(patient: string, type?: string): StoredResource[] {
    const types = this.#byPatient.get(patient);
    if (types === undefined) return [];
    if (type !== undefined) return [...(types.get(type)?.values() ?? [])];
    return [...types.values()].flatMap((resources) => [...resources.values()]);
  }

  /** Types that hold something now. */
  types(): string[] {
    return [...this.#byType].filter(([, resources]) => resources.size > 0).map(([type]) => type);
  }

  /** Whether searches of the type are answered (with nothing, perhaps) rather than refused. */
  knows(type: string): boolean {
    return listedTypes.includes(type) || this.#byType.has(type);
  }

  count(type?: string): number {
    if (type !== undefined) return this.#byType.get(type)?.size ?? 0;
    return [...this.#byType.values()].reduce((sum, resources) => sum + resources.size, 0);
  }

  /** Takes `previous` out of the index of every patient that `next` is not about; the others keep its place. */
  #unindex(previous: StoredResource, next?: StoredResource): void {
    const kept = new Set(next === undefined ? [] : patientsOf(next));
    for (const patient of patientsOf(previous)) {
      if (!kept.has(patient)) this.#byPatient.get(patient)?.get(previous.resourceType)?.delete(previous.id);
    }
  }
}

function versionOf(resource: StoredResource | undefined): number {
  const meta = resource?.['meta'];
  const version = isRecord(meta) ? Number(meta['versionId']) : 0;
  return Number.isInteger(version) ? version : 0;
}

function mapIn<V>(outer: Map<string, Map<string, V>>, key: string): Map<string, V> {
  let inner = outer.get(key);
  if (inner === undefined) outer.set(key, (inner = new Map()));
  return inner;
}
