import { announcedBy } from './announced.ts';
import { beginsSentence, type CapitalRun, hasFigure, isPossessive } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { endOf, is, isAllCapitals, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { isInitial } from './name-forms.ts';
import { isShoutedWord } from './name-shapes.ts';
import { isAge } from './person-context.ts';
import { namesScale } from './scales.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';
import { namesakes } from './words/namesakes.ts';

const enquiries = new Set(['study', 'registry', 'cohort', 'survey']);
const articles = markOfWords('the a an modified revised positive negative');

/** "the Ross procedure", "the Harvey-Bradshaw Index": an article, and a noun that takes the names of people. */
export function namesThing(lex: Lexemes, { first, last }: CapitalRun): boolean {
  const article = is(lex, first, articles) ? first : first - 1;
  if (!is(lex, article, articles) || !gapIs(lex, article, gapOf.space) || article === last) return false;
  if (is(lex, article + 1, listed.title) || last - article > 5) return false;
  return is(lex, last, listed.eponymNoun) || enquiries.has(wordAt(lex, last)) || namesScale(lex, last, false);
}

/** Whether no name begins at the first word of what is left of a run of capitals. */
export const beginsNoName = (lex: Lexemes, first: number, last: number): boolean =>
  is(lex, first, listed.plainTitle) ||
  (first < last && is(lex, first, listed.title)) ||
  // "For Ada Roe, born in 1980"
  (first < last && leading.has(wordAt(lex, first)) && beginsSentence(lex, first)) ||
  saysFinding(lex, first) ||
  (isShoutedWord(lex, first) && announcedBy(lex, first)?.sure !== true) ||
  // "82yo F Mary R.": no initial.
  (first < last && isSex(lex, first)) ||
  // "4) Mother H. Roe": who it is to the patient, and then the name.
  (first < last && is(lex, first, listed.relation) && isInitial(lex, first + 1)) ||
  // San Joaquin Valley is no Joaquin.
  (is(lex, first - 1, townArticles) && gapIs(lex, first - 1, gapOf.space) && isCapital(lex, first - 1)) ||
  // anti-Hu, anti-Jo-1: an antibody.
  (gapIs(lex, first - 1, gapOf.hyphen) && wordAt(lex, first - 1) === 'anti') ||
  // North Carolina is no Carolina.
  (is(lex, first - 1, compass) && is(lex, first, halfStates) && isCapital(lex, first - 1));

const halfStates = markOfWords('carolina dakota virginia');
const compass = markOfWords('north south west');
const leading = new Set('for with from about per since after before'.split(' '));
export const townArticles = markOfWords('san santa los las');

/** L4-L5, G2P1: a letter with its figure; "MoCA 24/30", "ANA 1:160": a test with its result; "ROSE IN CREATININE". */
function saysFinding(lex: Lexemes, at: number): boolean {
  if (hasFigure(lex, at)) return endOf(lex, at) - startOf(lex, at) === 1;
  const acronym = is(lex, at, listed.clinicalAcronym);
  if (!acronym && !kindAt(lex, at).given) return false;
  if (!gapIs(lex, at, gapOf.space)) return false;
  const result = isNumber(lex, at + 1) && !isAge(lex, at + 1);
  // Behind a label, a title or kin it is who it says.
  if (!acronym && isAllCapitals(lex, at) && announcedBy(lex, at) === undefined)
    if (findings.get(wordAt(lex, at))?.has(wordAt(lex, at + 1)) === true) return true;
  if (!result || !(acronym || wordAt(lex, at) === 'ana')) return false;
  const last = endOf(lex, at) - 1;
  return lex.view.text.charCodeAt(last) !== lex.view.lower.charCodeAt(last);
}
/** Given names that are what a laboratory or a monitor reports, by the word behind them. */
const findings: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['ana', new Set('positive negative titer titre pattern screen speckled pending'.split(' '))],
  ['rose', new Set('in from to by above over again back'.split(' '))],
]);

const ages = markOfWords('yo y o yr yrs old');
const sexes = markOfWords('m f');

