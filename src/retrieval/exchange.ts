import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import type { Client } from 'fhir-kit-client';
import { type Dispatcher, getGlobalDispatcher } from 'undici';
import type { Reason } from '../errors/reasons.ts';
import { Refusal } from '../errors/refusal.ts';
import type { ServerFault } from '../vocabulary/server-fault.ts';
import { fhirClient } from './fhir-client.ts';
import { GuardedRequests, type ResponseFault, type ResponseWatch } from './response-guard.ts';
import { NoAnswer, type ServerGuard } from './server-guard.ts';

export interface ExchangeOptions {
  /** FHIR base without a slash at its end. */
  readonly base: string;
  readonly token: string;
  /** Of one search with all its pages, or of one read. */
  readonly timeoutMs: number;
  /** Of one search with all its pages, or of one read. */
  readonly maxResponseBytes: number;
  /** The envelope's: aborts what is under way. Its reason is passed on where it is a Refusal. */
  readonly signal?: AbortSignal;
  /** Connections (TLS, mutual TLS, pool); the process's own pool by default. */
  readonly connections?: Dispatcher;
  /** What all readers of this server share: concurrency limit and circuit breaker. */
  readonly guard?: ServerGuard;
  /** Told what the server did that no server may. */
  readonly onFault?: (fault: ServerFault, rows: number) => void;
}

/** What one call to the server works with; thrown away after it. */
export interface Exchange {
  readonly client: Client;
  readonly watch: ResponseWatch;
  readonly requests: GuardedRequests;
}

/** Runs one call, or several that belong together, within the limits; every error is a Refusal (`fhir_*`). */
export type Exchanges = <T>(
  kind: {
    readonly json: boolean;
    /** How many searches share this call, each with its own room for bytes; one by default. */
    readonly searches?: number;
  },
  call: (exchange: Exchange) => Promise<T>,
) => Promise<T>;

const faultReasons: Readonly<Record<Exclude<ResponseFault, 'status'>, Reason>> = {
  redirect: 'fhir_untrusted',
  too_large: 'fhir_malformed',
  encoded: 'fhir_malformed',
  content_type: 'fhir_malformed',
};

/** Reasons of statuses that are not told apart further. */
const statusReason = (status: number): Reason => {
  if (status === 401 || status === 403) return 'fhir_refused';
  return status === 408 || status === 504 ? 'fhir_timeout' : 'fhir_unavailable';
};

/** Refusals that tell of the server rather than of its load. */
const alerts: Readonly<Partial<Record<Reason, ServerFault>>> = {
  fhir_malformed: 'malformed_answer',
  fhir_untrusted: 'foreign_link',
};

/**
 * Calls to one server with one token. The token lives in a closure only. Only 429, 503 and, once, a connection that was
 * reset before a response are tried again, inside the time of the call; every other refusal is final.
 */
export function createExchanges(options: ExchangeOptions): Exchanges {
  const connections = options.connections ?? getGlobalDispatcher();
  const guard: ServerGuard = options.guard ?? ((call) => call());

  /** One attempt; ends when the envelope ends or its own time is over. */
  const attempt = async <T>(
    kind: Parameters<Exchanges>[0],
    timeoutMs: number,
    call: (exchange: Exchange) => Promise<T>,
  ): Promise<T> => {
    const watch: ResponseWatch = {
      maxBytes: options.maxResponseBytes * (kind.searches ?? 1),
      json: kind.json,
      status: 0,
      bytes: 0,
      contentType: '',
      retryAfter: undefined,
      fault: undefined,
      reset: false,
    };
    const requests = new GuardedRequests(connections, watch);
    const stop = (): void => requests.halt(new Error('stopped'));
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      stop();
    }, timeoutMs);
    options.signal?.addEventListener('abort', stop, { once: true });
    try {
      if (options.signal?.aborted === true) throw new Error('stopped');
      const client = fhirClient(options, requests);
      return await Promise.race([call({ client, watch, requests }), requests.halted]);
    } catch (thrown) {
      const refusal = refusalOf(thrown, watch, timedOut, options.signal);
      const alert = watch.fault === 'redirect' ? 'redirect' : alerts[refusal.reason];
      if (alert !== undefined) options.onFault?.(alert, 1);
      throw refusal;
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
    }
  };

  /**
   * A server may close a connection at rest while the next request is on its way. That request is sent once more: reads
   * change nothing, searches by POST neither, and no byte of a response had come.
   */
  const attemptOnKept: typeof attempt = async (kind, timeoutMs, call) => {
    const began = performance.now();
    try {
      return await attempt(kind, timeoutMs, call);
    } catch (thrown) {
      const left = timeoutMs - (performance.now() - began);
      if (!(thrown instanceof Reset) || left <= 0) throw thrown;
      return attempt(kind, left, call);
    }
  };

  /** Reads change nothing, so a server that says it is busy (429, 503) is asked again while there is time. */
  return async (kind, call) => {
    const deadline = performance.now() + options.timeoutMs;
    for (let tries = 1; ; tries += 1) {
      const left = deadline - performance.now();
      try {
        return await guard(() => attemptOnKept(kind, left, call));
      } catch (thrown) {
        const pause = thrown instanceof Busy ? pauseBefore(tries, thrown.retryAfter) : undefined;
        if (pause === undefined || pause >= deadline - performance.now()) throw thrown;
        await resting(pause, options.signal);
      }
    }
  };
}

/** Told apart inside this file only: the server says that there is no such resource. */
class Absent extends Refusal {}

/** What a call answered; undefined where the server says that there is no such resource. */
export async function orAbsent<T>(answer: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (thrown) {
    if (thrown instanceof Absent) return undefined;
    throw thrown;
  }
}

/** The connection was reset before a byte of a response. */
class Reset extends NoAnswer {}

/** The server says that it is busy, and perhaps for how long, in milliseconds. */
export class Busy extends Refusal {
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

/** What an error status means. `retryAfter` in milliseconds. */
export function refusalOfStatus(status: number, retryAfter = 0): Refusal {
  if (status === 404 || status === 410) return new Absent('fhir_unavailable');
  if (status === 429 || status === 503) return new Busy(retryAfter);
  return new Refusal(statusReason(status));
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
  if (watch.fault === 'status') return refusalOfStatus(watch.status, watch.retryAfter);
  if (watch.fault !== undefined) return new Refusal(faultReasons[watch.fault]);
  if (thrown instanceof Refusal) return thrown;
  if (watch.reset) return new Reset('fhir_unavailable');
  return watch.status === 0 ? new NoAnswer('fhir_unavailable') : new Refusal('fhir_malformed');
}
