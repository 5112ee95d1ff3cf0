import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { schemaCompiler } from '../vocabulary/json-schema.ts';
import { readYamlAs, YamlFault } from '../vocabulary/yaml-text.ts';
import {
  type ConsentAction,
  type ConsentFacts,
  consentActions,
  type PolicyDecisionPoint,
  type PolicyFacts,
  type TrailAction,
  type TrailFacts,
  trailActions,
  type Verdict,
} from './decision.ts';

/**
 * The tables of a policy folder's `tests/`: `personas.yaml`, `trail.yaml`, `consent.yaml`, and any number of others about records.
 * Checked strictly: a misspelt fact must not pass as one that changes nothing.
 */
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

export interface ConsentCase {
  readonly name: string;
  readonly action: ConsentAction;
  readonly facts: ConsentFacts;
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
  relationSettled: flag,
  relationSource: { enum: ['none', 'CareTeam', 'Encounter', 'Appointment', 'Patient'] },
  relationAge: { type: 'integer' },
  coverByRoster: flag,
  roster: { enum: ['none', 'read', 'unreadable'] },
  rosterAge: { type: 'integer' },
  consentPermits: flag,
  grantInForce: flag,
  breakGlassOpen: flag,
  chosenProxy: flag,
  parentOfMinor: flag,
  executor: flag,
  patientDeceased: flag,
  modelTrusted: flag,
  modelAttested: flag,
  modelResidency: { type: 'string' },
  modelKeepsNothing: flag,
  modelRetentionDays: { type: 'integer' },
  modelNoTraining: flag,
  underUsLaw: flag,
  underEuLaw: flag,
  lawfulBasis: { type: 'string' },
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

const ajv = schemaCompiler();
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

const consentFacts = {
  roles: words,
  tenantMatches: flag,
  ownRecord: flag,
  opensToAsker: flag,
  patientsDenial: flag,
};
const isConsentRows = ajv.compile<ConsentCase[]>({
  type: 'array',
  items: closed(
    {
      name: { type: 'string' },
      action: { enum: [...consentActions] },
      effect,
      by: words,
      facts: closed(consentFacts, Object.keys(consentFacts)),
    },
    ['name', 'action', 'effect', 'facts'],
  ),
});

/** A table that cannot be used; the message names the file and the fault. */
export class CaseTableFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CaseTableFault';
  }
}

function textOf(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, 'tests', file), 'utf8');
  } catch {
    throw new CaseTableFault(`${file}: there is no such table`);
  }
}

/** Tables may repeat facts by aliases. */
const mostAliases = 100;

function read<Table>(folder: string, file: string, fits: ValidateFunction<Table>): Table {
  const text = textOf(folder, file);
  try {
    return readYamlAs(text, fits, mostAliases).content;
  } catch (thrown) {
    if (!(thrown instanceof YamlFault)) throw thrown;
    const faults = thrown.faults.map(({ line, reason }) => `${file}, line ${line}: ${reason}`);
    throw new CaseTableFault(faults.join('; '));
  }
}

/** The personas by name, each with every fact. */
export function personasOf(folder: string): ReadonlyMap<string, PolicyFacts> {
  const file = 'personas.yaml';
  const table = read(folder, file, isPersonas);
  return new Map(
    Object.entries(table.personas).map(([name, own]) => {
      const facts: unknown = { ...table.ready, ...own };
      if (!isFacts(facts)) throw new CaseTableFault(`${file}: "${name}" has no complete facts`);
      return [name, facts];
    }),
  );
}

export interface CaseTables {
  readonly records: readonly TableCase[];
  readonly trails: readonly TrailCase[];
  readonly consents: readonly ConsentCase[];
}

/** Tables of another shape than the records'. */
const ownShapes: ReadonlySet<string> = new Set(['personas.yaml', 'trail.yaml', 'consent.yaml']);

/** @throws CaseTableFault */
export function readCaseTables(folder: string): CaseTables {
  const personas = personasOf(folder);
  const files = readdirSync(join(folder, 'tests')).filter((file) => file.endsWith('.yaml'));
  const records = files
    .filter((file) => !ownShapes.has(file))
    .flatMap((file) =>
      read(folder, file, isRows).map(({ name, persona, action, effect: expected, by = [], facts = {} }) => {
        const start = personas.get(persona);
        if (start === undefined)
          throw new CaseTableFault(`${file}: "${name}" has no persona of personas.yaml`);
        return { name, action, facts: { ...start, ...facts }, effect: expected, by };
      }),
    );
  return {
    records,
    trails: read(folder, 'trail.yaml', isTrailRows),
    consents: read(folder, 'consent.yaml', isConsentRows),
  };
}

/** A case that the policies answer otherwise than its table says. */
export interface FailedCase {
  readonly name: string;
  readonly expected: string;
  readonly found: string;
}

const told = (decided: string, policies: readonly string[]): string =>
  policies.length === 0 ? decided : `${decided} by ${policies.toSorted().join(', ')}`;

const expectedOf = ({ effect: wanted, by = [] }: Pick<TrailCase, 'effect' | 'by'>): string =>
  told(wanted, by);
const foundIn = ({ effect: found, error, policies }: Verdict): string => told(error ?? found, policies);

/** Whether a case is decided as its table says: the effect, and the policies that determine it. */
export const holds = (row: Pick<TrailCase, 'effect' | 'by'>, verdict: Verdict): boolean =>
  expectedOf(row) === foundIn(verdict);

/** The cases that do not hold. */
export const failedCases = (
  point: PolicyDecisionPoint,
  { consents, records, trails }: CaseTables,
): readonly FailedCase[] =>
  [
    ...records.map((row) => ({ row, verdict: point.verdict(row.action, row.facts) })),
    ...trails.map((row) => ({ row, verdict: point.decideTrail(row.facts, row.action) })),
    ...consents.map((row) => ({ row, verdict: point.decideConsent(row.facts, row.action) })),
  ]
    .filter(({ row, verdict }) => !holds(row, verdict))
    .map(({ row, verdict }) => ({ name: row.name, expected: expectedOf(row), found: foundIn(verdict) }));
