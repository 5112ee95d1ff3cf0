import { phiAnswer } from './phi.ts';
import { text } from './shapes.ts';

const part = {
  type: 'object',
  required: ['type', 'text', 'annotations'],
  properties: {
    type: { const: 'output_text' },
    text: { type: 'string' },
    annotations: { type: 'array', maxItems: 0 },
  },
  additionalProperties: false,
} as const;

const item = {
  type: 'object',
  required: ['id', 'type', 'status', 'role', 'content'],
  properties: {
    id: text,
    type: { const: 'message' },
    status: { enum: ['in_progress', 'completed', 'incomplete'] },
    role: { const: 'assistant' },
    content: { type: 'array', maxItems: 1, items: part },
  },
  additionalProperties: false,
} as const;

const usage = {
  type: 'object',
  required: [
    'input_tokens',
    'input_tokens_details',
    'output_tokens',
    'output_tokens_details',
    'total_tokens',
  ],
  properties: {
    input_tokens: { type: 'integer' },
    input_tokens_details: {
      type: 'object',
      properties: { cached_tokens: { const: 0 } },
      additionalProperties: false,
    },
    output_tokens: { type: 'integer' },
    output_tokens_details: {
      type: 'object',
      properties: { reasoning_tokens: { const: 0 } },
      additionalProperties: false,
    },
    total_tokens: { type: 'integer' },
  },
  additionalProperties: false,
} as const;

const nothing = { type: 'null' } as const;

/** OpenAI's `response` object (openapi 2.3.0). What clients demand and this gateway does not have is fixed. */
export const responsesAnswer = {
  type: 'object',
  required: ['id', 'object', 'created_at', 'status', 'model', 'output', 'error', 'incomplete_details'],
  properties: {
    id: text,
    object: { const: 'response' },
    created_at: { type: 'integer' },
    status: { enum: ['in_progress', 'completed', 'incomplete'] },
    error: nothing,
    incomplete_details: {
      type: ['object', 'null'],
      properties: { reason: { enum: ['max_output_tokens', 'content_filter'] } },
      additionalProperties: false,
    },
    instructions: nothing,
    metadata: { type: 'object', maxProperties: 0 },
    model: text,
    output: { type: 'array', maxItems: 1, items: item },
    parallel_tool_calls: { const: false },
    previous_response_id: nothing,
    store: { const: false },
    temperature: nothing,
    text: {
      type: 'object',
      properties: {
        format: { type: 'object', properties: { type: { const: 'text' } }, additionalProperties: false },
      },
      additionalProperties: false,
    },
    tool_choice: { const: 'none' },
    tools: { type: 'array', maxItems: 0 },
    top_p: nothing,
    truncation: { const: 'disabled' },
    usage,
    phi: phiAnswer,
  },
  additionalProperties: false,
} as const;

/** One server-sent event of a streamed response. */
export const responsesEvent = {
  type: 'object',
  required: ['type', 'sequence_number'],
  properties: {
    type: {
      enum: [
        'response.created',
        'response.in_progress',
        'response.output_item.added',
        'response.content_part.added',
        'response.output_text.delta',
        'response.output_text.done',
        'response.content_part.done',
        'response.output_item.done',
        'response.completed',
        'response.incomplete',
      ],
    },
    sequence_number: { type: 'integer', minimum: 0 },
    response: responsesAnswer,
    item,
    part,
    item_id: text,
    output_index: { const: 0 },
    content_index: { const: 0 },
    delta: { type: 'string' },
    text: { type: 'string' },
    logprobs: { type: 'array', maxItems: 0 },
  },
  additionalProperties: false,
} as const;
