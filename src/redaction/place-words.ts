import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { endOf, is, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { type Match, wordsOnly } from './match.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

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
  entity: `${type.toLowerCase()}:${wordsOnly(lex.view.lower, startOf(lex, first), endOf(lex, last))}`,
  rank: 4,
  full: false,
  exact: false,
  epochDay: undefined,
});

/** With what a listed name begins, by which it is looked for. */
export const firstWordOf = (name: string): string => /^\p{L}+/u.exec(name)?.[0] ?? name;

/** Whether a word can tell one facility from another. */
export const tells = (lex: Lexemes, at: number): boolean =>
  endOf(lex, at) - startOf(lex, at) > 1 &&
  !isNumber(lex, at) &&
  !is(lex, at, listed.genericPlace) &&
  !kindAt(lex, at).closed;

export const openers = markOfWords('the our my your a an any this that their his her local');
const wholeVisits = markOfWords('visited attended');
/** What is done, given or found somewhere: of these only "at" leads to the place. */
const deeds = markOfWords(`
  dx dxd tx txd bx eval delivered delivery transplanted transplant cabg pci ablation stented infused infusion cultured
  hurt injured fell slipped burned work working job
  drawn collapsed scope scoped workup vaccinated immunized registered counseled repaired replaced biopsied
`);
/** What may stand between: "admitted last night to". */
const times = markOfWords(`
  last this night morning evening afternoon week month yesterday today tonight earlier emergently directly urgently
  recently back
`);
export const passages = markOfWords('by through via');
const atSign = new GapPattern(/^ @ ?$/);
/** Who looks at a finding is at no place. */
const regards = markOfWords('aimed hint hints hinting pointing');
export const regarded = (lex: Lexemes, first: number): boolean =>
  is(lex, first - 2, regards) && wordAt(lex, first - 1) === 'at' && !is(lex, first, listed.knownTown);

/** "seen at", "admitted to the", "visited our": what follows is a place, whatever its words. */
export function isVisited(lex: Lexemes, first: number): boolean {
  if (atSign.after(lex, first - 1)) return is(lex, first - 1, listed.visit);
  let at = first - 1;
  if (is(lex, at, openers) && gapIs(lex, at, gapOf.space)) at -= 1;
  if (is(lex, at, wholeVisits)) return gapIs(lex, at, gapOf.space);
  if (!is(lex, at, listed.placeCue) || !gapIs(lex, at, gapOf.space) || is(lex, at, passages)) return false;
  if (is(lex, at - 1, listed.visit)) return true;
  if (is(lex, at - 1, regards)) return false;
  if (wordAt(lex, at) !== 'at') {
    let before = at - 1;
    while (before > at - 4 && is(lex, before, times) && gapIs(lex, before, gapOf.space)) before -= 1;
    return before < at - 1 && is(lex, before, listed.visit) && wordAt(lex, at) !== 'in';
  }
  for (let far = at - 1; far > at - 12 && far >= 0; far -= 1)
    if (is(lex, far, listed.visit) || is(lex, far, deeds)) return true;
  return false;
}

/** A short run as the lists spell it. */
export const wordsFrom = (lex: Lexemes, first: number, last: number): string =>
  last - first < 4 ? lex.view.lower.slice(startOf(lex, first), endOf(lex, last)) : '';
