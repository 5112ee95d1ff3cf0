import { parseSize } from './checkpoint.ts';
import { strictBase64 } from './signed-note.ts';

/** An inclusion proof with the signed checkpoint it leads to (C2SP tlog-proof@v1). */
export interface TlogProof {
  readonly index: number;
  readonly path: readonly Uint8Array[];
  /** Signed note, verbatim. */
  readonly checkpoint: string;
}

const header = 'c2sp.org/tlog-proof@v1';
const maxPath = 63;

/** The text of a `.tlog-proof` file, without `extra` line. */
export function tlogProofText({ index, path, checkpoint }: TlogProof): string {
  const hashes = path.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('');
  return `${header}\nindex ${index}\n${hashes}\n${checkpoint}`;
}

/** Reads a `.tlog-proof` file; undefined where it is malformed. Nothing is verified; an `extra` line is dropped. */
export function parseTlogProof(text: string): TlogProof | undefined {
  const gap = text.indexOf('\n\n');
  if (gap < 0) return undefined;
  const [first, ...rest] = text.slice(0, gap).split('\n');
  if (first !== header) return undefined;
  const lines = rest[0]?.startsWith('extra ') === true ? rest.slice(1) : rest;
  const [indexLine = '', ...hashes] = lines;
  const index = indexLine.startsWith('index ') ? parseSize(indexLine.slice('index '.length)) : undefined;
  const path = hashes.map((hash) => strictBase64(hash));
  if (index === undefined || path.length > maxPath) return undefined;
  const whole = path
    .filter((hash) => hash?.length === 32)
    .flatMap((hash) => (hash === undefined ? [] : [hash]));
  if (whole.length !== path.length) return undefined;
  return { index, path: whole, checkpoint: text.slice(gap + 2) };
}
