import type { Resource } from '../vocabulary/fhir.ts';
import { tokensOf } from './elements.ts';
import { clinicalTime } from './fhir-time.ts';
import type { Step } from './task.ts';

/**
 * Newest first, or soonest first where the step looks ahead; where the newest of each code is wanted, one per code in the order of the plan, and `superseded` is
 * told of the others.
 */
export function newestFirst(
  step: Step,
  resources: readonly Resource[],
  superseded: (resource: Resource) => void,
): readonly Resource[] {
  const direction = step.soonestFirst === true ? -1 : 1;
  const sorted = resources.toSorted(
    (a, b) => direction * (clinicalTime(b) - clinicalTime(a)) || (a.id ?? '').localeCompare(b.id ?? '', 'en'),
  );
  if (step.newestPerCode !== true) return sorted;
  const wanted = [step.search['code'] ?? []].flat().flatMap((list) => list.split(','));
  const order = (resource: Resource): number =>
    Math.min(
      ...tokensOf(resource['code']).map((token) => {
        const place = wanted.findIndex((one) => one === `${token.system ?? ''}|${token.code}`);
        return place === -1 ? wanted.length : place;
      }),
      wanted.length,
    );
  const newest = new Map<number, Resource>();
  for (const resource of sorted) {
    const place = order(resource);
    if (newest.has(place)) superseded(resource);
    else newest.set(place, resource);
  }
  return [...newest.entries()].toSorted(([a], [b]) => a - b).map(([, resource]) => resource);
}
