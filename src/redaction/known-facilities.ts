import { type CapitalRun, isAcronym } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { endOf, is, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import type { Match } from './match.ts';
import { firstWordOf, found, isVisited, openers, passages } from './place-words.ts';
import { namesScale } from './scales.ts';
import { markOf, markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';
import { ambiguousFacilities, knownFacilities } from './words/known-places.ts';

/** Most words of a listed name, an apostrophe's `s` and joints counted. */
const most = 5;

/** "the Mass General cohort": what was looked into there. */
const enquiries = new Set(['cohort', 'study', 'trial', 'registry']);
/** "the Mass General prognostic model": what was made there, one small word of medicine between. */
const products = new Set('model nomogram calculator classifier equation algorithm'.split(' '));
const isProduct = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at - 1, gapOf.space) && products.has(wordAt(lex, at));
const namesProduct = (lex: Lexemes, end: number): boolean =>
  isProduct(lex, end + 1) ||
  (!isCapital(lex, end + 1) && gapIs(lex, end, gapOf.space) && isProduct(lex, end + 2));

/** First words of the listed names, so that other runs are asked once a word. */
const begins = markOf(new Set([...knownFacilities].map(firstWordOf)));

/** A health system or hospital that goes by its name alone: Geisinger, Mass General, St. Mary's. */
export function knownFacility(lex: Lexemes, run: CapitalRun): Match | undefined {
  for (let { first } = run; first <= run.last; first += 1) {
    const saint = saintly(lex, run, first);
    if (saint !== undefined) return saint;
    if (!is(lex, first, begins) || is(lex, first - 1, listed.title)) continue;
    const last = listedEnd(lex, first);
    if (last === undefined) continue;
    // Yale-Brown is a scale.
    if (gapIs(lex, last, gapOf.hyphen) && kindAt(lex, last + 1).eponym) continue;
    const end = grown(lex, last);
    const visited = isVisited(lex, first) || leads(lex, first);
    if (
      namesScale(lex, end, visited) ||
      (!visited && (enquiries.has(wordAt(lex, end + 1)) || namesProduct(lex, end)))
    )
      return undefined;
    if (!ambiguousFacilities.has(spelled(lex, first, last)))
      return found(lex, first, end, 'ORG', 'facility.known');
    const named = first > run.first && joined.after(lex, first - 1);
    if (named && !visited) continue;
    if (visited || end > last || inList(lex, first, end) || is(lex, end + 1, wards))
      return found(lex, first, end, 'ORG', 'facility.known');
  }
  return undefined;
}

const saints = markOfWords('st saint');
const saintGap = new GapPattern(/^\.? $/);

/** "from St. Rose Dominican": a saint's name after a word that leads to a place; St. John's wort is none. */
function saintly(lex: Lexemes, run: CapitalRun, first: number): Match | undefined {
  if (!is(lex, first, saints) || first + 1 > run.last || !saintGap.after(lex, first)) return undefined;
  if (!isCapital(lex, first + 1) || kindAt(lex, first + 1).clinical) return undefined;
  const end = grown(lex, first + 1);
  const visited = isVisited(lex, first) || leads(lex, first);
  if (!(visited || inList(lex, first, end)) || namesScale(lex, end, visited)) return undefined;
  return found(lex, first, end, 'ORG', 'facility.known');
}

const joined = new GapPattern(/^[ -]$/);
/** What stands behind the name of a hospital only: "Duke icu". */
const wards = markOfWords('er ed icu micu nicu picu clinic hospital ward inpatient outpatient campus');

const spelled = (lex: Lexemes, first: number, last: number): string =>
  lex.view.lower.slice(startOf(lex, first), endOf(lex, last));

function listedEnd(lex: Lexemes, first: number): number | undefined {
  for (let last = Math.min(first + most - 1, lex.count - 1); last >= first; last -= 1)
    if ((isCapital(lex, last) || wordAt(lex, last) === 's') && knownFacilities.has(spelled(lex, first, last)))
      return last;
  return undefined;
}

const points = new GapPattern(/@ ?$|^ \($/);
const labels = markOfWords('site facility hospital location clinic');
const afterLabel = new GapPattern(/^:? $/);

/** "at Duke", "the UCSF ER", "(Emory)", "Facility: Stanford". */
function leads(lex: Lexemes, first: number): boolean {
  let at = first - 1;
  if (is(lex, at, openers) && gapIs(lex, at, gapOf.space)) at -= 1;
  if (at < 0) return false;
  if (points.after(lex, at) || (is(lex, at, labels) && afterLabel.after(lex, at))) return true;
  return gapIs(lex, at, gapOf.space) && is(lex, at, listed.placeCue) && !is(lex, at, passages);
}

const opensItem = new GapPattern(/(?:[,;|] | - |\n|: )$/);
const closesItem = new GapPattern(/^(?:[,;|)]| - | \||\n|\.(?: |$)|$)/);

/** Between two signs of a list or a line: ", Stanford, seen", "- Emory -". */
const inList = (lex: Lexemes, first: number, end: number): boolean =>
  first > 0 && opensItem.after(lex, first - 1) && closesItem.after(lex, end);

const isPossessive = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at, gapOf.apostrophe) && wordAt(lex, at + 1) === 's';

/** The capitalised words that belong to the name still: Emory Midtown, Kaiser Oakland, Baylor Scott & White. */
function grown(lex: Lexemes, from: number): number {
  let last = from;
  if (isPossessive(lex, last)) last += 1;
  while (last + 1 < lex.count && last < from + 4) {
    const next = last + 1;
    const paired = gapIs(lex, last, gapOf.ampersand);
    const goesOn =
      paired || joined.after(lex, last) || (gapIs(lex, last, gapOf.stop) && wordAt(lex, last) === 'st');
    if (!goesOn || isNumber(lex, next) || !isCapital(lex, next)) break;
    if (!paired && (is(lex, next, listed.eponymNoun) || endsName(lex, next))) break;
    last = next;
  }
  return isPossessive(lex, last) ? last + 1 : last;
}

const endsName = (lex: Lexemes, at: number): boolean =>
  kindAt(lex, at).clinical ||
  is(lex, at, listed.chart) ||
  is(lex, at, listed.title) ||
  is(lex, at, listed.month) ||
  (isAcronym(lex, at) && is(lex, at, listed.clinicalAcronym));
