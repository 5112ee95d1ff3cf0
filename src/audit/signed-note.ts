import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Signature types of C2SP signed-note that are spoken here: a log's own signature, and a witness's cosignature. */
export const signatureTypes = { ed25519: 1, cosignature: 4 } as const;
export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes];

/** A verifier key (C2SP signed-note, "Verifier keys"): `<name>+<key id>+<base64 of type and public key>`. */
export interface VerifierKey {
  readonly name: string;
  /** 32-bit key id, 8 hex digits. */
  readonly id: string;
  readonly type: SignatureType;
  readonly publicKey: KeyObject;
  readonly text: string;
}

export interface NoteSigner {
  readonly key: VerifierKey;
  /** Ed25519 over the bytes of the text (UTF-8). */
  sign(text: string): Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: string;
  readonly signature: Uint8Array;
  /** The whole line with its newline. */
  readonly line: string;
}

/** A signed note that was read, not verified. `text` ends in a newline. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const publicKeyBytes = 32;
const keyIdBytes = 4;
/** DER of a SubjectPublicKeyInfo of Ed25519 (RFC 8410, section 4) up to the 32 bytes of the key. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const maxSignatures = 64;
const maxNoteLength = 1 << 20;
/** Below U+0020, the newline aside. */
const controlCharacter = new RegExp(`[${String.raw`\u0000-\u0009\u000b-\u001f`}]`, 'u');
const base64Line = /^[A-Za-z0-9+/]{1,8000}={0,2}$/;

/** Key names hold neither spaces nor plus signs (C2SP signed-note, "Format"). */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Z}\p{Cc}]{1,255}$/u.test(name);

/** Base64 with one spelling only; undefined for any other. */
export function strictBase64(text: string): Buffer | undefined {
  if (!base64Line.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

const keyIdOf = (name: string, typed: Uint8Array): string =>
  createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, keyIdBytes).toString('hex');

function verifierKey(name: string, type: SignatureType, raw: Uint8Array): VerifierKey {
  const typed = Buffer.concat([Buffer.from([type]), raw]);
  const id = keyIdOf(name, typed);
  return {
    name,
    id,
    type,
    publicKey: createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' }),
    text: `${name}+${id}+${typed.toString('base64')}`,
  };
}

const typeOf = (byte: number | undefined): SignatureType | undefined =>
  Object.values(signatureTypes).find((type) => type === byte);

/** Reads a verifier key; undefined where it is malformed, of another algorithm, or its id is not that of its key. */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const match = /^([^+]{1,255})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,200})$/.exec(text);
  const [, name = '', id, base64 = ''] = match ?? [];
  const typed = strictBase64(base64);
  const type = typeOf(typed?.[0]);
  if (typed === undefined || type === undefined || typed.length !== 1 + publicKeyBytes) return undefined;
  if (!isKeyName(name)) return undefined;
  const key = verifierKey(name, type, typed.subarray(1));
  return key.id === id ? key : undefined;
}

/** A signer for notes from a PKCS#8 PEM of Ed25519; throws a TypeError for any other key or a name that is none. */
export function createNoteSigner(
  name: string,
  pem: string,
  type: SignatureType = signatureTypes.ed25519,
): NoteSigner {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key');
  if (!isKeyName(name)) throw new TypeError('not a key name');
  const der = createPublicKey(pem).export({ format: 'der', type: 'spki' });
  return {
    key: verifierKey(name, type, der.subarray(spkiPrefix.length)),
    sign: (text) => sign(null, Buffer.from(text), privateKey),
  };
}

/** The line of one signature, with its newline. */
export const signatureLine = (key: VerifierKey, signature: Uint8Array): string =>
  `— ${key.name} ${Buffer.concat([Buffer.from(key.id, 'hex'), signature]).toString('base64')}\n`;

/** Signature lines by themselves, as a witness answers them; undefined where one is malformed. */
export function parseSignatureLines(text: string): NoteSignature[] | undefined {
  if (text === '' || !text.endsWith('\n') || text.length > maxNoteLength) return undefined;
  const lines = text.slice(0, -1).split('\n');
  if (lines.length > maxSignatures) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [dash, name = '', base64 = '', ...rest] = line.split(' ');
    const bytes = strictBase64(base64);
    if (dash !== '—' || rest.length > 0 || !isKeyName(name)) return undefined;
    if (bytes === undefined || bytes.length <= keyIdBytes) return undefined;
    signatures.push({
      name,
      id: bytes.subarray(0, keyIdBytes).toString('hex'),
      signature: bytes.subarray(keyIdBytes),
      line: `${line}\n`,
    });
  }
  return signatures;
}

/** Reads a note (C2SP signed-note, "Format"); undefined where it is none. Nothing is verified. */
export function parseNote(note: string): Note | undefined {
  if (note.length > maxNoteLength || controlCharacter.test(note)) return undefined;
  const gap = note.lastIndexOf('\n\n');
  if (gap < 0) return undefined;
  const signatures = parseSignatureLines(note.slice(gap + 2));
  return signatures === undefined ? undefined : { text: note.slice(0, gap + 1), signatures };
}

/** Whether this key made this signature over these bytes. */
export const verifyWith = (key: VerifierKey, message: string, signature: Uint8Array): boolean =>
  signature.length === 64 && verify(null, Buffer.from(message), key.publicKey, signature);

/** The one of these keys that a signature names, by name and key id together. */
export const keyOf = (
  keys: readonly VerifierKey[],
  of: Pick<NoteSignature, 'name' | 'id'>,
): VerifierKey | undefined => keys.find(({ name, id }) => name === of.name && id === of.id);
