import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { endOf, is, isAllCapitals, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { isAge } from './person-context.ts';
import { areSyllables } from './syllables.ts';
import { markOf, markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/** Lexemes from `first` to `last` that stand together with capitals. */
export interface CapitalRun {
  readonly first: number;
  readonly last: number;
}

/** Words that turn a finding into its opposite: no guess at a name may hide one alone. */
export const negations = new Set([
  'no',
  'not',
  'none',
  'nor',
  'non',
  'never',
  'nil',
  'denies',
  'without',
  'negative',
]);
const negation = markOf(negations);

/** Written with a dot inside a name; "van." ends a sentence. */
const shortened = markOfWords('st ste mt d dr');

const isSingle = (lex: Lexemes, at: number): boolean => endOf(lex, at) - startOf(lex, at) === 1;

/** Whether digits are written to a lexeme: L4, T12, G3P2, of which no letter is an initial; Frami345. */
export const hasFigure = (lex: Lexemes, at: number): boolean =>
  isNumber(lex, at + 1) && startOf(lex, at + 1) === endOf(lex, at);

const letteredTerms = markOfWords(`
  hepatitis hep vitamin type grade class stage group factor protein influenza strep pugh category hemophilia level penicillin
`);

/** The C of hepatitis C is nobody's initial, and neither is the F of 98.6 F, the Z of 08:15:00Z or the L of mg/L. */
export const isTermLetter = (lex: Lexemes, at: number): boolean =>
  isSingle(lex, at) &&
  (isNumber(lex, at - 1)
    ? isDegree(lex, at) || isLitre(lex, at)
    : (is(lex, at - 1, letteredTerms) && gapIs(lex, at - 1, gapOf.space)) || isLitre(lex, at));

/** What is measured in each litre: `mmol/L`, `10^9/L`. */
const isLitre = (lex: Lexemes, at: number): boolean =>
  wordAt(lex, at) === 'l' && gapIs(lex, at - 1, gapOf.slash);

const unitLetters = new Set(['g', 'l', 'u']);
const endsLine = new GapPattern(/^\.?\s?\n/);
const scales = new Set(['c', 'f']);

/** A letter written to a figure, or the scale behind a temperature. */
function isDegree(lex: Lexemes, at: number): boolean {
  if (gapIs(lex, at - 1, gapOf.nothing)) return true;
  // "MAY REDUCE DIGOXIN TO 1 G." at the end of a line.
  if (unitLetters.has(wordAt(lex, at)) && gapIs(lex, at - 1, gapOf.space) && endsLine.after(lex, at))
    return true;
  if (!scales.has(wordAt(lex, at)) || !gapIs(lex, at - 1, gapOf.space)) return false;
  const figure = Number(wordAt(lex, at - 1));
  return gapIs(lex, at - 2, gapOf.dot) || (figure > 33 && figure < 44) || (figure > 89 && figure < 111);
}

/** The s of "ROE'S": no initial, and no word of its own. */
export const isPossessive = (lex: Lexemes, at: number): boolean =>
  wordAt(lex, at) === 's' && gapIs(lex, at - 1, gapOf.apostrophe);

/** "ROE A. SERTRALINE 50 MG": behind a letter and its stop, what is clinical and no name. */
const opensSentence = (lex: Lexemes, at: number): boolean =>
  kindAt(lex, at).clinical && !is(lex, at, listed.ordinaryName);

/** Whether lexeme `at + 1` goes on with what `at` began. */
function goesOn(lex: Lexemes, at: number): boolean {
  if (gapIs(lex, at, gapOf.space) || gapIs(lex, at, gapOf.apostrophe) || gapIs(lex, at, gapOf.hyphen))
    return true;
  if (gapIs(lex, at, gapOf.stop))
    return (
      !is(lex, at + 1, negation) &&
      !is(lex, at + 1, listed.relation) &&
      !isTermLetter(lex, at) &&
      ((isSingle(lex, at) && !isPossessive(lex, at) && !opensSentence(lex, at + 1)) || is(lex, at, shortened))
    );
  return gapIs(lex, at, gapOf.dot) && isSingle(lex, at);
}

/** Whether the small word after a hyphen belongs to a name: Dong-hyun, Eun-ji. */
function secondSyllable(lex: Lexemes, at: number): boolean {
  const length = endOf(lex, at + 1) - startOf(lex, at + 1);
  if (!gapIs(lex, at, gapOf.hyphen) || length < 2 || length > 7 || isNumber(lex, at + 1)) return false;
  if (areSyllables(lex, at)) return true;
  if (isSingle(lex, at) || isAllCapitals(lex, at) || kindAt(lex, at).plain) return false;
  // Min-jun is no month.
  const free = !kindAt(lex, at + 1).plain || is(lex, at + 1, listed.month);
  return free && !gapIs(lex, at + 1, gapOf.hyphen);
}

const articles = markOfWords('al el as ad an ar ash abu ben');

/** al-Masri, el-Sayed: the article is written to the name. */
const articled = (lex: Lexemes, at: number): boolean => gapIs(lex, at, gapOf.hyphen) && is(lex, at, articles);

const measures = markOfWords(`
  na k cl mg hgb hb hct wbc rbc plt inr ptt tsh bp hr rr ef ph bun cr egfr gfr crp esr ldl hdl bmi gcs spo bnp psa alt ast
  temp ck uop fev npo map cvp ldh
`);

/** What is measured, and the figure behind it: "Mrs. Roe Na 138", "Lakeside Clinic BP 120/80"; no "Mr. Na 44 yo". */
export const isMeasure = (lex: Lexemes, at: number): boolean =>
  isNumber(lex, at + 1) &&
  is(lex, at, measures) &&
  !isAge(lex, at + 1) &&
  (gapIs(lex, at, gapOf.space) || gapIs(lex, at, gapOf.nothing));

/** Words of sentences that no name has inside, where a whole sentence is written in capitals. */
const parting = new Set(
  `the to in on at by from for with who was is are has had were been per via versus than then our her his their or not
   if when which that this`.split(/\s+/),
);

/** "LIVES IN CHICAGO AND": capitals before, behind and of the word itself. */
export const parts = (lex: Lexemes, at: number): boolean =>
  isAllCapitals(lex, at) &&
  endOf(lex, at) - startOf(lex, at) < 7 &&
  (gapIs(lex, at, gapOf.space)
    ? isAllCapitals(lex, at + 1) || isSingle(lex, at + 1) || isNumber(lex, at + 1)
    : false) &&
  (at === 0 || isAllCapitals(lex, at - 1) || isNumber(lex, at - 1) || isSingle(lex, at - 1)) &&
  parting.has(wordAt(lex, at)) &&
  !inPatron(lex, at);

/** OUR Lady, House of THE Good Shepherd: what hospitals are called. */
const inPatron = (lex: Lexemes, at: number): boolean =>
  wordAt(lex, at) === 'our'
    ? wordAt(lex, at + 1) === 'lady'
    : wordAt(lex, at - 1) === 'of' && wordAt(lex, at) === 'the' && patrons.has(wordAt(lex, at - 2));
const patrons = new Set('lady queen sisters brothers daughters house village church friends'.split(' '));

/** All runs of capitalised lexemes, small particles inside included. */
export function capitalRuns(lex: Lexemes): CapitalRun[] {
  const runs: CapitalRun[] = [];
  let at = 0;
  while (at < lex.count) {
    if (isNumber(lex, at) || !isCapital(lex, at) || parts(lex, at)) {
      at += 1;
      continue;
    }
    const first = at;
    let last = at;
    while (last + 1 < lex.count && goesOn(lex, last)) {
      if (isNumber(lex, last + 1) || isMeasure(lex, last + 1) || parts(lex, last + 1)) break;
      if (isCapital(lex, last + 1) || secondSyllable(lex, last)) {
        last += 1;
        continue;
      }
      // de la Cruz, van der Berg; possessive s ends the run.
      let far = last + 1;
      while (
        far < last + 3 &&
        is(lex, far, listed.particle) &&
        !isSingle(lex, far) &&
        (gapIs(lex, far, gapOf.space) || articled(lex, far))
      )
        far += 1;
      if (far === last + 1 || far >= lex.count || !isCapital(lex, far) || isNumber(lex, far)) break;
      last = far;
    }
    runs.push({ first, last });
    at = last + 1;
  }
  return runs;
}

const sentenceEnd = new GapPattern(/[.!?\n:;•*]/);

/** Whether a run begins a sentence or a line, where a capital says nothing. */
export const beginsSentence = (lex: Lexemes, at: number): boolean =>
  at === 0 || sentenceEnd.after(lex, at - 1);

/** An acronym: two to five capitals that are no listed name. */
export const isAcronym = (lex: Lexemes, at: number): boolean =>
  endOf(lex, at) - startOf(lex, at) <= 5 && isAllCapitals(lex, at);
