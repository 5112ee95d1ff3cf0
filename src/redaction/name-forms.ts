import type { Context } from './announced.ts';
import { beginsSentence, hasFigure, isAcronym, isPossessive } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  is,
  isAllCapitals,
  isCapital,
  isNumber,
  type Lexemes,
  lengthOf,
  startOf,
  wordAt,
} from './lexemes.ts';
import { innerCapital, isStrange, termEnding, turnsAfter } from './name-shapes.ts';
import { describedAfter } from './person-context.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt, type WordKind } from './word-kinds.ts';
import { listed } from './word-marks.ts';

export const isInitial = (lex: Lexemes, at: number): boolean =>
  endOf(lex, at) - startOf(lex, at) === 1 && isCapital(lex, at) && !hasFigure(lex, at);

const stage = /^(?:i{2,3}|iv|vi{0,3})$/;
/** Of a stage: IIIa. */
const grade = /^(?:i{1,3}|iv|v)[abc]$/;

/** A word that can stand in a name: no acronym, nothing that is never part of one. */
export function canName(lex: Lexemes, at: number): boolean {
  if (isNumber(lex, at) || is(lex, at, listed.credential) || is(lex, at, listed.chart)) return false;
  if (is(lex, at, services)) return false;
  if (is(lex, at, listed.particle)) return true;
  if (endOf(lex, at) - startOf(lex, at) < 5 && grade.test(wordAt(lex, at))) return false;
  const kind = kindAt(lex, at);
  if (kind.closed && !kind.given && !kind.family && !is(lex, at, listed.ordinaryName)) return false;
  return !(isAcronym(lex, at) && !kind.given && !kind.family && !allCapitalLine(lex, at));
}

/** Whether the words around are all in capitals, so that capitals say nothing. */
export function allCapitalLine(lex: Lexemes, at: number): boolean {
  return (at > 0 && isAllCapitals(lex, at - 1)) || (at + 1 < lex.count && isAllCapitals(lex, at + 1));
}

/** End of a name that begins at `first`, at most `last` of its run. */
export function nameEnd(lex: Lexemes, first: number, last: number): number {
  let end = first;
  while (end < last && end - first < 4) {
    const next = end + 1;
    if (isPossessive(lex, next)) break;
    const other =
      is(lex, next, listed.facilityHead) ||
      is(lex, next, listed.title) ||
      // "Roe CALLER: yes": who speaks next.
      (is(lex, next, listed.nameLabel) &&
        ((isAllCapitals(lex, next) && !isAllCapitals(lex, end)) || gapIs(lex, next, gapOf.colon)));
    if ((other || !canName(lex, next)) && !isInitial(lex, next)) break;
    // G3P2, T1DM, A&Ox3: a letter with its figure or sign.
    if (endOf(lex, next) - startOf(lex, next) === 1 && (!isInitial(lex, next) || ampersand.after(lex, next)))
      break;
    // Clark III, Quintero II: a stage.
    if (kindAt(lex, end).eponym && stage.test(wordAt(lex, next))) break;
    end = next;
  }
  while (end > first && is(lex, end, listed.particle) && !isCapital(lex, end)) end -= 1;
  return end;
}

export const isService = (lex: Lexemes, at: number): boolean => is(lex, at, services);

/** Short names of services, of which a chart also says that they called or recommended. */
const services = markOfWords(`
  neuro ophtho cards ortho psych heme onc hemonc renal pulm endo uro gyn peds rads path surg anesth plastics derm
  rheum palliative podiatry wound dietary nutrition pharmacy radiology telemetry tele telehealth medicare medicaid aetna
  cigna humana anthem kaiser optum uptodate lexicomp micromedex epocrates medscape pubmed cochrane surescripts facebook google alexa siri chatgpt copilot gemini wikipedia youtube web internet amazon netflix walgreens walmart costco publix
  pfizer moderna novartis sanofi medtronic genentech amgen biogen astrazeneca abbvie gilead regeneron
  philips dexcom omnipod medline mckesson cerner athenahealth eclinicalworks meditech allscripts doximity goodrx
`);

