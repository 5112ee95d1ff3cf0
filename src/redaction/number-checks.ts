/** Check digits and structures of numbers that identify people, prescribers, vehicles and devices. */

const alphanumeric = (text: string): string => text.replaceAll(/[^a-z0-9]/g, '');

/** ISO/IEC 7812-1 annex B. */
export function holdsLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48;
    const twice = at % 2 === 1 ? digit * 2 : digit;
    sum += twice > 9 ? twice - 9 : twice;
  }
  return digits.length > 1 && sum % 10 === 0;
}

/** National Provider Identifier: ten digits whose Luhn sum holds behind the prefix 80840. */
export function isNpi(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  return /^[12]\d{9}$/.test(digits) && holdsLuhn(`80840${digits}`);
}

/** Medicare Beneficiary Identifier: eleven places, each with its kind; S, L, O, I, B and Z never occur. */
export const isMbi = (text: string): boolean =>
  /^[1-9][ac-hjkmnp-rt-y][ac-hjkmnp-rt-y0-9]\d[ac-hjkmnp-rt-y][ac-hjkmnp-rt-y0-9]\d[ac-hjkmnp-rt-y]{2}\d{2}$/.test(
    alphanumeric(text),
  );

/** Registration number of the Drug Enforcement Administration: the last digit checks the six before. */
export function isDea(text: string): boolean {
  const bare = alphanumeric(text);
  if (!/^[a-hjklmnprstuxz][a-z9]\d{7}$/.test(bare)) return false;
  const digit = (at: number): number => bare.charCodeAt(2 + at) - 48;
  return (digit(0) + digit(2) + digit(4) + 2 * (digit(1) + digit(3) + digit(5))) % 10 === digit(6);
}

/** 49 CFR 565.15, table III: values of digits and letters by their place here; I, O and Q have none. */
const vinLetters = '0123456789.abcdefgh..jklmn.p.r..stuvwxyz';

const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Vehicle identification number with its check digit (49 CFR 565.15). */
export function isVin(text: string): boolean {
  const bare = alphanumeric(text);
  if (!/^[a-hj-npr-z0-9]{17}$/.test(bare)) return false;
  let sum = 0;
  for (let at = 0; at < 17; at += 1)
    sum += (vinLetters.indexOf(bare.charAt(at)) % 10) * (vinWeights[at] ?? 0);
  return 'x' === bare.charAt(8) ? sum % 11 === 10 : sum % 11 === Number(bare.charAt(8));
}

/** International Mobile Equipment Identity: fifteen digits with Luhn's check digit. */
export function isImei(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  return digits.length === 15 && holdsLuhn(digits);
}

/** Check digit of the GS1 General Specifications, section 7.9, over fourteen digits. */
export function isGtin(digits: string): boolean {
  if (!/^\d{14}$/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < 13; at += 1) sum += (digits.charCodeAt(at) - 48) * (at % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10 === Number(digits.charAt(13));
}

const hibcCharacters = '0123456789abcdefghijklmnopqrstuvwxyz-. $/+%';

/** Primary data structure of HIBC, or primary and secondary together: modulo 43 over all that stands before. */
function isHibc(text: string): boolean {
  if (!/^\+[a-z]\d{3}[a-z0-9]{1,18}\d/.test(text)) return false;
  let sum = 0;
  for (const character of text.slice(0, -1)) sum += hibcCharacters.indexOf(character);
  return hibcCharacters.charAt(sum % 43) === text.at(-1);
}

/** Unique device identifier, as GS1 or HIBC issue it. */
export const isUdi = (text: string): boolean =>
  isGtin(/^\(?01\)?(\d{14})/.exec(text)?.[1] ?? '') || isHibc(text);
