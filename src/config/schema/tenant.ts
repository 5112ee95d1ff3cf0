import { defaultProxyRules } from '../../vocabulary/proxy-rules.ts';
import { purposes } from '../../vocabulary/purpose.ts';
import { sensitivityCodes } from '../../vocabulary/sensitivity-codes.ts';
import { jurisdictions } from '../config.ts';
import { fhir, furtherFhir, part2Programs } from './fhir.ts';
import { issuer } from './identity.ts';
import { model } from './models.ts';
import { patientTexts } from './patient-texts.ts';
import { closed, closedBut, file, id, milliseconds, names, url } from './terms.ts';
import { workload } from './workloads.ts';

const stepUp = {
  ...closed(
    {
      tasks: names({ type: 'string', minLength: 1, maxLength: 64 }),
      purposes: names({ enum: Object.keys(purposes) }),
      dataTypes: names({ type: 'string', pattern: '^[A-Z][A-Za-z]{1,63}$' }),
      acr: names({ type: 'string', pattern: '^[!#-\\[\\]-~]{1,255}$' }),
      maxAgeSeconds: { type: 'integer', minimum: 1, maximum: 86_400 },
    },
    [],
  ),
  anyOf: [{ required: ['acr'] }, { required: ['maxAgeSeconds'] }],
};

const member = {
  type: 'string',
  pattern: '^[A-Za-z_][A-Za-z0-9_-]{0,63}(\\.[A-Za-z_][A-Za-z0-9_-]{0,63}){0,7}$',
};

const tickets = closedBut(['authorization_file'], {
  url,
  issuer: url,
  authorization_file: file,
  timeoutMs: { ...milliseconds, default: 5_000 },
  stateField: { ...member, default: 'state' },
  assigneeField: { ...member, default: 'assignee' },
  openStates: {
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 64 },
    minItems: 1,
    maxItems: 20,
    uniqueItems: true,
    default: ['open'],
  },
});

export const tenant = closedBut(['breakGlass', 'relations', 'tickets', 'roster', 'privacyNotice'], {
  id,
  issuers: { type: 'array', items: issuer, minItems: 1, maxItems: 20 },
  fhir,
  furtherFhir: { type: 'array', items: furtherFhir, maxItems: 5, default: [] },
  models: { type: 'array', items: model, minItems: 1, maxItems: 50 },
  workloads: { type: 'array', items: workload, minItems: 1, maxItems: 500 },
  stepUp: { type: 'array', items: stepUp, maxItems: 100, default: [] },
  implicitConsent: { enum: ['permit', 'deny'], default: 'deny' },
  consentSource: { enum: ['fhir', 'own', 'both'], default: 'both' },
  breakGlass: closed(
    {
      minutes: { type: 'integer', minimum: 1, maximum: 240, default: 60 },
      implicitConsent: { enum: ['permit', 'deny'], default: 'deny' },
      notify: url,
    },
    ['notify'],
  ),
  tickets,
  roster: file,
  relations: closed(
    {
      settleSeconds: { type: 'integer', minimum: 0, maximum: 604_800 },
      provenanceAgents: {
        type: 'array',
        items: {
          type: 'string',
          pattern: '^(Device|Organization|Practitioner|PractitionerRole)/[A-Za-z0-9.-]{1,64}$',
        },
        uniqueItems: true,
        maxItems: 100,
        default: [],
      },
    },
    ['settleSeconds'],
  ),
  proxies: {
    ...closed({
      majority: { type: 'integer', minimum: 12, maximum: 25, default: defaultProxyRules.majority },
      withhold: {
        type: 'array',
        items: { enum: [...sensitivityCodes] },
        uniqueItems: true,
        default: defaultProxyRules.withhold,
      },
    }),
    default: {},
  },
  patientTexts,
  linkHosts: {
    type: 'array',
    items: { type: 'string', pattern: '^[a-z0-9-]{1,63}([.][a-z0-9-]{1,63}){1,8}$' },
    uniqueItems: true,
    maxItems: 100,
    default: [],
  },
  jurisdictions: { type: 'array', items: { enum: [...jurisdictions] }, uniqueItems: true, default: [] },
  lawfulBases: {
    type: 'object',
    propertyNames: { enum: Object.keys(purposes) },
    additionalProperties: {
      type: 'string',
      pattern:
        '^(6\\.1\\.[a-f]\\+9\\.2\\.[a-j](/164\\.[0-9]{3}(\\.[a-z0-9]{1,3}){0,4})?|164\\.[0-9]{3}(\\.[a-z0-9]{1,3}){0,4})$',
    },
    default: {},
  },
  privacyNotice: { enum: ['constant', 'specific'] },
  safetyNotice: { enum: ['constant', 'specific', 'refuse'], default: 'constant' },
  part2Programs,
  // Six years of at most 366 days: the floor below which nobody goes.
  trailRetentionDays: { type: 'integer', minimum: 2_192, maximum: 36_525, default: 2_192 },
});
