import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  isAllCapitals,
  isCapital,
  isLetter,
  isListed,
  isNumber,
  type Lexemes,
  lexemeAt,
  startOf,
  wordAt,
} from './lexemes.ts';
import type { NameIndex } from './record-names.ts';
import { nextKey, WordKeys } from './word-keys.ts';
import { kindAt } from './word-kinds.ts';
import { letterForDigit } from './words/look-alikes.ts';

/** A stretch of lexemes that stands for a person although it is spelled otherwise. */
export interface Disguised {
  readonly start: number;
  readonly end: number;
  readonly person: number;
}

/** Words of a record's names that are long enough to be recognised when they are damaged. */
export interface DisguiseIndex {
  readonly strong: ReadonlyMap<string, number>;
  readonly longest: number;
  /** First and last two letters of those that count with a slip of the pen. */
  readonly endPairs: WordKeys;
  /** By the first two and by the last two letters: one slip of the pen leaves one of both whole. */
  readonly byHead: ReadonlyMap<number, readonly string[]>;
  readonly byTail: ReadonlyMap<number, readonly string[]>;
}

/** Bits for pairs of letters, of which a record has a few hundred. */
const pairBits = 13;

export function buildDisguiseIndex(names: NameIndex): DisguiseIndex {
  const strong = new Map<string, number>();
  const byHead = new Map<number, string[]>();
  const byTail = new Map<number, string[]>();
  const endPairs = new WordKeys([], pairBits);
  let longest = 0;
  for (const [word, entries] of names.words) {
    const entry = entries.find(
      ({ strength, part }) => part !== 'sign-in' && (strength === 'strong' || strength === 'capital'),
    );
    if (entry === undefined || word.length < 4) continue;
    strong.set(word, entry.person);
    longest = Math.max(longest, word.length);
    if (word.length < 5) continue;
    endPairs.add(word.slice(0, 2));
    endPairs.add(word.slice(-2));
    grouped(byHead, pairKey(word, 0), word);
    grouped(byTail, pairKey(word, word.length - 2), word);
  }
  return { strong, longest, endPairs, byHead, byTail };
}

function grouped(groups: Map<number, string[]>, key: number, word: string): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [word]);
  else group.push(word);
}

/** Names with one typing error, with digits for letters, broken at a line's end, or run together. */
export function disguisedNames(lex: Lexemes, index: DisguiseIndex): Disguised[] {
  const found: Disguised[] = [];
  if (index.strong.size === 0) return found;
  for (let at = 0; at < lex.count; at += 1) {
    const start = startOf(lex, at);
    const end = endOf(lex, at);
    if (end - start > shortestHumped && !isListed(lex, at) && !isAllCapitals(lex, at))
      for (const name of insideHumps(lex, start, end, index)) found.push(name);
    const glued = at + 1 < lex.count && startOf(lex, at + 1) === end;
    if (glued) {
      const last = gluedEnd(lex, at);
      const stop = endOf(lex, last);
      if (stop - start > 3 && stop - start <= index.longest && digitsIn(lex, at, last) * 2 <= stop - start) {
        const person = lettersFor(lex.view.lower.slice(start, stop), index);
        if (person !== undefined) found.push({ start, end: stop, person });
      }
      at = last;
      continue;
    }
    if (isNumber(lex, at)) continue;
    if (end - start > 3 && isCapital(lex, at) && couldBeTyped(lex.view.lower, start, end, index)) {
      const person = typed(lex, at, index);
      if (person !== undefined) found.push({ start, end, person });
    }
    if (isBroken(lex, at) || mayBeParted(lex, at, index)) {
      const person = index.strong.get(wordAt(lex, at) + wordAt(lex, at + 1));
      if (person !== undefined) found.push({ start, end: endOf(lex, at + 1), person });
    }
  }
  return found;
}

/** Letters of a word with capitals inside, one at least of which is no name. */
const shortestHumped = 4;
/** Stretches that one name may be written in: `McAllister`, `DeLaCruz`. */
const mostHumps = 3;

/** Where the stretches of a word begin that capitals inside it part, and where the last ends; fewer than three are none. */
function humps({ view: { lower, text } }: Lexemes, start: number, end: number): readonly number[] {
  const found = [start];
  for (let at = start + 1; at < end; at += 1) {
    if (text.charCodeAt(at) === lower.charCodeAt(at)) continue;
    // `DOBQuillby`: the last of several capitals begins what follows.
    const rises = text.charCodeAt(at - 1) === lower.charCodeAt(at - 1);
    if (rises || (at + 1 < end && text.charCodeAt(at + 1) === lower.charCodeAt(at + 1))) found.push(at);
  }
  return [...found, end];
}

/** `patientQuillby`, `QuillbyNote`, `forMcAllister`: names that only capitals part from the letters around them. */
function insideHumps(lex: Lexemes, start: number, end: number, index: DisguiseIndex): readonly Disguised[] {
  const bounds = humps(lex, start, end);
  const found: Disguised[] = [];
  for (let first = 0; bounds.length > 2 && first < bounds.length - 1; first += 1)
    for (let last = Math.min(first + mostHumps, bounds.length - 1); last > first; last -= 1) {
      const [from, to] = [bounds[first] ?? end, bounds[last] ?? end];
      const person = index.strong.get(lex.view.lower.slice(from, to));
      if (person === undefined || to - from === end - start) continue;
      found.push({ start: from, end: to, person });
      first = last - 1;
      break;
    }
  return found;
}

const besideGap = new GapPattern(/^(?:,?[ \n\t]{1,3}|-)$/);

