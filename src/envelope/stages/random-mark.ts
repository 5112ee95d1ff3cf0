import type { Services } from '../services.ts';

/** Decimal digits of marker and canary, 79 bits: letters of hex could spell a short name by chance. */
const markDigits = 24;

export const randomMark = ({ randomness }: Pick<Services, 'randomness'>): string =>
  Array.from(randomness.bytes(markDigits), (byte) => byte % 10).join('');
