import type { Bearer, IdentityValue } from '../vocabulary/identity-sheet.ts';
import type { TokenType } from '../vocabulary/token.ts';
import { isMeasure } from './capital-runs.ts';
import { findDates } from './dates.ts';
import { dividedContacts } from './divided-contacts.ts';
import { gluedNumbers } from './glued-values.ts';
import { endOf, isNumber, keyAt, type Lexemes, lexemes, startOf, wordAt } from './lexemes.ts';
import { append, type Match, moved } from './match.ts';
import { buildMistakenNumbers, type MistakenNumbers, meantNumber } from './mistaken-numbers.ts';
import { nameRuns } from './name-runs.ts';
import { normalise } from './normalise.ts';
import { buildContactIndex, type ContactIndex, contactForms, contactMatches } from './record-contacts.ts';
import { buildDayIndex, type DayIndex, isoDay } from './record-dates.ts';
import {
  buildDisguiseIndex,
  type DisguiseIndex,
  disguisedNames,
  runTogether,
  withNeighbours,
} from './record-disguises.ts';
import { initialMatches } from './record-initials.ts';
import { RecordKeys, sought } from './record-keys.ts';
import { buildNameIndex, type NameIndex, type Person } from './record-names.ts';
import { buildNumberIndex, type NumberIndex, numberAt } from './record-numbers.ts';
import { type PhraseIndex, phraseAt, phraseBeginnings } from './record-phrases.ts';
import { buildPlaceIndex, type PlaceMeaning, placeStands } from './record-places.ts';
import { buildSpelledContacts, type SpelledContacts, spelledContacts } from './spelled-contacts.ts';
import { spokenFigures, spokenNumbers } from './spoken-numbers.ts';
import { keyGoneOn, keyOf, WordKeys } from './word-keys.ts';
import { anyMonth, longForeignMonths } from './words/calendar.ts';
import { canonicalWord, states } from './words/street-words.ts';
import type { Change, KnownWords } from './written-otherwise.ts';

/** Finds a record's own values in any text. */
export interface RecordMatcher extends KnownWords {
  readonly days: DayIndex;
  find(lex: Lexemes): Match[];
  /** Names damaged or run together: typing errors, digits for letters, breaks inside. */
  findDisguised(lex: Lexemes, how: 'spaced' | 'plain'): Match[];
}

const personTypes: Readonly<Record<Bearer, TokenType>> = {
  patient: 'PATIENT',
  relative: 'RELATIVE',
  clinician: 'CLINICIAN',
  organization: 'ORG',
  other: 'PERSON',
};

/** Days named by a value: its ISO day, or what its text reads as. */
function daysOf(value: IdentityValue): number[] {
  if (value.kind !== 'date') return [];
  const day = isoDay(value.date?.day ?? value.text);
  return day === undefined ? findDates(lexemes(normalise(value.text))).flatMap((date) => date.days) : [day];
}

/**
 * Builds the matcher of one record: names by word, numbers and contacts by their letters and digits, dates by
 * their day, addresses and organisations by their words. No written form is enumerated. Matching reads a text
 * once; its time does not grow with the number of values.
 */
