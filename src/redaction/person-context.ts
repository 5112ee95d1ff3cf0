import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  is,
  isAllCapitals,
  isCapital,
  isDigit,
  isNumber,
  type Lexemes,
  startOf,
  wordAt,
} from './lexemes.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/** Words after which somebody is named, with or without a comma: "60-year-old male, ", "patients like ". */
const describers = markOfWords(`
  male female man woman boy girl child infant baby newborn toddler teen teenager adolescent adult lady gentleman
  veteran patient patients pt pts client m f resident widow widower named namely specifically hello hi dear regards sincerely respectfully thanks
`);

/** Words that name somebody without a comma. */
const likeners = markOfWords('like named');

/** Labels of letters and charts, which also stand before what is no name. */
const lineLabels = markOfWords('re to from attn attention cc by for hpi subjective assessment summary note');

/** What follows the name of a patient in a sentence. */
const sequels = markOfWords(`
  who whose whom aged age admitted seen treated diagnosed evaluated assessed presenting presents presented from
  recently last undergoing resident residing living referred born dob mrn ssn currently previously hospitalized
  discharged transferred scheduled followed managed prescribed accompanied identified noted documented examined
`);

/** What stands in brackets or in a column after a name. */
const labels = markOfWords(
  'mrn dob ssn id npi pt patient phone email contact age aged sex insurance account tel member',
);

/** What belongs to a patient. */
const belongings = markOfWords(
  'mrn dob ssn chart record records care case notes file insurance phone email history labs',
);

/**
 * Whether two to four capitalised words can be a name by their shape: nothing clinical, no kind of place, no people,
 * no word that is never part of a name. What the words are decides nothing more; the context has to.
 */
export function nameLike(lex: Lexemes, first: number, end: number): boolean {
  if (end <= first || end - first > 4) return false;
  let told = 0;
  let proper = 0;
  for (let at = first; at <= end; at += 1) {
    const length = endOf(lex, at) - startOf(lex, at);
    if (length === 1 || (is(lex, at, listed.particle) && at < end && at > first)) continue;
    if (isNumber(lex, at) || (length < 6 && isAllCapitals(lex, at) && !isAllCapitals(lex, first)))
      return false;
    if ((length < 6 && roman.test(wordAt(lex, at))) || innerCapital(lex, at)) return false;
    if (at > first && gapIs(lex, at - 1, gapOf.hyphen) && !isCapital(lex, at)) continue;
    if (!canStand(lex, at)) return false;
    told += 1;
    const kind = kindAt(lex, at);
    if (kind.given || !kind.plain) proper += 1;
  }
  if (proper === 0) return false;
  return told > 0 && (told > 1 || wordAt(lex, first).length === 1 || wordAt(lex, end).length === 1);
}

/** Endings of adjectives and abstract nouns: what no list knows and ends so is a term, not a name. */
export const termEnding =
  /(?:tive|sive|tous|ious|eous|nous|ical|tual|tial|inal|onal|ural|ular|able|ible|tion|sion|ment|tic|gic|phic|mic|ism|oid|genous|aneous|ated|ized|ised)$/;

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
  kindAt(lex, first).given &&
  gapIs(lex, first, gapOf.space) &&
  !isAllCapitals(lex, end) &&
  wordAt(lex, end).length > 2 &&
  !kindAt(lex, end).clinical &&
  !is(lex, end, listed.chart) &&
  (kindAt(lex, first).plain
    ? describedBefore(lex, first) && describedAfter(lex, end)
    : describedBefore(lex, first) || describedAfter(lex, end));

/** Numbers of stages and grades. */
const roman = /^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3})[abc]?$/;

const prefixed = /^(?:Mc|Mac|De|Di|Da|La|Le|Du|Fitz|Van|Von|St|O)[A-Z]/;
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

const describing = new GapPattern(/^,? $|^,\n{1,2}$/);
const labelling = new GapPattern(/^:\s{1,2}$/);
const dayTimes = markOfWords('morning afternoon evening');

/** Whether what stands before says that somebody is named. */
export function describedBefore(lex: Lexemes, first: number): boolean {
  if (first === 0) return false;
  const at = first - 1;
  if (is(lex, at, describers)) {
    const small = endOf(lex, at) - startOf(lex, at) === 1 && !isCapital(lex, at);
    return !small && (describing.after(lex, at) || (is(lex, at, likeners) && gapIs(lex, at, gapOf.space)));
  }
  if (is(lex, at, dayTimes) && wordAt(lex, at - 1) === 'good') return gapIs(lex, at, gapOf.comma);
  if (is(lex, at, lineLabels) && labelling.after(lex, at)) return true;
  return is(lex, at, likeners) && gapIs(lex, at, gapOf.space);
}

const articles = markOfWords('a an');
const bracketed = markOfWords('aka they she he');
const copulas = markOfWords('is was');
const doings = markOfWords('who whose presented presents');
const opensBracket = new GapPattern(/^,? \($|^ \[$/);
const spaces = new GapPattern(/^ {1,2}$/);
const column = new GapPattern(/\|/);
const endsQuoted = new GapPattern(/^" $/);
const sets = new GapPattern(/^ [-:] $/);

/** Whether what stands after says so. */
export function describedAfter(lex: Lexemes, end: number): boolean {
  if (gapIs(lex, end, gapOf.apostrophe) && wordAt(lex, end + 1) === 's')
    return gapIs(lex, end + 1, gapOf.space) && is(lex, end + 2, belongings);
  const next = end + 1;
  const digits = isNumber(lex, next);
  const labelled = is(lex, next, labels);
  if (gapIs(lex, end, gapOf.comma))
    return is(lex, next, sequels) || isAge(lex, next) || (is(lex, next, articles) && isAge(lex, next + 1));
  if (opensBracket.after(lex, end)) return labelled || digits || is(lex, next, bracketed);
  if (spaces.after(lex, end)) {
    if (is(lex, next, copulas)) return is(lex, next + 1, articles);
    return labelled || is(lex, next, doings) || is(lex, next, listed.personVerb);
  }
  if (column.after(lex, end)) return labelled || digits;
  if (endsQuoted.after(lex, end)) return labelled;
  return sets.after(lex, end) && (labelled || opensLine(lex, end));
}

/** Whether the line begins with the run that ends here; looks back over 40 characters. */
function opensLine(lex: Lexemes, end: number): boolean {
  const from = Math.max(0, startOf(lex, end) - 40);
  const before = lex.view.lower.slice(from, startOf(lex, end));
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (from === 0 || line.length < before.length) && /^[^\d:.,;]*$/.test(line);
}

const ageUnits = markOfWords('y yo yr yrs year years m f month months mo weeks');

/** A number of years: "67-year-old", "64yo", "72 y/o". */
function isAge(lex: Lexemes, at: number): boolean {
  if (!isNumber(lex, at) || endOf(lex, at) - startOf(lex, at) > 3) return false;
  return is(lex, at + 1, ageUnits) && !isDigit(lex.view.lower.charCodeAt(startOf(lex, at) - 1));
}

/** `[Xiomara]:` and `Xiomara:` at the beginning of a line of a conversation. */
export function speaks(lex: Lexemes, at: number): boolean {
  return (
    lex.view.lower.charAt(startOf(lex, at) - 1) === '[' && lex.view.lower.startsWith(']:', endOf(lex, at))
  );
}
