import type { IncomingHttpHeaders, RequestListener } from 'node:http';

/**
 * Why a request is not meant for a loopback listener on `port`, as a status: 421 where its Host is another name
 * that was made to resolve to loopback (DNS rebinding), 403 where a web page of another origin sent it; undefined
 * where neither is so. `Origin: null` is foreign; `origins` are those that a workload lists.
 */
export function misdirected(
  headers: IncomingHttpHeaders,
  port: number,
  scheme: 'http' | 'https' = 'http',
  origins: ReadonlySet<string> = new Set(),
): 421 | 403 | undefined {
  const { host, origin } = headers;
  const own = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (host === undefined || !own.includes(host)) return 421;
  const known = origin === undefined || origin === `${scheme}://${host}` || origins.has(origin);
  return known ? undefined : 403;
}

/** A handler that answers only what is meant for this loopback listener; `port` is asked at each request. */
export const onOwnAddress =
  (
    port: () => number,
    handler: RequestListener,
    scheme: 'http' | 'https' = 'http',
    origins: ReadonlySet<string> = new Set(),
  ): RequestListener =>
  (request, response) => {
    const status = misdirected(request.headers, port(), scheme, origins);
    if (status === undefined) {
      handler(request, response);
      return;
    }
    response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
    response.end(status === 421 ? 'misdirected request\n' : 'requests from other web pages are refused\n');
  };
