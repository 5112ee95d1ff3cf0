import {
  beginsSentence,
  type CapitalRun,
  isAcronym,
  isMeasure,
  isPossessive,
  parts,
} from './capital-runs.ts';
import { gapIs, gapOf } from './gaps.ts';
import { endOf, is, isAllCapitals, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import type { Match } from './match.ts';
import { isCommon, isShouted } from './name-shapes.ts';
import { found, isVisited, openers, tells } from './place-words.ts';
import { namesScale } from './scales.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/** Nursing Home, Assisted Living, Memory Care: kinds of places in two words. */
const dwellings = markOfWords('home living care community hall house');
const dwellers = markOfWords(
  'nursing care group retirement veterans senior assisted memory convalescent skilled boarding rest',
);

/** Family Practice, Dental Practice. */
const practised = markOfWords('family dental medical group pediatric');
const practices = markOfWords('office practice clinic surgery');

/** "at Dr. Roe's Office": a place called after a person. */
export function officeOf(lex: Lexemes, run: CapitalRun): Match | undefined {
  const { first, last } = run;
  const next = last + 2;
  if (
    !gapIs(lex, last, gapOf.apostrophe) ||
    wordAt(lex, last + 1) !== 's' ||
    !gapIs(lex, last + 1, gapOf.space)
  )
    return undefined;
  if (!is(lex, next, practices) || !isCapital(lex, next) || !is(lex, first, listed.title)) return undefined;
  return found(lex, first, next, 'ORG', 'facility');
}

/** Northside OB/GYN: the sign inside ends a run of capitals. */
function obstetrics(lex: Lexemes, { first, last }: CapitalRun): Match | undefined {
  if (first === last || !gapIs(lex, last, gapOf.slash) || wordAt(lex, last) !== 'ob') return undefined;
  if (wordAt(lex, last + 1) !== 'gyn' || !tells(lex, last - 1) || isAcronym(lex, last - 1)) return undefined;
  return found(lex, first, last + 1, 'ORG', 'facility');
}

const emergencies = new Set(['ed', 'er', 'va', 'vamc', 'snf', 'alf']);

/** "the Roe ED", "Roe VA": capitals of a kind of place behind a word of no list, beside others in small letters. */
function emergency(lex: Lexemes, { first, last }: CapitalRun): Match | undefined {
  if (first === last || !emergencies.has(wordAt(lex, last)) || !isAllCapitals(lex, last)) return undefined;
  const name = last - 1;
  if (!gapIs(lex, name, gapOf.space) || isAllCapitals(lex, name) || !tells(lex, name)) return undefined;
  const { clinical, eponym, plain } = kindAt(lex, name);
  return clinical || plain || eponym ? undefined : found(lex, name, last, 'ORG', 'facility');
}

export function facilityAt(lex: Lexemes, run: CapitalRun): Match | undefined {
  const women = obstetrics(lex, run) ?? emergency(lex, run);
  if (women !== undefined) return women;
  let { first } = run;
  const last = facilityEnd(lex, run);
  while (first < last && drops(lex, first)) first += 1;
  const head = lastHead(lex, first, last);
  if (head === undefined || isTakenCare(lex, first, head)) return undefined;
  first = behindSentence(lex, first, head);
  if (isLaw(lex, first, last) || isHeading(lex, first, head) || isEnquiry(lex, head)) return undefined;
  const goesOn =
    is(lex, head + 1, listed.facilityJoint) ||
    wordAt(lex, head + 1) === 's' ||
    (isCapital(lex, head) && tells(lex, head + 1));
  const end = goesOn ? last : head;
  const visited = isVisited(lex, first);
  const shouted = isShouted(lex, head);
  if (namesScale(lex, end, visited)) return undefined;
  for (let at = first; at <= end; at += 1) {
    if (
      at === head ||
      !isCapital(lex, at) ||
      !tells(lex, at) ||
      (shouted && isCommon(lex, at) && !ownsHospital(lex, at))
    )
      continue;
    if (
      !isAcronym(lex, at) ||
      (at < head && !is(lex, at, listed.clinicalAcronym) && (visited || isCapital(lex, head)))
    ) {
      return found(lex, first, end, 'ORG', 'facility');
    }
  }
  // Words that are no names elsewhere: Sacred Heart Hospital, Overlook Medical Center.
  const isHead =
    is(lex, head, listed.strongHead) ||
    is(lex, head, dwellings) ||
    (wordAt(lex, head) === 'practice' && is(lex, head - 1, practised));
  if (isCapital(lex, head) && isHead && !beginsSentence(lex, first)) {
    for (let at = first; at < head; at += 1) {
      if (
        endOf(lex, at) - startOf(lex, at) > 2 &&
        isCapital(lex, at) &&
        !is(lex, at, listed.genericPlace) &&
        !is(lex, at, listed.facilityHead) &&
        !kindAt(lex, at).clinical &&
        !(shouted && (kindAt(lex, at).closed || isCommon(lex, at))) &&
        !isAcronym(lex, at)
      )
        return found(lex, first, end, 'ORG', 'facility');
    }
  }
  // Nothing but kinds of places, in capitals, after "admitted to" or the like: General Hospital.
  const strong =
    is(lex, head, listed.strongHead) ||
    (is(lex, first, listed.strongHead) && is(lex, first + 1, listed.facilityJoint));
  const named = isCapital(lex, head) && end > first && visited && strong;
  return named ? found(lex, first, end, 'ORG', 'facility') : undefined;
}

/** "ASSUMED CARE OF ROE": of whom care is taken. */
const isTakenCare = (lex: Lexemes, first: number, head: number): boolean =>
  first === head && wordAt(lex, head) === 'care' && wordAt(lex, head + 1) === 'of';

/** Shriners Hospital: whose it is. */
const ownsHospital = (lex: Lexemes, at: number): boolean =>
  wordAt(lex, at + 1) === 'hospital' && /[^s]s$/.test(wordAt(lex, at));

/** "WHO WAS SEEN AT MERCY HOSPITAL": where the capitals of a whole sentence, or of a heading, come to the name. */
function behindSentence(lex: Lexemes, first: number, head: number): number {
  if (head - first < 3) return first;
  for (let at = head - 1; at >= first; at -= 1) {
    const word = wordAt(lex, at);
    const joins = joints.has(word) || (word === 'the' && wordAt(lex, at - 1) === 'of');
    if (isCapital(lex, at) && !joins && breaks.has(word) && endsSentence(lex, first, at)) return at + 1;
  }
  return first;
}
/** Bridge To Roe Clinic: in a heading a preposition is of the name, but behind a deed. */
const endsSentence = (lex: Lexemes, first: number, at: number): boolean =>
  isAllCapitals(lex, at) ||
  !prepositions.has(wordAt(lex, at)) ||
  (at > first && deed.test(wordAt(lex, at - 1)));
const prepositions = new Set('for at in on by from to with via versus'.split(' '));
const deed =
  /(?:[^e]ed|seen|sent|taken|went|return|up|admission|transfer|visit|referral|discharge|records|appointment|was|is)$/;
const joints = new Set('of and de la del our saint'.split(' '));
const breaks = new Set(
  'for at in on by from to with then a an the was is are who had has were been seen per via versus our as than'.split(
    ' ',
  ),
);

/** What has a place's words in its name and is none: the Affordable Care Act, the Society of Cardiology. */
const laws = markOfWords(`
  act acts law bill reform amendment directive society association federation initiative campaign collaborative
  consortium alliance
`);

/** The Riverside Health Study: what was looked into, of which the kind of place is a part. */
const enquiries = new Set('study studies survey trial registry cohort questionnaire'.split(' '));
const isEnquiry = (lex: Lexemes, head: number): boolean =>
  isCapital(lex, head + 1) && enquiries.has(wordAt(lex, head + 1)) && gapIs(lex, head, gapOf.space);

function isLaw(lex: Lexemes, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1) if (is(lex, at, laws)) return true;
  return false;
}

