/** Letters of 45 CFR 164.514(b)(2)(i). */
export const safeHarborClasses = [
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
  'I',
  'J',
  'K',
  'L',
  'M',
  'N',
  'O',
  'P',
  'Q',
  'R',
] as const;
export type SafeHarborClass = (typeof safeHarborClasses)[number];
