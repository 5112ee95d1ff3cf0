import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { Client } from 'fhir-kit-client';
import { type Dispatcher, getGlobalDispatcher, request as undiciRequest } from 'undici';
import type { Reason } from '../errors/reasons.ts';
import { Refusal } from '../errors/refusal.ts';
import { isFhirId, isRecord, isResource, type Resource } from '../vocabulary/fhir.ts';
import { ownNext, readPage, settle } from './bundle.ts';
import { elementsOf, textOf } from './elements.ts';
import type { Capabilities, FhirReader, SearchResult } from './ports.ts';
import { guarded, type ResponseFault, type ResponseWatch } from './response-guard.ts';
import { NoAnswer, type ServerGuard } from './server-guard.ts';

export interface FhirReaderOptions {
  /** Id of the server in the configuration. */
  readonly server: string;
  /** From configuration only. */
  readonly base: string;
  readonly token: string;
  /** Of one search with all its pages, or of one read. */
  readonly timeoutMs: number;
  /** Of one search with all its pages, or of one read. */
  readonly maxResponseBytes: number;
  /** The envelope's: aborts what is under way. Its reason is passed on where it is a Refusal. */
  readonly signal?: AbortSignal;
  readonly maxPages?: number;
  /** Where the server's CapabilityStatement was read before, it is not read again. */
  readonly capabilities?: Capabilities;
  /** Connections (TLS, mutual TLS, pool); the process's own pool by default. */
  readonly connections?: Dispatcher;
  /** What all readers of this server share: concurrency limit and circuit breaker. */
  readonly guard?: ServerGuard;
}

const typePattern = /^[A-Z][A-Za-z]{1,63}$/;
const parameterPattern = /^[_A-Za-z][A-Za-z0-9_:-]{0,63}$/;

const faultReasons: Readonly<Record<Exclude<ResponseFault, 'status'>, Reason>> = {
  redirect: 'fhir_untrusted',
  too_large: 'fhir_malformed',
  encoded: 'fhir_malformed',
  content_type: 'fhir_malformed',
};

/** Every row counts. */
const all = (): boolean => true;

const statusReason = (status: number): Reason => {
  if (status === 401 || status === 403) return 'fhir_refused';
  return status === 408 || status === 504 ? 'fhir_timeout' : 'fhir_unavailable';
};

/**
 * A reader of one FHIR R4 server with one token. fhir-kit-client sends its token to any absolute URL, escapes
 * nothing, follows redirects, has no limits and puts URLs and bodies into errors; here types and ids are checked,
 * searches are POST `_search` with `Prefer: handling=strict`, paging is our own, and every error is a Refusal
 * (`fhir_*`) that carries neither. The token lives in a closure only. Only 429 and 503 are tried again, inside the
 * time of the call; every other refusal is final.
 */
