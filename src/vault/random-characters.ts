import type { Randomness } from '../vocabulary/time.ts';

/** Crockford base32 without the vowels and Y: chance must not spell a name between two digits. */
const alphabet = '0123456789BCDFGHJKMNPQRSTVWXZ';

/** Eight characters, 38.8 random bits: the part of a token that tells one entity from another. */
export const randomCharacters = (randomness: Pick<Randomness, 'bytes'>): string =>
  Array.from({ length: 8 }, () => alphabet.charAt(randomInteger(randomness, alphabet.length))).join('');

/** A number from 0 to `below` - 1, every one as likely as another. `below` is at most 2^31. */
export function randomInteger(randomness: Pick<Randomness, 'bytes'>, below: number): number {
  const limit = 2 ** 32 - (2 ** 32 % below);
  for (;;) {
    const bytes = randomness.bytes(4);
    const value = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (value < limit) return value % below;
  }
}
