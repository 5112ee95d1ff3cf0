import { scopeParts, type VaultScope } from '../vocabulary/scope.ts';
import type { Randomness } from '../vocabulary/time.ts';
import { fields, keyed, open, seal, unwrapKey, type VaultKeys, wrapKey } from './envelope-encryption.ts';
import { randomInteger } from './random-characters.ts';
import type { ScopeRow, VaultRows } from './store.ts';

export interface UnitOptions {
  readonly rows: VaultRows;
  readonly keys: VaultKeys;
  readonly randomness: Pick<Randomness, 'bytes'>;
  readonly retentionSeconds: number;
}

/** A scope with what opens and names its tokens. */
export interface OpenScope {
  readonly tenant: string;
  readonly row: ScopeRow;
  /** The patient's own key. */
  readonly key: Uint8Array;
  /** Days since the epoch. */
  readonly anchor: number;
}

/** 1850-01-01: no date of a living or lately deceased person lies before it, so day counts are positive. */
const earliestDay = -43_829;

export const patientName = (keys: VaultKeys, tenant: string, patient: string): string =>
  keyed(keys.index, 'patient', tenant, patient);

export const scopeName = (keys: VaultKeys, scope: VaultScope): string =>
  keyed(keys.index, 'scope', ...scopeParts(scope));

/** The patient's own key, made where there is none. */
export function patientKey(
  { rows, keys, randomness }: Pick<UnitOptions, 'rows' | 'keys' | 'randomness'>,
  tenant: string,
  patient: string,
): Uint8Array {
  let wrapped = rows.patientKey(tenant, patient);
  if (wrapped === undefined) {
    wrapped = wrapKey(keys.wrapping, randomness.bytes(32));
    rows.addPatientKey(tenant, patient, wrapped);
  }
  return unwrapKey(keys.wrapping, wrapped);
}

/** What a sealed value is bound to, so that a row moved to another place does not open. */
export const boundTo = (tenant: string, row: Pick<ScopeRow, 'patient' | 'scope'>, what: string): Uint8Array =>
  fields(tenant, row.patient, row.scope, what);

const opened = (tenant: string, row: ScopeRow, key: Uint8Array): OpenScope => ({
  tenant,
  row,
  key,
  anchor: Number(open(key, row.anchor, boundTo(tenant, row, 'anchor'))),
});

/** The scope where it lives at `now` (epoch milliseconds) and its patient has a key. */
export function standingScope(
  { rows, keys }: UnitOptions,
  scope: VaultScope,
  now: number,
): OpenScope | undefined {
  const { tenant } = scope;
  const row = rows.scope(tenant, scopeName(keys, scope));
  if (row === undefined || row.expires <= now) return undefined;
  const wrapped = rows.patientKey(tenant, patientName(keys, tenant, scope.patient));
  return wrapped === undefined ? undefined : opened(tenant, row, unwrapKey(keys.wrapping, wrapped));
}

/** The scope as it stands, made where there is none; an expired one goes with its tokens. */
export function openScope(options: UnitOptions, scope: VaultScope, now: number): OpenScope {
  const { rows, keys, randomness } = options;
  const { tenant } = scope;
  const retentionSeconds = Math.min(
    options.retentionSeconds,
    scope.retentionSeconds ?? Number.POSITIVE_INFINITY,
  );
  const expires = now + retentionSeconds * 1000;
  const standing = standingScope(options, scope, now);
  if (standing !== undefined) {
    // Only ever shortened: a later request that asks for longer keeps nothing longer.
    if (expires < standing.row.expires) rows.shortenScope(tenant, standing.row.scope, expires);
    return standing;
  }
  const patient = patientName(keys, tenant, scope.patient);
  const key = patientKey(options, tenant, patient);
  const name = { scope: scopeName(keys, scope), patient };
  const day = earliestDay - 1_000 - randomInteger(randomness, 29_001);
  const anchor = seal(key, randomness.bytes(12), String(day), boundTo(tenant, name, 'anchor'));
  const row = { ...name, anchor, expires };
  rows.removeScope(tenant, row.scope);
  rows.addScope(tenant, row);
  return { tenant, row, key, anchor: day };
}
