import { beginsSentence, type CapitalRun, isAcronym, kindOf } from './capital-runs.ts';
import { gapAfter, isCapital, type Lexemes, wordAt } from './lexemes.ts';
import type { Match } from './match.ts';
import { found, isVisited, openers, tells } from './place-words.ts';
import { isClinicalWord } from './words/clinical-words.ts';
import { chartWords, titles } from './words/context-words.ts';
import {
  clinicalAcronyms,
  facilityHeads,
  facilityJoints,
  genericPlaceWords,
  strongHeads,
} from './words/facility-words.ts';

const practices = new Set('office practice clinic surgery'.split(' '));

/** "at Dr. Roe's Office": a place called after a person. */
export function officeOf(lex: Lexemes, run: CapitalRun): Match | undefined {
  const { first, last } = run;
  const next = last + 2;
  if (gapAfter(lex, last) !== "'" || wordAt(lex, last + 1) !== 's' || gapAfter(lex, last + 1) !== ' ')
    return undefined;
  if (!practices.has(wordAt(lex, next)) || !isCapital(lex, next) || !titles.has(wordAt(lex, first)))
    return undefined;
  return found(lex, first, next, 'ORG', 'facility');
}

export function facilityAt(lex: Lexemes, run: CapitalRun): Match | undefined {
  let { first } = run;
  const last = facilityEnd(lex, run);
  while (first < last && drops(lex, first)) first += 1;
  const head = lastHead(lex, first, last);
  if (head === undefined) return undefined;
  const goesOn =
    facilityJoints.has(wordAt(lex, head + 1)) || wordAt(lex, head + 1) === 's' || tells(lex, head + 1);
  const end = goesOn ? last : head;
  const visited = isVisited(lex, first);
  for (let at = first; at <= end; at += 1) {
    if (at === head || !isCapital(lex, at) || !tells(lex, at)) continue;
    if (
      !isAcronym(lex, at) ||
      (at < head && !clinicalAcronyms.has(wordAt(lex, at)) && (visited || isCapital(lex, head)))
    ) {
      return found(lex, first, end, 'ORG', 'facility');
    }
  }
  // Words that are no names elsewhere: Sacred Heart Hospital, Overlook Medical Center.
  if (isCapital(lex, head) && strongHeads.has(wordAt(lex, head)) && !beginsSentence(lex, first)) {
    for (let at = first; at < head; at += 1) {
      const word = wordAt(lex, at);
      if (
        word.length > 2 &&
        !genericPlaceWords.has(word) &&
        !facilityHeads.has(word) &&
        !isClinicalWord(word) &&
        !isAcronym(lex, at) &&
        isCapital(lex, at)
      )
        return found(lex, first, end, 'ORG', 'facility');
    }
  }
  // Nothing but kinds of places, in capitals, after "admitted to" or the like: General Hospital.
  const named = isCapital(lex, head) && end > first && visited && strongHeads.has(wordAt(lex, head));
  return named ? found(lex, first, end, 'ORG', 'facility') : undefined;
}

/** Words at the beginning of a run that are not of the name. */
function drops(lex: Lexemes, at: number): boolean {
  const word = wordAt(lex, at);
  if (gapAfter(lex, at) === "'") return false;
  if (openers.has(word)) return !(word === 'our' && wordAt(lex, at + 1) === 'lady');
  return beginsSentence(lex, at) && (kindOf(word).closed || chartWords.has(word)) && !facilityHeads.has(word);
}

/** Small joints and heads that follow a run: University of Michigan, Lakeside clinic. */
function facilityEnd(lex: Lexemes, run: CapitalRun): number {
  let { last } = run;
  while (last + 1 < lex.count) {
    const next = wordAt(lex, last + 1);
    const gap = gapAfter(lex, last);
    if (gap === "'" && next === 's') last += 1;
    else if (gap === ' ' && strongHeads.has(next)) last += 1;
    else if (gap === ' ' && facilityJoints.has(next)) {
      const after = facilityJoints.has(wordAt(lex, last + 2)) ? last + 3 : last + 2;
      const open = headIn(lex, run.first, last)
        ? next !== 'and'
        : (next === 'and' || next === 'of') && capitalHead(lex, after);
      if (!open || after >= lex.count || !isCapital(lex, after) || lex.digits[after] === true) break;
      last = after;
    } else if (
      (gap === ' ' || gap === ' & ' || gap === '-') &&
      isCapital(lex, last + 1) &&
      lex.digits[last + 1] !== true
    ) {
      last += 1;
    } else break;
  }
  return last;
}

function headIn(lex: Lexemes, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1) if (facilityHeads.has(wordAt(lex, at))) return true;
  return false;
}

/** A capitalised head among the next capitalised words: Mercy Hospital. */
function capitalHead(lex: Lexemes, first: number): boolean {
  for (let at = first; at < first + 6 && isCapital(lex, at); at += 1) {
    if (strongHeads.has(wordAt(lex, at))) return true;
    if (gapAfter(lex, at) === "'" && wordAt(lex, at + 1) === 's') at += 1;
    if (gapAfter(lex, at) !== ' ') return false;
  }
  return false;
}

function lastHead(lex: Lexemes, first: number, last: number): number | undefined {
  for (let at = last; at >= first; at -= 1) {
    const word = wordAt(lex, at);
    if (strongHeads.has(word) || (facilityHeads.has(word) && isCapital(lex, at))) return at;
  }
  return undefined;
}