/** Words that what follows them belongs to: "authorization for Zepbound denied" says nothing that anybody did. */
const governing = markOfWords('for of with without on in to into than versus vs about against or');

/** Whether what stands before keeps a word from being who does what stands behind it. */
export const governed = (lex: Lexemes, first: number): boolean =>
  is(lex, first - 1, governing) &&
  !is(lex, first - 2, listed.relation) &&
  wordAt(lex, first + 1).endsWith('ed');

/** By what somebody reports: "Yaw reported by phone". */
const means = markOfWords('phone telephone email mail text message fax portal letter video mistake');

/** A word that no list knows before what only people do: "Yaw reports". */
export function reports(lex: Lexemes, first: number, end: number): boolean {
  if (end !== first || !gapIs(lex, end, gapOf.space) || !is(lex, end + 1, listed.personVerb)) return false;
  if (governed(lex, first)) return false;
  // "effects reported by"
  if (wordAt(lex, end + 2) === 'by' && !is(lex, end + 3, means)) return false;
  const kind = kindAt(lex, first);
  return (
    wordAt(lex, first).length > 2 &&
    !isAllCapitals(lex, first) &&
    !kind.plain &&
    !kind.eponym &&
    !kind.place &&
    !is(lex, first, services) &&
    !is(lex, first, listed.relation) &&
    !is(lex, first, listed.nameLabel)
  );
}

const closing = new GapPattern(/^(?:[,.;)|\n\]]|$| - | \()/);

/** A title's second word may be any that closes the name: "Dr. Amina Dang,". */
export function closingName(lex: Lexemes, end: number): number {
  const next = end + 1;
  if (!gapIs(lex, end, gapOf.space) || next >= lex.count || !isCapital(lex, next) || isAcronym(lex, next))
    return end;
  const closed =
    closing.after(lex, next) ||
    (gapIs(lex, next, gapOf.hyphen) && isCapital(lex, next + 1) && !isNumber(lex, next + 1)) ||
    (gapIs(lex, next, gapOf.space) && !isCapital(lex, next + 1) && !isNumber(lex, next + 1));
  return closed &&
    !kindAt(lex, next).clinical &&
    wordAt(lex, next).length > 2 &&
    !is(lex, next, listed.credential) &&
    !is(lex, next, listed.facilityHead) &&
    !is(lex, next, listed.title)
    ? next
    : end;
}

export const ordinaryFamily = (lex: Lexemes, at: number): boolean => {
  const kind = kindAt(lex, at);
  return (
    (!kind.closed || is(lex, at, listed.ordinaryName)) &&
    isCapital(lex, at) &&
    !is(lex, at, listed.facilityHead)
  );
};

const ampersand = new GapPattern(/^[&-]/);
const afterHeading = new GapPattern(/^: {1,2}$/);

/** "CARDS: Mary Roe, here": who a note is about stands behind its first heading. */
const headed = (lex: Lexemes, first: number, end: number): boolean =>
  first > 0 && first < 3 && afterHeading.after(lex, first - 1) && gapIs(lex, end, gapOf.comma);

/** Van Roe: a particle that begins a family name in capitals. */
const isVan = (lex: Lexemes, first: number, at: number): boolean =>
  at === first && is(lex, at, listed.particle) && isStrange(lex, at + 1, lettersOfFamily);
const lettersOfFamily = 5;

/** Small words that stand inside names of people more often than between two things, as `von` and `de` do. */
const inside = new Set('van den der ter ten di dos bin ibn bint'.split(' '));
const isInside = (lex: Lexemes, at: number): boolean =>
  isCapital(lex, at)
    ? is(lex, at, listed.particle) || daughterOf.has(wordAt(lex, at))
    : inside.has(wordAt(lex, at));
/** Ni Roe, Ap Roe: whose daughter or son somebody is, in Irish and Welsh. */
const daughterOf = new Set('ni nic ui ap ab'.split(' '));

