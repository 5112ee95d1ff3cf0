import type { ErrorObject } from 'ajv/dist/2020.js';
import { schemaCompiler } from '../vocabulary/json-schema.ts';
import { ConfigFault, type ConfigFile } from './file-form.ts';
import { configSchema } from './schema/config-schema.ts';

const validate = schemaCompiler({
  allErrors: true,
  useDefaults: true,
  strictTypes: false,
  strictRequired: false,
}).compile<ConfigFile>(configSchema);

/** The configuration file as typed, with defaults filled in; throws ConfigFault naming every fault by its path. */
export function checkShape(raw: unknown): ConfigFile {
  const candidate: unknown = structuredClone(raw);
  if (validate(candidate)) return candidate;
  const faults = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'anyOf').map(inWords);
  throw new ConfigFault([...new Set(faults)]);
}

/** `tenants[0].fhir.base` from the JSON pointer `/tenants/0/fhir/base`. */
const settingPath = (pointer: string, last?: string): string => {
  const steps = pointer.split('/').slice(1);
  if (last !== undefined) steps.push(last);
  const path = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
  return path === '' ? 'the file' : path.replace(/^\./, '');
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const types: Readonly<Record<string, string>> = {
  object: 'a group of settings',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

/** One plain sentence per fault; what was written is not repeated, because it may be a secret in the wrong place. */
const wording: Readonly<Record<string, (fault: ErrorObject) => string>> = {
  additionalProperties: ({ instancePath, params }) =>
    `${settingPath(instancePath, text(params['additionalProperty']))}: there is no such setting`,
  required: ({ instancePath, params }) =>
    `${settingPath(instancePath, text(params['missingProperty']))}: is missing`,
  type: ({ instancePath, params }) =>
    `${settingPath(instancePath)}: must be ${types[text(params['type'])] ?? 'of another type'}`,
  enum: ({ instancePath, params }) => {
    const allowed: unknown = params['allowedValues'];
    return `${settingPath(instancePath)}: must be one of ${Array.isArray(allowed) ? allowed.join(', ') : ''}`;
  },
  const: ({ instancePath }) => `${settingPath(instancePath)}: must be "all" or a list`,
  minimum: ({ instancePath, params }) =>
    `${settingPath(instancePath)}: must be at least ${String(params['limit'])}`,
  maximum: ({ instancePath, params }) =>
    `${settingPath(instancePath)}: must be at most ${String(params['limit'])}`,
  minItems: ({ instancePath }) => `${settingPath(instancePath)}: must not be empty`,
  maxProperties: ({ instancePath }) => `${settingPath(instancePath)}: has too many entries`,
  maxItems: ({ instancePath }) => `${settingPath(instancePath)}: has too many entries`,
  uniqueItems: ({ instancePath }) => `${settingPath(instancePath)}: names something twice`,
  minLength: ({ instancePath }) => `${settingPath(instancePath)}: must not be empty`,
  maxLength: ({ instancePath }) => `${settingPath(instancePath)}: is too long`,
  pattern: ({ instancePath }) =>
    `${settingPath(instancePath)}: must be a short name as docs/configuration.md describes it`,
};

const inWords = (fault: ErrorObject): string =>
  wording[fault.keyword]?.(fault) ?? `${settingPath(fault.instancePath)}: cannot be used`;
