import type { Resource } from '../../../src/vocabulary/fhir.ts';

/**
 * A small record that every task finds something in, written out so that a second one can differ from it in exactly
 * one thing. Its patient consents to treatment, less what is labelled HIV, and the sandbox clinician is on the team.
 */
const loinc = 'http://loinc.org';
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const actReason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

export const concept = (system: string, code: string, display: string) => ({
  coding: [{ system, code, display }],
  text: display,
});
const category = (system: string, code: string) => [{ coding: [{ system, code }] }];
const terminology = (name: string): string => `http://terminology.hl7.org/CodeSystem/${name}`;
const day = (now: number, daysAgo: number): string => new Date(now - daysAgo * 86_400_000).toISOString();

export interface RecordOptions {
  readonly patient: string;
  readonly now: number;
  /** Participant of the care team. */
  readonly clinician?: string;
  readonly family?: string;
}

/** Patient, care team and consent. */
export function basis({ patient, now, clinician, family = 'Quennell' }: RecordOptions): Resource[] {
  const subject = { reference: `Patient/${patient}` };
  return [
    {
      resourceType: 'Patient',
      id: patient,
      name: [{ given: ['Isolde'], family }],
      birthDate: '1961-05-04',
      gender: 'female',
      identifier: [{ system: 'urn:mrn', value: 'MRN-448812' }],
      telecom: [{ system: 'phone', value: '617-555-0142' }],
      address: [{ line: ['14 Harrow Lane'], city: 'Wexcombe', state: 'MA', postalCode: '01102' }],
    },
    {
      resourceType: 'RelatedPerson',
      id: `${patient}-relative`,
      patient: subject,
      name: [{ given: ['Tancred'], family: 'Ashgrove' }],
    },
    {
      resourceType: 'CareTeam',
      id: `${patient}-team`,
      status: 'active',
      subject,
      participant: [{ member: { reference: clinician ?? 'Practitioner/sandbox-clinician' } }],
    },
    {
      resourceType: 'Consent',
      id: `${patient}-consent`,
      status: 'active',
      scope: { coding: [{ system: terminology('consentscope'), code: 'patient-privacy' }] },
      category: [{ coding: [{ system: loinc, code: '59284-0' }] }],
      patient: subject,
      dateTime: day(now, 900),
      policy: [{ uri: 'https://profiles.ihe.net/ITI/PCF/Policy-basic-normal' }],
      provision: {
        type: 'permit',
        purpose: [{ system: actReason, code: 'TREAT' }],
        provision: [{ type: 'deny', securityLabel: [{ system: actCode, code: 'HIV' }] }],
      },
    },
  ];
}

/** One resource of each kind that a task asks for; `age` in days, `mark` goes into ids and texts. */
export function clinical(options: RecordOptions, age: number, mark: string): Resource[] {
  const { patient, now } = options;
  const subject = { reference: `Patient/${patient}` };
  const at = day(now, age);
  const id = (kind: string): string => `${patient}-${kind}-${mark}`;
  const visit = { reference: `Encounter/${id('stay')}` };
  const meta = { lastUpdated: at };
  const medication = concept('http://www.nlm.nih.gov/research/umls/rxnorm', '617310', `drug ${mark}`);
  const lab = (code: string, name: string, value: number): Resource => ({
    resourceType: 'Observation',
    id: id(`lab-${code}`),
    meta,
    status: 'final',
    subject,
    category: category(terminology('observation-category'), 'laboratory'),
    code: concept(loinc, code, name),
    effectiveDateTime: at,
    valueQuantity: { value, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
  });
  const encounter = (kind: string, code: string): Resource => ({
    resourceType: 'Encounter',
    id: id(kind),
    meta,
    status: 'finished',
    class: { system: actCode, code },
    type: [{ text: `visit ${mark}` }],
    subject,
    period: { start: at, end: at },
  });
  const note = (kind: string, type: string, text: string): Resource => ({
    resourceType: 'DocumentReference',
    id: id(kind),
    meta,
    status: 'current',
    subject,
    date: at,
    type: concept(loinc, type, kind),
    category: category(
      'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
      'clinical-note',
    ),
    context: { encounter: [visit] },
    content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
  });
  const problem = (kind: string, of: string): Resource => ({
    resourceType: 'Condition',
    id: id(kind),
    meta,
    clinicalStatus: concept(terminology('condition-clinical'), 'active', 'Active'),
    category: category(terminology('condition-category'), of),
    code: concept('http://snomed.info/sct', '38341003', `finding ${mark}`),
    subject,
    encounter: visit,
    recordedDate: at,
  });
  return [
    encounter('stay', 'IMP'),
    encounter('visit', 'AMB'),
    problem('problem', 'problem-list-item'),
    problem('diagnosis', 'encounter-diagnosis'),
    lab('13457-7', 'LDL cholesterol', 100 + age),
    lab('2160-0', 'Creatinine', 1),
    {
      resourceType: 'AllergyIntolerance',
      id: id('allergy'),
      meta,
      clinicalStatus: concept(terminology('allergyintolerance-clinical'), 'active', 'Active'),
      code: concept('http://snomed.info/sct', '91936005', `allergen ${mark}`),
      patient: subject,
      recordedDate: at,
    },
    {
      resourceType: 'MedicationRequest',
      id: id('order'),
      meta,
      status: 'active',
      intent: 'order',
      medicationReference: { reference: `Medication/${id('drug')}` },
      subject,
      encounter: visit,
      authoredOn: at,
    },
    { resourceType: 'Medication', id: id('drug'), meta, code: medication },
    {
      resourceType: 'Immunization',
      id: id('shot'),
      meta,
      status: 'completed',
      vaccineCode: concept('http://hl7.org/fhir/sid/cvx', '140', `vaccine ${mark}`),
      patient: subject,
      occurrenceDateTime: at,
    },
    {
      resourceType: 'Procedure',
      id: id('procedure'),
      meta,
      status: 'completed',
      code: concept('http://snomed.info/sct', '80146002', `procedure ${mark}`),
      subject,
      encounter: visit,
      performedDateTime: at,
    },
    note('summary', '18842-5', `Stay ${mark}: went well.\n\nSeen again ${mark}.`),
    note('progress', '11506-3', `Progress ${mark}: stable.`),
  ];
}

/** The same resources, labelled HIV at their source: this patient's consent withholds them. */
export const labelled = (resources: readonly Resource[]): Resource[] =>
  resources.map((one) => ({
    ...one,
    meta: { ...Object(one['meta']), security: [{ system: actCode, code: 'HIV' }] },
  }));
