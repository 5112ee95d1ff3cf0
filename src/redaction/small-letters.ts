import { beginsSentence } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  is,
  isAllCapitals,
  isCapital,
  isListed,
  isNumber,
  type Lexemes,
  lengthOf,
  lexemes,
  startOf,
  wordAt,
} from './lexemes.ts';
import { isCommon, isStrange, turnsAfter } from './name-shapes.ts';
import { isVisited, tells, wordsFrom } from './place-words.ts';
import { townStands } from './towns.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';
import { knownFacilities } from './words/known-places.ts';

/**
 * A text with capitals where lines that are written in small letters name somebody or some place, as people type:
 * "pt john smith, seen by dr patel at mercy hospital". The rules then read those lines as any other. Lines with a
 * capital inside a sentence are left alone, and so is what stands by itself: of "rose" or "ana" nothing says what it is.
 */
export function withCapitals(lex: Lexemes): Lexemes {
  const written = new Set<number>();
  for (const line of smallLines(lex))
    for (let at = line.first; at <= line.last; at += 1) capitalise(lex, at, written);
  if (written.size === 0) return lex;
  const { view } = lex;
  const parts: string[] = [];
  let reached = 0;
  for (const at of [...written].toSorted((a, b) => a - b)) {
    const start = startOf(lex, at);
    const letter = view.text.charAt(start).toUpperCase();
    parts.push(view.text.slice(reached, start), letter.length === 1 ? letter : view.text.charAt(start));
    reached = start + 1;
  }
  parts.push(view.text.slice(reached));
  return lexemes({
    source: view.source,
    text: parts.join(''),
    lower: view.lower,
    foreign: view.foreign,
    start: (index) => view.start(index),
    end: (index) => view.end(index),
  });
}

/** Lexemes of a line, first and last. */
interface Line {
  readonly first: number;
  readonly last: number;
}

const fewestWords = 3;
/** An acronym among small letters: MRN, COPD. */
const longestAcronym = 6;

/** Lines of three words and more without a capital that a sentence would not give a small word as well. */
function smallLines(lex: Lexemes): Line[] {
  const { text } = lex.view;
  const lines: Line[] = [];
  let first = 0;
  while (first < lex.count) {
    const found = text.indexOf('\n', startOf(lex, first));
    const stop = found === -1 ? text.length : found;
    let last = first;
    let small = true;
    for (; last < lex.count && startOf(lex, last) < stop; last += 1) small &&= isSmall(lex, last, first);
    if (small && last - first >= fewestWords) lines.push({ first, last: last - 1 });
    first = Math.max(last, first + 1);
  }
  return lines;
}

const isSmall = (lex: Lexemes, at: number, first: number): boolean =>
  isNumber(lex, at) ||
  !isCapital(lex, at) ||
  at === first ||
  (isAllCapitals(lex, at) && lengthOf(lex, at) <= longestAcronym) ||
  beginsSentence(lex, at);

function capitalise(lex: Lexemes, at: number, written: Set<number>): void {
  if (isNumber(lex, at)) return;
  if (isCapital(lex, at)) {
    // "dr. Ada okafor": what begins a sentence for a keyboard.
    if (!isAllCapitals(lex, at) && isFirstName(lex, at)) family(lex, at, written);
    return;
  }
  if (isTitle(lex, at)) {
    if (!isCapital(lex, at + 1) && canName(lex, at + 1)) {
      written.add(at + 1);
      family(lex, at + 1, written);
    }
    return;
  }
  if (isFirstName(lex, at)) {
    const before = written.size;
    family(lex, at, written);
    if (written.size > before) {
      written.add(at);
      return;
    }
  }
  if (is(lex, at - 1, listed.placeCue)) facility(lex, at, written);
  if (isNumber(lex, at - 1)) street(lex, at, written);
  if (is(lex, at - 1, listed.placeCue) || written.has(at - 1)) town(lex, at, written);
}

function isFirstName(lex: Lexemes, at: number): boolean {
  const { clinical, given, plain } = kindAt(lex, at);
  return given && !clinical && (!plain || isMeant(lex, at));
}

/** Whether somebody is meant where a name that is an everyday word stands: not "she will call". */
const isMeant = (lex: Lexemes, at: number): boolean =>
  at === 0 || !gapIs(lex, at - 1, gapOf.space) || announcing.has(wordAt(lex, at - 1));
const announcing = new Set(
  'pt patient named name like for by with male female man woman boy girl is mr mrs'.split(' '),
);

const titles = new Set(['dr', 'drs', 'mr', 'mrs', 'ms']);
const afterTitle = new GapPattern(/^\.? $/);
const isTitle = (lex: Lexemes, at: number): boolean =>
  is(lex, at, listed.title) && titles.has(wordAt(lex, at)) && afterTitle.after(lex, at);

function canName(lex: Lexemes, at: number): boolean {
  if (isNumber(lex, at) || lengthOf(lex, at) < 2) return false;
  const { clinical, closed, family: ofFamily, given } = kindAt(lex, at);
  if (given || ofFamily) return true;
  if (clinical || closed || isCommon(lex, at)) return false;
  // "mr imaging", "ms relapse": a scan and a disease, and "ms. call back" may end a sentence.
  const loose = looseTitles.has(wordAt(lex, at - 1));
  if (loose && gapIs(lex, at - 1, gapOf.space)) return false;
  return is(lex, at, listed.ordinaryName) ? !loose || turnsAfter(lex, at) : isStrange(lex, at, 3);
}

const looseTitles = new Set(['mr', 'ms']);
const initialDot = new GapPattern(/^\./);

