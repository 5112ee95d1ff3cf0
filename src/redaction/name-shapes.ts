import { beginsSentence, hasFigure } from './capital-runs.ts';
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
import { belongs, describedAfter, describedBefore } from './person-context.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/** TPN, EGD: capitals of a chart that nobody is called. */
const isShorthand = (lex: Lexemes, at: number): boolean =>
  is(lex, at, listed.clinicalAcronym) && !kindAt(lex, at).given && !kindAt(lex, at).family;

/**
 * Whether two to four capitalised words can be a name by their shape: nothing clinical, no kind of place, no people,
 * no word that is never part of a name. What the words are decides nothing more; the context has to.
 */
export function nameLike(lex: Lexemes, first: number, end: number): boolean {
  if (end <= first || end - first > 4 || wordAt(lex, first) === 'the') return false;
  // "54 F HTN HLD c/o": what somebody has.
  if (isDiseaseShort(lex, first) && isDiseaseShort(lex, first + 1)) return false;
  let told = 0;
  let proper = 0;
  const shouted = isShouted(lex, first);
  for (let at = first; at <= end; at += 1) {
    if (shouted && saysNoName(lex, at)) return false;
    const length = endOf(lex, at) - startOf(lex, at);
    // X-Ray, T-Cell: a letter that a hyphen joins to a word is no initial.
    if (length === 1 && at < end && gapIs(lex, at, gapOf.hyphen)) return false;
    // GB82 behind a word in capitals: letters of a number.
    if (hasFigure(lex, at) && (length === 1 || isAllCapitals(lex, at))) return false;
    if (length === 1 || (is(lex, at, listed.particle) && at < end && at > first)) continue;
    if (isNumber(lex, at) || (length < 6 && isAllCapitals(lex, at) && !isAllCapitals(lex, first)))
      return false;
    if ((length < 6 && roman.test(wordAt(lex, at))) || innerCapital(lex, at)) return false;
    if (at > first && gapIs(lex, at - 1, gapOf.hyphen) && !isCapital(lex, at)) continue;
    const short = at === end && at > first && is(lex, at, shortFamilies);
    if (!(short || canStand(lex, at)) || (at === first && opensNoName(lex, at))) return false;
    if (at === first && asks(lex, at, end)) return false;
    // "HPI: TPN HELD"
    if (at === first && length > 2 && isAllCapitals(lex, at) && isShorthand(lex, at)) return false;
    told += 1;
    const kind = kindAt(lex, at);
    if (kind.given || !kind.plain || (is(lex, at, listed.ordinaryName) && lettered(lex, at, first)))
      proper += 1;
  }
  if (proper === 0) return false;
  return told > 0 && (told > 1 || wordAt(lex, first).length === 1 || wordAt(lex, end).length === 1);
}

/** Whether a word stands among capitals, which say nothing there. */
export const isShouted = (lex: Lexemes, at: number): boolean =>
  isAllCapitals(lex, at) && (isAllCapitals(lex, at - 1) || isAllCapitals(lex, at + 1));

const everyday = new Set('a an the and or her his'.split(' '));
const ordinaryEnding = /(?:[^s]s|ly|ing|ed|ment|tion|sion|ness|ance|ence|ity)$/;

/** "BEST OPTIONS FOR A PATIENT": a word of a sentence, or one that no list holds and that ends as everyday words do. */
const saysNoName = (lex: Lexemes, at: number): boolean =>
  is(lex, at, sentenceTurns) || everyday.has(wordAt(lex, at)) || isEveryday(lex, at);

const isEveryday = (lex: Lexemes, at: number): boolean =>
  !isListed(lex, at) && ordinaryEnding.test(wordAt(lex, at)) && !isSubject(lex, at);

/** "PATIENT HASKELLS WAS ADMITTED": who does something is somebody, however the word ends. */
const isSubject = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at, gapOf.space) && (predicates.has(wordAt(lex, at + 1)) || is(lex, at + 1, listed.personVerb));
const predicates = new Set(['is', 'was', 'has', 'presents']);

/** A word of no list that ends as terms and everyday words do: no name among capitals. */
export const isCommon = (lex: Lexemes, at: number): boolean =>
  !isListed(lex, at) && (ordinaryEnding.test(wordAt(lex, at)) || termEnding.test(wordAt(lex, at)));

