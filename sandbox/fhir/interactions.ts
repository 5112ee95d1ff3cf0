import { isFhirId, isRecord, isResource } from '../../src/vocabulary/fhir.ts';
import type { Access } from './access.ts';
import { capabilityStatement } from './capability-statement.ts';
import type { Strike } from './faults.ts';
import { ignoringFilters, spoilPage, spoilRead } from './faulty-answers.ts';
import { FhirFailure, operationOutcome } from './outcome.ts';
import { project } from './search/projection.ts';
import { type Pair, parseQuery } from './search/query.ts';
import { namedPatients } from './search/search.ts';
import { type Cursors, searchset } from './searchset.ts';
import type { FhirStore, StoredResource } from './store.ts';

/** What a request asks for, after its path and method are read. `type` is what faults are matched by. */
export type Interaction =
  | { readonly kind: 'metadata'; readonly type: 'metadata' }
  | { readonly kind: 'batch'; readonly type: undefined }
  | { readonly kind: 'search'; readonly type: string }
  | { readonly kind: 'read'; readonly type: string; readonly id: string; readonly version?: string };

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or bytes as they are (a Binary). */
  readonly body: unknown;
}

export interface Surroundings {
  readonly store: FhirStore;
  readonly base: string;
  readonly cursors: Cursors;
  readonly now: () => number;
}

export interface Preferences {
  readonly strict: boolean;
  /** The Accept header, lower case; `_format` replaces it. */
  readonly accept: string;
}

const typePattern = /^[A-Z][A-Za-z]{1,39}$/;

const notAllowed = (allow: string) =>
  new FhirFailure(405, 'not-supported', 'the method is not supported here', { allow });

/** Which interaction a method and the path below the base name. Throws 404, 405. */
export function route(method: string, path: readonly string[], store: FhirStore): Interaction {
  const [first, second, third, fourth, ...more] = path;
  if (first === undefined) {
    if (method === 'POST') return { kind: 'batch', type: undefined };
    throw notAllowed('POST');
  }
  if (first === 'metadata' && second === undefined) {
    if (method === 'GET') return { kind: 'metadata', type: 'metadata' };
    throw notAllowed('GET');
  }
  if (!typePattern.test(first) || !store.knows(first) || more.length > 0) {
    throw new FhirFailure(404, 'not-found', 'no such resource type or operation');
  }
  if (second === undefined || second === '_search') {
    if (third !== undefined) throw new FhirFailure(404, 'not-found', 'no such operation');
    if (method === (second === undefined ? 'GET' : 'POST')) return { kind: 'search', type: first };
    throw notAllowed(second === undefined ? 'GET' : 'POST');
  }
  if (!isFhirId(second)) throw new FhirFailure(404, 'not-found', 'no such resource or operation');
  if (third !== undefined && (third !== '_history' || !isFhirId(fourth))) {
    throw new FhirFailure(404, 'not-found', 'no such operation');
  }
  if (method !== 'GET') throw notAllowed('GET');
  return { kind: 'read', type: first, id: second, ...(fourth === undefined ? {} : { version: fourth }) };
}

/** Search, also the following pages of one: `_cursor` alone names the rest of a search. */
export function search(
  around: Surroundings,
  access: Access,
  strike: Strike,
  type: string,
  pairs: readonly Pair[],
  strict: boolean,
): Answer {
  const { store, base, cursors } = around;
  const name = pairs.find(([key]) => key === '_cursor')?.[1];
  if (name !== undefined && pairs.length > 1) {
    throw new FhirFailure(400, 'invalid', 'parameter _cursor: stands alone');
  }
  const cursor = name === undefined ? { pairs, offset: 0 } : cursors.find(name, type);
  const query = parseQuery(type, cursor.pairs, base, strict);
  const visible = access.search(query);
  const spoiled = ignoringFilters(query, strike);
  const page = searchset(store, spoiled, {
    base,
    offset: cursor.offset,
    cursors,
    visible: strike.has('ignore-filters') ? () => true : visible,
    readable: access.includes(),
  });
  const patients = query.filters.flatMap((filter) => namedPatients(type, filter, base) ?? []);
  return { status: 200, body: spoilPage(page, strike, { store, query: spoiled, patients, base, cursors }) };
}

