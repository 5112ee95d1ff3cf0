import { setTimeout as delay } from 'node:timers/promises';
import { catalogue, type ErrorCode } from '../../../src/errors/catalogue.ts';
import type { Reason } from '../../../src/errors/reasons.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import type { Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { collectIdentifiers, findLeaks, type Identifiers } from '../../leak/matcher.ts';

/** What the caller and the trail are told of one bad input. */
export interface Refused {
  readonly code: ErrorCode;
  readonly reason: Reason;
  readonly event: 'request.denied' | 'response.aborted';
}

/** What an answer says where a bad input is survived: nothing of the bad part is in it. */
export interface Survived {
  readonly answered: string;
}

export type Outcome = Refused | Survived;

/** One bad input by name; docs/bad-input.md lists them all. */
export interface BadInput {
  readonly name: string;
  readonly outcome: Outcome;
}

export const denied = (code: ErrorCode, reason: Reason): Refused => ({
  code,
  reason,
  event: 'request.denied',
});
export const aborted = (code: ErrorCode, reason: Reason): Refused => ({
  code,
  reason,
  event: 'response.aborted',
});

export const malformed = denied('invalid_request', 'malformed_request');
export const unknownMember = denied('invalid_request', 'position_not_allowed');

/** The trail once its terminal event stands, which for a delivered answer is after its last byte. */
export async function endedTrail(sandbox: SandboxUnderTest, id: string): ReturnType<typeof storedTrail> {
  const ends = /^(response\.(delivered|aborted)|request\.denied)$/;
  for (let n = 0; n < 100; n += 1) {
    const events = await storedTrail(sandbox, id);
    if (events.some(({ event }) => ends.test(event))) return events;
    await delay(50);
  }
  return storedTrail(sandbox, id);
}

/** Error code in any of the error shapes of the public listener; JSON-RPC has ours in its data. */
export function codeOf(body: Readonly<Record<string, unknown>>): unknown {
  const { error } = body;
  if (isRecord(error) && isRecord(error['data'])) return error['data']['code'];
  if (isRecord(error)) return error['code'];
  return body['code'] ?? error;
}

/** Every identifier of every loaded patient. */
export const identifiersOf = (sandbox: SandboxUnderTest): Identifiers =>
  collectIdentifiers(sandbox.running.store.types().flatMap((type) => sandbox.running.store.all(type)));

/** Events of a trail as they are stored, also of requests that no tenant could be told for. */
export async function storedTrail(
  sandbox: SandboxUnderTest,
  id: string,
): Promise<readonly { readonly event: string; readonly reason?: string }[]> {
  const { trail } = sandbox.running.gateway.gateway.services;
  const own = await trail.trail(sandbox.ready.tenant, id);
  return [...own, ...(await trail.trail('-', id))];
}

const headersText = (headers: Headers): string =>
  // `date` is the day of the test, which may be a day of a record.
  [...headers]
    .filter(([name]) => name !== 'date')
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

/** What the next request after a bad input comes to: the gateway goes on as before. */
export const nextStatus = async (sandbox: SandboxUnderTest): Promise<number> => (await sandbox.ask()).status;

/** What one refused reply came to, for the caller and on the trail. */
export async function told(sandbox: SandboxUnderTest, reply: Reply, identifiers: Identifiers) {
  const events = await storedTrail(sandbox, reply.trail);
  return {
    status: reply.status,
    code: codeOf(reply.body),
    reason: events.at(-1)?.reason,
    event: events.at(-1)?.event,
    delivered: events.some(({ event }) => event === 'response.delivered'),
    answer: reply.body['choices'],
    retry: reply.headers.get('x-should-retry'),
    leaks: findLeaks(`${headersText(reply.headers)}\n${reply.text}`, identifiers),
  };
}

/**
 * What one refused reply came to, and what comes after it. Compared with `promised`: the documented status and code,
 * the reason and the event that ends the trail, no retry, no identifier anywhere in it, nothing of an answer, and
 * the next request is answered.
 */
export const seen = async (sandbox: SandboxUnderTest, reply: Reply, identifiers: Identifiers) => ({
  ...(await told(sandbox, reply, identifiers)),
  next: await nextStatus(sandbox),
});

export const promised = ({ code, reason, event }: Refused) => ({
  status: catalogue[code].status,
  code,
  reason,
  event,
  delivered: false,
  answer: undefined,
  retry: 'false',
  leaks: [],
  next: 200,
});

export const isRefused = (outcome: Outcome): outcome is Refused => 'reason' in outcome;
