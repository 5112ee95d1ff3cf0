import type { Evidence, Trust } from '../../../src/attestation/evidence.ts';
import { verifySevSnp } from '../../../src/attestation/formats/sev-snp.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';

export const day = 86_400_000;
/** Well within the validity of everything that the sandbox makes. */
export const now = Date.now();

export const trusting = (root: string, more: Partial<Trust> = {}): Trust => ({
  roots: new Set([root]),
  certificates: [],
  revocations: [],
  ...more,
});

export const snpVerdict = (evidence: Evidence, trust: Trust, at = now): Promise<string> =>
  reasonOf(verifySevSnp(evidence, trust, at));

/** The document with one byte changed. */
export function changed(evidence: Evidence, position: number, by = 1): Evidence {
  const document = Uint8Array.from(evidence.document);
  document[position] = (document[position] ?? 0) ^ by;
  return { ...evidence, document };
}
