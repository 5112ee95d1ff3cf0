import type { IncomingMessage } from 'node:http';
import { askerView } from '../audit/asker-view.ts';
import { describeTrail } from '../audit/describe-trail.ts';
import type { StoredEvent } from '../audit/events.ts';
import { openedTrail } from '../envelope/sealer.ts';
import { Refusal } from '../errors/refusal.ts';
import { trailFactsFrom } from '../policy/facts.ts';
import { isOrderedId } from '../vocabulary/ordered-id.ts';
import { askerFacts, type Caller, callerOf, userPseudonym } from './caller.ts';
import type { Face } from './face.ts';
import { inOffice } from './office.ts';
import { routes } from './routes.ts';

/**
 * Whether a trail began with a request of this caller. A delegated token stands for one patient and one task: with
 * it the caller reads the trail of its exchange and of what was asked with it, and no other.
 */
function isOwn(
  services: Face['gateway']['services'],
  { user, presented }: Caller,
  events: readonly StoredEvent[],
): boolean {
  const pseudonym = userPseudonym(services, user);
  return events.some(
    ({ trail, facts }) =>
      facts['user'] === pseudonym &&
      (presented === undefined || trail === presented.txn || facts['exchange'] === presented.txn),
  );
}

type TrailRequest = IncomingMessage & { readonly params?: Readonly<Record<string, unknown>> };

/**
 * The events of the trail that is asked for, for who may see them. The reading is itself on the trail before anything is
 * handed out, whether or not there was something to see.
 *
 * @throws Refusal `trail_not_visible`, the same for a foreign trail and for none
 */
async function visibleTrail(
  face: Face,
  caller: Caller,
  id: unknown,
  trail: string,
  route: string,
): Promise<{ readonly id: string; readonly events: readonly StoredEvent[]; readonly officer: boolean }> {
  const { services } = face.gateway;
  const { user } = caller;
  const known = isOrderedId(id) ? id : undefined;
  const events = known === undefined ? [] : await services.trail.trail(user.tenant, known);
  const asking = inOffice(caller);
  const decision = services.policy.decideTrail(
    trailFactsFrom(asking, {
      tenant: events[0]?.tenant ?? '',
      sameUser: isOwn(services, caller, events),
    }),
  );
  const visible = events.length > 0 && decision.effect === 'allow';
  await face.gateway.record(trail, 'trail.read', user.tenant, {
    ...askerFacts(services, user),
    route,
    found: visible,
    ...(known === undefined ? {} : { read: known }),
    events: visible ? events.length : 0,
  });
  if (!visible || known === undefined) throw new Refusal('trail_not_visible');
  return { id: known, events, officer: asking.roles.includes('compliance') };
}

/** The event that let the answer leave: what a receipt and a proof are about. */
const releaseOf = (events: readonly StoredEvent[]): StoredEvent | undefined =>
  events.findLast(({ event }) => event === 'response.released');

const receiptOf = (face: Face, released: StoredEvent | undefined) =>
  released === undefined ? {} : { receipt: face.gateway.services.transparency.receipt(released) };

const routeOf = (name: 'trail' | 'trailProof'): string => `GET ${routes[name].path}`;

/** GET /v1/trails/{id}: for the asker of that trail and for compliance officers of its tenant. */
export async function readTrail(face: Face, request: TrailRequest, trail: string): Promise<object> {
  const caller = await callerOf(face, request);
  const { id, events, officer } = await visibleTrail(
    face,
    caller,
    request.params?.['id'],
    trail,
    routeOf('trail'),
  );
  return {
    id,
    ...(officer
      ? describeTrail(events, await openedTrail(face.gateway.services.vault, events))
      : describeTrail(askerView(events))),
    ...receiptOf(face, releaseOf(events)),
  };
}

/** A trail as its asker sees it, also for officers: what is sealed on it is for people. */
export async function explainTrail(
  face: Face,
  caller: Caller,
  asked: unknown,
  trail: string,
  route: string,
): Promise<object> {
  const { id, events } = await visibleTrail(face, caller, asked, trail, route);
  return { id, ...describeTrail(askerView(events)), ...receiptOf(face, releaseOf(events)) };
}

/** GET /v1/trails/{id}/proof: inclusion of the release in the latest signed checkpoint, as a `.tlog-proof` file. */
export async function proveTrail(face: Face, request: TrailRequest, trail: string): Promise<string> {
  const caller = await callerOf(face, request);
  const { events } = await visibleTrail(face, caller, request.params?.['id'], trail, routeOf('trailProof'));
  const released = releaseOf(events);
  if (released === undefined) throw new Refusal('trail_not_visible');
  return face.gateway.services.transparency.proof(released);
}

/** GET /v1/checkpoints: says nothing of anyone, so that every signed-in caller may keep one. */
export async function readCheckpoint(face: Face, request: IncomingMessage): Promise<string> {
  await callerOf(face, request);
  await face.gateway.services.transparency.cover();
  return face.gateway.services.transparency.checkpoint;
}
