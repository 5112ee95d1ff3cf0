import { isFhirId, isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import { parseReference, valuesAt } from '../elements.ts';
import { FhirFailure } from '../outcome.ts';
import { dateMatcher, intervalOf } from './dates.ts';
import type { ParameterKind, SearchParameter } from './parameter-kinds.ts';
import { findParameter } from './parameters.ts';
import { splitUnescaped, stringMatcher, tokenMatcher, unescape } from './tokens.ts';

export type Pair = readonly [name: string, value: string];

/** One filter, compiled: repeated parameters are several filters (AND), commas are values of one (OR). */
export interface Filter {
  readonly name: string;
  readonly modifier: string | undefined;
  readonly values: readonly string[];
  matches(resource: Resource): boolean;
}

export interface SortKey {
  readonly name: string;
  readonly parameter: SearchParameter;
  readonly descending: boolean;
}

export interface Include {
  readonly source: string;
  readonly parameter: string;
  readonly target?: string;
}

export interface SearchQuery {
  readonly type: string;
  readonly filters: readonly Filter[];
  readonly sort: readonly SortKey[];
  readonly elements?: readonly string[];
  readonly includes: readonly Include[];
  readonly revincludes: readonly Include[];
  readonly count: number;
  readonly countOnly: boolean;
  /** What was understood and applied: the truthful self link. */
  readonly applied: readonly Pair[];
  readonly ignored: readonly string[];
}

const defaultCount = 100;
const maximumCount = 1000;
const invalid = (name: string, why: string) => new FhirFailure(400, 'invalid', `parameter ${name}: ${why}`);

const modifiers: Readonly<Record<ParameterKind, readonly string[]>> = {
  token: ['not', 'missing'],
  reference: ['missing'],
  date: ['missing'],
  string: ['exact', 'contains', 'missing'],
  uri: ['missing'],
};

/** `Type/id` or a bare id, of any type or of the one the parameter means; an absolute URL only of this server. */
function referenceMatcher(
  value: string,
  target: string | undefined,
  base: string,
): (found: unknown) => boolean {
  const text = unescape(value);
  const relative = text.startsWith(`${base}/`) ? text.slice(base.length + 1) : text;
  const wanted = isFhirId(relative) ? { type: target, id: relative } : parseReference(relative);
  if (wanted === undefined || relative.includes('://')) return () => false;
  return (found) => {
    const reference = parseReference(isRecord(found) ? found['reference'] : found);
    if (reference === undefined || reference.id !== wanted.id) return false;
    return (
      (wanted.type === undefined || reference.type === wanted.type) &&
      (target === undefined || reference.type === target)
    );
  };
}

function valueMatcher(
  name: string,
  parameter: SearchParameter,
  modifier: string | undefined,
  value: string,
  base: string,
): (found: unknown) => boolean {
  const makers: Readonly<Record<ParameterKind, () => (found: unknown) => boolean>> = {
    token: () => tokenMatcher(value),
    string: () => stringMatcher(value, modifier),
    uri: () => (found) => found === unescape(value),
    reference: () => referenceMatcher(value, parameter.target ?? modifier, base),
    date: () => {
      const matcher = dateMatcher(value);
      if (matcher === undefined) throw invalid(name, 'not a date with a supported prefix');
      return (found) => {
        const interval = intervalOf(found);
        return interval !== undefined && matcher(interval);
      };
    },
  };
  return makers[parameter.kind]();
}

/** One filter of a type; undefined when the type has no such parameter. Throws 400 for a bad modifier or value. */
export function compileFilter(type: string, key: string, value: string, base: string): Filter | undefined {
  const [name = '', modifier, ...more] = key.split(':');
  const parameter = findParameter(type, name);
  if (parameter === undefined || name.includes('.')) return undefined;
  const typed = parameter.kind === 'reference' && modifier !== undefined && /^[A-Z][A-Za-z]+$/.test(modifier);
  if (
    more.length > 0 ||
    (modifier !== undefined && !typed && !modifiers[parameter.kind].includes(modifier))
  ) {
    throw invalid(name, 'modifier is not supported');
  }
  const found = (resource: Resource) => parameter.paths.flatMap((path) => valuesAt(resource, path));
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false') throw invalid(name, 'missing takes true or false');
    const wanted = value === 'true';
    return { name, modifier, values: [value], matches: (one) => (found(one).length === 0) === wanted };
  }
  const values = splitUnescaped(value, ',').filter((one) => one !== '');
  if (values.length === 0) throw invalid(name, 'has no value');
  const tests = values.map((one) => valueMatcher(name, parameter, modifier, one, base));
  const any = (resource: Resource) => {
    const elements = found(resource);
    return tests.some((test) => elements.some(test));
  };
  return { name, modifier, values, matches: modifier === 'not' ? (one) => !any(one) : any };
}

