import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  is,
  isAllCapitals,
  isCapital,
  isDigit,
  isNumber,
  type Lexemes,
  lengthOf,
  startOf,
  wordAt,
} from './lexemes.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/** Words after which somebody is named, with or without a comma: "60-year-old male, ", "patients like ". */
const describers = markOfWords(`
  male female man woman boy girl child infant baby newborn toddler teen teenager adolescent adult lady gentleman
  veteran patient patients pt pts client m f yo old resident widow widower named namely specifically hello hi dear regards sincerely respectfully thanks
`);

/** Words that name somebody without a comma. */
const likeners = markOfWords('like named');

/** Labels of letters and charts, which also stand before what is no name. */
const lineLabels = markOfWords(
  'address re to from attn attention cc by for hpi subjective assessment summary note consult consults roster crew attendees contacts primary secondary tertiary backup alternate call account',
);

/** What follows the name of a patient in a sentence. */
const sequels = markOfWords(`
  who whose whom aged age admitted seen treated diagnosed evaluated assessed presenting presents presented from
  recently last undergoing resident residing living referred born dob mrn ssn currently previously hospitalized
  discharged transferred scheduled followed managed found you your prescribed accompanied identified noted documented examined
`);

/** Where somebody lies, before its number: ", bed 9", "in room 12". */
const wardPlaces = markOfWords('bed room rm bay cubicle chair');
const patientWords = markOfWords('pt patient patients client');

/** c/o, h/o, s/p, p/w, f/u behind a name; looked at where a single letter stands there. */
const shorthand = new Set(['c/o', 'h/o', 's/p', 'p/w', 'f/u']);
const saysWhatFor = (lex: Lexemes, at: number): boolean =>
  endOf(lex, at) - startOf(lex, at) === 1 &&
  gapIs(lex, at, gapOf.slash) &&
  shorthand.has(lex.view.lower.slice(startOf(lex, at), startOf(lex, at) + 3));

/** A listed name that is none of a disease: not "Guillain Barre p/w", "Iron Sucrose, 10000". */
function isOwnName(lex: Lexemes, at: number): boolean {
  const { clinical, eponym, family, given } = kindAt(lex, at);
  return (given || family) && !clinical && !eponym && !is(lex, at - 1, listed.eponym);
}

const inWard = (lex: Lexemes, at: number): boolean => is(lex, at, wardPlaces) && isNumber(lex, at + 1);

/** Number of a record: 0786026, G2879959. */
const isCode = (lex: Lexemes, at: number): boolean =>
  isNumber(lex, at)
    ? endOf(lex, at) - startOf(lex, at) > 4
    : isAllCapitals(lex, at) && isNumber(lex, at + 1) && endOf(lex, at + 1) - startOf(lex, at + 1) > 4;

/** "Ada Roe, attending at", "Ada Roe, social worker": small, what somebody is at work. */
const isRole = (lex: Lexemes, at: number): boolean =>
  !isCapital(lex, at) &&
  (is(lex, at, listed.nameCue) || is(lex, at, listed.nameLabel)) &&
  !is(lex, at, patientWords);

/** What stands in brackets or in a column after a name. */
const labels = markOfWords(
  'mrn dob ssn id npi pt patient phone email contact age aged sex insurance account tel member',
);

/** What belongs to a patient. */
const belongings = markOfWords(`
  mrn dob ssn chart record records care case notes file insurance phone email history labs family pcp birthday home
  address appointment visit medications meds results symptoms condition diagnosis treatment plan room bed
`);

/** What follows a possessive: anything but what makes a term or a place of it. */
export function belongs(lex: Lexemes, what: number, whose: number): boolean {
  if (is(lex, what, belongings) || is(lex, what, listed.relation)) return true;
  if (what >= lex.count || is(lex, whose, listed.eponym)) return false;
  return !is(lex, what, listed.eponymNoun) && !is(lex, what, listed.facilityHead);
}

/** What somebody is said to do or to be directly after the name. */
export const acts = markOfWords(`
  is was has have had will would did does needs needed takes took wants wanted missed weighs weighed came went feels felt
  developed started stopped got gets became underwent returned arrived passed died fell lost gained began asked
  brought left saw told arrives comes goes rm gave received met spoke visited interpreted translated assisted volunteered returns follows calling weighing refuses refused remains continues continued
`);

