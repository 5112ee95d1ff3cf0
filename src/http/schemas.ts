/** JSON Schemas (2020-12) of every body in and out. OpenAPI 3.1 uses the same dialect, so they are written once. */

const text = { type: 'string', minLength: 1 } as const;
const fhirId = { type: 'string', pattern: '^[A-Za-z0-9\\-.]{1,64}$' } as const;
const name = { type: 'string', pattern: '^[A-Za-z0-9._:\\-]{1,128}$' } as const;

const phiRequest = {
  type: 'object',
  description:
    'What is asked about: one patient, one task, one purpose. With a delegated token only `conversation` may stand here.',
  properties: {
    patient: { type: 'string', pattern: '^[A-Za-z0-9\\-.]{1,64}$', description: 'FHIR id, or `self`' },
    task: name,
    purpose: name,
    encounter: fhirId,
    ticket: name,
    conversation: name,
  },
  additionalProperties: false,
} as const;

const contentPart = {
  type: 'object',
  required: ['type', 'text'],
  properties: { type: { const: 'text' }, text: { type: 'string' } },
  additionalProperties: false,
} as const;

const message = {
  type: 'object',
  required: ['role', 'content'],
  properties: {
    role: { enum: ['system', 'developer', 'user', 'assistant'] },
    content: {
      anyOf: [{ type: 'string' }, { type: 'array', minItems: 1, maxItems: 64, items: contentPart }],
    },
  },
  additionalProperties: false,
} as const;

const chatRequest = {
  type: 'object',
  required: ['messages'],
  properties: {
    model: { ...text, maxLength: 128 },
    messages: { type: 'array', minItems: 1, maxItems: 128, items: message },
    stream: { type: ['boolean', 'null'] },
    stream_options: {
      type: ['object', 'null'],
      properties: { include_usage: { type: 'boolean' } },
      additionalProperties: false,
    },
    temperature: { type: ['number', 'null'], minimum: 0, maximum: 2 },
    max_tokens: { type: ['integer', 'null'], minimum: 1 },
    max_completion_tokens: { type: ['integer', 'null'], minimum: 1 },
    top_p: { type: ['number', 'null'], minimum: 0, maximum: 1, description: 'accepted, not sent upstream' },
    frequency_penalty: {
      type: ['number', 'null'],
      minimum: -2,
      maximum: 2,
      description: 'accepted, not sent upstream',
    },
    presence_penalty: {
      type: ['number', 'null'],
      minimum: -2,
      maximum: 2,
      description: 'accepted, not sent upstream',
    },
    n: { enum: [1, null] },
    user: { type: ['string', 'null'], maxLength: 256, description: 'accepted, never sent upstream' },
    store: { enum: [false, null] },
    phi: phiRequest,
  },
  additionalProperties: false,
} as const;

const decision = {
  type: 'object',
  required: ['effect', 'sentence'],
  properties: { effect: { enum: ['allow', 'deny'] }, sentence: text },
  additionalProperties: false,
} as const;

const receipt = {
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

const phiAnswer = {
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
        properties: { key: text, resource: text },
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
    receipt,
  },
  additionalProperties: false,
} as const;

const sessions = {
  type: 'object',
  required: ['sessions'],
  properties: {
    sessions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'current', 'startedAt', 'lastAt'],
        properties: { id: text, current: { type: 'boolean' }, startedAt: text, lastAt: text },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
} as const;

const logoutRequest = {
  type: 'object',
  required: ['logout_token'],
  properties: { logout_token: text },
} as const;

/** RFC 8935, section 2.3. */
const eventError = {
  type: 'object',
  required: ['err', 'description', 'trail'],
  properties: { err: text, description: text, trail: text },
  additionalProperties: false,
} as const;

const sessionEnded = {
  type: 'object',
  required: ['id', 'ended'],
  properties: { id: text, ended: { const: true } },
  additionalProperties: false,
} as const;

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

