import { endOf, gapAfter, isAllCapitals, isCapital, type Lexemes, startOf, wordAt } from './lexemes.ts';
import type { NameIndex, NameWord } from './record-names.ts';
import { eponymNouns, eponyms } from './words/clinical-words.ts';
import { nameCues, nameLabels, personVerbs, relations, titles } from './words/context-words.ts';

/** A stretch of lexemes that names one person of the record. */
export interface NameRun {
  readonly first: number;
  readonly last: number;
  readonly person: number;
  /** Words of two letters or more. */
  readonly words: number;
  /** Whether every word is clinical vocabulary. */
  readonly clinicalOnly: boolean;
}

interface Step {
  readonly index: number;
  readonly entries: readonly NameWord[];
}

const joinGap = /^(?:[ \n]{0,3}[,]?[ \n]{0,3}|[ ]?[-'_/^][ ]?|\.|\n)$/;
const initialGap = /^\.?["')]?[ \n]{0,2}[,'-]?[ ]?$/;
/** Two letters that are a word of a sentence before they are a name. */
const smallWords = new Set(
  'a i am an as at be by do go he if in is it me my no of on or pt so to up us we vs qd mg ml kg cm mm'.split(
    ' ',
  ),
);
const months = new Set(['may', 'april', 'june', 'august', 'march']);

/** Finds the stretches; one pass over the lexemes, `index.words` is asked once for each. */
export function nameRuns(lex: Lexemes, index: NameIndex): NameRun[] {
  const runs: NameRun[] = [];
  let steps: Step[] = [];
  let persons: number[] = [];
  const close = (): void => {
    for (const person of persons) {
      const run = judged(lex, steps, person);
      if (run !== undefined) {
        runs.push(run);
        break;
      }
    }
    steps = [];
    persons = [];
  };
  for (let at = 0; at < lex.count; at += 1) {
    if (lex.digits[at] === true) {
      // Abe604 Frami345: digits glued to a name belong to it.
      if (steps.at(-1)?.index === at - 1 && startOf(lex, at) === endOf(lex, at - 1)) {
        steps.push({ index: at, entries: [] });
      }
      continue;
    }
    if (!index.keys.has(lex.keys[at]) && endOf(lex, at) - startOf(lex, at) > 1) continue;
    const before = steps.at(-1);
    const near = before !== undefined && at - before.index <= 2 ? persons : [];
    // A letter is whose initial it can be: "Smith R." although another person writes the R in full.
    const word = wordAt(lex, at);
    const listed = index.words.get(word);
    const entries = (word.length === 1 ? initialOf(lex, index, at, near) : undefined) ?? listed;
    if (entries === undefined) continue;
    const common =
      before === undefined ? [] : persons.filter((p) => entries.some((entry) => entry.person === p));
    if (before !== undefined && common.length > 0 && joins(lex, before.index, at)) {
      persons = common;
    } else {
      if (before !== undefined) close();
      persons = entries.map((entry) => entry.person);
    }
    steps.push({ index: at, entries });
  }
  close();
  return runs;
}

/** One capital letter that is an initial of somebody of the record. */
function initialOf(
  lex: Lexemes,
  index: NameIndex,
  at: number,
  persons: readonly number[],
): readonly NameWord[] | undefined {
  const word = wordAt(lex, at);
  // Letters of scripts without case are no words of their own.
  const caseless = word.toUpperCase() === word && !isCapital(lex, at);
  if (word.length !== 1 || !(isCapital(lex, at) || caseless)) return undefined;
  const found: NameWord[] = [];
  for (const person of new Set([...persons, ...following(lex, index, at)])) {
    if (index.persons[person]?.initials.has(word) === true)
      found.push({ person, strength: 'weak', part: 'given' });
  }
  return found.length > 0 ? found : undefined;
}

/** Persons named by the next word, or by the one after a second initial. */
function following(lex: Lexemes, index: NameIndex, at: number): number[] {
  for (let next = at + 1; next <= at + 2; next += 1) {
    const entries = index.words.get(wordAt(lex, next));
    if (entries !== undefined) return entries.map((entry) => entry.person);
    if (wordAt(lex, next).length !== 1) return [];
  }
  return [];
}

function joins(lex: Lexemes, before: number, at: number): boolean {
  if (at - before > 2) return false;
  if (at - before === 2) {
    // One unknown capitalised word or initial inside: Maria Q. Ortiz, Maria Carmen Ortiz.
    const middle = at - 1;
    if (lex.digits[middle] === true || !isCapital(lex, middle)) return false;
    const single = wordAt(lex, middle).length === 1;
    return (
      (single ? /^ ["'(]?$/ : /^ $/).test(gapAfter(lex, before)) &&
      (single ? initialGap : / /).test(gapAfter(lex, middle)) &&
      gapAfter(lex, middle).length <= 3
    );
  }
  const gap = gapAfter(lex, before);
  return (
    joinGap.test(gap) ||
    (wordAt(lex, before).length <= 2 && initialGap.test(gap)) ||
    (wordAt(lex, at).length === 1 && / ["'(]$/.test(gap) && gap.length === 2)
  );
}

type Rank = 'strong' | 'capital' | 'ordinary' | 'clinical' | 'weak';

function judged(lex: Lexemes, steps: readonly Step[], person: number): NameRun | undefined {
  const ranks = steps.map(
    (step): Rank => step.entries.find((entry) => entry.person === person)?.strength ?? 'weak',
  );
  let first = 0;
  let last = steps.length - 1;
  const indexOf = (position: number): number => steps[position]?.index ?? 0;
  const capital = (position: number): boolean => isCapital(lex, indexOf(position));
  const anchor = ranks.some(
    (rank, position) => rank === 'strong' || (rank === 'capital' && capital(position)),
  );
  const written = ranks.some(
    (rank, position) => (rank === 'strong' || rank === 'capital') && capital(position),
  );
  // A small everyday word beside a capitalised name is a word: "Smith may return"; beside a small one it is a name.
  const loose = (position: number): boolean => {
    const rank = ranks[position];
    if (rank === 'strong' || capital(position) || lex.digits[indexOf(position)] === true) return false;
    if (rank === 'weak') return written || smallWords.has(wordAt(lex, indexOf(position)));
    return rank === 'clinical' || written;
  };
  if (anchor) {
    while (first < last && ranks[first] !== 'weak' && loose(first)) first += 1;
    while (last > first && loose(last)) last -= 1;
  }
  const run = {
    first: indexOf(first),
    last: indexOf(last),
    person,
    words: ranks.slice(first, last + 1).filter((_, at) => wordAt(lex, indexOf(first + at)).length > 1).length,
    clinicalOnly: ranks.every((rank) => rank === 'clinical' || rank === 'weak'),
  };
  return accepted(lex, steps, ranks, run) ? run : undefined;
}

function accepted(lex: Lexemes, steps: readonly Step[], ranks: readonly Rank[], run: NameRun): boolean {
  if (ranks.includes('strong')) return true;
  const full = ranks.filter((rank) => rank !== 'weak').length;
  const allCapital = steps.every((step) => lex.digits[step.index] === true || isCapital(lex, step.index));
  const cued = isCued(lex, run.first);
  // Digits glued to a word are the record's own spelling: Rose604.
  if (steps.some((step) => lex.digits[step.index] === true) && full > 0) return true;
  if (ranks.includes('capital')) {
    if (!steps.some((step, at) => ranks[at] === 'capital' && isCapital(lex, step.index))) return cued;
    return cued || run.words > 1 || !namesDisease(lex, run);
  }
  if (cued && (allCapital || isLabelled(lex, run.first))) return true;
  if (!allCapital) return false;
  if (full === 0)
    return steps.length > 1 && !isAllCapitals(lex, run.first) && (run.words > 1 || isDotted(lex, run));
  if (run.clinicalOnly && isDotted(lex, run) && !isAllCapitals(lex, run.last))
    return !beginsLine(lex, run.first);
  if (run.words > 1 && run.clinicalOnly)
    return !isAllCapitals(lex, run.first) || gapAfter(lex, run.first).includes(',');
  if (run.words > 1) return true;
  if (run.clinicalOnly) return false;
  if (steps.length > 1) return true;
  return isSubject(lex, run) || isMidSentence(lex, run);
}

/** Wilson's disease, Foley catheter, Jackson-Pratt drain. */
export function namesDisease(lex: Lexemes, run: { first: number; last: number }): boolean {
  let next = run.last + 1;
  if (wordAt(lex, next) === 's' && gapAfter(lex, run.last) === "'") next += 1;
  for (let far = next; far < next + 3; far += 1) {
    const word = wordAt(lex, far);
    if (eponymNouns.has(word)) return true;
    if (!eponyms.has(word)) return false;
  }
  return false;
}

/** W. Li: an initial with its dot beside a short name. */
const isDotted = (lex: Lexemes, run: NameRun): boolean =>
  run.words > 0 &&
  /^\.[ \n]?$/.test(gapAfter(lex, run.first)) &&
  endOf(lex, run.first) - startOf(lex, run.first) === 1;

/** Where `A.` can number a list. */
const beginsLine = (lex: Lexemes, at: number): boolean => at === 0 || /[\n.:;]/.test(gapAfter(lex, at - 1));

/** "Discussed with", "seen by": what comes next is a person. */
const meetings: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['with', new Set(['discussed', 'spoke', 'spoken', 'talked', 'met', 'reviewed'])],
  ['by', new Set(['seen', 'signed', 'examined', 'evaluated', 'dictated', 'reviewed', 'ordered', 'referred'])],
]);

const markup = /<\/?[a-z]{1,10}>/g;

/** Title, relation or cue directly before, markup aside. */
function isCued(lex: Lexemes, first: number): boolean {
  let from = first - 1;
  // The name of a tag is no word: <i>Will</i>.
  while (from > 0 && wordAt(lex, from).length < 7 && /^<\/?$/.test(gapAfter(lex, from - 1).slice(-1)))
    from -= 1;
  if (from < 0) return false;
  const gap = lex.view.lower.slice(endOf(lex, from), startOf(lex, first)).replaceAll(markup, '');
  const word = wordAt(lex, from);
  if (word === 'by' && (wordAt(lex, from - 1) === 'goes' || wordAt(lex, from - 1) === 'went'))
    return gap === ' ';
  if (word === 'under' && (wordAt(lex, from - 1) === 'records' || wordAt(lex, from - 1) === 'filed'))
    return gap === ' ';
  if (meetings.get(word)?.has(wordAt(lex, from - 1)) === true) return gap === ' ';
  if (titles.has(word)) return /^\.?[ \n]{1,2}$/.test(gap) || gap === '.';
  if (relations.has(word) || nameCues.has(word)) return /^(?:[ ]{0,2}[:,(-]?[ \n"(]{0,2})$/.test(gap);
  return isLabelled(lex, first);
}

/** A label and a colon directly before. */
function isLabelled(lex: Lexemes, first: number): boolean {
  if (first === 0) return false;
  return (
    nameLabels.has(wordAt(lex, first - 1)) && /^['")]?\s?[:=]\s{0,3}["']?$/.test(gapAfter(lex, first - 1))
  );
}

/** Followed by what only persons do, or by a possessive. */
function isSubject(lex: Lexemes, run: NameRun): boolean {
  const gap = gapAfter(lex, run.last);
  const next = wordAt(lex, run.last + 1);
  if (gap === "'" && next === 's') return !namesDisease(lex, run);
  return gap === ' ' && (personVerbs.has(next) || (personModals.has(next) && next !== wordAt(lex, run.last)));
}

/** What follows a person and never the modal or month that the name could be: "May will", "Will may", "Will has". */
const personModals = new Set('will would may might can could should must has had is was does did'.split(' '));

/** A capital in the middle of a sentence of small letters. */
function isMidSentence(lex: Lexemes, run: NameRun): boolean {
  const { first, last } = run;
  if (first === 0 || isAllCapitals(lex, first) || isCapital(lex, first - 1) || lex.digits[first - 1] === true)
    return false;
  if (gapAfter(lex, first - 1) !== ' ') return false;
  if (last + 1 < lex.count && gapAfter(lex, last) === ' ' && isCapital(lex, last + 1)) return false;
  if (lex.digits[last + 1] === true && gapAfter(lex, last) === ' ') return false;
  return !months.has(wordAt(lex, first)) && !namesDisease(lex, run);
}