function sortKeys(type: string, value: string): SortKey[] | undefined {
  const keys = value.split(',').map((part) => {
    const name = part.replace(/^-/, '');
    const parameter = findParameter(type, name);
    return parameter === undefined ? undefined : { name, parameter, descending: part.startsWith('-') };
  });
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

function parseInclude(value: string): Include | undefined {
  const [source, parameter, target, ...more] = value.split(':');
  if (source === undefined || parameter === undefined || more.length > 0) return undefined;
  if (source !== '*' && findParameter(source, parameter)?.kind !== 'reference') return undefined;
  return { source, parameter, ...(target === undefined ? {} : { target }) };
}

function wholeNumber(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw invalid(name, 'not a whole number');
  return Number(value);
}

/**
 * Reads the parameters of a search (http://hl7.org/fhir/R4/search.html). An unknown one is 400 when `strict`
 * (`Prefer: handling=strict`), else it is left out of `applied` and named in `ignored`; a known one with a
 * value or modifier that is not understood is always 400.
 */
export function parseQuery(type: string, pairs: readonly Pair[], base: string, strict: boolean): SearchQuery {
  const filters: Filter[] = [];
  const sort: SortKey[] = [];
  const elements: string[] = [];
  const includes: Include[] = [];
  const revincludes: Include[] = [];
  const applied: Pair[] = [];
  const ignored: string[] = [];
  let count = defaultCount;
  let countOnly = false;

  /** The result parameters: each says whether it understood the value. */
  const controls: Readonly<Record<string, (value: string) => boolean>> = {
    _count: (value) => {
      const asked = wholeNumber('_count', value);
      if (asked === 0) countOnly = true;
      else count = Math.min(asked, maximumCount);
      return true;
    },
    _summary: (value) => {
      if (value === 'count') countOnly = true;
      return value === 'count' || value === 'false';
    },
    _sort: (value) => {
      const keys = sortKeys(type, value);
      if (keys !== undefined) sort.push(...keys);
      return keys !== undefined;
    },
    _elements: (value) => elements.push(...value.split(',').filter((name) => name !== '')) > 0,
    _include: (value) => {
      const include = parseInclude(value);
      if (include !== undefined) includes.push(include);
      return include !== undefined;
    },
    _revinclude: (value) => {
      const include = parseInclude(value);
      if (include !== undefined) revincludes.push(include);
      return include !== undefined;
    },
    _total: (value) => value === 'accurate',
  };

  for (const [key, value] of pairs) {
    if (key === '_format' || key === '_pretty') continue;
    const control = Object.hasOwn(controls, key) ? controls[key] : undefined;
    const filter = control === undefined ? compileFilter(type, key, value, base) : undefined;
    if (filter !== undefined) filters.push(filter);
    if (filter !== undefined || control?.(value) === true) applied.push([key, value]);
    else ignored.push(key);
  }
  if (strict && ignored.length > 0) {
    throw new FhirFailure(
      400,
      'not-supported',
      `not supported on ${type}: ${ignored.join(', ').slice(0, 200)}`,
    );
  }
  return {
    type,
    filters,
    sort,
    ...(elements.length > 0 ? { elements } : {}),
    includes,
    revincludes,
    count,
    countOnly,
    applied,
    ignored,
  };
}
