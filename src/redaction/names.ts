import { announcedBy, type Context, isKind, surelyTitled } from './announced.ts';
import {
  beginsSentence,
  type CapitalRun,
  capitalRuns,
  isAcronym,
  isMeasure,
  isTermLetter,
  negations,
} from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  is,
  isAllCapitals,
  isCapital,
  isLetter,
  isListed,
  isNumber,
  isWordUnit,
  type Lexemes,
  lengthOf,
  lexemeAt,
  startOf,
  wordAt,
} from './lexemes.ts';
import { loneName } from './lone-names.ts';
import { type Match, moved } from './match.ts';
import { wholeName } from './name-extent.ts';
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
  nameEnd,
  ordinaryFamily,
  reports,
  rowName,
  signed,
  unknown,
} from './name-forms.ts';
import { namesDisease } from './name-runs.ts';
import {
  inList,
  inRow,
  isGaelic,
  isShortFamily,
  isStrange,
  lettersAlone,
  nameLike,
  ordinaryPair,
  pairedName,
  turnsAfter,
} from './name-shapes.ts';
import { beginsNoName, isSigned, namesakeEnd, namesThing, townArticles } from './no-names.ts';
import { acts, describedAfter, describedBefore, isAge, speaks } from './person-context.ts';
import { type PersonType, person } from './person-match.ts';
import { placeMatches } from './places.ts';
import { namesScale } from './scales.ts';
import { smallNames } from './small-names.ts';
import { areSyllables } from './syllables.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/**
 * Names, facilities and places that no record holds, by context and word lists: titles, relations, labels,
 * signatures, "LAST, FIRST", given names with what follows them.
 */
export function nameMatches(lex: Lexemes): Match[] {
  const runs = capitalRuns(lex);
  const matches = placeMatches(lex, runs);
  for (const run of runs) personIn(lex, run, matches);
  smallNames(lex, matches);
  const { lower } = lex.view;
  const kept: Match[] = [];
  for (const match of matches) {
    const whole = withoutDisease(lex, withSuffix(lex, withHyphened(lex, withPrefix(lex, match))));
    const { end, start } = whole;
    if (end - start > longestNegation || !negations.has(lower.slice(start, end))) kept.push(whole);
  }
  return kept;
}

/** D'Andre, O'Neal, Le'Shawn: up to three letters before the apostrophe belong to the name. */
function withPrefix(lex: Lexemes, match: Match): Match {
  const { lower, text } = lex.view;
  if (lower.charCodeAt(match.start - 1) !== apostrophe) return match;
  let at = match.start - 1;
  while (at > match.start - 4 && isLetter(lower.charCodeAt(at - 1))) at -= 1;
  if (at === match.start - 1 || isWordUnit(lower.charCodeAt(at - 1))) return match;
  return text.charCodeAt(at) === lower.charCodeAt(at) ? match : moved(match, at, match.end);
}

const apostrophe = 39;

/** Mi-Won Roe, Ada Standing-Roe: what a hyphen joins to a name is of it, whatever the word is, and so is the next name. */
function withHyphened(lex: Lexemes, match: Match): Match {
  if (match.type === 'ORG' || match.type === 'PLACE') return match;
  const { text } = lex.view;
  let { start, end } = match;
  if (text.charCodeAt(start - 1) === hyphen) {
    const first = lexemeAt(lex, start);
    if (gapIs(lex, first - 1, gapOf.hyphen) && isHyphened(lex, first - 1, first))
      start = startOf(lex, first - 1);
  }
  if (text.charCodeAt(end) === hyphen) {
    const next = lexemeAt(lex, end);
    if (gapIs(lex, next - 1, gapOf.hyphen) && isHyphened(lex, next, next - 1)) {
      end = endOf(lex, next);
      const family = kindAt(lex, next + 1);
      const named = family.family || family.given || is(lex, next + 1, listed.ordinaryName);
      if (named && gapIs(lex, next, gapOf.space) && isHyphened(lex, next + 1, next))
        end = endOf(lex, next + 1);
    }
  }
  return start === match.start && end === match.end ? match : moved(match, start, end);
}

const hyphen = 45;

/** Whether a word can be one half of a name whose other half is known; Roe-CT and Roe-RN are none. */
function isHyphened(lex: Lexemes, at: number, beside: number): boolean {
  if (isNumber(lex, at) || !isCapital(lex, at) || lengthOf(lex, at) < 2) return false;
  if (isAllCapitals(lex, at) !== isAllCapitals(lex, beside)) return false;
  const { clinical, eponym } = kindAt(lex, at);
  if (eponym || (clinical && !is(lex, at, listed.ordinaryName))) return false;
  return !is(lex, at, listed.credential) && !is(lex, at, listed.eponymNoun) && !is(lex, at, listed.chart);
}

