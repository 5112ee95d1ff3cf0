import type { IdentityKind } from '../vocabulary/identity-sheet.ts';

/**
 * The written table of forms: how a known value may stand in outgoing text and still be found. docs/answer-checks.md
 * shows this table; a test plants every form of it. `encoded` forms hold for the values of all kinds.
 */
export interface Form {
  readonly id: string;
  readonly kind: IdentityKind | 'encoded';
  /** What is searched, in words a reviewer can check against the code. */
  readonly searched: string;
}

export const forms = [
  {
    id: 'name-word',
    kind: 'name',
    searched: 'each name word of 3 or more letters, as a whole word, any case, with or without accents',
  },
  {
    id: 'name-umlaut',
    kind: 'name',
    searched: 'ä ö ü å ø written as ae oe ue aa oe, ß as ss',
  },
  {
    id: 'name-joined',
    kind: 'name',
    searched:
      'given and family name written as one word in either order; parts of O’Brien or Jean-Luc joined',
  },
  {
    id: 'name-context',
    kind: 'name',
    searched:
      'ordinary or clinical words and names of 2 letters: beside another name word of the same person (both capitalised) or after a title',
  },
  {
    id: 'name-eponym',
    kind: 'name',
    searched:
      'names that also name a disease or test: anywhere but before a clinical noun (`Wilson disease`)',
  },
  {
    id: 'name-unspaced',
    kind: 'name',
    searched:
      'names in scripts without word spaces: the full name, or a part of 3 or more characters, anywhere',
  },
  { id: 'date-iso', kind: 'date', searched: 'full day: 2026-03-04, 2026/03/04, 2026.03.04, 20260304' },
  {
    id: 'date-numeric',
    kind: 'date',
    searched: 'day and month in either order with / - . and a year of 4 or 2 digits; 03042026',
  },
  {
    id: 'date-month-name',
    kind: 'date',
    searched: 'month names and short forms in English, Spanish, French, German, Italian and Portuguese',
  },
  { id: 'date-epoch', kind: 'date', searched: 'Unix seconds or milliseconds of midnight UTC' },
  {
    id: 'phone',
    kind: 'telecom',
    searched: '7 or more digits whatever stands between them, with or without country code and trunk zero',
  },
  { id: 'phone-local', kind: 'telecom', searched: 'the last seven digits written 3-4' },
  {
    id: 'email',
    kind: 'telecom',
    searched: 'the words of an e-mail address in order, also with (at) and (dot)',
  },
  { id: 'url', kind: 'telecom', searched: 'the words of a web address in order, with or without scheme' },
  {
    id: 'identifier-number',
    kind: 'identifier',
    searched:
      'whole digit runs; 5 or 6 digits not before a unit or a decimal; 7 or more whatever separates them',
  },
  {
    id: 'identifier-mixed',
    kind: 'identifier',
    searched:
      'letters and digits (5 or more, with at least 2 digits) as a whole run, separators optional; all letters from 10',
  },
  {
    id: 'identifier-zeros',
    kind: 'identifier',
    searched: 'without leading zeros, and without a letter prefix, where 6 or more digits remain',
  },
  {
    id: 'figures-glued',
    kind: 'identifier',
    searched:
      'numbers of 9 figures and more, and full days, in groups, with other figures written to the first or last group',
  },
  {
    id: 'address-line',
    kind: 'address',
    searched: 'a street line with its number, street types long or short',
  },
  {
    id: 'address-city',
    kind: 'address',
    searched: 'city before its state or postal code; state before its postal code',
  },
  {
    id: 'address-postal',
    kind: 'address',
    searched: 'postal codes after a cue (`zip`, `postal code`, `PLZ` …); codes that hold letters also alone',
  },
  {
    id: 'organization-name',
    kind: 'organization',
    searched:
      'the full name of 2 or more words that are not all generic; a single distinctive word of 4 letters',
  },
  { id: 'json', kind: 'encoded', searched: 'JSON and JavaScript escapes' },
  { id: 'percent', kind: 'encoded', searched: 'percent-encoding' },
  { id: 'entity', kind: 'encoded', searched: 'HTML entities, numeric and of accented letters' },
  {
    id: 'base64',
    kind: 'encoded',
    searched: 'base64 and base64url of 6 or more characters, at every alignment',
  },
  { id: 'hex', kind: 'encoded', searched: 'hexadecimal bytes, also separated or prefixed' },
  {
    id: 'reversed',
    kind: 'encoded',
    searched: 'the text read backwards: names of 5 letters, 7 digits, full dates',
  },
  { id: 'spaced', kind: 'encoded', searched: 'letters of a name of 5 or more set apart one by one' },
  {
    id: 'invisible',
    kind: 'encoded',
    searched: 'zero-width and bidirectional characters, full-width and look-alike letters, other digits',
  },
] as const satisfies readonly Form[];

export type FormId = (typeof forms)[number]['id'];
