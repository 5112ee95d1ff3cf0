import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';

/** How many parties may stand in one chain: the one that acts, and those that acted before it. */
const maxActors = 4;

/** RFC 8693, section 4.1: who acts, and nested inside who acted before. */
export interface ActClaim {
  readonly sub: string;
  readonly act?: ActClaim;
}

/** `act` of a chain, the present actor first. Throws Refusal('scope_exceeded') for one that nobody would believe. */
export function actClaim(actors: readonly [string, ...string[]]): ActClaim {
  if (actors.length > maxActors || new Set(actors).size < actors.length) throw new Refusal('scope_exceeded');
  const [sub, next, ...others] = actors;
  return next === undefined ? { sub } : { sub, act: actClaim([next, ...others]) };
}

/**
 * The parties of an `act` claim, the present actor first. Undefined for anything that this gateway would not believe: no
 * object, a member other than `sub`, `act` and those of `more`, a chain deeper than `maxActors`, or one in which a
 * party stands twice.
 */
export function actorsOf(claim: unknown, more: readonly string[] = []): readonly string[] | undefined {
  const actors: string[] = [];
  for (let at = claim; at !== undefined; at = at['act']) {
    if (!isRecord(at) || actors.length === maxActors) return undefined;
    const { sub } = at;
    if (typeof sub !== 'string' || sub === '' || actors.includes(sub)) return undefined;
    if (!Object.keys(at).every((name) => ['sub', 'act', ...more].includes(name))) return undefined;
    actors.push(sub);
  }
  return actors.length === 0 ? undefined : actors;
}
