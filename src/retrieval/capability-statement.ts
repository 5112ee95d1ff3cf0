import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { elementsOf, textOf } from './elements.ts';
import type { Capabilities } from './ports.ts';

/** Reads a CapabilityStatement of FHIR R4. @throws Refusal `fhir_malformed` where it is none */
export function capabilitiesOf(body: unknown): Capabilities {
  if (!isRecord(body) || body['resourceType'] !== 'CapabilityStatement') throw new Refusal('fhir_malformed');
  const fhirVersion = textOf(body['fhirVersion']) ?? '';
  if (!fhirVersion.startsWith('4.0')) throw new Refusal('fhir_malformed');
  const types = new Set<string>();
  const searchParams = new Map<string, ReadonlySet<string>>();
  for (const rest of elementsOf(body['rest']))
    for (const entry of elementsOf(rest['resource'])) {
      const type = textOf(entry['type']);
      if (type === undefined) continue;
      types.add(type);
      const names = elementsOf(entry['searchParam']).flatMap((one) => textOf(one['name']) ?? []);
      if (names.length > 0) searchParams.set(type, new Set(names));
    }
  const batch = elementsOf(body['rest']).some((rest) =>
    elementsOf(rest['interaction']).some((one) => one['code'] === 'batch'),
  );
  return { fhirVersion, types, searchParams, batch };
}
