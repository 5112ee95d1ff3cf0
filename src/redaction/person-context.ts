import { kindOf } from './capital-runs.ts';
import {
  endOf,
  gapAfter,
  isAllCapitals,
  isCapital,
  isDigit,
  type Lexemes,
  startOf,
  wordAt,
} from './lexemes.ts';
import { lexicon } from './lexicon.ts';
import { eponymNouns, isClinicalWord } from './words/clinical-words.ts';
import { chartWords, credentials, nameParticles, personVerbs, titles } from './words/context-words.ts';
import { facilityHeads, genericPlaceWords } from './words/facility-words.ts';
import { ordinaryNameWords } from './words/ordinary-words.ts';
import { states, streetTypes } from './words/street-words.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words after which somebody is named, with or without a comma: "60-year-old male, ", "patients like ". */
const describers = set(`
  male female man woman boy girl child infant baby newborn toddler teen teenager adolescent adult lady gentleman
  veteran patient patients pt pts client m f resident widow widower named namely specifically hello hi dear regards sincerely respectfully thanks
`);

/** Words that name somebody without a comma. */
const likeners = set('like named');

/** Labels of letters and charts, which also stand before what is no name. */
const lineLabels = set('re to from attn attention cc by for hpi subjective assessment summary note');

/** What follows the name of a patient in a sentence. */
const sequels = set(`
  who whose whom aged age admitted seen treated diagnosed evaluated assessed presenting presents presented from
  recently last undergoing resident residing living referred born dob mrn ssn currently previously hospitalized
  discharged transferred scheduled followed managed prescribed accompanied identified noted documented examined
`);

/** What stands in brackets or in a column after a name. */
const labels = set(
  'mrn dob ssn id npi pt patient phone email contact age aged sex insurance account tel member',
);

/** What belongs to a patient. */
const belongings = set(
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
    const word = wordAt(lex, at);
    if (word.length === 1 || (nameParticles.has(word) && at < end && at > first)) continue;
    if (lex.digits[at] === true || (isAllCapitals(lex, at) && word.length < 6 && !isAllCapitals(lex, first)))
      return false;
    if (roman.test(word) || innerCapital(lex, at)) return false;
    if (at > first && gapAfter(lex, at - 1) === '-' && !isCapital(lex, at)) continue;
    if (!canStand(word)) return false;
    told += 1;
    const kind = kindOf(word);
    if (kind.given || !kind.plain) proper += 1;
  }
  if (proper === 0) return false;
  return told > 0 && (told > 1 || wordAt(lex, first).length === 1 || wordAt(lex, end).length === 1);
}

/** Endings of adjectives and abstract nouns: what no list knows and ends so is a term, not a name. */
export const termEnding =
  /(?:tive|sive|tous|ious|eous|nous|ical|tual|tial|inal|onal|ural|ular|able|ible|tion|sion|ment|tic|gic|phic|mic|ism|oid|genous|aneous|ated|ized|ised)$/;

/** Adjectives of conditions among the everyday words that are also surnames. */
const conditions = set(
  'chronic acute mild major minor weak dry wet hot cold sore pain rash cough early late severe method model standard',
);

/**
 * A listed given name and any capitalised word that is no clinical one, where the sentence says on both sides that a
 * person is named: "a man, Omar Chambers, who".
 */
export const pairedName = (lex: Lexemes, first: number, end: number): boolean =>
  end === first + 1 &&
  kindOf(wordAt(lex, first)).given &&
  gapAfter(lex, first) === ' ' &&
  !isAllCapitals(lex, end) &&
  wordAt(lex, end).length > 2 &&
  !isClinicalWord(wordAt(lex, end)) &&
  !chartWords.has(wordAt(lex, end)) &&
  (kindOf(wordAt(lex, first)).plain
    ? describedBefore(lex, first) && describedAfter(lex, end)
    : describedBefore(lex, first) || describedAfter(lex, end));

/** Numbers of stages and grades. */
const roman = /^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3})[abc]?$/;

/** AirSense, HandiHaler: brands; McKay and DeLuca are names. */
export function innerCapital(lex: Lexemes, at: number): boolean {
  const text = lex.view.text.slice(startOf(lex, at), endOf(lex, at));
  return /[a-z][A-Z]/.test(text) && !/^(?:Mc|Mac|De|Di|Da|La|Le|Du|Fitz|Van|Von|St|O)[A-Z]/.test(text);
}

