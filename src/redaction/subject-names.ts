import { beginsSentence } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { isCapital, isNumber, type Lexemes, lengthOf, wordAt } from './lexemes.ts';
import { lexicon } from './lexicon.ts';
import { isStrange, lettersAlone, mayBeCalled, thingEnding } from './name-shapes.ts';
import { isAge } from './person-context.ts';
import { kindAt } from './word-kinds.ts';
import { wordSet } from './word-set.ts';

/** What somebody does with what is his or hers, or to her or him. */
const holds = wordSet(`
  needs has had takes took wants lost missed forgot left brought uses used skipped broke injured washed brushed finished
  sees saw carries carried spilled packed got gets hit hurt kicked pushed bit slapped kissed grabbed threw raised turned
`);
const whose = wordSet('his her him me');
const comes = wordSet('came comes arrived arrives returned moved walked ran sat stayed stays goes went');
const alone = wordSet('alone with without');
/** How somebody is, and nothing else is. */
const states = wordSet(`
  afebrile febrile worried anxious pregnant breastfeeding allergic diabetic intubated extubated asleep awake sleeping resting
  eating drinking vomiting crying ambulating tolerating voiding feeling complaining taking asking refusing hungry thirsty
  tearful comfortable uncomfortable nauseous nauseated dizzy tired sleepy agitated confused oriented upset angry scared afraid
  homeless married divorced widowed retired unemployed incontinent bedbound nonverbal deaf blind contagious sick constipated pulling limping fussy crawling talking walking snoring due able unable willing
  unwilling ready hoping planning trying waiting coming going having experiencing struggling doing happy sad depressed
  suicidal interested concerned frustrated hospitalized uninsured here home
`);
/** Of a drug's supply, price and effect as well. */
const thingStates = wordSet('due able ready unable coming going having doing here');
const feels = wordSet('feels felt slept ate drank woke cried vomited walked sleeps eats drinks walks speaks');
/** What somebody goes on doing. */
const goesOn = wordSet('smoke drink complain deny refuse sleep eat feel struggle work live take have ask');
/** What somebody did not do. */
const notDone = wordSet(
  'take come show eat sleep want pick call tell know understand feel drink answer return go',
);
const howMany = wordSet('one two three four another several a an some');

const fallen = wordSet(
  'to by below within under short into overnight precipitously steadily further since after with',
);
/** What things do as well: drugs, tests, organs, insurance. */
const thingDeeds = wordSet(`
  is was are were has had have did does do will would may might can could should must
  helps helped works worked causes caused shows showed reveals revealed reduces reduced increases increased improves improved
  decreases decreased lowers lowered raises raised contains interacts interacted requires required inhibits inhibited blocks
  blocked binds belongs means meant refers includes included covers covered costs remains remained continues continued
  resolves resolved returns returned results resulted suggests suggested confirms confirmed demonstrates demonstrated indicates
  indicated detects detected measures measured predicts predicted uses used treats treated prevents prevented supports
  supported lasts lasted starts started stops stopped ends ended begins began ran grew grows appears appeared looks looked seems
  seemed rose rises dropped drops failed fails leaked leaks clotted drained drains flushed infused alarmed removed placed given
  held done made sent seen found noted ordered obtained performed needed scheduled reviewed discussed planned recommended
  initiated discontinued tapered titrated switched changed added applied cleared approved denied faxed called pending reports
  notes follows follow says recommends recommended became becomes got gets kept keeps went goes came comes gave gives took
  takes led leads left affects affected happens happened occurs occurred persists persisted recurs recurred spreads spread
  ruptured dislodged migrated expired ranges varies depends differs overlaps resembles mimics presents presented involves
  allows enables provides provided acts acted targets outperforms cures hurts burns stings itches swells swelled bleeds bled
  healed heals normalized normalised trended peaked plateaued tested stained turned feels tastes smells sounds plus times
`);
/** Deeds that the lexicon does not spell out. */
const otherDeeds = wordSet(`
  lost identified describes described attended canceled dislikes disliked studies studied hopes emailed googled vaped practised
  hugs prays apologized apologised journaled relapsed overdosed ambulates babbles crawls giggles drools
`);
/** What is asked of things as well. */
const thingAsked = wordSet(`
  be have help work cause show reduce increase improve decrease lower raise contain interact require inhibit block bind belong
  mean refer include cover cost remain continue resolve return result suggest confirm demonstrate indicate detect measure
  predict use treat prevent support last start stop end begin run grow appear look seem rise drop fail leak affect happen occur
  persist recur spread rupture expire range vary depend differ overlap resemble mimic present involve allow enable provide act
  target cure hurt burn sting itch swell bleed heal come go apply need mix change make give get keep count matter expire clear
`);
const otherActions = wordSet(
  'sleep walk talk switch vape smoke drink drive dance swim cry nap pray text email chew',
);
const isAction = (word: string): boolean =>
  otherActions.has(word) || (lexicon().infinitives.has(word) && !thingAsked.has(word));
/** `can't`, `won't`, `doesn't`: what stands before the apostrophe. */
const negated = wordSet('can won doesn didn isn wasn hasn don couldn wouldn');

/** "Imani argued", "Imani can't sleep": a word of no list that opens a sentence, and what only people do. */
function deed(lex: Lexemes, at: number): boolean {
  const word = wordAt(lex, at);
  // "Additionally denied"
  return beginsSentence(lex, at) && !thingEnding.test(word) && !word.endsWith('ally') && doesSo(lex, at);
}

