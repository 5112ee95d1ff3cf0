import { type CapitalRun, isAcronym, kindOf } from './capital-runs.ts';
import { gapAfter, isCapital, type Lexemes, lexemeAt, wordAt } from './lexemes.ts';
import { lexicon } from './lexicon.ts';
import type { Match } from './match.ts';
import { found, isVisited, openers, tells, wordsFrom } from './place-words.ts';
import { monthOf } from './words/calendar.ts';
import { eponymNouns, isClinicalWord } from './words/clinical-words.ts';
import { chartWords, titles } from './words/context-words.ts';
import { clinicalAcronyms, genericPlaceWords, placeCues, strongHeads } from './words/facility-words.ts';
import { states } from './words/street-words.ts';

/** Words that begin or end the names of towns. */
const townBegins = new Set(
  `new north south east west lake port fort ft mount mt saint st san santa los las la el des le baton grand little
   big cedar council iron palm pine oak long great upper lower old`.split(/\s+/),
);

const townEnds = new Set(
  `city rapids falls springs spring beach park island valley heights hills hill lake lakes creek bay harbor haven
   view mountain river rivers prairie bluff bluffs junction landing cove point port fork mills gardens oaks pines
   cruces moines crosse rouge village township county borough parish shores grove ridge crossing bend rock field
   worth wayne vegas angeles francisco diego antonio jose fe`.split(/\s+/),
);

/** Whether a capitalised word can stand in a town's name. */
function townWord(lex: Lexemes, at: number): boolean {
  const word = wordAt(lex, at);
  if (lex.digits[at] === true || !isCapital(lex, at) || word.length < 2) return false;
  if (townBegins.has(word) || townEnds.has(word)) return true;
  if (isAcronym(lex, at) || isClinicalWord(word) || chartWords.has(word) || titles.has(word)) return false;
  return (
    monthOf(word) === undefined && !lexicon().demonyms.has(word) && !(kindOf(word).closed && word.length < 4)
  );
}

/** "Lakeside Clinic, Tulsa" and "in Akron, Dayton": the town that a comma adds. */
export function townAfter(lex: Lexemes, end: number): Match | undefined {
  if (!lex.view.lower.startsWith(', ', end)) return undefined;
  const first = lexemeAt(lex, end);
  let last = first;
  while (
    last < first + 2 &&
    gapAfter(lex, last) === ' ' &&
    isCapital(lex, last + 1) &&
    !monthOf(wordAt(lex, last + 1))
  )
    last += 1;
  for (let at = first; at <= last; at += 1) if (!townWord(lex, at)) return undefined;
  const { places, given } = lexicon();
  const whole = wordsFrom(lex, first, last);
  if (states.has(whole)) return undefined;
  const single = kindOf(whole);
  const named = places.has(whole) || last > first || (!single.plain && !single.closed);
  if (!named || (given.has(whole) && !places.has(whole))) return undefined;
  const closes = /^(?:[.,;:?!)\n]|$| \(| - )/.test(gapAfter(lex, last));
  const goesOn =
    /^(?:on|in|for|with|under|last|at|by|since|from|during|after|before|where|who|this|and|around|as)$/;
  return closes || goesOn.test(wordAt(lex, last + 1))
    ? found(lex, first, last, 'PLACE', 'place.town')
    : undefined;
}

/** Last words of hospitals' names in everyday use: Mass General. */
const shortened = new Set(
  'general memorial methodist presbyterian baptist regional deaconess samaritan lutheran'.split(' '),
);

/** What has a name of its own and is no place: "enrolled in the ACCORD trial". */
const studies = new Set(
  'trial trials study studies registry cohort protocol program programme guideline guidelines algorithm regimen arm'.split(
    ' ',
  ),
);

/** What is said of where somebody lives: the next capitalised word is a place whatever it is. */
const homes = new Set(
  'lives live lived living resides reside residing resided resident native moved relocated home hometown'.split(
    ' ',
  ),
);

const livesThere = (lex: Lexemes, first: number): boolean =>
  /^(?:in|of|to|from|near|is)$/.test(wordAt(lex, first - 1)) && homes.has(wordAt(lex, first - 2));

/** Two words or three of which one begins or ends a town's name: Grand Rapids, Jersey City, Des Moines. */
function townNamed(lex: Lexemes, first: number, last: number): boolean {
  if (last === first || last > first + 2) return false;
  let marked = townEnds.has(wordAt(lex, last));
  for (let at = first; at <= last; at += 1) {
    const word = wordAt(lex, at);
    if (!townWord(lex, at) || genericPlaceWords.has(word) || eponymNouns.has(word)) return false;
    if (at === first && townBegins.has(word) && !kindOf(wordAt(lex, last)).plain) marked = true;
  }
  return marked;
}

/** A word that no list knows and after which the sentence turns: "at Vanderbilt on". */
function standsAlone(lex: Lexemes, at: number): boolean {
  const kind = kindOf(wordAt(lex, at));
  if (kind.plain || kind.eponym || wordAt(lex, at).length < 4) return false;
  return (
    /^(?:[,.?!;)]|$| \()/.test(gapAfter(lex, at)) ||
    /^(?:on|in|for|with|from|last|this|since|during|after|before|and|where|by)$/.test(wordAt(lex, at + 1))
  );
}

