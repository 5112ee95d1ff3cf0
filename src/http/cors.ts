import type { IncomingMessage, ServerResponse } from 'node:http';
import { phiHeaders } from './phi-headers.ts';

/** What a page may send beside the headers that every page may (Fetch standard, section 3.2.2). */
const requestHeaders = [
  'authorization',
  'content-type',
  'dpop',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  ...phiHeaders,
].join(', ');
/** What a page may read: the trail, how long it took, the nonce of its next proof, and what a refusal asks for. */
const answerHeaders = 'phi-trail, server-timing, dpop-nonce, www-authenticate, retry-after, x-should-retry';
/** Seconds for which a browser need not ask again. */
const preflightSeconds = 600;

/** The page's origin, however often the header stands there; several are no origin that anybody lists. */
export const originOf = (request: IncomingMessage): string | undefined =>
  request.headersDistinct['origin']?.join(' ');

/**
 * Lets pages of listed origins read answers, and answers their browsers' preflights; true where that was all. No cookie
 * and no TLS certificate counts from a page: `Access-Control-Allow-Credentials` is never sent. Which workload a page speaks
 * for is asked with its token.
 */
export function answerAcrossOrigins(
  origins: ReadonlySet<string>,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (origins.size === 0) return false;
  response.setHeader('vary', 'origin');
  const origin = originOf(request);
  if (origin === undefined || !origins.has(origin)) return false;
  response.setHeader('access-control-allow-origin', origin);
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
    response.setHeader('access-control-expose-headers', answerHeaders);
    return false;
  }
  response.setHeader('access-control-allow-methods', 'GET, POST');
  response.setHeader('access-control-allow-headers', requestHeaders);
  response.setHeader('access-control-max-age', preflightSeconds);
  response.statusCode = 204;
  if (!request.complete) response.setHeader('connection', 'close');
  response.end();
  return true;
}
