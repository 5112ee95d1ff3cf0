import { callerName } from './caller-text.ts';
import { phiAnswer, phiRequest } from './phi.ts';
import { text } from './shapes.ts';

const input = { type: 'string', minLength: 1, maxLength: 100_000, description: 'redacted' } as const;

/** Lists of tokens of a model's own alphabet are not taken: nobody could redact them. */
export const embeddingsRequest = {
  type: 'object',
  required: ['input'],
  properties: {
    model: { ...text, maxLength: 128 },
    input: { anyOf: [input, { type: 'array', items: input, minItems: 1, maxItems: 128 }] },
    encoding_format: { enum: ['float', 'base64', null] },
    dimensions: { type: ['integer', 'null'], minimum: 1, maximum: 16_384 },
    user: callerName,
    phi: phiRequest,
  },
  additionalProperties: false,
} as const;

export const embeddingsAnswer = {
  type: 'object',
  required: ['object', 'data', 'model', 'usage', 'phi'],
  properties: {
    object: { const: 'list' },
    data: {
      type: 'array',
      items: {
        type: 'object',
        required: ['object', 'index', 'embedding'],
        properties: {
          object: { const: 'embedding' },
          index: { type: 'integer', minimum: 0 },
          embedding: {
            anyOf: [
              { type: 'array', items: { type: 'number' } },
              {
                type: 'string',
                pattern: '^[A-Za-z0-9+/]*={0,2}$',
                description: 'little-endian floats of 32 bits',
              },
            ],
          },
        },
        additionalProperties: false,
      },
    },
    model: text,
    usage: {
      type: 'object',
      required: ['prompt_tokens', 'total_tokens'],
      properties: { prompt_tokens: { type: 'integer' }, total_tokens: { type: 'integer' } },
      additionalProperties: false,
    },
    phi: phiAnswer,
  },
  additionalProperties: false,
} as const;
