import { hasFigure, isTermLetter } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { endOf, gapAfter, is, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import type { Match } from './match.ts';
import { describedBefore } from './person-context.ts';
import { markOfWords } from './vocabulary.ts';
import { listed } from './word-marks.ts';

/** Dotted letters that a chart writes for something else: these count only in name context. */
const clinicalDotted = new Set(
  `mi md do po iv im pr prn npo bp hr sob cc ra la lv rv od os ou ac pc hs qd qod bid tid qid cn ph ct er or ed ic pm am
   us uk pt ot rn np pa ie eg id sc sq sl dm dc ob gi gu gb ba bs ms ma mr va dr jr sr st no vs rx hx dx tx cv cxr ua
   ekg ecg mri copd cad chf cva tia dvt pe nkda nka wnl`.split(/\s+/),
);

/** Undotted letters announce themselves: "initials MEQ", "per MEQ", a line that is nothing else. */
const initialCues = markOfWords('initials initialed initialled signed per by');

const firstLetters = (words: readonly string[]): string => words.map((word) => word.charAt(0)).join('');

/** All ways to write the first letters of one name: all of them, first and last, family first. */
export function initialsOf(given: readonly string[], family: readonly string[]): string[] {
  const [all, last, whole] = [firstLetters(given), firstLetters(family.slice(0, 1)), firstLetters(family)];
  // "St. Clair" is called by its C as well.
  const end = whole.slice(-1);
  const forms = [
    all + last,
    all.charAt(0) + last,
    all + whole,
    all.charAt(0) + whole,
    last + all,
    all + end,
    all.charAt(0) + end,
  ];
  return forms.filter((form) => form.length > 1 && form.length < 7);
}

/**
 * Dotted or announced initials of the record's people: `M.E.Q.`, `A. L.`, `initials MEQ`. `words` are the lexemes that
 * may be initials or a single letter, in order.
 */
export function initialMatches<Owner>(
  lex: Lexemes,
  owners: ReadonlyMap<string, Owner>,
  words: readonly number[],
  matchOf: (start: number, end: number, owner: Owner) => Match,
): Match[] {
  const matches: Match[] = [];
  if (owners.size === 0) return matches;
  let reached = -1;
  for (const at of words) {
    if (at <= reached) continue;
    const last = dottedEnd(lex, at, is(lex, at - 1, askedFor) ? anySign : afterLetter);
    if (last > at) {
      const owner = owners.get(lettersOf(lex, at, last));
      if (owner !== undefined && (!clinicalDotted.has(lettersOf(lex, at, last)) || isNamed(lex, at, last)))
        matches.push(matchOf(startOf(lex, at), endOf(lex, last), owner));
      reached = last;
      continue;
    }
    const owner = owners.get(wordAt(lex, at));
    if (owner !== undefined && announces(lex, at))
      matches.push(matchOf(startOf(lex, at), endOf(lex, at), owner));
  }
  return matches;
}

const lettersOf = (lex: Lexemes, first: number, last: number): string => {
  let letters = '';
  for (let at = first; at <= last; at += 1) letters += wordAt(lex, at);
  return letters;
};

const isSingle = (lex: Lexemes, at: number): boolean =>
  endOf(lex, at) - startOf(lex, at) === 1 &&
  !isNumber(lex, at) &&
  isCapital(lex, at) &&
  // "ROE'S. A1C 7.2": a possessive and a test.
  !gapIs(lex, at - 1, gapOf.apostrophe) &&
  !hasFigure(lex, at);

const afterLetter = new GapPattern(/^\.[ \n]?-?$/);

/** Between letters after a word that asks for initials. */
const anySign = new GapPattern(/^[\s.,_*~/|+-]{1,6}$/);
const askedFor = markOfWords('initials initialed initialled');

/** Last lexeme of single capitals with dots between that begin here; `at` where there is none. */
function dottedEnd(lex: Lexemes, at: number, between: GapPattern): number {
  if (!isSingle(lex, at) || isTermLetter(lex, at)) return at;
  let last = at;
  while (last + 1 < lex.count && between.after(lex, last) && isSingle(lex, last + 1)) last += 1;
  return last;
}

/** A person stands there: a verb of people after it, a title, cue or line break before it. */
function isNamed(lex: Lexemes, first: number, last: number): boolean {
  const cue = first - 1;
  if (
    is(lex, cue, listed.title) ||
    is(lex, cue, listed.relation) ||
    is(lex, cue, listed.nameCue) ||
    is(lex, cue, listed.nameLabel) ||
    is(lex, cue, initialCues) ||
    describedBefore(lex, first)
  )
    return true;
  const begins = first === 0 || gapAfter(lex, cue).includes('\n');
  return (begins && !isNumber(lex, last + 1)) || is(lex, last + 1, listed.personVerb);
}

/** Letters without dots count after a word that asks for initials, or alone on a closing line. */
function announces(lex: Lexemes, at: number): boolean {
  if (!isCapital(lex, at) || at === 0) return false;
  const text = lex.view.text.slice(startOf(lex, at), endOf(lex, at));
  if (text !== text.toUpperCase() || text.length < 2) return false;
  const cue = wordAt(lex, at - 1);
  if (cue === 'initials' || cue === 'initialed' || cue === 'initialled') return true;
  if (clinicalDotted.has(wordAt(lex, at)) || text.length < 3) return false;
  const gap = gapAfter(lex, at - 1);
  const alone = /\n[ /~-]{0,4}$/.test(gap) && (at + 1 === lex.count || /^[.)]?\s*\n/.test(gapAfter(lex, at)));
  return alone || (is(lex, at - 1, initialCues) && gap === ' ');
}
