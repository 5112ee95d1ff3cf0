import type { Resource } from '../vocabulary/fhir.ts';

const active: Readonly<Record<string, readonly string[]>> = {
  MedicationRequest: ['active', 'on-hold', 'unknown'],
  MedicationStatement: ['active', 'intended', 'on-hold', 'unknown'],
};

/** Types among which something can be that must not be missed in a treatment. */
export const vitalTypes: ReadonlySet<string> = new Set(['AllergyIntolerance', ...Object.keys(active)]);

/** An allergy, or a drug that the patient takes as far as anybody knows. */
export const isVital = ({ resourceType, status }: Resource): boolean =>
  resourceType === 'AllergyIntolerance' ||
  (Object.hasOwn(active, resourceType) &&
    (status === undefined || active[resourceType]?.some((one) => one === status) === true));
