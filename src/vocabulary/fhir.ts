/** A FHIR R4 resource as received: known to have a type, everything else still to be checked. */
export interface Resource {
  readonly resourceType: string;
  readonly id?: string;
  readonly [element: string]: unknown;
}

/** FHIR R4 `id` datatype. */
export const idPattern = /^[A-Za-z0-9\-.]{1,64}$/;
export const isFhirId = (value: unknown): value is string =>
  typeof value === 'string' && idPattern.test(value) && value !== '.' && value !== '..';

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isResource = (value: unknown): value is Resource =>
  isRecord(value) && typeof value['resourceType'] === 'string';

/** The name of a resource, as others refer to it: `Patient/p1`. */
export const nameOf = ({ id, resourceType }: Resource): string => `${resourceType}/${id ?? ''}`;

/** What a Reference refers to, as written; undefined where it names nothing by a reference. */
export const referenceOf = (value: unknown): string | undefined =>
  isRecord(value) && typeof value['reference'] === 'string' ? value['reference'] : undefined;

/** A reference to whatever version there is: whom or what it names does not turn on which one. */
export const withoutVersion = (reference: string): string => reference.split('/_history/')[0] ?? reference;

export const codeSystems = {
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  observationValue: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
} as const;
