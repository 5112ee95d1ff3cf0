import { hasFigure, isMeasure, isPossessive, isTermLetter } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  gapAfter,
  is,
  isAllCapitals,
  isCapital,
  isNumber,
  type Lexemes,
  lengthOf,
  startOf,
  wordAt,
} from './lexemes.ts';
import { describedBefore } from './person-context.ts';
import { accentMarks, type NameIndex, type NameWord } from './record-names.ts';
import { namesScale } from './scales.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

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
  /** Written with the accents that the record has. */
  readonly accented: boolean;
}

const joinGap = new GapPattern(
  /^(?:[ \n\t]{0,8}[,;]?[ \n\t]{0,8}|,?\n[ \t]{0,12}|[ ]?[-'_/^|][ ]?|\.|\n|,? ["'(]|["')],? )$/,
);
const barGap = new GapPattern(/\|/);
/** Between words that are written as one: `hope.winters`, `winters_hope`. */
const glue = new GapPattern(/^[._]$/);
const inList = new GapPattern(/^\s?[,;]/);
const tight = new GapPattern(/^[._-]$/);
const initialGap = new GapPattern(/^\.?["')]?[ \n]{0,2}[,'-]?[ ]?$/);
const beforeInitial = new GapPattern(/^ ["'(]?$/);
const afterInitial = new GapPattern(/^(?=[^]{0,3}$)\.?["')]?[ \n]{0,2}[,'-]?[ ]?$/);
const shortGap = new GapPattern(/^(?=[^]{1,3}$)[^]* [^]*$/);
const quotedInitial = new GapPattern(/^ ["'(]$/);
const closesQuote = new GapPattern(/^["')] $/);
/** Two letters that are a word of a sentence before they are a name. */
const smallWords = markOfWords(
  'a i am an as at be by do go he if in is it me my no of on or pt so to up us we vs qd mg ml kg cm mm',
);
const months = markOfWords('may april june august march');

/** Finds the stretches. `words` are the lexemes that may be a word of a name or a single letter, in order. */
export function nameRuns(lex: Lexemes, index: NameIndex, words: readonly number[]): NameRun[] {
  const { persons } = index;
  const runs: NameRun[] = [];
  const steps: Step[] = [];
  // Whose name all steps can be, as the entries of a step that say so.
  let holders: readonly NameWord[] = nobody;
  for (const at of words) {
    if (isNumber(lex, at)) continue;
    const before = steps.at(-1);
    const near = before !== undefined && at - before.index <= 2 ? holders : nobody;
    // A letter is whose initial it can be: "Smith R." although another person writes the R in full.
    const word = wordAt(lex, at);
    // The L of mmol/L is not that of L'Amour, and the K of K 4.1 nobody's initial.
    if (word.length === 1 && (isTermLetter(lex, at) || isMeasure(lex, at))) continue;
    const entries =
      (word.length === 1 ? initialOf(lex, index, at, near) : undefined) ?? index.words.get(word);
    if (entries === undefined) continue;
    const common = before === undefined ? nobody : shared(holders, entries);
    const goesOn = before !== undefined && common.length > 0 && joins(lex, before, at);
    // "Mr. Not, not short of breath": a word twice is no name.
    if (goesOn && !(wordAt(lex, before.index) === word && inList.after(lex, before.index))) holders = common;
    else {
      close(lex, { steps, holders, persons }, runs);
      holders = entries;
    }
    steps.push({ index: at, entries, accented: isAccented(lex, at, index) });
    // Abe604 Frami345: digits glued to a name belong to it.
    if (hasFigure(lex, at)) steps.push({ index: at + 1, entries: nobody, accented: false });
  }
  close(lex, { steps, holders, persons }, runs);
  return runs;
}

const nobody: readonly NameWord[] = [];

/** `Łoś`, whose letters alone are a particle. */
function isAccented(lex: Lexemes, at: number, { accented }: NameIndex): boolean {
  if (accented.size === 0) return false;
  const { source } = lex.view;
  const written = source.slice(lex.view.start(startOf(lex, at)), lex.view.end(endOf(lex, at)));
  return accentMarks.test(written) && accented.has(written.normalize('NFC').toLowerCase());
}

/** Steps, those whose name they can be, and everybody of the record. */
interface Stretch {
  readonly steps: Step[];
  readonly holders: readonly NameWord[];
  readonly persons: NameIndex['persons'];
}

/** `Quirke MC`, `MC Quirke`: the letters of all given names in a row, beside the name. */
function withLetters(lex: Lexemes, run: NameRun, given: ReadonlySet<string> | undefined): NameRun {
  if (given === undefined || given.size === 0) return run;
  const { first, last } = run;
  if (beforeLetters.after(lex, last) && areLetters(lex, last + 1, given)) return { ...run, last: last + 1 };
  return gapIs(lex, first - 1, gapOf.space) && areLetters(lex, first - 1, given)
    ? { ...run, first: first - 1 }
    : run;
}
const beforeLetters = new GapPattern(/^,? $/);

const areLetters = (lex: Lexemes, at: number, given: ReadonlySet<string>): boolean =>
  at >= 0 &&
  at < lex.count &&
  lengthOf(lex, at) < 5 &&
  isAllCapitals(lex, at) &&
  given.has(wordAt(lex, at)) &&
  !is(lex, at, listed.credential) &&
  !is(lex, at, listed.clinicalAcronym);

/** Adds what the steps name, of the first of those whose name they can be, and begins anew. */
function close(lex: Lexemes, { steps, holders, persons }: Stretch, runs: NameRun[]): void {
  if (steps.length === 0) return;
  for (const { person } of holders) {
    const run = judged(lex, steps, person);
    if (run === undefined) continue;
    runs.push(withLetters(lex, run, persons[person]?.given));
    break;
  }
  steps.length = 0;
}

const isOf = (entries: readonly NameWord[], person: number): boolean => {
  for (const entry of entries) if (entry.person === person) return true;
  return false;
};

/** Those of the holders whose name the entries can be as well. */
function shared(holders: readonly NameWord[], entries: readonly NameWord[]): readonly NameWord[] {
  let all = true;
  for (const { person } of holders) all &&= isOf(entries, person);
  return all ? holders : holders.filter(({ person }) => isOf(entries, person));
}

/** One capital letter that is an initial of somebody of the record. */
function initialOf(
  lex: Lexemes,
  index: NameIndex,
  at: number,
  near: readonly NameWord[],
): readonly NameWord[] | undefined {
  const word = wordAt(lex, at);
  // Letters of scripts without case are no words of their own.
  const caseless = word.toUpperCase() === word && !isCapital(lex, at);
  if (word.length !== 1 || !(isCapital(lex, at) || caseless || isSmallInitial(lex, at))) return undefined;
  if (isTermLetter(lex, at) || hasFigure(lex, at)) return undefined;
  const after = following(lex, index, at);
  if (near.length + after.length === 0) return undefined;
  const found: NameWord[] = [];
  for (const person of new Set([...near, ...after].map((entry) => entry.person))) {
    if (index.persons[person]?.initials.has(word) === true)
      found.push(
        index.words.get(word)?.find((entry) => entry.person === person) ?? {
          person,
          strength: 'weak',
          part: 'initial',
        },
      );
  }
  return found.length > 0 ? found : undefined;
}

/** "dr r. roe", "J.-w. Roe": small letters, too, where a title stands before, or another initial. */
const isSmallInitial = (lex: Lexemes, at: number): boolean =>
  dotted.after(lex, at) &&
  ((is(lex, at - 1, listed.title) && titleGap.after(lex, at - 1)) || syllable.after(lex, at - 1));
const syllable = new GapPattern(/^\.-$/);
const titleGap = new GapPattern(/^\.? $/);

/** What the next word says of persons, or by the one after a second initial. */
function following(lex: Lexemes, index: NameIndex, at: number): readonly NameWord[] {
  for (let next = at + 1; next <= at + 2; next += 1) {
    const entries = index.words.get(wordAt(lex, next));
    if (entries !== undefined) return entries;
    if (wordAt(lex, next).length !== 1) return nobody;
  }
  return nobody;
}

function joins(lex: Lexemes, { index: before, entries }: Step, at: number): boolean {
  if (at - before > 2) return false;
  if (at - before === 2) {
    // One unknown capitalised word or initial inside: Maria Q. Ortiz, Maria Carmen Ortiz.
    const middle = at - 1;
    if (isNumber(lex, middle) || !isCapital(lex, middle)) return false;
    if (quotedInitial.after(lex, before) && closesQuote.after(lex, middle)) return isAside(lex, middle);
    return lengthOf(lex, middle) === 1
      ? beforeInitial.after(lex, before) && afterInitial.after(lex, middle)
      : gapIs(lex, before, gapOf.space) &&
          shortGap.after(lex, middle) &&
          (gapIs(lex, middle, gapOf.space) || !isChartWord(lex, middle));
  }
  // "hepatitis C, Mary Roe": an initial ends with no comma; "U, Thant" is a whole family name.
  if (lengthOf(lex, before) === 1 && isCapital(lex, before) && gapIs(lex, before, gapOf.comma))
    return entries.some(({ part }) => part === 'family');
  // `ROE|JANE|F`: another field.
  if (lengthOf(lex, at) === 1 && barGap.after(lex, before)) return false;
  return (
    joinGap.after(lex, before) ||
    (lengthOf(lex, before) <= 2 && (initialGap.after(lex, before) || dotted.after(lex, before))) ||
    (lengthOf(lex, at) === 1 && quotedInitial.after(lex, before))
  );
}

const isChartWord = (lex: Lexemes, at: number): boolean =>
  kindAt(lex, at).clinical || is(lex, at, listed.clinicalAcronym);

/** Robert "Rusty" Roe, but not Robert (Father) Roe. */
const isAside = (lex: Lexemes, at: number): boolean => !is(lex, at, listed.relation) && !isChartWord(lex, at);

type Rank = 'strong' | 'capital' | 'ordinary' | 'clinical' | 'weak';

function rankOf({ entries, accented }: Step, person: number): Rank {
  for (const entry of entries) if (entry.person === person) return accented ? 'strong' : entry.strength;
  return 'weak';
}

function judged(lex: Lexemes, steps: readonly Step[], person: number): NameRun | undefined {
  const ranks: Rank[] = [];
  let anchor = false;
  let written = false;
  let clinicalOnly = true;
  for (const step of steps) {
    const rank = rankOf(step, person);
    ranks.push(rank);
    anchor ||= rank === 'strong' || (rank === 'capital' && isCapital(lex, step.index));
    written ||= (rank === 'strong' || rank === 'capital') && isCapital(lex, step.index);
    clinicalOnly &&= rank === 'clinical' || rank === 'weak';
  }
  let first = 0;
  let last = steps.length - 1;
  if (anchor) {
    while (first < last && ranks[first] !== 'weak' && loose(lex, steps, ranks, first, written)) first += 1;
    while (last > first && loose(lex, steps, ranks, last, written)) last -= 1;
  }
  let words = 0;
  for (let at = first; at <= last; at += 1) if (lengthOf(lex, steps[at]?.index ?? 0) > 1) words += 1;
  const run = {
    first: steps[first]?.index ?? 0,
    last: steps[last]?.index ?? 0,
    person,
    words,
    clinicalOnly,
  };
  return accepted(lex, steps, ranks, run) ? run : undefined;
}

/** A small everyday word beside a capitalised name is a word: "Smith may return"; beside a small one it is a name. */
function loose(
  lex: Lexemes,
  steps: readonly Step[],
  ranks: readonly Rank[],
  position: number,
  written: boolean,
): boolean {
  const rank = ranks[position];
  const at = steps[position]?.index ?? 0;
  if (rank === 'strong' || isCapital(lex, at) || isNumber(lex, at)) return false;
  if (tight.after(lex, position === 0 ? at : at - 1)) return false;
  // "her mother, metformin hargrove"
  if (position === 0 && rank !== 'weak' && !written && isCued(lex, at)) return false;
  if (rank === 'weak') return written || is(lex, at, smallWords);
  return rank === 'clinical' || written;
}

function accepted(lex: Lexemes, steps: readonly Step[], ranks: readonly Rank[], run: NameRun): boolean {
  if (ranks.includes('strong')) return true;
  const full = ranks.filter((rank) => rank !== 'weak').length;
  const allCapital = steps.every((step) => isNumber(lex, step.index) || isCapital(lex, step.index));
  const cued = isCued(lex, run.first);
  // Digits glued to a word are the record's own spelling: Rose604.
  if (steps.some((step) => isNumber(lex, step.index)) && full > 0) return true;
  if (full > 1 && isGlued(lex, steps, glue)) return true;
  if (ranks.includes('capital')) {
    if (!steps.some((step, at) => ranks[at] === 'capital' && isCapital(lex, step.index)))
      // "victoria was admitted"; not "foley was removed"
      return (
        cued ||
        (run.words === 1 && (isRelated(lex, run) || (!isDevice(lex, run.last) && isSubject(lex, run))))
      );
    return cued || run.words > 1 || !(namesDisease(lex, run) || namesScale(lex, run.last, false));
  }
  if (cued && (allCapital || isLabelled(lex, run.first) || isTitled(lex, run))) return true;
  // `bo.ng`, `ng-bo`
  if (run.words > 1 && isGlued(lex, steps, tight) && !holdsSmallWord(lex, run))
    return full === 0 || !run.clinicalOnly;
  const told = cued || (!run.clinicalOnly && describedBefore(lex, run.first));
  if (told && (full > 1 ? !run.clinicalOnly : cued && run.words > 1 && !holdsSmallWord(lex, run)))
    return true;
  if (told && allCapital && full > 0) return true;
  if (isInitialed(lex, run)) return true;
  if (!allCapital) return false;
  if (isReversed(lex, steps, run) || isLettered(lex, run)) return true;
  if (full === 0) return steps.length > 1 && (isShortName(lex, run) || isWholeName(lex, steps, run));
  if (run.clinicalOnly && isDotted(lex, run)) {
    if (isSignature(lex, run)) return true;
    if (!isAllCapitals(lex, run.last)) return !beginsLine(lex, run.first) || isSubject(lex, run);
  }
  if (run.words > 1 && run.clinicalOnly)
    return !isAllCapitals(lex, run.first) || gapAfter(lex, run.first).includes(',');
  if (run.words > 1) return true;
  if (run.clinicalOnly) return false;
  if (steps.length > 1) return true;
  return isSubject(lex, run) || isMidSentence(lex, run);
}

/** `dr. wu`, `mrs. long`, `ms xu`: a title that can be nothing else, before a word that is none or with its full stop. */
function isTitled(lex: Lexemes, run: NameRun): boolean {
  const title = run.first - 1;
  if (title < 0 || run.words !== 1 || !is(lex, title, listed.title)) return false;
  if (titleStop.after(lex, title)) return true;
  const sure =
    sureTitles.has(wordAt(lex, title)) || (wordAt(lex, title) === 'miss' && isLabelled(lex, title));
  if (sure && !is(lex, run.first, smallWords)) return true;
  if (!gapIs(lex, title, gapOf.space) || is(lex, run.first, smallWords)) return false;
  if (endOf(lex, run.first) - startOf(lex, run.first) === 2) return true;
  return !run.clinicalOnly && !is(lex, title, shortTitles);
}
/** Sclerosis and regurgitation, too. */
const shortTitles = markOfWords('ms mr');
/** No disease, and nothing that is done. */
const sureTitles = new Set('mrs mister mme madame frau herr senora senor'.split(' '));
const titleStop = new GapPattern(/^\.[ \n]{0,2}$/);

/** What stands between a maker's name and the noun: a St. Jude mechanical valve. */
const makes = markOfWords(
  'mechanical bioprosthetic prosthetic biologic tissue aortic mitral bileaflet pericardial',
);

/** Dr. li xu; not "my sister an do". */
function holdsSmallWord(lex: Lexemes, { first, last }: { first: number; last: number }): boolean {
  for (let at = first; at <= last; at += 1) if (is(lex, at, smallWords)) return true;
  return false;
}

/** `hope.winters`: words that nobody writes without a space who means words. */
function isGlued(lex: Lexemes, steps: readonly Step[], by: GapPattern): boolean {
  for (let at = 1; at < steps.length; at += 1) {
    const before = steps[at - 1]?.index ?? 0;
    if (steps[at]?.index !== before + 1 || !by.after(lex, before)) return false;
  }
  return true;
}

/** Two words of two letters, or one with an initial: `Bo Ng`, `NG, BO`, `W. Li`, `W Li`. */
function isShortName(lex: Lexemes, run: NameRun): boolean {
  if (run.words > 1)
    return !isAllCapitals(lex, run.first) || /[,^]/.test(gapAfter(lex, run.first)) || !amidCapitals(lex, run);
  if (isAllCapitals(lex, run.first)) return false;
  return isDotted(lex, run) || (gapIs(lex, run.first, gapOf.space) && !is(lex, run.last, smallWords));
}

const parting = new GapPattern(/^(?:,\s?|\^)$/);

/** `Ho, J` and `VI U` of people who are called no more than that: given name and family name, each as the record has it. */
function isWholeName(lex: Lexemes, steps: readonly Step[], { first, last, person }: NameRun): boolean {
  const [one, other] = steps;
  if (steps.length !== 2 || one === undefined || other === undefined) return false;
  const [before, behind] = [partOf(one, person), partOf(other, person)];
  if (before === undefined || behind === undefined || before === behind) return false;
  if (before === 'initial' || behind === 'initial') return false;
  if (parting.after(lex, first))
    return before === 'family' && wordAt(lex, first) !== 'no' && isShortFamily(lex, first);
  return gapIs(lex, first, gapOf.space) && before === 'given' && !is(lex, last, smallWords);
}

const partOf = ({ entries }: Step, person: number): NameWord['part'] | undefined =>
  entries.find((entry) => entry.person === person)?.part;

/** Beside a word that is all capitals too: capitals say nothing there. */
const amidCapitals = (lex: Lexemes, { first, last }: { first: number; last: number }): boolean =>
  (first > 0 && isAllCapitals(lex, first - 1)) || (last + 1 < lex.count && isAllCapitals(lex, last + 1));

/** "Mary Roe: headache": what a colon or a stop parts makes no term. */
const parted = new GapPattern(/[:;.]\s/);

/** Wilson's disease, Foley catheter, Jackson-Pratt drain. */
export function namesDisease(lex: Lexemes, run: { first: number; last: number }): boolean {
  let next = run.last + 1;
  if (isPossessive(lex, next)) next += 1;
  for (let far = next; far < next + 3; far += 1) {
    if (is(lex, far, listed.eponymNoun)) return !parted.after(lex, far - 1);
    if (!is(lex, far, listed.eponym) && !is(lex, far, makes)) return false;
  }
  return false;
}

const dotted = new GapPattern(/^\.(?:[ \n]?| {2}| ?\n[ \t]{0,12})$/);

/** `R.H. White`, `J.-w. Park`: two initials number no list. */
const isInitialed = (lex: Lexemes, { first, last }: NameRun): boolean =>
  last === first + 2 &&
  lengthOf(lex, first) === 1 &&
  lengthOf(lex, first + 1) === 1 &&
  initialled.after(lex, first) &&
  dotted.after(lex, first + 1);
const initialled = new GapPattern(/^\.[ -]?$/);

/** W. Li: an initial with its dot beside a short name. */
const isDotted = (lex: Lexemes, run: NameRun): boolean =>
  run.words > 0 && dotted.after(lex, run.first) && endOf(lex, run.first) - startOf(lex, run.first) === 1;

const paragraph = new GapPattern(/\n\s*\n/);
const lineEnd = new GapPattern(/^\s?(?:\n|\|)/);

/** `J. Bone` on a line of its own that begins a paragraph: none of a list whose items are lettered. */
const isSignature = (lex: Lexemes, { first, last }: NameRun): boolean =>
  ((first === 0 || paragraph.after(lex, first - 1)) &&
    (last + 1 === lex.count || lineEnd.after(lex, last))) ||
  (cellBefore.after(lex, first - 1) && cellAfter.after(lex, last));
/** `;J. Bone;`: a cell of its own. */
const cellBefore = new GapPattern(/[;|\t]$/);
const cellAfter = new GapPattern(/^[;|\t]/);

const isShortFamily = (lex: Lexemes, at: number): boolean =>
  (!is(lex, at, smallWords) || wordAt(lex, at) === article) &&
  !is(lex, at, listed.clinicalAcronym) &&
  !kindAt(lex, at).clinical;

/** No comma ever follows it but where it is a name. */
const article = 'an';

/** `Ng, J.`, `Burns A.`: a family name and an initial with its full stop; not "No, K. pneumoniae". */
function isReversed(lex: Lexemes, steps: readonly Step[], { first, last }: NameRun): boolean {
  if (steps.length !== 2 || wordAt(lex, first) === 'no') return false;
  if (!gapIs(lex, first, gapOf.comma) && (isAllCapitals(lex, first) || !gapIs(lex, first, gapOf.space)))
    return false;
  // `NG, J.` among capitals: a word of two letters that is none of a sentence or a chart; `BURNS, I.,` between commas.
  const shut = lex.view.lower.startsWith('.,', endOf(lex, last));
  if (isAllCapitals(lex, first) && !shut && !(lengthOf(lex, first) < 3 && isShortFamily(lex, first)))
    return false;
  if (lengthOf(lex, last) !== 1 || lex.view.lower.charAt(endOf(lex, last)) !== '.') return false;
  if (last + 1 >= lex.count || !gapIs(lex, last, gapOf.stop) || isCapital(lex, last + 1)) return true;
  // "call Ng, B. 555-0142", "Appt w/ Ng, B. at"
  if (leading.after(lex, first - 1) && leadsToPerson.has(wordAt(lex, first - 1))) return true;
  // "Ng, B. was": no side of the body, as in "head, L. arm".
  if (is(lex, last + 1, listed.personVerb) || is(lex, last + 1, personModals)) return true;
  return joiners.has(wordAt(lex, last + 1));
}

const leading = new GapPattern(/^(?: |\/ ?)$/);

/** What goes on after somebody, and after no side of the body. */
const joiners = new Set('and for who seen slept came comes labs'.split(' '));

/** `Ho, RN`, `Low, FNP`: letters of a profession behind a family name; what else they mean can follow a drug. */
function isLettered(lex: Lexemes, { first, last, clinicalOnly }: NameRun): boolean {
  const next = last + 1;
  // "Sputum is Brown, RN aware": only what begins, or stands behind a word that leads to somebody.
  if (gapIs(lex, first - 1, gapOf.space) && !leadsToPerson.has(wordAt(lex, first - 1))) return false;
  if (!gapIs(lex, last, gapOf.comma) || !is(lex, next, listed.credential) || !isAllCapitals(lex, next))
    return false;
  return !clinicalOnly || !lettersOfOrders.has(wordAt(lex, next));
}
const leadsToPerson = new Set('w with by from to per see and thanks dear dr call called hi'.split(' '));
/** Physical therapy, prothrombin time, by mouth: none tells a person behind a clinical word. */
const lettersOfOrders = new Set('pt ot pa do dc np od bc pac rd ed jr sr slp ccc'.split(' '));

const lineStart = new GapPattern(/[\n.:;]/);

/** Where `A.` can number a list. */
const beginsLine = (lex: Lexemes, at: number): boolean => at === 0 || lineStart.after(lex, at - 1);

/** "Discussed with", "seen by": what comes next is a person. */
const meetings: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['with', new Set(['discussed', 'spoke', 'spoken', 'talked', 'met', 'reviewed'])],
  [
    'by',
    new Set(
      `reported seen signed examined evaluated dictated reviewed ordered referred asked requested recommended performed
       prescribed documented interpreted paged called`.split(/\s+/),
    ),
  ],
]);

const opensTag = new GapPattern(/<\/?$/);
const markup = /<\/?[a-z]{1,10}>/g;
/** Relations in other languages, and how newborns are called. */
const moreRelations = new Set(
  'hija hijo madre padre esposa esposo hermana hermano abuela abuelo paciente tochter sohn ehefrau ehemann fille fils'.split(
    ' ',
  ),
);
const newborns = new Set(['boy', 'girl']);

/** "fka Roe", "f/k/a Roe", "formerly Roe": the name before a marriage. */
const isOtherName = (lex: Lexemes, at: number): boolean =>
  otherNames.has(wordAt(lex, at)) ||
  (wordAt(lex, at) === 'a' && wordAt(lex, at - 1) === 'k' && gapIs(lex, at - 1, gapOf.slash));
const otherNames = new Set(['fka', 'nka', 'formerly']);

/** Title, relation or cue directly before, markup aside. */
function isCued(lex: Lexemes, first: number): boolean {
  let from = first - 1;
  // The name of a tag is no word: <i>Will</i>.
  while (from > 0 && wordAt(lex, from).length < 7 && opensTag.after(lex, from - 1)) from -= 1;
  if (from < 0) return false;
  const gap = lex.view.lower.slice(endOf(lex, from), startOf(lex, first)).replaceAll(markup, '');
  const word = wordAt(lex, from);
  if (isOtherName(lex, from)) return gap === ' ' || gap === ': ';
  if (word === 'by' && (wordAt(lex, from - 1) === 'goes' || wordAt(lex, from - 1) === 'went'))
    return gap === ' ';
  if (word === 'under' && (wordAt(lex, from - 1) === 'records' || wordAt(lex, from - 1) === 'filed'))
    return gap === ' ';
  if (meetings.get(word)?.has(wordAt(lex, from - 1)) === true) return gap === ' ';
  if (is(lex, from, listed.title)) return /^\.?[ \n]{1,2}$/.test(gap) || gap === '.';
  if (word === 'person' && wordAt(lex, from - 1) === 'contact') return /^:? ["(]?$/.test(gap);
  if (newborns.has(word) && wordAt(lex, from - 1) === 'baby') return gap === ' ';
  const cue = is(lex, from, listed.relation) || is(lex, from, listed.nameCue) || moreRelations.has(word);
  if (cue && /^(?:[ ]{0,2}[:,(-]?[ \n"(]{0,2})$/.test(gap)) return true;
  return isLabelled(lex, first);
}

/** Labels of forms and letters. */
const moreLabels = new Set(
  'patientname ptname clientname membername fullname from to re regarding attn user username login logon userid'.split(
    ' ',
  ),
);
const labelGap = new GapPattern(/^['")]?\s?[:=|]\s{0,3}["']?$/);

/** What somebody signs in as stands behind it. */
const signInCues = new Set(['user', 'username', 'login', 'logon', 'userid', 'signin']);

/** A label and a colon directly before, or a word for who signs in. */
function isLabelled(lex: Lexemes, first: number): boolean {
  if (first === 0) return false;
  if (isField(lex, first)) return true;
  if (gapIs(lex, first - 1, gapOf.space) && signInCues.has(wordAt(lex, first - 1))) return true;
  return (
    (is(lex, first - 1, listed.nameLabel) || moreLabels.has(wordAt(lex, first - 1))) &&
    labelGap.after(lex, first - 1)
  );
}

const jsonGap = new GapPattern(/^" ?: ?"$/);
const attributeGap = new GapPattern(/^="$/);
const nameFields = markOfWords('family given lastname firstname surname familyname givenname lname fname');

/** `"family": "May"`, `<family value="May"/>` */
const isField = (lex: Lexemes, first: number): boolean =>
  (jsonGap.after(lex, first - 1) && is(lex, first - 1, nameFields)) ||
  (attributeGap.after(lex, first - 1) &&
    wordAt(lex, first - 1) === 'value' &&
    is(lex, first - 2, nameFields));

/** "foley was removed"; not "edward was seen" */
const isDevice = (lex: Lexemes, at: number): boolean => is(lex, at, listed.eponym) && !kindAt(lex, at).given;

/** "edward's mother" */
const isRelated = (lex: Lexemes, { last }: NameRun): boolean =>
  isPossessive(lex, last + 1) && is(lex, last + 2, listed.relation);

/** Followed by what only persons do, or by a possessive. */
function isSubject(lex: Lexemes, run: NameRun): boolean {
  const next = run.last + 1;
  if (isPossessive(lex, next)) return !namesDisease(lex, run);
  return (
    gapIs(lex, run.last, gapOf.space) &&
    (is(lex, next, listed.personVerb) ||
      (is(lex, next, personModals) && wordAt(lex, next) !== wordAt(lex, run.last)))
  );
}

/** What follows a person and never the modal or month that the name could be: "May will", "Will may", "Will has". */
const personModals = markOfWords('will would may might can could should must has had is was does did');

/** A capital in the middle of a sentence of small letters. */
function isMidSentence(lex: Lexemes, run: NameRun): boolean {
  const { first, last } = run;
  if (first === 0 || isAllCapitals(lex, first) || isCapital(lex, first - 1) || isNumber(lex, first - 1))
    return false;
  if (!gapIs(lex, first - 1, gapOf.space)) return false;
  if (last + 1 < lex.count && gapIs(lex, last, gapOf.space) && isCapital(lex, last + 1)) return false;
  if (isNumber(lex, last + 1) && gapIs(lex, last, gapOf.space)) return false;
  return !is(lex, first, months) && !namesDisease(lex, run);
}
