import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { type DataReader, fromDisk } from '../vocabulary/data-reader.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { schemaCompiler } from '../vocabulary/json-schema.ts';
import { madeOnce } from '../vocabulary/made-once.ts';
import { tokenTypes } from '../vocabulary/token.ts';
import { readYamlAs, YamlFault, type YamlText } from '../vocabulary/yaml-text.ts';
import {
  type CheckName,
  type ColumnRule,
  type CueRule,
  checks,
  type Pack,
  type PatternRule,
  placeOf,
  rulesOfPack,
} from './pack.ts';
import { type ActionsText, packActions } from './pack-actions.ts';
import { patternFault } from './pattern-safety.ts';
import type { SafeHarborClass } from './safe-harbor.ts';

/** A pack that was refused: names file, line and reason. */
export class PackFault extends Error {
  readonly line: number;

  constructor(file: string, line: number, reason: string) {
    super(`${file}, line ${line}: ${reason}`);
    this.name = 'PackFault';
    this.line = line;
  }
}

interface RuleText {
  readonly id: string;
  readonly class: SafeHarborClass;
  readonly type: (typeof tokenTypes)[number];
  readonly pattern: string;
  readonly cased?: boolean;
  readonly at?: string;
  readonly starts?: string;
  readonly back?: boolean;
  readonly near?: readonly string[];
  readonly after?: readonly string[];
  readonly column?: readonly string[];
  readonly beside?: readonly string[];
  readonly check?: CheckName;
}

type Rules = Omit<Pack, 'actions'>;

interface PackText {
  readonly id: string;
  readonly covers: string;
  readonly extends?: string;
  readonly dates?: boolean;
  readonly names?: boolean;
  readonly rules?: readonly RuleText[];
  readonly actions?: ActionsText;
  readonly tasks?: Readonly<Record<string, { readonly actions: ActionsText }>>;
}

/**
 * Reads a pack and its schema from files; packs that it extends stand in `folder`, beside it where nothing is said.
 * Throws PackFault, also where the file cannot be read, or names a task that is not among `tasks`.
 */
export function loadPack(
  file: string,
  schemaFile: string,
  folder = dirname(file),
  reader: DataReader = fromDisk,
  tasks?: ReadonlySet<string>,
): Pack {
  const schema: unknown = JSON.parse(reader.read(schemaFile).toString('utf8'));
  const read = (path: string, depth: number): Pack =>
    parsePack(
      textOf(path, reader),
      schema,
      path,
      (id) => {
        if (depth > 4) throw new PackFault(path, 1, 'packs extend each other in a circle');
        const under = join(folder, `${id}.yaml`);
        if (!existsSync(under)) throw new Error('no such pack');
        return read(under, depth + 1);
      },
      tasks,
    );
  return read(file, 0);
}

function textOf(path: string, reader: DataReader): string {
  try {
    return reader.read(path).toString('utf8');
  } catch {
    throw new PackFault(path, 1, 'the file does not exist or cannot be read');
  }
}

/**
 * A pack from its YAML text. Throws PackFault where the text is no YAML, does not fit the schema, or holds a
 * pattern that is not provably linear; nothing of a faulty pack is used. `base` gives the pack that it extends: its
 * rules all stay, and the pack may only add rules, switch on what the base leaves off, and do more with what is found.
 * `tasks` are the names of all tasks, where they are known.
 */
export function parsePack(
  text: string,
  schema: unknown,
  file = 'pack',
  base?: (id: string) => Pack,
  tasks?: ReadonlySet<string>,
): Pack {
  const { content, lineOf } = held(text, file, schema);
  const refuse = (index: number, key: string, reason: string): never => {
    throw new PackFault(
      file,
      lineOf(['rules', index, key]),
      `rule ${content.rules?.[index]?.id ?? index}: ${reason}`,
    );
  };
  const rules = compiled(content, refuse);
  const acting = (extended?: Pack): Pack['actions'] =>
    packActions(
      content,
      extended,
      (path, reason) => {
        throw new PackFault(file, lineOf(path), reason);
      },
      tasks,
    );
  if (content.extends === undefined) return { ...rules, actions: acting() };
  const fault = (key: string, reason: string): never => {
    throw new PackFault(file, lineOf([key]), reason);
  };
  const under = base === undefined ? undefined : attempted(() => base(content.extends ?? ''));
  if (under === undefined) return fault('extends', `no pack ${content.extends} to extend`);
  for (const key of ['dates', 'names'] as const)
    if (under[key] && content[key] === false) fault(key, `${key}: a pack may only tighten what it extends`);
  const taken = new Set(rulesOfPack(under).map(({ id }) => id));
  for (const [index, { id }] of (content.rules ?? []).entries())
    if (taken.has(id)) refuse(index, 'id', `${under.id} has a rule of this id, and a pack may only tighten`);
  return { ...joined(rules, under), actions: acting(under) };
}

