import type { Resource } from '../../src/vocabulary/fhir.ts';
import { compileFilter, type Filter } from './search/query.ts';

export type Letter = 'c' | 'r' | 'u' | 'd' | 's';

/** One SMART App Launch v2 scope, read. */
export interface Scope {
  readonly context: 'patient' | 'user' | 'system';
  readonly type: string;
  readonly letters: ReadonlySet<string>;
  readonly constraints: readonly (readonly [name: string, value: string])[];
}

const grammar =
  /^(patient|user|system)\/([A-Z][A-Za-z]{1,39}|\*)\.(c?r?u?d?s?|read|write|\*)(?:\?(.{1,2000}))?$/;
const versionOne: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

/**
 * `(patient|user|system)/(Type|*).cruds[?parameter=value&…]`, letters in that order, at least one; the v1 words
 * `read`, `write` and `*` are taken as `rs`, `cud`, `cruds`. Anything else (`openid`, `launch/patient`, letters out
 * of order) grants no access here: undefined.
 * See https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 */
export function parseScope(text: string): Scope | undefined {
  const match = grammar.exec(text);
  const [, context, type, word, query] = match ?? [];
  if (type === undefined || word === undefined || word === '') return undefined;
  if (context !== 'patient' && context !== 'user' && context !== 'system') return undefined;
  return {
    context,
    type,
    letters: new Set(versionOne[word] ?? word),
    constraints: query === undefined ? [] : [...new URLSearchParams(query)],
  };
}

/** What one scope gives on one type: `bound` to the token's patient or not, narrowed by its filters. */
export interface Grant {
  readonly bound: boolean;
  readonly filters: readonly Filter[];
}

/**
 * The grants of a token's scopes for a letter on a type. A scope whose filter is not understood (unknown
 * parameter, bad value) gives nothing.
 */
export function grantsFor(scopes: readonly string[], type: string, letter: Letter, base: string): Grant[] {
  const grants: Grant[] = [];
  for (const text of scopes) {
    const scope = parseScope(text);
    if (scope === undefined || (scope.type !== '*' && scope.type !== type)) continue;
    if (!scope.letters.has(letter)) continue;
    const filters = scope.constraints.map(([name, value]) => understood(type, name, value, base));
    if (filters.every((filter) => filter !== undefined)) {
      grants.push({ bound: scope.context === 'patient', filters });
    }
  }
  return grants;
}

function understood(type: string, name: string, value: string, base: string): Filter | undefined {
  try {
    return compileFilter(type, name, value, base);
  } catch {
    return undefined;
  }
}

export const satisfies = (grant: Grant, resource: Resource): boolean =>
  grant.filters.every((filter) => filter.matches(resource));
