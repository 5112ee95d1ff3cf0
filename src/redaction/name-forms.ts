import type { Context } from './announced.ts';
import { beginsSentence, isAcronym, kindOf } from './capital-runs.ts';
import { endOf, gapAfter, isAllCapitals, isCapital, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { innerCapital, termEnding } from './person-context.ts';
import { isClinicalWord } from './words/clinical-words.ts';
import {
  chartWords,
  credentials,
  nameLabels,
  nameParticles,
  personVerbs,
  relations,
  titles,
} from './words/context-words.ts';
import { facilityHeads } from './words/facility-words.ts';
import { ordinaryNameWords } from './words/ordinary-words.ts';
import { streetTypes } from './words/street-words.ts';

export const isInitial = (lex: Lexemes, at: number): boolean =>
  wordAt(lex, at).length === 1 &&
  isCapital(lex, at) &&
  !(lex.digits[at + 1] === true && startOf(lex, at + 1) === endOf(lex, at));

/** A word that can stand in a name: no acronym, nothing that is never part of one. */
export function canName(lex: Lexemes, at: number): boolean {
  const word = wordAt(lex, at);
  if (lex.digits[at] === true || credentials.has(word) || chartWords.has(word)) return false;
  if (nameParticles.has(word)) return true;
  if (/^(?:i{1,3}|iv|v)[abc]$/.test(word)) return false;
  const kind = kindOf(word);
  if (kind.closed && !kind.given && !kind.family && !ordinaryNameWords.has(word)) return false;
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
    const word = wordAt(lex, next);
    if (gapAfter(lex, end) === "'" && word === 's') break;
    if (!isInitial(lex, next) && (!canName(lex, next) || facilityHeads.has(word) || titles.has(word))) break;
    end = next;
  }
  while (end > first && nameParticles.has(wordAt(lex, end)) && !isCapital(lex, end)) end -= 1;
  return end;
}

/** Short names of services, of which a chart also says that they called or recommended. */
const services = new Set(
  `neuro ophtho cards ortho psych heme onc hemonc renal pulm endo uro gyn peds rads path surg anesth plastics derm
   rheum palliative podiatry wound dietary nutrition pharmacy radiology telemetry tele telehealth medicare medicaid aetna
   cigna humana anthem kaiser optum facebook google alexa`.split(/\s+/),
);

/** A word that no list knows before what only people do: "Yaw reports". */
export function reports(lex: Lexemes, first: number, end: number): boolean {
  const word = wordAt(lex, first);
  const kind = kindOf(word);
  if (
    end !== first ||
    word.length < 3 ||
    isAllCapitals(lex, first) ||
    kind.plain ||
    kind.eponym ||
    kind.place
  )
    return false;
  return (
    gapAfter(lex, end) === ' ' &&
    personVerbs.has(wordAt(lex, end + 1)) &&
    !services.has(word) &&
    !relations.has(word) &&
    !nameLabels.has(word)
  );
}

/** A title's second word may be any that closes the name: "Dr. Amina Dang,". */
export function closingName(lex: Lexemes, end: number): number {
  const next = end + 1;
  if (gapAfter(lex, end) !== ' ' || next >= lex.count || !isCapital(lex, next) || isAcronym(lex, next))
    return end;
  const word = wordAt(lex, next);
  const closes = /^(?:[,.;)|\n\]]|$| - | \()/.test(gapAfter(lex, next));
  const closed =
    closes || (gapAfter(lex, next) === ' ' && !isCapital(lex, next + 1) && lex.digits[next + 1] !== true);
  return closed &&
    !isClinicalWord(word) &&
    word.length > 2 &&
    !credentials.has(word) &&
    !facilityHeads.has(word) &&
    !titles.has(word)
    ? next
    : end;
}

export const ordinaryFamily = (lex: Lexemes, at: number): boolean => {
  const kind = kindOf(wordAt(lex, at));
  return (
    (!kind.closed || ordinaryNameWords.has(wordAt(lex, at))) &&
    isCapital(lex, at) &&
    !facilityHeads.has(wordAt(lex, at))
  );
};

/** Two capitalised words that no list knows, in the middle of a sentence. */
export function unknown(lex: Lexemes, first: number, end: number): boolean {
  if (beginsSentence(lex, first)) return false;
  for (let at = first; at <= end; at += 1) {
    const word = wordAt(lex, at);
    const kind = kindOf(word);
    if (
      word.length < 3 ||
      kind.plain ||
      kind.eponym ||
      innerCapital(lex, at) ||
      isAllCapitals(lex, at) ||
      streetTypes.has(word)
    )
      return false;
    if (gapAfter(lex, at) === '-' && at < end && isCapital(lex, at + 1)) return false;
  }
  return true;
}

/** Letters of a degree after the name: Jane Roe, MD. */
export function signed(lex: Lexemes, end: number): boolean {
  const word = wordAt(lex, end + 1);
  return (
    credentials.has(word) &&
    word.length > 1 &&
    /^,?\s{1,2}$/.test(gapAfter(lex, end)) &&
    isCapital(lex, end + 1) &&
    ((word !== 'do' && word !== 'pt' && word !== 'pa') || gapAfter(lex, end).includes(','))
  );
}

/** NAKAMURA, HIROKO at the beginning of a line and nothing else in capitals after it. */
function headsLine(lex: Lexemes, first: number, end: number): boolean {
  for (const at of [first, end + 1]) {
    const kind = kindOf(wordAt(lex, at));
    if (!isAllCapitals(lex, at) || wordAt(lex, at).length < 4 || kind.plain || kind.closed || kind.eponym)
      return false;
    if (termEnding.test(wordAt(lex, at)) || chartWords.has(wordAt(lex, at))) return false;
  }
  const opens = first === 0 || /\n[ \t]{0,4}$/.test(gapAfter(lex, first - 1));
  return (
    opens && /^(?: - | \(|\n|$|[ ,;|]{1,3})$/.test(gapAfter(lex, end + 1)) && !isAllCapitals(lex, end + 2)
  );
}

/** SMITH, JOHN and Smith, John A. */
export function commaName(lex: Lexemes, first: number, end: number): boolean {
  if (end !== first || !/^,\s$/.test(gapAfter(lex, end)) || !isCapital(lex, end + 1)) return false;
  const family = kindOf(wordAt(lex, first));
  const given = kindOf(wordAt(lex, end + 1));
  if (headsLine(lex, first, end)) return true;
  return (
    given.given &&
    !given.plain &&
    !family.closed &&
    wordAt(lex, first).length > 2 &&
    (family.family || (!family.plain && (isAllCapitals(lex, first) || !beginsSentence(lex, first)))) &&
    (isAllCapitals(lex, first) ||
      /^[A-Z][a-z]+$/.test(lex.view.text.slice(startOf(lex, first), endOf(lex, first)))) &&
    isAllCapitals(lex, first) === isAllCapitals(lex, end + 1)
  );
}

/** J.D. after a word for the patient. */
export function initials(lex: Lexemes, first: number, end: number, context: Context | undefined): boolean {
  if (context === undefined || end !== first + 1 || !isInitial(lex, end)) return false;
  return gapAfter(lex, first).startsWith('.') && gapAfter(lex, end).startsWith('.');
}
