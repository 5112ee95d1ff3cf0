import { Refusal } from '../../errors/refusal.ts';
import { nameOf } from '../../vocabulary/fhir.ts';
import { clinicalTime } from '../fhir-time.ts';
import { inOrder } from '../in-order.ts';
import type { Capabilities, FhirReader, SearchResult } from '../ports.ts';
import { nothing } from './elsewhere-reader.ts';
import { type ServerNames, turned } from './server-names.ts';

/** Another record system that holds something of the patient. */
export interface Beside {
  readonly reader: FhirReader;
  readonly names: ServerNames;
  readonly capabilities: Capabilities;
  /** Hears of what went wrong there; throws where nothing may then be answered. */
  readonly failed: (thrown: unknown) => void;
}

/** Parameters that every server of a type lists; undefined where one of them lists none and is sent them all. */
function common(type: string, servers: readonly Capabilities[]): ReadonlySet<string> | undefined {
  const lists = servers
    .filter(({ types }) => types.has(type))
    .map(({ searchParams }) => searchParams?.get(type));
  const known = lists.filter((list) => list !== undefined);
  const [first, ...others] = known;
  return first === undefined
    ? undefined
    : new Set([...first].filter((name) => others.every((list) => list.has(name))));
}

/** What several servers offer together: types of any of them, parameters of all that have the type. */
function together(servers: readonly Capabilities[]): Capabilities {
  const [home] = servers;
  const types = new Set(servers.flatMap((one) => [...one.types]));
  const listed = [...types].flatMap((type) => {
    const names = common(type, servers);
    return names === undefined ? [] : [[type, names] as const];
  });
  return {
    fhirVersion: home?.fhirVersion ?? '4.0.1',
    types,
    notAtHome: new Set([...types].filter((type) => home?.types.has(type) !== true)),
    searchParams: new Map(listed),
  };
}

/** What one server is sent: what all of them list, and what it lists besides. */
function sentTo(
  { searchParams }: Capabilities,
  type: string,
  params: Parameters<FhirReader['search']>[1],
  options: Parameters<FhirReader['search']>[2],
): Parameters<FhirReader['search']>[1] {
  const listed = searchParams?.get(type);
  const own = Object.entries(options?.planned ?? {}).filter(([name]) => listed?.has(name) !== false);
  return { ...params, ...Object.fromEntries(own) };
}

/** Rows of one server: cut out of order, the newest may be among those that are missing, which sorting would hide. */
function inTheirOrder(found: SearchResult, reader: FhirReader, sort: string | readonly string[] | undefined) {
  if (!found.cut || typeof sort !== 'string' || inOrder(found.matches, sort)) return found;
  reader.suspect?.('filter_ignored', 1);
  throw new Refusal('fhir_untrusted');
}

/** One answer of several. What was sorted newest first is so again. */
function merged(
  results: readonly SearchResult[],
  sort: string | readonly string[] | undefined,
): SearchResult {
  const matches = results.flatMap((one) => one.matches);
  const newestFirst = typeof sort === 'string' && sort.startsWith('-');
  return {
    matches: newestFirst ? matches.toSorted((a, b) => clinicalTime(b) - clinicalTime(a)) : matches,
    included: results.flatMap((one) => one.included),
    pages: results.reduce((sum, { pages }) => sum + pages, 0),
    bytes: results.reduce((sum, { bytes }) => sum + bytes, 0),
    cut: results.some(({ cut }) => cut),
  };
}

/**
 * One reader of the tenant's own record system and of others beside it. Each is asked what it can answer, at the same
 * time; rows keep the name of where they came from, so that whoever reads on need not know how many there are.
 */
export function joinedReader(home: FhirReader, others: readonly Beside[]): FhirReader {
  const ownerOf = (reference: string): Beside | undefined =>
    others.find(({ names }) => names.made(reference));
  const fromThere = async <T>(other: Beside, ask: () => Promise<T>, absent: T): Promise<T> => {
    try {
      return await ask();
    } catch (thrown) {
      other.failed(thrown);
      return absent;
    }
  };
  return Object.freeze({
    server: home.server,
    async search(
      type: Parameters<FhirReader['search']>[0],
      params: Parameters<FhirReader['search']>[1],
      options: Parameters<FhirReader['search']>[2],
    ): Promise<SearchResult> {
      const sort = params['_sort'];
      const atHome = await home.capabilities();
      const own = turned(type, sentTo(atHome, type, params, options), (reference) =>
        ownerOf(reference) === undefined ? reference : undefined,
      );
      const ask = async (
        reader: FhirReader,
        sent: Parameters<FhirReader['search']>[1],
      ): Promise<SearchResult> => inTheirOrder(await reader.search(type, sent, options), reader, sort);
      const results = await Promise.all([
        own === undefined || !atHome.types.has(type) ? nothing : ask(home, own),
        ...others
          .filter(({ capabilities }) => capabilities.types.has(type))
          .map((other) =>
            fromThere(
              other,
              () => ask(other.reader, sentTo(other.capabilities, type, params, options)),
              nothing,
            ),
          ),
      ]);
      return merged(results, sort);
    },
    read(type: string, id: string) {
      const owner = ownerOf(`${type}/${id}`);
      return owner === undefined
        ? home.read(type, id)
        : fromThere(owner, () => owner.reader.read(type, id), undefined);
    },
    binary(id: string) {
      const owner = ownerOf(`Binary/${id}`);
      return owner === undefined
        ? home.binary(id)
        : fromThere(owner, () => owner.reader.binary(id), undefined);
    },
    capabilities: async () =>
      together([await home.capabilities(), ...others.map(({ capabilities }) => capabilities)]),
    suspect(...[fault, rows, row]: Parameters<NonNullable<FhirReader['suspect']>>) {
      const owner = row === undefined ? undefined : ownerOf(nameOf(row));
      (owner?.reader ?? home).suspect?.(fault, rows, row);
    },
  });
}
