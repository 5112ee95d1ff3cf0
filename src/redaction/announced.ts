import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  is,
  isAllCapitals,
  isCapital,
  isNumber,
  type Lexemes,
  lengthOf,
  startOf,
  wordAt,
} from './lexemes.ts';
import { isInitial, isService } from './name-forms.ts';
import { copula } from './person-context.ts';
import type { PersonType } from './person-match.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

export interface Context {
  readonly type: PersonType;
  readonly rule: string;
  /** The next capitalised words are a name whatever they are. */
  readonly sure: boolean;
}

/** Letters of nurses that stand before the name as a title does: RN Okafor. */
const nurseLetters = markOfWords('rn lpn lvn np cna crna cnm md pa lcsw fnp aprn arnp pharmd psyd lmft');
const cueWords = markOfWords('named name surname alias naam nombre spelled spelt');
const nameWord = markOfWords('name');
/** "my name is", "his name was", "my name's" */
const isNamed = (lex: Lexemes, at: number): boolean =>
  is(lex, at, copula) ||
  wordAt(lex, at) === 'was' ||
  (wordAt(lex, at) === 's' && gapIs(lex, at - 1, gapOf.apostrophe));
const doneBy = markOfWords(`
  signed dictated seen reviewed prescribed ordered treated referred evaluated performed examined cosigned authored
  attended
`);
/** What instruments that are called after somebody do as well. */
const doneByMore = markOfWords(`
  started stopped held accepted requested recorded verified documented entered accompanied assisted interpreted cleared supervised staffed
  anesthesia drawn collected typed transcribed witnessed countersigned scribed delivered back relieved fed raised escorted
  found
`);
/** Whom somebody reached, saw or asked for, and by what name. */
const reachedWords = `
  paged notified texted emailed messaged phoned told asked thanked call notify sees saw seeing trusts
  requests nickname nicknamed
`;
const reached = markOfWords(reachedWords);
const companyWords = 'with w to';
const kinWords = 'of law';
/** The words that `ledTo` knows, so that most are asked once. */
const leading = markOfWords(`by me ${companyWords} ${kinWords} ${reachedWords}`);

export const doer = markOfWords('by');
const company = markOfWords(companyWords);
/** What is done with somebody; of "up" only "follow up". */
const meetings = markOfWords(`
  spoke spoken speak speaking talked talk talking discussed discuss discussing met meet meeting conferred signed handed
  handoff staffed appointment appt d given off married engaged scheduled established lives lived living stays
`);
/** "spoke with", "d/w", "follow up with" */
export const inCompany = (lex: Lexemes, first: number): boolean =>
  is(lex, first - 1, company) && (is(lex, first - 2, meetings) || follows(lex, first - 2));

/** Per Protocol, Father of Medicine, MD Notified: a kind of thing or deed, capitalised. */
export const isKind = (lex: Lexemes, at: number): boolean =>
  is(lex, at, listed.eponymNoun) ||
  is(lex, at, listed.facilityHead) ||
  is(lex, at, listed.genericPlace) ||
  is(lex, at, reached);

/** "follow up", "f/u" */
function follows(lex: Lexemes, at: number): boolean {
  const word = wordAt(lex, at);
  return word === 'up'
    ? wordAt(lex, at - 1).startsWith('follow')
    : word === 'u' && wordAt(lex, at - 1) === 'f';
}

/** "mother of Thuy", "daughter-in-law Thuy" */
const ofKin = (lex: Lexemes, first: number): boolean =>
  is(lex, first - 1, leadsToKin) &&
  (wordAt(lex, first - 1) === 'of' ? is(lex, first - 2, listed.relation) : wordAt(lex, first - 2) === 'in');
const leadsToKin = markOfWords(kinWords);

const [going, oneself, calling] = [markOfWords('go goes went'), markOfWords('me'), markOfWords('call calls')];

/** No instrument that is called after somebody, and no kind of thing. */
const isSomebody = (lex: Lexemes, at: number): boolean => !is(lex, at, listed.eponym) && !isKind(lex, at);

/** "call me STAT", "goes by Tylenol": no name. */
const isOrder = (lex: Lexemes, at: number): boolean =>
  is(lex, at, orders) ||
  is(lex, at, listed.clinicalAcronym) ||
  (is(lex, at, listed.clinical) && !is(lex, at, listed.ordinaryName));

/** "paged by STAT" */
export const orders = markOfWords(
  'stat asap today tomorrow later monday tuesday wednesday thursday friday saturday sunday',
);

