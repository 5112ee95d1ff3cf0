import { query } from './context.ts';
import { phiAnswer, phiRefused, phiRequest } from './phi.ts';
import { text } from './shapes.ts';

/** One message of the client (JSON-RPC 2.0). This server asks its clients nothing, so answers are none of them. */
export const mcpRequest = {
  type: 'object',
  required: ['jsonrpc', 'method'],
  properties: {
    jsonrpc: { const: '2.0' },
    id: { type: ['string', 'integer'], maxLength: 256 },
    method: { type: 'string', pattern: '^[A-Za-z0-9_/]{1,64}$' },
    params: { type: 'object' },
  },
  additionalProperties: false,
} as const;

/** `params` of `tools/call`. What stands in `_meta` is for the protocol; nothing else reads it. */
export const mcpCall = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,128}$' },
    arguments: { type: 'object' },
    _meta: { type: 'object' },
  },
  additionalProperties: false,
} as const;

export const mcpAnswer = {
  type: 'object',
  description: 'One JSON-RPC answer, or none to a notification; as text/event-stream in protocol 2025-11-25.',
} as const;

export const mcpError = {
  type: 'object',
  required: ['jsonrpc', 'id', 'error'],
  properties: {
    jsonrpc: { const: '2.0' },
    id: { type: ['string', 'integer', 'null'] },
    error: {
      type: 'object',
      required: ['code', 'message', 'data'],
      properties: {
        code: { type: 'integer' },
        message: text,
        data: {
          type: 'object',
          required: ['code', 'trail'],
          properties: { code: text, trail: text, fault: { type: 'string' } },
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
} as const;

const { patient, task, purpose, encounter, ticket, conversation } = phiRequest.properties;
const asked = { patient, task, purpose, encounter, ticket, conversation } as const;

const question = {
  type: 'string',
  minLength: 1,
  maxLength: 100_000,
  description: 'redacted before the model reads it',
} as const;

/** Arguments of the tools: closed, because what nobody reads nobody redacts. */
export const mcpAsk = {
  type: 'object',
  required: ['question'],
  properties: { ...asked, question },
  additionalProperties: false,
} as const;

export const mcpAskTask = {
  type: 'object',
  required: ['question'],
  properties: { patient, purpose, encounter, ticket, conversation, question },
  additionalProperties: false,
} as const;

export const mcpContext = {
  type: 'object',
  properties: {
    ...asked,
    query,
  },
  additionalProperties: false,
} as const;

export const mcpExplain = {
  type: 'object',
  required: ['trail'],
  properties: { trail: { type: 'string', pattern: '^[0-9a-f-]{36}$', description: 'id of the trail' } },
  additionalProperties: false,
} as const;

/** What a tool answers where it refuses. */
export const mcpRefused = {
  type: 'object',
  required: ['error', 'phi'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'status', 'sentence'],
      properties: { code: text, status: { type: 'integer' }, sentence: text, fault: { type: 'string' } },
      additionalProperties: false,
    },
    phi: phiRefused,
  },
  additionalProperties: false,
} as const;

export const mcpAnswered = {
  type: 'object',
  required: ['answer', 'phi'],
  properties: { answer: { type: 'string' }, phi: phiAnswer },
  additionalProperties: false,
} as const;
