import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { TicketFinding, TicketSystem } from '../vocabulary/ticket-system.ts';

const mostCharacters = 65_536;

/** The value under these names, own members only. */
const memberOf = (answer: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (within, name) => (isRecord(within) && Object.hasOwn(within, name) ? within[name] : undefined),
      answer,
    );

/**
 * Asks the ticket system for one ticket: GET `{url}/{ticket}` with the ticket as one path segment, JSON back. 404 and 410 are
 * `unknown`. Neither who asks nor about whom leaves. Redirects are not followed.
 *
 * @throws Refusal `ticket_system_unavailable`, `ticket_system_timeout` for every other status, for what is no JSON object,
 * is too large or too slow, or lacks state or assignee
 */
export async function askTicketSystem(
  system: TicketSystem,
  ticket: string,
  isAssignee: (issuer: string, subject: string) => boolean,
  fetch: (url: string, init: RequestInit) => Promise<Response>,
): Promise<TicketFinding> {
  const { assigneeField, authorization, issuer, openStates, stateField, timeoutMs, url } = system;
  // As a segment of a path these would leave the folder of tickets, or name it.
  if (['', '.', '..'].includes(ticket)) return 'unknown';
  const deadline = AbortSignal.timeout(timeoutMs);
  let answer: unknown;
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/${encodeURIComponent(ticket)}`, {
      headers: {
        accept: 'application/json',
        ...(authorization === undefined ? {} : { authorization: `Bearer ${authorization}` }),
      },
      redirect: 'error',
      signal: deadline,
    });
    if (response.status === 404 || response.status === 410) return 'unknown';
    const text = response.status === 200 ? await response.text() : '';
    if (text.length > mostCharacters) throw new Refusal('ticket_system_unavailable');
    answer = JSON.parse(text);
  } catch {
    // The cause stays behind: it may quote the answer.
    throw new Refusal(deadline.aborted ? 'ticket_system_timeout' : 'ticket_system_unavailable');
  }
  const [state, assignee] = [memberOf(answer, stateField), memberOf(answer, assigneeField)];
  if (typeof state !== 'string') throw new Refusal('ticket_system_unavailable');
  if (!openStates.includes(state)) return 'closed';
  // Nobody works on it yet.
  if (assignee === null) return 'not_assigned';
  if (typeof assignee !== 'string') throw new Refusal('ticket_system_unavailable');
  return isAssignee(issuer, assignee) ? 'verified' : 'not_assigned';
}
