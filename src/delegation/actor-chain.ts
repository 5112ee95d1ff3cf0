import { isRecord } from '../vocabulary/fhir.ts';

/** How many parties may stand in one chain: the one that acts, and those that acted before it. */
const maxActors = 4;

/**
 * The parties of an `act` claim, the present actor first. Undefined for anything that this gateway would not believe: no
 * object, a member other than `sub`, `iss`, `client_id` and `act`, a chain deeper than `maxActors`, or one in which a
 * party stands twice.
 */
export function actorsOf(claim: unknown): readonly string[] | undefined {
  const actors: string[] = [];
  for (let at = claim; at !== undefined; at = at['act']) {
    if (!isRecord(at) || actors.length === maxActors) return undefined;
    const { sub } = at;
    if (typeof sub !== 'string' || sub === '' || actors.includes(sub)) return undefined;
    if (!Object.keys(at).every((name) => ['sub', 'iss', 'client_id', 'act'].includes(name))) return undefined;
    actors.push(sub);
  }
  return actors.length === 0 ? undefined : actors;
}