function versionHeaders(resource: StoredResource): Record<string, string> {
  const meta = isRecord(resource['meta']) ? resource['meta'] : {};
  const updated = typeof meta['lastUpdated'] === 'string' ? Date.parse(meta['lastUpdated']) : Number.NaN;
  return {
    etag: `W/"${String(meta['versionId'])}"`,
    ...(Number.isNaN(updated) ? {} : { 'last-modified': new Date(updated).toUTCString() }),
  };
}

/**
 * Read and vread of the current version. A Binary comes as its own bytes unless a FHIR or JSON media type is
 * accepted (http://hl7.org/fhir/R4/binary.html#rest).
 */
export function read(
  around: Surroundings,
  access: Access,
  strike: Strike,
  asked: Extract<Interaction, { kind: 'read' }>,
  pairs: readonly Pair[],
  accept: string,
): Answer {
  const { store } = around;
  access.readType(asked.type);
  const found = store.get(asked.type, asked.id);
  if (found === undefined) {
    throw store.wasDeleted(asked.type, asked.id)
      ? new FhirFailure(410, 'deleted', 'the resource was deleted')
      : new FhirFailure(404, 'not-found', 'no such resource');
  }
  access.read(found);
  const headers = versionHeaders(found);
  if (asked.version !== undefined && headers['etag'] !== `W/"${asked.version}"`) {
    throw new FhirFailure(404, 'not-found', 'only the current version is kept');
  }
  const resource = spoilRead(found, strike, store);
  if (resource.resourceType === 'Binary' && !accept.includes('json')) {
    const { contentType, data } = resource;
    return {
      status: 200,
      headers: {
        ...headers,
        'content-type': typeof contentType === 'string' ? contentType : 'application/octet-stream',
        'content-disposition': 'attachment',
      },
      body: Buffer.from(typeof data === 'string' ? data : '', 'base64'),
    };
  }
  const elements = pairs
    .filter(([name]) => name === '_elements')
    .flatMap(([, value]) => value.split(',').filter((name) => name !== ''));
  return { status: 200, headers, body: elements.length === 0 ? resource : project(resource, elements) };
}

export const metadata = ({ store, base, now }: Surroundings): Answer => ({
  status: 200,
  body: capabilityStatement(store, base, now()),
});

/** A batch of GET entries, each answered for itself. Anything but reading is 405 in its entry. */
export function batch(
  around: Surroundings,
  access: Access,
  strike: Strike,
  body: unknown,
  { strict, accept }: Preferences,
): Answer {
  if (!isResource(body) || body.resourceType !== 'Bundle' || body['type'] !== 'batch') {
    throw new FhirFailure(400, 'invalid', 'the body must be a Bundle of type batch');
  }
  const entries = Array.isArray(body['entry']) ? body['entry'] : [];
  if (entries.length > 100) throw new FhirFailure(400, 'too-long', 'at most 100 entries');
  const entry = entries.map((one: unknown) => {
    try {
      const { status, headers, body: resource } = batchEntry(around, access, strike, one, strict, accept);
      const etag = headers?.['etag'];
      return { resource, response: { status: String(status), ...(etag === undefined ? {} : { etag }) } };
    } catch (failure) {
      if (!(failure instanceof FhirFailure)) throw failure;
      const outcome = operationOutcome(failure.issue, failure.message);
      return { response: { status: String(failure.status), outcome } };
    }
  });
  return { status: 200, body: { resourceType: 'Bundle', type: 'batch-response', entry } };
}

function batchEntry(
  around: Surroundings,
  access: Access,
  strike: Strike,
  entry: unknown,
  strict: boolean,
  accept: string,
): Answer {
  const request = isRecord(entry) && isRecord(entry['request']) ? entry['request'] : {};
  const { method, url } = request;
  if (typeof method !== 'string' || typeof url !== 'string') {
    throw new FhirFailure(400, 'structure', 'an entry needs request.method and request.url');
  }
  const relative = url.startsWith(`${around.base}/`) ? url.slice(around.base.length + 1) : url;
  const [path = '', query = ''] = relative.replace(/^\//, '').split('?', 2);
  const asked = route(method, path.split('/'), around.store);
  const pairs = [...new URLSearchParams(query)];
  if (asked.kind === 'search' && method === 'GET') {
    return search(around, access, strike, asked.type, pairs, strict);
  }
  if (asked.kind === 'read') {
    return read(
      around,
      access,
      strike,
      asked,
      pairs,
      accept.includes('json') ? accept : 'application/fhir+json',
    );
  }
  if (asked.kind === 'metadata') return metadata(around);
  throw new FhirFailure(405, 'not-supported', 'only GET entries are answered');
}
