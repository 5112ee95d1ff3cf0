import { beginsSentence, type CapitalRun, capitalRuns, isAcronym, kindOf } from './capital-runs.ts';
import { endOf, gapAfter, isAllCapitals, isCapital, type Lexemes, startOf, wordAt } from './lexemes.ts';
import type { Match } from './match.ts';
import { namesDisease } from './name-runs.ts';
import { describedAfter, describedBefore, nameLike, pairedName, speaks } from './person-context.ts';
import { placeMatches } from './places.ts';
import { isClinicalWord } from './words/clinical-words.ts';
import {
  chartWords,
  clinicianTitles,
  credentials,
  nameCues,
  nameLabels,
  nameParticles,
  personVerbs,
  plainTitles,
  relations,
  titles,
} from './words/context-words.ts';
import { clinicalAcronyms, facilityHeads, genericPlaceWords } from './words/facility-words.ts';
import { ordinaryNameWords } from './words/ordinary-words.ts';
import { streetTypes } from './words/street-words.ts';

type PersonType = 'CLINICIAN' | 'RELATIVE' | 'PERSON';

/**
 * Names, facilities and places that no record holds, by context and word lists: titles, relations, labels,
 * signatures, "LAST, FIRST", given names with what follows them.
 *
 */
export function nameMatches(lex: Lexemes): Match[] {
  const runs = capitalRuns(lex);
  const places = placeMatches(lex, runs);
  const matches = [...places];
  for (const run of runs) personIn(lex, run, matches);
  smallNames(lex, matches);
  return matches;
}

function person(lex: Lexemes, first: number, last: number, type: PersonType, rule: string): Match {
  return {
    start: startOf(lex, first),
    end: endOf(lex, last),
    type,
    rule: `name.${rule}`,
    entity: `name:${lex.view.lower.slice(startOf(lex, first), endOf(lex, last)).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')}`,
    rank: 5,
    full: false,
  };
}

const isInitial = (lex: Lexemes, at: number): boolean => wordAt(lex, at).length === 1 && isCapital(lex, at);

/** A word that can stand in a name: no acronym, nothing that is never part of one. */
function canName(lex: Lexemes, at: number): boolean {
  const word = wordAt(lex, at);
  if (lex.digits[at] === true || credentials.has(word) || chartWords.has(word)) return false;
  if (nameParticles.has(word)) return true;
  const kind = kindOf(word);
  if (kind.closed && !kind.given && !kind.family && !ordinaryNameWords.has(word)) return false;
  return !(isAcronym(lex, at) && !kind.given && !kind.family && !allCapitalLine(lex, at));
}

/** Whether the words around are all in capitals, so that capitals say nothing. */
function allCapitalLine(lex: Lexemes, at: number): boolean {
  return (at > 0 && isAllCapitals(lex, at - 1)) || (at + 1 < lex.count && isAllCapitals(lex, at + 1));
}

