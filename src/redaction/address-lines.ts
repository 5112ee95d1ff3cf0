import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  gapAfter,
  is,
  isAllCapitals,
  isCapital,
  isNumber,
  type Lexemes,
  lengthOf,
  lexemeAt,
  startOf,
  wordAt,
} from './lexemes.ts';
import type { Match } from './match.ts';
import { found } from './place-words.ts';
import { townStands } from './towns.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/**
 * What belongs to an address of which a pack has found a line: the number before the street or behind it, the flat, the
 * town, the postal code, also on the lines that follow. Only the surroundings of such a line are looked at.
 */
export function addressLines(lex: Lexemes, matches: readonly Match[]): Match[] {
  const lines: Match[] = [];
  for (const { type, rule, start, end } of matches) {
    if (type !== 'PLACE' || !rule.startsWith('address.') || rule.startsWith('address.zip')) continue;
    const first = lexemeAt(lex, start);
    const last = lexemeAt(lex, end) - 1;
    if (last < first) continue;
    const unit = units.has(wordAt(lex, first));
    const from = unit ? streetBefore(lex, first) : numberBefore(lex, first);
    const to = restAfter(lex, last, unit);
    if (from < first || to > last) lines.push(found(lex, from, to, 'PLACE', 'place.address'));
  }
  return lines;
}

/** Parts of a house, before their number. Asked of few words: sets do. */
const units = new Set('apt apartment suite ste unit flat floor fl room rm bldg building lot box'.split(' '));
/** Small words in the names of streets and towns. */
const small = new Set(
  'de del della di du des la las lo los le les el al do da dos das van der den u ul ut utca nan of the s'.split(
    ' ',
  ),
);

