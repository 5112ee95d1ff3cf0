import { kindOf } from './capital-runs.ts';
import { endOf, gapAfter, type Lexemes, startOf, wordAt } from './lexemes.ts';
import type { Match } from './match.ts';
import { genericPlaceWords, placeCues, visitWords } from './words/facility-words.ts';

export const found = (
  lex: Lexemes,
  first: number,
  last: number,
  type: 'ORG' | 'PLACE',
  rule: string,
): Match => ({
  start: startOf(lex, first),
  end: endOf(lex, last),
  type,
  rule,
  entity: `${type.toLowerCase()}:${lex.view.lower.slice(startOf(lex, first), endOf(lex, last)).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')}`,
  rank: 4,
  full: false,
});

/** Whether a word can tell one facility from another. */
export const tells = (lex: Lexemes, at: number): boolean => {
  const word = wordAt(lex, at);
  return word.length > 1 && lex.digits[at] !== true && !genericPlaceWords.has(word) && !kindOf(word).closed;
};

export const openers = new Set('the our my your a an any this that their his her local'.split(' '));

/** "seen at", "admitted to the", "visited our": what follows is a place, whatever its words. */
export function isVisited(lex: Lexemes, first: number): boolean {
  if (/^ @ ?$/.test(gapAfter(lex, first - 1))) return visitWords.has(wordAt(lex, first - 1));
  let at = first - 1;
  if (openers.has(wordAt(lex, at)) && gapAfter(lex, at) === ' ') at -= 1;
  const word = wordAt(lex, at);
  if (word === 'visited' || word === 'attended') return true;
  if (!placeCues.has(word) || gapAfter(lex, at) !== ' ') return false;
  if (word === 'by' || word === 'through' || word === 'via') return false;
  if (visitWords.has(wordAt(lex, at - 1))) return true;
  if (word !== 'at') return false;
  for (let far = at - 1; far > at - 12 && far >= 0; far -= 1)
    if (visitWords.has(wordAt(lex, far))) return true;
  return false;
}

/** A short run as the lists spell it. */
export const wordsFrom = (lex: Lexemes, first: number, last: number): string =>
  last - first < 4 ? lex.view.lower.slice(startOf(lex, first), endOf(lex, last)) : '';
