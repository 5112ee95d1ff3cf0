import { type Context, isKind, surelyTitled } from './announced.ts';
import { beginsSentence, isAcronym, isMeasure, isTermLetter } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  is,
  isAllCapitals,
  isCapital,
  isListed,
  isNumber,
  type Lexemes,
  lengthOf,
  wordAt,
} from './lexemes.ts';
import {
  allCapitalLine,
  bedName,
  beginsWithDot,
  canName,
  capitalsWithComma,
  closingName,
  commaName,
  headsMixed,
  initials,
  isInitial,
  ordinaryFamily,
  reports,
  rowName,
  signed,
  unknown,
} from './name-forms.ts';
import { namesDisease } from './name-runs.ts';
import { isGaelic, isShortFamily, isStrange } from './name-shapes.ts';
import { isSigned } from './no-names.ts';
import { acts, isAge, speaks } from './person-context.ts';
import { type PersonType } from './person-match.ts';
import { namesScale } from './scales.ts';
import { areSyllables } from './syllables.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/** MIN-JUN: the given name behind the comma goes on. */
const syllables = (lex: Lexemes, last: number): number =>
  gapIs(lex, last, gapOf.hyphen) && isAllCapitals(lex, last) && isAllCapitals(lex, last + 1)
    ? last + 1
    : last;

/** "Physician: ROE, A": behind a label a word of no list in capitals, and an initial. */
const labelledInitial = (lex: Lexemes, first: number, end: number): boolean =>
  end === first &&
  isAllCapitals(lex, first) &&
  isStrange(lex, first, 4) &&
  gapIs(lex, first, gapOf.comma) &&
  isInitial(lex, end + 1);

const [saints, sister] = [markOfWords('sister st'), markOfWords('sister')];
const dotted = new GapPattern(/^\.\s?$/);

/** The last word of a name, and what says that it is one. */
export interface Judged {
  readonly last: number;
  readonly rule: string;
  /** Where the rule itself says what they are. */
  readonly type: PersonType | undefined;
}

const judged = (last: number, rule: string, type?: PersonType): Judged => ({ last, rule, type });

