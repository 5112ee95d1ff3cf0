import { dayMs } from '../vocabulary/time.ts';
import { keyed, type VaultKeys } from './envelope-encryption.ts';
import { patientName } from './open-scope.ts';
import type { VaultRows } from './store.ts';

interface IndexOptions {
  readonly rows: VaultRows;
  readonly keys: VaultKeys;
}

/** So long the values of a patient are kept whose record nobody reads. */
const keptFor = 90 * dayMs;

/** 132 bits of the digest: more than chance needs, less than it takes to be told by. */
const digestOf = (keys: VaultKeys, tenant: string, value: string): string =>
  keyed(keys.index, 'patient value', tenant, value).slice(0, 22);

export function remember(
  { rows, keys }: IndexOptions,
  {
    tenant,
    patient,
    values,
  }: { readonly tenant: string; readonly patient: string; readonly values: readonly string[] },
  now: number,
): void {
  const name = patientName(keys, tenant, patient);
  for (const value of values) rows.addValue(tenant, digestOf(keys, tenant, value), name, now);
}

/** What more patients have than a family is large tells of none: the telephone of a home, a number for `unknown`. */
const mostBearers = 20;

/** How many of the values are another patient's, and neither this one's as well nor that of many. */
export function ofOthers(
  { rows, keys }: IndexOptions,
  tenant: string,
  patient: string,
  values: readonly string[],
): number {
  const name = patientName(keys, tenant, patient);
  return values.filter((value) => {
    const bearers = rows.bearers(tenant, digestOf(keys, tenant, value), mostBearers + 1);
    return bearers.length > 0 && bearers.length <= mostBearers && !bearers.includes(name);
  }).length;
}

export const forgetUnseen = ({ rows }: IndexOptions, now: number): void => rows.forgetValues(now - keptFor);