const afterShortTitle = new GapPattern(/^\.?[ ]{0,2}$/);
const afterLongTitle = new GapPattern(/^ {1,2}$/);
/** A colon, or the dots of a form: "Ref MD......Ada Roe". */
const afterLabel = new GapPattern(/^(?:['")]{0,2}\s?[:=]\s{0,3}["']?|>|\s?[.\u2026_]{3,60}:?\s{0,2})$/);
const afterCue = new GapPattern(/^[ ,(]{1,2}$/);

/** MS in capitals beside a word that is not: multiple sclerosis. */
const isDisease = (lex: Lexemes, at: number): boolean =>
  wordAt(lex, at) === 'ms' && isAllCapitals(lex, at) && !isAllCapitals(lex, at + 1);

/** "Fr. Anselm", but not "14 Fr. Foley": behind a figure it is the size of a catheter. */
const isFather = (lex: Lexemes, at: number): boolean =>
  lengthOf(lex, at) === 2 && wordAt(lex, at) === 'fr' && isCapital(lex, at) && !isNumber(lex, at - 1);

/** "lives at 12 Tamarack Dr. Gait steady": a street before a word that is none of a name. */
function isDrive(lex: Lexemes, at: number): boolean {
  if (wordAt(lex, at) !== 'dr' || at < 2 || !isCapital(lex, at - 1) || !gapIs(lex, at - 1, gapOf.space))
    return false;
  if (!isNumber(lex, at - 2) && !isNumber(lex, at - 3)) return false;
  const { plain, clinical, given, family } = kindAt(lex, at + 1);
  const other = !isCapital(lex, at + 1) || plain || clinical;
  return other && !given && !family && !is(lex, at - 1, listed.month);
}

/** What a small word or a deed directly before says of a run. */
function ledTo(lex: Lexemes, first: number, spaced: boolean): Context | undefined {
  const at = first - 1;
  if (is(lex, at, doer)) {
    if (is(lex, first - 2, doneBy)) return { type: 'CLINICIAN', rule: 'signature', sure: false };
    if (is(lex, first - 2, doneByMore) && isSomebody(lex, first))
      return { type: 'CLINICIAN', rule: 'signature', sure: false };
  }
  if (!spaced) return undefined;
  if (ofKin(lex, first) && !isKind(lex, first)) return { type: 'RELATIVE', rule: 'relation', sure: false };
  if ((is(lex, at, reached) || inCompany(lex, first)) && isSomebody(lex, first))
    return { type: 'PERSON', rule: 'cue', sure: false };
  // "goes by Wulfric", "call me Ottilie"
  const called = is(lex, at, doer)
    ? is(lex, first - 2, going)
    : is(lex, at, oneself) && is(lex, first - 2, calling);
  return called && !isOrder(lex, first) ? { type: 'PERSON', rule: 'cue', sure: true } : undefined;
}

/** Titles that nothing but a name follows. */
const shortTitles = markOfWords('dr drs mr mrs ms prof miss');

/** What stands before a run and announces a person. */
export function announcedBy(lex: Lexemes, first: number): Context | undefined {
  if (first === 0) return undefined;
  const at = first - 1;
  // Dr. Kaiser is somebody; "paged Kaiser" is not, and Dr. Google is asked by many.
  if (isService(lex, first) && (!is(lex, at, shortTitles) || wordAt(lex, first) === 'google'))
    return undefined;
  // A title in full takes no dot: "Hello doctor. I have pain".
  if (
    (is(lex, at, listed.title) || isFather(lex, at)) &&
    !isDisease(lex, at) &&
    !isDrive(lex, at) &&
    (endOf(lex, at) - startOf(lex, at) < 5 ? afterShortTitle : afterLongTitle).after(lex, at)
  ) {
    return { type: is(lex, at, listed.clinicianTitle) ? 'CLINICIAN' : 'PERSON', rule: 'title', sure: true };
  }
  if (is(lex, at, listed.nameLabel) && afterLabel.after(lex, at)) {
    return { type: is(lex, at, listed.relation) ? 'RELATIVE' : 'PERSON', rule: 'label', sure: true };
  }
  if (is(lex, at, nurseLetters) && isAllCapitals(lex, at) && afterLabel.after(lex, at))
    return { type: 'CLINICIAN', rule: 'label', sure: true };
  const spaced = gapIs(lex, at, gapOf.space);
  if (is(lex, at, listed.relation) && afterCue.after(lex, at))
    return { type: 'RELATIVE', rule: 'relation', sure: spaced };
  if (spaced && is(lex, at, cueWords)) return { type: 'PERSON', rule: 'cue', sure: true };
  if (is(lex, first - 2, nameWord) && isNamed(lex, at)) return { type: 'PERSON', rule: 'cue', sure: true };
  const led = is(lex, at, leading) ? ledTo(lex, first, spaced) : undefined;
  if (led !== undefined) return led;
  if (is(lex, at, nurseLetters) && spaced && isAllCapitals(lex, at) && !isKind(lex, first))
    return { type: 'CLINICIAN', rule: 'title', sure: false };
  if (is(lex, at, listed.nameCue) && afterCue.after(lex, at))
    return { type: 'PERSON', rule: 'cue', sure: false };
  return undefined;
}

/** "Dr. Day", "Mrs. A. Roe": whatever the word is. */
export const surelyTitled = (lex: Lexemes, first: number, context: Context | undefined): boolean =>
  context?.rule === 'title' &&
  is(lex, first - 1, shortTitles) &&
  !isDisease(lex, first - 1) &&
  (wordAt(lex, first - 1) !== 'miss' || isCapital(lex, first - 1)) &&
  (isInitial(lex, first) ||
    (wordAt(lex, first).length > 2 && !is(lex, first, listed.chart) && !is(lex, first, listed.nameCue)));