export function createFhirReader(options: FhirReaderOptions): FhirReader {
  const base = options.base.replace(/\/+$/, '');
  const connections = options.connections ?? getGlobalDispatcher();
  let statement: Promise<Capabilities> | undefined =
    options.capabilities === undefined ? undefined : Promise.resolve(options.capabilities);

  const guard: ServerGuard = options.guard ?? ((call) => call());

  /** One attempt; ends when the envelope ends or its own time is over. */
  const attempt = async <T>(
    json: boolean,
    timeoutMs: number,
    call: (exchange: Exchange) => Promise<T>,
  ): Promise<T> => {
    const stop = new AbortController();
    const halted = new Promise<never>((_resolve, reject) => {
      stop.signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
    });
    const abort = (): void => stop.abort();
    const watch: ResponseWatch = {
      maxBytes: options.maxResponseBytes,
      json,
      status: 0,
      bytes: 0,
      contentType: '',
      retryAfter: undefined,
      fault: undefined,
      onFault: abort,
    };
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      stop.abort();
    }, timeoutMs);
    options.signal?.addEventListener('abort', abort, { once: true });
    try {
      if (options.signal?.aborted === true) throw new Error('stopped');
      const dispatcher = guarded(connections, watch);
      const client = new Client({
        baseUrl: base,
        bearerToken: options.token,
        customHeaders: { prefer: 'handling=strict', 'accept-encoding': 'identity' },
        requestOptions: { dispatcher, redirect: 'error' },
      });
      return await Promise.race([call({ client, watch, dispatcher, signal: stop.signal }), halted]);
    } catch (thrown) {
      throw refusalOf(thrown, watch, timedOut, options.signal);
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
    }
  };

  /** Reads change nothing, so a server that says it is busy (429, 503) is asked again while there is time. */
  const exchange = async <T>(json: boolean, call: (exchange: Exchange) => Promise<T>): Promise<T> => {
    const deadline = performance.now() + options.timeoutMs;
    for (let tries = 1; ; tries += 1) {
      const left = deadline - performance.now();
      try {
        return await guard(() => attempt(json, left, call));
      } catch (thrown) {
        const pause = thrown instanceof Busy ? pauseBefore(tries, thrown.retryAfter) : undefined;
        if (pause === undefined || pause >= deadline - performance.now()) throw thrown;
        await resting(pause, options.signal);
      }
    }
  };

  const search: FhirReader['search'] = (type, params, limits) => {
    const searchParams: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(params)) {
      if (!parameterPattern.test(name)) return Promise.reject(new Refusal('unexpected'));
      searchParams[name] = typeof value === 'string' ? value : [...value];
    }
    if (!typePattern.test(type)) return Promise.reject(new Refusal('unexpected'));
    const maxResources = limits?.maxResources ?? 1000;
    const counts = limits?.counts ?? all;
    return exchange(true, async ({ client, watch, signal }): Promise<SearchResult> => {
      const matches: Resource[] = [];
      const included: Resource[] = [];
      const seen = new Set<string>();
      let counted = 0;
      let body: unknown = await client.search({
        resourceType: type,
        searchParams,
        options: { postSearch: true, signal },
      });
      for (let pages = 1; ; pages += 1) {
        const page = readPage(body, type, base);
        for (const row of page.matches) {
          if (counted <= maxResources && counts(row)) counted += 1;
          if (counted <= maxResources) matches.push(row);
        }
        included.push(...page.included);
        const full = counted > maxResources || (counts === all && included.length > maxResources);
        const more = page.next !== undefined;
        // Where rows may not count, the limit is passed only by the next one that does.
        const reached = counts === all && counted === maxResources;
        if (full || !more || reached || pages >= (options.maxPages ?? 20))
          return {
            matches,
            included: counts === all ? included.slice(0, maxResources) : included,
            pages,
            bytes: watch.bytes,
            cut: full || more,
          };
        body = await client.request(ownNext(page.next, base, seen), { options: { signal } });
      }
    });
  };

  const read: FhirReader['read'] = (type, id) => {
    if (!typePattern.test(type) || !isFhirId(id)) return Promise.resolve(undefined);
    return orAbsent(
      exchange(true, async ({ client, signal }): Promise<Resource | undefined> => {
        const body = settle(await client.read({ resourceType: type, id, options: { signal } }), base);
        if (!isResource(body) || body.resourceType !== type || body.id !== id)
          throw new Refusal('fhir_malformed');
        return body;
      }),
    );
  };

  const binary: FhirReader['binary'] = (id) => {
    if (!isFhirId(id)) return Promise.resolve(undefined);
    return orAbsent(
      exchange(false, async ({ watch, dispatcher, signal }) => {
        const response = await undiciRequest(`${base}/Binary/${id}`, {
          dispatcher,
          signal,
          headers: {
            authorization: `Bearer ${options.token}`,
            accept: 'application/fhir+json',
            'accept-encoding': 'identity',
          },
        });
        return binaryOf(watch.contentType, new Uint8Array(await response.body.arrayBuffer()));
      }),
    );
  };

  const capabilities = (): Promise<Capabilities> => {
    statement ??= exchange(true, async ({ client, signal }) =>
      capabilitiesOf(settle(await client.capabilityStatement({ signal }), base)),
    );
    return statement;
  };

  return Object.freeze({ server: options.server, search, read, binary, capabilities });
}