function canStand(word: string): boolean {
  const named = ordinaryNameWords.has(word);
  if (conditions.has(word) || (named && word.length < 3)) return false;
  if (isClinicalWord(word) && !named) return false;
  const other = credentials.has(word) || chartWords.has(word) || streetTypes.has(word);
  if (!named && (other || (states.has(word) && word.length > 2))) return false;
  if (lexicon().demonyms.has(word) && !kindOf(word).given) return false;
  if ((facilityHeads.has(word) || genericPlaceWords.has(word) || eponymNouns.has(word)) && !named)
    return false;
  const kind = kindOf(word);
  if (kind.given || kind.family || named) return true;
  return !kind.closed && !kind.plain && !titles.has(word) && !termEnding.test(word);
}

/** Whether what stands before says that somebody is named. */
export function describedBefore(lex: Lexemes, first: number): boolean {
  if (first === 0) return false;
  const word = wordAt(lex, first - 1);
  const gap = gapAfter(lex, first - 1);
  if ((word === 'm' || word === 'f') && !isCapital(lex, first - 1)) return false;
  if (/^(?:morning|afternoon|evening)$/.test(word) && wordAt(lex, first - 2) === 'good') return gap === ', ';
  if (describers.has(word) && /^,? $|^,\n{1,2}$/.test(gap)) return true;
  if (lineLabels.has(word) && /^:\s{1,2}$/.test(gap)) return true;
  return likeners.has(word) && gap === ' ';
}

/** Whether what stands after says so. */
export function describedAfter(lex: Lexemes, end: number): boolean {
  let last = end;
  let gap = gapAfter(lex, last);
  if (gap === "'" && wordAt(lex, last + 1) === 's') {
    last += 1;
    gap = gapAfter(lex, last);
    return gap === ' ' && belongings.has(wordAt(lex, last + 1));
  }
  const next = wordAt(lex, last + 1);
  const digits = lex.digits[last + 1] === true;
  if (gap === ', ')
    return (
      sequels.has(next) || isAge(lex, last + 1) || ((next === 'a' || next === 'an') && isAge(lex, last + 2))
    );
  if (gap === ' (' || gap === ', (' || gap === ' [')
    return labels.has(next) || digits || next === 'aka' || next === 'they' || next === 'she' || next === 'he';
  if (gap === ' ' || gap === '  ') {
    if (next === 'is' || next === 'was')
      return wordAt(lex, last + 2) === 'a' || wordAt(lex, last + 2) === 'an';
    return (
      labels.has(next) ||
      next === 'who' ||
      next === 'whose' ||
      personVerbs.has(next) ||
      next === 'presented' ||
      next === 'presents'
    );
  }
  if (gap.includes('|')) return labels.has(next) || digits;
  if (gap === '" ') return labels.has(next);
  return /^ [-:] $/.test(gap) && (opensLine(lex, end) || labels.has(next));
}

/** Whether the line begins with the run that ends here; looks back over 40 characters. */
function opensLine(lex: Lexemes, end: number): boolean {
  const from = Math.max(0, startOf(lex, end) - 40);
  const before = lex.view.lower.slice(from, startOf(lex, end));
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (from === 0 || line.length < before.length) && /^[^\d:.,;]*$/.test(line);
}

/** A number of years: "67-year-old", "64yo", "72 y/o". */
function isAge(lex: Lexemes, at: number): boolean {
  if (lex.digits[at] !== true || endOf(lex, at) - startOf(lex, at) > 3) return false;
  const next = wordAt(lex, at + 1);
  return (
    /^(?:y|yo|yr|yrs|year|years|m|f|month|months|mo|weeks)$/.test(next) &&
    !isDigit(lex.view.lower.charCodeAt(startOf(lex, at) - 1))
  );
}

/** `[Xiomara]:` and `Xiomara:` at the beginning of a line of a conversation. */
export function speaks(lex: Lexemes, at: number): boolean {
  return (
    lex.view.lower.charAt(startOf(lex, at) - 1) === '[' && lex.view.lower.startsWith(']:', endOf(lex, at))
  );
}
