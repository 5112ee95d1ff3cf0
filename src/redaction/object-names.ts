import { isKind } from './announced.ts';
import { gapIs, gapOf } from './gaps.ts';
import { type Lexemes, wordAt } from './lexemes.ts';
import { isStrange, lettersAlone, turnsAfter } from './name-shapes.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** What is done to nobody but a person. */
const doneTo = words(`
  anticoagulate intubate extubate vaccinate immunize immunise hospitalize hospitalise diurese resuscitate counsel counseling
  counselling educate reassure console remind inform invite escort congratulate readmit transport transporting tell
`);
/** What is done to other things as well, behind who does it: "can we discharge Imani". */
const doneByUs = words('discharge admit transfer refer examine screen');
const doers = words('we to i you please');

/** What is handed on, and to whom it goes. */
const handed = words(`
  assigned reassigned handover handoff handoffs endorsed delegated forward forwarded forwarding escalated signout
  speak talk listen reply write wrote spoke spoken talked apologize apologized belongs happened visit
`);
/** Who is known by a name. */
const known = words('patient pt him her client resident');

/** "anticoagulate Imani for", "assigned to Imani.", "handover to Imani at": a word of no list where only somebody can stand. */
export const isObject = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at - 1, gapOf.space) &&
  whom(lex, at) &&
  isStrange(lex, at, lettersAlone) &&
  !isKind(lex, at) &&
  reaches(lex, at);

function whom(lex: Lexemes, at: number): boolean {
  const before = wordAt(lex, at - 1);
  if (doneTo.has(before)) return true;
  if (!gapIs(lex, at - 2, gapOf.space)) return false;
  if (doneByUs.has(before)) return doers.has(wordAt(lex, at - 2));
  if (before === 'as') return wordAt(lex, at - 2) === 'known' && known.has(wordAt(lex, at - 3));
  return before === 'to' && handed.has(wordAt(lex, at - 2));
}

const moments = words(
  'tonight today tomorrow now again back yesterday too so if whether because before after',
);
const reaches = (lex: Lexemes, at: number): boolean =>
  turnsAfter(lex, at) || moments.has(wordAt(lex, at + 1));
