import {
  breakGlassRequest,
  breakGlassReview,
  emergencyAccess,
  emergencyAccesses,
} from './schemas/break-glass.ts';
import { chatAnswer, chatChunk } from './schemas/chat-answer.ts';
import { chatRequest } from './schemas/chat-request.ts';
import { consent, consentRequest, consents } from './schemas/consents.ts';
import { answerCheck, answerChecked, contextAnswer, contextRequest } from './schemas/context.ts';
import { embeddingsAnswer, embeddingsRequest } from './schemas/embeddings.ts';
import { evaluationAnswer, evaluationRequest } from './schemas/evaluation.ts';
import { grant, grantRequest, grants } from './schemas/grants.ts';
import {
  mcpAnswer,
  mcpAnswered,
  mcpAsk,
  mcpAskTask,
  mcpCall,
  mcpContext,
  mcpError,
  mcpExplain,
  mcpRefused,
  mcpRequest,
} from './schemas/mcp.ts';
import { decision, phiRefused, receipt } from './schemas/phi.ts';
import { proxies, proxy, proxyConfirmation, proxyRequest } from './schemas/proxies.ts';
import { responsesAnswer, responsesEvent } from './schemas/responses-answer.ts';
import { responsesRequest } from './schemas/responses-request.ts';
import { text } from './schemas/shapes.ts';

/** JSON Schemas (2020-12) of every body in and out. OpenAPI 3.1 uses the same dialect, so they are written once. */

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

const model = {
  type: 'object',
  required: ['id', 'object', 'created', 'owned_by'],
  properties: { id: text, object: { const: 'model' }, created: { type: 'integer' }, owned_by: text },
  additionalProperties: false,
} as const;

const models = {
  type: 'object',
  required: ['object', 'data'],
  properties: {
    object: { const: 'list' },
    data: { type: 'array', items: model },
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
          remarks: {
            type: 'array',
            description: 'for officers: what somebody should look at, in plain words',
            items: text,
          },
          pseudonyms: {
            type: 'object',
            description: 'for officers: who asked and about whom',
            additionalProperties: text,
          },
          opening: {
            type: 'object',
            description: 'for officers: what is sealed on the event, and the salt of its commitment',
            required: ['salt', 'facts'],
            properties: { salt: text, facts: { type: 'object' } },
            additionalProperties: false,
          },
        },
        additionalProperties: false,
      },
    },
    receipt,
  },
  additionalProperties: false,
} as const;

const pseudonym = {
  type: 'object',
  required: ['pseudonym', 'kind'],
  properties: {
    pseudonym: text,
    kind: { enum: ['user', 'patient'] },
    issuer: text,
    subject: text,
    patient: { ...text, description: 'id in the record system' },
  },
  additionalProperties: false,
} as const;

const erasureRequest = {
  type: 'object',
  required: ['patient'],
  properties: { patient: { type: 'string', pattern: '^[A-Za-z0-9.-]{1,64}$' } },
  additionalProperties: false,
} as const;

const erasure = {
  type: 'object',
  required: ['patient', 'erased'],
  properties: {
    patient: { ...text, description: 'pseudonym' },
    erased: { type: 'boolean', description: 'false where nothing was kept of the patient' },
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
    reductions: {
      type: 'array',
      description: 'Where less was granted than was asked, and what said so.',
      items: {
        type: 'object',
        required: ['member', 'reason'],
        properties: {
          member: { enum: ['data', 'retention', 'use', 'encounter', 'expires_in'] },
          reason: { enum: ['task', 'policy', 'launch', 'subject_token'] },
        },
        additionalProperties: false,
      },
    },
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
    patientTexts: phiRefused.properties.patientTexts,
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
    phi: phiRefused,
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
  embeddingsRequest,
  embeddingsAnswer,
  mcpRequest,
  mcpCall,
  mcpAnswer,
  mcpError,
  mcpAsk,
  mcpAskTask,
  mcpContext,
  mcpExplain,
  mcpRefused,
  mcpAnswered,
  responsesRequest,
  evaluationRequest,
  evaluationAnswer,
  contextRequest,
  contextAnswer,
  answerCheck,
  answerChecked,
  responsesAnswer,
  responsesEvent,
  chatRequest,
  chatAnswer,
  chatChunk,
  model,
  models,
  tasks,
  trail,
  pseudonym,
  erasureRequest,
  erasure,
  grantRequest,
  grant,
  grants,
  proxyRequest,
  proxyConfirmation,
  proxy,
  proxies,
  breakGlassRequest,
  breakGlassReview,
  emergencyAccess,
  emergencyAccesses,
  consentRequest,
  consent,
  consents,
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
