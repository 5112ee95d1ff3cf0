import { emergencyFindings, emergencyReasons } from '../../policy/emergencies.ts';
import { fhirId, text } from './shapes.ts';

const time = { ...text, description: 'ISO 8601 instant' } as const;
const pseudonym = { ...text, description: 'pseudonym' } as const;
const words = { type: 'string', minLength: 10, maxLength: 1000 } as const;

export const breakGlassRequest = {
  type: 'object',
  required: ['patient', 'reason', 'text'],
  properties: {
    patient: fhirId,
    reason: { enum: [...emergencyReasons] },
    text: { ...words, description: 'why, in words; sealed under the key of the patient' },
    minutes: {
      type: 'integer',
      minimum: 1,
      maximum: 240,
      description: 'absent, or more than the tenant allows: as many as it allows',
    },
  },
  additionalProperties: false,
} as const;

export const breakGlassReview = {
  type: 'object',
  required: ['finding', 'text'],
  properties: { finding: { enum: [...emergencyFindings] }, text: words },
  additionalProperties: false,
} as const;

export const emergencyAccess = {
  type: 'object',
  required: ['id', 'state', 'patient', 'user', 'declaredAt', 'until'],
  properties: {
    id: text,
    state: { enum: ['open', 'review_due', 'reviewed'] },
    patient: pseudonym,
    user: pseudonym,
    declaredAt: time,
    until: time,
    reason: { ...text, description: 'for officers, and for who gave it' },
    text: { ...text, description: 'for officers, and for who gave it' },
    finding: text,
    reviewedBy: pseudonym,
    reviewedAt: time,
    reviewText: { ...text, description: 'for officers' },
  },
  additionalProperties: false,
} as const;

export const emergencyAccesses = {
  type: 'object',
  required: ['emergencies'],
  properties: { emergencies: { type: 'array', items: emergencyAccess } },
  additionalProperties: false,
} as const;
