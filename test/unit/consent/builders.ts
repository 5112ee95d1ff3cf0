import type { ConsentRequest } from '../../../src/consent/decision.ts';
import type { ResourceFacts } from '../../../src/consent/residual.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';

export const now = Date.parse('2026-11-20T12:00:00Z');

export const request: ConsentRequest = {
  patient: 'p1',
  purpose: 'TREAT',
  roles: ['physician'],
  actors: ['Practitioner/7'],
  action: 'access',
  now,
};

export const actReason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const participation = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
export const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
export const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
export const snomed = 'http://snomed.info/sct';
export const consentAction = 'http://terminology.hl7.org/CodeSystem/consentaction';
export const resourceTypes = 'http://hl7.org/fhir/resource-types';
const consentScope = 'http://terminology.hl7.org/CodeSystem/consentscope';

export const concept = (system: string, code: string) => ({ coding: [{ system, code }] });
export const scope = (code: string) => concept(consentScope, code);
export const policyRule = (code: string) => concept(actCode, code);
export const policyUri = (name: string) => [{ uri: `https://profiles.ihe.net/ITI/PCF/Policy-${name}` }];
export const purpose = (...codes: string[]) => codes.map((code) => ({ system: actReason, code }));
export const label = (...codes: string[]) =>
  codes.map((code) => ({ system: 'ULMNRV'.includes(code) ? confidentiality : actCode, code }));
export const actor = (reference: string, role = 'IRCP') => ({
  role: concept(participation, role),
  reference: { reference },
});
export const action = (...codes: string[]) => codes.map((code) => concept(consentAction, code));

type Elements = Readonly<Record<string, unknown>>;

export const permit = (elements: Elements = {}): Elements => ({ type: 'permit', ...elements });
export const deny = (elements: Elements = {}): Elements => ({ type: 'deny', ...elements });

/** An active privacy consent of patient p1 with this root provision; `more` replaces or adds elements. */
export const consent = (provision: Elements | undefined, more: Elements = {}): Resource => ({
  resourceType: 'Consent',
  id: 'c1',
  status: 'active',
  scope: scope('patient-privacy'),
  category: [concept('http://loinc.org', '59284-0')],
  patient: { reference: 'Patient/p1' },
  dateTime: '2026-01-10',
  policy: [{ uri: 'https://example.org/policies/consent.txt' }],
  ...(provision === undefined ? {} : { provision }),
  ...more,
});

/** That the patient was asked and said so. */
export const verified = {
  verification: [{ verified: true, verifiedWith: { reference: 'Patient/p1' } }],
};

export const data = (meaning: string, reference: string) => [{ meaning, reference: { reference } }];

export const facts = (more: Partial<ResourceFacts> = {}): ResourceFacts => ({
  labels: [],
  codes: [{ system: 'http://loinc.org', code: '2093-3' }],
  class: 'Observation',
  date: '2026-06-01',
  reference: 'Observation/o1',
  mentions: [],
  authors: [],
  ...more,
});
