import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import {
  type PolicyFacts,
  type TrailAction,
  type TrailFacts,
  trailActions,
} from '../../../src/policy/decision.ts';

/** The tables of `policies/tests/`, checked strictly: a misspelt fact must not pass as one that changes nothing. */
export interface TableCase {
  readonly name: string;
  readonly action: string;
  readonly facts: PolicyFacts;
  readonly effect: 'allow' | 'deny';
  readonly by: readonly string[];
}

export interface TrailCase {
  readonly name: string;
  /** `read_trail` where nothing is said. */
  readonly action?: TrailAction;
  readonly facts: TrailFacts;
  readonly effect: 'allow' | 'deny';
  readonly by?: readonly string[];
}

const flag = { type: 'boolean' };
const words = { type: 'array', items: { type: 'string' } };
const factTypes = {
  roles: words,
  purpose: { type: 'string' },
  task: { type: 'string' },
  taskPermitsRole: flag,
  workloadPermitsTask: flag,
  workloadPermitsPurpose: flag,
  workloadPermitsModel: flag,
  tenantMatches: flag,
  ownRecord: flag,
  onCareTeam: flag,
  encounterOpen: flag,
  appointmentSoon: flag,
  generalPractitioner: flag,
  consentPermits: flag,
  modelTrusted: flag,
  patientBound: flag,
  acr: { type: 'string' },
  authAge: { type: 'integer' },
};
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const some = closed(factTypes);
const effect = { enum: ['allow', 'deny'] };

interface Row extends Omit<TableCase, 'facts' | 'by'> {
  readonly persona: string;
  readonly facts?: Partial<PolicyFacts>;
  readonly by?: readonly string[];
}
interface Personas {
  readonly ready: Partial<PolicyFacts>;
  readonly personas: Readonly<Record<string, Partial<PolicyFacts>>>;
}

const ajv = new Ajv2020({ strict: true });
const isPersonas = ajv.compile<Personas>(
  closed({ ready: some, personas: { type: 'object', additionalProperties: some } }, ['ready', 'personas']),
);
const isRows = ajv.compile<Row[]>({
  type: 'array',
  items: closed(
    {
      name: { type: 'string' },
      persona: { type: 'string' },
      action: { type: 'string' },
      effect,
      by: words,
      facts: some,
    },
    ['name', 'persona', 'action', 'effect'],
  ),
});
const isFacts = ajv.compile<PolicyFacts>(closed(factTypes, Object.keys(factTypes)));
const trailFacts = { roles: words, tenantMatches: flag, ownTrail: flag };
const isTrailRows = ajv.compile<TrailCase[]>({
  type: 'array',
  items: closed(
    {
      name: { type: 'string' },
      action: { enum: [...trailActions] },
      effect,
      by: words,
      facts: closed(trailFacts, Object.keys(trailFacts)),
    },
    ['name', 'effect', 'facts'],
  ),
});

const read = (file: string): unknown =>
  parse(readFileSync(join(findDataFolder('policies'), 'tests', file), 'utf8'));

export function tableCases(): readonly TableCase[] {
  const personas = read('personas.yaml');
  if (!isPersonas(personas)) throw new Error('personas.yaml has another shape');
  return ['staff.yaml', 'others.yaml'].flatMap((file) => {
    const rows = read(file);
    if (!isRows(rows)) throw new Error(`${file} has another shape: ${JSON.stringify(isRows.errors)}`);
    return rows.map(({ name, persona, action, effect: expected, by = [], facts = {} }) => {
      const whole: unknown = { ...personas.ready, ...personas.personas[persona], ...facts };
      if (!isFacts(whole)) throw new Error(`${file}: "${name}" has no complete facts`);
      return { name, action, facts: whole, effect: expected, by };
    });
  });
}

export function trailCases(): readonly TrailCase[] {
  const rows = read('trail.yaml');
  if (!isTrailRows(rows)) throw new Error('trail.yaml has another shape');
  return rows;
}
