import { Refusal } from '../errors/refusal.ts';
import { isFhirId, isRecord, isResource, type Resource } from '../vocabulary/fhir.ts';
import { type BatchAnswer, type BatchedSearch, batchOf, batchReplies, gathering } from './batch.ts';
import { ownNext, readPage, settle } from './bundle.ts';
import { capabilitiesOf } from './capability-statement.ts';
import { referencesOf, textOf } from './elements.ts';
import { createExchanges, type Exchange, type ExchangeOptions, orAbsent } from './exchange.ts';
import { parseJson, plainHeaders } from './fhir-client.ts';
import { GatheredRows } from './gathered-rows.ts';
import type { BinaryContent, Capabilities, FhirReader, SearchOptions, SearchResult } from './ports.ts';

export interface FhirReaderOptions extends ExchangeOptions {
  /** Id of the server in the configuration. */
  readonly server: string;
  readonly maxPages?: number;
  /** Where the server's CapabilityStatement was read before, it is not read again. */
  readonly capabilities?: Capabilities;
  /** Searches that are asked for at the same time go as one FHIR batch. */
  readonly batch?: boolean;
}

const typePattern = /^[A-Z][A-Za-z]{1,63}$/;
const parameterPattern = /^[_A-Za-z][A-Za-z0-9_:-]{0,63}$/;

/**
 * A reader of one FHIR R4 server with one token. fhir-kit-client sends its token to any absolute URL and
 * escapes nothing; here types and ids are checked,
 * searches are POST `_search` with `Prefer: handling=strict` (or entries of a batch, whose URLs stand in its body),
 * paging is our own, and every error is a Refusal (`fhir_*`) that carries neither.
 */
export function createFhirReader(options: FhirReaderOptions): FhirReader {
  const base = options.base.replace(/\/+$/, '');
  const exchange = createExchanges({ ...options, base });
  let statement: Promise<Capabilities> | undefined =
    options.capabilities === undefined ? undefined : Promise.resolve(options.capabilities);

  /** The pages of one search from its first on. */
  const gather = async (
    first: unknown,
    type: string,
    limits: SearchOptions | undefined,
    { client, watch }: Exchange,
  ): Promise<SearchResult> => {
    const rows = new GatheredRows(limits, () => options.onFault?.('conflicting_rows', 1));
    const seen = new Set<string>();
    let body = first;
    for (let pages = 1; ; pages += 1) {
      const page = readPage(body, type, base);
      rows.add(page);
      if (page.next === undefined || rows.enough || pages >= (options.maxPages ?? 20))
        return rows.result({ pages, bytes: watch.bytes, more: page.next !== undefined });
      body = await client.request(ownNext(page.next, base, seen));
    }
  };

  const alone = ({ type, params, limits }: BatchedSearch): Promise<SearchResult> =>
    exchange({ json: true }, async (over) =>
      gather(
        await over.client.search({
          resourceType: type,
          searchParams: params,
          options: { postSearch: true },
        }),
        type,
        limits,
        over,
      ),
    );

  const together = async (searches: readonly BatchedSearch[]): Promise<readonly BatchAnswer[]> =>
    exchange({ json: true, searches: searches.length }, async (over) => {
      const body: unknown = await over.client.batch({ body: batchOf(searches) });
      const share = Math.round(over.watch.bytes / searches.length);
      const answers: BatchAnswer[] = [];
      for (const [place, reply] of batchReplies(body, searches.length).entries()) {
        const search = searches[place];
        if (search === undefined || reply instanceof Refusal) {
          answers.push(reply instanceof Refusal ? reply : new Refusal('fhir_malformed'));
          continue;
        }
        const before = over.watch.bytes;
        const result = await gather(reply.bundle, search.type, search.limits, over);
        answers.push({ ...result, bytes: result.bytes - before + share });
      }
      return answers;
    });

  const ask = options.batch === true ? gathering(together, alone) : alone;

  const search: FhirReader['search'] = (type, params, limits) => {
    const copied: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(params)) {
      if (!parameterPattern.test(name)) return Promise.reject(new Refusal('unexpected'));
      copied[name] = typeof value === 'string' ? value : [...value];
    }
    if (!typePattern.test(type)) return Promise.reject(new Refusal('unexpected'));
    return ask({ type, params: copied, limits });
  };

  const read: FhirReader['read'] = (type, id) => {
    if (!typePattern.test(type) || !isFhirId(id)) return Promise.resolve(undefined);
    return orAbsent(
      exchange({ json: true }, async ({ client }): Promise<Resource | undefined> => {
        const body = settle(await client.read({ resourceType: type, id }), base);
        if (!isResource(body) || body.resourceType !== type || body.id !== id)
          throw new Refusal('fhir_malformed');
        return body;
      }),
    );
  };

  const binary: FhirReader['binary'] = (id) => {
    if (!isFhirId(id)) return Promise.resolve(undefined);
    return orAbsent(
      exchange({ json: false }, async ({ requests, watch }) => {
        const data = await requests.send({
          method: 'GET',
          url: `${base}/Binary/${id}`,
          headers: plainHeaders(options.token),
        });
        return binaryOf(watch.contentType, data, base);
      }),
    );
  };

  const capabilities = (): Promise<Capabilities> => {
    statement ??= exchange({ json: true }, async ({ client }) =>
      capabilitiesOf(settle(await client.capabilityStatement(), base)),
    );
    return statement;
  };

  const suspect: NonNullable<FhirReader['suspect']> = (fault, rows) => options.onFault?.(fault, rows);

  return Object.freeze({ server: options.server, search, read, binary, capabilities, suspect });
}

/** A Binary comes as a resource with base64 data, or bare in its own content type. */
function binaryOf(contentType: string, bytes: Uint8Array, base: string): BinaryContent {
  if (!contentType.includes('json')) return { contentType, data: bytes };
  const body = settle(parseJson(bytes), base);
  const data = isRecord(body) && body['resourceType'] === 'Binary' ? textOf(body['data']) : undefined;
  const type = isRecord(body) ? textOf(body['contentType']) : undefined;
  if (data === undefined || type === undefined) throw new Refusal('fhir_malformed');
  const [securityContext] = isRecord(body) ? referencesOf(body['securityContext']) : [];
  return {
    contentType: type,
    data: new Uint8Array(Buffer.from(data, 'base64')),
    ...(securityContext === undefined ? {} : { securityContext }),
  };
}
