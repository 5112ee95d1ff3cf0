import { text } from './shapes.ts';

const ticket = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._:#-]{0,63}$' } as const;
const minutes = { type: 'integer', minimum: 1, maximum: 60 } as const;
const time = { ...text, description: 'ISO 8601 instant' } as const;
const pseudonym = { ...text, description: 'pseudonym' } as const;

export const grantRequest = {
  type: 'object',
  required: ['patient', 'task', 'purpose', 'ticket', 'minutes'],
  properties: {
    patient: { type: 'string', pattern: '^[A-Za-z0-9.-]{1,64}$' },
    task: { type: 'string', pattern: '^[a-z][a-z0-9_.-]{0,63}$' },
    purpose: text,
    ticket,
    minutes: { ...minutes, description: 'how long it holds from its approval' },
  },
  additionalProperties: false,
} as const;

export const grant = {
  type: 'object',
  required: ['id', 'state', 'patient', 'user', 'task', 'purpose', 'ticket', 'minutes', 'requestedAt'],
  properties: {
    id: text,
    state: { enum: ['requested', 'in_force', 'ended', 'revoked'] },
    patient: pseudonym,
    user: pseudonym,
    task: text,
    purpose: text,
    ticket,
    minutes,
    requestedAt: time,
    approvedBy: pseudonym,
    approvedAt: time,
    until: time,
    revokedBy: pseudonym,
    revokedAt: time,
  },
  additionalProperties: false,
} as const;

export const grants = {
  type: 'object',
  required: ['grants'],
  properties: { grants: { type: 'array', items: grant } },
  additionalProperties: false,
} as const;
