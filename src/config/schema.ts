import { defaultPatientTexts } from '../vocabulary/patient-texts.ts';
import { roles } from '../vocabulary/person.ts';
import { defaultProxyRules } from '../vocabulary/proxy-rules.ts';
import { purposes } from '../vocabulary/purpose.ts';
import { sensitivityCodes } from '../vocabulary/sensitivity-codes.ts';
import { jurisdictions } from './config.ts';
import { issuerProfiles } from './issuer-profiles.ts';

/**
 * JSON Schema 2020-12 of the configuration file. Secrets are never in the file: a setting that ends in `_file` names
 * the file that holds the secret, relative to the configuration file. docs/configuration.md is held to this schema.
 */
const id = { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' };
const url = { type: 'string', minLength: 1, maxLength: 2048 };
const file = { type: 'string', minLength: 1, maxLength: 4096 };
const milliseconds = { type: 'integer', minimum: 100, maximum: 600_000 };

const closed = (
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = Object.keys(properties),
): object => ({ type: 'object', additionalProperties: false, required, properties });

/** As `closed`, where all but these have to be there. */
const closedBut = (optional: readonly string[], properties: Readonly<Record<string, object>>): object =>
  closed(
    properties,
    Object.keys(properties).filter((name) => !optional.includes(name)),
  );

/** `all`, or a list of names. */
const allOr = (items: object): object => ({
  anyOf: [{ const: 'all' }, { type: 'array', items, minItems: 1, uniqueItems: true, maxItems: 200 }],
});

const listener = (port: number): object => ({
  ...closed({
    host: { type: 'string', minLength: 1, maxLength: 255, default: '127.0.0.1' },
    port: { type: 'integer', minimum: 0, maximum: 65_535, default: port },
  }),
  default: {},
});

const claimName = { type: 'string', minLength: 1, maxLength: 255 };

const perMinute = (count: number): object => ({
  type: 'integer',
  minimum: 1,
  maximum: 10_000_000,
  default: count,
});

const issuer = closed(
  {
    issuer: url,
    audience: { type: 'string', minLength: 1, maxLength: 2048 },
    profile: { enum: Object.keys(issuerProfiles), default: 'rfc9068' },
    algorithms: {
      type: 'array',
      items: { enum: issuerProfiles.rfc9068.algorithms },
      minItems: 1,
      uniqueItems: true,
    },
    claims: {
      ...closed(
        {
          roles: { ...claimName, default: 'roles' },
          fhirUser: { ...claimName, default: 'fhirUser' },
          tenant: claimName,
          department: claimName,
          name: claimName,
          assurance: { ...claimName, default: 'acr' },
          session: { ...claimName, default: 'sid' },
          deviceId: claimName,
          deviceManaged: claimName,
          devicePosture: claimName,
          patient: { ...claimName, default: 'patient' },
          encounter: { ...claimName, default: 'encounter' },
        },
        ['roles', 'fhirUser'],
      ),
      default: {},
    },
    roleNames: {
      type: 'object',
      maxProperties: 500,
      additionalProperties: { type: 'array', items: { enum: roles }, minItems: 1, uniqueItems: true },
    },
    fhirBase: url,
    discoveryTimeoutMs: { ...milliseconds, default: 5_000 },
    jwksOrigin: url,
    keyGraceSeconds: { type: 'integer', minimum: 0, maximum: 86_400, default: 3_600 },
    idTokens: { enum: ['accepted', 'refused'], default: 'refused' },
    introspection: closed({
      endpoint: url,
      clientId: { type: 'string', minLength: 1, maxLength: 255 },
      clientSecret_file: file,
    }),
    signals: closed(
      {
        issuer: url,
        audience: { type: 'string', minLength: 1, maxLength: 2048 },
        jwksUri: url,
        authorization_file: file,
        silenceSeconds: { type: 'integer', minimum: 5, maximum: 86_400, default: 300 },
        whenSilent: { enum: ['closed', 'open'], default: 'closed' },
      },
      ['audience', 'silenceSeconds', 'whenSilent'],
    ),
  },
  ['issuer', 'audience', 'profile', 'claims', 'fhirBase', 'discoveryTimeoutMs', 'keyGraceSeconds'],
);

const authorization = closed(
  {
    method: { enum: ['backend', 'exchange'] },
    issuer: url,
    tokenEndpoint: url,
    clientId: { type: 'string', minLength: 1, maxLength: 255 },
    clientKey_file: file,
    maxLifetimeSeconds: { type: 'integer', minimum: 30, maximum: 3_600, default: 300 },
    jwksUri: url,
  },
  ['method', 'issuer', 'tokenEndpoint', 'clientId', 'clientKey_file', 'maxLifetimeSeconds'],
);

const fhirServer = {
  id: { ...id, default: 'fhir' },
  base: url,
  timeoutMs: { ...milliseconds, default: 10_000 },
  maxResponseBytes: { type: 'integer', minimum: 1_024, maximum: 268_435_456, default: 8_388_608 },
  maxConcurrent: { type: 'integer', minimum: 1, maximum: 1_000, default: 64 },
  batch: { type: 'boolean', default: false },
  authorization,
};
const ofEachServer = ['id', 'base', 'timeoutMs', 'maxResponseBytes', 'maxConcurrent', 'batch'];

const part2Programs = {
  type: 'array',
  items: { type: 'string', pattern: '^(Organization|HealthcareService|Location)/[A-Za-z0-9.-]{1,64}$' },
  maxItems: 200,
  uniqueItems: true,
  default: [],
};

const fhir = closed(
  { ...fhirServer, aliases: { type: 'array', items: url, uniqueItems: true, maxItems: 10 } },
  ofEachServer,
);

const furtherFhir = closed({ ...fhirServer, id, crossReference: file, part2Programs }, [
  ...ofEachServer,
  'crossReference',
  'part2Programs',
]);

/** What whoever runs a model promised to keep, and for what; `training` has to be said. */
const retention = closed({
  days: { type: 'integer', minimum: 0, maximum: 36_500 },
  training: { type: 'boolean' },
  contract: { type: 'string', minLength: 1, maxLength: 200 },
});

const model = closed(
  {
    id,
    model: { type: 'string', minLength: 1, maxLength: 255 },
    baseUrl: url,
    apiKey_file: file,
    timeoutMs: { ...milliseconds, default: 60_000 },
    maxAnswerBytes: { type: 'integer', minimum: 1_024, maximum: 16_777_216, default: 262_144 },
    residency: { type: 'string', pattern: '^[A-Za-z]{2}(-[A-Za-z0-9]{1,16})?$' },
    trusted: { type: 'boolean', default: false },
    embeddings: { type: 'boolean' },
    purposes: {
      type: 'array',
      items: { enum: Object.keys(purposes) },
      minItems: 1,
      uniqueItems: true,
    },
    attestation: closed(
      {
        policy: file,
        path: { type: 'string', pattern: '^/[A-Za-z0-9._~/-]{0,199}$', default: '/attestation' },
      },
      ['policy', 'path'],
    ),
    noStore: { type: 'boolean' },
    retention,
    retries: { type: 'integer', minimum: 0, maximum: 3 },
    fallback: { type: 'array', items: id, minItems: 1, maxItems: 3, uniqueItems: true },
  },
  ['id', 'model', 'baseUrl', 'timeoutMs', 'maxAnswerBytes', 'residency', 'trusted'],
);

const spiffeId = { type: 'string', pattern: '^spiffe://[a-z0-9._-]{1,255}(/[A-Za-z0-9._-]{1,255}){1,20}$' };
const spiffeIds = { type: 'array', items: spiffeId, uniqueItems: true, maxItems: 100, default: [] };

/** As a browser writes it (RFC 6454, section 6.2): no path, no default port, lower case. */
const origin = {
  type: 'string',
  pattern:
    '^(?:https://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|http://(?:127\\.0\\.0\\.1|localhost))(?::[1-9][0-9]{0,4})?$',
};

const workload = closed(
  {
    id,
    clientIds: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 255 },
      minItems: 1,
      uniqueItems: true,
      maxItems: 100,
    },
    spiffeIds,
    jwks: file,
    senderConstraint: { enum: ['required', 'optional'] },
    origins: { type: 'array', items: origin, minItems: 1, maxItems: 20, uniqueItems: true },
    tasks: allOr({ type: 'string', minLength: 1, maxLength: 64 }),
    purposes: allOr({ enum: Object.keys(purposes) }),
    models: allOr(id),
    readingModel: closedBut(['retention'], {
      name: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}$' },
      residency: { type: 'string', pattern: '^[A-Za-z]{2}(-[A-Za-z0-9]{1,16})?$' },
      contract: { type: 'string', minLength: 1, maxLength: 200 },
      retention,
    }),
    humanReads: { type: 'boolean', default: false },
  },
  ['id', 'clientIds', 'spiffeIds', 'tasks', 'purposes', 'models', 'humanReads'],
);