const describing = new GapPattern(/^[,!]? $|^,\n{1,2}$/);
const shortened = new GapPattern(/^\. $/);
const colon = new GapPattern(/^: $/);
const labelling = new GapPattern(/^:\s{1,2}$/);
const leadingTo = markOfWords('with by from to of');
/** What is done with, by or from somebody. */
const meetings = markOfWords(`
  met meet spoke spoken talked discussed reviewed signed out seen examined evaluated dictated ordered requested printed
  performed submitted reported message call letter email referral referred consult consulted note prescribed entered
  documented verified recorded obtained collected authored cosigned interpreted read accompanied assisted
`);
/** What is somebody's, and from or for whom it is. */
const papers = markOfWords('list specimen specimens sample samples');
const papersOf = markOfWords('for from of');
/** Whose place somebody takes. */
const standing = markOfWords('covering cover covers subbing');
const dayTimes = markOfWords('morning afternoon evening');

export const copula = markOfWords('is');
const pointer = markOfWords('this');

/** "this is Mary Roe", "is this Mary Roe?": what the first of two words begins. */
export const saysThis = (lex: Lexemes, at: number): boolean =>
  (is(lex, at, pointer) && is(lex, at + 1, copula)) || (is(lex, at, copula) && is(lex, at + 1, pointer));

/** Whether what stands before says that somebody is named. */
export function describedBefore(lex: Lexemes, first: number): boolean {
  if (first === 0) return false;
  const at = first - 1;
  if (is(lex, at, describers)) {
    if (wordAt(lex, at) === 'pt' && shortened.after(lex, at)) return true;
    const small = endOf(lex, at) - startOf(lex, at) === 1 && !isCapital(lex, at);
    return !small && (describing.after(lex, at) || (is(lex, at, likeners) && gapIs(lex, at, gapOf.space)));
  }
  if (is(lex, at, dayTimes) && wordAt(lex, at - 1) === 'good') return gapIs(lex, at, gapOf.comma);
  // "CC: TPN HELD": a complaint, among capitals.
  if (is(lex, at, lineLabels) && labelling.after(lex, at))
    return !(wordAt(lex, at) === 'cc' && isAllCapitals(lex, at + 1));
  if (is(lex, at, listed.nameLabel) && gapIs(lex, at, gapOf.space) && !isCapital(lex, at)) return true;
  if (is(lex, at, leadingTo) && gapIs(lex, at, gapOf.space) && is(lex, at - 1, meetings)) return true;
  if (is(lex, at - 1, standing) && gapIs(lex, at, gapOf.space) && wordAt(lex, at) === 'for') return true;
  if (is(lex, at, papersOf) && gapIs(lex, at, gapOf.space) && is(lex, at - 1, papers)) return true;
  // "Your care coordinator is Mary Roe"
  if (is(lex, at, copula) && gapIs(lex, at, gapOf.space) && gapIs(lex, at - 1, gapOf.space))
    if (is(lex, at - 1, listed.nameLabel) && !isCapital(lex, at - 1)) return true;
  if (saysThis(lex, at - 1)) return gapIs(lex, at, gapOf.space) && gapIs(lex, at - 1, gapOf.space);
  if (is(lex, at, listed.relation) && gapIs(lex, at, gapOf.comma)) return true;
  // "record 4471: Mary Roe"
  if (isNumber(lex, at) && colon.after(lex, at)) return true;
  return is(lex, at, likeners) && gapIs(lex, at, gapOf.space);
}