/** Whether a word of no list or the last of a name is said to do what only people do. */
export function doesSo(lex: Lexemes, at: number): boolean {
  const verb = wordAt(lex, at + 1);
  if (negated.has(verb) && wordAt(lex, at + 2) === 't') return isAction(wordAt(lex, at + 3));
  const does = lexicon().deeds.has(verb) || otherDeeds.has(verb);
  return does && !thingDeeds.has(verb) && wordAt(lex, at + 2) !== 'by';
}

const seenBy = wordSet('by and');
const behindHere = new GapPattern(/^[,.!]/);

/** What nobody but a person has, does or is. */
function predicate(lex: Lexemes, at: number): boolean {
  const verb = wordAt(lex, at + 1);
  const next = wordAt(lex, at + 2);
  if (comes.has(verb) && alone.has(next)) return next === 'alone' || whose.has(wordAt(lex, at + 3));
  // "Creat fell to 1.2"
  if (verb === 'fell') return !fallen.has(next) && !isNumber(lex, at + 3) && !isNumber(lex, at + 2);
  if (feels.has(verb)) return true;
  if (verb === 'continues' && next === 'to') return goesOn.has(wordAt(lex, at + 3));
  if (verb === 'did' && next === 'not') return notDone.has(wordAt(lex, at + 3));
  if (verb === 'did') return next === 'well' || next === 'poorly' || next === 'okay' || next === 'fine';
  if ((verb === 'is' || verb === 'was') && next === 'seen') return seenBy.has(wordAt(lex, at + 3));
  if (verb === 'is' || verb === 'was') return states.has(next) && !thingStates.has(next);
  if (verb === 'here') return behindHere.after(lex, at + 1) && beginsSentence(lex, at);
  if (verb === 'had' && howMany.has(next)) return true;
  if ((verb === 'has' || verb === 'had') && next === 'been') return states.has(wordAt(lex, at + 3));
  return holds.has(verb) && whose.has(next);
}

/** "Imani needs his inhaler", "Imani came with her aunt", "Imani is worried". */
export const isSubject = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at, gapOf.space) &&
  (gapIs(lex, at + 1, gapOf.space) ||
    gapIs(lex, at + 1, gapOf.apostrophe) ||
    wordAt(lex, at + 1) === 'here') &&
  !isCapital(lex, at + 1) &&
  (predicate(lex, at) || (lengthOf(lex, at) >= lettersAlone && deed(lex, at))) &&
  mayBeCalled(lex, at, 3);

const asks = wordSet('is was are has did does should can could will would');
/** What a question asks of somebody, by the verb that opens it. */
const askedOf: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['is', states],
  ['was', states],
  ['has', wordSet('had taken seen eaten slept fallen called')],
  [
    'did',
    wordSet(
      'pick fill see miss call bring show complete finish refuse fall sleep eat vomit sign understand agree take stop',
    ),
  ],
  [
    'does',
    wordSet(
      'still smoke drink live understand speak feel remember know want need qualify eat sleep walk take',
    ),
  ],
  ['should', wordSet('still see call fast eat drink avoid come')],
  ['can', wordSet('still eat drink swallow walk come go shower swim see have')],
]);
const modalOf = wordSet('does did should can could will would');
const gotten = wordSet('the a an her his vaccinated tested enough any');
const endsQuestion = new GapPattern(/^\?/);

/** "Is Imani allergic to", "did Imani pick up", "what meds is Imani on?": a word of no list of which only somebody is asked that. */
export function isAskedOf(lex: Lexemes, at: number): boolean {
  const opening = wordAt(lex, at - 1);
  if (!asks.has(opening) || !gapIs(lex, at - 1, gapOf.space) || !gapIs(lex, at, gapOf.space)) return false;
  if (isCapital(lex, at + 1) || !mayBeCalled(lex, at, lettersAlone)) return false;
  const next = wordAt(lex, at + 1);
  // "Can Imani and Zola share"
  if (next === 'and' && gapIs(lex, at + 1, gapOf.space) && isStrange(lex, at + 2, lettersAlone))
    return isCapital(lex, at + 2) && gapIs(lex, at + 2, gapOf.space) && !isCapital(lex, at + 3);
  if (next === 'a') return opening === 'is' && wordAt(lex, at + 2) === 'candidate';
  if (next === 'due' || next === 'taking') return opening === 'is';
  if (next === 'on')
    return opening === 'is' && (endsQuestion.after(lex, at + 1) || kindAt(lex, at + 2).clinical);
  if (next === 'last' || next === 'ever') return opening === 'did' || opening === 'has';
  if (next === 'get' && opening !== 'is') return gotten.has(wordAt(lex, at + 2));
  const said =
    (askedOf.get(opening)?.has(next) === true && !thingStates.has(next)) ||
    (modalOf.has(opening) && isAction(next));
  return (
    said &&
    (opening !== 'is' || beginsSentence(lex, at - 1) || isCapital(lex, at - 1) || kindAt(lex, at - 2).closed)
  );
}

const articles = wordSet('a an');
const old = wordSet('old yo y');
const people = wordSet('boy girl man woman male female child infant teen teenager lady gentleman');

/** "Imani, a 6-year-old with", "Imani, an 8 yo girl": who somebody is, behind a comma. */
export const isSomebodyAged = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at, gapOf.comma) &&
  articles.has(wordAt(lex, at + 1)) &&
  isNumber(lex, at + 2) &&
  isAge(lex, at + 2) &&
  (old.has(wordAt(lex, at + 3)) || old.has(wordAt(lex, at + 4)) || people.has(wordAt(lex, at + 4)));