const mtls = closed({
  host: { type: 'string', minLength: 1, maxLength: 255, default: '127.0.0.1' },
  port: { type: 'integer', minimum: 0, maximum: 65_535, default: 8_443 },
  publicUrl: url,
  certificate: file,
  key: file,
  proxies: spiffeIds,
});

const trustDomain = closed(
  { name: { type: 'string', pattern: '^[a-z0-9._-]{1,255}$' }, bundle: file, jwks: file },
  ['name', 'bundle'],
);

const upstreamTls = {
  ...closed({ origin: url, authorities: file, certificate: file, key: file }, ['origin']),
  anyOf: [{ required: ['authorities'] }, { required: ['certificate'] }],
};

const keyName = { type: 'string', pattern: '^[^\\s+]{1,255}$' };
/** A C2SP verifier key: name, key id, base64 of type and key. */
const verifierKey = { type: 'string', pattern: '^[^\\s+]{1,255}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]{44,200}$' };

const audit = closed(
  {
    origin: keyName,
    verifierKeys: { type: 'array', items: verifierKey, uniqueItems: true, maxItems: 50, default: [] },
    witnesses: {
      type: 'array',
      items: closed({ url, key: verifierKey }),
      maxItems: 16,
      default: [],
    },
    witnessMaxAgeSeconds: { type: 'integer', minimum: 3, maximum: 86_400, default: 60 },
  },
  ['verifierKeys', 'witnesses', 'witnessMaxAgeSeconds'],
);