export function buildRecordMatcher(identity: readonly IdentityValue[]): RecordMatcher {
  const numbers = buildNumberIndex(identity);
  const places = buildPlaceIndex(identity);
  const days = buildDayIndex(identity.flatMap(daysOf));
  const contacts = buildContactIndex(identity);

  const spelled = buildSpelledContacts(identity);

  const latin = persons(false);
  let foreign: Persons | undefined;
  const { keys } = latin;

  function persons(withForeign: boolean): Persons {
    const names = buildNameIndex(identity, withForeign);
    return { names, ...keysOf({ names, numbers, places, contacts, spelled }), disguises: undefined };
  }

  /** The names to be looked for in a text. */
  function personsFor(lex: Lexemes): Persons {
    if (lex.view.foreign !== 'transliterated') return latin;
    foreign ??= persons(true);
    return foreign;
  }

  function find(lex: Lexemes): Match[] {
    const matches: Match[] = [];
    const { names, keys: all, nothing } = personsFor(lex);
    if (nothing) return matches;
    const { words, placed, anchors, addresses } = candidates(lex, all);
    for (const run of names.words.size === 0 ? [] : nameRuns(lex, names, words)) {
      const person = names.persons[run.person];
      if (person === undefined) continue;
      matches.push({
        start: startOf(lex, run.first),
        end: endOf(lex, run.last),
        type: personTypes[person.bearer],
        rule: 'record.name',
        entity: person.entity,
        rank: 1,
        full: run.words > 1 && !run.clinicalOnly,
        exact: false,
        epochDay: undefined,
      });
    }
    const initials = initialMatches(lex, names.initials, words, (start, end, person): Match => {
      const { bearer, entity } = names.persons[person] ?? { bearer: 'other', entity: '' };
      return {
        start,
        end,
        type: personTypes[bearer],
        rule: 'record.initials',
        entity,
        rank: 1,
        full: false,
        exact: false,
        epochDay: undefined,
      };
    });
    append(matches, initials);
    for (const { text, person } of names.unspaced) unspaced(lex, text, names.persons[person], matches);
    for (const at of placed) {
      const bits = all.of(keyAt(lex, at));
      if ((bits & counted) !== 0) numbersAt(lex, at, matches);
      if ((bits & sought.place) !== 0) placesAt(lex, at, matches);
    }
    append(matches, contactMatches(lex, contacts, anchors));
    append(matches, spelledContacts(lex, spelled, addresses));
    append(matches, dividedContacts(lex, contacts));
    append(matches, gluedNumbers(lex, numbers));
    append(matches, spokenNumbers(lex, numbers, addresses));
    return joinedPlaces(lex, matches);
  }

  function numbersAt(lex: Lexemes, at: number, matches: Match[]): void {
    const number = numberAt(lex, at, numbers, keys);
    if (number === undefined) return;
    const { entity, first, last, meaning, length } = number;
    if (meaning.postal && !postalStands(lex, first, last)) return;
    matches.push({
      start: startOf(lex, first),
      end: meaning.postal ? fourMore(lex.view.lower, endOf(lex, last)) : endOf(lex, last),
      type: meaning.type,
      rule: `record.${meaning.type.toLowerCase()}`,
      entity,
      rank: 0,
      full: !meaning.postal,
      exact: !meaning.postal && length >= 6,
      epochDay: undefined,
    });
  }

  function placesAt(lex: Lexemes, at: number, matches: Match[]): void {
    const place = phraseAt(lex, at, places);
    const before = matches.at(-1);
    if (place === undefined || !placeStands(lex, place, before?.type === 'PLACE' ? before.end : -1)) return;
    const [start, end] = [startOf(lex, place.first), endOf(lex, place.last)];
    const line = place.meaning.part === 'line';
    matches.push({
      start: line
        ? unitStart(
            lex.view.lower,
            start,
            isNumber(lex, place.first) || isNumber(lex, place.last) || isMeasure(lex, place.first - 2),
          )
        : start,
      end: line ? unitEnd(lex.view.lower, end) : end,
      type: place.meaning.type,
      rule: place.meaning.type === 'ORG' ? 'record.organization' : 'record.address',
      entity: place.meaning.entity,
      rank: 1,
      full: place.last > place.first && place.meaning.part !== 'town',
      exact: false,
      epochDay: undefined,
    });
  }

  function findDisguised(lex: Lexemes, how: 'spaced' | 'plain'): Match[] {
    const all = personsFor(lex);
    const { names } = all;
    all.disguises ??= buildDisguiseIndex(names);
    const damaged = disguisedNames(lex, all.disguises);
    const found = how === 'plain' ? damaged : [...damaged, ...runTogether(lex, all.disguises)];
    return found.map((disguised): Match => {
      const { person } = disguised;
      const { start, end } = withNeighbours(lex, disguised, names);
      const { bearer, entity } = names.persons[person] ?? { bearer: 'other', entity: '' };
      return {
        start,
        end,
        type: personTypes[bearer],
        rule: 'record.name',
        entity,
        rank: 1,
        full: false,
        exact: false,
        epochDay: undefined,
      };
    });
  }

  const begins = (word: string): boolean =>
    (keys.of(keyOf(word)) & sought.number) !== 0 || places.has(canonicalWord(word));

  const knows = (word: string): boolean => (keys.of(keyOf(word)) & ~sought.initials) !== 0;

  const isInitials = (letters: string): boolean => latin.names.initials.has(letters);

  let words: WordsHeld | undefined;

  const holds = (word: string): boolean => {
    words ??= wordsHeld(latin.names, places, spelled);
    return words.all.has(canonicalWord(word));
  };

  const holdsJoined = (lex: Lexemes, first: number): boolean => {
    words ??= wordsHeld(latin.names, places, spelled);
    const { lower } = lex.view;
    const [from, to] = [startOf(lex, first + 1), endOf(lex, first + 1)];
    if (!words.keys.has(keyGoneOn(keyAt(lex, first), lower, from, to))) return false;
    // Two whole words of the record are none that a space has parted.
    if (words.all.has(wordAt(lex, first)) && words.all.has(wordAt(lex, first + 1))) return false;
    return words.all.has(wordAt(lex, first) + wordAt(lex, first + 1));
  };

  let mistaken: MistakenNumbers | undefined;

  const meant = (lex: Lexemes, first: number, last: number): Change | undefined => {
    mistaken ??= buildMistakenNumbers([...numbers.meanings.keys(), ...contactForms(contacts)]);
    return meantNumber(lex, first, last, mistaken);
  };

  return { days, begins, knows, isInitials, meant, holds, holdsJoined, find, findDisguised };
}

