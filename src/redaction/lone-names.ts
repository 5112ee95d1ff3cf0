import type { Context } from './announced.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { endOf, is, isAllCapitals, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

const greetings = markOfWords('hi hello hey dear');
const closings = markOfWords('thanks thank regards sincerely cheers best yours respectfully warmly');
/** Who is greeted without a name, and what closes a letter without one. */
const nobody = markOfWords(`
  team all everyone everybody there doc doctor folks colleagues colleague nurse sir madam mom dad patient provider
  friends parents family staff you dr many kind warm best to whom
`);

/** What only somebody can have done. */
const surely = markOfWords(`
  slept denies denied states stated endorses endorsed complains complained tolerated ambulated verbalized declined
  declines refused refuses ate voided
`);

/** Modals and months that begin sentences. */
const modals = markOfWords('may will can do might august june april march');
const patients = markOfWords('pt patient');
const patientActs = markOfWords('alert is was has reports resting sleeping seen admitted presented presents');

/** One capitalised word that is an everyday word or unknown, where only a name can stand. */
export function loneName(lex: Lexemes, at: number, context: Context | undefined): boolean {
  if (endOf(lex, at) - startOf(lex, at) < 2 || isNumber(lex, at) || isAllCapitals(lex, at)) return false;
  if (is(lex, at, nobody) || is(lex, at, listed.chart) || is(lex, at, listed.title)) return false;
  const kind = kindAt(lex, at);
  if (kind.clinical) return false;
  const usable =
    kind.given || kind.family || is(lex, at, listed.ordinaryName) || (!kind.plain && !kind.closed);
  if (!usable) return false;
  if (context?.rule === 'label') return labelled(lex, at);
  if (is(lex, at, listed.nameLabel) || is(lex, at, listed.relation)) return false;
  return greeted(lex, at) || related(lex, at) || acting(lex, at) || addressed(lex, at);
}

const fields = markOfWords('name surname');
const fieldEnd = new GapPattern(/^(?:$|[;<,"'|\n&)])/);

/** "last_name=Page", "Name: Rice" and the end of the field. */
const labelled = (lex: Lexemes, at: number): boolean => is(lex, at - 1, fields) && fieldEnd.after(lex, at);

const afterGreeted = new GapPattern(/^[,!:]?\n|^[,!] /);
const beforeSigned = new GapPattern(/^,(?: |\n{1,2})$/);
const afterSigned = new GapPattern(/^["'.]?(?:\n|$)|^["']/);

/** "Hi Norm," and "Thanks,\nFaith" on a line of its own. */
function greeted(lex: Lexemes, at: number): boolean {
  if (is(lex, at - 1, greetings)) return gapIs(lex, at - 1, gapOf.space) && afterGreeted.after(lex, at);
  return is(lex, at - 1, closings) && beforeSigned.after(lex, at - 1) && afterSigned.after(lex, at);
}

const opensBracket = new GapPattern(/^ \($/);
const closesPart = new GapPattern(/^[),]/);

/** "Grant (wife)". */
const related = (lex: Lexemes, at: number): boolean =>
  opensBracket.after(lex, at) && is(lex, at + 1, listed.relation) && closesPart.after(lex, at + 1);

const colon = new GapPattern(/^: $/);

/** "Appointment reminder: Declan, you are scheduled". */
const addressed = (lex: Lexemes, at: number): boolean =>
  at > 0 && gapIs(lex, at, gapOf.comma) && wordAt(lex, at + 1) === 'you' && colon.after(lex, at - 1);

/** "Brooks slept well", "Pt Park is". */
function acting(lex: Lexemes, at: number): boolean {
  if (!gapIs(lex, at, gapOf.space) || is(lex, at, modals)) return false;
  if (is(lex, at, listed.facilityHead) || is(lex, at, listed.genericPlace)) return false;
  if (is(lex, at + 1, surely) && !isCapital(lex, at + 1)) return true;
  return is(lex, at - 1, patients) && gapIs(lex, at - 1, gapOf.space) && is(lex, at + 1, patientActs);
}
