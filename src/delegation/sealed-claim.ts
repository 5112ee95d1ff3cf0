import { CompactEncrypt, compactDecrypt } from 'jose';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';

/** What a sealed claim is for; part of the sealed text, so that one kind never stands in for another. */
export type SealedKind = 'patient' | 'encounter' | 'user';

/** Sealed texts are padded to a multiple of this: any id fits into one, so that their length does not tell one from another. */
const block = 192;

const pad = (text: string): string => text.padEnd(Math.ceil(text.length / block) * block, ' ');

/**
 * Encrypts a claim that only this gateway may read (JWE compact, `dir` with A256GCM, RFC 7516). The random IV
 * makes two handles of one patient unlinkable; `tokenId` ties each to the token it was made for.
 */
export async function seal(
  key: Uint8Array,
  kind: SealedKind,
  tokenId: string,
  value: unknown,
): Promise<string> {
  const text = pad(JSON.stringify({ kind, tokenId, value }));
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(key);
}

/** Opens what seal() made for this very kind and token; anything else throws Refusal('token_claims'). */
export async function unseal(
  key: Uint8Array,
  kind: SealedKind,
  tokenId: string,
  sealed: unknown,
): Promise<unknown> {
  if (typeof sealed !== 'string') throw new Refusal('token_claims');
  try {
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const content: unknown = JSON.parse(new TextDecoder().decode(plaintext));
    if (isRecord(content) && content['kind'] === kind && content['tokenId'] === tokenId)
      return content['value'];
  } catch (cause) {
    throw new Refusal('token_claims', { cause });
  }
  throw new Refusal('token_claims');
}
