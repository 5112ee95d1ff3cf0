import { Refusal } from '../errors/refusal.ts';
import type { Resource } from '../vocabulary/fhir.ts';
import type { FhirReader } from './ports.ts';

/** More are not looked up: nothing confirms them. */
const mostTargets = 20;

/** SMART v2 scope beside the control scopes, where Provenance is asked for. */
export const provenanceScope = 'system/Provenance.rs';

/**
 * Provenances of these resources (`Type/id`), complete or refused; none where the server has no such resource, or where
 * too many are asked for. Which of them tells of what is still to be looked at. Errors are Refusals.
 */
export async function readProvenance(
  reader: FhirReader,
  targets: readonly string[],
): Promise<readonly Resource[]> {
  if (targets.length === 0 || targets.length > mostTargets) return [];
  const { types } = await reader.capabilities();
  if (!types.has('Provenance')) return [];
  const found = await reader.search(
    'Provenance',
    { target: targets.join(','), _count: '200' },
    { maxResources: 1000 },
  );
  if (found.cut) throw new Refusal('fhir_malformed');
  return found.matches.filter(({ resourceType }) => resourceType === 'Provenance');
}
