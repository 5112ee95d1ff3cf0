import { isRecord, type Resource } from '../vocabulary/fhir.ts';
import { table } from '../vocabulary/table.ts';

/** Reading elements of resources that nobody has validated: what has the wrong shape counts as absent. */
export type Element = Readonly<Record<string, unknown>>;

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** An element that may repeat, as a list; a single value is a list of one. */
export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

export const elementsOf = (value: unknown): readonly Element[] => listOf(value).filter(isRecord);

/** Value at a path of element names; the first one where an element repeats. */
export function at(start: unknown, ...path: readonly string[]): unknown {
  let value = start;
  for (const name of path) {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (!isRecord(first)) return undefined;
    value = first[name];
  }
  return value;
}

/** Every value at a path of element names, through repeating elements. */
export function allAt(start: unknown, ...path: readonly string[]): readonly unknown[] {
  let values = listOf(start);
  for (const name of path) values = values.flatMap((value) => (isRecord(value) ? listOf(value[name]) : []));
  return values;
}

/** The codes of a code, Coding or CodeableConcept, once or repeated. */
export interface Token {
  readonly system?: string;
  readonly code: string;
}

export function tokensOf(value: unknown): readonly Token[] {
  return listOf(value).flatMap((one) => {
    if (typeof one === 'string') return [{ code: one }];
    if (!isRecord(one)) return [];
    const codings = one['coding'] === undefined ? [one] : elementsOf(one['coding']);
    return codings.flatMap((coding) => {
      const code = textOf(coding['code']);
      const system = textOf(coding['system']);
      return code === undefined ? [] : [{ code, ...(system === undefined ? {} : { system }) }];
    });
  });
}

/** References of an element, as relative as they were written: `Practitioner/7`. */
export const referencesOf = (value: unknown): readonly string[] =>
  elementsOf(value).flatMap((one) => textOf(one['reference']) ?? []);

const patientElements: Readonly<Record<string, readonly string[]>> = table({
  Coverage: ['beneficiary'],
});

/**
 * Whether a resource is about this patient: `subject`, `patient` or `beneficiary` names the patient and nobody
 * else. Membership in the compartment by performer, author or participant is not enough. An Appointment has none
 * of the three and is the patient's where a participant is.
 */
export function isAbout(resource: Resource, patient: string): boolean {
  const own = `Patient/${patient}`;
  if (resource.resourceType === 'Patient') return resource.id === patient;
  const isOwn = (reference: string): boolean => reference === own || reference.startsWith(`${own}/_history/`);
  if (resource.resourceType === 'Appointment') {
    const patients = allAt(resource, 'participant', 'actor')
      .flatMap(referencesOf)
      .filter((reference) => /(?:^|\/)Patient\//.test(reference));
    return patients.length > 0 && patients.every(isOwn);
  }
  const names = patientElements[resource.resourceType] ?? ['subject', 'patient'];
  const bearers = names.flatMap((name) => elementsOf(resource[name]));
  return bearers.length > 0 && bearers.every((bearer) => isOwn(textOf(bearer['reference']) ?? ''));
}
