import type { IncomingHttpHeaders } from 'node:http';
import type { Pair } from './search/query.ts';

/** One FHIR request as the server received it. Query parameters by name only, form bodies whole. */
export interface ReceivedRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Path with ids, without the query. */
  readonly path: string;
  readonly params: readonly string[];
  readonly form?: Readonly<Record<string, readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
}

const credentials = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'dpop',
  'x-api-key',
  'x-forwarded-client-cert',
]);

const withoutCredentials = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => value !== undefined && !credentials.has(name))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]),
  );

const formOf = (pairs: readonly Pair[]): Record<string, string[]> => {
  const form = new Map<string, string[]>();
  for (const [name, value] of pairs) form.set(name, [...(form.get(name) ?? []), value]);
  return Object.fromEntries(form);
};

/** The newest requests, oldest first. */
export class RequestLog {
  readonly #limit: number;
  #requests: ReceivedRequest[] = [];

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  add(request: {
    at: number;
    method: string;
    path: string;
    query: readonly Pair[];
    form: readonly Pair[] | undefined;
    headers: IncomingHttpHeaders;
  }): void {
    const { at, method, path, query, form, headers } = request;
    this.#requests.push({
      at,
      method,
      path,
      params: query.map(([name]) => name),
      ...(form === undefined ? {} : { form: formOf(form) }),
      headers: withoutCredentials(headers),
    });
    if (this.#requests.length > this.#limit * 1.1) this.#requests = this.#requests.slice(-this.#limit);
  }

  list(): readonly ReceivedRequest[] {
    return this.#requests.slice(-this.#limit);
  }

  clear(): void {
    this.#requests = [];
  }
}
