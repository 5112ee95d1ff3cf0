import {
  callerName,
  functionArguments,
  functionName,
  jsonSchemaFormat,
  metadata,
  noTools,
  noTopLogprobs,
  nothing,
  notSentNumber,
  opaqueId,
  promptCacheRetention,
  serviceTier,
  verbosity,
} from './caller-text.ts';
import { phiRequest } from './phi.ts';
import { notSent, text } from './shapes.ts';

const part = {
  type: 'object',
  required: ['type', 'text'],
  properties: {
    type: { enum: ['input_text', 'output_text'] },
    text: { type: 'string' },
    annotations: { type: 'array', maxItems: 0 },
    logprobs: { type: 'array', maxItems: 0 },
  },
  additionalProperties: false,
} as const;

const content = {
  anyOf: [{ type: 'string' }, { type: 'array', minItems: 1, maxItems: 64, items: part }],
} as const;

const summary = { enum: ['auto', 'concise', 'detailed', null] } as const;

const status = { enum: ['in_progress', 'completed', 'incomplete', null] } as const;

const message = {
  type: 'object',
  required: ['role', 'content'],
  properties: {
    type: { const: 'message' },
    role: { enum: ['system', 'developer', 'user', 'assistant'] },
    content,
    id: opaqueId,
    status,
    phase: { enum: ['commentary', 'final_answer', null] },
  },
  additionalProperties: false,
} as const;

const call = {
  type: 'object',
  required: ['type', 'name', 'arguments', 'call_id'],
  properties: {
    type: { const: 'function_call' },
    name: functionName,
    arguments: functionArguments,
    call_id: opaqueId,
    id: opaqueId,
    status,
  },
  additionalProperties: false,
} as const;

const callOutput = {
  type: 'object',
  required: ['type', 'output', 'call_id'],
  properties: {
    type: { const: 'function_call_output' },
    output: content,
    call_id: opaqueId,
    id: opaqueId,
    status,
  },
  additionalProperties: false,
} as const;

/**
 * Items by their type; one without is a message. Items that name something stored elsewhere, or that hold what
 * nobody here can read (files, images, encrypted reasoning), have no shape.
 */
const item = { anyOf: [message, call, callOutput] } as const;

export const responsesRequest = {
  type: 'object',
  required: ['input'],
  properties: {
    model: { ...text, maxLength: 128 },
    input: { anyOf: [{ type: 'string' }, { type: 'array', minItems: 1, maxItems: 256, items: item }] },
    instructions: { type: ['string', 'null'] },
    stream: { type: ['boolean', 'null'] },
    stream_options: {
      type: ['object', 'null'],
      properties: { include_obfuscation: { type: 'boolean' } },
      additionalProperties: false,
    },
    temperature: { type: ['number', 'null'], minimum: 0, maximum: 2 },
    max_output_tokens: { type: ['integer', 'null'], minimum: 1 },
    top_p: notSentNumber(0, 1),
    reasoning: {
      type: ['object', 'null'],
      description: notSent,
      properties: {
        effort: { enum: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', null] },
        summary,
        generate_summary: summary,
      },
      additionalProperties: false,
    },
    text: {
      type: ['object', 'null'],
      properties: {
        format: {
          type: 'object',
          required: ['type'],
          properties: { type: { enum: ['text', 'json_object', 'json_schema'] }, ...jsonSchemaFormat },
          additionalProperties: false,
        },
        verbosity,
      },
      additionalProperties: false,
    },
    top_logprobs: noTopLogprobs,
    service_tier: serviceTier,
    max_tool_calls: nothing,
    previous_response_id: nothing,
    conversation: nothing,
    prompt: nothing,
    context_management: nothing,
    truncation: { enum: ['disabled', null] },
    include: { type: ['array', 'null'], maxItems: 0 },
    tools: noTools,
    tool_choice: { enum: ['none', 'auto', null] },
    parallel_tool_calls: { type: ['boolean', 'null'], description: notSent },
    user: callerName,
    safety_identifier: callerName,
    prompt_cache_key: callerName,
    prompt_cache_retention: promptCacheRetention,
    metadata,
    store: { enum: [false, null] },
    background: { enum: [false, null] },
    phi: phiRequest,
  },
  additionalProperties: false,
} as const;
