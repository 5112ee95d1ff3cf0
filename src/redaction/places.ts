import { beginsSentence, type CapitalRun, isAcronym, kindOf } from './capital-runs.ts';
import { endOf, gapAfter, isCapital, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { lexicon } from './lexicon.ts';
import type { Match } from './match.ts';
import { monthOf } from './words/calendar.ts';
import { eponymNouns, isClinicalWord } from './words/clinical-words.ts';
import { chartWords, titles } from './words/context-words.ts';
import {
  clinicalAcronyms,
  facilityHeads,
  facilityJoints,
  genericPlaceWords,
  placeCues,
  strongHeads,
  visitWords,
} from './words/facility-words.ts';
import { states } from './words/street-words.ts';

const found = (lex: Lexemes, first: number, last: number, type: 'ORG' | 'PLACE', rule: string): Match => ({
  start: startOf(lex, first),
  end: endOf(lex, last),
  type,
  rule,
  entity: `${type.toLowerCase()}:${lex.view.lower.slice(startOf(lex, first), endOf(lex, last)).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')}`,
  rank: 4,
  full: false,
});

/** Whether a word can tell one facility from another. */
const tells = (lex: Lexemes, at: number): boolean => {
  const word = wordAt(lex, at);
  return word.length > 1 && lex.digits[at] !== true && !genericPlaceWords.has(word) && !kindOf(word).closed;
};

/** Facilities: a head word with a word that tells which one; towns and other places after a preposition. */
export function placeMatches(lex: Lexemes, runs: readonly CapitalRun[]): Match[] {
  const matches: Match[] = [];
  for (let at = 0; at < runs.length; at += 1) {
    const run = runs[at];
    if (run === undefined) continue;
    const facility = facilityAt(lex, run);
    if (facility !== undefined) matches.push(facility);
    else {
      const place = placeAt(lex, run);
      if (place !== undefined) matches.push(place);
    }
  }
  return matches;
}

const openers = new Set('the our my your a an any this that their his her local'.split(' '));

function facilityAt(lex: Lexemes, run: CapitalRun): Match | undefined {
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
  // Nothing but kinds of places, in capitals, after "admitted to" or the like: General Hospital.
  const named = isCapital(lex, head) && end > first && visited && strongHeads.has(wordAt(lex, head));
  return named ? found(lex, first, end, 'ORG', 'facility') : undefined;
}

/** Words at the beginning of a run that are not of the name. */
function drops(lex: Lexemes, at: number): boolean {
  const word = wordAt(lex, at);
  if (gapAfter(lex, at) === "'") return false;
  if (openers.has(word)) return true;
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
        : next === 'and' && headIn(lex, after, after + 3);
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

/** "seen at", "admitted to the", "visited our": what follows is a place, whatever its words. */
function isVisited(lex: Lexemes, first: number): boolean {
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

function headIn(lex: Lexemes, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1) if (facilityHeads.has(wordAt(lex, at))) return true;
  return false;
}

function lastHead(lex: Lexemes, first: number, last: number): number | undefined {
  for (let at = last; at >= first; at -= 1) {
    const word = wordAt(lex, at);
    if (strongHeads.has(word) || (facilityHeads.has(word) && isCapital(lex, at))) return at;
  }
  return undefined;
}

/** A short run as the lists spell it. */
const wordsFrom = (lex: Lexemes, first: number, last: number): string =>
  last - first < 4 ? lex.view.lower.slice(startOf(lex, first), endOf(lex, last)) : '';

function placeAt(lex: Lexemes, run: CapitalRun): Match | undefined {
  const { places, demonyms, given } = lexicon();
  let { first, last } = run;
  while (first < last && openers.has(wordAt(lex, first))) first += 1;
  const visited = isVisited(lex, first);
  const cue = wordAt(lex, first - 1);
  const beside =
    strongHeads.has(cue) && gapAfter(lex, first - 1) === ', ' && places.has(wordsFrom(lex, first, last));
  const cued = (placeCues.has(cue) && gapAfter(lex, first - 1) === ' ') || visited || beside;
  const whole = wordsFrom(lex, first, last);
  if (demonyms.has(whole) || states.has(whole) || clinicalAcronyms.has(whole)) return undefined;
  if (
    places.has(whole) &&
    !(first === last && isAcronym(lex, first)) &&
    (cued || (!given.has(whole) && !kindOf(whole).eponym && !kindOf(whole).plain))
  ) {
    return found(lex, first, last, 'PLACE', 'place.listed');
  }
  if (!cued || cue === 'by' || cue === 'through' || cue === 'via' || (cue === 'to' && !visited))
    return undefined;
  const after = gapAfter(lex, last);
  if (after === ' ' && eponymNouns.has(wordAt(lex, last + 1))) return undefined;
  if (after === "'" && wordAt(lex, last + 1) === 's') {
    if (eponymNouns.has(wordAt(lex, last + 2))) return undefined;
    if (visited) last += 1;
  }
  if (monthOf(wordAt(lex, first)) !== undefined || titles.has(wordAt(lex, first))) return undefined;
  let telling = 0;
  for (let at = first; at <= last; at += 1) {
    const word = wordAt(lex, at);
    const kind = kindOf(word);
    if (visited && isAcronym(lex, at) && !clinicalAcronyms.has(word) && !isClinicalWord(word)) telling += 1;
    else if (visited && kind.closed && !isClinicalWord(word) && last > first) continue;
    else if (isAcronym(lex, at) || kind.closed || demonyms.has(word)) return undefined;
    else if (tells(lex, at) && word.length > 2) telling += 1;
  }
  if (telling === 0) return undefined;
  const single = kindOf(wordAt(lex, first));
  if (!visited && first === last && cue !== 'near' && (single.plain || cue === 'at' || cue === 'to'))
    return undefined;
  return found(lex, first, last, 'PLACE', 'place.cued');
}