/** What stands behind a given name, or behind the first word after a title: an initial, and a family name. */
function family(lex: Lexemes, at: number, written: Set<number>): void {
  let next = at + 1;
  if (!gapIs(lex, at, gapOf.space) && !gapIs(lex, at, gapOf.hyphen)) return;
  const isInitial = lengthOf(lex, next) === 1 && !isNumber(lex, next) && !isCapital(lex, next);
  if (isInitial) {
    if (!initialDot.after(lex, next)) return;
    written.add(next);
    if (!gapIs(lex, next, gapOf.stop)) return;
    next += 1;
  }
  if (isFamily(lex, next, at)) written.add(next);
}

/** A listed family name; a word that is one too, where the sentence turns behind it; or one that no list holds. */
function isFamily(lex: Lexemes, at: number, before: number): boolean {
  if (isNumber(lex, at) || isCapital(lex, at) || lengthOf(lex, at) < 2) return false;
  const first = kindAt(lex, before);
  const { clinical, closed, family: ofFamily, given, plain } = kindAt(lex, at);
  // "mark the site", "hunter syndrome": a given name that is another word besides, and what ends the clause.
  const sure = !first.plain && !first.eponym;
  if ((ofFamily || given) && !plain) return sure || (!clinical && turns(lex, at));
  // "ana positive", "tia workup"
  if (lengthOf(lex, before) < 4) return false;
  const closes = !gapIs(lex, at, gapOf.space);
  if (ofFamily || given || is(lex, at, listed.ordinaryName))
    return clinical ? sure && closes : closes || (sure && turns(lex, at));
  if (!sure || clinical || closed || isListed(lex, at) || isCommon(lex, at)) return false;
  return (
    isStrange(lex, at, 4) || (isStrange(lex, at, 3) && (turns(lex, at) || is(lex, at + 1, listed.visit)))
  );
}

/** Whether the sentence goes on with something else, or a label follows. */
const turns = (lex: Lexemes, at: number): boolean =>
  turnsAfter(lex, at) || ownLabels.has(wordAt(lex, at + 1));
const ownLabels = new Set('mrn dob npi ssn age aged presented presents'.split(' '));

const heads = new Set('hospital hosp clinic center centre ctr cntr infirmary institute'.split(' '));
const leads = new Set(['at', 'to', 'from', 'in', 'visited']);
const longestName = 4;

/** "seen at cedar medical center": what stands between the word that leads there and the kind of place. */
function facility(lex: Lexemes, at: number, written: Set<number>): void {
  if (!leads.has(wordAt(lex, at - 1)) || !gapIs(lex, at - 1, gapOf.space)) return;
  for (let last = Math.min(at + longestName, lex.count - 1); last >= at; last -= 1) {
    if (!knownFacilities.has(wordsFrom(lex, at, last)) || !isVisited(lex, at)) continue;
    let end = last;
    while (
      gapIs(lex, end, gapOf.space) &&
      (heads.has(wordAt(lex, end + 1)) || wordAt(lex, end + 1) === 'med')
    )
      end += 1;
    for (let one = at; one <= end; one += 1) written.add(one);
    return;
  }
  let told = false;
  for (let last = at; last <= at + longestName; last += 1) {
    if (heads.has(wordAt(lex, last)) && last > at) {
      if (told) for (let one = at; one <= last; one += 1) written.add(one);
      return;
    }
    if (isNumber(lex, last) || !joint.after(lex, last)) return;
    told ||= tells(lex, last) && !kindAt(lex, last).clinical && !isCommon(lex, last);
  }
}
/** Also of "mercy's" and "st. jude". */
const joint = new GapPattern(/^(?: |-|\. |')$/);

const streetTypes = new Set(
  'st street ave avenue rd road blvd boulevard lane ln drive way court terrace'.split(' '),
);
const afterStreet = new GapPattern(/^\.?, $/);

/** "12 elm st., springfield": a number of two figures and more, a word or two, and the kind of street. */
function street(lex: Lexemes, at: number, written: Set<number>): void {
  if (lengthOf(lex, at - 1) < 2) return;
  if (!gapIs(lex, at - 1, gapOf.space) || !isStreetWord(lex, at)) return;
  const kind = streetTypes.has(wordAt(lex, at + 1)) ? at + 1 : at + 2;
  if (!streetTypes.has(wordAt(lex, kind)) || (kind > at + 1 && !isStreetWord(lex, at + 1))) return;
  for (let one = at; one <= kind; one += 1) written.add(one);
  if (afterStreet.after(lex, kind)) townFrom(lex, kind + 1, written);
}

const isStreetWord = (lex: Lexemes, at: number): boolean =>
  !isNumber(lex, at) &&
  !isCapital(lex, at) &&
  gapIs(lex, at, gapOf.space) &&
  !kindAt(lex, at).clinical &&
  !is(lex, at, listed.placeCue);

/** "treated in dallas", "lives in new york". */
function town(lex: Lexemes, at: number, written: Set<number>): void {
  const cue = wordAt(lex, at - 1);
  const cued = (cue === 'in' || cue === 'from') && gapIs(lex, at - 1, gapOf.space);
  if (cued || (written.has(at - 1) && gapIs(lex, at - 1, gapOf.comma))) townFrom(lex, at, written);
}

/** A town of two words, or one that is no everyday word, or also a given name, and no month. */
function townFrom(lex: Lexemes, at: number, written: Set<number>): void {
  if (gapIs(lex, at, gapOf.space) && townStands(lex, at, at + 1)) {
    const last = wordAt(lex, at + 2) === 'city' && gapIs(lex, at + 1, gapOf.space) ? at + 2 : at + 1;
    for (let one = at; one <= last; one += 1) written.add(one);
    return;
  }
  const { clinical, eponym, given, plain } = kindAt(lex, at);
  if (clinical || eponym || (plain && !given) || is(lex, at, listed.month)) return;
  if (townStands(lex, at, at)) written.add(at);
}
