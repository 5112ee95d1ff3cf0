const digitsOf = (text: string): number[] => Array.from(text, Number);

/** Sum of digits, each times its weight. */
const weighted = (text: string, weights: readonly number[]): number =>
  digitsOf(text).reduce((sum, digit, at) => sum + digit * (weights[at] ?? 0), 0);

const spanishLetters = 'trwagmyfpdxbnjzsqvhlcke';

/** Check digits of German tax numbers, ISO 7064 mod 11,10. */
function isTaxNumber(text: string): boolean {
  let product = 10;
  for (const digit of digitsOf(text.slice(0, 10))) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return text !== '' && !text.startsWith('0') && (11 - product) % 10 === Number(text.at(10));
}

/** One national scheme: how its number looks without punctuation, and what its check digits must be. */
const schemes: readonly { readonly form: RegExp; readonly holds: (text: string) => boolean }[] = [
  // NHS number
  {
    form: /^\d{10}$/,
    holds: (text) => (11 - (weighted(text, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(text.at(9)),
  },
  // NIR: thirteen digits and a key
  {
    form: /^[1278]\d{14}$/,
    holds: (text) => 97 - (Number(text.slice(0, 13)) % 97) === Number(text.slice(13)),
  },
  { form: /^\d{11}$/, holds: isTaxNumber },
  // BSN
  { form: /^\d{9}$/, holds: (text) => weighted(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 },
  // DNI and NIE
  {
    form: /^\d{8}[a-z]$/,
    holds: (text) => spanishLetters.charAt(Number(text.slice(0, 8)) % 23) === text.at(8),
  },
  {
    form: /^[xyz]\d{7}[a-z]$/,
    holds: (text) =>
      spanishLetters.charAt(Number(`${'xyz'.indexOf(text.charAt(0))}${text.slice(1, 8)}`) % 23) ===
      text.at(8),
  },
  // AHV
  {
    form: /^756\d{10}$/,
    holds: (text) => weighted(text, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  },
];

/** Whether a lower-case text is a national number of Europe with right check digits, in whatever punctuation. */
export function isEuropeanNumber(text: string): boolean {
  const bare = text.replaceAll(/[^a-z0-9]/g, '');
  return schemes.some(({ form, holds }) => form.test(bare) && holds(bare));
}
