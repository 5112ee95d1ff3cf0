import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { endOf, is, isAllCapitals, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

const joins = new GapPattern(/^[ -]$/);
const lists = new GapPattern(/^,? $/);
const turns = markOfWords(
  'with for who is was has had by on when after before while that whose refuses refused',
);
const stage = /^(?:i{2,3}|i{1,3}[abc]|iv[abc]?|v[abc])$/;
const isStage = (lex: Lexemes, at: number): boolean =>
  isAllCapitals(lex, at) && endOf(lex, at) - startOf(lex, at) < 5 && stage.test(wordAt(lex, at));
const likenesses = markOfWords('type style like');

/**
 * "Rotterdam criteria", "Edinburgh Postnatal Depression Scale": a place or person that gave a scale, sign or agent its
 * name ends at `last`. With `cued` the noun has to follow at once: "seen at Boston for a test".
 */
export function namesScale(lex: Lexemes, last: number, cued: boolean): boolean {
  for (let at = last; at < last + (cued ? 1 : 4); at += 1) {
    const next = at + 1;
    // "Denver, Kocher and Ottawa rules"
    if (!(joins.after(lex, at) || (isCapital(lex, next) && lists.after(lex, at)))) return false;
    if (is(lex, next, listed.eponymNoun)) return true;
    if (at === last && gapIs(lex, at, gapOf.hyphen) && is(lex, next, likenesses)) return true;
    // "Atlanta 2012 classification", "Ann Arbor IIB"
    if (isNumber(lex, next) && endOf(lex, next) - startOf(lex, next) === 4) continue;
    if (isStage(lex, next)) return true;
    if (isNumber(lex, next) || is(lex, next, listed.placeCue) || is(lex, next, listed.strongHead))
      return false;
    if (is(lex, next, turns) || is(lex, next, listed.personVerb)) return false;
    if (at === last || isCapital(lex, next)) continue;
    const kind = kindAt(lex, next);
    const word = wordAt(lex, next);
    if (!kind.clinical && kind.closed && word !== 'and' && word !== 'or') return false;
  }
  return false;
}
