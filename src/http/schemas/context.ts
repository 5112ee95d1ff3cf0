import { phiAnswer, phiRequest } from './phi.ts';
import { text } from './shapes.ts';

/** What passages of notes are ranked by. */
export const query = {
  type: 'string',
  minLength: 1,
  maxLength: 10_000,
  description: 'ranks passages of notes inside what is permitted; leaves this gateway nowhere',
} as const;

export const contextRequest = {
  type: 'object',
  properties: {
    phi: phiRequest,
    query,
  },
  additionalProperties: false,
} as const;

export const contextAnswer = {
  type: 'object',
  required: ['context', 'phi'],
  properties: {
    context: {
      type: 'object',
      required: ['id', 'text', 'items', 'incomplete', 'security', 'expires'],
      properties: {
        id: text,
        text: { ...text, description: 'for the prompt: the lines of the record between two marks' },
        items: {
          type: 'array',
          items: {
            type: 'object',
            required: ['key', 'kind', 'text'],
            properties: { key: text, kind: text, text },
            additionalProperties: false,
          },
        },
        incomplete: phiAnswer.properties.incomplete,
        security: {
          type: 'array',
          description: 'how it was altered, as FHIR meta.security says it',
          items: {
            type: 'object',
            required: ['system', 'code'],
            properties: { system: text, code: { enum: ['ABSTRED', 'PSEUDED', 'REDACTED', 'SUBSETTED'] } },
            additionalProperties: false,
          },
        },
        expires: { ...text, description: 'RFC 3339; until then one answer can be checked' },
      },
      additionalProperties: false,
    },
    phi: phiAnswer,
  },
  additionalProperties: false,
} as const;

export const answerCheck = {
  type: 'object',
  required: ['context', 'answer'],
  properties: {
    context: { type: 'string', pattern: '^[0-9a-f-]{36}$' },
    answer: { type: 'string', minLength: 1, maxLength: 262_144 },
  },
  additionalProperties: false,
} as const;

export const answerChecked = {
  type: 'object',
  required: ['answer', 'verdicts', 'phi'],
  properties: {
    answer: { type: 'string' },
    verdicts: {
      type: 'array',
      items: {
        type: 'object',
        required: ['check', 'verdict', 'count'],
        properties: {
          check: text,
          verdict: { enum: ['pass', 'mask', 'flag'] },
          count: { type: 'integer' },
        },
        additionalProperties: false,
      },
    },
    phi: phiAnswer,
  },
  additionalProperties: false,
} as const;