/** Two capitalised words that no list knows, in the middle of a sentence. */
export function unknown(lex: Lexemes, first: number, end: number): boolean {
  if (beginsSentence(lex, first) && !headed(lex, first, end)) return false;
  const amongSmall = !isCapital(lex, first - 1) || isNumber(lex, first - 1);
  for (let at = first; at <= end; at += 1) {
    // Di Roe, El-Roe, ter Roe: a small word inside.
    if (at > first && at < end && isInside(lex, at)) continue;
    const kind = kindAt(lex, at);
    // Jones and Stone close a name that a word of no list begins.
    const closes =
      amongSmall &&
      at > first &&
      at === end &&
      !kind.clinical &&
      (kind.eponym || is(lex, at, listed.ordinaryName));
    if (
      endOf(lex, at) - startOf(lex, at) < 3 ||
      (!closes &&
        !isVan(lex, first, at) &&
        (kind.plain || kind.eponym || is(lex, at, listed.genericPlace))) ||
      innerCapital(lex, at) ||
      isAllCapitals(lex, at) ||
      is(lex, at, listed.streetType)
    )
      return false;
    // Of two words with a hyphen both can be anything; behind a given name they are a family's.
    if (gapIs(lex, at, gapOf.hyphen) && at === first && isCapital(lex, at + 1)) return false;
  }
  return true;
}

const beforeDegree = new GapPattern(/^,?\s{1,2}$/);
const withComma = new GapPattern(/,/);

/** Letters of a degree after the name: Jane Roe, MD. */
export function signed(lex: Lexemes, end: number): boolean {
  if (!is(lex, end + 1, listed.credential) || !beforeDegree.after(lex, end)) return false;
  const word = wordAt(lex, end + 1);
  return (
    word.length > 1 &&
    isCapital(lex, end + 1) &&
    ((word !== 'do' && word !== 'pt' && word !== 'pa') || withComma.after(lex, end))
  );
}

