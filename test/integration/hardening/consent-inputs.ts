import { type BadInput, denied, malformed, type Refused, unknownMember } from './bad-input.ts';

export interface ConsentInput extends BadInput {
  readonly outcome: Refused;
  readonly body: string;
  /** `application/json` where nothing is said. */
  readonly type?: string;
}

const unusable = denied('invalid_request', 'consent_unusable');
const coded = (system: string, code: string) => ({ coding: [{ system, code }] });

const consent = (changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    resourceType: 'Consent',
    status: 'active',
    scope: coded('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
    category: [coded('http://loinc.org', '59284-0')],
    patient: { reference: 'Patient/p1' },
    policyRule: coded('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'OPTIN'),
    provision: { type: 'permit' },
    ...changes,
  });
const form = (changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ patient: 'p1', decision: 'deny', ...changes });

const nested = (depth: number): object =>
  Array.from({ length: depth }).reduce<object>((provision) => ({ type: 'deny', provision: [provision] }), {
    type: 'deny',
  });
const actors = (count: number): object => ({
  type: 'deny',
  actor: Array.from({ length: count }, (_, n) => ({
    role: coded('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP'),
    reference: { reference: `Practitioner/${n}` },
  })),
});

/** What nobody can have kept as a consent, and what is said of it. */
export const consentInputs: readonly ConsentInput[] = [
  { name: 'a consent that is no JSON', outcome: malformed, body: 'I consent.' },
  { name: 'a consent that is a list', outcome: malformed, body: '[]' },
  {
    name: 'a consent as XML',
    outcome: denied('unsupported_media_type', 'unsupported_media_type'),
    type: 'application/fhir+xml',
    body: '<Consent/>',
  },
  {
    name: 'another resource than a Consent',
    outcome: malformed,
    body: consent({ resourceType: 'Contract' }),
  },
  { name: 'a Consent of nobody', outcome: malformed, body: consent({ patient: undefined }) },
  { name: 'a Consent of a group', outcome: malformed, body: consent({ patient: { reference: 'Group/1' } }) },
  {
    name: 'a Consent of a patient at an absolute address',
    outcome: malformed,
    body: consent({ patient: { reference: 'https://example.org/Patient/p1' } }),
  },
  {
    name: 'a Consent of a patient whose id climbs',
    outcome: malformed,
    body: consent({ patient: { reference: 'Patient/..' } }),
  },
  { name: 'a Consent that is a draft', outcome: unusable, body: consent({ status: 'draft' }) },
  {
    name: 'a Consent with a modifierExtension',
    outcome: unusable,
    body: consent({ modifierExtension: [{ url: 'urn:not' }] }),
  },
  {
    name: 'a Consent with a member called __proto__',
    outcome: unusable,
    body: consent({}).replace('{', '{"__proto__":{"status":"draft"},'),
  },
  {
    name: 'a Consent that says that nobody verified it',
    outcome: unusable,
    body: consent({ verification: [{ verified: false }] }),
  },
  {
    name: 'a Consent with a purpose that nobody knows',
    outcome: unusable,
    body: consent({ provision: { type: 'deny', purpose: [{ system: 'urn:x', code: 'FUN' }] } }),
  },
  { name: 'a Consent of 13 levels', outcome: unusable, body: consent({ provision: nested(13) }) },
  { name: 'a Consent of 500 levels', outcome: unusable, body: consent({ provision: nested(500) }) },
  { name: 'a Consent with 200 actors', outcome: unusable, body: consent({ provision: actors(200) }) },
  {
    name: 'a Consent with 100,000 actors',
    outcome: denied('request_too_large', 'request_too_large'),
    body: consent({ provision: actors(100_000) }),
  },
  { name: 'a consent form that decides nothing', outcome: malformed, body: form({ decision: undefined }) },
  { name: 'a consent form of nobody', outcome: malformed, body: form({ patient: undefined }) },
  { name: 'a consent form with an unknown member', outcome: unknownMember, body: form({ unless: 'x' }) },
  { name: 'a consent form with an empty list', outcome: malformed, body: form({ purposes: [] }) },
  {
    name: 'a consent form with a purpose that nobody knows',
    outcome: unusable,
    body: form({ purposes: ['FUN'] }),
  },
  {
    name: 'a consent form with a kind that nobody knows',
    outcome: unusable,
    body: form({ withhold: ['SHAME'] }),
  },
  {
    name: 'a consent form with a day that does not exist',
    outcome: unusable,
    body: form({ from: '2026-02-30' }),
  },
  {
    name: 'a consent form that ends before it begins',
    outcome: unusable,
    body: form({ from: '2026-05-02', until: '2026-05-01' }),
  },
  {
    name: 'a consent form with a parameter sent twice',
    outcome: malformed,
    type: 'application/x-www-form-urlencoded',
    body: 'patient=p1&decision=permit&decision=deny',
  },
];