/** Words of four letters and more in names, addresses, organisations and e-mail addresses of a record, and the months. */
interface WordsHeld {
  readonly all: ReadonlySet<string>;
  readonly keys: WordKeys;
}

const shortestHeld = 4;
/** For some hundreds of words. */
const bitsHeld = 15;

function wordsHeld(names: NameIndex, places: PhraseIndex<PlaceMeaning>, spelled: SpelledContacts): WordsHeld {
  const all = new Set([...anyMonth.split('|'), ...longForeignMonths]);
  const add = (word: string): void => {
    if (word.length >= shortestHeld && !/\d/.test(word)) all.add(word);
  };
  for (const [word, entries] of names.words) if (entries.some(({ part }) => part !== 'sign-in')) add(word);
  for (const phrases of places.values()) for (const { words } of phrases) for (const word of words) add(word);
  for (const addresses of spelled.values())
    for (const { words } of addresses) for (const word of words) add(word);
  return { all, keys: new WordKeys(all, bitsHeld) };
}

/** A name in a script without spaces, wherever it stands. */
function unspaced(lex: Lexemes, text: string, bearer: Person | undefined, matches: Match[]): void {
  if (bearer === undefined) return;
  for (let at = lex.view.lower.indexOf(text); at >= 0; at = lex.view.lower.indexOf(text, at + text.length)) {
    matches.push({
      start: at,
      end: at + text.length,
      type: personTypes[bearer.bearer],
      rule: 'record.name',
      entity: bearer.entity,
      rank: 1,
      full: true,
      exact: false,
      epochDay: undefined,
    });
  }
}

/** The names of a record, with what all its matchers are asked by. */
interface Persons {
  readonly names: NameIndex;
  readonly keys: RecordKeys;
  readonly nothing: boolean;
  disguises: DisguiseIndex | undefined;
}

/** What a record's matchers look for. */
interface Sought {
  readonly names: NameIndex;
  readonly numbers: NumberIndex;
  readonly places: PhraseIndex<PlaceMeaning>;
  readonly contacts: ContactIndex;
  readonly spelled: SpelledContacts;
}

function keysOf({ names, numbers, places, contacts, spelled }: Sought): {
  keys: RecordKeys;
  nothing: boolean;
} {
  // A number has some eight beginnings.
  const size = names.words.size + names.initials.size + numbers.meanings.size * 8 + places.size * 2;
  const keys = new RecordKeys(size);
  keys.add(names.words.keys(), sought.name);
  keys.add(names.initials.keys(), sought.initials);
  keys.addBeginnings(numbers.meanings.keys(), sought.number, sought.wholeNumber);
  keys.add(numbers.tails.keys(), sought.tail);
  keys.add(phraseBeginnings(places), sought.place);
  keys.add(contacts.anchored.keys(), sought.contact);
  keys.add(spelled.keys(), sought.spelled);
  if (numbers.meanings.size > 0) keys.add(spokenFigures(), sought.spelled);
  const nothing = size === 0 && names.unspaced.length === 0 && contacts.contacts.length === 0;
  return { keys, nothing };
}

/** Lexemes at which something of a record may begin, for each of its matchers. */
interface Candidates {
  /** Words of names, initials, and single letters. */
  readonly words: readonly number[];
  /** Numbers and places. */
  readonly placed: readonly number[];
  readonly anchors: readonly number[];
  /** Addresses and numbers in words. */
  readonly addresses: readonly number[];
}

const [named, counted] = [sought.name | sought.initials, sought.number | sought.tail];
const located = counted | sought.place;