/** The letter of a sex behind an age. */
const isSex = (lex: Lexemes, at: number): boolean =>
  is(lex, at, sexes) &&
  gapIs(lex, at, gapOf.space) &&
  (is(lex, at - 1, ages)
    ? gapIs(lex, at - 1, gapOf.space)
    : isNumber(lex, at - 1) && endOf(lex, at - 1) === startOf(lex, at));

/** "her daughter, Babinski negative": a sign or place of the body that is called after somebody, and what it says. */
export const isSigned = (lex: Lexemes, at: number): boolean =>
  kindAt(lex, at).eponym && gapIs(lex, at, gapOf.space) && signs.has(wordAt(lex, at + 1));
const signs = new Set(
  'positive negative sign point tenderness reflex test upgoing downgoing equivocal'.split(' '),
);

/** What follows a given and a family name that name no person of the text: "Ivor Lewis esophagectomy". */
const namedAfter = new Set(
  `syndrome procedure operation esophagectomy approach splint bandage dressing sign murmur bar position node nodule scale
   criteria mechanism curve law incision reaction test treatment flu strain class classes classification`.split(
    /\s+/,
  ),
);
/** Second words that nobody is called. */
const nouns = new Set(
  `correlation law disease syndrome drain drains paralysis paresis hump splint heel treadmill technique procedure operation
   clamp clamps patch erosions lesions ulcers sign angina rule tube ligament ligaments complex triad contin contins h`.split(
    /\s+/,
  ),
);

const ampersand = new GapPattern(/^ & $/);

/** The lexeme behind "X and" or "X &". */
const joinedTo = (lex: Lexemes, first: number): number =>
  ampersand.after(lex, first)
    ? first + 1
    : wordAt(lex, first + 1) === 'and' && gapIs(lex, first, gapOf.space) && gapIs(lex, first + 1, gapOf.space)
      ? first + 2
      : first;

/** "Lund and Browder": whether a word is one half of what is called after two. */
export function isHalfNamesake(lex: Lexemes, at: number): boolean {
  const first = joinedTo(lex, at - 1) === at ? at - 1 : joinedTo(lex, at - 2) === at ? at - 2 : at;
  const last = joinedTo(lex, first);
  return (
    last > first &&
    namesakes.get(wordAt(lex, first))?.has(wordAt(lex, last)) === true &&
    isCapital(lex, last) &&
    // Martin and Hopkins are people as well.
    (kindAt(lex, first).eponym || kindAt(lex, last).eponym || isGraded(lex, last)) &&
    announcedBy(lex, first)?.sure !== true
  );
}

const grades = new Set(
  'grade score scale criteria equation formula class classification stage type'.split(' '),
);
/** "Hunt and Hess 2", "Bloom and Richardson grade 3" */
const isGraded = (lex: Lexemes, last: number): boolean =>
  gapIs(lex, last, gapOf.space) && (isNumber(lex, last + 1) || grades.has(wordAt(lex, last + 1)));

/**
 * "Kaplan-Meier", "Todd paralysis": where what two words name together ends; nothing where one announces a person, and of
 * what somebody can be called, as Miller Fisher, only before the noun.
 */
export function namesakeEnd(lex: Lexemes, first: number): number | undefined {
  const apart = isPossessive(lex, first + 1) ? 2 : 1;
  const last = first + apart;
  if (last >= lex.count || !namesakes.get(wordAt(lex, first))?.has(wordAt(lex, last))) return undefined;
  if (!gapIs(lex, last - 1, gapOf.space) && !gapIs(lex, last - 1, gapOf.hyphen)) return undefined;
  const [one, other] = [kindAt(lex, first), kindAt(lex, last)];
  const people =
    other.given || other.family ? one.given || one.family : one.given && !nouns.has(wordAt(lex, last));
  if (people && gapIs(lex, last - 1, gapOf.space))
    if (!namedAfter.has(wordAt(lex, last + 1))) return undefined;
  return announcedBy(lex, first)?.sure === true ? undefined : last;
}
