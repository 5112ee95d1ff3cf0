import { isRecord } from '../../../src/vocabulary/fhir.ts';
import type { StoredResource } from '../store.ts';

/** Mandatory and modifier elements at the top of a type, R4: they stay whatever `_elements` names. */
const always: Readonly<Record<string, readonly string[]>> = {
  Account: ['status'],
  AllergyIntolerance: ['patient', 'clinicalStatus', 'verificationStatus'],
  Appointment: ['status', 'participant'],
  Binary: ['contentType'],
  CarePlan: ['status', 'intent', 'subject'],
  CareTeam: ['status'],
  Claim: ['status', 'type', 'use', 'patient', 'created', 'provider', 'priority', 'insurance'],
  Communication: ['status'],
  Condition: ['subject', 'clinicalStatus', 'verificationStatus'],
  Consent: ['status', 'scope', 'category'],
  Coverage: ['status', 'beneficiary', 'payor'],
  Device: ['status'],
  DiagnosticReport: ['status', 'code'],
  DocumentReference: ['status', 'content', 'relatesTo'],
  Encounter: ['status', 'class'],
  EpisodeOfCare: ['status', 'patient'],
  ExplanationOfBenefit: ['status', 'type', 'use', 'patient', 'created', 'insurer', 'provider', 'outcome'],
  FamilyMemberHistory: ['status', 'patient', 'relationship'],
  Flag: ['status', 'code', 'subject'],
  Goal: ['lifecycleStatus', 'description', 'subject'],
  ImagingStudy: ['status', 'subject'],
  Immunization: ['status', 'vaccineCode', 'patient', 'occurrence', 'isSubpotent'],
  List: ['status', 'mode'],
  Location: ['status', 'mode'],
  Medication: ['status'],
  MedicationAdministration: ['status', 'medication', 'subject', 'effective'],
  MedicationDispense: ['status', 'medication'],
  MedicationRequest: ['status', 'intent', 'medication', 'subject', 'doNotPerform'],
  MedicationStatement: ['status', 'medication', 'subject'],
  Observation: ['status', 'code'],
  Patient: ['active', 'deceased', 'link'],
  Procedure: ['status', 'subject'],
  Provenance: ['target', 'recorded', 'agent'],
  QuestionnaireResponse: ['status'],
  RelatedPerson: ['patient', 'active'],
  ServiceRequest: ['status', 'intent', 'subject', 'doNotPerform'],
  SupplyDelivery: ['status'],
  Task: ['status', 'intent'],
};
/** Base names of choice elements (`value[x]`); `status` must not keep `statusReason` along. */
const choices = new Set([
  'abatement',
  'age',
  'asNeeded',
  'born',
  'collected',
  'deceased',
  'effective',
  'medication',
  'multipleBirth',
  'occurrence',
  'onset',
  'performed',
  'product',
  'quantity',
  'reported',
  'scheduled',
  'serviced',
  'start',
  'value',
]);
const everywhere = ['resourceType', 'id', 'meta', 'implicitRules', 'modifierExtension'];
const subsetted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/**
 * `_elements` (http://hl7.org/fhir/R4/search.html#elements): keeps the named top-level elements, a choice element
 * by its base name (`value` keeps `valueQuantity`), the mandatory and the modifier ones, and marks the rest as left
 * out by the SUBSETTED tag.
 */
export function project(resource: StoredResource, elements: readonly string[]): StoredResource {
  const prefixed = `${resource.resourceType}.`;
  const wanted = [...elements, ...(always[resource.resourceType] ?? [])].map((name) =>
    name.startsWith(prefixed) ? name.slice(prefixed.length) : name,
  );
  const exact = new Set([...everywhere, ...wanted]);
  const choiceBases = wanted.filter((name) => choices.has(name));
  const keeps = (key: string): boolean => {
    const name = key.startsWith('_') ? key.slice(1) : key;
    if (exact.has(name)) return true;
    return choiceBases.some((base) => name.startsWith(base) && /^[A-Z]/.test(name.slice(base.length)));
  };
  const meta = isRecord(resource['meta']) ? resource['meta'] : {};
  const tags = Array.isArray(meta['tag']) ? meta['tag'] : [];
  return {
    ...Object.fromEntries(Object.entries(resource).filter(([name]) => keeps(name))),
    resourceType: resource.resourceType,
    id: resource.id,
    meta: { ...meta, tag: [...tags, subsetted] },
  };
}