/** King's Daughters, Scott & White: a place goes on after the possessive and the sign. */
function placeEnd(lex: Lexemes, from: number): number {
  let last = from;
  if (gapAfter(lex, last) === "'" && wordAt(lex, last + 1) === 's' && gapAfter(lex, last + 1) === ' ') {
    if (isCapital(lex, last + 2) && lex.digits[last + 2] !== true && !eponymNouns.has(wordAt(lex, last + 2)))
      last += 2;
  } else if (gapAfter(lex, last) === ' & ' && isCapital(lex, last + 1)) last += 1;
  while (
    last > from &&
    gapAfter(lex, last) === ' ' &&
    isCapital(lex, last + 1) &&
    lex.digits[last + 1] !== true &&
    monthOf(wordAt(lex, last + 1)) === undefined
  )
    last += 1;
  return last;
}

/** The preposition that leads to a place: "at", "from the", "@". */
function cueBefore(lex: Lexemes, first: number): string {
  const gap = gapAfter(lex, first - 1);
  if (gap === ' @ ' || gap === ' @') return 'at';
  if (gap !== ' ') return '';
  const word = wordAt(lex, first - 1);
  if (word === 'of' && /^(?:county|city|town|village|borough|parish)$/.test(wordAt(lex, first - 2)))
    return 'near';
  return word === 'the' && /^(?:at|from|near)$/.test(wordAt(lex, first - 2)) ? wordAt(lex, first - 2) : word;
}

export function placeAt(lex: Lexemes, run: CapitalRun): Match | undefined {
  const { places, demonyms, given } = lexicon();
  let { first, last } = run;
  while (first < last && openers.has(wordAt(lex, first))) first += 1;
  last = placeEnd(lex, last);
  const visited = isVisited(lex, first);
  const cue = cueBefore(lex, first);
  const beside =
    strongHeads.has(wordAt(lex, first - 1)) &&
    gapAfter(lex, first - 1) === ', ' &&
    places.has(wordsFrom(lex, first, last));
  const cued = placeCues.has(cue) || cue === 'near' || livesThere(lex, first) || visited || beside;
  const whole = wordsFrom(lex, first, last);
  if ((demonyms.has(whole) && !livesThere(lex, first)) || states.has(whole) || clinicalAcronyms.has(whole))
    return undefined;
  if (
    places.has(whole) &&
    whole.length > 2 &&
    !(first === last && isAcronym(lex, first)) &&
    (cued || (!given.has(whole) && !kindOf(whole).eponym && !kindOf(whole).plain))
  ) {
    return found(lex, first, last, 'PLACE', 'place.listed');
  }
  if (
    !cued ||
    cue === 'by' ||
    cue === 'through' ||
    cue === 'via' ||
    (cue === 'to' && !visited && !townNamed(lex, first, last))
  )
    return undefined;
  const after = gapAfter(lex, last);
  if (after === ' ' && (eponymNouns.has(wordAt(lex, last + 1)) || studies.has(wordAt(lex, last + 1))))
    return undefined;
  if (after === "'" && wordAt(lex, last + 1) === 's') {
    if (eponymNouns.has(wordAt(lex, last + 2))) return undefined;
    if (visited) last += 1;
  }
  if (monthOf(wordAt(lex, first)) !== undefined || titles.has(wordAt(lex, first))) return undefined;
  const lived = livesThere(lex, first);
  if (visited && last > first && shortened.has(wordAt(lex, last)))
    return found(lex, first, last, 'ORG', 'facility');
  if (townNamed(lex, first, last) && (visited || cue !== 'to' || townEnds.has(wordAt(lex, last))))
    return found(lex, first, last, 'PLACE', 'place.town');
  let telling = 0;
  for (let at = first; at <= last; at += 1) {
    const word = wordAt(lex, at);
    const kind = kindOf(word);
    if (gapAfter(lex, at - 1) === ' & ' && at > first) continue;
    const acronym = isAcronym(lex, at) && !clinicalAcronyms.has(word) && !isClinicalWord(word);
    if (acronym && (visited || (/^(?:at|from)$/.test(cue) && last > at))) telling += visited ? 1 : 0;
    else if (lived && !isAcronym(lex, at) && !isClinicalWord(word)) telling += 1;
    else if (visited && kind.closed && !isClinicalWord(word) && last > first) continue;
    else if (demonyms.has(word) && last > first && (visited || cue === 'at')) continue;
    else if (isAcronym(lex, at) || kind.closed || demonyms.has(word)) return undefined;
    else if (tells(lex, at) && word.length > 2) telling += 1;
  }
  if (telling === 0) return undefined;
  const single = kindOf(wordAt(lex, first));
  if (
    !visited &&
    !lived &&
    first === last &&
    cue !== 'near' &&
    (single.plain || cue === 'to' || (cue === 'at' && !standsAlone(lex, first)))
  )
    return undefined;
  return found(lex, first, last, 'PLACE', 'place.cued');
}
