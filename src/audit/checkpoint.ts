import { hashBytes } from './merkle-hash.ts';
import {
  isKeyName,
  keyOf,
  type Note,
  type NoteSignature,
  type NoteSigner,
  parseNote,
  signatureLine,
  signatureTypes,
  strictBase64,
  type VerifierKey,
  verifyWith,
} from './signed-note.ts';

/** A tree head: which log, how many leaves, which root (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Text of a checkpoint, three lines, no extension lines. Throws a TypeError for an origin that is no key name. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin)) throw new TypeError('not an origin');
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** Tree sizes and indexes are written in decimal without leading zeroes. */
export function parseSize(text: string): number | undefined {
  const size = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : undefined;
  return size !== undefined && Number.isSafeInteger(size) ? size : undefined;
}

/** Reads the text of a checkpoint; undefined where it is none. Extension lines may follow and are not read. */
export function parseCheckpointText(text: string): Checkpoint | undefined {
  if (!text.endsWith('\n')) return undefined;
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = text.slice(0, -1).split('\n');
  const size = parseSize(sizeLine);
  const root = strictBase64(rootLine);
  if (origin === '' || size === undefined || root?.length !== hashBytes || extensions.includes(''))
    return undefined;
  return { origin, size, root };
}

/** Signs a checkpoint as the log: a whole note. */
export function signCheckpoint(signer: NoteSigner, checkpoint: Checkpoint): string {
  const text = checkpointText(checkpoint);
  return `${text}\n${signatureLine(signer.key, signer.sign(text))}`;
}

const cosignedMessage = (seconds: bigint, text: string): string => `cosignature/v1\ntime ${seconds}\n${text}`;
const timestampBytes = 8;

/** Cosignature line of a witness over the text of a checkpoint (C2SP tlog-cosignature, cosignature/v1). */
export function cosign(witness: NoteSigner, text: string, at: number): string {
  const seconds = BigInt(Math.floor(at / 1000));
  const timestamp = Buffer.alloc(timestampBytes);
  timestamp.writeBigUInt64BE(seconds);
  const signature = witness.sign(cosignedMessage(seconds, text));
  return signatureLine(witness.key, Buffer.concat([timestamp, signature]));
}

/** Whether a signature line stands for this text; for a cosignature also when it was made, in milliseconds. */
export function verifySignature(
  key: VerifierKey,
  text: string,
  { signature }: NoteSignature,
): { readonly at?: number } | undefined {
  if (key.type === signatureTypes.ed25519) return verifyWith(key, text, signature) ? {} : undefined;
  if (signature.length !== timestampBytes + 64) return undefined;
  const seconds = Buffer.from(signature).readBigUInt64BE();
  if (!verifyWith(key, cosignedMessage(seconds, text), signature.subarray(timestampBytes))) return undefined;
  return { at: Number(seconds) * 1000 };
}

export type CheckpointFault =
  | 'checkpoint_malformed'
  | 'checkpoint_foreign'
  | 'signature_invalid'
  | 'signature_missing';

export interface OpenedCheckpoint extends Checkpoint {
  readonly text: string;
  /** Witnesses whose cosignature stands, with its time in milliseconds. */
  readonly witnesses: readonly { readonly name: string; readonly at: number }[];
  /** Lines of keys that nobody named: they count for nothing. */
  readonly unknown: readonly NoteSignature[];
}

/**
 * Opens a signed checkpoint by keys that are trusted beforehand: at least one log key named as the origin must have
 * signed; a line of a known key that does not verify spoils the note (C2SP signed-note, "Signatures").
 */
export function openCheckpoint(
  note: string,
  keys: readonly VerifierKey[],
): OpenedCheckpoint | CheckpointFault {
  const parsed: Note | undefined = parseNote(note);
  const checkpoint = parsed === undefined ? undefined : parseCheckpointText(parsed.text);
  if (parsed === undefined || checkpoint === undefined) return 'checkpoint_malformed';
  const witnesses: { name: string; at: number }[] = [];
  const unknown: NoteSignature[] = [];
  let signed = false;
  for (const signature of parsed.signatures) {
    const key = keyOf(keys, signature);
    if (key === undefined) {
      unknown.push(signature);
      continue;
    }
    const verified = verifySignature(key, parsed.text, signature);
    if (verified === undefined) return 'signature_invalid';
    if (verified.at !== undefined) witnesses.push({ name: key.name, at: verified.at });
    else if (key.name === checkpoint.origin) signed = true;
  }
  if (!keys.some(({ name, type }) => name === checkpoint.origin && type === signatureTypes.ed25519))
    return 'checkpoint_foreign';
  return signed ? { ...checkpoint, text: parsed.text, witnesses, unknown } : 'signature_missing';
}
