import { type NoteSigner, type VerifierKey, verifyWith } from './signed-note.ts';

/** Where an event stands in the log. */
export interface ReceiptPlace {
  readonly trail: string;
  readonly seq: number;
  /** RFC 6962 leaf hash, hex. */
  readonly leaf: string;
}

/**
 * What a caller keeps of an answer: the log's signed promise that the event which released it stands in the trail
 * at this place. Whoever holds one can show that its leaf is missing.
 */
export interface Receipt extends ReceiptPlace {
  /** Key id of the log key, 8 hex digits. */
  readonly keyId: string;
  /** Ed25519, hex. */
  readonly signature: string;
}

/** The first line has spaces, which no origin has: a receipt can never be read as a checkpoint. */
const receiptText = (origin: string, { trail, seq, leaf }: ReceiptPlace): string =>
  `phi-gateway receipt v1\n${origin}\n${trail}\n${seq}\n${leaf}\n`;

export function signReceipt(signer: NoteSigner, place: ReceiptPlace): Receipt {
  const { trail, seq, leaf } = place;
  const signature = Buffer.from(signer.sign(receiptText(signer.key.name, place))).toString('hex');
  return { trail, seq, leaf, keyId: signer.key.id, signature };
}

const signaturePattern = /^[0-9a-f]{128}$/;

/** Whether one of these log keys signed the receipt. */
export const verifyReceipt = (keys: readonly VerifierKey[], receipt: Receipt): boolean =>
  signaturePattern.test(receipt.signature) &&
  keys.some(
    (key) =>
      key.id === receipt.keyId &&
      verifyWith(key, receiptText(key.name, receipt), Buffer.from(receipt.signature, 'hex')),
  );