interface Exchange {
  readonly client: Client;
  readonly watch: ResponseWatch;
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
}

/** Thrown inside this file only: the server says that there is no such resource. */
class Absent extends Refusal {}

async function orAbsent<T>(answer: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (thrown) {
    if (thrown instanceof Absent) return undefined;
    throw thrown;
  }
}

/** The server says that it is busy, and perhaps for how long, in milliseconds. */
class Busy extends Refusal {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('fhir_unavailable');
    this.retryAfter = retryAfter;
  }
}

/** Milliseconds to wait before the next try, with jitter; undefined after the last. A server is not asked sooner than it said. */
function pauseBefore(tries: number, retryAfter: number): number | undefined {
  if (tries >= 3) return undefined;
  const backOff = 100 * 2 ** (tries - 1);
  return Math.max(retryAfter, backOff) + Math.random() * backOff;
}

async function resting(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await setTimeoutPromise(milliseconds, undefined, { signal });
  } catch {
    throw signal?.reason instanceof Refusal ? signal.reason : new Refusal('caller_gone');
  }
}

/** Maps whatever was thrown to a Refusal without its cause: causes of the client hold URLs, headers and bodies. */
function refusalOf(
  thrown: unknown,
  watch: ResponseWatch,
  timedOut: boolean,
  outer: AbortSignal | undefined,
): Refusal {
  if (outer?.aborted === true)
    return outer.reason instanceof Refusal ? outer.reason : new Refusal('caller_gone');
  if (timedOut) return new NoAnswer('fhir_timeout');
  if (watch.fault === 'status') {
    if (watch.status === 404 || watch.status === 410) return new Absent('fhir_unavailable');
    if (watch.status === 429 || watch.status === 503) return new Busy(watch.retryAfter ?? 0);
    return new Refusal(statusReason(watch.status));
  }
  if (watch.fault !== undefined) return new Refusal(faultReasons[watch.fault]);
  if (thrown instanceof Refusal) return thrown;
  return watch.status === 0 ? new NoAnswer('fhir_unavailable') : new Refusal('fhir_malformed');
}

/** A Binary comes as a resource with base64 data, or bare in its own content type. */
function binaryOf(contentType: string, bytes: Uint8Array): { contentType: string; data: Uint8Array } {
  if (!contentType.includes('json')) return { contentType, data: bytes };
  const body: unknown = parseJson(new TextDecoder().decode(bytes));
  const data = isRecord(body) && body['resourceType'] === 'Binary' ? textOf(body['data']) : undefined;
  const type = isRecord(body) ? textOf(body['contentType']) : undefined;
  if (data === undefined || type === undefined) throw new Refusal('fhir_malformed');
  return { contentType: type, data: new Uint8Array(Buffer.from(data, 'base64')) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('fhir_malformed');
  }
}

function capabilitiesOf(body: unknown): Capabilities {
  if (!isRecord(body) || body['resourceType'] !== 'CapabilityStatement') throw new Refusal('fhir_malformed');
  const fhirVersion = textOf(body['fhirVersion']) ?? '';
  if (!fhirVersion.startsWith('4.')) throw new Refusal('fhir_malformed');
  const types = new Set<string>();
  const searchParams = new Map<string, ReadonlySet<string>>();
  for (const rest of elementsOf(body['rest']))
    for (const entry of elementsOf(rest['resource'])) {
      const type = textOf(entry['type']);
      if (type === undefined) continue;
      types.add(type);
      const names = elementsOf(entry['searchParam']).flatMap((one) => textOf(one['name']) ?? []);
      if (names.length > 0) searchParams.set(type, new Set(names));
    }
  return { fhirVersion, types, searchParams };
}
