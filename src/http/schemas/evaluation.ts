import { text } from './shapes.ts';

const name = { type: 'string', minLength: 1, maxLength: 256 } as const;
const properties = {
  type: 'object',
  description: 'taken from no caller: the gateway computes every fact itself',
} as const;

/** AuthZEN Authorization API 1.0, section 6.1. Members that are not known are left alone there, and so here. */
export const evaluationRequest = {
  type: 'object',
  required: ['subject', 'action', 'resource'],
  properties: {
    subject: {
      type: 'object',
      required: ['type', 'id'],
      properties: {
        type: { const: 'user' },
        id: {
          ...name,
          description:
            'the user of the token that the request bears, by the `sub` of their issuer: nobody is asked about for somebody else',
        },
        properties,
      },
    },
    action: {
      type: 'object',
      required: ['name'],
      properties: { name: { enum: ['ask', 'context'] }, properties },
    },
    resource: {
      type: 'object',
      required: ['type', 'id'],
      properties: { type: { const: 'Patient' }, id: name, properties },
    },
    context: {
      type: 'object',
      description: 'what would be asked, as in `phi`; nothing else in it counts',
      properties: { task: name, purpose: name, encounter: name, ticket: name, model: name },
    },
  },
} as const;

/** AuthZEN Authorization API 1.0, section 6.2. */
export const evaluationAnswer = {
  type: 'object',
  required: ['decision', 'context'],
  properties: {
    decision: { type: 'boolean' },
    context: {
      type: 'object',
      required: ['reason_user', 'phi'],
      properties: {
        reason_user: {
          type: 'object',
          required: ['en'],
          properties: { en: text },
          additionalProperties: false,
        },
        phi: {
          type: 'object',
          required: ['trail'],
          properties: { trail: text },
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
} as const;
