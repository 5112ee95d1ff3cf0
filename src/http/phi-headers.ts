import type { IncomingMessage } from 'node:http';
import { Refusal } from '../errors/refusal.ts';

const members = ['patient', 'task', 'purpose', 'encounter', 'ticket', 'conversation'] as const;

export const phiHeaders = members.map((member) => `phi-${member}`);

/** Bytes beyond ASCII are read in one way by one client and in another by the next: they would name somebody else. */
const plain = /^[\x20-\x7e]*$/;

/**
 * The `phi` object of a request: the body's, or `phi-patient`, `phi-task` and so on for clients that can only add
 * headers. They are a caller's claims like the body's, and nothing of them is sent on. Proxies write headers to their
 * logs: a body is the better place.
 *
 * @throws Refusal `malformed_request` where both say something, one header stands twice, or one is not ASCII
 */
export function phiOf(request: IncomingMessage, inBody: unknown): unknown {
  const found = members.flatMap((member): (readonly [string, string])[] => {
    const [value, second] = request.headersDistinct[`phi-${member}`] ?? [];
    if (second !== undefined) throw new Refusal('malformed_request', { fault: '/phi' });
    if (value === undefined) return [];
    if (!plain.test(value))
      throw new Refusal('malformed_request', {
        fault: `/phi/${member}`,
        sentence: 'Headers are read as ASCII: say anything else in the body.',
      });
    return [[member, value]];
  });
  if (found.length === 0) return inBody;
  if (inBody !== undefined)
    throw new Refusal('malformed_request', {
      fault: '/phi',
      sentence: 'Say what is asked about in the body or in headers, not in both.',
    });
  return Object.fromEntries(found);
}