/** Among capitals a word of no list that ends as everyday words do. */
export const isShoutedWord = (lex: Lexemes, at: number): boolean => isShouted(lex, at) && isEveryday(lex, at);

const isDiseaseShort = (lex: Lexemes, at: number): boolean =>
  is(lex, at, listed.clinicalAcronym) && isAllCapitals(lex, at);

/** Words that begin questions more often than they are somebody's name. */
const asking = markOfWords('can may will might must mark grant do does has');

/** "Can Thiago Roe take": a question begins; Will Vega is somebody. */
const asks = (lex: Lexemes, at: number, end: number): boolean =>
  is(lex, at, asking) && beginsSentence(lex, at) && (end > at + 1 || !kindAt(lex, at).given);

/** Endings of adjectives and abstract nouns: what no list knows and ends so is a term, not a name. */
export const termEnding =
  /(?:tive|sive|tous|ious|eous|nous|ical|tual|tial|inal|onal|ural|ular|able|ible|tion|sion|ment|tic|gic|phic|mic|ism|oid|genous|aneous|ated|ized|ised)$/;

/** Endings of what is nobody's name: "reports Hoarseness". */
export const thingEnding = /(?:ness|ity|ing|ment|tion|sion|ism|ancy|ency|less|ful|able|ible)$/;

/** Adjectives of conditions among the everyday words that are also surnames. */
const conditions = markOfWords(
  'chronic acute mild major minor weak dry wet hot cold sore pain rash cough early late severe method model standard',
);

/**
 * A listed given name and any capitalised word that is no clinical one, where the sentence says on both sides that a
 * person is named: "a man, Omar Chambers, who".
 */
export const pairedName = (lex: Lexemes, first: number, end: number): boolean =>
  end === first + 1 &&
  (kindAt(lex, first).given || opensName(lex, first)) &&
  gapIs(lex, first, gapOf.space) &&
  !isAllCapitals(lex, end) &&
  wordAt(lex, end).length > 2 &&
  !kindAt(lex, end).clinical &&
  !is(lex, end, listed.chart) &&
  !is(lex, end, listed.eponymNoun) &&
  !is(lex, end, listed.facilityHead) &&
  !is(lex, end, listed.genericPlace) &&
  (kindAt(lex, first).plain
    ? describedBefore(lex, first) && describedAfter(lex, end)
    : describedBefore(lex, first) || describedAfter(lex, end));

const leads = markOfWords(`
  per via prior post baby mom dad re cc attn fwd note notified paged informed texted emailed phoned told asked thanked call
  notify see sees saw seeing requests
`);

/** Words that say what somebody is, before the name: "Interpreter Mary Roe". */
const opensNoName = (lex: Lexemes, at: number): boolean =>
  is(lex, at, listed.chart) ||
  is(lex, at, leads) ||
  (is(lex, at, listed.nameCue) && wordAt(lex, at) !== 'nee') ||
  is(lex, at, listed.nameLabel) ||
  is(lex, at, listed.relation);

/** Family names of two letters that are words as well. */
const shortFamilies = markOfWords('an do ho le li lo ma oh so su yi yu');

/** "Ada Le, 12": one of them where nothing goes on that it could begin. */
export const isShortFamily = (lex: Lexemes, at: number): boolean =>
  is(lex, at, shortFamilies) && isCapital(lex, at) && turnsAfter(lex, at);

const sentenceTurns = markOfWords(`
  is was has had who and with from to of in at for on by per says said needs takes took wants asked yesterday today
  since after before both about regarding re via until when while whose born last next visited called missed that
`);

/** Whether nothing that the word could describe follows it: a Stone who was seen, no stone disease. */
export const turnsAfter = (lex: Lexemes, at: number): boolean =>
  !gapIs(lex, at, gapOf.space) || is(lex, at + 1, sentenceTurns) || isNumber(lex, at + 1);

/** A word after an initial with its dot: A. Rice. */
const lettered = (lex: Lexemes, at: number, first: number): boolean =>
  at > first && endOf(lex, at - 1) - startOf(lex, at - 1) === 1 && startsWithDot.after(lex, at - 1);
const startsWithDot = new GapPattern(/^\./);

