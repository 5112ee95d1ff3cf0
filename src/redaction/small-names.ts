import { inCompany } from './announced.ts';
import { isTermLetter } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  is,
  isAllCapitals,
  isCapital,
  isListed,
  isNumber,
  type Lexemes,
  lengthOf,
  startOf,
  wordAt,
} from './lexemes.ts';
import type { Match } from './match.ts';
import { isStrange, termEnding, turnsAfter } from './name-shapes.ts';
import { person } from './person-match.ts';
import { found, wordsFrom } from './place-words.ts';
import { townStands, wares } from './towns.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';
import { cuedTowns } from './words/known-places.ts';

const joined = new GapPattern(/^\.? $/);
/** MS is a disease, MR a scan. */
const initialisms = markOfWords('ms mr');
/** Titles that are as often words of a sentence. */
const looseTitles = markOfWords('miss don nurse sister brother father doctor');
const stop = new GapPattern(/^\. ?$/);
/** A single small letter with its dot; "vitamin d. johnson" begins a sentence. */
const lettered = (lex: Lexemes, at: number): boolean =>
  at > 0 &&
  !isNumber(lex, at - 1) &&
  endOf(lex, at - 1) - startOf(lex, at - 1) === 1 &&
  stop.after(lex, at - 1) &&
  !isTermLetter(lex, at - 1);

const closeCues = markOfWords('nurse named pt patient');

/** A given name with a family name behind it. */
function pairedSmall(lex: Lexemes, at: number): boolean {
  if (!gapIs(lex, at, gapOf.space) || isCapital(lex, at + 1)) return false;
  const next = kindAt(lex, at + 1);
  if (next.eponym) return false;
  const subject = is(lex, at - 1, subjects) || is(lex, at + 2, ownLabels) || inCompany(lex, at);
  if (subject && isStrange(lex, at + 1, lettersOfFamily)) return true;
  if (next.family && !next.plain) return true;
  return is(lex, at + 1, listed.ordinaryName) && (presented(lex, at) || is(lex, at + 2, ownLabels));
}

/** "re howard achterberg", "howard achterberg, dob": whom a message is about has a family name that no list needs to know. */
const subjects = markOfWords('re pt patient named name about regarding');
const ownLabels = markOfWords('dob mrn');
const lettersOfFamily = 5;
const fewestLetters = 3;

/** "its jenna marks", "im jenna marks", "this is jenna marks": who writes says the name. */
const presented = (lex: Lexemes, at: number): boolean =>
  is(lex, at - 1, presenters) || (wordAt(lex, at - 1) === 'is' && is(lex, at - 2, nameIs));
const presenters = markOfWords('its im pt patient');
const nameIs = markOfWords('this name');

const afterFamily = markOfWords('from has is was with who in on at for and needs wants');

/** "mr agyemang-safo", "mr miramontes vergara from": a family name of two words. */
const secondFamily = (lex: Lexemes, at: number): boolean =>
  !isCapital(lex, at + 1) &&
  (isStrange(lex, at + 1, lettersOfFamily - 1)
    ? gapIs(lex, at, gapOf.hyphen) || (gapIs(lex, at, gapOf.space) && endsFamily(lex, at))
    : gapIs(lex, at, gapOf.space) && isGiven(lex, at) && isOrdinaryFamily(lex, at + 1));

/** What goes on behind a family name, or a given name before it: "mr larry achterberg". */
const endsFamily = (lex: Lexemes, at: number): boolean =>
  is(lex, at + 2, afterFamily) || (isGiven(lex, at) && turnsAfter(lex, at + 1));

const isGiven = (lex: Lexemes, at: number): boolean => kindAt(lex, at).given && !kindAt(lex, at).plain;

/** "mr chad farmer." */
const isOrdinaryFamily = (lex: Lexemes, at: number): boolean =>
  turnsAfter(lex, at) &&
  (kindAt(lex, at).family || is(lex, at, listed.ordinaryName)) &&
  !kindAt(lex, at).clinical;

/** "pt nasrullah achterberg dob": two words of no list between who is meant and the day of birth. */
const unlistedPair = (lex: Lexemes, label: number): boolean =>
  is(lex, label, ownLabels) &&
  (is(lex, label - 3, subjects) || wordAt(lex, label - 3) === 'for') &&
  gapIs(lex, label - 2, gapOf.space) &&
  !isCapital(lex, label - 1) &&
  !isCapital(lex, label - 2) &&
  isStrange(lex, label - 1, fewestLetters) &&
  isStrange(lex, label - 2, fewestLetters);

