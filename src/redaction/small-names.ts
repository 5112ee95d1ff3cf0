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
  startOf,
  wordAt,
} from './lexemes.ts';
import type { Match } from './match.ts';
import { isStrange } from './name-shapes.ts';
import { person } from './person-match.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

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
  const subject = is(lex, at - 1, subjects) || is(lex, at + 2, ownLabels);
  if (subject && isStrange(lex, at + 1, lettersOfFamily)) return true;
  return (next.family && !next.plain) || (is(lex, at + 1, listed.ordinaryName) && presented(lex, at));
}

/** "re howard achterberg", "howard achterberg, dob": whom a message is about has a family name that no list needs to know. */
const subjects = markOfWords('re pt patient named about regarding');
const ownLabels = markOfWords('dob mrn');
const lettersOfFamily = 5;

/** "its jenna marks", "im jenna marks", "this is jenna marks": who writes says the name. */
const presented = (lex: Lexemes, at: number): boolean =>
  is(lex, at - 1, presenters) || (wordAt(lex, at - 1) === 'is' && is(lex, at - 2, nameIs));
const presenters = markOfWords('its im pt patient');
const nameIs = markOfWords('this name');

/** Names in small letters after a title or a relation, or given and family name side by side. */
export function smallNames(lex: Lexemes, matches: Match[]): void {
  for (let at = 0; at < lex.count; at += 1) {
    const titled = is(lex, at - 1, listed.title);
    // Every given name is listed.
    if (!titled && !isListed(lex, at)) continue;
    if (isNumber(lex, at) || isCapital(lex, at) || endOf(lex, at) - startOf(lex, at) < 3) continue;
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
      (kind.given || kind.family || !kind.plain) &&
      !is(lex, at, listed.facilityHead) &&
      !is(lex, at, listed.relation)
    ) {
      const clinician = is(lex, at - 1, listed.clinicianTitle);
      matches.push(person(lex, at, at, clinician ? 'CLINICIAN' : 'PERSON', 'title'));
    } else if (named && pairedSmall(lex, at)) {
      matches.push(person(lex, at, at + 1, 'PERSON', 'given'));
    } else if (named && beside && (is(lex, at - 1, listed.relation) || is(lex, at - 1, closeCues))) {
      matches.push(person(lex, at, at, 'RELATIVE', 'relation'));
    }
  }
}
