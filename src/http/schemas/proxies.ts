import { proxyRelations } from '../../policy/proxies.ts';
import { sensitivityCodes } from '../../vocabulary/sensitivity-codes.ts';
import { fhirId, text } from './shapes.ts';

const time = { ...text, description: 'ISO 8601 instant' } as const;
const pseudonym = { ...text, description: 'pseudonym' } as const;
const person = {
  type: 'object',
  required: ['issuer', 'subject'],
  properties: {
    issuer: { type: 'string', minLength: 1, maxLength: 2048 },
    subject: { type: 'string', minLength: 1, maxLength: 255 },
  },
  additionalProperties: false,
} as const;
const relation = { enum: [...proxyRelations] } as const;
const tasks = {
  type: 'array',
  items: { type: 'string', pattern: '^[a-z][a-z0-9_.-]{0,63}$' },
  maxItems: 50,
  uniqueItems: true,
} as const;
const shares = { type: 'array', items: { enum: [...sensitivityCodes] }, uniqueItems: true } as const;
const evidence = { type: 'string', minLength: 10, maxLength: 1000 } as const;

export const proxyRequest = {
  type: 'object',
  required: ['relation'],
  properties: {
    relation,
    patient: { ...fhirId, description: 'chosen: absent, or the caller' },
    person: { ...person, description: 'who acts; parent, executor: absent, the caller' },
    relatedPerson: { ...fhirId, description: 'parent, executor: what the record system has of the relation' },
    tasks: { ...tasks, description: 'absent or empty: every task that is open to proxies' },
    shares: { ...shares, description: 'chosen: kinds of sensitive information that the patient shares' },
    until: {
      type: 'string',
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
      description: 'last day, UTC; absent: a year from now, five years at most',
    },
  },
  additionalProperties: false,
} as const;

export const proxyConfirmation = {
  type: 'object',
  required: ['evidence'],
  properties: {
    evidence: {
      ...evidence,
      description: 'what was seen, in words; sealed under the key of the patient',
    },
  },
  additionalProperties: false,
} as const;

export const proxy = {
  type: 'object',
  required: ['id', 'state', 'relation', 'patient', 'person', 'tasks', 'askedAt', 'until'],
  properties: {
    id: text,
    state: { enum: ['requested', 'in_force', 'ended', 'revoked'] },
    relation,
    patient: pseudonym,
    person,
    tasks,
    askedAt: time,
    until: time,
    user: { ...pseudonym, description: 'of the person' },
    shares,
    relatedPerson: text,
    askedBy: pseudonym,
    confirmedBy: pseudonym,
    confirmedAt: time,
    evidence: { ...text, description: 'for officers' },
    revokedBy: pseudonym,
    revokedAt: time,
  },
  additionalProperties: false,
} as const;

export const proxies = {
  type: 'object',
  required: ['proxies'],
  properties: {
    proxies: { type: 'array', items: proxy },
    next: { ...text, description: 'as `before`, for the next page' },
  },
  additionalProperties: false,
} as const;
