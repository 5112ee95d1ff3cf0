import { randomUUID } from 'node:crypto';
import { FhirFailure } from './outcome.ts';
import { project } from './search/projection.ts';
import type { Pair, SearchQuery } from './search/query.ts';
import { included, runSearch } from './search/search.ts';
import type { FhirStore, StoredResource } from './store.ts';

export interface BundleEntry {
  readonly fullUrl: string;
  readonly resource: StoredResource;
  readonly search: { readonly mode: 'match' | 'include' };
}

export interface Searchset {
  readonly resourceType: 'Bundle';
  readonly type: 'searchset';
  readonly total: number;
  readonly link: readonly { readonly relation: 'self' | 'next'; readonly url: string }[];
  readonly entry?: readonly BundleEntry[];
}

/** Where a search goes on: the search itself, so that no parameter stands in the link. */
interface Cursor {
  readonly type: string;
  readonly pairs: readonly Pair[];
  readonly offset: number;
}

/** Opaque names for the rest of a search. The oldest are forgotten; the caller is authorized anew on each page. */
export class Cursors {
  readonly #open = new Map<string, Cursor>();
  readonly #limit: number;

  constructor(limit = 5000) {
    this.#limit = limit;
  }

  add(cursor: Cursor): string {
    const name = randomUUID();
    this.#open.set(name, cursor);
    if (this.#open.size > this.#limit) {
      const [oldest] = this.#open.keys();
      if (oldest !== undefined) this.#open.delete(oldest);
    }
    return name;
  }

  /** Throws 410 for a cursor that is forgotten, was never given or belongs to another type. */
  find(name: string, type: string): Cursor {
    const cursor = this.#open.get(name);
    if (cursor?.type !== type) throw new FhirFailure(410, 'not-found', 'the page is no longer available');
    return cursor;
  }
}

export const cursorUrl = (base: string, type: string, name: string): string =>
  `${base}/${type}?_cursor=${name}`;

export const entryOf = (base: string, resource: StoredResource, mode: 'match' | 'include'): BundleEntry => ({
  fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
  resource,
  search: { mode },
});

const queryText = (pairs: readonly Pair[]): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of pairs) parameters.append(name, value);
  return parameters.toString();
};

/** One page of a search as a Bundle: total of all matches, truthful self link, opaque next link. */
export function searchset(
  store: FhirStore,
  query: SearchQuery,
  page: {
    readonly base: string;
    readonly offset: number;
    readonly cursors: Cursors;
    readonly visible: (resource: StoredResource) => boolean;
    readonly readable: (resource: StoredResource) => boolean;
  },
): Searchset {
  const { base, offset, cursors } = page;
  const found = runSearch(store, query, base, page.visible);
  const applied = queryText(query.applied);
  const self = {
    relation: 'self',
    url: `${base}/${query.type}${applied === '' ? '' : `?${applied}`}`,
  } as const;
  const bundle = { resourceType: 'Bundle', type: 'searchset', total: found.length } as const;
  if (query.countOnly) return { ...bundle, link: [self] };

  const matches = found.slice(offset, offset + query.count);
  const more = offset + query.count < found.length;
  const next = more
    ? cursors.add({ type: query.type, pairs: query.applied, offset: offset + query.count })
    : undefined;
  const { elements } = query;
  const shown = elements === undefined ? matches : matches.map((resource) => project(resource, elements));
  const entry = [
    ...shown.map((resource) => entryOf(base, resource, 'match')),
    ...included(store, query, matches, page.readable).map((resource) => entryOf(base, resource, 'include')),
  ];
  return {
    ...bundle,
    link: next === undefined ? [self] : [self, { relation: 'next', url: cursorUrl(base, query.type, next) }],
    ...(entry.length === 0 ? {} : { entry }),
  };
}