export function judge(
  lex: Lexemes,
  first: number,
  end: number,
  context: Context | undefined,
): Judged | undefined {
  if (areSyllables(lex, first)) return judged(Math.max(end, first + 1), 'given');
  const kind = kindAt(lex, first);
  if (end === first && isMeasured(lex, first)) return undefined;
  const length = lengthOf(lex, first);
  const titled = surelyTitled(lex, first, context);
  const lettered = isInitial(lex, first) && beginsWithDot.after(lex, first);
  if (!titled && !lettered && !canName(lex, first) && !(context?.sure === true && !kind.closed))
    return undefined;
  if (
    bedName(lex, first, end) ||
    headsMixed(lex, first, end, context?.rule === 'label') ||
    capitalsWithComma(lex, first, end)
  )
    return judged(syllables(lex, end + 1), 'inverted');
  if (context?.rule === 'label' && labelledInitial(lex, first, end)) return judged(end + 1, 'inverted');
  if (isGaelic(lex, first) && !kind.eponym) {
    const last = lengthOf(lex, first) === 1 ? Math.max(end, first + 1) : end;
    if (!namesScale(lex, last, false)) return judged(last, 'family');
  }
  // "Attending: Le Roe"
  if (
    context?.rule === 'label' &&
    end === first + 1 &&
    is(lex, first, listed.particle) &&
    isStrange(lex, end, 3)
  )
    return judged(end, 'label');
  const shouting = isAcronym(lex, first) && !allCapitalLine(lex, first) && end === first;
  if (shouting && context?.sure !== true) return undefined;
  if (context?.sure !== true && is(lex, first, listed.clinicalAcronym) && isAllCapitals(lex, first))
    return undefined;
  // "Subject: RE: ..."
  if (context?.rule === 'label' && is(lex, first, listed.chart)) return undefined;
  const isName = kind.given || kind.family;
  const generic = is(lex, first, listed.genericPlace);
  if (commaName(lex, first, end)) return judged(syllables(lex, end + 1), 'inverted');
  if (end === first && rowName(lex, first)) return judged(first + 1, 'inverted');
  if (titled && !isAcronym(lex, first)) return judged(closingName(lex, end), 'title');
  const disease = namesDisease(lex, { first, last: end });
  if (context === undefined && namesMethod(lex, first, end)) return undefined;
  // May-Thurner syndrome: two names that one hyphen joins have given it theirs.
  if (disease && gapIs(lex, first, gapOf.hyphen) && context?.sure !== true) return undefined;
  const saint = is(lex, first - 1, saints) || is(lex, first - 2, sister);
  if (disease && (kind.eponym || saint)) return undefined;
  if (kind.eponym && gapIs(lex, first, gapOf.hyphen) && kindAt(lex, first + 1).eponym) return undefined;
  if (speaks(lex, first) && !kind.closed && !is(lex, first, listed.nameLabel)) return judged(end, 'speaker');
  if (context?.rule === 'label' && end === first && saysSentence(lex, first)) return undefined;
  if (
    context?.sure === true &&
    (isInitial(lex, first) || (!generic && (isName || !kind.plain || context.rule === 'title')))
  ) {
    return judged(end, context.rule);
  }
  if (disease && !kind.given) return undefined;
  // Maria G., Anna Smith, Grace Lee
  if (end > first) {
    let next = gapIs(lex, first, gapOf.hyphen) && end > first + 1 ? first + 2 : first + 1;
    while (next < end && isJoint(lex, first, next)) next += 1;
    const following = kindAt(lex, next);
    // Weber B, Clark I: a class. Weber B Roe goes on.
    const classed = kind.eponym && end === next && !beginsWithDot.after(lex, next);
    const initial =
      isInitial(lex, next) &&
      !classed &&
      !isTermLetter(lex, next) &&
      (beginsWithDot.after(lex, next) || end > next || !gapIs(lex, next, gapOf.space));
    const strongFirst = kind.given && !kind.plain;
    const plainFamily = ordinaryFamily(lex, next) && is(lex, next, listed.ordinaryName);
    const modal = kind.plain && beginsSentence(lex, first) && is(lex, first, personModal);
    if (
      kind.given &&
      !modal &&
      !(kind.plain && is(lex, next, listed.eponymNoun)) &&
      (context?.sure === true || !namesScale(lex, end, false)) &&
      (initial || following.family || !following.plain || following.given || plainFamily)
    )
      return judged(end, 'given');
    if (strongFirst && (context?.sure === true || !namesScale(lex, end, false))) {
      const family = !following.plain || ordinaryFamily(lex, next) || isShortFamily(lex, next);
      return judged(family ? end : first, 'given');
    }
    if (kind.family && !kind.plain && (initial || following.given)) return judged(end, 'family');
    if (initial && !kind.plain && length > 2 && (!kind.eponym || kind.given || kind.family))
      return judged(end, 'initial');
    if (
      initial &&
      !kind.closed &&
      !beginsSentence(lex, first) &&
      beginsWithDot.after(lex, next) &&
      length > 2
    )
      return judged(end, 'initial');
    if (following.family && !following.plain && !kind.plain && !following.eponym)
      return judged(end, 'family');
    if (
      isInitial(lex, first) &&
      wordAt(lex, end).length > 2 &&
      dotted.after(lex, first) &&
      !kindAt(lex, end).plain
    )
      return judged(end, 'initials');
    if (unknown(lex, first, end) && !namesScale(lex, end, false))
      return judged(end, context === undefined ? 'unknown' : context.rule);
  }
  if (signed(lex, end) && !kind.closed && !generic && length > 1 && !kind.plain && !isKind(lex, first))
    return judged(end, 'signature', 'CLINICIAN');
  // L. Tan RN
  if (end === first + 1 && isInitial(lex, first) && dotted.after(lex, first) && signed(lex, end))
    return judged(end, 'signature', 'CLINICIAN');
  if (isInitial(lex, first)) return initials(lex, first, end, context) ? judged(end, 'initials') : undefined;
  if (context === undefined && is(lex, first + 1, gradings) && gapIs(lex, first, gapOf.space))
    return undefined;
  if (context === undefined && end === first && namesTrial(lex, first)) return undefined;
  if (kind.given && !kind.plain && !kind.place && !kind.eponym) return judged(first, 'given');
  if (context !== undefined && !context.sure && end === first && isSigned(lex, first)) return undefined;
  if (
    context !== undefined &&
    !kind.plain &&
    !isAcronym(lex, first) &&
    !generic &&
    (isName || !isTerm(lex, first))
  )
    return judged(end, context.rule);
  if (kind.given && kind.plain && is(lex, first + 1, listed.personVerb)) return judged(first, 'verb');
  if (reports(lex, first, end)) return judged(end, 'verb');
  if (kind.family && !kind.plain && !kind.eponym && (!beginsSentence(lex, first) || isSubject(lex, first)))
    return judged(first, 'family');
  return undefined;
}

