import { endOf, gapAfter, type Lexemes, startOf, wordAt } from './lexemes.ts';
import type { Match } from './match.ts';
import { longNumber, type NumberIndex } from './record-numbers.ts';

/** Figures as they are said; a zero also as the letter. */
const figures: ReadonlyMap<string, string> = new Map([
  ...'zero one two three four five six seven eight nine'
    .split(' ')
    .map((word, figure): [string, string] => [word, String(figure)]),
  ['oh', '0'],
]);

/** Words with which a number can begin. */
export const spokenFigures = (): Iterable<string> => figures.keys();

/** Fewer are an enumeration; no number of a record has more. */
const [fewest, surelyLong, most] = [5, 8, 24];
/** Between two of them: a space, a comma, a hyphen, a line break. */
const widestGap = 4;
const goesOn = /^[\s,.-]+$/;

/** Numbers of the record figure by figure in words: `one six zero eight zero`. `words` are lexemes that may begin one. */
export function spokenNumbers(lex: Lexemes, { meanings }: NumberIndex, words: readonly number[]): Match[] {
  const matches: Match[] = [];
  let reached = -1;
  for (const at of words) {
    if (at <= reached) continue;
    let digits = '';
    for (let last = at; last < lex.count && digits.length < most; last += 1) {
      const figure = figures.get(wordAt(lex, last));
      if (figure === undefined || (last > at && !joined(lex, last - 1))) break;
      digits += figure;
      const meaning = digits.length < fewest ? undefined : meanings.get(digits);
      if (meaning === undefined || meaning.cued || meaning.postal) continue;
      // A short one is all that is said, or it is part of some other row.
      if (
        digits.length < surelyLong &&
        (goesOnAt(lex, last) || (at > 0 && isFigure(lex, at - 1) && joined(lex, at - 1)))
      )
        continue;
      if (reached >= at) matches.pop();
      reached = last;
      matches.push(longNumber(meaning, startOf(lex, at), endOf(lex, last)));
    }
  }
  return matches;
}

const isFigure = (lex: Lexemes, at: number): boolean => figures.has(wordAt(lex, at));
const goesOnAt = (lex: Lexemes, last: number): boolean =>
  last + 1 < lex.count && isFigure(lex, last + 1) && joined(lex, last);

const joined = (lex: Lexemes, at: number): boolean =>
  startOf(lex, at + 1) - endOf(lex, at) <= widestGap && goesOn.test(gapAfter(lex, at));
