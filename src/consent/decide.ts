import type { Resource } from '../vocabulary/fhir.ts';
import type { ConsentDecision, ConsentRequest } from './decision.ts';
import { type ConsentPolicy, evaluateConsents, notUnderstood } from './evaluate.ts';
import { isGroup, resolveMembership } from './membership.ts';
import { namedIn, typeOf } from './named.ts';
import { NotUnderstood } from './reading.ts';

/** Look-ups that consents can make necessary. Errors of a server are Refusals and are passed on. */
export interface ConsentLookups {
  /** Under which references the asker may be named besides the own one: roles held, who holds them, organizations worked for. */
  readonly affiliations: () => Promise<readonly string[]>;
  /** What a group names as its members; undefined where it cannot be read or is not understood. */
  readonly membersOf: (group: string) => Promise<readonly string[] | undefined>;
  /** What an instance of this patient refers to; undefined where it cannot be read. */
  readonly refersTo: (instance: string) => Promise<readonly string[] | undefined>;
}

/**
 * `evaluateConsents`, with the groups and instances looked up first that the consents name. Where they name none,
 * nothing is looked up. Rejects only with the Refusal of a look-up.
 */
export async function decideConsents(
  consents: readonly Resource[],
  request: ConsentRequest,
  policy: ConsentPolicy,
  lookups: ConsentLookups,
): Promise<ConsentDecision> {
  try {
    const named = namedIn([...consents, ...(policy.kept ?? [])]);
    const groups = named.actors.filter(isGroup);
    // Who signs in as a role is a person, and a consent may name the person: then it must be told which one.
    const asRole =
      request.actors.some((actor) => typeOf(actor) === 'PractitionerRole') &&
      named.actors.some((actor) => typeOf(actor) === 'Practitioner');
    const affiliations = groups.length === 0 && !asRole ? [] : await lookups.affiliations();
    if (asRole && !affiliations.some((one) => typeOf(one) === 'Practitioner')) return notUnderstood();
    const asker = [...request.actors, ...affiliations];
    const { belongs, settled } = await resolveMembership(groups, asker, lookups.membersOf);
    const refersTo = new Map<string, readonly string[]>();
    for (const instance of named.related) {
      const found = await lookups.refersTo(instance);
      if (found !== undefined) refersTo.set(instance, found);
    }
    const actors = [...new Set([...asker, ...belongs])];
    return evaluateConsents(consents, { ...request, actors, settled, refersTo }, policy);
  } catch (error) {
    if (error instanceof NotUnderstood) return notUnderstood();
    throw error;
  }
}
