import { createHash } from 'node:crypto';
import type { VaultScope } from '../vocabulary/scope.ts';
import { enrol, factsKey, subjectOf } from './directory.ts';
import { open } from './envelope-encryption.ts';
import { issueInto } from './issue.ts';
import { boundTo, openScope, patientName, scopeName, standingScope, type UnitOptions } from './open-scope.ts';
import { parseToken } from './parse-token.ts';
import { forgetUnseen, ofOthers, remember } from './patient-index.ts';
import type { Enrolment, Subject, TokenRequest, VaultHead } from './ports.ts';
import type { VaultRows } from './store.ts';

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
  erase(tenant: string, patient: string): boolean;
  remember(tenant: string, patient: string, values: readonly string[], now: number): void;
  ofOthers(tenant: string, patient: string, values: readonly string[]): number;
  enrol(enrolment: Enrolment): Uint8Array | undefined;
  subject(tenant: string, pseudonym: string): Subject | undefined;
  factsKey(tenant: string, pseudonym: string): Uint8Array | undefined;
  heads(): readonly VaultHead[];
  hashAt(tenant: string, version: number): string | undefined;
  noted(tenant: string, version: number): void;
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
      for (const scope of scopes) {
        const name = scopeName(keys, scope);
        if (rows.removeScope(scope.tenant, name)) advance(rows, scope.tenant, ['forget', name]);
      }
    },
    erase: (tenant, patient) => {
      const name = patientName(keys, tenant, patient);
      const erased = rows.erase(tenant, name);
      if (erased) advance(rows, tenant, ['erase', name]);
      return erased;
    },
    remember: (tenant, patient, values, now) => remember(options, { tenant, patient, values }, now),
    ofOthers: (tenant, patient, values) => ofOthers(options, tenant, patient, values),
    enrol: (enrolment) => enrol(options, enrolment),
    subject: (tenant, pseudonym) => subjectOf(options, tenant, pseudonym),
    factsKey: (tenant, pseudonym) => factsKey(options, tenant, pseudonym),
    heads: () => rows.heads(),
    hashAt: (tenant, version) => rows.head(tenant, version)?.hash,
    noted: (tenant, version) => rows.forgetHeads(tenant, version),
    purge: (now) => {
      forgetUnseen(options, now);
      return rows.purge(now);
    },
    probe: () => rows.probe(),
  };
}

/** One more change that must not be undone by an older copy of the file. */
function advance(rows: VaultRows, tenant: string, change: readonly string[]): void {
  const { version, hash } = rows.head(tenant) ?? { version: 0, hash: '' };
  const text = JSON.stringify(['phi-gateway vault v1', tenant, version + 1, hash, change]);
  rows.addHead({ tenant, version: version + 1, hash: createHash('sha256').update(text).digest('hex') });
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
