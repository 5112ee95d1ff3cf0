import { type Context } from './announced.ts';
import { beginsSentence } from './capital-runs.ts';
import { gapIs, gapOf } from './gaps.ts';
import { is, isAllCapitals, isCapital, type Lexemes, wordAt } from './lexemes.ts';
import { type Match } from './match.ts';
import { canName } from './name-forms.ts';
import { personModal } from './name-judgement.ts';
import { isStrange, lettersAlone, turnsAfter } from './name-shapes.ts';
import { acts } from './person-context.ts';
import { person } from './person-match.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

const conjunction = markOfWords('and');

/** "Children Keisha and Pema": who is joined to somebody announced. */
export function andOther(
  lex: Lexemes,
  last: number,
  context: Context | undefined,
  matches: Match[],
  alone = false,
): void {
  const next = last + 2;
  if (context?.rule === 'title' || !is(lex, last + 1, conjunction)) return;
  // "Ada Roe and Imani have", "visit to Imani and Zola:": nobody was announced, but the second can be nothing else.
  if (
    context === undefined &&
    !(isStrange(lex, next, lettersAlone) && (isDoing(lex, next + 1) || (alone && turnsAfter(lex, next))))
  )
    return;
  if (!gapIs(lex, last, gapOf.space) || !gapIs(lex, last + 1, gapOf.space) || !isCapital(lex, next)) return;
  const kind = kindAt(lex, next);
  if (kind.clinical || kind.eponym || kind.demonym || isAllCapitals(lex, next) || !canName(lex, next)) return;
  if (kind.given || kind.family || !kind.plain)
    matches.push(person(lex, next, next, context?.type ?? 'PERSON', context?.rule ?? 'verb'));
}

/** "Ada Roe and Imani have": who is named before somebody with whom something is done. */
export const withOther = (lex: Lexemes, end: number): boolean =>
  is(lex, end + 1, conjunction) &&
  gapIs(lex, end, gapOf.space) &&
  gapIs(lex, end + 1, gapOf.space) &&
  isCapital(lex, end + 2) &&
  (kindAt(lex, end + 2).given || isStrange(lex, end + 2, lettersAlone)) &&
  isDoing(lex, end + 3);

const isDoing = (lex: Lexemes, at: number): boolean =>
  (is(lex, at, listed.personVerb) || (is(lex, at, acts) && !isSaid.has(wordAt(lex, at)))) &&
  gapIs(lex, at - 1, gapOf.space);
/** Of two drugs as well as of two people. */
const isSaid = new Set('is was has will would did does needs needed'.split(' '));

/**
 * "Prudence and Howard Roe": the given name before the sign of two; at the beginning of a sentence a word of no list, too,
 * where two do what only people do: "Imani and Zola attended".
 */
export function otherBefore(lex: Lexemes, first: number, acting: boolean, matches: Match[]): void {
  const other = first - 2;
  if (other < 0 || !is(lex, first - 1, conjunction) || !gapIs(lex, first - 1, gapOf.space)) return;
  if (!gapIs(lex, other, gapOf.space) || !isCapital(lex, other) || isAllCapitals(lex, other)) return;
  const { eponym, given } = kindAt(lex, other);
  const named = given || (isStrange(lex, other, lettersAlone) && (acting || !beginsSentence(lex, other)));
  if (named && !eponym && !is(lex, other, personModal))
    matches.push(person(lex, other, other, 'PERSON', 'given'));
}
