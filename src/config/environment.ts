import { isRecord } from '../vocabulary/fhir.ts';
import { ConfigFault } from './file-form.ts';
import { configSchema } from './schema/config-schema.ts';

const prefix = 'PHI_GATEWAY_';
/** Variables of this prefix that are no settings: where the file is, and where the newest sandbox is. */
const reserved: ReadonlySet<string> = new Set(['PHI_GATEWAY_CONFIG', 'PHI_GATEWAY_SANDBOX']);

/**
 * Settings from the environment, over those of the file: `PHI_GATEWAY_LIMITS__BODY_BYTES=4096` sets
 * `limits.bodyBytes`, `PHI_GATEWAY_TENANTS__0__FHIR__BASE` the base of the first tenant. Two underscores part the
 * steps of the path; case and single underscores inside a step do not count. Lists are written as JSON. A variable
 * that names no setting is a fault. The answer is a new value; `raw` stays as it is.
 */
export function applyEnvironment(raw: unknown, env: Readonly<Record<string, string | undefined>>): unknown {
  let result = structuredClone(raw);
  const faults: string[] = [];
  for (const name of Object.keys(env).toSorted()) {
    const value = env[name];
    if (value === undefined || !name.startsWith(prefix) || reserved.has(name)) continue;
    const target = locate(configSchema, name.slice(prefix.length).split('__'));
    const typed = target === undefined ? undefined : typedValue(target.schema, value);
    if (target === undefined) faults.push(`${name}: there is no such setting`);
    else if (typed === undefined) faults.push(`${name}: is not written as ${target.path.join('.')} needs it`);
    else result = withSetting(result, target.path, typed);
  }
  if (faults.length > 0) throw new ConfigFault(faults);
  return result;
}

interface Target {
  readonly path: readonly string[];
  readonly schema: Readonly<Record<string, unknown>>;
}

const plain = (step: string): string => step.replaceAll('_', '').toLowerCase();

/** Follows the steps of a variable's name through the schema. */
function locate(schema: unknown, steps: readonly string[]): Target | undefined {
  const path: string[] = [];
  let at = schema;
  for (const step of steps) {
    if (!isRecord(at)) return undefined;
    if (at['type'] === 'array' && /^\d{1,3}$/.test(step)) {
      path.push(String(Number(step)));
      at = at['items'];
      continue;
    }
    const properties = at['properties'];
    if (!isRecord(properties)) return undefined;
    const name = Object.keys(properties).find((key) => plain(key) === plain(step));
    if (name === undefined) return undefined;
    path.push(name);
    at = properties[name];
  }
  return isRecord(at) ? { path, schema: at } : undefined;
}

/** The text of a variable as the type that the setting has; whole groups cannot be set. */
function typedValue(schema: Readonly<Record<string, unknown>>, text: string): unknown {
  switch (schema['type']) {
    case 'string':
      return text;
    case 'integer':
      return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
    case 'number':
      return /^\d{1,12}(?:\.\d{1,12})?$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'object':
      return undefined;
    case 'array':
      return listOf(text);
    default:
      // An enum, or `all` beside a list.
      return listOf(text) ?? text;
  }
}

function listOf(text: string): unknown {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

function withSetting(value: unknown, path: readonly string[], setting: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return setting;
  if (Array.isArray(value)) {
    const list: unknown[] = [...value];
    list[Math.min(Number(step), list.length)] = withSetting(list[Number(step)], rest, setting);
    return list;
  }
  const group = isRecord(value) ? value : {};
  return { ...group, [step]: withSetting(group[step], rest, setting) };
}
