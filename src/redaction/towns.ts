import { type CapitalRun, isAcronym, isPossessive } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  is,
  isAllCapitals,
  isCapital,
  isNumber,
  keyAt,
  type Lexemes,
  lexemeAt,
  startOf,
  wordAt,
} from './lexemes.ts';
import { lexicon } from './lexicon.ts';
import type { Match } from './match.ts';
import { isCommon, isShouted, termEnding } from './name-shapes.ts';
import { firstWordOf, found, isVisited, openers, regarded, tells, wordsFrom } from './place-words.ts';
import { namesScale } from './scales.ts';
import { markOf, markOfWords } from './vocabulary.ts';
import { WordKeys } from './word-keys.ts';
import { kindAt, kindOf, type WordKind } from './word-kinds.ts';
import { listed } from './word-marks.ts';
import { placeCues } from './words/facility-words.ts';
import { cuedTowns, joinedTowns, knownTowns } from './words/known-places.ts';

const isTown = (name: string): boolean => lexicon().places.has(name) || knownTowns.has(name);

/** First words of the towns that have several, so that other runs are not cut out of the text. */
let begins: WordKeys | undefined;
const beginsTown = (lex: Lexemes, at: number): boolean => {
  begins ??= new WordKeys([...lexicon().places, ...knownTowns].map(firstWordOf));
  return begins.has(keyAt(lex, at));
};

/** Whether the lists hold a town of these words. */
export const townStands = (lex: Lexemes, first: number, last: number): boolean =>
  first === last
    ? is(lex, first, listed.knownTown) || kindAt(lex, first).place
    : beginsTown(lex, first) && isTown(wordsFrom(lex, first, last));

const joinedBegins = markOf(new Set([...joinedTowns].map(firstWordOf)));

