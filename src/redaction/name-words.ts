import { kindOf } from './word-kinds.ts';
import { clinicalAcronyms } from './words/facility-words.ts';
import { ordinaryNameWords } from './words/ordinary-words.ts';

/** Whether a word can be part of a name where a label or a heading says so: nothing clinical, and no word of the language alone. */
export function canBeName(word: string): boolean {
  const { clinical, closed, family, given, plain } = kindOf(word);
  if (clinicalAcronyms.has(word) || (clinical && !ordinaryNameWords.has(word))) return false;
  return given || family || ordinaryNameWords.has(word) || !(plain || closed);
}
