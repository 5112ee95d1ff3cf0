import type { VaultScope } from '../vocabulary/scope.ts';
import { open } from './envelope-encryption.ts';
import { issueInto } from './issue.ts';
import { boundTo, openScope, patientName, scopeName, standingScope, type UnitOptions } from './open-scope.ts';
import { parseToken } from './parse-token.ts';
import type { TokenRequest } from './ports.ts';

/**
 * The vault's work over rows: names become keyed pseudonyms, values are sealed under the patient's key and bound to
 * tenant, patient, scope and token. Each method is one unit and MUST run in one transaction, those that write in one
 * that nobody else writes beside. `now` in epoch milliseconds.
 */
export interface VaultUnits {
  /** Tokens in the order of the requests. */
  issue(scope: VaultScope, requests: readonly TokenRequest[], now: number): readonly string[];
  resolve(scope: VaultScope, tokens: readonly string[], now: number): ReadonlyMap<string, string>;
  anchor(scope: VaultScope, now: number): number;
  forget(scopes: readonly VaultScope[]): void;
  erase(tenant: string, patient: string): void;
  purge(now: number): number;
  /** Writes what stands there already. */
  probe(): void;
}

export function createVaultUnits(options: UnitOptions): VaultUnits {
  const { rows, keys } = options;
  return {
    issue: (scope, requests, now) => issueInto(options, openScope(options, scope, now), requests),
    resolve: (scope, tokens, now) => resolve(options, scope, tokens, now),
    anchor: (scope, now) => openScope(options, scope, now).anchor,
    forget: (scopes) => {
      for (const scope of scopes) rows.removeScope(scope.tenant, scopeName(keys, scope));
    },
    erase: (tenant, patient) => rows.erase(tenant, patientName(keys, tenant, patient)),
    purge: (now) => rows.purge(now),
    probe: () => rows.probe(),
  };
}

function resolve(
  options: UnitOptions,
  scope: VaultScope,
  tokens: readonly string[],
  now: number,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const from = standingScope(options, scope, now);
  if (from === undefined) return values;
  const { tenant, row, key } = from;
  for (const written of tokens) {
    const token = parseToken(written);
    if (token === undefined) continue;
    const found = options.rows.token(tenant, row.scope, token.random, token.form);
    if (found === undefined || found.type !== token.type) continue;
    const bound = boundTo(tenant, row, `${token.type}-${token.random}.${token.form}`);
    const value = readValue(open(key, found.sealed, bound));
    // A day count that this scope did not give makes the token a forged one.
    if (token.day === undefined || token.day === value.day) values.set(written, value.form);
  }
  return values;
}

/** What is sealed for one token: its form and, for dates, the day count. */
function readValue(plain: string): { readonly form: string; readonly day: number | undefined } {
  const value: unknown = JSON.parse(plain);
  const [form, day]: unknown[] = Array.isArray(value) ? value : [];
  if (typeof form !== 'string' || (day !== undefined && typeof day !== 'number')) throw new TypeError('row');
  return { form, day };
}