const lineBreak = new GapPattern(/\n[ \t]{0,4}$/);
const afterHead = new GapPattern(/^(?: - | \(|\n|$|[ ,;|]{1,3})$/);
const commaSpace = new GapPattern(/^,\s$/);
const commaAlone = new GapPattern(/^,\s?$/);

const dash = new GapPattern(/^ - $/);
/** "Consult - ROE, ADA - 51F" */
const betweenDashes = (lex: Lexemes, first: number): boolean =>
  dash.after(lex, first - 1) && dash.after(lex, first + 1);

/** NAKAMURA, HIROKO at the beginning of a line and nothing else in capitals after it. */
function headsLine(lex: Lexemes, first: number, end: number): boolean {
  for (const at of [first, end + 1]) {
    const kind = kindAt(lex, at);
    if (!isAllCapitals(lex, at) || wordAt(lex, at).length < 4 || kind.plain || kind.closed || kind.eponym)
      return false;
    if (is(lex, at, listed.chart) || termEnding.test(wordAt(lex, at))) return false;
  }
  const opens = first === 0 || lineBreak.after(lex, first - 1) || betweenDashes(lex, first);
  return opens && afterHead.after(lex, end + 1) && !isAllCapitals(lex, end + 2);
}

const announcesPatient = markOfWords(
  'pt patient name client for re subscriber insured member guarantor decedent',
);

const proper = (kind: WordKind): boolean => !kind.plain && !kind.closed && !kind.eponym;

/** "Patient Roe, Mary" and "Roe, Mary (58 F)": words of any kind that what stands around makes a name. */
function toldWithComma(lex: Lexemes, first: number): boolean {
  const next = first + 1;
  if (!gapIs(lex, first, gapOf.comma) || isAcronym(lex, first)) return false;
  if (endOf(lex, first) - startOf(lex, first) < 2 || endOf(lex, next) - startOf(lex, next) < 2) return false;
  // "Ms. Roe, BNP was 12": what is measured in her.
  const given = kindAt(lex, next);
  const shouted = isAllCapitals(lex, next) && !isAllCapitals(lex, first);
  if (shouted && (is(lex, next, listed.clinicalAcronym) || !given.given)) return false;
  if (given.clinical || !(proper(given) || given.given)) return false;
  const family = kindAt(lex, first);
  if (!proper(family) && !is(lex, first, listed.ordinaryName)) return false;
  return is(lex, first - 1, announcesPatient) || (!family.clinical && describedAfter(lex, next));
}

const endsFamily = new GapPattern(/^(?:\.|$| )/);

/** ROE,MARY and ROE, M and LEE, MIN-JUN: a listed family name in capitals with what can be no finding. */
export function capitalsWithComma(lex: Lexemes, first: number, end: number): boolean {
  const next = first + 1;
  if (end !== first || !isAllCapitals(lex, first) || !commaAlone.after(lex, first)) return false;
  if (!isCapital(lex, next) || next >= lex.count) return false;
  const family = kindAt(lex, first);
  const ordinary = is(lex, first, listed.ordinaryName);
  if (!(family.family || family.given || ordinary) || (family.eponym && !ordinary) || family.clinical)
    return false;
  if (isInitial(lex, next))
    return family.family && !family.plain && endsFamily.after(lex, next) && !isNumber(lex, next + 1);
  const given = kindAt(lex, next);
  if (!isAllCapitals(lex, next) || given.clinical) return false;
  if (given.given && !given.plain) return true;
  return gapIs(lex, next, gapOf.hyphen) && isAllCapitals(lex, next + 1) && !given.closed && !given.eponym;
}

const opensRow = new GapPattern(/\n$/);
const nextField = new GapPattern(/^(?:,|\t)$/);

/** "Roe,Ada,1970-01-02" and with tabs: the first fields of a row of values, of which one is a name and the third a figure. */
export function rowName(lex: Lexemes, first: number): boolean {
  if (!nextField.after(lex, first) || !(first === 0 || opensRow.after(lex, first - 1))) return false;
  const next = first + 1;
  if (!isCapital(lex, next) || isNumber(lex, next) || !nextField.after(lex, next)) return false;
  if (!isNumber(lex, next + 1) && !is(lex, next + 1, listed.month)) return false;
  const family = kindAt(lex, first);
  const given = kindAt(lex, next);
  if (family.clinical || given.clinical || is(lex, first, listed.chart) || is(lex, next, listed.chart))
    return false;
  return given.given || family.given;
}

const beds = markOfWords('bed room rm bay cubicle chair slot');
const beforeBedNumber = new GapPattern(/^(?: #?|#|-)$/);

/** The number of a bed: "Bed 4", "room #12". */
export const isBed = (lex: Lexemes, at: number): boolean =>
  isNumber(lex, at) && is(lex, at - 1, beds) && beforeBedNumber.after(lex, at - 1);

const afterBed = new GapPattern(/^(?:: {1,2}| - |\. | )$/);

/** "Bed 4: ROE, Imani", "Bed 5: DI ROE, Imani": behind the number of a bed a family and a given name of any list or none. */
export const bedName = (lex: Lexemes, first: number, end: number): boolean =>
  isBed(lex, first - 1) &&
  afterBed.after(lex, first - 1) &&
  gapIs(lex, end, gapOf.comma) &&
  isFamily(lex, first, end) &&
  isOrMay(lex, end) &&
  isCapital(lex, end + 1) &&
  isOrMay(lex, end + 1);
/** One word, two with a hyphen, or behind up to two short ones: ROE, ROE-DOE, DE LA ROE. */
const isFamily = (lex: Lexemes, first: number, end: number): boolean =>
  end === first ||
  (end === first + 1 && gapIs(lex, first, gapOf.hyphen)) ||
  (end < first + 3 && lengthOf(lex, first) < 4 && (end === first + 1 || lengthOf(lex, first + 1) < 4));
/** A name of a list, or what none holds. */
const isOrMay = (lex: Lexemes, at: number): boolean => {
  const { clinical, given, family } = kindAt(lex, at);
  return !clinical && !is(lex, at, listed.clinicalAcronym) && (given || family || isStrange(lex, at, 3));
};

/** "ROE, Imani -" at the beginning of a line: a family name in capitals that is no word, and a given name that is not in capitals. */
export const headsMixed = (lex: Lexemes, first: number, end: number, labelled: boolean): boolean =>
  isFamily(lex, first, end) &&
  isAllCapitals(lex, first) &&
  isAllCapitals(lex, end) &&
  gapIs(lex, end, gapOf.comma) &&
  isCapital(lex, end + 1) &&
  !isAllCapitals(lex, end + 1) &&
  (kindAt(lex, end).family || isStrange(lex, end, 4)) &&
  (kindAt(lex, end + 1).given || isStrange(lex, end + 1, 3)) &&
  !is(lex, first, listed.clinicalAcronym) &&
  (labelled ||
    first === 0 ||
    lineBreak.after(lex, first - 1) ||
    numbered(lex, first) ||
    betweenDashes(lex, first)) &&
  (labelled || afterHead.after(lex, end + 1) || gapIs(lex, end + 1, gapOf.colon) || isInitial(lex, end + 2));

const afterNumber = new GapPattern(/^[.)] {1,2}$/);
/** "4. ROE, Imani": an item of a list. */
const numbered = (lex: Lexemes, first: number): boolean =>
  isNumber(lex, first - 1) &&
  afterNumber.after(lex, first - 1) &&
  (first === 1 || lineBreak.after(lex, first - 2));

const headsItem = new GapPattern(/^: {1,2}$/);

/** "Bed 7: Makepeace, Ada": a word of no list behind a colon. */
const heads = (lex: Lexemes, first: number): boolean =>
  headsItem.after(lex, first - 1) && isStrange(lex, first, 5);

/** SMITH, JOHN and Smith, John A. */
export function commaName(lex: Lexemes, first: number, end: number): boolean {
  if (end !== first || !commaSpace.after(lex, end) || !isCapital(lex, end + 1)) return false;
  const family = kindAt(lex, first);
  const given = kindAt(lex, end + 1);
  if (headsLine(lex, first, end) || toldWithComma(lex, first)) return true;
  return (
    given.given &&
    !given.plain &&
    !family.closed &&
    wordAt(lex, first).length > 2 &&
    (family.family ||
      (!family.plain && (isAllCapitals(lex, first) || !beginsSentence(lex, first))) ||
      heads(lex, first)) &&
    (isAllCapitals(lex, first) ||
      /^\p{Lu}\p{Ll}+$/u.test(lex.view.text.slice(startOf(lex, first), endOf(lex, first)))) &&
    isAllCapitals(lex, first) === isAllCapitals(lex, end + 1)
  );
}

export const beginsWithDot = new GapPattern(/^\./);

/** What says that two letters are somebody's: ", 77 y/o", ", a 64-year-old", " (58F". */
const aged =
  /^\.?,? \(?(?:(?:an? )?\d{1,3}(?:[ -]?(?:y\b|yo\b|y\/o|yr|year|m\b|f\b))|(?:dob|mrn|born)(?![a-z]))/;

/** J.D. after a word for the patient, or before an age. */
export function initials(lex: Lexemes, first: number, end: number, context: Context | undefined): boolean {
  if (end !== first + 1) return false;
  // "M. Potter with asthma": an initial and a family name that is a word besides.
  if (!isInitial(lex, end)) {
    const family = is(lex, end, listed.ordinaryName) || kindAt(lex, end).eponym;
    return family && gapIs(lex, first, gapOf.stop) && !beginsSentence(lex, first) && turnsAfter(lex, end);
  }
  if (!beginsWithDot.after(lex, first) || !beginsWithDot.after(lex, end)) return false;
  return context !== undefined || aged.test(lex.view.lower.slice(endOf(lex, end), endOf(lex, end) + 24));
}
