import { DecoratorHandler, type Dispatcher } from 'undici';

/** What a response did that ends the request, found before a parser sees a byte of it. */
export type ResponseFault = 'redirect' | 'status' | 'too_large' | 'encoded' | 'content_type';

/** One request's watch: the client library hides status, headers and size, so they are noted here. */
export interface ResponseWatch {
  readonly maxBytes: number;
  readonly json: boolean;
  /** Called once at the first fault: a fetch whose body is torn down before it is read may never settle by itself. */
  readonly onFault: () => void;
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

class ResponseGuard implements Dispatcher.DispatchHandler {
  readonly #inner: Dispatcher.DispatchHandler;
  readonly #watch: ResponseWatch;

  constructor(handler: Dispatcher.DispatchHandler, watch: ResponseWatch) {
    this.#inner = new DecoratorHandler(handler);
    this.#watch = watch;
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#inner.onRequestStart?.(controller, context);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[]>,
    statusMessage?: string,
  ): void {
    if (status < 200) return;
    this.#watch.status = status;
    this.#watch.contentType = headerOf(headers, 'content-type');
    this.#watch.retryAfter = retryAfterOf(headerOf(headers, 'retry-after'));
    const fault = headerFault(status, headers, this.#watch);
    if (fault !== undefined) this.#end(controller, fault);
    else this.#inner.onResponseStart?.(controller, status, headers, statusMessage);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#watch.bytes += chunk.byteLength;
    if (this.#watch.bytes > this.#watch.maxBytes) this.#end(controller, 'too_large');
    else this.#inner.onResponseData?.(controller, chunk);
  }

  onResponseEnd(
    controller: Dispatcher.DispatchController,
    trailers: Record<string, string | string[]>,
  ): void {
    this.#inner.onResponseEnd?.(controller, trailers);
  }

  onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#watch.status === 0 && isReset(error)) this.#watch.reset = true;
    this.#inner.onResponseError?.(controller, error);
  }

  #end(controller: Dispatcher.DispatchController, fault: ResponseFault): void {
    this.#watch.fault ??= fault;
    controller.abort(new Error('response refused'));
    this.#watch.onFault();
  }
}

/** A dispatcher that ends a response at the first thing wrong with it: redirect, error status, encoding, type, size. */
export const guarded = (connections: Dispatcher, watch: ResponseWatch): Dispatcher =>
  connections.compose(
    (dispatch) => (options, handler) => dispatch(options, new ResponseGuard(handler, watch)),
  );