/** Between the words of one part. */
const inPart = new GapPattern(/^(?: {1,2}|\. ?|-|'|'? ?')$/);
/** "St. Roe" goes on, "Street. Roe" and "12. Roe" do not. */
const goesOn = (lex: Lexemes, at: number): boolean =>
  inPart.after(lex, at) && !(gapAfter(lex, at).includes('.') && (isNumber(lex, at) || lengthOf(lex, at) > 3));

const betweenUnit = new GapPattern(/^(?:\.?,? {0,2}|\.?,?\s{1,12}|\.?,?\s{0,4}\?{0,3}\s{0,2})$/);
/** Behind a number a point with a space ends a sentence. */
const leadsToUnit = (lex: Lexemes, at: number): boolean =>
  betweenUnit.after(lex, at) && !(isNumber(lex, at) && gapIs(lex, at, gapOf.stop));

const spaced = new GapPattern(/^ {1,2}$/);
const atUnit = new GapPattern(/^\.? ?#?$/);
/** Between two parts: a comma or the end of a line, with the marks of a quoted one. */
const parts = new GapPattern(/^(?:\.?,\s{1,3}|\.?,?[ \t]{0,4}\n[\s?]{0,16}(?:, ?)?)$/);
const closes = new GapPattern(/^(?:\.?$|[.,;:!?)\]]|\s*\n| \(| - )/);
const colon = new GapPattern(/^ ?:/);

/** A word that can stand in the line of an address. */
function canStand(lex: Lexemes, at: number): boolean {
  if (isNumber(lex, at)) return lengthOf(lex, at) < 7;
  if (small.has(wordAt(lex, at))) return true;
  if (is(lex, at, listed.chart) || is(lex, at, listed.month)) return false;
  const { clinical, closed, plain } = kindAt(lex, at);
  if (clinical && !is(lex, at, listed.ordinaryName)) return false;
  return isCapital(lex, at) || !(closed || plain);
}

const isStreetWord = (lex: Lexemes, at: number): boolean =>
  !isNumber(lex, at) && isCapital(lex, at) && at < lex.count && canStand(lex, at);

const longestStreet = 9;

/** Where the street before a flat begins: "751 Roe Dam Apt. 4", "20789 Aasa 46\nSuite 501"; the flat where none does. */
function streetBefore(lex: Lexemes, unit: number): number {
  let from = unit;
  let worded = false;
  for (let at = unit - 1; at >= 0 && at >= unit - longestStreet; at -= 1) {
    const joined = at === unit - 1 ? leadsToUnit(lex, at) : goesOn(lex, at);
    if (!joined || !canStand(lex, at)) break;
    if (isNumber(lex, at)) {
      if (worded) from = at;
    } else if (lengthOf(lex, at) > 2) worded = true;
  }
  return from;
}

/** The number that stands before a street whose own stands behind it or follows: "4844 Via Roma 52", "at 846 31 Rue Roe". */
function numberBefore(lex: Lexemes, first: number): number {
  const number = first - 1;
  if (number < 0 || !isNumber(lex, number) || !spaced.after(lex, number) || lengthOf(lex, number) > 6)
    return first;
  if (joinedBefore.after(lex, number - 1)) return first;
  const own = !isNumber(lex, first) || (lengthOf(lex, number) > 2 && leads.has(wordAt(lex, number - 1)));
  return own ? number : first;
}
const leads = new Set('at to is in from address'.split(' '));
const joinedBefore = new GapPattern(/[./%:-]$/);

/** Where an address ends whose line ends at `last`. */
function restAfter(lex: Lexemes, last: number, isUnit: boolean): number {
  let reached = isUnit ? streetAfter(lex, last) : last;
  let housed = isUnit;
  for (let round = 0; round < 3; round += 1) {
    const quarter = pointAfter(lex, reached);
    const next = unitAfter(lex, quarter) ?? (housed ? undefined : numberAfter(lex, quarter));
    reached = next ?? quarter;
    if (next === undefined) break;
    housed = true;
  }
  return townAfterLine(lex, reached, housed);
}

/** "4400 Roe Park N, Dayton": the point of the compass behind a street. */
function pointAfter(lex: Lexemes, last: number): number {
  const next = last + 1;
  const points = compass.has(wordAt(lex, next)) && isCapital(lex, next) && spaced.after(lex, last);
  return points && closesPoint.after(lex, next) ? next : last;
}
const compass = new Set('n s e w ne nw se sw north south east west'.split(' '));
const closesPoint = new GapPattern(/^(?:\.?,| #|\.?$|\.? ?\n)/);

/** "Apt. 764", "#4", "\nSuite B" behind a street. */
function unitAfter(lex: Lexemes, last: number): number | undefined {
  const next = last + 1;
  if (numberSign.after(lex, last) && isNumber(lex, next)) return next;
  // "12 Roe Street, 3rd Floor"
  if (isNumber(lex, next) && isOrdinal(lex, next) && leadsToUnit(lex, last)) return next + 2;
  if (!units.has(wordAt(lex, next)) || !leadsToUnit(lex, last) || !atUnit.after(lex, next)) return undefined;
  const value = next + 1;
  if (value >= lex.count) return undefined;
  const letter = isCapital(lex, value) && lengthOf(lex, value) === 1 && !isNumber(lex, value);
  // "FL 33065" is Florida.
  const most = wordAt(lex, next) === 'fl' ? 2 : 5;
  if (!letter && !(isNumber(lex, value) && lengthOf(lex, value) <= most)) return undefined;
  return lettered(lex, value);
}
/** "Suite 541 6343 Roe Street 106": the street behind its flat. */
function streetAfter(lex: Lexemes, unit: number): number {
  const number = unit + 1;
  if (!isNumber(lex, number) || !spaced.after(lex, unit) || lengthOf(lex, number) > 6) return unit;
  let last = number;
  while (last < number + 4 && goesOn(lex, last) && isStreetWord(lex, last + 1)) last += 1;
  if (last === number) return unit;
  return numberAfter(lex, last) ?? last;
}

/** Whether letters or digits are written to a lexeme. */
const isGlued = (lex: Lexemes, at: number): boolean =>
  at + 1 < lex.count && endOf(lex, at) === startOf(lex, at + 1);

const isOrdinal = (lex: Lexemes, at: number): boolean =>
  isGlued(lex, at) &&
  ordinals.has(wordAt(lex, at + 1)) &&
  floors.has(wordAt(lex, at + 2)) &&
  spaced.after(lex, at + 1);
const ordinals = new Set(['st', 'nd', 'rd', 'th']);
const floors = new Set(['floor', 'fl']);
const numberSign = new GapPattern(/^,? {1,2}# ?$/);

/** 12B, B12: a letter and a number that are written together. */
const lettered = (lex: Lexemes, at: number): number =>
  isGlued(lex, at) && lengthOf(lex, at + 1) < 5 ? at + 1 : at;

/** "Achterweg Roe 137": the number of the house behind its street, where a flat, a comma or the end of the line follows. */
function numberAfter(lex: Lexemes, last: number): number | undefined {
  const number = last + 1;
  if (isNumber(lex, last) || !isNumber(lex, number) || !spaced.after(lex, last) || lengthOf(lex, number) > 4)
    return undefined;
  if (isGlued(lex, number)) return undefined;
  return units.has(wordAt(lex, number + 1)) || closesHouse.after(lex, number) ? number : undefined;
}
const closesHouse = new GapPattern(/^(?:,? ?\n|,\s|\.?$)/);

/** One part of an address behind its street. */
interface Part {
  readonly last: number;
  /** Whether it says by itself that it is one: a postal code, a known town. */
  readonly sure: boolean;
  readonly goesOn: boolean;
}

const mostParts = 5;

/** The town, the state and the postal code behind a street or flat, in the line and in those that follow. */
function townAfterLine(lex: Lexemes, last: number, housed: boolean): number {
  let reached = last;
  let at = last;
  for (let count = 0; count < mostParts && at + 1 < lex.count; count += 1) {
    if (!parts.after(lex, at) && !(count === 0 && housed && spaced.after(lex, at))) break;
    const part = partAt(lex, at + 1, {
      town: count > 0,
      known: (count === 0 && housed) || gapIs(lex, at, gapOf.comma),
    });
    if (part === undefined) break;
    at = part.last;
    if (part.sure) reached = at;
    if (!part.goesOn) break;
  }
  return reached;
}

/** What stands before a part: a town that waits for its country, and a flat or comma behind which a place follows. */
interface Before {
  readonly town: boolean;
  readonly known: boolean;
}

const mostWords = 5;

function partAt(lex: Lexemes, first: number, { town, known }: Before): Part | undefined {
  if (isNumber(lex, first)) return codeFirst(lex, first, town);
  let last = first;
  while (last + 1 < lex.count && last < first + mostWords && !isNumber(lex, last + 1) && goesOn(lex, last))
    last += 1;
  for (let at = first; at <= last; at += 1) if (!canTown(lex, at)) return undefined;
  if (colon.after(lex, last)) return undefined;
  // "Iron Springs" is a town where a country or its code follows, and no finding of a patient.
  if (isClinical(lex, first, last))
    return (town || known) && closes.after(lex, last) ? { last, sure: false, goesOn: true } : undefined;
  const place = townStands(lex, first, last) || country(lex, first, last) || is(lex, last, listed.state);
  const code = last + 1;
  if (isNumber(lex, code) && spaced.after(lex, last)) {
    const end = codeEnd(lex, code);
    const named = place || last > first || !isMarker(lex, first);
    return end !== undefined && named ? { last: end, sure: true, goesOn: false } : undefined;
  }
  if (!closes.after(lex, last)) return undefined;
  if (!place && !isUnknown(lex, first, last) && !town && !known) return undefined;
  const said = place && (town || known || !country(lex, first, last));
  return { last, sure: said || (known && isUnknown(lex, first, last)), goesOn: true };
}

/** MRN 48213, NTproBNP 12345: what is measured or numbered, and no town. */
const isMarker = (lex: Lexemes, at: number): boolean =>
  (isAllCapitals(lex, at) && lengthOf(lex, at) < 5) ||
  /[a-z][A-Z]|[A-Z]{2}[a-z]/.test(lex.view.text.slice(startOf(lex, at), endOf(lex, at)));

/** Names of countries are listed with the words for their people and languages. */
const country = (lex: Lexemes, first: number, last: number): boolean => {
  for (let at = first; at <= last; at += 1)
    if (kindAt(lex, at).demonym && !peoples.test(wordAt(lex, at))) return true;
  return false;
};
const peoples = /(?:ish|ese|[aei]an|can|ch|ic|[ai]ns|man|greek|thai|swiss|turk|pino)$/;

const isClinical = (lex: Lexemes, first: number, last: number): boolean => {
  for (let at = first; at <= last; at += 1) if (kindAt(lex, at).clinical) return true;
  return false;
};

/** Words that no list of the language has. */
function isUnknown(lex: Lexemes, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1) {
    const { closed, given, plain } = kindAt(lex, at);
    if (!plain && !closed && !(given && first === last) && lengthOf(lex, at) > 2) return true;
  }
  return false;
}

/** A word that can stand in the name of a town or country. */
function canTown(lex: Lexemes, at: number): boolean {
  if (small.has(wordAt(lex, at)) || (is(lex, at, listed.state) && isCapital(lex, at))) return true;
  if (is(lex, at, listed.chart) || is(lex, at, listed.title) || is(lex, at, listed.facilityHead))
    return false;
  const { closed, demonym, plain } = kindAt(lex, at);
  return isCapital(lex, at) ? !closed || plain : (!closed && !plain) || demonym;
}

/** 04109, 394 13, 53-320, 3610-114, 7412 SL: where a postal code ends. */
function codeEnd(lex: Lexemes, at: number): number | undefined {
  const length = lengthOf(lex, at);
  const next = at + 1;
  const second = isNumber(lex, next) && codeJoint.after(lex, at) ? lengthOf(lex, next) : 0;
  if ((length === 3 && second === 2) || (length === 2 && second === 3) || (length > 3 && second === 3))
    return ended(lex, next);
  return length > 3 && length < 7 ? ended(lex, at) : undefined;
}
const codeJoint = new GapPattern(/^[ -]$/);
const followsCode = (lex: Lexemes, at: number): boolean =>
  isCapital(lex, at + 1) ||
  (lengthOf(lex, at) > 4 && !isNumber(lex, at + 1) && !kindAt(lex, at + 1).clinical);
const ended = (lex: Lexemes, at: number): number | undefined =>
  !isGlued(lex, at) && (closes.after(lex, at) || (spaced.after(lex, at) && followsCode(lex, at)))
    ? at
    : undefined;

/** "82269" on a line of its own, "7188 Roe". */
function codeFirst(lex: Lexemes, first: number, town: boolean): Part | undefined {
  const end = codeEnd(lex, first);
  if (end === undefined) return undefined;
  const last = end + 1;
  const named = spaced.after(lex, end) && isCapital(lex, last) && canTown(lex, last);
  if (named && (townStands(lex, last, last) || (!town && isUnknown(lex, last, last))))
    return { last, sure: true, goesOn: false };
  return town ? { last: end, sure: true, goesOn: false } : undefined;
}
