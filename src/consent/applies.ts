import type { ConsentRequest } from './decision.ts';
import { personTypes, typeOf } from './named.ts';
import type { Provision } from './provision.ts';
import { denialCovers, permitCovers } from './purpose-of-use.ts';
import { NotUnderstood } from './reading.ts';

type Match = boolean | 'unknown';

/** The request conditions of a provision; a nested permit takes over from its parent those that it does not state. */
export interface RequestConditions {
  readonly period: Provision['period'];
  readonly actors: Provision['actors'];
  readonly purposes: Provision['purposes'];
  readonly actions: Provision['actions'];
}

export const unconditional: RequestConditions = { period: undefined, actors: [], purposes: [], actions: [] };

/**
 * What a nested permit is bound to: its own conditions and, for the kinds that it does not name, its parent's. IHE
 * PCF names a purpose (BTG) or an actor in a nested permit that the root does not hold.
 */
export const inherit = (own: Provision, parent: RequestConditions): RequestConditions => ({
  period: own.period ?? parent.period,
  actors: own.actors.length > 0 ? own.actors : parent.actors,
  purposes: own.purposes.length > 0 ? own.purposes : parent.purposes,
  actions: own.actions.length > 0 ? own.actions : parent.actions,
});

/** A permit applies only where every condition is known to hold. */
export const permitApplies = (conditions: RequestConditions, request: ConsentRequest): boolean =>
  covers(conditions.period, request.now) &&
  permitCovers(conditions.purposes, request.purpose) &&
  (conditions.actions.length === 0 || conditions.actions.includes(request.action)) &&
  matchActors(conditions.actors, request) === true;

/**
 * A denial applies by its own conditions only, so that a narrow parent never narrows it. Throws NotUnderstood where
 * it would apply but for an actor that cannot be resolved.
 */
export function denialApplies(own: Provision, request: ConsentRequest): boolean {
  if (!covers(own.period, request.now)) return false;
  if (!denialCovers(own.purposes, request.purpose)) return false;
  if (own.actions.length > 0 && !own.actions.some((action) => brings(request, action))) return false;
  const match = matchActors(own.actors, request);
  if (match === 'unknown') throw new NotUnderstood();
  return match;
}

const brings = ({ action, entails = [] }: ConsentRequest, named: string): boolean =>
  named === action || entails.includes(named);

export const covers = (period: Provision['period'], now: number): boolean =>
  period === undefined || (now >= period.start && now <= period.end);

/** Any of the actors. A person is compared; a group that the request does not list may still have it as a member. */
export function matchActors(
  actors: Provision['actors'],
  request: Pick<ConsentRequest, 'actors' | 'roles' | 'settled'>,
): Match {
  if (actors.length === 0) return true;
  const matches = actors.map(({ roles, reference }): Match => {
    if (roles.length > 0 && !roles.some((role) => request.roles.includes(role))) return false;
    if (reference === undefined) return true;
    const named = `${reference.type}/${reference.id}`;
    if (request.actors.includes(named)) return true;
    // Anything else is a group or a role that has members.
    const known = personTypes.has(reference.type)
      ? request.actors.some(isPerson)
      : request.settled?.has(named) === true;
    return known ? false : 'unknown';
  });
  if (matches.includes(true)) return true;
  return matches.includes('unknown') ? 'unknown' : false;
}

const isPerson = (reference: string): boolean => personTypes.has(typeOf(reference));
