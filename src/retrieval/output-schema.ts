import { isRecord } from '../vocabulary/fhir.ts';
import { schemaCompiler } from '../vocabulary/json-schema.ts';
import { table } from '../vocabulary/table.ts';

/** What a compiled schema says of a value; `faults` in plain words where it is none that may be used. */
export type CompiledOutput =
  | { readonly accepts: (value: unknown) => boolean }
  | { readonly faults: readonly string[] };

/** Characters of a schema as JSON: it goes to the model with every question. */
const mostCharacters = 8_192;

type Inner = 'one' | 'list' | 'named';

/**
 * The keywords that a schema may use, and where further schemas stand in them. Patterns and formats are none of them:
 * they would run over a model's words, in a time that nobody has proven linear; nor is anything that reads elsewhere.
 */
const keywords: Readonly<Record<string, Inner | 'plain'>> = table({
  $defs: 'named',
  $ref: 'plain',
  additionalProperties: 'plain',
  anyOf: 'list',
  const: 'plain',
  description: 'plain',
  enum: 'plain',
  exclusiveMaximum: 'plain',
  exclusiveMinimum: 'plain',
  items: 'one',
  maxItems: 'plain',
  maxLength: 'plain',
  maximum: 'plain',
  minItems: 'plain',
  minLength: 'plain',
  minimum: 'plain',
  oneOf: 'list',
  properties: 'named',
  required: 'plain',
  title: 'plain',
  type: 'plain',
});

function innerOf(inner: Inner | 'plain', value: unknown): readonly (readonly [string, unknown])[] {
  if (inner === 'one') return [['', value]];
  if (inner === 'list') return Array.isArray(value) ? value.map((one, n) => [`/${n}`, one] as const) : [];
  if (inner === 'named' && isRecord(value))
    return Object.entries(value).map(([name, one]) => [`/${name}`, one] as const);
  return [];
}

/** One of these says what a value is; a schema without takes anything. */
const saying = ['type', '$ref', 'anyOf', 'oneOf', 'enum', 'const'] as const;

/** Where a schema says something that it may not, or leaves open what a value may be. */
function faultsIn(schema: unknown, place: string): readonly string[] {
  if (!isRecord(schema)) return [`${place} must be a schema, not ${JSON.stringify(schema) ?? 'nothing'}`];
  const { $ref: reference, additionalProperties, items, type } = schema;
  const types = [type].flat();
  return [
    ...Object.keys(schema)
      .filter((name) => !Object.hasOwn(keywords, name))
      .map((name) => `${place} uses ${name}, which a task may not`),
    ...(saying.some((name) => Object.hasOwn(schema, name)) ? [] : [`${place} is open: it says no type`]),
    ...(types.includes('object') && additionalProperties !== false
      ? [`${place} is open: an object needs additionalProperties: false`]
      : []),
    ...(types.includes('array') && items === undefined ? [`${place} is open: an array needs items`] : []),
    ...(reference === undefined || (typeof reference === 'string' && reference.startsWith('#/$defs/'))
      ? []
      : [`${place} refers to what is not among its own $defs`]),
    ...Object.entries(schema).flatMap(([name, value]) =>
      innerOf(keywords[name] ?? 'plain', value).flatMap(([step, one]) =>
        faultsIn(one, `${place}/${name}${step}`),
      ),
    ),
  ];
}

/** Schemas at most that a schema is with each reference written out: a value is held to no more of them, in no more time. */
const mostSchemas = 2_000;

/** How many schemas a schema is with its references written out; endless where it refers to itself. */
class WrittenOut {
  readonly #defs: Readonly<Record<string, unknown>>;
  readonly #known = new Map<unknown, number>();

  constructor(defs: unknown) {
    this.#defs = isRecord(defs) ? defs : {};
  }

  count(schema: unknown): number {
    if (!isRecord(schema)) return 0;
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    // Who comes back here while it is counted has gone round.
    this.#known.set(schema, Number.POSITIVE_INFINITY);
    const inner = Object.entries(schema)
      .filter(([name]) => name !== '$defs')
      .flatMap(([name, value]) => innerOf(keywords[name] ?? 'plain', value).map(([, one]) => one));
    const named = this.#named(schema['$ref']);
    const total = inner.reduce((sum: number, one) => sum + this.count(one), 1 + named);
    this.#known.set(schema, total);
    return total;
  }

  /** What a reference adds; one that leads into a schema (`#/$defs/a/items`) is not followed and counts as endless. */
  #named(reference: unknown): number {
    if (typeof reference !== 'string') return 0;
    const name = reference.replace('#/$defs/', '');
    if (/[/~%]/.test(name)) return Number.POSITIVE_INFINITY;
    return Object.hasOwn(this.#defs, name) ? this.count(this.#defs[name]) : 0;
  }
}

/**
 * A schema (JSON Schema 2020-12) that one JSON document of a model has to fit. It must be an object and closed: of every value it
 * says what it may be, and objects hold no other members.
 */
export function compileOutput(schema: unknown): CompiledOutput {
  const place = 'output.schema';
  if (!isRecord(schema)) return { faults: [`${place} must be a schema`] };
  const faults = [
    ...(schema['type'] === 'object' ? [] : [`${place} must be of type object`]),
    ...(JSON.stringify(schema).length <= mostCharacters
      ? []
      : [`${place} is longer than ${mostCharacters} characters`]),
    ...faultsIn(schema, place),
  ];
  if (faults.length > 0) return { faults };
  if (new WrittenOut(schema['$defs']).count(schema) > mostSchemas)
    return {
      faults: [`${place} refers to itself, or is more than ${mostSchemas} schemas with its references`],
    };
  try {
    const validate = schemaCompiler({ allowUnionTypes: true }).compile(schema);
    return { accepts: (value) => validate(value) };
  } catch (thrown) {
    return { faults: [`${place} is no schema: ${thrown instanceof Error ? thrown.message : 'unreadable'}`] };
  }
}
