import { bindingNames } from './appraisal-policy.ts';
import { formats } from './evidence.ts';

const closed = (properties: object, required: readonly string[]): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const text = (maxLength: number): object => ({ type: 'string', minLength: 1, maxLength });
const listOf = (items: object, maxItems: number, least = 1): object => ({
  type: 'array',
  items,
  minItems: least,
  maxItems,
  uniqueItems: true,
});
const named = (items: object): object => ({
  type: 'object',
  propertyNames: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$' },
  additionalProperties: items,
  maxProperties: 100,
});

const fingerprint = { type: 'string', pattern: '^[0-9a-fA-F]{64}$' };
const files = listOf(text(4_096), 50);

const requirement = closed(
  {
    format: { enum: formats },
    roots: listOf(fingerprint, 20),
    certificates: files,
    revocations: files,
    tcbInfo: text(4_096),
    qeIdentity: text(4_096),
    issuer: text(1_000),
    audience: text(1_000),
    keys: closed({ keys: { type: 'array', items: { type: 'object' }, minItems: 1, maxItems: 50 } }, ['keys']),
    measurements: named(listOf(text(1_000), 100)),
    flags: named({ type: 'boolean' }),
    minimum: named({ type: 'integer', minimum: 0, maximum: 65_535 }),
    status: listOf(text(100), 20),
    platforms: listOf(text(1_000), 1_000),
    facts: named(listOf(text(1_000), 100)),
    binding: { enum: bindingNames },
    maxAgeSeconds: { type: 'integer', minimum: 1, maximum: 2_592_000 },
    count: { type: 'integer', minimum: 1, maximum: 32 },
  },
  ['format'],
);

/** JSON Schema 2020-12 of an appraisal policy. */
export const appraisalPolicySchema = closed(
  {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,63}$' },
    evidence: { type: 'array', items: requirement, minItems: 1, maxItems: 5 },
    validForSeconds: { type: 'integer', minimum: 10, maximum: 3_600 },
  },
  ['name', 'evidence'],
);