/** COMPREHENSIVE MEDICAL RECORD: capitals of a heading, where what stands before the kind of place names none. */
function isHeading(lex: Lexemes, first: number, head: number): boolean {
  if (!is(lex, head + 1, listed.chart) || !gapIs(lex, head, gapOf.space) || !isCapital(lex, head + 1))
    return false;
  if (!beginsSentence(lex, first) || !isAllCapitals(lex, first)) return false;
  const kind = kindAt(lex, first);
  return first + 1 === head && !kind.given && !kind.family && !kind.place;
}

const leadingLabels = markOfWords(
  'employer facility site location pharmacy hcp from to via per discharge case at in',
);

/** Adjectives and the like with which names of clinics begin: Open Arms, Fresh Start. */
const namingWords = markOfWords(`
  open fresh good clear bright kind still golden silver new sunny healing tender quiet safe common whole strong happy
  blue green white true gentle caring loving first second shining living little helping
`);

/** Words with which people ask for something: "Summarize medical history", "Anything urgent". */
const requests: ReadonlySet<string> = new Set(
  `
  show display print tell give get pull fetch retrieve search summarize summarise outline recap paraphrase shorten simplify
  condense compare contrast describe detail mention highlight flag prioritize prioritise rank sort filter count
  tabulate plot review recheck check reconcile identify extract specify enumerate clarify interpret analyze analyse
  assess evaluate determine calculate convert translate rewrite draft quote cite skip omit remove delete combine merge
  anything something everything nothing just truly more most fewer additional upcoming elective
  key basic overall serious
`
    .trim()
    .split(/\s+/),
);

