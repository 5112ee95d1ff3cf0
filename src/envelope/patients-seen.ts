import { createHash } from 'node:crypto';
import { patientValues } from '../release/patient-values.ts';
import type { PatientIndex } from '../vault/ports.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { type Clock, dayMs } from '../vocabulary/time.ts';

/** Keeps by what the patients can be told whose records are read, so that answers about others are known as such. */
export interface PatientsSeen {
  /** @throws Refusal `vault_unavailable` */
  see(tenant: string, patient: string, sheet: readonly IdentityValue[]): Promise<void>;
}

/** So many patients are remembered as kept; then the memory begins anew. */
const most = 10_000;

/** A patient whose values are the same as within the last day costs no write. */
export function createPatientsSeen(index: Pick<PatientIndex, 'remember'>, clock: Clock): PatientsSeen {
  const kept = new Map<string, number>();
  return {
    async see(tenant, patient, sheet) {
      const values = patientValues(sheet, patient);
      if (values.length === 0) return;
      const name = createHash('sha256')
        .update(JSON.stringify([tenant, patient, values]))
        .digest('base64url');
      const now = clock.now();
      if (now - (kept.get(name) ?? Number.NEGATIVE_INFINITY) < dayMs) return;
      await index.remember(tenant, patient, values);
      if (kept.size >= most) kept.clear();
      kept.set(name, now);
    },
  };
}
