import { type Context } from './announced.ts';
import { beginsSentence } from './capital-runs.ts';
import { modals } from './conversation-names.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { is, isAllCapitals, isCapital, isNumber, type Lexemes, lengthOf, wordAt } from './lexemes.ts';
import { isStrange, lettersAlone, turnsAfter } from './name-shapes.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';
import { wordSet } from './word-set.ts';

/** Whose kin somebody is. */
export const possessives = markOfWords('her his their');

const numberOfYears = markOfWords('years yrs');

/** "wife of 67 years, Imani,": kin, and for how long. */
export const longKin = (lex: Lexemes, at: number): boolean =>
  is(lex, at - 1, numberOfYears) &&
  gapIs(lex, at - 1, gapOf.comma) &&
  isNumber(lex, at - 2) &&
  wordAt(lex, at - 3) === 'of' &&
  is(lex, at - 4, listed.relation);

/** "custody of Imani (9)", with how old a child is. */
export const isChild = (lex: Lexemes, at: number): boolean =>
  opensBracket.after(lex, at) &&
  isNumber(lex, at + 1) &&
  lengthOf(lex, at + 1) < 3 &&
  closesPart.after(lex, at + 1) &&
  bringsUp.has(wordAt(lex, at - 2)) &&
  gapIs(lex, at - 1, gapOf.space);
const bringsUp = new Set(
  'custody care mother father mom dad parent parents guardian raising lives kids'.split(' '),
);

const severalKin = markOfWords(
  'kids twins boys girls children sons daughters siblings brothers sisters parents grandchildren',
);
const counts = markOfWords('one two three four five six seven eight nine ten ages aged both all');
/** What kin does for somebody. */
const kinActs = markOfWords(`
  drives assists helps manages accompanies attends provides cooks cares stays visits handles gives sets translates
  interprets reads lives works drove assisted helped
`);

/** "son Forrest (678 …)", "children Wolf and Amara", "Daughter Charity assists": whoever it is has a name there. */
export function kindred(lex: Lexemes, at: number, context: Context | undefined): boolean {
  const kind = kindAt(lex, at);
  const several = is(lex, at - 1, severalKin);
  if (kind.eponym || is(lex, at, counts)) return false;
  if (opensBracket.after(lex, at - 1))
    return context?.rule === 'relation' && kind.given && !is(lex, at, modals) && closesPart.after(lex, at);
  if (!gapIs(lex, at - 1, gapOf.space) && !(several && gapIs(lex, at - 1, gapOf.comma))) return false;
  if (kind.closed && !is(lex, at, listed.ordinaryName)) return false;
  if (!several && !(context?.rule === 'relation' && context.sure)) return false;
  if (is(lex, at + 1, kinActs) && gapIs(lex, at, gapOf.space)) return true;
  const opening =
    !isCapital(lex, at - 1) || (several && beginsSentence(lex, at - 1) && isStrange(lex, at, 3));
  return opening && turnsAfter(lex, at);
}

export const opensBracket = new GapPattern(/^ \($/);
export const closesPart = new GapPattern(/^[),]/);

/** "Ray, her partner"; "(Tamsin, son, 281-503-4694)": who somebody is, behind a comma. */
function isKin(lex: Lexemes, at: number): boolean {
  if (!gapIs(lex, at, gapOf.comma)) return false;
  const { eponym, family, given } = kindAt(lex, at);
  // "In April, her mother died."
  const strange = opensBracket.after(lex, at - 1) && isStrange(lex, at, lettersAlone);
  if (eponym || !(given || family || strange) || is(lex, at, modals)) return false;
  if (is(lex, at + 1, possessives))
    return !strange && is(lex, at + 2, listed.relation) && gapIs(lex, at + 1, gapOf.space);
  return is(lex, at + 1, listed.relation) && opensBracket.after(lex, at - 1) && closesPart.after(lex, at + 1);
}

/** "Grant (wife)". */
export const related = (lex: Lexemes, at: number): boolean =>
  isKin(lex, at) ||
  (opensBracket.after(lex, at) &&
    closesPart.after(lex, at + 1) &&
    (is(lex, at + 1, listed.relation) ||
      (is(lex, at + 1, listed.credential) && isAllCapitals(lex, at + 1) && kindAt(lex, at).family)));

const closesBracket = new GapPattern(/^\)/);
const kinWords = wordSet(
  'siblings children kids twins sons daughters brothers sisters grandchildren sibling household',
);
const childAges = wordSet('mo m yo y yr yrs years months wk wks weeks f');
const sameLine = new GapPattern(/^[^\n.]*$/);
const kinLookback = 24;

const rolls = wordSet(`
  cc present absent attendees attended members participants invited guests residents fellows nurses students staff cast crew
  volunteers interns
`);
const inRoll = new GapPattern(/^(?:, (?:and )?|: | and | & )$/);
const endsPart = new GapPattern(/^(?:,|\.?$|\.?\n|\. | and | & |;)/);
/** "cc: Imani, Zola", "Members present: Imani, Zola and": one of a row of single names behind what they are. */
export function isOneOfRoll(lex: Lexemes, at: number): boolean {
  if (!inRoll.after(lex, at - 1) || !endsPart.after(lex, at) || !isCapital(lex, at)) return false;
  const { clinical, given } = kindAt(lex, at);
  if (clinical || !(given || isStrange(lex, at, lettersAlone))) return false;
  for (let before = at - 1; before >= 0 && before > at - kinLookback; before -= 1) {
    if (gapIs(lex, before, gapOf.colon)) return rolls.has(wordAt(lex, before));
    if (!(inRoll.after(lex, before) || gapIs(lex, before, gapOf.space))) return false;
  }
  return false;
}

/** "Siblings: Imani (8), Zola (3 mo)": with how old they are, behind whose kin they are. */
export function isOneOfKin(lex: Lexemes, at: number): boolean {
  if (!opensBracket.after(lex, at) || !isNumber(lex, at + 1) || lengthOf(lex, at + 1) > 2) return false;
  if (!(closesBracket.after(lex, at + 1) || childAges.has(wordAt(lex, at + 2)))) return false;
  if (kindAt(lex, at).clinical || !(kindAt(lex, at).given || isStrange(lex, at, 3))) return false;
  for (let before = at - 1; before >= 0 && before > at - kinLookback; before -= 1) {
    if (!sameLine.after(lex, before)) return false;
    if (kinWords.has(wordAt(lex, before))) return true;
  }
  return false;
}
