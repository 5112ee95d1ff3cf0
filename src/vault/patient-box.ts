import { randomFillSync } from 'node:crypto';
import { derived, fields, open, seal } from './envelope-encryption.ts';

/** Seals texts for one purpose under a key of one patient: with the patient's key gone, nobody reads them. */
export function patientBox(factsKey: Uint8Array, purpose: string) {
  const key = derived(factsKey, '', purpose);
  return {
    seal: (text: string, bound: string): Uint8Array =>
      seal(key, randomFillSync(Buffer.alloc(12)), text, fields(purpose, bound)),
    /** Undefined where it was sealed under another key, for something else, or was changed. */
    open(sealed: Uint8Array, bound: string): string | undefined {
      try {
        return open(key, sealed, fields(purpose, bound));
      } catch {
        return undefined;
      }
    },
  };
}
