import { STATUS_CODES } from 'node:http';
import { Refusal } from '../errors/refusal.ts';
import type { Face } from './face.ts';
import { problemOf } from './problem.ts';

/** What the HTTP parser found: headers over the limit are told apart, all else is no HTTP that we understand. */
const refusalOf = (code: string | undefined): Refusal =>
  new Refusal(code === 'HPE_HEADER_OVERFLOW' ? 'request_too_large' : 'malformed_request');

/**
 * The whole answer, head and body, to bytes that never became a request: there is no response object for those.
 * The refusal is on the trail first, like any other; nothing of what was sent is in the answer.
 */
export async function unreadableAnswer(face: Face, code: string | undefined): Promise<string> {
  const trail = face.gateway.newTrail();
  const refusal = await face.gateway.refused(trail, refusalOf(code));
  const { status } = refusal.entry;
  const body = JSON.stringify(problemOf(refusal, trail));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `phi-trail: ${trail}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'x-should-retry: false',
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
