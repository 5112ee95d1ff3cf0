import { inherit, matchActors, type RequestConditions, unconditional } from './applies.ts';
import type { ConsentRequest } from './decision.ts';
import type { ReadConsent } from './parse.ts';
import type { Provision } from './provision.ts';
import { denialCovers, permitCovers, purposesBelow } from './purpose-of-use.ts';

/** Somebody who may ask about records, or may not: `purposes` are those for which any task is open to them. */
export interface PossibleAsker extends Pick<ConsentRequest, 'actors' | 'roles'> {
  readonly purposes: readonly string[];
}

const purposesOf = ({ purposes }: PossibleAsker): readonly string[] => [
  ...new Set(purposes.flatMap((purpose) => purposesBelow(purpose))),
];

/**
 * Whether some permit in a consent, at whatever time and for whatever data, could open something to this person. A
 * group of which nobody knows here whether they belong to it counts as one that they belong to.
 */
export function opensTo({ root }: ReadConsent, asker: PossibleAsker): boolean {
  const purposes = purposesOf(asker);
  const reaches = (provision: Provision, parent: RequestConditions): boolean => {
    const bound = inherit(provision, parent);
    const own =
      provision.type === 'permit' &&
      purposes.some((purpose) => permitCovers(bound.purposes, purpose)) &&
      matchActors(bound.actors, asker) !== false;
    return own || provision.nested.some((nested) => reaches(nested, bound));
  };
  return reaches(root, unconditional);
}

/** Whether some denial in a consent could keep something from this person: without it they might see more. */
export function keepsFrom({ otherwiseDeny, root }: ReadConsent, asker: PossibleAsker): boolean {
  const purposes = purposesOf(asker);
  const reaches = ({ actors, nested, purposes: named, type }: Provision): boolean =>
    (type === 'forbid' &&
      purposes.some((purpose) => denialCovers(named, purpose)) &&
      matchActors(actors, asker) !== false) ||
    nested.some(reaches);
  return (otherwiseDeny && purposes.length > 0) || reaches(root);
}

/** Whether a consent denies anything to anybody. */
export function denies({ otherwiseDeny, root }: ReadConsent): boolean {
  const forbids = ({ nested, type }: Provision): boolean => type === 'forbid' || nested.some(forbids);
  return otherwiseDeny || forbids(root);
}
