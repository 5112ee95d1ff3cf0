import { isKind } from './announced.ts';
import { beginsSentence } from './capital-runs.ts';
import { gapIs, gapOf } from './gaps.ts';
import { endOf, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { lettersAlone, mayBeCalled, thingEnding, turnsAfter } from './name-shapes.ts';
import { kindAt } from './word-kinds.ts';
import { wordSet } from './word-set.ts';

/** What is done to nobody but a person. */
const doneTo = wordSet(`
  anticoagulate intubate extubate vaccinate immunize immunise hospitalize hospitalise diurese resuscitate counsel counseling
  counselling educate reassure console remind inform invite escort congratulate readmit transport transporting tell
`);
/** What is done to other things as well, behind who does it: "can we discharge Imani". */
const doneByUs = wordSet('discharge admit transfer refer examine screen');
const doers = wordSet('we to i you please');

const gives = wordSet('give gave giving offer offered gives');

/** What is handed on, and to whom it goes. */
const handed = wordSet(`
  assigned reassigned handover handoff handoffs endorsed delegated forward forwarded forwarding escalated signout
  speak talk listen reply write wrote spoke spoken talked apologize apologized belongs happened visit
`);
/** Who is known by a name. */
const known = wordSet('patient pt him her client resident');

/** "anticoagulate Imani for", "assigned to Imani.", "handover to Imani at": what only somebody stands behind. */
function whom(lex: Lexemes, at: number): boolean {
  const before = wordAt(lex, at - 1);
  if (doneTo.has(before)) return true;
  // "give Imani ibuprofen"
  if (gives.has(before))
    return kindAt(lex, at + 1).clinical && !isCapital(lex, at + 1) && gapIs(lex, at, gapOf.space);
  if (!gapIs(lex, at - 2, gapOf.space)) return false;
  if (doneByUs.has(before)) return doers.has(wordAt(lex, at - 2));
  if (before === 'as') return wordAt(lex, at - 2) === 'known' && known.has(wordAt(lex, at - 3));
  return before === 'to' && handed.has(wordAt(lex, at - 2));
}

/** Small words that lead to somebody as often as to something. */
const carriers = wordSet(`
  for with by about of between that if when because while after before than what how says said reports reported states stated thinks
  noticed excuse
`);
/** Of what it is, where a thing is of it. */
const amounts = wordSet(`
  dose doses trial trials tablet tablets drop drops course courses use brand version type kind kinds game world bottle history
  half rest name names month year effect effects level levels benefits role copy class area region city state town kingdom land
`);

/** "translate this for Imani:", "between Imani and Zola,": behind a small word, where nothing around has a capital letter. */
const carried = (lex: Lexemes, at: number): boolean =>
  carriers.has(wordAt(lex, at - 1)) &&
  // The circle of Willis is nobody's.
  !kindAt(lex, at).eponym &&
  (!isCapital(lex, at - 1) || beginsSentence(lex, at - 1)) &&
  // "Date of Birth" is a heading.
  !(wordAt(lex, at - 1) === 'of' && (isCapital(lex, at - 2) || amounts.has(wordAt(lex, at - 2)))) &&
  !(isNumber(lex, at + 1) && gapIs(lex, at, gapOf.space)) &&
  !gapIs(lex, at, gapOf.hyphen) &&
  !gapIs(lex, at, gapOf.slash) &&
  !thingEnding.test(wordAt(lex, at)) &&
  isTitled(lex, at);

/** A word of no list where somebody stands as often as something: to whom, for whom or with whom something is. */
export const isObject = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at - 1, gapOf.space) &&
  (whom(lex, at) || carried(lex, at)) &&
  mayBeCalled(lex, at, lettersAlone) &&
  !isKind(lex, at) &&
  reaches(lex, at);

/** One capital and then small letters: no ACEi, and no PCPs. */
const isTitled = (lex: Lexemes, at: number): boolean =>
  !/^\p{Lu}{2}/u.test(lex.view.text.slice(startOf(lex, at), endOf(lex, at)));

const moments = wordSet(
  'tonight today tomorrow now again back yesterday too so if whether because before after are were will would should can takes',
);
const reaches = (lex: Lexemes, at: number): boolean =>
  turnsAfter(lex, at) || gives.has(wordAt(lex, at - 1)) || moments.has(wordAt(lex, at + 1));