const redaction = closed(
  {
    packs: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 4_096 },
      uniqueItems: true,
      maxItems: 20,
      default: [],
    },
    recogniser: closed(
      {
        url,
        certificate: file,
        key_file: file,
        authority: file,
        language: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$', default: 'en' },
        entities: {
          type: 'array',
          items: { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,63}$' },
          minItems: 1,
          maxItems: 200,
          uniqueItems: true,
        },
        leastScore: { type: 'number', minimum: 0, maximum: 1, default: 0.4 },
        timeoutMs: { ...milliseconds, default: 5_000 },
      },
      ['url', 'language', 'leastScore', 'timeoutMs'],
    ),
  },
  ['packs'],
);

const names = (items: object): object => ({
  type: 'array',
  items,
  minItems: 1,
  uniqueItems: true,
  maxItems: 200,
});

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

/** Some lines that are seen: nothing else than letters, signs, blanks and line feeds, and neither at an end. */
const fixedText = (words: string): object => ({
  type: 'string',
  pattern: '^(?!\\s)(?:[^\\p{C}]|\\n)+(?<!\\s)$',
  maxLength: 1_000,
  default: words,
});

const patientTexts = {
  ...closed({
    answer: fixedText(defaultPatientTexts.answer),
    emergency: {
      ...closed({
        text: fixedText(defaultPatientTexts.emergency.text),
        phrases: {
          type: 'array',
          items: { type: 'string', minLength: 2, maxLength: 100 },
          uniqueItems: true,
          maxItems: 500,
          default: defaultPatientTexts.emergency.phrases,
        },
      }),
      default: {},
    },
  }),
  default: {},
};

const tenant = closedBut(['breakGlass', 'relations', 'tickets', 'roster', 'privacyNotice'], {
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

export const configSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'phi-gateway configuration',
  ...closedBut(['rules', 'release'], {
    environment: { enum: ['sandbox', 'production'] },
    listeners: closed({ public: listener(8_080), operations: listener(9_090), publicUrl: url, mtls }, [
      'public',
      'operations',
      'publicUrl',
    ]),
    trustDomains: { type: 'array', items: trustDomain, maxItems: 50, default: [] },
    upstreamTls: { type: 'array', items: upstreamTls, maxItems: 200, default: [] },
    rules: closed({ directory: file }),
    release: closed({
      approvals: file,
      approvers: { type: 'array', items: verifierKey, uniqueItems: true, minItems: 2, maxItems: 20 },
    }),
    storage: closed(
      {
        directory: file,
        reserveMegabytes: { type: 'integer', minimum: 0, maximum: 1_000_000, default: 64 },
      },
      ['directory'],
    ),
    keys: closed(
      {
        signing_file: file,
        overlap_files: { type: 'array', items: file, uniqueItems: true, maxItems: 4 },
        vault_file: file,
        pseudonym_file: file,
        log_file: file,
      },
      ['signing_file', 'vault_file', 'pseudonym_file', 'log_file'],
    ),
    audit: { ...audit, default: {} },
    redaction: { ...redaction, default: {} },
    limits: {
      ...closed({
        bodyBytes: { type: 'integer', minimum: 1_024, maximum: 16_777_216, default: 1_048_576 },
        requestTimeoutMs: { ...milliseconds, default: 120_000 },
        heartbeatMs: { ...milliseconds, default: 10_000 },
        delegatedTokenSeconds: { type: 'integer', minimum: 10, maximum: 300, default: 300 },
        sessionIdleSeconds: { type: 'integer', minimum: 1, maximum: 86_400, default: 900 },
        sessionAbsoluteSeconds: { type: 'integer', minimum: 60, maximum: 604_800, default: 43_200 },
        perMinute: {
          ...closed({
            user: perMinute(120),
            workload: perMinute(6_000),
            tenant: perMinute(30_000),
            failedSignIns: perMinute(60),
            strangers: perMinute(60),
          }),
          default: {},
        },
        notePassages: { type: 'integer', minimum: 1, maximum: 1_000, default: 20 },
        tokenRetentionSeconds: { type: 'integer', minimum: 60, maximum: 2_592_000, default: 86_400 },
      }),
      default: {},
    },
    tenants: { type: 'array', items: tenant, minItems: 1, maxItems: 100 },
  }),
};