/** "User: Management of a patient": what is said begins, and no name. */
const saysSentence = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at, gapOf.space) &&
  !isCapital(lex, at + 1) &&
  // "Patient: I feel sick."
  (wordAt(lex, at) === 'i' || (!isListed(lex, at) && saysOfThing(lex, at)));

const saysOfThing = (lex: Lexemes, at: number): boolean =>
  (saysThing.test(wordAt(lex, at)) || (mayName.test(wordAt(lex, at)) && ofThing.has(wordAt(lex, at + 1)))) &&
  !is(lex, at + 1, acts);
const saysThing = /(?:ments?|tions?|sions?|ances|ences)$/;
/** Cadence, Felicity and Marcial are names. */
const mayName = /(?:ness|ity|cy|ance|ence|ic|al)$/;
const ofThing = new Set(
  'of to versus vs after during against between options treatment dosing management risk'.split(' '),
);

const heading = new GapPattern(/^: /);

/** "Roe will go", "Roe: afebrile": a listed family name at the beginning of a sentence. */
const isSubject = (lex: Lexemes, at: number): boolean =>
  heading.after(lex, at) || (gapIs(lex, at, gapOf.space) && is(lex, at + 1, acts));

/** "Worker Compensation": no name ends so, of none that a list holds. */
const isTerm = (lex: Lexemes, at: number): boolean => abstract.test(wordAt(lex, at));
const abstract = /.{3}(?:tion|sion|ism|ology)$/;

/** Nouns that make what is done or found of any name before them. */
const methods = markOfWords(`
  procedure operation protocol maneuver manoeuvre criteria classification syndrome disease palsy phenomenon
  paralysis triad sarcoma hump
`);

/** "the OPHELIA trial": a study goes by capitals, of a line that has small letters besides. */
const namesTrial = (lex: Lexemes, at: number): boolean =>
  isAllCapitals(lex, at) &&
  gapIs(lex, at, gapOf.space) &&
  trials.has(wordAt(lex, at + 1)) &&
  !isCapital(lex, at + 1);
const trials = new Set('trial trials study regimen'.split(' '));

/** Sydney classification: what nobody does or has. */
const gradings = markOfWords(
  'classification criteria score scores scale index staging nomogram questionnaire',
);

/** What nobody says of a patient by the given name alone, in small letters too. */
const smallMethods = new Set(
  'syndrome palsy paralysis phenomenon maneuver manoeuvre classification criteria triad sarcoma hump'.split(
    ' ',
  ),
);

/** Bruce Protocol, the Ross procedure. */
const namesMethod = (lex: Lexemes, first: number, end: number): boolean =>
  end === first
    ? is(lex, first + 1, methods) &&
      (isCapital(lex, first + 1) ||
        is(lex, first, listed.eponym) ||
        smallMethods.has(wordAt(lex, first + 1))) &&
      gapIs(lex, first, gapOf.space)
    : end === first + 1 && is(lex, end, methods) && isCapital(lex, end) && gapIs(lex, first, gapOf.space);

/** van der Berg, VAN DER BERG: a small word between the words of a name. */
const isJoint = (lex: Lexemes, first: number, at: number): boolean =>
  is(lex, at, listed.particle) && (!isCapital(lex, at) || isAllCapitals(lex, first));

/** What has its figure behind it after any title: "12 Elm Dr. TSH 2.1", "Dr. K 4.1". */
const isMeasured = (lex: Lexemes, at: number): boolean =>
  isMeasure(lex, at) ||
  (isNumber(lex, at + 1) &&
    !isAge(lex, at + 1) &&
    gapIs(lex, at, gapOf.space) &&
    (isInitial(lex, at) || (isAllCapitals(lex, at) && is(lex, at, listed.clinicalAcronym))));

/** Months and modals that begin sentences more often than names do. */
export const personModal = markOfWords(`
  may will mark august june april grant bill can do does did is was are were has have had should would could might
  any best
`);
