import { createHash } from 'node:crypto';
import { patientValues } from '../release/patient-values.ts';
import type { PatientIndex } from '../vault/ports.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { type Clock, dayMs } from '../vocabulary/time.ts';

/** Keeps by what the patients can be told whose records are read, so that answers about others are known as such. */
export interface PatientsSeen {
  /** @throws Refusal `vault_unavailable` */
  see(tenant: string, patient: string, sheet: readonly IdentityValue[]): Promise<void>;
  /** After what was kept of a patient is erased: whose record is read again is kept again. */
  forget(tenant: string, patient: string): void;
}

interface Kept {
  readonly values: string;
  readonly at: number;
}

const digestOf = (fields: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(fields)).digest('base64url');

/** So many patients are remembered as kept; then the memory begins anew. */
const most = 10_000;

/** A patient whose values are the same as within the last day costs no write. */
export function createPatientsSeen(index: Pick<PatientIndex, 'remember'>, clock: Clock): PatientsSeen {
  const kept = new Map<string, Kept>();
  return {
    async see(tenant, patient, sheet) {
      const values = patientValues(sheet, patient);
      if (values.length === 0) return;
      const name = digestOf([tenant, patient]);
      const digest = digestOf(values);
      const at = clock.now();
      const before = kept.get(name);
      if (before?.values === digest && at - before.at < dayMs) return;
      await index.remember(tenant, patient, values);
      if (kept.size >= most) kept.clear();
      kept.set(name, { values: digest, at });
    },
    forget: (tenant, patient) => {
      kept.delete(digestOf([tenant, patient]));
    },
  };
}