/** Truth or Consequences, Stoke-on-Trent: the last word of a town with small words inside. */
function joinedEnd(lex: Lexemes, first: number): number | undefined {
  if (!is(lex, first, joinedBegins)) return undefined;
  for (let last = first + 2; last < first + 4 && last < lex.count; last += 1) {
    const name = lex.view.lower.slice(startOf(lex, first), endOf(lex, last));
    if (isCapital(lex, last) && joinedTowns.has(name.replaceAll(/[-']/g, ' '))) return last;
  }
  return undefined;
}

/** Words that begin or end the names of towns. */
const townBegins = markOfWords(`
  new north south east west lake port fort ft mount mt saint st san santa los las la el des le baton grand little
  big cedar council iron palm pine oak long great upper lower old
`);

const townEnds = markOfWords(`
  city rapids falls springs spring beach park island valley heights hills hill lake lakes creek bay harbor haven
  view mountain river rivers prairie bluff bluffs junction landing cove point port fork mills gardens oaks pines
  cruces moines crosse rouge village township county borough parish shores grove ridge crossing bend rock field
  worth wayne vegas angeles francisco diego antonio jose fe
`);

/** Whether a capitalised word can stand in a town's name. */
function townWord(lex: Lexemes, at: number): boolean {
  const length = endOf(lex, at) - startOf(lex, at);
  if (isNumber(lex, at) || !isCapital(lex, at) || length < 2) return false;
  if (is(lex, at, townBegins) || is(lex, at, townEnds)) return true;
  const kind = kindAt(lex, at);
  if (kind.clinical || kind.demonym || (kind.closed && length < 4) || isAcronym(lex, at)) return false;
  return !is(lex, at, listed.chart) && !is(lex, at, listed.title) && !is(lex, at, listed.month);
}

const townCloses = new GapPattern(/^(?:[.,;:?!)\n]|$| \(| - )/);
const afterTown = markOfWords(
  'on in for with under last at by since from during after before where who this and around as',
);

/** "Lakeside Clinic, Tulsa" and "in Akron, Dayton": the town that a comma adds. */
export function townAfter(lex: Lexemes, end: number): Match | undefined {
  if (!lex.view.lower.startsWith(', ', end)) return undefined;
  const first = lexemeAt(lex, end);
  let last = first;
  while (
    last < first + 2 &&
    gapIs(lex, last, gapOf.space) &&
    isCapital(lex, last + 1) &&
    !is(lex, last + 1, listed.month)
  )
    last += 1;
  for (let at = first; at <= last; at += 1) if (!townWord(lex, at)) return undefined;
  const { given } = lexicon();
  const whole = wordsFrom(lex, first, last);
  if (last === first && is(lex, first, listed.state)) return undefined;
  const single = kindAt(lex, first);
  const named = isTown(whole) || last > first || (!single.plain && !single.closed);
  if (!named || (given.has(whole) && !isTown(whole))) return undefined;
  return townCloses.after(lex, last) || is(lex, last + 1, afterTown)
    ? found(lex, first, last, 'PLACE', 'place.town')
    : undefined;
}

/** Last words of hospitals' names in everyday use: Mass General. */
const shortened = markOfWords(
  `general memorial methodist presbyterian baptist regional deaconess samaritan lutheran heart cancer ortho place house
   manor commons terrace arms oaks willows`,
);

/** Of these the ones that end an item of a list: "Ada Roe, Twin Rivers Regional, seen". */
const itemEnds = markOfWords('general memorial methodist presbyterian baptist regional lutheran');
const betweenCommas = (lex: Lexemes, first: number, last: number): boolean =>
  gapIs(lex, first - 1, gapOf.comma) && gapIs(lex, last, gapOf.comma);

/** Where children are treated, after its town or state: Arkansas Children's. */
const isForChildren = (lex: Lexemes, first: number, last: number): boolean =>
  last > first &&
  last < first + 3 &&
  gapIs(lex, last, gapOf.apostrophe) &&
  wordAt(lex, last + 1) === 's' &&
  wordAt(lex, last) === 'children';

/** What has a name of its own and is no place: "enrolled in the ACCORD trial". */
const studies = markOfWords(
  'trial trials study studies registry cohort protocol program programme guideline guidelines algorithm regimen arm declaration convention cohorts registries trials systems nosology vocabulary one stool strain outbreak',
);

/** "the Utrecht cohort", "the Lisbon Declaration": a place that gave its name to what was found or agreed there. */
const namesStudy = (lex: Lexemes, last: number): boolean => {
  if (!gapIs(lex, last, gapOf.space)) return false;
  // "the Utrecht and Leiden cohorts"
  const joint = wordAt(lex, last + 1);
  const end =
    (joint === 'and' || joint === 'or' || joint === 'versus') && isCapital(lex, last + 2) ? last + 2 : last;
  return is(lex, end + 1, studies) && gapIs(lex, end, gapOf.space);
};

/** What is said of where somebody lives: the next capitalised word is a place whatever it is. */
const homes = markOfWords(
  'lives live lived living resides reside residing resided resident native moved relocated home hometown',
);
const homeCues = markOfWords('in of to from near is');

const livesThere = (lex: Lexemes, first: number): boolean =>
  is(lex, first - 1, homeCues) && is(lex, first - 2, homes);

/** "grew up in Duluth" */
const grewUp = (lex: Lexemes, first: number): boolean =>
  is(lex, first - 1, homeCues) && wordAt(lex, first - 2) === 'up' && wordAt(lex, first - 3) === 'grew';

const working = markOfWords('worked working drives drove driving employed hired');

/** "worked for Nucor", "employed by Deere & Company"; of a drug that worked for something no more than a capital says. */
const worksFor = (lex: Lexemes, first: number): boolean =>
  is(lex, first - 2, working) &&
  (wordAt(lex, first - 1) === 'for' || wordAt(lex, first - 1) === 'by') &&
  gapIs(lex, first - 1, gapOf.space) &&
  !kindAt(lex, first).eponym &&
  !kindAt(lex, first).plain;

/** Whose name stands before them: "a Walmart employee". */
const staff = markOfWords('employee employees');

/** Two words or three of which one begins or ends a town's name: Grand Rapids, Jersey City, Des Moines. */
function townNamed(lex: Lexemes, first: number, last: number): boolean {
  if (last === first || last > first + 2) return false;
  let marked = is(lex, last, townEnds);
  for (let at = first; at <= last; at += 1) {
    if (!townWord(lex, at) || is(lex, at, listed.genericPlace) || is(lex, at, listed.eponymNoun))
      return false;
    if (at === first && is(lex, at, townBegins) && !kindAt(lex, last).plain) marked = true;
  }
  return marked;
}

const sentenceTurns = new GapPattern(/^(?:[,.?!;:)]|$| \()/);
const turns = markOfWords(`
  on in for with w from last this since during after before and where by dated er ed icu today yesterday to via next
  earlier again clinic hospital
`);

/** A word that no list knows and after which the sentence turns: "at Vanderbilt on". */
function standsAlone(lex: Lexemes, at: number): boolean {
  const kind = kindAt(lex, at);
  if (kind.plain || kind.eponym || endOf(lex, at) - startOf(lex, at) < 4) return false;
  if (sentenceTurns.after(lex, at) || is(lex, at + 1, turns)) return true;
  return isNumber(lex, at + 1) || is(lex, at + 1, listed.month);
}

/** King's Daughters, Scott & White: a place goes on after the possessive and the sign. */
function placeEnd(lex: Lexemes, from: number): number {
  let last = from;
  if (
    gapIs(lex, last, gapOf.apostrophe) &&
    wordAt(lex, last + 1) === 's' &&
    gapIs(lex, last + 1, gapOf.space)
  ) {
    if (isCapital(lex, last + 2) && !isNumber(lex, last + 2) && !is(lex, last + 2, listed.eponymNoun))
      last += 2;
  } else if (gapIs(lex, last, gapOf.ampersand) && isCapital(lex, last + 1)) last += 1;
  while (
    last > from &&
    gapIs(lex, last, gapOf.space) &&
    isCapital(lex, last + 1) &&
    !isNumber(lex, last + 1) &&
    !is(lex, last + 1, listed.month)
  )
    last += 1;
  return last;
}

const atSign = new GapPattern(/^ @ ?$/);
const siteLabels = markOfWords('clinic facility hospital site location');
const moreLabels = new Set('employer school workplace shelter pharmacy'.split(' '));
const colon = new GapPattern(/^: $/);
const opensItem = new GapPattern(/^[,;] $/);
const datedAfter =
  /^[,;] (?:\d{1,4}[-/.]\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d|\d{1,2}(?:st|nd|rd|th)? )/;

/**
 * An item of a list that can be nothing but where somebody was seen: after "clinic:", or words of no list before a
 * day: "MRN 12, Winthrop, 2024-03-01".
 */
function itemOf(lex: Lexemes, first: number, last: number): boolean {
  // "employer: Self", "pharmacy: Mail"
  const named = last > first || !kindAt(lex, first).plain;
  const labelled =
    colon.after(lex, first - 1) &&
    (is(lex, first - 1, siteLabels) || (named && moreLabels.has(wordAt(lex, first - 1))));
  if (!labelled && !opensItem.after(lex, first - 1)) return false;
  for (let at = first; at <= last; at += 1) {
    const kind = kindAt(lex, at);
    if (kind.clinical || isAcronym(lex, at) || is(lex, at, listed.chart) || is(lex, at, listed.month))
      return false;
    if (is(lex, at, listed.title)) return false;
    if (kind.plain && !labelled) return false;
    if (!labelled && (kind.given || kind.demonym || termEnding.test(wordAt(lex, at)))) return false;
  }
  if (labelled) return tells(lex, first);
  const end = endOf(lex, last);
  return isPlaceless(lex, first) && datedAfter.test(lex.view.lower.slice(end, end + 16));
}

/** No list of drugs goes on here: what stands before ends with a number, an age or a mark. */
const isPlaceless = (lex: Lexemes, first: number): boolean =>
  isNumber(lex, first - 1) || is(lex, first - 1, ageEnds);
const ageEnds = markOfWords('old yo o y m f male female man woman');

const continents = markOfWords('asia africa europe america antarctica australia oceania');
const switched = markOfWords(
  'different differ differs differentiate distinguish distinguished switched switch switching changed change transitioned converted weaned tapered rotated away',
);

/** "switched from Chantix to": what somebody leaves here is a drug. */
const isSwitch = (lex: Lexemes, first: number): boolean =>
  is(lex, first - 2, switched) && !is(lex, first - 1, listed.visit);

const townKinds = markOfWords('county city town village borough parish');
const placing = markOfWords('at from near');

/** The second capitalised word of two that can be a name: "Ezgi Roe of Kissimmee". */
function endsPerson(lex: Lexemes, at: number): boolean {
  const kind = kindAt(lex, at);
  if (at < 1 || isNumber(lex, at) || !isCapital(lex, at) || !isCapital(lex, at - 1)) return false;
  if (kind.clinical || kind.closed || is(lex, at, listed.facilityHead) || is(lex, at, listed.genericPlace))
    return false;
  return (
    kind.given ||
    kind.family ||
    !kind.plain ||
    (is(lex, at, listed.ordinaryName) && kindAt(lex, at - 1).given)
  );
}

const cueWords = markOf(new Set([...placeCues, ...'the of by through via to at from near'.split(' ')]));

const originWords = 'leaving hometown birthplace';
const origins = markOfWords(originWords);
const leaving = markOfWords(`${originWords} city town`);
const labels = new GapPattern(/^\s?[:=]\s?$/);

/** The preposition that leads to a place: "at", "from the", "@"; '' where none does. */
function cueBefore(lex: Lexemes, first: number): string {
  if (atSign.after(lex, first - 1)) return 'at';
  if (!gapIs(lex, first - 1, gapOf.space))
    return is(lex, first - 1, leaving) && labels.after(lex, first - 1) ? 'from' : '';
  if (!is(lex, first - 1, cueWords)) return is(lex, first - 1, leaving) ? 'from' : '';
  if (regarded(lex, first)) return '';
  const word = wordAt(lex, first - 1);
  if (
    word === 'of' &&
    (is(lex, first - 2, townKinds) ||
      endsPerson(lex, first - 2) ||
      (isNumber(lex, first - 2) && gapIs(lex, first - 2, gapOf.comma)))
  )
    return 'near';
  return word === 'the' && is(lex, first - 2, placing) ? wordAt(lex, first - 2) : word;
}

const semicolon = new GapPattern(/^; $/);
const betweenSemicolons = (lex: Lexemes, first: number, last: number): boolean =>
  semicolon.after(lex, first - 1) && semicolon.after(lex, last);

const isOther = ({ eponym, plain }: WordKind): boolean => eponym || plain;

/** "Oakland 14", "Paris 0-IIa": a place that gave a scale its name, and what it says. */
const isScored = (lex: Lexemes, at: number): boolean =>
  isNumber(lex, at + 1) &&
  gapIs(lex, at, gapOf.space) &&
  endOf(lex, at + 1) - startOf(lex, at + 1) < 3 &&
  !(goesToDate.after(lex, at + 1) && isNumber(lex, at + 2)) &&
  !is(lex, at + 2, timed) &&
  !is(lex, at + 2, listed.month);
const timed = markOfWords(`
  am pm a p hour hours hrs day days week weeks wk wks month months mo year years yr yrs visit visits times trip miles
`);
const goesToDate = new GapPattern(/^[/-]$/);

/** "in Addisonian crisis": what somebody gave a name to. */
const adjective = /(?:onian|eian)$/;

/** A short word with a capital inside or at its end: a measure or the name of a disease. */
function endsInCapital(lex: Lexemes, at: number): boolean {
  const { lower, text } = lex.view;
  const [start, end] = [startOf(lex, at), endOf(lex, at)];
  if (end - start > 6) return false;
  for (let place = start + 1; place < end; place += 1)
    if (text.charCodeAt(place) !== lower.charCodeAt(place)) return !prefixes.has(lower.slice(start, place));
  return false;
}
const prefixes = new Set(['mc', 'de', 'la', 'le', 'du']);

/** ADLs, PRNs: several of what an acronym says. */
const severalAcronyms = /^[A-Z]{2,4}s$/;

const dayCues = markOfWords('on since');

/** "on 5/6", "since March": on which day somebody was where. */
const isDated = (lex: Lexemes, last: number): boolean =>
  is(lex, last + 1, dayCues) &&
  gapIs(lex, last, gapOf.space) &&
  !is(lex, last, listed.eponymNoun) &&
  (is(lex, last + 2, listed.month) || (isNumber(lex, last + 2) && dayGoesOn.after(lex, last + 2)));
const dayGoesOn = new GapPattern(/^(?:[-/.]|$)/);

/** Who is somebody of a town: "a Hazard resident". */
const dwellers = markOfWords('resident residents native natives ems');
const belonging = markOfWords('both late all out originally formerly outside');

/** "both of Hazard", "widow, of Defiance". */
const ofTown = (lex: Lexemes, first: number): boolean =>
  wordAt(lex, first - 1) === 'of' &&
  gapIs(lex, first - 1, gapOf.space) &&
  (is(lex, first - 2, belonging) || gapIs(lex, first - 2, gapOf.comma));

/** "from Orange juice to water" */
export const wares = markOfWords('bean nut nuts juice peel zest sauce beans rice cheese butter');

/** "Leeds ED", "Fresno PD": a town's own emergency room, police, rescue or firemen. */
const isServed = (lex: Lexemes, first: number, last: number): boolean =>
  last > first &&
  isAllCapitals(lex, last) &&
  services.has(wordAt(lex, last)) &&
  townStands(lex, first, last - 1) &&
  !cuedTowns.has(wordsFrom(lex, first, last - 1)) &&
  !kindAt(lex, first).plain;
const services = new Set(['ed', 'er', 'pd', 'fd', 'ems']);

/** Where people and things are that is no town: "LIVES IN TRAILER". Asked of few words: a set does. */
const surroundings = new Set(
  `ambulance angio apartment assisted barracks basement bungalow cabin camper car childhood college condo convent
   custody dorm dormitory duplex facility foster group gurney halfway hallway home hotel house infancy jail medsurg
   memory military motel police poverty prison projects recliner recovery retail rollover rv school shelter squalor
   stepdown stretcher tent townhome townhouse trailer transit triage van walkup`.split(/\s+/),
);

/** "RESIDENT OF LOS ALAMOS", "IN CANCUN LAST MONTH": the town in a run of capitals that goes on, or the whole run. */
function shoutedTown(lex: Lexemes, first: number, last: number): { first: number; last: number } {
  const from = wordAt(lex, first + 1) === 'of' && origin.has(wordAt(lex, first)) ? first + 2 : first;
  if (townNamed(lex, from, last)) return { first: from, last };
  for (let to = Math.min(last, from + 3); to >= from; to -= 1)
    if (townStands(lex, from, to) && !kindAt(lex, from).plain)
      return from > first || ways.has(wordAt(lex, first - 1)) ? { first: from, last: to } : { first, last };
  return { first, last };
}
const origin = new Set(['resident', 'native', 'outside', 'out']);

/** "LIVES IN WAVERLY", "MOVED FROM OPELOUSAS"; not "IN ADDITION", "RECEIVED IN FORMALIN", "TAKEN FROM ILIAC CREST". */
function namesShouted(lex: Lexemes, first: number, last: number, lived: boolean): boolean {
  if (surroundings.has(wordAt(lex, first))) return false;
  if (lived && townNamed(lex, first, last)) return true;
  if (kindAt(lex, first).plain || kindAt(lex, first).clinical) return false;
  const cue = wordAt(lex, first - 1);
  if (lived) return true;
  if (isCommon(lex, first)) return false;
  return (cue !== 'in' && cue !== 'from') || moves.has(wordAt(lex, first - 2)) || hails(lex, first);
}
const moves = new Set(
  `admitted transferred referred moved relocated discharged returned came sent flown airlifted drove driving visiting
   traveled travelled native originally lives living resides residing resident stays born raised vacation
   vacationing`.split(/\s+/),
);

/** "PATIENT IS FROM OPELOUSAS" */
const hails = (lex: Lexemes, first: number): boolean =>
  wordAt(lex, first - 1) === 'from' &&
  ['is', 'was'].includes(wordAt(lex, first - 2)) &&
  subjects.has(wordAt(lex, first - 3));
const subjects = new Set(['he', 'she', 'patient', 'pt', 'family', 'mother', 'father']);

/** "HE DROVE FROM TULSA": a short town among capitals, by the words before it. */
const isLeft = (lex: Lexemes, first: number): boolean =>
  endOf(lex, first) - startOf(lex, first) > 3 &&
  ways.has(wordAt(lex, first - 1)) &&
  (journeys.has(wordAt(lex, first - 2)) || hails(lex, first));
const ways = new Set(['in', 'from', 'near']);
const journeys = new Set([
  ...moves,
  ...'trip arrived father mother parents family sister brother daughter son'.split(' '),
]);

export function placeAt(lex: Lexemes, run: CapitalRun): Match | undefined {
  let { first } = run;
  while (first < run.last && (is(lex, first, openers) || is(lex, first, origins))) first += 1;
  // "In Duluth, she": the preposition begins the sentence.
  if (first < run.last && is(lex, first, listed.placeCue) && townStands(lex, first + 1, run.last)) first += 1;
  if (isServed(lex, first, run.last)) return found(lex, first, run.last - 1, 'PLACE', 'place.listed');
  const joined = joinedEnd(lex, run.last);
  if (joined !== undefined) return found(lex, run.last, joined, 'PLACE', 'place.listed');
  let last = placeEnd(lex, run.last);
  const cue = cueBefore(lex, first);
  const visited = isVisited(lex, first) || (cue === 'at' && last > first && isDated(lex, last));
  const amongCapitals = isShouted(lex, first);
  if (amongCapitals && last > first) ({ first, last } = shoutedTown(lex, first, last));
  const town = townStands(lex, first, last);
  const beside = town && is(lex, first - 1, listed.strongHead) && gapIs(lex, first - 1, gapOf.comma);
  const lived = livesThere(lex, first) || grewUp(lex, first) || worksFor(lex, first);
  const employed =
    is(lex, last + 1, staff) &&
    gapIs(lex, last, gapOf.space) &&
    tells(lex, first) &&
    !kindAt(lex, first).plain &&
    !is(lex, first, listed.facilityHead);
  const cued =
    placeCues.has(cue) ||
    lived ||
    employed ||
    visited ||
    beside ||
    (town && (is(lex, last + 1, dwellers) || ofTown(lex, first)));
  const alone = first === last;
  if (alone && is(lex, first, continents)) return undefined;
  // "allergic to Mesquite"
  if (cue === 'to' && !visited && !lived && cuedTowns.has(wordsFrom(lex, first, last))) return undefined;
  if (itemOf(lex, first, last)) return found(lex, first, last, 'PLACE', 'place.cued');
  if (isForChildren(lex, first, run.last))
    if (visited || cue === 'at' || is(lex, first, listed.state) || kindAt(lex, first).place)
      return found(lex, first, run.last + 1, 'ORG', 'facility');
  if (last > first && is(lex, last, itemEnds) && betweenCommas(lex, first, last) && tells(lex, first))
    return found(lex, first, last, 'ORG', 'facility');
  if ((!town && !cued) || namesScale(lex, last, cued) || (!visited && namesStudy(lex, last)))
    return undefined;
  if (amongCapitals && !town && !namesShouted(lex, first, last, lived)) return undefined;
  if (alone && is(lex, last + 1, wares) && gapIs(lex, last, gapOf.space)) return undefined;
  const { demonyms, given } = lexicon();
  const single = kindAt(lex, first);
  const whole = alone ? wordAt(lex, first) : wordsFrom(lex, first, last);
  if (!lived && (alone ? single.demonym : demonyms.has(whole)) && !knownTowns.has(whole)) return undefined;
  if (alone && (is(lex, first, listed.state) || is(lex, first, listed.clinicalAcronym))) return undefined;
  if (alone && severalAcronyms.test(lex.view.text.slice(startOf(lex, first), endOf(lex, first))))
    return undefined;
  if (
    town &&
    whole.length > 2 &&
    !(alone && isAcronym(lex, first) && !(amongCapitals && isLeft(lex, first))) &&
    !(alone && !cued && isScored(lex, first)) &&
    (cued ||
      betweenSemicolons(lex, first, last) ||
      !(given.has(whole) || cuedTowns.has(whole) || isOther(alone ? single : kindOf(whole))))
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
  if ((gapIs(lex, last, gapOf.space) && is(lex, last + 1, listed.eponymNoun)) || namesStudy(lex, last))
    return undefined;
  if (isPossessive(lex, last + 1)) {
    if (is(lex, last + 2, listed.eponymNoun)) return undefined;
    if (visited) last += 1;
  }
  if (alone && adjective.test(whole) && gapIs(lex, first, gapOf.space) && !isCapital(lex, first + 1))
    return undefined;
  if (is(lex, first, listed.month) || is(lex, first, listed.title) || isSwitch(lex, first)) return undefined;
  // HFpEF, QTc
  if (alone && !visited && endsInCapital(lex, first)) return undefined;
  if ((visited || cue === 'at') && last > first && is(lex, last, shortened))
    return found(lex, first, last, 'ORG', 'facility');

  if (townNamed(lex, first, last) && (visited || cue !== 'to' || is(lex, last, townEnds)))
    return found(lex, first, last, 'PLACE', 'place.town');
  let telling = 0;
  for (let at = first; at <= last; at += 1) {
    const kind = kindAt(lex, at);
    if (at > first && gapIs(lex, at - 1, gapOf.ampersand)) continue;
    const shouted = isAcronym(lex, at);
    const acronym = shouted && !kind.clinical && !is(lex, at, listed.clinicalAcronym);
    if (acronym && (visited || ((cue === 'at' || cue === 'from') && last > at))) telling += visited ? 1 : 0;
    else if (lived && !shouted && !kind.clinical) telling += 1;
    else if (visited && kind.closed && !kind.clinical && last > first) continue;
    else if (kind.demonym && last > first && (visited || cue === 'at')) continue;
    else if (shouted || kind.closed || kind.demonym) return undefined;
    else if (kind.eponym && !visited && !lived && (first === last || kindAt(lex, at + 1).eponym))
      return undefined;
    else if (tells(lex, at) && endOf(lex, at) - startOf(lex, at) > 2) telling += 1;
  }
  if (telling === 0) return undefined;
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