/** A disguised word with the other words of the same name around it, however little each of them says by itself. */
export function withNeighbours(lex: Lexemes, { start, end, person }: Disguised, names: NameIndex): Disguised {
  const isTheirs = (at: number): boolean =>
    at >= 0 &&
    at < lex.count &&
    isCapital(lex, at) &&
    endOf(lex, at) - startOf(lex, at) > 1 &&
    names.words.get(wordAt(lex, at))?.some((word) => word.person === person) === true;
  let first = lexemeAt(lex, start);
  let last = lexemeAt(lex, end) - 1;
  // Of a word that goes on beyond the name nothing stands beside it.
  const ends = endOf(lex, last) === end;
  if (startOf(lex, first) === start)
    while (isTheirs(first - 1) && besideGap.after(lex, first - 1)) first -= 1;
  if (ends) while (isTheirs(last + 1) && besideGap.after(lex, last)) last += 1;
  return { start: Math.min(start, startOf(lex, first)), end: ends ? endOf(lex, last) : end, person };
}

/** Whether a word may go on after a line's end. */
const isBroken = (lex: Lexemes, at: number): boolean =>
  (gapIs(lex, at, gapOf.lineBreak) ||
    gapIs(lex, at, gapOf.hyphenBreak) ||
    gapIs(lex, at, gapOf.hyphenSpace)) &&
  at + 1 < lex.count &&
  !isNumber(lex, at + 1);

/** `Marquil les`: two that begin and end as names of the record do, and are not both words. */
const mayBeParted = (lex: Lexemes, at: number, { endPairs }: DisguiseIndex): boolean =>
  isCapital(lex, at) &&
  gapIs(lex, at, gapOf.space) &&
  at + 1 < lex.count &&
  endOf(lex, at) - startOf(lex, at) > 1 &&
  !(isListed(lex, at) && isListed(lex, at + 1)) &&
  endPairs.has(pairKey(lex.view.lower, startOf(lex, at))) &&
  endPairs.has(pairKey(lex.view.lower, endOf(lex, at + 1) - 2));

const pairKey = (text: string, at: number): number => nextKey(text.charCodeAt(at), text.charCodeAt(at + 1));

const couldBeTyped = (lower: string, start: number, end: number, { endPairs }: DisguiseIndex): boolean =>
  endPairs.has(pairKey(lower, start)) || endPairs.has(pairKey(lower, end - 2));

function gluedEnd(lex: Lexemes, first: number): number {
  let last = first;
  while (last + 1 < lex.count && startOf(lex, last + 1) === endOf(lex, last)) last += 1;
  return last;
}

function digitsIn(lex: Lexemes, first: number, last: number): number {
  let digits = 0;
  for (let at = first; at <= last; at += 1)
    if (isNumber(lex, at)) digits += endOf(lex, at) - startOf(lex, at);
  return digits;
}

/** `Mar1sol`, `0rtiz`: digits that look like letters, more letters than digits. */
function lettersFor(token: string, index: DisguiseIndex): number | undefined {
  const letters = token.replaceAll(/\d/g, (digit) => letterForDigit.get(digit) ?? digit);
  return index.strong.get(letters) ?? (token.includes('1') ? index.strong.get(swapped(token)) : undefined);
}

const swapped = (token: string): string =>
  token.replaceAll('1', 'l').replaceAll(/\d/g, (digit) => letterForDigit.get(digit) ?? digit);

/** Person whose name is one edit away: a letter more, less, other, or two changed about. */
function typed(lex: Lexemes, at: number, index: DisguiseIndex): number | undefined {
  if (kindAt(lex, at).word) return undefined;
  const word = wordAt(lex, at);
  if (word.length > index.longest + 1 || index.strong.has(word)) return undefined;
  const name =
    nearest(word, index.byHead.get(pairKey(word, 0))) ??
    nearest(word, index.byTail.get(pairKey(word, word.length - 2)));
  return name === undefined ? undefined : index.strong.get(name);
}

const none: readonly string[] = [];

function nearest(word: string, names: readonly string[] = none): string | undefined {
  for (const name of names) if (Math.abs(name.length - word.length) < 2 && oneEdit(word, name)) return name;
  return undefined;
}

export function oneEdit(one: string, other: string): boolean {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  let back = 0;
  const most = Math.min(one.length, other.length) - at;
  while (back < most && one.charCodeAt(one.length - 1 - back) === other.charCodeAt(other.length - 1 - back))
    back += 1;
  const [left, right] = [one.length - at - back, other.length - at - back];
  if (left <= 1 && right <= 1) return true;
  return (
    left === 2 &&
    right === 2 &&
    one.charAt(at) === other.charAt(at + 1) &&
    one.charAt(at + 1) === other.charAt(at)
  );
}

/** Names inside one run of letters without any space, as a spaced-out line becomes: each whole run that holds one. */
export function runTogether(lex: Lexemes, index: DisguiseIndex): Disguised[] {
  const found: Disguised[] = [];
  for (let at = 0; at < lex.count; at += 1) {
    // What was not joined is read elsewhere.
    const [start, end] = [startOf(lex, at), endOf(lex, at)];
    if (lex.view.end(end) - lex.view.start(start) === end - start) continue;
    const word = wordAt(lex, at);
    if (word.length < 4 || word.length > 120 || !isLetter(word.charCodeAt(0))) continue;
    for (const [name, person] of index.strong) {
      if (!word.includes(name)) continue;
      found.push({ start: startOf(lex, at), end: endOf(lex, at), person });
      break;
    }
  }
  return found;
}