/** Words at the beginning of a run that are not of the name. */
function drops(lex: Lexemes, at: number): boolean {
  if (gapIs(lex, at, gapOf.apostrophe)) return false;
  if (is(lex, at, leadingLabels) && beginsSentence(lex, at)) return true;
  const plain = !isCapital(lex, at + 1) || is(lex, at + 1, listed.strongHead);
  if (plain && beginsSentence(lex, at) && requests.has(wordAt(lex, at))) return true;
  if (is(lex, at, openers)) return !(wordAt(lex, at) === 'our' && wordAt(lex, at + 1) === 'lady');
  return (
    beginsSentence(lex, at) &&
    (is(lex, at, listed.chart) ||
      (kindAt(lex, at).closed && !(is(lex, at, namingWords) && isCapital(lex, at + 1)))) &&
    !is(lex, at, listed.facilityHead)
  );
}

/** Words of a facility's name behind its run; each of many runs in a row would otherwise read to the end of them. */
const longestTail = 24;

/** Small joints and heads that follow a run: University of Michigan, Lakeside clinic. */
function facilityEnd(lex: Lexemes, run: CapitalRun): number {
  let { last } = run;
  while (last + 1 < lex.count && last < run.last + longestTail) {
    const next = last + 1;
    const spaced = gapIs(lex, last, gapOf.space);
    if (parts(lex, next) && !is(lex, last, listed.facilityJoint)) break;
    if (isPossessive(lex, next)) last = next;
    else if (spaced && is(lex, next, listed.strongHead)) last = next;
    else if (spaced && is(lex, next, listed.facilityJoint)) {
      const joint = wordAt(lex, next);
      const after = is(lex, last + 2, listed.facilityJoint) ? last + 3 : last + 2;
      const open = headIn(lex, run.first, last)
        ? joint !== 'and'
        : (joint === 'and' || joint === 'of') && capitalHead(lex, after);
      if (!open || after >= lex.count || !isCapital(lex, after) || isNumber(lex, after)) break;
      last = after;
    } else if (
      (spaced || gapIs(lex, last, gapOf.ampersand) || gapIs(lex, last, gapOf.hyphen)) &&
      isCapital(lex, next) &&
      !isNumber(lex, next) &&
      !isMeasure(lex, next) &&
      // "Mercy Hospital's Zofran": what follows is no part of a name whose owner is told.
      !(isPossessive(lex, last) && headIn(lex, run.first, last) && kindAt(lex, next).clinical) &&
      !(is(lex, next, listed.month) && isNumber(lex, next + 1))
    ) {
      last = next;
    } else break;
  }
  return last;
}

function headIn(lex: Lexemes, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1) if (is(lex, at, listed.facilityHead)) return true;
  return false;
}

/** A capitalised head among the next capitalised words: Mercy Hospital. */
function capitalHead(lex: Lexemes, first: number): boolean {
  for (let at = first; at < first + 6 && isCapital(lex, at); at += 1) {
    if (is(lex, at, listed.strongHead)) return true;
    if (isPossessive(lex, at + 1)) at += 1;
    if (!gapIs(lex, at, gapOf.space)) return false;
  }
  return false;
}

function lastHead(lex: Lexemes, first: number, last: number): number | undefined {
  for (let at = last; at >= first; at -= 1) {
    if (is(lex, at, listed.strongHead) || (is(lex, at, listed.facilityHead) && isCapital(lex, at))) return at;
    if (at - 1 > first && is(lex, at, dwellings) && isCapital(lex, at) && is(lex, at - 1, dwellers))
      return at;
  }
  return undefined;
}
