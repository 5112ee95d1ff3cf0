import type { Dispatcher } from 'undici';

/** What a response did that ends the request, found before a parser sees a byte of it. */
export type ResponseFault = 'redirect' | 'status' | 'too_large' | 'encoded' | 'content_type';

/** One call's watch: what is refused about a response is told by status, headers and size. */
export interface ResponseWatch {
  readonly maxBytes: number;
  readonly json: boolean;
  status: number;
  bytes: number;
  contentType: string;
  /** What a busy server asks for, in milliseconds (RFC 9110, 10.2.3). */
  retryAfter: number | undefined;
  fault: ResponseFault | undefined;
  /** The connection was reset before a byte of a response came: servers close what rests as they like. */
  reset: boolean;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const headerOf = (headers: Headers, name: string): string => {
  const value = headers[name];
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).toLowerCase();
};

const jsonTypes = new Set(['application/fhir+json', 'application/json', 'application/json+fhir']);

/** Judges status and headers alone. Compressed bodies are refused, because their size is unknown until inflated. */
export function headerFault(
  status: number,
  headers: Headers,
  watch: ResponseWatch,
): ResponseFault | undefined {
  if (status >= 300 && status < 400) return 'redirect';
  // Nothing but 200 carries what was asked for: not 202, 204 or 206.
  if (status !== 200) return 'status';
  const encoding = headerOf(headers, 'content-encoding');
  if (encoding !== '' && encoding !== 'identity') return 'encoded';
  if (Number(headerOf(headers, 'content-length')) > watch.maxBytes) return 'too_large';
  const type = headerOf(headers, 'content-type').split(';')[0]?.trim() ?? '';
  return watch.json && !jsonTypes.has(type) ? 'content_type' : undefined;
}

/** Seconds or an HTTP date, as milliseconds from now. */
function retryAfterOf(header: string): number | undefined {
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

const resets = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const isReset = (error: Error): boolean =>
  'code' in error && typeof error.code === 'string' && resets.has(error.code);

/** One request over a pool of connections. */
export interface Sent {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Ends what is under way: now, or as soon as a connection takes it up. */
interface Halting {
  halt(reason: Error): void;
}

class GuardedAnswer implements Dispatcher.DispatchHandler, Halting {
  readonly #watch: ResponseWatch;
  readonly #settle: { resolve(body: Uint8Array): void; reject(error: Error): void };
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #halted: Error | undefined;

  constructor(watch: ResponseWatch, settle: { resolve(body: Uint8Array): void; reject(error: Error): void }) {
    this.#watch = watch;
    this.#settle = settle;
  }

  halt(reason: Error): void {
    this.#halted ??= reason;
    this.#controller?.abort(reason);
    this.#settle.reject(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#halted !== undefined) controller.abort(this.#halted);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[]>,
  ): void {
    if (status < 200) return;
    this.#watch.status = status;
    this.#watch.contentType = headerOf(headers, 'content-type');
    this.#watch.retryAfter = retryAfterOf(headerOf(headers, 'retry-after'));
    const fault = headerFault(status, headers, this.#watch);
    if (fault !== undefined) this.#end(fault);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#watch.bytes += chunk.byteLength;
    if (this.#watch.bytes > this.#watch.maxBytes) this.#end('too_large');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first, ...more] = this.#chunks;
    this.#settle.resolve(first !== undefined && more.length === 0 ? first : Buffer.concat(this.#chunks));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#watch.status === 0 && isReset(error)) this.#watch.reset = true;
    this.#settle.reject(error);
  }

  #end(fault: ResponseFault): void {
    this.#watch.fault ??= fault;
    this.halt(new Error('response refused'));
  }
}

/** The requests of one call: all end with it. */
export class GuardedRequests {
  /** Rejects when they are ended from outside. */
  readonly halted: Promise<never>;
  readonly #connections: Dispatcher;
  readonly #watch: ResponseWatch;
  readonly #underWay = new Set<Halting>();
  #reject: ((reason: Error) => void) | undefined;
  #halted: Error | undefined;

  constructor(connections: Dispatcher, watch: ResponseWatch) {
    this.#connections = connections;
    this.#watch = watch;
    this.halted = new Promise<never>((_resolve, reject) => {
      this.#reject = reject;
    });
  }

  /**
   * The body of the answer, whole. A response ends at the first thing wrong with it, before its body is read: redirect,
   * error status, encoding, type, size.
   *
   * @throws Error of the connection, or of what ended it; what was wrong with the response stands in the watch
   */
  async send({ body, headers, method, url }: Sent): Promise<Uint8Array> {
    if (this.#halted !== undefined) throw this.#halted;
    // What the page before was answered with says nothing of this one.
    this.#watch.status = 0;
    this.#watch.reset = false;
    const { origin, pathname, search } = new URL(url);
    let one: Halting | undefined;
    try {
      return await new Promise<Uint8Array>((resolve, reject) => {
        const answer = new GuardedAnswer(this.#watch, { resolve, reject });
        one = answer;
        this.#underWay.add(answer);
        this.#connections.dispatch(
          { origin, path: `${pathname}${search}`, method, headers, body: body ?? null },
          answer,
        );
      });
    } finally {
      if (one !== undefined) this.#underWay.delete(one);
    }
  }

  /** Ends everything under way, and what would begin later. */
  halt(reason: Error): void {
    this.#halted ??= reason;
    this.#reject?.(reason);
    for (const one of this.#underWay) one.halt(reason);
  }
}
