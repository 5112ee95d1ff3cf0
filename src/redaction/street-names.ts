import { kindOf } from './word-kinds.ts';
import { ordinaryNameWords } from './words/ordinary-words.ts';

/** Kinds of streets that are everyday or clinical words too. */
const everyday = new Set(
  `bottom branch bridge center club common corner corners fall falls field fields flat flats fork forks key keys land
   light lights lock locks neck park parks passage plain plains points port ports ramp rest rue spring station stream
   track union unions via views walks wall ways well wells`.split(/\s+/),
);

/** Those of them that stand behind everyday words as well: 400 Ocean View. */
const scenic = new Set('pass point pt view walk'.split(' '));

/** 400 Meter Walk: what is measured on a way. */
const measures = new Set(
  'meter metre meters feet foot yard mile minute min kcal day window ringers'.split(' '),
);

const looksLikeYear = /^(?:19|20)\d\d$/;

/** Clinical words with which streets are called. */
const adjectives = new Set(
  'white black gray grey brown red long short high upper lower middle young strong'.split(' '),
);

/** A word that can name a street: no clinical one, but for those that are names as well. */
const names = (word: string): boolean =>
  !kindOf(word).clinical || ordinaryNameWords.has(word) || adjectives.has(word);

/** Whether no word before the number of a street is clinical: `Insulin u. 15`, `Wound ut 3`. */
export const isNoDose = (text: string): boolean =>
  text.split(/[^a-z]+/).every((word) => word.length < 4 || names(word));

/** A word that is nothing but somebody's name or no word at all. */
const isName = (word: string): boolean => {
  const { eponym, plain } = kindOf(word);
  return word.length > 2 && !plain && !eponym;
};

const isPerson = (word: string): boolean => {
  const { family, given } = kindOf(word);
  return isName(word) && (family || given);
};

/**
 * Whether a number, capitalised words and a kind of street, in lower case, are the line of a street. The shorter the
 * number and the more everyday the kind, the more the words between must be a name: `4 View`, `12 Left Port`.
 */
export function isStreet(text: string): boolean {
  const [number = '', ...words] = text.split(' ');
  const kind = words.pop() ?? '';
  const digits = number.replaceAll(/\D/g, '');
  const called = words.filter((word) => /^[a-z][a-z'-]/.test(word));
  if (!called.every(names)) return false;
  if (called.some((word) => measures.has(word))) return false;
  if (digits.length < 3) return !everyday.has(kind) && !scenic.has(kind) && called.some(isPerson);
  if (!everyday.has(kind) && !looksLikeYear.test(digits)) return called.length > 0;
  return called.some(isPerson) || (digits.length > 3 && !looksLikeYear.test(digits) && called.every(isName));
}

const spoken =
  /\s(?:and|or|by|per|with|via|to|from|for|of|then|when|if|until|than|was|were|is|has|had|see|call|paged?|notified|notify|att|attn|attending|pcp|resident|referring)(?: \d[\d.,%]*)? (?:dr|ct)(?![a-z])/i;

/** Whether no word of a sentence leads to what looks like a kind of street: `40 PER DR. ROE`, `9 TO 7.4. DR ROE`. */
export const isUnspoken = (text: string): boolean => !spoken.test(text) && !dosed.test(text);

/** `300 MG THREE TIMES A DAY. DR. ROE` */
const dosed =
  /^\d+ {1,2}(?:m[cl]?g|gm|g|ml|meq|units|tab(?:let)?s?|caps|capsules?|puffs?|drops|times|hours|weeks|months)\s/i;
