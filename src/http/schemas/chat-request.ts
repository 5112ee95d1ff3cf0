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
  properties: { type: { const: 'text' }, text: { type: 'string' } },
  additionalProperties: false,
} as const;

const content = {
  anyOf: [{ type: 'string' }, { type: 'array', minItems: 1, maxItems: 64, items: part }],
} as const;

const refusalPart = {
  type: 'object',
  required: ['type', 'refusal'],
  properties: { type: { const: 'refusal' }, refusal: { type: 'string' } },
  additionalProperties: false,
} as const;

/** What an assistant said earlier may have been a refusal, also as a part. */
const answerContent = {
  anyOf: [
    { type: 'string' },
    { type: 'array', minItems: 1, maxItems: 64, items: { anyOf: [part, refusalPart] } },
    { type: 'null' },
  ],
} as const;

const toolCall = {
  type: 'object',
  required: ['id', 'type', 'function'],
  properties: {
    id: opaqueId,
    // As it stands in the pieces of a stream, which some clients put together and send back.
    index: { type: 'integer', minimum: 0 },
    type: { const: 'function' },
    function: {
      type: 'object',
      required: ['name', 'arguments'],
      properties: { name: functionName, arguments: functionArguments },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
} as const;

const message = (role: readonly string[], properties: object, required: readonly string[]) => ({
  type: 'object',
  required: ['role', ...required],
  properties: { role: { enum: role }, name: callerName, ...properties },
  additionalProperties: false,
});

/** One closed shape a role: text stands in `content`, in the calls of an assistant and in answers of tools. */
const messages = {
  type: 'array',
  minItems: 1,
  maxItems: 128,
  items: {
    type: 'object',
    required: ['role'],
    discriminator: { propertyName: 'role' },
    oneOf: [
      message(['system', 'developer', 'user'], { content }, ['content']),
      message(
        ['assistant'],
        {
          content: answerContent,
          refusal: { type: ['string', 'null'] },
          tool_calls: { type: ['array', 'null'], maxItems: 64, items: toolCall },
          audio: { type: 'null' },
          function_call: { type: 'null' },
          annotations: { type: 'array', maxItems: 0 },
        },
        [],
      ),
      message(['tool'], { content, tool_call_id: opaqueId }, ['content', 'tool_call_id']),
    ],
  },
} as const;

const responseFormat = {
  type: ['object', 'null'],
  required: ['type'],
  properties: {
    type: { enum: ['text', 'json_object', 'json_schema'] },
    json_schema: {
      type: 'object',
      required: ['name'],
      properties: jsonSchemaFormat,
      additionalProperties: false,
    },
  },
  additionalProperties: false,
} as const;

export const chatRequest = {
  type: 'object',
  required: ['messages'],
  properties: {
    model: { ...text, maxLength: 128 },
    messages,
    stream: { type: ['boolean', 'null'] },
    stream_options: {
      type: ['object', 'null'],
      properties: { include_usage: { type: 'boolean' }, include_obfuscation: { type: 'boolean' } },
      additionalProperties: false,
    },
    temperature: { type: ['number', 'null'], minimum: 0, maximum: 2 },
    max_tokens: { type: ['integer', 'null'], minimum: 1 },
    max_completion_tokens: { type: ['integer', 'null'], minimum: 1 },
    top_p: notSentNumber(0, 1),
    frequency_penalty: notSentNumber(-2, 2),
    presence_penalty: notSentNumber(-2, 2),
    seed: { type: ['integer', 'null'], description: notSent },
    reasoning_effort: {
      enum: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', null],
      description: notSent,
    },
    n: { enum: [1, null] },
    logprobs: { enum: [false, null] },
    top_logprobs: noTopLogprobs,
    stop: {
      anyOf: [
        { type: ['string', 'null'], maxLength: 256 },
        { type: 'array', maxItems: 4, items: { type: 'string', maxLength: 256 } },
      ],
      description: notSent,
    },
    logit_bias: {
      type: ['object', 'null'],
      description: notSent,
      maxProperties: 1_024,
      propertyNames: { maxLength: 64 },
      additionalProperties: { type: 'number', minimum: -100, maximum: 100 },
    },
    prediction: {
      type: ['object', 'null'],
      description: notSent,
      required: ['type', 'content'],
      properties: { type: { const: 'content' }, content },
      additionalProperties: false,
    },
    modalities: { enum: [['text'], null] },
    audio: nothing,
    service_tier: serviceTier,
    verbosity,
    response_format: responseFormat,
    tools: noTools,
    tool_choice: { enum: ['none', 'auto', null] },
    functions: noTools,
    function_call: { enum: ['none', null] },
    web_search_options: nothing,
    parallel_tool_calls: { type: ['boolean', 'null'], description: notSent },
    user: callerName,
    safety_identifier: callerName,
    prompt_cache_key: callerName,
    prompt_cache_retention: promptCacheRetention,
    metadata,
    store: { enum: [false, null] },
    phi: phiRequest,
  },
  additionalProperties: false,
} as const;
