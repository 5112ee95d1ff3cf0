import { fhirId, name, text } from './shapes.ts';

export const phiRequest = {
  type: 'object',
  description:
    'What is asked about: one patient, one task, one purpose. With a delegated token only `conversation` may stand here.',
  properties: {
    patient: {
      type: 'string',
      maxLength: 256,
      pattern: '^(?:[A-Za-z0-9\\-.]{1,64}|[A-Za-z][A-Za-z0-9+.\\-]*:[^\\s|]+\\|[^\\s|]+(?: [^\\s|]+)*)$',
      description:
        "FHIR id, `self`, or `system|value`: an identifier that exactly one patient of the tenant's record system has, with the URI of its naming system",
    },
    task: name,
    purpose: name,
    encounter: fhirId,
    ticket: name,
    conversation: name,
    data: {
      type: 'array',
      items: { type: 'string', pattern: '^[A-Z][A-Za-z]{1,63}$' },
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
      description: 'FHIR types of the task that are asked for; all of them by default',
    },
    retention: {
      type: 'integer',
      minimum: 1,
      maximum: 2_592_000,
      description: 'seconds that tokens in place of identifiers are kept at most',
    },
  },
  additionalProperties: false,
} as const;

export const decision = {
  type: 'object',
  required: ['effect', 'sentence'],
  properties: { effect: { enum: ['allow', 'deny'] }, sentence: text },
  additionalProperties: false,
} as const;

export const receipt = {
  type: 'object',
  description: "The log's signed promise that the event which released the answer stands at this place.",
  required: ['trail', 'seq', 'leaf', 'keyId', 'signature'],
  properties: {
    trail: text,
    seq: { type: 'integer' },
    leaf: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    keyId: { type: 'string', pattern: '^[0-9a-f]{8}$' },
    signature: { type: 'string', pattern: '^[0-9a-f]{128}$', description: 'Ed25519' },
  },
  additionalProperties: false,
} as const;

const patientTexts = {
  type: 'array',
  description:
    "The tenant's fixed texts to a patient or proxy: `answer` stands below the answer, `emergency` before it; around an answer that was asked for as one JSON document they stand here alone, and before what a refusal says `emergency`.",
  items: {
    type: 'object',
    required: ['code', 'text'],
    properties: { code: { enum: ['answer', 'emergency'] }, text },
    additionalProperties: false,
  },
} as const;

/** The `phi` object of a refusal. */
export const phiRefused = {
  type: 'object',
  required: ['trail'],
  properties: { trail: text, patientTexts },
  additionalProperties: false,
} as const;

export const phiAnswer = {
  type: 'object',
  required: ['trail', 'decision', 'citations', 'incomplete'],
  properties: {
    trail: text,
    decision,
    citations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['key', 'resource'],
        properties: {
          key: text,
          resource: text,
          server: { ...text, description: "Record system, where it is not the tenant's own one." },
        },
        additionalProperties: false,
      },
    },
    incomplete: {
      type: 'array',
      description: 'Notices: what is missing from the context, from a fixed vocabulary.',
      items: {
        type: 'object',
        required: ['code', 'text'],
        properties: { code: text, text },
        additionalProperties: false,
      },
    },
    patientTexts,
    receipt,
  },
  additionalProperties: false,
} as const;
