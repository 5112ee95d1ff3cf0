import { isRecord } from '../../src/vocabulary/fhir.ts';
import { type Strike, textOf } from './faults.ts';
import { listedTypes } from './search/parameters.ts';
import type { SearchQuery } from './search/query.ts';
import { type Cursors, cursorUrl, entryOf, type Searchset } from './searchset.ts';
import { type FhirStore, patientsOf, type StoredResource } from './store.ts';

/** The query of a server that takes filters and does not apply them; its self link still claims them. */
export function ignoringFilters(query: SearchQuery, strike: Strike): SearchQuery {
  const fault = strike.get('ignore-filters');
  if (fault === undefined) return query;
  const names = Array.isArray(fault.value) ? fault.value : undefined;
  const ignored = (name: string) => names?.includes(name) ?? true;
  const { elements, ...rest } = query;
  return {
    ...rest,
    filters: query.filters.filter((filter) => !ignored(filter.name)),
    ...(elements === undefined || ignored('_elements') ? {} : { elements }),
  };
}

/** A resource of the type about another patient; where the store has none, one of the own, said to be another's. */
function foreign(
  store: FhirStore,
  type: string,
  own: readonly string[],
  wanted: string | undefined,
): StoredResource | undefined {
  const all = store.all(type);
  const found = all.find((resource) => {
    const about = patientsOf(resource);
    if (wanted !== undefined) return about.includes(wanted);
    return about.length > 0 && !about.some((patient) => own.includes(patient));
  });
  if (found !== undefined) return found;
  const [first] = all;
  if (first === undefined) return undefined;
  const other = { reference: `Patient/${wanted ?? 'another-patient'}` };
  const named = ['subject', 'patient', 'beneficiary'].find((element) => isRecord(first[element]));
  return { ...first, id: 'of-another-patient', ...(named === undefined ? {} : { [named]: other }) };
}

/** A resource of any other type, of one of the patients when there is one. */
function otherType(store: FhirStore, type: string, own: readonly string[]): StoredResource | undefined {
  const near = own.flatMap((patient) => store.byPatient(patient));
  const isOther = (resource: StoredResource) => resource.resourceType !== type;
  return near.find(isOther) ?? listedTypes.flatMap((other) => store.all(other).slice(0, 1)).find(isOther);
}

/** A page of a search, spoiled by the data faults that strike it. */
export function spoilPage(
  bundle: Searchset,
  strike: Strike,
  context: {
    readonly store: FhirStore;
    readonly query: SearchQuery;
    readonly patients: readonly string[];
    readonly base: string;
    readonly cursors: Cursors;
  },
): Searchset {
  const { store, query, base } = context;
  const { type } = query;
  const added: (StoredResource | undefined)[] = [];
  const intruder = strike.get('foreign-patient');
  if (intruder !== undefined) {
    const wanted = typeof intruder.value === 'string' ? intruder.value : undefined;
    added.push(foreign(store, type, context.patients, wanted));
  }
  if (strike.has('wrong-type')) added.push(otherType(store, type, context.patients));
  const [first] = bundle.entry ?? [];
  if (strike.has('malformed-row') && first !== undefined)
    added.push({ ...first.resource, id: 'no id at all' });
  const extra = added
    .filter((resource) => resource !== undefined)
    .map((resource) => entryOf(base, resource, 'match'));
  const entry = [...(bundle.entry ?? []), ...extra];

  let next: string | undefined;
  if (strike.has('endless-paging')) {
    next = cursorUrl(base, type, context.cursors.add({ type, pairs: query.applied, offset: 0 }));
  }
  if (strike.has('foreign-next')) {
    next = textOf(strike.get('foreign-next'), 'https://elsewhere.invalid/fhir?page=2');
  }
  const kept = bundle.link.filter((link) => next === undefined || link.relation !== 'next');
  return {
    ...bundle,
    total: bundle.total + extra.length,
    link: next === undefined ? kept : [...kept, { relation: 'next', url: next }],
    ...(entry.length === 0 ? {} : { entry }),
  };
}

/** The answer to a read, spoiled by the data faults that strike it. */
export function spoilRead(resource: StoredResource, strike: Strike, store: FhirStore): StoredResource {
  const own = patientsOf(resource);
  const { resourceType } = resource;
  if (strike.has('wrong-type')) return otherType(store, resourceType, own) ?? resource;
  const intruder = strike.get('foreign-patient');
  if (intruder === undefined) return resource;
  const wanted = typeof intruder.value === 'string' ? intruder.value : undefined;
  return foreign(store, resourceType, own, wanted) ?? resource;
}