const generations = markOfWords('jr sr ii iii iv');
const beforeSuffix = new GapPattern(/^,? $/);
const opensNickname = new GapPattern(/^ ["(]$/);
const closesNickname = new GapPattern(/^[")] $/);

/** Montgomery Roe III, Walter "Buddy" Roe: what stands behind a name and belongs to it. */
function withSuffix(lex: Lexemes, match: Match): Match {
  if (match.type === 'ORG' || match.type === 'PLACE') return match;
  const { text } = lex.view;
  let end = match.end;
  const sign = text.charCodeAt(end);
  if (sign === caret) return withComponents(lex, match);
  if (sign !== space && sign !== comma) return match;
  const next = lexemeAt(lex, end);
  const last = next - 1;
  if (
    opensNickname.after(lex, last) &&
    isCapital(lex, next) &&
    closesNickname.after(lex, next) &&
    next + 1 < lex.count &&
    isCapital(lex, next + 1) &&
    !isNumber(lex, next + 1) &&
    !kindAt(lex, next + 1).plain
  )
    end = endOf(lex, next + 1);
  else if (
    is(lex, next, generations) &&
    isCapital(lex, next) &&
    beforeSuffix.after(lex, last) &&
    text.slice(match.start, end).includes(' ')
  )
    end = endOf(lex, next);
  return end === match.end ? match : moved(match, match.start, end);
}

const [space, comma, caret] = [32, 44, 94];

const componentEnd = new GapPattern(/^\^{1,3}$/);

/** ROE^ADA^B: the other parts of a name as messages and images write them. */
function withComponents(lex: Lexemes, match: Match): Match {
  let last = lexemeAt(lex, match.end) - 1;
  for (let parts = 0; parts < 3 && componentEnd.after(lex, last); parts += 1)
    if (!isNumber(lex, last + 1) && isCapital(lex, last + 1)) last += 1;
  return moved(match, match.start, endOf(lex, last));
}

/** "Roe Q. Wilson disease ruled out": behind a full stop begins what is called after somebody. */
function withoutDisease(lex: Lexemes, match: Match): Match {
  if (match.type === 'ORG' || match.type === 'PLACE') return match;
  const last = lexemeAt(lex, match.end) - 1;
  if (!is(lex, last, listed.eponym) || !gapIs(lex, last - 1, gapOf.stop)) return match;
  if (startOf(lex, last) <= match.start || !namesDisease(lex, { first: last, last })) return match;
  return moved(match, match.start, endOf(lex, last - 1));
}

const longestNegation = Math.max(...[...negations].map(({ length }) => length));

function personIn(lex: Lexemes, run: CapitalRun, matches: Match[]): void {
  let { first } = run;
  if (namesThing(lex, run)) return;
  const { last } = run;
  while (first <= last) {
    const thing = namesakeEnd(lex, first);
    if (thing !== undefined) {
      first = thing + 1;
      continue;
    }
    // What stands behind it inside the run is looked at anew.
    if (beginsNoName(lex, first, last)) {
      first += 1;
      continue;
    }
    const context = announcedBy(lex, first);
    const told = describedEnd(lex, first, last, context);
    if (told !== undefined) {
      const whole = wholeName(lex, run, { first, last: told });
      andOther(lex, whole.last, context, matches);
      matches.push(
        person(lex, whole.first, whole.last, context?.type ?? 'PERSON', context?.rule ?? 'described'),
      );
      first = whole.last + 1;
      continue;
    }
    const end = nameEnd(lex, first, last);
    if (end === first && loneName(lex, first, context)) {
      matches.push(person(lex, first, first, context?.type ?? 'PERSON', context?.rule ?? 'lone'));
      andOther(lex, first, context, matches, true);
      first += 1;
      continue;
    }
    const name = judge(lex, first, end, context);
    if (name !== undefined) {
      const { rule, type = context?.type ?? 'PERSON' } = name;
      const nameLast =
        context?.rule === 'label' && wordAt(lex, first - 1) === 'name'
          ? closingName(lex, name.last)
          : name.last;
      const whole =
        rule === 'inverted'
          ? { first: particlesBefore(lex, first), last: nameLast }
          : wholeName(lex, run, { first, last: nameLast });
      matches.push(person(lex, whole.first, whole.last, type, rule));
      first = Math.max(end + 1, lexemeAt(lex, matches.at(-1)?.end ?? 0));
      andOther(lex, first - 1, context, matches);
      otherBefore(lex, whole.first, rule === 'verb', matches);
      continue;
    }
    first += 1;
  }
}

const opensField = new GapPattern(/(?::\s|\n)$/);

/** "Contact: van der Roe, Ada": the small words at the beginning of a field that a family name begins with. */
function particlesBefore(lex: Lexemes, first: number): number {
  let at = first;
  while (at > first - 3 && is(lex, at - 1, listed.particle) && gapIs(lex, at - 1, gapOf.space)) at -= 1;
  return at === 0 || opensField.after(lex, at - 1) ? at : first;
}

const conjunction = markOfWords('and');

/** "Children Keisha and Pema": who is joined to somebody announced. */
function andOther(
  lex: Lexemes,
  last: number,
  context: Context | undefined,
  matches: Match[],
  alone = false,
): void {
  const next = last + 2;
  if (context?.rule === 'title' || !is(lex, last + 1, conjunction)) return;
  // "Ada Roe and Imani have", "visit to Imani and Zola:": nobody was announced, but the second can be nothing else.
  if (
    context === undefined &&
    !(isStrange(lex, next, lettersAlone) && (isDoing(lex, next + 1) || (alone && turnsAfter(lex, next))))
  )
    return;
  if (!gapIs(lex, last, gapOf.space) || !gapIs(lex, last + 1, gapOf.space) || !isCapital(lex, next)) return;
  const kind = kindAt(lex, next);
  if (kind.clinical || kind.eponym || kind.demonym || isAllCapitals(lex, next) || !canName(lex, next)) return;
  if (kind.given || kind.family || !kind.plain)
    matches.push(person(lex, next, next, context?.type ?? 'PERSON', context?.rule ?? 'verb'));
}

/** "Ada Roe and Imani have": who is named before somebody with whom something is done. */
const withOther = (lex: Lexemes, end: number): boolean =>
  is(lex, end + 1, conjunction) &&
  gapIs(lex, end, gapOf.space) &&
  gapIs(lex, end + 1, gapOf.space) &&
  isCapital(lex, end + 2) &&
  (kindAt(lex, end + 2).given || isStrange(lex, end + 2, lettersAlone)) &&
  isDoing(lex, end + 3);

const isDoing = (lex: Lexemes, at: number): boolean =>
  (is(lex, at, listed.personVerb) || (is(lex, at, acts) && !isSaid.has(wordAt(lex, at)))) &&
  gapIs(lex, at - 1, gapOf.space);
/** Of two drugs as well as of two people. */
const isSaid = new Set('is was has will would did does needs needed'.split(' '));

/**
 * "Prudence and Howard Roe": the given name before the sign of two; at the beginning of a sentence a word of no list, too,
 * where two do what only people do: "Imani and Zola attended".
 */
function otherBefore(lex: Lexemes, first: number, acting: boolean, matches: Match[]): void {
  const other = first - 2;
  if (other < 0 || !is(lex, first - 1, conjunction) || !gapIs(lex, first - 1, gapOf.space)) return;
  if (!gapIs(lex, other, gapOf.space) || !isCapital(lex, other) || isAllCapitals(lex, other)) return;
  const { eponym, given } = kindAt(lex, other);
  const named = given || (isStrange(lex, other, lettersAlone) && (acting || !beginsSentence(lex, other)));
  if (named && !eponym && !is(lex, other, personModal))
    matches.push(person(lex, other, other, 'PERSON', 'given'));
}

/** End of two words or more that only their context makes a name: "a 60-year-old man, Joy Hill, seen". */
function describedEnd(
  lex: Lexemes,
  first: number,
  last: number,
  context: Context | undefined,
): number | undefined {
  if (last === first) return undefined;
  const sure = context?.sure === true;
  if (!sure && is(lex, first - 1, townArticles)) return undefined;
  let before: boolean | undefined = sure ? true : undefined;
  for (let end = Math.min(last, first + 3); end > first; end -= 1) {
    const like = nameLike(lex, first, end);
    if (like) before ??= describedBefore(lex, first);
    const told =
      like &&
      (before === true ||
        describedAfter(lex, end) ||
        inList(lex, first, end) ||
        inRow(lex, first, end) ||
        withOther(lex, end));
    if (!told && !pairedName(lex, first, end) && !ordinaryPair(lex, first, end)) continue;
    const kind = kindAt(lex, first);
    const device = kind.eponym && !kind.given && gapIs(lex, first, gapOf.hyphen);
    // Whose something is, says describedAfter: "Mary Roe's Crohn's disease".
    if (gapIs(lex, end, gapOf.apostrophe) && !device) return end;
    const scale = !sure && namesScale(lex, end, false);
    return device || scale || namesDisease(lex, { first, last: end }) ? undefined : end;
  }
  return undefined;
}

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
interface Judged {
  readonly last: number;
  readonly rule: string;
  /** Where the rule itself says what they are. */
  readonly type: PersonType | undefined;
}

const judged = (last: number, rule: string, type?: PersonType): Judged => ({ last, rule, type });

function judge(lex: Lexemes, first: number, end: number, context: Context | undefined): Judged | undefined {
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
  !isListed(lex, at) &&
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
const personModal = markOfWords(`
  may will mark august june april grant bill can do does did is was are were has have had should would could might
  any best
`);