/** Of the months no pair of capitals says that a person is meant. */
const monthNames = markOfWords('april may june august');
const beforePair = new GapPattern(/^(?:,? |: |; |" | \()$/);
const sameClause = new GapPattern(/^ ?$/);

/**
 * A given name that is an everyday word and a family name that is one too, capitalised where nothing around is: "for
 * Joy Hill at".
 */
export function ordinaryPair(lex: Lexemes, first: number, end: number): boolean {
  if (end !== first + 1 || first === 0 || !gapIs(lex, first, gapOf.space)) return false;
  if (is(lex, first, monthNames) || isAllCapitals(lex, first) || isAllCapitals(lex, end)) return false;
  const kind = kindAt(lex, first);
  if (!kind.given && !opensName(lex, first)) return false;
  if (!familyLike(lex, end)) return false;
  const opened =
    wordAt(lex, first - 1) === 'for' ||
    !gapIs(lex, first - 1, gapOf.space) ||
    !isCapital(lex, first - 1) ||
    (beginsSentence(lex, first - 1) && kindAt(lex, first - 1).plain && is(lex, end + 1, sentenceTurns));
  if (!opened || !beforePair.after(lex, first - 1)) return false;
  if (gapIs(lex, end, gapOf.apostrophe)) return belongs(lex, end + 2, end);
  return !isCapital(lex, end + 1) || isNumber(lex, end + 1) || !sameClause.after(lex, end);
}

/** A word that is a family name besides what else it is. */
function familyLike(lex: Lexemes, at: number): boolean {
  const kind = kindAt(lex, at);
  const ordinary = is(lex, at, listed.ordinaryName) || kind.eponym;
  if (!is(lex, at, shortFamilies) && !(ordinary && endOf(lex, at) - startOf(lex, at) > 2)) return false;
  if (kind.clinical && !(is(lex, at, listed.ordinaryName) && turnsAfter(lex, at))) return false;
  if (is(lex, at, listed.eponymNoun) || is(lex, at, listed.facilityHead)) return false;
  return !is(lex, at, listed.streetType) && !is(lex, at, listed.chart);
}

const opensItem = new GapPattern(/^(?:; |\| ?| \| ?)$/);
const closesItem = new GapPattern(/^\.?(?:; | ?\| ?)$/);

const signs = new GapPattern(/(?:^| |\n)--? ?$/);

/** Before one of several items: `1. `, `2) `, `- `. */
const beforeItem = new GapPattern(/^[.)][ \t]{1,3}$/);
const bullet = new GapPattern(/^[.;,:]?\s?\n{1,2}[ \t]{0,4}[-*\u2022][ \t]{1,3}$/);
const endsItem = new GapPattern(/^[.;,]?\s?\n{1,2}[ \t]{0,4}$/);
const nextInRow = new GapPattern(/^[,;] $/);

/** Every word strange or of a list of names, and none that could be something else. */
function onlyNames(lex: Lexemes, first: number, end: number): boolean {
  if (end <= first || end >= lex.count || end - first > 3) return false;
  for (let at = first; at <= end; at += 1) {
    if (isNumber(lex, at) || (at < end && !nameJoint.after(lex, at))) return false;
    if (at > first && at < end && is(lex, at, listed.particle)) continue;
    const { eponym, family, given } = kindAt(lex, at);
    if (eponym || !isCapital(lex, at) || isAllCapitals(lex, at)) return false;
    if (!(given || family || isStrange(lex, at, 2))) return false;
  }
  return true;
}
const nameJoint = new GapPattern(/^[ '-]$/);

/** "1. Imani Roe\n2. Zola Roe", "- Imani Roe\n- Zola Roe", "Imani Roe, Zola Roe and": one of several names of no list. */
export function inRow(lex: Lexemes, first: number, end: number): boolean {
  if (!onlyNames(lex, first, end)) return false;
  const numbered = isNumber(lex, first - 1) && beforeItem.after(lex, first - 1);
  const start = numbered ? first - 2 : first - 1;
  const opens = numbered ? first === 1 || endsItem.after(lex, start) : bullet.after(lex, start);
  const closes = end === lex.count - 1 || endsItem.after(lex, end) || bullet.after(lex, end);
  if (opens && closes) {
    if (!numbered) return isNamed(lex, end + 1, bullet.after(lex, end)) || wasNamed(lex, first - 1);
    const number = Number(wordAt(lex, first - 1));
    return number < mostItems && (number > 1 || Number(wordAt(lex, end + 1)) === number + 1);
  }
  return (
    (nextInRow.after(lex, end) && isNamed(lex, end + 1, true)) ||
    (nextInRow.after(lex, first - 1) && wasNamed(lex, first - 1))
  );
}
const isNamed = (lex: Lexemes, first: number, goesOn: boolean): boolean =>
  goesOn && onlyNames(lex, first, first + 1);
const wasNamed = (lex: Lexemes, last: number): boolean => last > 0 && onlyNames(lex, last - 1, last);
const mostItems = 99;

/**
 * Between two signs of a list, for what is like a name: "discharge; Hui Roe; Camden"; and behind a dash at the end of a
 * text, where its writer signs.
 */
export const inList = (lex: Lexemes, first: number, end: number): boolean =>
  first > 0 &&
  (end === lex.count - 1
    ? signs.after(lex, first - 1)
    : opensItem.after(lex, first - 1) && closesItem.after(lex, end));

/** What stands alone is a name from so many letters on. */
export const lettersAlone = 4;

/** A word of so many letters or more that is none of any list but of names, and neither ends nor is written as a term. */
export function isStrange(lex: Lexemes, at: number, letters: number): boolean {
  const { plain, closed, eponym, place } = kindAt(lex, at);
  if (plain || closed || eponym || place || endOf(lex, at) - startOf(lex, at) < letters) return false;
  return !innerCapital(lex, at) && !termEnding.test(wordAt(lex, at));
}

const calendar = new Set('may june april august march january will mark'.split(' '));

/** A word of no list, or a given name that is an everyday word besides, but no month: Imani, Grace. */
export const mayBeCalled = (lex: Lexemes, at: number, letters: number): boolean => {
  const { clinical, given } = kindAt(lex, at);
  if (!given) return isStrange(lex, at, letters);
  return (
    !isAllCapitals(lex, at) &&
    !calendar.has(wordAt(lex, at)) &&
    !(clinical && !is(lex, at, listed.ordinaryName))
  );
};

/** One that can begin a name. */
const opensName = (lex: Lexemes, at: number): boolean =>
  !isAllCapitals(lex, at) && isStrange(lex, at, 3) && !opensNoName(lex, at);

/** Numbers of stages and grades. */
const roman = /^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3})[abc]?$/;

const prefixed = /^(?:Mc|Mac|De|Di|Da|La|Le|Du|Fitz|Van|Von|St|O)[A-Z]/;
const gaelic = /^Ma?c[A-Z][a-z]{2}/;

/** McRoe, MacRoe, O'Roe: a family name, whether a list holds it or not. */
export const isGaelic = (lex: Lexemes, at: number): boolean => {
  if (wordAt(lex, at) === 'o')
    return gapIs(lex, at, gapOf.apostrophe) && isCapital(lex, at + 1) && isStrange(lex, at + 1, lettersAlone);
  return (
    wordAt(lex, at).startsWith('m') &&
    gaelic.test(lex.view.text.slice(startOf(lex, at), endOf(lex, at))) &&
    isStrange(lex, at, 5)
  );
};

/** Whether a unit is one of the 26 letters from `first` on. */
const isBetween = (code: number, first: number): boolean => code >= first && code < first + 26;

/** AirSense, HandiHaler: brands; McKay and DeLuca are names. */
export function innerCapital(lex: Lexemes, at: number): boolean {
  const { text } = lex.view;
  const end = endOf(lex, at);
  let place = startOf(lex, at) + 1;
  while (place < end && !(isBetween(text.charCodeAt(place - 1), 97) && isBetween(text.charCodeAt(place), 65)))
    place += 1;
  return place < end && !prefixed.test(text.slice(startOf(lex, at), end));
}

function canStand(lex: Lexemes, at: number): boolean {
  const kind = kindAt(lex, at);
  const named = is(lex, at, listed.ordinaryName);
  if (is(lex, at, conditions)) return false;
  if (named) return endOf(lex, at) - startOf(lex, at) > 2 && (!kind.demonym || kind.given);
  if (kind.clinical || (kind.demonym && !kind.given)) return false;
  if (is(lex, at, listed.credential) || is(lex, at, listed.chart) || is(lex, at, listed.streetType))
    return false;
  if (is(lex, at, listed.state) && endOf(lex, at) - startOf(lex, at) > 2) return false;
  if (is(lex, at, listed.facilityHead) || is(lex, at, listed.genericPlace) || is(lex, at, listed.eponymNoun))
    return false;
  if (kind.given || kind.family) return true;
  return !kind.closed && !kind.plain && !is(lex, at, listed.title) && !termEnding.test(wordAt(lex, at));
}
