import { fhirId, text } from './shapes.ts';

const time = { ...text, description: 'ISO 8601 instant' } as const;
const pseudonym = { ...text, description: 'pseudonym' } as const;
const listOf = (pattern: string) =>
  ({
    type: 'array',
    items: { type: 'string', pattern },
    minItems: 1,
    maxItems: 20,
    uniqueItems: true,
  }) as const;
const date = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' } as const;

/** What a person fills in; the gateway makes a Consent of it. */
const consentForm = {
  type: 'object',
  required: ['decision'],
  properties: {
    patient: { ...fhirId, description: 'absent: the caller, as the patient' },
    decision: { enum: ['permit', 'deny'] },
    purposes: { ...listOf('^[A-Z]{2,10}$'), description: 'v3-ActReason codes; absent: every purpose' },
    roles: {
      type: 'array',
      items: { enum: ['physician', 'nurse', 'pharmacist'] },
      minItems: 1,
      maxItems: 3,
      uniqueItems: true,
      description: 'who is meant, by role',
    },
    actors: {
      ...listOf(
        '^(Practitioner|PractitionerRole|Organization|CareTeam|Group|RelatedPerson)/[A-Za-z0-9.-]{1,64}$',
      ),
      description: 'who is meant, by reference; with neither roles nor actors: everybody',
    },
    withhold: {
      ...listOf('^[A-Za-z0-9]{2,12}$'),
      description:
        'sensitivity codes of v3-ActCode: a permit leaves these out, a denial is about these alone',
    },
    from: { ...date, description: 'first day' },
    until: { ...date, description: 'last day' },
  },
  additionalProperties: false,
} as const;

/** FHIR R4; what it holds is read by the evaluator itself. */
const consentResource = {
  type: 'object',
  required: ['resourceType', 'status', 'scope', 'category', 'patient'],
  properties: { resourceType: { const: 'Consent' } },
  additionalProperties: true,
} as const;

/** Told apart by `resourceType`, so that a fault is said of the one that was meant. */
export const consentRequest = {
  type: 'object',
  if: { required: ['resourceType'] },
  // oxlint-disable-next-line unicorn/no-thenable
  then: consentResource,
  else: consentForm,
} as const;

const summary = {
  id: text,
  state: { enum: ['active', 'revoked'] },
  patient: pseudonym,
  capturedBy: pseudonym,
  byPatient: { type: 'boolean', description: 'given by the patient, signed in' },
  capturedAt: time,
  revokedBy: pseudonym,
  revokedAt: time,
} as const;
const needed = ['id', 'state', 'patient', 'capturedBy', 'byPatient', 'capturedAt'] as const;

export const consent = {
  type: 'object',
  required: [...needed, 'consent'],
  properties: { ...summary, consent: { type: 'object', description: 'FHIR R4 Consent, as it counts' } },
  additionalProperties: false,
} as const;

export const consents = {
  type: 'object',
  required: ['consents'],
  properties: {
    consents: {
      type: 'array',
      items: { type: 'object', required: [...needed], properties: summary, additionalProperties: false },
    },
    next: { ...text, description: 'as `before`, for the next page' },
  },
  additionalProperties: false,
} as const;
