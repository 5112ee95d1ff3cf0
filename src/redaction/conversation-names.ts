import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { is, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { isStrange, lettersAlone } from './name-shapes.ts';
import { saysThis } from './person-context.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { wordSet } from './word-set.ts';

/** One word where people speak and write to each other: who is greeted, asked or addressed, who signs and who speaks. */
export const inConversation = (lex: Lexemes, at: number): boolean =>
  asked(lex, at) ||
  vocative(lex, at) ||
  signsOff(lex, at) ||
  greeted(lex, at) ||
  addressed(lex, at) ||
  talking(lex, at) ||
  inDialogue(lex, at) ||
  presents(lex, at);

/** Modals and months that begin sentences. */
export const modals = markOfWords('may will can do might august june april march');
export const askers = markOfWords('should can could may would must will');

const addressees = markOfWords('you your');
const endsQuestion = new GapPattern(/^\?/);
const endsSentence = new GapPattern(/^[.!]?(?:$|\n)|^[.!?] /);

/** "How are you today, Imani?": who is asked. */
function vocative(lex: Lexemes, at: number): boolean {
  if (!gapIs(lex, at - 1, gapOf.comma) || isCapital(lex, at - 1)) return false;
  const strange = endsSentence.after(lex, at) && isStrange(lex, at, lettersAlone);
  if (!strange && !endsQuestion.after(lex, at)) return false;
  for (let before = at - 2; before > at - 9 && before >= 0; before -= 1)
    if (is(lex, before, addressees)) return strange || kindAt(lex, at).given;
    else if (strange && wordAt(lex, before) === 'sorry') return true;
  return false;
}

const doings = markOfWords(`
  take have get start stop continue drink eat fly travel use receive resume switch come restart skip go return undergo
  tolerate drive exercise
`);

/** "Can Grace take", "should Joy stop": a given name between a modal and what only somebody does. */
const asked = (lex: Lexemes, at: number): boolean =>
  kindAt(lex, at).given &&
  is(lex, at - 1, askers) &&
  gapIs(lex, at - 1, gapOf.space) &&
  gapIs(lex, at, gapOf.space) &&
  is(lex, at + 1, doings) &&
  !is(lex, at, modals);

const dash = new GapPattern(/\n {0,2}(?:-{1,2}|[~\u2013\u2014]) ?$/);
const dashed = new GapPattern(/^ -{1,2} $/);
const sentenceBefore = new GapPattern(/^["')]{0,2}[.!?,]/);
const item = /^\s{0,4}[-*\u2022]/;

/** "- Imani" as the last line, after a sentence or a closing; after an item of a list it is one more item. */
function signsOff(lex: Lexemes, at: number): boolean {
  if (at !== lex.count - 1) return false;
  const { given } = kindAt(lex, at);
  if (at === 0) return given && /^\s{0,4}-{1,2} ?$/.test(lex.view.lower.slice(0, startOf(lex, at)));
  // "text me at 612-555-0188 - Imani"
  if (given && isNumber(lex, at - 1) && dashed.after(lex, at - 1)) return true;
  if (!(given || isStrange(lex, at, lettersAlone)) || !dash.after(lex, at - 1)) return false;
  if (!sentenceBefore.after(lex, at - 1) && !is(lex, at - 1, closings)) return false;
  const line = lex.view.lower.lastIndexOf('\n', startOf(lex, at - 1)) + 1;
  return !item.test(lex.view.lower.slice(line, line + 8));
}

const greetings = markOfWords(
  'hi hello hey dear morning afternoon evening yes ok okay well sure alright bye goodbye welcome birthday congratulations congrats',
);
const thanked = markOfWords('thanks thx ty cheers');
const closings = markOfWords(
  'love xo xoxo hugs thanks thank regards sincerely cheers best yours respectfully warmly thx ty',
);
const thanking = markOfWords('thank');
const afterGreeted = new GapPattern(/^[,!:]?\n|^[,!](?: |$)/);
const afterThanked = new GapPattern(/^[.!]?(?:\n|$)|^[,.!] /);
const beforeSigned = new GapPattern(/^,(?: |\n{1,2})$/);
/** Without a comma only a line of its own says so. */
const lineBefore = new GapPattern(/^[.!]?[ ]?\n{1,2}$/);
const endsLine = new GapPattern(/^(?:\.?\n|\.?$)/);
const afterSigned = new GapPattern(/^["'.]?(?:\n|$)|^["']/);

/** "Hi Norm," and "Thanks,\nFaith" on a line of its own. */
function greeted(lex: Lexemes, at: number): boolean {
  if (is(lex, at - 2, thanking) && wordAt(lex, at - 1) === 'you')
    return beforeSigned.after(lex, at - 1) && afterSigned.after(lex, at);
  if (is(lex, at - 1, greetings))
    return gapIs(lex, at - 1, gapOf.space) && (afterGreeted.after(lex, at) || asksYou(lex, at));
  if (is(lex, at - 1, thanked) && gapIs(lex, at - 1, gapOf.space)) return afterThanked.after(lex, at);
  // "Are you Grace?"; of a word of no list it can be a faith.
  if (endsQuestion.after(lex, at) && wordAt(lex, at - 1) === 'you' && wordAt(lex, at - 2) === 'are')
    return kindAt(lex, at).given;
  if (isThanked(lex, at)) return true;
  if (!is(lex, at - 1, closings)) return false;
  return beforeSigned.after(lex, at - 1)
    ? afterSigned.after(lex, at)
    : lineBefore.after(lex, at - 1) && endsLine.after(lex, at);
}

const muchOf = new Set('much lot advance again kindly'.split(' '));

/** "Thanks so much, Imani", "thank you in advance,\nImani" at the end. */
function isThanked(lex: Lexemes, at: number): boolean {
  if (!muchOf.has(wordAt(lex, at - 1)) || !beforeSigned.after(lex, at - 1) || !endsLine.after(lex, at))
    return false;
  for (let before = at - 2; before > at - 6 && before >= 0; before -= 1)
    if (is(lex, before, thanked) || is(lex, before, thanking)) return true;
  return false;
}

/** "Hey Imani can you" */
const asksYou = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at, gapOf.space) && is(lex, at + 1, askers) && wordAt(lex, at + 2) === 'you';

const afterThis = new GapPattern(/^(?:[.,!?]|$| \()/);
const onwards = markOfWords('calling from speaking again with her his the and returning');

const speaking = new Set(['from', 'calling']);
const pronoun = markOfWords('it');
/** Without an apostrophe, as people text: "its Imani from". */
const introducing = markOfWords('its im');

/** "Hello, this is Kaylee.", "this is Ford calling": who calls says the name. */
function presents(lex: Lexemes, at: number): boolean {
  if (is(lex, at - 1, introducing) && gapIs(lex, at - 1, gapOf.space) && is(lex, at + 1, onwards))
    return kindAt(lex, at).given || isStrange(lex, at, lettersAlone);
  // "I'm Imani, her daughter"
  if (wordAt(lex, at - 1) === 'm' && wordAt(lex, at - 2) === 'i' && gapIs(lex, at - 1, gapOf.space))
    return (
      gapIs(lex, at - 2, gapOf.apostrophe) &&
      (gapIs(lex, at, gapOf.comma) || afterThis.after(lex, at)) &&
      (kindAt(lex, at).given || isStrange(lex, at, lettersAlone))
    );
  const short =
    is(lex, at - 2, pronoun) &&
    wordAt(lex, at - 1) === 's' &&
    (kindAt(lex, at).given || (isStrange(lex, at, lettersAlone) && speaking.has(wordAt(lex, at + 1))));
  if (!short && !saysThis(lex, at - 2)) return false;
  if (kindAt(lex, at).eponym || !gapIs(lex, at - 1, gapOf.space)) return false;
  return afterThis.after(lex, at) || is(lex, at + 1, onwards);
}

const colon = new GapPattern(/^: $/);

/** "Appointment reminder: Declan, you are scheduled". */
const addressed = (lex: Lexemes, at: number): boolean =>
  at > 0 &&
  gapIs(lex, at, gapOf.comma) &&
  colon.after(lex, at - 1) &&
  (wordAt(lex, at + 1) === 'you' || (wordAt(lex, at + 1) === 'your' && is(lex, at + 2, meant)));
/** What of somebody's a message is about; of a drug's it is a refill. */
const meant = markOfWords('appt appointment visit results labs provider doctor');

const desks = new Set('billing registration scheduling admissions reception housekeeping records'.split(' '));
const openedTime = new GapPattern(/^\] ?$/);

/** "Imani and I", "Agent Imani speaking", "Imani in billing", "[10:02] Imani: ok", "named her Imani" */
function talking(lex: Lexemes, at: number): boolean {
  const told = isNumber(lex, at - 1) || is(lex, at - 1, somebody) || is(lex, at + 1, talked);
  if (!told || is(lex, at, modals)) return false;
  if (!(kindAt(lex, at).given || isStrange(lex, at, lettersAlone))) return false;
  if (isNumber(lex, at - 1) && openedTime.after(lex, at - 1)) return colon.after(lex, at);
  if (!gapIs(lex, at, gapOf.space)) return is(lex, at - 1, somebody) && naming.has(wordAt(lex, at - 2));
  const next = wordAt(lex, at + 1);
  if (next === 'speaking') return true;
  if (next === 'and') return wordAt(lex, at + 2) === 'i' && gapIs(lex, at + 2, gapOf.space);
  if (next === 'in' || next === 'from' || next === 'at') return desks.has(wordAt(lex, at + 2));
  return is(lex, at - 1, somebody) && naming.has(wordAt(lex, at - 2));
}
const somebody = markOfWords('her him them');
const talked = markOfWords('speaking and in from at');
const naming = new Set('named called call'.split(' '));

const breaksLine = new GapPattern(/\n/);
const roles = wordSet(`
  nurse rn np pa md dr doctor provider physician clinician therapist counselor counsellor interviewer interpreter operator agent
  staff caller patient pt client mom mother dad father wife husband daughter son me
`);
/** How what somebody says begins, and no finding does. */
const speech = wordSet(`
  i im yes yeah yep no nope nah ok okay sure hi hello hey thanks thank sorry well um uh oh my me we it its he she they you just
  maybe what when where how why who is are can could do did does should would will
`);
/** What a list of findings says as well, where no comma follows: "Hematuria: no". */
const findings = wordSet('yes no is are does');
/** Words of a line before it is too long to be one of a dialogue. */
const longestLine = 60;

/** Whether a line of a dialogue begins at a lexeme: `Nurse: any fever?`, `Imani: no, just chills`. */
const opensTurn = (lex: Lexemes, at: number): boolean =>
  colon.after(lex, at) && (at === 0 || breaksLine.after(lex, at - 1));
const saysSo = (lex: Lexemes, at: number): boolean =>
  speech.has(wordAt(lex, at + 1)) && (!findings.has(wordAt(lex, at + 1)) || gapIs(lex, at + 1, gapOf.comma));
const isTurn = (lex: Lexemes, at: number): boolean =>
  opensTurn(lex, at) && (roles.has(wordAt(lex, at)) || saysSo(lex, at));

/** "Nurse: any fever?\nImani: no, just chills": who says something, before or behind a line that somebody says. */
function inDialogue(lex: Lexemes, at: number): boolean {
  if (!opensTurn(lex, at) || !saysSo(lex, at) || is(lex, at, modals)) return false;
  const { eponym, given } = kindAt(lex, at);
  if (eponym || !(given || isStrange(lex, at, lettersAlone))) return false;
  let before = at - 1;
  while (before > 0 && at - before < longestLine && !breaksLine.after(lex, before - 1)) before -= 1;
  if (at > 0 && isTurn(lex, before)) return true;
  let behind = at + 1;
  while (behind < lex.count && behind - at < longestLine && !breaksLine.after(lex, behind - 1)) behind += 1;
  return behind < lex.count && isTurn(lex, behind);
}
