import { lexicon } from './lexicon.ts';
import { listedWord, noWord } from './vocabulary.ts';
import { keyOf } from './word-keys.ts';
import { eponyms, isClinicalWord } from './words/clinical-words.ts';
import { relations } from './words/context-words.ts';
import { ordinaryNameWords } from './words/ordinary-words.ts';

/** How much a word of a name needs around it before it stands for a person. */
export type NameStrength = 'strong' | 'capital' | 'ordinary' | 'clinical';

/**
 * - `strong`: hides wherever it stands
 * - `capital`: an eponym or a place too; hides where capitalised and not naming a disease or a device
 * - `ordinary`: an everyday word; hides in name context
 * - `clinical`: a drug, finding, unit or negation; hides only where it plainly stands for a person
 */
export function strengthOf(word: string): NameStrength {
  const listed = listedWord(keyOf(word), word, 0, word.length);
  // By its ending a word of no list can be clinical still.
  if (listed === noWord) return isClinicalWord(word) ? 'clinical' : 'strong';
  const known = strengths[listed];
  if (known !== undefined) return known;
  const strength = strengthOfListed(word);
  strengths[listed] = strength;
  return strength;
}

/** Whether no list of words holds it: names, places, everyday and clinical words. */
export const isOfNoList = (word: string): boolean => listedWord(keyOf(word), word, 0, word.length) === noWord;

/** Of listed words, found out once for the process. */
const strengths: (NameStrength | undefined)[] = [];

function strengthOfListed(word: string): NameStrength {
  // "FHx: brother healthy", whoever has the name Brother.
  if (isClinicalWord(word) || relations.has(word)) return 'clinical';
  if (ordinaryNameWords.has(word)) return 'ordinary';
  const { given, family, inflected, places } = lexicon();
  if (eponyms.has(word) || places.has(word)) return 'capital';
  if (inflected.has(word) && !given.has(word) && !family.has(word)) return 'ordinary';
  return 'strong';
}
