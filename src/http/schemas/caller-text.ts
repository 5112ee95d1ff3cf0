import { notSent } from './shapes.ts';

/** Pairs for the caller's own books. */
export const metadata = {
  type: ['object', 'null'],
  description: notSent,
  maxProperties: 16,
  propertyNames: { maxLength: 64 },
  additionalProperties: { type: 'string', maxLength: 512 },
} as const;

export const callerName = { type: ['string', 'null'], maxLength: 256, description: notSent } as const;

/** An opaque id, or what a caller takes for one. */
export const opaqueId = { type: ['string', 'null'], maxLength: 256, description: notSent } as const;

/** A number that steers sampling. */
export const notSentNumber = (minimum: number, maximum: number) =>
  ({ type: ['number', 'null'], minimum, maximum, description: notSent }) as const;

export const functionName = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' } as const;

/** JSON text; redacted like any other text. */
export const functionArguments = {
  type: 'string',
  maxLength: 100_000,
  description: 'JSON text, redacted',
} as const;

/** Speed and price, as a caller of OpenAI chooses them. */
export const serviceTier = {
  enum: ['auto', 'default', 'flex', 'scale', 'priority', null],
  description: notSent,
} as const;

export const verbosity = { enum: ['low', 'medium', 'high', null], description: notSent } as const;

export const promptCacheRetention = {
  enum: ['in_memory', 'in-memory', '24h', null],
  description: notSent,
} as const;

/** Of log probabilities there are none. */
export const noTopLogprobs = { enum: [0, null] } as const;

/** A member that clients write out where they mean that there is none. */
export const nothing = { type: 'null' } as const;

/** No task lets a model call tools: a list of them has to be empty. */
export const noTools = {
  type: ['array', 'null'],
  maxItems: 0,
  description: 'empty: no task of this release lets a model call tools',
} as const;

/** The shape that an answer is to have, by JSON Schema: becomes redacted text of the prompt. */
export const jsonSchemaFormat = {
  name: functionName,
  description: { type: 'string', maxLength: 10_000 },
  schema: { type: 'object' },
  strict: { type: ['boolean', 'null'] },
} as const;
