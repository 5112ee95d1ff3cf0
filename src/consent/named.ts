import { isRecord, type Resource } from '../vocabulary/fhir.ts';
import { isGroup } from './membership.ts';
import { caps, NotUnderstood } from './reading.ts';

/** Types of which the gateway reads what an instance refers to: of others what is related cannot be told. */
const relatedTypes: ReadonlySet<string> = new Set([
  'Account',
  'Appointment',
  'CareTeam',
  'Coverage',
  'Encounter',
]);

/** Types of persons that a request names by reference. */
export const personTypes: ReadonlySet<string> = new Set(['Practitioner', 'Patient', 'RelatedPerson']);

export const typeOf = (reference: string): string => reference.slice(0, reference.indexOf('/'));
export const canBeRelated = (instance: string): boolean => relatedTypes.has(typeOf(instance));

/** Whether it can ever be told who is meant, and what is related to what: a device, say, is nobody who asks. */
export const canBeTold = ({ actors, related }: Named): boolean =>
  actors.every((actor) => personTypes.has(typeOf(actor)) || isGroup(actor)) && related.every(canBeRelated);

/** What consents name that somebody has to look up before they can be evaluated. */
export interface Named {
  /** References of actors, as written. */
  readonly actors: readonly string[];
  /** Instances whose related data a rule is about. */
  readonly related: readonly string[];
}

const elementsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

const referenceOf = (value: unknown): readonly string[] =>
  isRecord(value) && typeof value['reference'] === 'string' ? [value['reference']] : [];

/**
 * Looks through the active consents without understanding them: what is malformed is passed over here and refused
 * when it is read. Throws NotUnderstood beyond the caps.
 */
export function namedIn(consents: readonly Resource[]): Named {
  const actors = new Set<string>();
  const related = new Set<string>();
  let left: number = caps.elements;
  const look = (provision: unknown, depth: number): void => {
    if (!isRecord(provision)) return;
    const actorElements = elementsOf(provision['actor']);
    const dataElements = elementsOf(provision['data']);
    left -= 1 + actorElements.length + dataElements.length;
    if (left < 0 || depth > caps.depth) throw new NotUnderstood();
    for (const { reference } of actorElements) for (const one of referenceOf(reference)) actors.add(one);
    for (const { meaning, reference } of dataElements)
      if (meaning === 'related') for (const one of referenceOf(reference)) related.add(one);
    for (const nested of elementsOf(provision['provision'])) look(nested, depth + 1);
  };
  for (const consent of consents) if (consent['status'] === 'active') look(consent['provision'], 0);
  if (related.size > caps.groups) throw new NotUnderstood();
  return { actors: [...actors], related: [...related] };
}
