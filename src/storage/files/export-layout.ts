import { canonicalJson } from '../../audit/canonical-json.ts';
import { parseSize } from '../../audit/checkpoint.ts';
import type { SignedRow } from '../../audit/signed-verification.ts';
import { isRecord } from '../../vocabulary/fhir.ts';

/** Files of an export beside `tile/`; docs/log.md describes them. */
export const exportFiles = {
  events: 'events.ndjson',
  checkpoints: 'checkpoints.ndjson',
  checkpoint: 'checkpoint',
  keys: 'keys',
} as const;
export const proofsFolder = 'proofs';
export const proofEnding = '.tlog-proof';

/** Longest event of a log: an entry of a bundle has a length of 16 bits. */
export const maxEventBytes = 65_535;
export const maxCheckpointLine = 1 << 20;
/** A bundle of 256 of the longest events; and a proof: its checkpoint and 63 hashes. */
export const maxBundleBytes = 256 * (maxEventBytes + 2);
export const maxProofBytes = maxCheckpointLine + 4096;

export const checkpointLine = ({ size, note }: SignedRow): string => `${canonicalJson({ note, size })}\n`;

/** Reads one line of `checkpoints.ndjson`; one that is written otherwise than here is malformed. */
export function readCheckpointLine(line: string): SignedRow | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value)) return undefined;
    const { size, note } = value;
    if (typeof note !== 'string' || typeof size !== 'number' || parseSize(String(size)) !== size)
      return undefined;
    return checkpointLine({ size, note }) === `${line}\n` ? { size, note } : undefined;
  } catch {
    return undefined;
  }
}