/** End of a name that begins at `first`, at most `last` of its run. */
function nameEnd(lex: Lexemes, first: number, last: number): number {
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

interface Context {
  readonly type: PersonType;
  readonly rule: string;
  /** The next capitalised words are a name whatever they are. */
  readonly sure: boolean;
}

/** What stands before a run and announces a person. */
function announcedBy(lex: Lexemes, first: number): Context | undefined {
  if (first === 0) return undefined;
  const word = wordAt(lex, first - 1);
  const gap = gapAfter(lex, first - 1);
  // A title in full takes no dot: "Hello doctor. I have pain".
  if (titles.has(word) && (word.length < 5 ? /^\.?[ ]{0,2}$/ : /^ {1,2}$/).test(gap)) {
    return { type: clinicianTitles.has(word) ? 'CLINICIAN' : 'PERSON', rule: 'title', sure: true };
  }
  if (/^['")]{0,2}\s?[:=]\s{0,3}["']?$/.test(gap) && nameLabels.has(word)) {
    return { type: relations.has(word) ? 'RELATIVE' : 'PERSON', rule: 'label', sure: true };
  }
  if (relations.has(word) && /^[ ,(]{1,2}$/.test(gap))
    return { type: 'RELATIVE', rule: 'relation', sure: gap === ' ' };
  if ((word === 'named' || word === 'name' || word === 'surname' || word === 'alias') && gap === ' ') {
    return { type: 'PERSON', rule: 'cue', sure: true };
  }
  if (word === 'is' && wordAt(lex, first - 2) === 'name') return { type: 'PERSON', rule: 'cue', sure: true };
  if (
    word === 'by' &&
    /^(?:signed|dictated|seen|reviewed|prescribed|ordered|treated|referred|evaluated|performed|examined|cosigned|authored|attended)$/.test(
      wordAt(lex, first - 2),
    )
  ) {
    return { type: 'CLINICIAN', rule: 'signature', sure: false };
  }
  if (nameCues.has(word) && /^[ ,(]{1,2}$/.test(gap)) return { type: 'PERSON', rule: 'cue', sure: false };
  return undefined;
}

function personIn(lex: Lexemes, run: CapitalRun, matches: Match[]): void {
  let { first } = run;
  const { last } = run;
  while (first <= last) {
    // A title inside the run: everything after it is looked at anew.
    const context = announcedBy(lex, first);
    const word = wordAt(lex, first);
    if (plainTitles.has(word) || (titles.has(word) && first < last)) {
      first += 1;
      continue;
    }
    const told = describedEnd(lex, first, last, context);
    if (told !== undefined) {
      matches.push(person(lex, first, told, context?.type ?? 'PERSON', context?.rule ?? 'described'));
      first = told + 1;
      continue;
    }
    const end = nameEnd(lex, first, last);
    if (judge(lex, first, end, context, matches)) {
      first = end + 1;
      continue;
    }
    first += 1;
  }
}

/** End of two words or more that only their context makes a name: "a 60-year-old man, Joy Hill, seen". */
function describedEnd(
  lex: Lexemes,
  first: number,
  last: number,
  context: Context | undefined,
): number | undefined {
  if (last === first) return undefined;
  const before = context?.sure === true || describedBefore(lex, first);
  for (let end = Math.min(last, first + 3); end > first; end -= 1) {
    const told = nameLike(lex, first, end) && (before || describedAfter(lex, end));
    if (!told && !pairedName(lex, first, end)) continue;
    const kind = kindOf(wordAt(lex, first));
    const device = kind.eponym && !kind.given && gapAfter(lex, first) === '-';
    return device || namesDisease(lex, { first, last: end }) ? undefined : end;
  }
  return undefined;
}

/** Titles that nothing but a name follows. */
const shortTitles = new Set(['dr', 'drs', 'mr', 'mrs', 'ms', 'prof']);

/** "Dr. Day", "Mrs. A. Roe": whatever the word is. */
const surelyTitled = (lex: Lexemes, first: number, context: Context | undefined): boolean =>
  context?.rule === 'title' &&
  shortTitles.has(wordAt(lex, first - 1)) &&
  (isInitial(lex, first) ||
    (wordAt(lex, first).length > 2 &&
      !chartWords.has(wordAt(lex, first)) &&
      !nameCues.has(wordAt(lex, first))));

function judge(
  lex: Lexemes,
  first: number,
  end: number,
  context: Context | undefined,
  matches: Match[],
): boolean {
  const word = wordAt(lex, first);
  const kind = kindOf(word);
  const titled = surelyTitled(lex, first, context);
  if (!titled && !canName(lex, first) && !(context?.sure === true && !kind.closed)) return false;
  const shouting = isAcronym(lex, first) && !allCapitalLine(lex, first) && end === first;
  if (shouting && context?.sure !== true) return false;
  if (context?.sure !== true && clinicalAcronyms.has(word) && isAllCapitals(lex, first)) return false;
  const push = (last: number, rule: string, type: PersonType = context?.type ?? 'PERSON'): boolean => {
    matches.push(person(lex, first, last, type, rule));
    return true;
  };
  const listed = kind.given || kind.family;
  if (commaName(lex, first, end)) return push(end + 1, 'inverted');
  if (titled && !isAcronym(lex, first)) return push(closingName(lex, end), 'title');
  if (speaks(lex, first) && !kind.closed) return push(end, 'speaker');
  if (
    context?.sure === true &&
    (isInitial(lex, first) ||
      (!genericPlaceWords.has(word) && (listed || !kind.plain || context.rule === 'title')))
  ) {
    return push(end, context.rule);
  }
  if (namesDisease(lex, { first, last: end }) && kind.eponym) return false;
  if (namesDisease(lex, { first, last: end }) && !kind.given) return false;
  // Maria G., Anna Smith, Grace Lee
  if (end > first) {
    const next = gapAfter(lex, first) === '-' && end > first + 1 ? first + 2 : first + 1;
    const following = kindOf(wordAt(lex, next));
    const initial =
      isInitial(lex, next) &&
      (gapAfter(lex, next).startsWith('.') || end > next || gapAfter(lex, next) !== ' ');
    const strongFirst = kind.given && !kind.plain;
    const plainFamily = ordinaryFamily(lex, next) && ordinaryNameWords.has(wordAt(lex, next));
    const modal = kind.plain && beginsSentence(lex, first) && personModal.has(word);
    if (
      kind.given &&
      !modal &&
      (initial || following.family || !following.plain || following.given || plainFamily)
    )
      return push(end, 'given');
    if (strongFirst) return push(following.plain && !ordinaryFamily(lex, next) ? first : end, 'given');
    if (kind.family && !kind.plain && (initial || following.given)) return push(end, 'family');
    if (initial && !kind.plain && word.length > 2) return push(end, 'initial');
    if (
      initial &&
      !kind.closed &&
      !beginsSentence(lex, first) &&
      gapAfter(lex, next).startsWith('.') &&
      word.length > 2
    )
      return push(end, 'initial');
    if (following.family && !following.plain && !kind.plain && !following.eponym) return push(end, 'family');
    if (
      isInitial(lex, first) &&
      wordAt(lex, end).length > 2 &&
      /^\.?\s?$/.test(gapAfter(lex, first)) &&
      gapAfter(lex, first).startsWith('.') &&
      !kindOf(wordAt(lex, end)).plain
    )
      return push(end, 'initials');
    if (unknown(lex, first, end)) return push(end, context === undefined ? 'unknown' : context.rule);
  }
  if (signed(lex, end) && !kind.closed && !genericPlaceWords.has(word) && word.length > 1 && !kind.plain)
    return push(end, 'signature', 'CLINICIAN');
  if (isInitial(lex, first)) return initials(lex, first, end, context) && push(end, 'initials');
  if (kind.given && !kind.plain && !kind.place && !kind.eponym) return push(first, 'given');
  if (context !== undefined && !kind.plain && !isAcronym(lex, first) && !genericPlaceWords.has(word))
    return push(end, context.rule);
  if (kind.given && kind.plain && personVerbs.has(wordAt(lex, first + 1))) return push(first, 'verb');
  if (reports(lex, first, end)) return push(end, 'verb');
  if (kind.family && !kind.plain && !kind.eponym && !beginsSentence(lex, first)) return push(first, 'family');
  return false;
}

/** Months and modals that begin sentences more often than names do. */
const personModal = new Set(['may', 'will', 'mark', 'august', 'june', 'april', 'grant', 'bill']);

/** Short names of services, of which a chart also says that they called or recommended. */
const services = new Set(
  `neuro ophtho cards ortho psych heme onc hemonc renal pulm endo uro gyn peds rads path surg anesth plastics derm
   rheum palliative podiatry wound dietary nutrition pharmacy radiology telemetry tele telehealth medicare medicaid aetna
   cigna humana anthem kaiser optum facebook google alexa`.split(/\s+/),
);

/** A word that no list knows before what only people do: "Yaw reports". */
function reports(lex: Lexemes, first: number, end: number): boolean {
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
  return gapAfter(lex, end) === ' ' && personVerbs.has(wordAt(lex, end + 1)) && !services.has(word);
}

/** A title's second word may be any that closes the name: "Dr. Amina Dang,". */
function closingName(lex: Lexemes, end: number): number {
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

const ordinaryFamily = (lex: Lexemes, at: number): boolean => {
  const kind = kindOf(wordAt(lex, at));
  return (
    (!kind.closed || ordinaryNameWords.has(wordAt(lex, at))) &&
    isCapital(lex, at) &&
    !facilityHeads.has(wordAt(lex, at))
  );
};

/** Two capitalised words that no list knows, in the middle of a sentence. */
function unknown(lex: Lexemes, first: number, end: number): boolean {
  if (beginsSentence(lex, first)) return false;
  for (let at = first; at <= end; at += 1) {
    const word = wordAt(lex, at);
    const kind = kindOf(word);
    if (word.length < 3 || kind.plain || kind.eponym || isAllCapitals(lex, at) || streetTypes.has(word))
      return false;
    if (gapAfter(lex, at) === '-' && at < end && isCapital(lex, at + 1)) return false;
  }
  return true;
}

/** Letters of a degree after the name: Jane Roe, MD. */
function signed(lex: Lexemes, end: number): boolean {
  const word = wordAt(lex, end + 1);
  return (
    credentials.has(word) &&
    word.length > 1 &&
    /^,?\s{1,2}$/.test(gapAfter(lex, end)) &&
    isCapital(lex, end + 1) &&
    ((word !== 'do' && word !== 'pt' && word !== 'pa') || gapAfter(lex, end).includes(','))
  );
}

/** SMITH, JOHN and Smith, John A. */
function commaName(lex: Lexemes, first: number, end: number): boolean {
  if (end !== first || !/^,\s$/.test(gapAfter(lex, end)) || !isCapital(lex, end + 1)) return false;
  const family = kindOf(wordAt(lex, first));
  const given = kindOf(wordAt(lex, end + 1));
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
function initials(lex: Lexemes, first: number, end: number, context: Context | undefined): boolean {
  if (context === undefined || end !== first + 1 || !isInitial(lex, end)) return false;
  return gapAfter(lex, first).startsWith('.') && gapAfter(lex, end).startsWith('.');
}

/** Names in small letters after a title or a relation, or given and family name side by side. */
function smallNames(lex: Lexemes, matches: Match[]): void {
  for (let at = 0; at < lex.count; at += 1) {
    if (lex.digits[at] === true || isCapital(lex, at)) continue;
    const word = wordAt(lex, at);
    const kind = kindOf(word);
    if (word.length < 3) continue;
    const before = at > 0 && /^\.?\s$/.test(gapAfter(lex, at - 1)) ? wordAt(lex, at - 1) : '';
    if (
      titles.has(before) &&
      before !== 'miss' &&
      before !== 'don' &&
      before !== 'nurse' &&
      before !== 'sister' &&
      before !== 'brother' &&
      before !== 'father' &&
      before !== 'doctor' &&
      !kind.closed &&
      (kind.given || kind.family || !kind.plain) &&
      !facilityHeads.has(word) &&
      !relations.has(word)
    ) {
      matches.push(person(lex, at, at, clinicianTitles.has(before) ? 'CLINICIAN' : 'PERSON', 'title'));
    } else if (
      kind.given &&
      !kind.plain &&
      (relations.has(before) || before === 'nurse' || before === 'named')
    ) {
      matches.push(person(lex, at, at, 'RELATIVE', 'relation'));
    } else if (kind.given && !kind.plain && gapAfter(lex, at) === ' ') {
      const next = kindOf(wordAt(lex, at + 1));
      if (next.family && !next.plain && !next.eponym && !isCapital(lex, at + 1))
        matches.push(person(lex, at, at + 1, 'PERSON', 'given'));
    }
  }
}
