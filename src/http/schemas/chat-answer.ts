import { phiAnswer } from './phi.ts';
import { text } from './shapes.ts';

const usage = {
  type: 'object',
  required: ['prompt_tokens', 'completion_tokens', 'total_tokens'],
  properties: {
    prompt_tokens: { type: 'integer' },
    completion_tokens: { type: 'integer' },
    total_tokens: { type: 'integer' },
  },
  additionalProperties: false,
} as const;

const finishReason = { enum: ['stop', 'length', 'content_filter'] } as const;

export const chatAnswer = {
  type: 'object',
  required: ['id', 'object', 'created', 'model', 'choices', 'phi'],
  properties: {
    id: text,
    object: { const: 'chat.completion' },
    created: { type: 'integer' },
    model: text,
    choices: {
      type: 'array',
      minItems: 1,
      maxItems: 1,
      items: {
        type: 'object',
        required: ['index', 'message', 'finish_reason', 'logprobs'],
        properties: {
          index: { const: 0 },
          message: {
            type: 'object',
            required: ['role', 'content', 'refusal'],
            properties: {
              role: { const: 'assistant' },
              content: { type: 'string' },
              refusal: { type: 'null' },
            },
            additionalProperties: false,
          },
          finish_reason: finishReason,
          logprobs: { type: 'null' },
        },
        additionalProperties: false,
      },
    },
    usage,
    phi: phiAnswer,
  },
  additionalProperties: false,
} as const;

export const chatChunk = {
  type: 'object',
  required: ['id', 'object', 'created', 'model', 'choices'],
  properties: {
    id: text,
    object: { const: 'chat.completion.chunk' },
    created: { type: 'integer' },
    model: text,
    choices: {
      type: 'array',
      maxItems: 1,
      items: {
        type: 'object',
        required: ['index', 'delta', 'finish_reason'],
        properties: {
          index: { const: 0 },
          delta: {
            type: 'object',
            properties: { role: { const: 'assistant' }, content: { type: 'string' } },
            additionalProperties: false,
          },
          finish_reason: { anyOf: [finishReason, { type: 'null' }] },
        },
        additionalProperties: false,
      },
    },
    usage,
    phi: phiAnswer,
  },
  additionalProperties: false,
} as const;
