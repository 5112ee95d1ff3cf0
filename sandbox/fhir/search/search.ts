import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { referencesAt, valuesAt } from '../elements.ts';
import { type FhirStore, patientsOf, type StoredResource } from '../store.ts';
import { intervalOf } from './dates.ts';
import { findParameter } from './parameters.ts';
import type { Filter, Include, SearchQuery, SortKey } from './query.ts';
import { codesOf, stringsOf } from './tokens.ts';

type Visible = (resource: StoredResource) => boolean;

/**
 * The patients that a filter narrows to, or undefined when it does not name patients: `patient` with bare ids or
 * `Patient/id`, other parameters over the same elements only with `Patient/id`.
 */
export function namedPatients(type: string, filter: Filter, base: string): string[] | undefined {
  if (filter.modifier !== undefined && filter.modifier !== 'Patient') return undefined;
  if (type === 'Patient') return filter.name === '_id' && !filter.modifier ? [...filter.values] : undefined;
  const parameter = findParameter(type, filter.name);
  if (parameter?.kind !== 'reference' || !samePaths(type, filter.name)) return undefined;
  const bare = parameter.target === 'Patient' || filter.modifier === 'Patient';
  const ids: string[] = [];
  for (const value of filter.values) {
    const relative = value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value;
    const match = /^(Patient\/)?([A-Za-z0-9\-.]{1,64})$/.exec(relative);
    if (match?.[2] === undefined || (match[1] === undefined && !bare)) return undefined;
    ids.push(match[2]);
  }
  return ids;
}

const samePaths = (type: string, name: string): boolean =>
  String(findParameter(type, name)?.paths) === String(findParameter(type, 'patient')?.paths);

/** Where to look, and the filters still to be applied there: the one that the index answers is done with. */
function candidates(
  store: FhirStore,
  query: SearchQuery,
  base: string,
): { readonly from: readonly StoredResource[]; readonly filters: readonly Filter[] } {
  for (const filter of query.filters) {
    if (filter.name === '_id' && filter.modifier === undefined) {
      const from = filter.values.map((id) => store.get(query.type, id)).filter((one) => one !== undefined);
      return { from: [...new Set(from)], filters: query.filters.filter((other) => other !== filter) };
    }
    const patients = namedPatients(query.type, filter, base);
    if (patients !== undefined) {
      const found = patients.flatMap((patient) => store.byPatient(patient, query.type));
      return {
        from: patients.length === 1 ? found : [...new Set(found)],
        filters: query.filters.filter((other) => other !== filter),
      };
    }
  }
  return { from: store.all(query.type), filters: query.filters };
}

/** All matches that `visible` lets through, sorted; paging and inclusion come after. */
export function runSearch(
  store: FhirStore,
  query: SearchQuery,
  base: string,
  visible: Visible,
): StoredResource[] {
  const { from, filters } = candidates(store, query, base);
  const found = from.filter(
    (resource) => filters.every((filter) => filter.matches(resource)) && visible(resource),
  );
  return query.sort.length === 0 ? found : sorted(found, query.sort);
}

type SortValue = string | number | undefined;

function sortValue(resource: StoredResource, { parameter, descending }: SortKey): SortValue {
  const values = parameter.paths.flatMap((path) => valuesAt(resource, path));
  if (parameter.kind === 'date') {
    const edges = values
      .map(intervalOf)
      .filter((interval) => interval !== undefined)
      .map((interval) => (Number.isFinite(interval.start) ? interval.start : interval.end));
    if (edges.length === 0) return undefined;
    return descending ? Math.max(...edges) : Math.min(...edges);
  }
  if (parameter.kind === 'token') return values.flatMap(codesOf)[0]?.code;
  if (parameter.kind === 'reference') {
    const [first] = values;
    return isRecord(first) && typeof first['reference'] === 'string' ? first['reference'] : undefined;
  }
  return values.flatMap(stringsOf)[0]?.toLowerCase();
}

/** Stable; what lacks the element comes last in either direction. */
function sorted(resources: readonly StoredResource[], keys: readonly SortKey[]): StoredResource[] {
  const rows = resources.map((resource) => ({
    resource,
    values: keys.map((key) => sortValue(resource, key)),
  }));
  rows.sort((left, right) => {
    for (const [index, key] of keys.entries()) {
      const [a, b] = [left.values[index], right.values[index]];
      if (a === b) continue;
      if (a === undefined) return 1;
      if (b === undefined) return -1;
      return a < b === key.descending ? 1 : -1;
    }
    return 0;
  });
  return rows.map((row) => row.resource);
}

/**
 * What `_include` and `_revinclude` add to one page of matches: each resource once, none that is a match already,
 * none that the caller may not read.
 */
export function included(
  store: FhirStore,
  query: SearchQuery,
  page: readonly StoredResource[],
  visible: Visible,
): StoredResource[] {
  const seen = new Set(page.map(key));
  const added: StoredResource[] = [];
  const add = (resource: StoredResource | undefined) => {
    if (resource === undefined || seen.has(key(resource)) || !visible(resource)) return;
    seen.add(key(resource));
    added.push(resource);
  };
  for (const include of query.includes) {
    if (include.source !== '*' && include.source !== query.type) continue;
    const paths = findParameter(query.type, include.parameter)?.paths ?? [];
    for (const match of page) {
      for (const reference of referencesAt(match, paths)) {
        if (include.target === undefined || include.target === reference.type) {
          add(store.get(reference.type, reference.id));
        }
      }
    }
  }
  const wanted = new Set(page.map(key));
  for (const include of query.revincludes) {
    if (include.target !== undefined && include.target !== query.type) continue;
    for (const resource of sources(store, include, page)) {
      const referred = referredBy(resource, include.parameter);
      if ([...wanted].some((one) => referred.has(one))) add(resource);
    }
  }
  return added;
}

const key = (resource: StoredResource): string => `${resource.resourceType}/${resource.id}`;

/** A Provenance may point at thousands of resources, and stored resources do not change: read its targets once. */
const referredCache = new WeakMap<StoredResource, Map<string, ReadonlySet<string>>>();

function referredBy(resource: StoredResource, parameter: string): ReadonlySet<string> {
  const cached = referredCache.get(resource)?.get(parameter);
  if (cached !== undefined) return cached;
  const paths = findParameter(resource.resourceType, parameter)?.paths ?? [];
  const referred = new Set(referencesAt(resource, paths).map(({ type, id }) => `${type}/${id}`));
  const byParameter = referredCache.get(resource) ?? new Map<string, ReadonlySet<string>>();
  referredCache.set(resource, byParameter.set(parameter, referred));
  return referred;
}

/** Where to look for referring resources: with the page's patients first, and those that name no patient. */
function sources(store: FhirStore, include: Include, page: readonly StoredResource[]): StoredResource[] {
  if (include.source === '*' || page.length === 0) return [];
  const patients = new Set(page.flatMap(patientsOf));
  return store.all(include.source).filter((resource) => {
    const about = patientsOf(resource);
    return about.length === 0 || patients.size === 0 || about.some((patient) => patients.has(patient));
  });
}