/** One pass over a text: each word is asked once for all matchers. */
function candidates(lex: Lexemes, keys: RecordKeys): Candidates {
  const words: number[] = [];
  const placed: number[] = [];
  const anchors: number[] = [];
  const addresses: number[] = [];
  for (let at = 0; at < lex.count; at += 1) {
    const bits = keys.of(keyAt(lex, at));
    if ((bits & named) !== 0 || (endOf(lex, at) - startOf(lex, at) === 1 && !isNumber(lex, at)))
      words.push(at);
    if (bits === 0) continue;
    if ((bits & located) !== 0) placed.push(at);
    if ((bits & sought.contact) !== 0) anchors.push(at);
    if ((bits & sought.spelled) !== 0) addresses.push(at);
  }
  return { words, placed, anchors, addresses };
}

const unit =
  /-(?:[a-z]-?)?\d{1,4}[a-z]?(?![\da-z/]|[.-]\d| ?(?:days?|weeks?|months?|years?|hours?|am|pm|mg|ml))|,?[ \n]{0,2}(?:(?:apartment|apt|unit|suite|ste|room|rm|floor|fl|building|bldg|lot|no|nr)\b\.?[ \n]?#?|#)[ \n]?(?:\d{1,5}[a-z]?|[a-z]\d{0,4})\b/y;

/** End of the flat or unit that is written after a street line. */
function unitEnd(lower: string, end: number): number {
  unit.lastIndex = end;
  return end + (unit.exec(lower)?.[0].length ?? 0);
}

const unitBefore =
  /(?:\b(?:apartment|apt|unit|suite|ste|room|rm|floor|fl|building|bldg|lot)\b\.?[ \n]?#?|#)[ \n]?(?:\d{1,5}[a-z]?|[a-z]\d{0,4}),?[ \n]{1,2}$/;
/** A house number, also one in which digits look like letters. */
const houseNumber = /(?<![\da-z./-]|\d,)\d[\dolisbzgq]{0,4}[a-z]?,?[ \n]{1,8}$/;
const longestUnit = 30;

/** Start of the house number, flat or unit that is written before a street line; one that is `numbered` has its number. */
function unitStart(lower: string, start: number, numbered: boolean): number {
  const from = Math.max(0, start - longestUnit);
  const before = lower.slice(from, start);
  const found = unitBefore.exec(before) ?? (numbered ? null : houseNumber.exec(before));
  return found === null ? start : from + found.index;
}

/** End of a ZIP code with the four digits that may follow it. */
const fourMore = (lower: string, end: number): number =>
  /^-\d{4}(?!\d)/.test(lower.slice(end, end + 6)) ? end + 5 : end;

/** A postal code stands beside a state or a town, after a cue, or as such: not before a unit. */
function postalStands(lex: Lexemes, first: number, last: number): boolean {
  const before = wordAt(lex, first - 1);
  if (states.has(before) || before === 'zip' || before === 'code') return true;
  const text = lex.view.lower.slice(startOf(lex, first), endOf(lex, last));
  if (/[a-z]/.test(text) || text.length > 5) return true;
  const rest = lex.view.lower.slice(endOf(lex, last), endOf(lex, last) + 8);
  return !/^(?:\s?(?:\/|%|mg|mcg|ml|cells|copies|iu|units?|x\s?10|k\b(?! \d)|steps)|\.\d)/.test(rest);
}

const placeJoint = /^(?:[\s,.;-]{0,4}|[\s,]{1,3}(?:[a-z]{2}|[a-z]{4,13}(?: [a-z]{4,8})?)[\s,]{1,3})$/;

const lastPlace = (matches: readonly Match[]): Match | undefined => {
  for (let at = matches.length - 1; at >= Math.max(0, matches.length - 4); at -= 1) {
    const match = matches[at];
    if (match?.type === 'PLACE') return match;
  }
  return undefined;
};

/** One span for the parts of one address: line, town, state and code that stand together. */
function joinedPlaces(lex: Lexemes, matches: readonly Match[]): Match[] {
  const result: Match[] = [];
  for (const match of matches.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const before = lastPlace(result);
    if (match.type === 'PLACE' && before !== undefined && match.end <= before.end) continue;
    if (
      match.type === 'PLACE' &&
      before !== undefined &&
      before === result.at(-1) &&
      match.start >= before.end
    ) {
      const joint = lex.view.lower.slice(before.end, match.start);
      const written = lex.view.text.slice(before.end, match.start);
      const state = (/\b[a-z]{2}\b/.test(written) ? '-' : joint).replaceAll(/[\s,.;]+/g, ' ').trim();
      if (
        placeJoint.test(joint) &&
        (state === '' || states.has(state) || states.has(state.split(' ').at(-1) ?? ''))
      ) {
        result[result.length - 1] = moved(before, before.start, match.end, before.full || match.full);
        continue;
      }
    }
    result.push(match);
  }
  return result;
}