/** "i'm seeing nkechi tomorrow": whom somebody sees on a day, in small letters. */
const seenSoon = (lex: Lexemes, day: number): boolean =>
  lengthOf(lex, day) > 4 &&
  soon.has(wordAt(lex, day)) &&
  sees.has(wordAt(lex, day - 2)) &&
  gapIs(lex, day - 1, gapOf.space) &&
  gapIs(lex, day - 2, gapOf.space) &&
  !isCapital(lex, day - 1) &&
  isStrange(lex, day - 1, lettersOfFamily - 1);
const soon = new Set(['tomorrow', 'today', 'tonight', 'yesterday']);
const sees = new Set(['seeing', 'saw', 'see']);

const pronouns = new Set(['she', 'he', 'who', "she's", "he's"]);

/** "tylenol for leila, she is": a listed given name, and who it is told of. */
const forPatient = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at, gapOf.comma) &&
  isGiven(lex, at) &&
  wordAt(lex, at - 1) === 'for' &&
  pronouns.has(wordAt(lex, at + 1));

const townCues = markOfWords('from in near of');
const townOwners = markOfWords('lives living moved pt patient resident native');
/** "pt from duluth", "lives in ann arbor": a listed town that is no other word, in small letters. */
function smallTown(lex: Lexemes, at: number): Match | undefined {
  if (!is(lex, at - 1, townCues) || !gapIs(lex, at - 1, gapOf.space)) return undefined;
  if (!is(lex, at - 2, townOwners)) return undefined;
  const last = townStands(lex, at, at + 1) && gapIs(lex, at, gapOf.space) ? at + 1 : at;
  if (last === at) {
    const { clinical, eponym, given, plain } = kindAt(lex, at);
    if (!townStands(lex, at, at) || clinical || eponym || plain || given) return undefined;
  }
  if (is(lex, last + 1, wares)) return undefined;
  return cuedTowns.has(wordsFrom(lex, at, last)) ? undefined : found(lex, at, last, 'PLACE', 'place.listed');
}

/** Names in small letters after a title or a relation, or given and family name side by side. */
export function smallNames(lex: Lexemes, matches: Match[]): void {
  for (let at = 0; at < lex.count; at += 1) {
    const titled = is(lex, at - 1, listed.title);
    // Every given name is listed.
    if (!titled && !isListed(lex, at)) continue;
    if (isNumber(lex, at) || isCapital(lex, at) || endOf(lex, at) - startOf(lex, at) < 3) continue;
    if (forPatient(lex, at)) matches.push(person(lex, at, at, 'PERSON', 'cue'));
    if (unlistedPair(lex, at)) matches.push(person(lex, at - 2, at - 1, 'PERSON', 'described'));
    if (seenSoon(lex, at)) matches.push(person(lex, at - 1, at - 1, 'PERSON', 'cue'));
    const town = smallTown(lex, at);
    if (town !== undefined) matches.push(town);
    const kind = kindAt(lex, at);
    // "k. johansson"
    if (kind.family && !kind.plain && !kind.eponym && !kind.clinical && lettered(lex, at)) {
      matches.push(person(lex, at - 1, at, 'PERSON', 'initials'));
      continue;
    }
    const named = kind.given && !kind.plain;
    if (!titled && !named) continue;
    const beside = joined.after(lex, at - 1);
    if (
      titled &&
      beside &&
      !is(lex, at - 1, looseTitles) &&
      !(is(lex, at - 1, initialisms) && isAllCapitals(lex, at - 1)) &&
      !kind.closed &&
      (kind.given || kind.family || !(kind.plain || termEnding.test(wordAt(lex, at)))) &&
      !is(lex, at, listed.facilityHead) &&
      !is(lex, at, listed.relation)
    ) {
      const clinician = is(lex, at - 1, listed.clinicianTitle);
      const last = secondFamily(lex, at) ? at + 1 : at;
      matches.push(person(lex, at, last, clinician ? 'CLINICIAN' : 'PERSON', 'title'));
    } else if (named && pairedSmall(lex, at)) {
      matches.push(person(lex, at, at + 1, 'PERSON', 'given'));
    } else if (named && beside && (is(lex, at - 1, listed.relation) || is(lex, at - 1, closeCues))) {
      matches.push(person(lex, at, at, 'RELATIVE', 'relation'));
    }
  }
}