const articles = markOfWords('a an');
/** "Ada Roe, a retired teacher": what nothing but a person is; looked at behind a comma and an article. */
const livesAs = new Set(
  'retired former pleasant lifelong married divorced widowed single healthy homeless unhoused disabled'.split(
    ' ',
  ),
);
const bracketed = markOfWords('aka they she he');
const townCues = markOfWords('of from in');
const possessives = markOfWords('her his their my');
const doings = markOfWords('who whose presented presents');
const opensBracket = new GapPattern(/^,? (?:\(\(?\+?|\[)$/);
const initialOpensBracket = new GapPattern(/^\.,? (?:\(\(?\+?|\[)$/);
const spaces = new GapPattern(/^ {1,2}$/);
const column = new GapPattern(/\|/);
const opensMail = new GapPattern(/^ <$/);
const slashed = new GapPattern(/^ \/ $/);
const semicolon = new GapPattern(/^; ?$/);
const bareComma = new GapPattern(/^,$/);
const initialComma = new GapPattern(/^\., $/);
const weights = new Set(['kg', 'lb', 'lbs']);
const dayed = new GapPattern(/^[-/]$/);
const closesBracket = new GapPattern(/^\)/);
const endsQuoted = new GapPattern(/^" $/);
const sets = new GapPattern(/^ [-:] $/);

/** Whether what stands after says so. */
export function describedAfter(lex: Lexemes, end: number): boolean {
  if (gapIs(lex, end, gapOf.apostrophe) && wordAt(lex, end + 1) === 's')
    return gapIs(lex, end + 1, gapOf.space) && belongs(lex, end + 2, end);
  const next = end + 1;
  const digits = isNumber(lex, next);
  const labelled = is(lex, next, labels);
  if (lineEnds.after(lex, end)) return signsAs(lex, end);
  // The dot of an initial: "Rhys E. (41yo)".
  const initial = endOf(lex, end) - startOf(lex, end) === 1;
  if (gapIs(lex, end, gapOf.comma) || (initial && initialComma.after(lex, end)))
    return (
      isLetters(lex, next) ||
      is(lex, next, sequels) ||
      isAge(lex, next) ||
      isYears(lex, next) ||
      inWard(lex, next) ||
      (isOwnName(lex, end) && (isCode(lex, next) || isRole(lex, next))) ||
      (isHouse(lex, next) && !isAllCapitals(lex, next + 1)) ||
      (digits &&
        (weights.has(wordAt(lex, next + 1)) || (isNumber(lex, next + 1) && dayed.after(lex, next)))) ||
      (is(lex, next, articles) && (isAge(lex, next + 1) || livesAs.has(wordAt(lex, next + 1))))
    );
  if (opensBracket.after(lex, end) || (initial && initialOpensBracket.after(lex, end))) {
    const lettered = isLetters(lex, next) && closesBracket.after(lex, next);
    // (A-16701), (E82185)
    const coded =
      isAllCapitals(lex, next) &&
      isNumber(lex, next + 1) &&
      endOf(lex, next + 1) - startOf(lex, next + 1) > 4;
    return (
      labelled ||
      digits ||
      lettered ||
      coded ||
      is(lex, next, bracketed) ||
      is(lex, next, listed.relation) ||
      (closesBracket.after(lex, next) && (is(lex, next, listed.nameLabel) || is(lex, next, listed.nameCue)))
    );
  }
  if (spaces.after(lex, end) || (initial && gapIs(lex, end, gapOf.stop))) {
    if (is(lex, next, townCues) && homely(lex, next)) return true;
    if (is(lex, next + 1, possessives) && wordAt(lex, next) === 'and') return true;
    if (isHouse(lex, next + 1) && wordAt(lex, next) === 'at') return true;
    if (is(lex, next, townCues) && inWard(lex, next + 1)) return true;
    if (saysWhatFor(lex, next)) return isOwnName(lex, end);
    if (digits && isAgeOfSomebody(lex, next)) return true;
    if (inWard(lex, next) || isAtHome(lex, end)) return true;
    return is(lex, next, acts) || labelled || is(lex, next, doings) || is(lex, next, listed.personVerb);
  }
  if (column.after(lex, end)) return labelled || digits;
  // "Ada Roe / 64 / F"
  if (slashed.after(lex, end))
    return (
      ((digits && endOf(lex, next) - startOf(lex, next) < 3) || inWard(lex, next)) && opensLine(lex, end)
    );
  // "Table: Mary Roe; 61; F"
  if (semicolon.after(lex, end))
    return digits && endOf(lex, next) - startOf(lex, next) === 2 && semicolon.after(lex, next);
  // A row of values: "Mary Roe,1970-01-02".
  if (digits && bareComma.after(lex, end)) return opensLine(lex, end);
  if (opensMail.after(lex, end)) {
    const address = lex.view.lower.slice(endOf(lex, end), endOf(lex, end) + 80);
    return address.slice(0, Math.max(0, address.indexOf('>'))).includes('@');
  }
  if (endsQuoted.after(lex, end)) return labelled || is(lex, next, acts);
  return sets.after(lex, end) && (labelled || opensLine(lex, end));
}

/** "of Kissimmee", "from Tulsa": a town behind a name. */
function homely(lex: Lexemes, cue: number): boolean {
  const town = cue + 1;
  if (isNumber(lex, town) || !isCapital(lex, town) || !gapIs(lex, cue, gapOf.space)) return false;
  if (is(lex, town, listed.knownTown) || kindAt(lex, town).place) return true;
  const kind = kindAt(lex, town);
  return wordAt(lex, cue) === 'of' && !kind.clinical && !kind.plain && !isAllCapitals(lex, town);
}

/** "Ada Roe of 31 Elm Place", "Ada Roe at Elm Clinic": two words of no list, and where somebody lives or lies. */
function isAtHome(lex: Lexemes, end: number): boolean {
  const next = end + 1;
  if (!gapIs(lex, next, gapOf.space)) return false;
  const word = wordAt(lex, next);
  if (word === 'of' && isNumber(lex, next + 1))
    return gapIs(lex, next + 1, gapOf.space) && isCapital(lex, next + 2) && !isAllCapitals(lex, next + 2);
  return (
    (word === 'at' || word === 'from') &&
    isCapital(lex, next + 1) &&
    !isNumber(lex, next + 1) &&
    isUnlisted(lex, end) &&
    isUnlisted(lex, end - 1)
  );
}

const isUnlisted = (lex: Lexemes, at: number): boolean => {
  const { clinical, eponym, place, plain } = kindAt(lex, at);
  return isCapital(lex, at) && lengthOf(lex, at) > 3 && !clinical && !eponym && !place && !plain;
};

/** "9150 E. 23rd Street": the number of a house, and the street behind it. */
const isHouse = (lex: Lexemes, at: number): boolean =>
  isNumber(lex, at) &&
  endOf(lex, at) - startOf(lex, at) > 2 &&
  gapIs(lex, at, gapOf.space) &&
  isCapital(lex, at + 1);

/** "Ada Roe\nAudiologist": a line of nothing but a name, above what its owner is. */
const signsAs = (lex: Lexemes, end: number): boolean =>
  isCapital(lex, end + 1) &&
  !is(lex, end + 1, patientWords) &&
  (is(lex, end + 1, listed.nameCue) || is(lex, end + 1, listed.clinicianTitle)) &&
  closesLine.after(lex, end + 1) &&
  opensLine(lex, end);
const lineEnds = new GapPattern(/^,?\n$/);
const closesLine = new GapPattern(/^(?:\n|$|\.?$|, | (?=[^:]*$))/);

/** Letters of a profession: "(RN)", ", MD". */
const isLetters = (lex: Lexemes, at: number): boolean =>
  is(lex, at, listed.credential) && isAllCapitals(lex, at);

/** Whether the line begins with the run that ends here; looks back over 40 characters. */
function opensLine(lex: Lexemes, end: number): boolean {
  const from = Math.max(0, startOf(lex, end) - 40);
  const before = lex.view.lower.slice(from, startOf(lex, end));
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (from === 0 || line.length < before.length) && /^[^\d:.,;]*$/.test(line);
}

/** "Ada Roe 51M", "Roe, Ada 70 yo": no size of a catheter (16F), and no length of a treatment. */
const isAgeOfSomebody = (lex: Lexemes, at: number): boolean =>
  endOf(lex, at) - startOf(lex, at) === 2 &&
  (sexes.has(wordAt(lex, at + 1))
    ? gapIs(lex, at, gapOf.nothing) && isCapital(lex, at + 1) && Number(wordAt(lex, at)) > 24
    : yearsOld.has(wordAt(lex, at + 1)));
const sexes = new Set(['m', 'f']);
const yearsOld = new Set(['yo', 'y']);

const endsYears = new GapPattern(/^, /);

/** "Ada Roe, 47, on": a number of years between two commas. */
export const isYears = (lex: Lexemes, at: number): boolean =>
  isNumber(lex, at) && endOf(lex, at) - startOf(lex, at) < 3 && endsYears.after(lex, at);

const ageUnits = markOfWords('y yo o yr yrs year years old m f male female month months mo weeks');

/** How old somebody is: "67-year-old", "64yo", "72 y/o", "47 M". */
export function isAge(lex: Lexemes, at: number): boolean {
  if (!isNumber(lex, at) || endOf(lex, at) - startOf(lex, at) > 3) return false;
  return is(lex, at + 1, ageUnits) && !isDigit(lex.view.lower.charCodeAt(startOf(lex, at) - 1));
}

const closesSpeaker = new GapPattern(/^\] $/);
const speakers = new Set('i my can hi hello how what'.split(' '));

/** `[Xiomara]:`, `[Xiomara] I` and `Xiomara:` at the beginning of a line of a conversation. */
export function speaks(lex: Lexemes, at: number): boolean {
  if (lex.view.lower.charAt(startOf(lex, at) - 1) !== '[') return false;
  return (
    lex.view.lower.startsWith(']:', endOf(lex, at)) ||
    (closesSpeaker.after(lex, at) && lengthOf(lex, at) > 2 && speakers.has(wordAt(lex, at + 1)))
  );
}
