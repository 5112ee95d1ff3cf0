import { beginsSentence, type CapitalRun } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { endOf, is, isAllCapitals, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { namesDisease } from './name-runs.ts';
import { innerCapital, isStrange, termEnding, turnsAfter } from './name-shapes.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/** Lexemes of one name, first and last. */
export interface Extent {
  readonly first: number;
  readonly last: number;
}

const joint = new GapPattern(/^[ -]$/);
const initialJoint = new GapPattern(/^\.? $/);

/**
 * A name that was found with the capitalised words beside it that no list knows or that are names besides: the first
 * of "Nasra Birdie Silva", the last of "Bogdan van der Will". Words of medicine, of charts and of places end it.
 */
export function wholeName(lex: Lexemes, run: CapitalRun, found: Extent): Extent {
  let { first, last } = found;
  while (
    first > run.first &&
    first - 1 >= 0 &&
    joint.after(lex, first - 1) &&
    opensName(lex, first - 1, found)
  )
    first -= 1;
  for (;;) {
    let next = last + 1;
    while (
      next < run.last &&
      is(lex, next, listed.particle) &&
      // Du Roe and Della Roe, too, where what stands behind is a name's.
      (!isCapital(lex, next) || isStrange(lex, next + 1, 4)) &&
      gapIs(lex, next, gapOf.space)
    )
      next += 1;
    const jointed = joint.after(lex, last) || (isLetter(lex, last) && initialJoint.after(lex, last));
    // van der Berg: behind a particle any word ends the name that nothing speaks against.
    const parted = is(lex, next - 1, listed.particle) && !isCapital(lex, next - 1);
    if (next > run.last || !jointed || !(parted ? stands(lex, next, last) : closesName(lex, next, last)))
      break;
    last = next;
  }
  const grown = { first, last };
  return namesDisease(lex, grown) && !namesDisease(lex, found) ? found : grown;
}

const isLetter = (lex: Lexemes, at: number): boolean => endOf(lex, at) - startOf(lex, at) === 1;

const prepositions = markOfWords('for with and about on in to per at from by of');

/** What no word of a name is, whatever stands beside it. */
function stands(lex: Lexemes, at: number, beside: number): boolean {
  if (isNumber(lex, at) || !isCapital(lex, at) || endOf(lex, at) - startOf(lex, at) < 2) return false;
  if (isAllCapitals(lex, at) !== isAllCapitals(lex, beside) || innerCapital(lex, at)) return false;
  if (is(lex, at, prepositions)) return false;
  // "rules out PE YASMIN", "YASMIN CT head"
  if (isAllCapitals(lex, at) && is(lex, at, listed.clinicalAcronym)) return false;
  const kind = kindAt(lex, at);
  if (kind.clinical && !(is(lex, at, listed.ordinaryName) && at > beside && turnsAfter(lex, at)))
    return false;
  if (kind.demonym || is(lex, at, listed.month)) return false;
  if (is(lex, at, listed.chart) || is(lex, at, listed.title) || is(lex, at, listed.credential)) return false;
  if (is(lex, at, listed.nameCue) || is(lex, at, listed.nameLabel) || is(lex, at, listed.relation))
    return false;
  if (is(lex, at, listed.facilityHead) || is(lex, at, listed.genericPlace) || is(lex, at, listed.eponymNoun))
    return false;
  return !is(lex, at, listed.state) && !is(lex, at, listed.streetType) && !is(lex, at, listed.personVerb);
}

function opensName(lex: Lexemes, at: number, found: Extent): boolean {
  const beside = at + 1;
  if (!stands(lex, at, beside)) return false;
  const kind = kindAt(lex, at);
  const begins = beginsSentence(lex, at);
  if (kind.given) return !kind.plain || !begins;
  // Of other alphabets no list says which words are names.
  if (begins && (beside === found.last || lex.view.lower.charCodeAt(startOf(lex, at)) > 127)) return false;
  return !kind.plain && !kind.closed && !kind.eponym && !kind.place && !termEnding.test(wordAt(lex, at));
}

function closesName(lex: Lexemes, at: number, beside: number): boolean {
  if (!stands(lex, at, beside)) return false;
  const kind = kindAt(lex, at);
  if (kind.given || kind.family || is(lex, at, listed.ordinaryName)) return true;
  return !kind.plain && !kind.closed && !kind.eponym && !termEnding.test(wordAt(lex, at));
}
