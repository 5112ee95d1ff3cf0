import type { ItemPart } from '../../vocabulary/context-item.ts';
import { nameOf, type Resource } from '../../vocabulary/fhir.ts';
import { at, elementsOf, textOf, tokensOf } from '../elements.ts';
import { type ProjectionContext, projections } from './projections.ts';

/** The lines of one resource: what the task keeps and what is never left out, in the order of the table. */
export function project(
  resource: Resource,
  keep: readonly string[],
  context: ProjectionContext,
  remarks: Readonly<Record<string, string>> = {},
): readonly ItemPart[] {
  const projection = projections[resource.resourceType];
  if (projection === undefined) return [];
  const parts: ItemPart[] = [];
  for (const [element, { name, always, read }] of Object.entries(projection.elements)) {
    if (always !== true && !keep.includes(element)) continue;
    for (const { type, text, suffix } of read(resource, context))
      parts.push({ name: suffix === undefined ? name : `${name} ${suffix}`, type, text: oneLine(text) });
  }
  const codes = tokensOf(resource['code']).map((token) => token.code);
  for (const [code, remark] of Object.entries(remarks))
    if (codes.includes(code)) parts.push({ name: 'remark', type: 'coded', text: remark });
  return parts;
}

/** Line breaks of a record cannot imitate the lines of a context. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What a resource names as its Medication, whichever version of it: `Medication/7`, or `#7` where it is contained. */
export const medicationNamed = (resource: Resource): string | undefined =>
  textOf(at(resource, 'medicationReference', 'reference'))?.replace(/\/_history\/[^/]*$/, '');

/** Finds the Medication that a resource names among its contained ones and those included beside it. */
export function medicationsAmong(included: readonly Resource[]): ProjectionContext['medication'] {
  const byReference = new Map(included.map((one) => [nameOf(one), one]));
  return (resource) => {
    const reference = medicationNamed(resource);
    if (reference === undefined) return undefined;
    if (!reference.startsWith('#')) return byReference.get(reference);
    const contained = elementsOf(resource['contained']).find(
      (one) => one['resourceType'] === 'Medication' && one['id'] === reference.slice(1),
    );
    return contained === undefined ? undefined : { ...contained, resourceType: 'Medication' };
  };
}