/** What a file system refuses is a missing pack; a faulty one says so itself. */
function attempted(read: () => Pack): Pack | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof PackFault) throw thrown;
    return undefined;
  }
}

function joined(own: Rules, under: Rules): Rules {
  return {
    id: own.id,
    covers: own.covers,
    patterns: [...under.patterns, ...own.patterns],
    cues: [...under.cues, ...own.cues],
    columns: [...under.columns, ...own.columns],
    dates: under.dates || own.dates,
    names: under.names || own.names,
  };
}

/** Rules of one pack may share lists of words. */
const mostAliases = 100;

/** A pack and those that it extends are read by one schema, which is compiled once. */
const compiledSchema = madeOnce(
  (schema: object): ValidateFunction<PackText> =>
    schemaCompiler({ allErrors: false, strictRequired: false }).compile<PackText>(schema),
);

function held(text: string, file: string, schema: unknown): YamlText<PackText> {
  if (!isRecord(schema)) throw new TypeError('the schema of packs is no object');
  try {
    return readYamlAs(text, compiledSchema(schema), mostAliases);
  } catch (thrown) {
    if (!(thrown instanceof YamlFault)) throw thrown;
    const [{ line, reason }] = thrown.faults;
    throw new PackFault(file, line, reason);
  }
}

function compiled(content: PackText, refuse: (index: number, key: string, reason: string) => never): Rules {
  const patterns: PatternRule[] = [];
  const cues: CueRule[] = [];
  const columns: ColumnRule[] = [];
  const seen = new Set<string>();
  for (const [index, rule] of (content.rules ?? []).entries()) {
    if (seen.has(rule.id)) refuse(index, 'id', 'a rule of this id stands already');
    seen.add(rule.id);
    const fault = patternFault(rule.pattern);
    if (fault !== undefined) refuse(index, 'pattern', fault);
    const { id, type, cased = false, check } = rule;
    const whole = rule.column === undefined ? rule.pattern : `(?:${rule.pattern})$`;
    const pattern = compile(whole, (reason) => refuse(index, 'pattern', reason));
    const valued = rule.pattern.includes('(?<value>');
    // All fields of a rule at once: the engine reads rules as objects of one kind then.
    if (rule.after !== undefined) {
      const after = rule.after.map((phrase) => phrase.toLowerCase().split(/[^\p{L}\p{N}]+/u));
      cues.push({ id, class: rule.class, type, cased, pattern, valued, check, after });
      continue;
    }
    if (rule.column !== undefined) {
      const { column, beside = [] } = rule;
      columns.push({ id, class: rule.class, type, cased, pattern, valued, check, columns: column, beside });
      continue;
    }
    const at = placeOf(rule.at ?? '');
    const near = rule.near === undefined ? undefined : nearPattern(rule.near);
    const { starts, back = false } = rule;
    patterns.push({ id, class: rule.class, type, cased, pattern, valued, at, starts, near, back, check });
  }
  return {
    id: content.id,
    covers: content.covers,
    patterns,
    cues,
    columns,
    dates: content.dates ?? false,
    names: content.names ?? false,
  };
}

function compile(source: string, refuse: (reason: string) => never): RegExp {
  try {
    return new RegExp(source, 'y');
  } catch {
    return refuse('the pattern is no regular expression');
  }
}

/** Words of which one stands near: plain text, so nothing in it is special. */
const nearPattern = (words: readonly string[]): RegExp =>
  new RegExp(
    `\\b(?:${words.map((word) => word.toLowerCase().replaceAll(/[^a-z0-9 ]/g, String.raw`\$&`)).join('|')})(?![a-z])`,
  );

/** For the schema's tests: the vocabularies that it must list. */
export const packVocabulary = { types: tokenTypes, checks: Object.keys(checks) };