const chatAnswer = {
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

const chatChunk = {
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

const models = {
  type: 'object',
  required: ['object', 'data'],
  properties: {
    object: { const: 'list' },
    data: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'object', 'created', 'owned_by'],
        properties: { id: text, object: { const: 'model' }, created: { type: 'integer' }, owned_by: text },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
} as const;

const tasks = {
  type: 'object',
  required: ['tasks'],
  properties: {
    tasks: {
      type: 'array',
      items: {
        type: 'object',
        required: ['task', 'title', 'purposes'],
        properties: { task: text, title: text, purposes: { type: 'array', items: text } },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
} as const;

const trail = {
  type: 'object',
  required: ['id', 'outcome', 'events'],
  properties: {
    id: text,
    outcome: text,
    decision,
    events: {
      type: 'array',
      items: {
        type: 'object',
        required: ['seq', 'at', 'event', 'outcome'],
        properties: {
          seq: { type: 'integer' },
          at: { type: 'integer', description: 'milliseconds since the epoch' },
          event: text,
          outcome: text,
          reason: text,
          counts: { type: 'object', additionalProperties: { type: 'integer' } },
        },
        additionalProperties: false,
      },
    },
    receipt,
  },
  additionalProperties: false,
} as const;

const note = { type: 'string', minLength: 1, description: 'Lines of text as C2SP specifies them' } as const;

const tokenRequest = {
  type: 'object',
  required: ['grant_type', 'subject_token', 'subject_token_type', 'authorization_details'],
  properties: {
    grant_type: { const: 'urn:ietf:params:oauth:grant-type:token-exchange' },
    subject_token: text,
    subject_token_type: text,
    authorization_details: { ...text, description: 'JSON array with one `phi_access` object (RFC 9396)' },
    requested_token_type: text,
    resource: text,
    audience: text,
    scope: text,
    client_id: text,
    client_assertion: text,
    client_assertion_type: text,
    actor_token: text,
    actor_token_type: text,
  },
} as const;

const tokenAnswer = {
  type: 'object',
  required: ['access_token', 'issued_token_type', 'token_type', 'expires_in'],
  properties: {
    access_token: text,
    issued_token_type: text,
    token_type: { enum: ['Bearer', 'DPoP'] },
    expires_in: { type: 'integer', maximum: 300 },
    authorization_details: { type: 'array', items: { type: 'object' } },
  },
  additionalProperties: false,
} as const;

const oauthError = {
  type: 'object',
  required: ['error'],
  properties: { error: text, error_description: text, trail: text },
  additionalProperties: false,
} as const;

const introspectionRequest = {
  type: 'object',
  required: ['token'],
  properties: { token: text, token_type_hint: text },
} as const;

const introspectionAnswer = {
  type: 'object',
  required: ['active'],
  properties: { active: { type: 'boolean' } },
} as const;

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'trail'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: text,
    trail: text,
    fault: { type: 'string' },
  },
  additionalProperties: false,
} as const;

const openAiError = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'type', 'param', 'code'],
      properties: { message: text, type: text, param: { type: ['string', 'null'] }, code: text },
      additionalProperties: false,
    },
    phi: { type: 'object', required: ['trail'], properties: { trail: text }, additionalProperties: false },
  },
  additionalProperties: false,
} as const;

const document = { type: 'object' } as const;

const probe = {
  type: 'object',
  required: ['status'],
  properties: {
    status: { enum: ['ok', 'unavailable'] },
    checks: { type: 'object', additionalProperties: { type: 'boolean' } },
  },
  additionalProperties: false,
} as const;

export const schemas = {
  chatRequest,
  chatAnswer,
  chatChunk,
  models,
  tasks,
  trail,
  sessions,
  sessionEnded,
  logoutRequest,
  eventError,
  note,
  tokenRequest,
  tokenAnswer,
  oauthError,
  introspectionRequest,
  introspectionAnswer,
  problem,
  openAiError,
  document,
  probe,
} as const;

export type SchemaName = keyof typeof schemas;
