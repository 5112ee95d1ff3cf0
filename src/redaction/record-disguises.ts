import { endOf, gapAfter, isCapital, isLetter, type Lexemes, startOf, wordAt, isNumber } from './lexemes.ts';
import { lexicon } from './lexicon.ts';
import type { NameIndex } from './record-names.ts';
import { isClinicalWord } from './words/clinical-words.ts';
import { nextKey, WordKeys } from './word-keys.ts';

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
  /** Beginnings of two letters of the strong words. */
  readonly pairs: WordKeys;
  /** First and last two letters of those that count with a slip of the pen. */
  readonly endPairs: WordKeys;
  /** By the first two and the last two letters: one slip of the pen leaves one of both whole. */
  readonly ends: ReadonlyMap<number, readonly string[]>;
}

const pairAt = (word: string, at: number): number => word.charCodeAt(at) * 65_536 + word.charCodeAt(at + 1);
const atEnd = 2 ** 33;

export function buildDisguiseIndex(names: NameIndex): DisguiseIndex {
  const strong = new Map<string, number>();
  const ends = new Map<number, string[]>();
  const pairs = new WordKeys();
  const endPairs = new WordKeys();
  let longest = 0;
  for (const [word, entries] of names.words) {
    const entry = entries.find(({ strength }) => strength === 'strong' || strength === 'capital');
    if (entry === undefined || word.length < 4) continue;
    strong.set(word, entry.person);
    longest = Math.max(longest, word.length);
    pairs.add(word.slice(0, 2));
    if (word.length < 5) continue;
    endPairs.add(word.slice(0, 2));
    endPairs.add(word.slice(-2));
    for (const key of [pairAt(word, 0), pairAt(word, word.length - 2) + atEnd])
      ends.set(key, [...(ends.get(key) ?? []), word]);
  }
  return { strong, longest, pairs, endPairs, ends };
}

/** Names with one typing error, with digits for letters, broken at a line's end, or run together. */
export function disguisedNames(lex: Lexemes, index: DisguiseIndex): Disguised[] {
  const found: Disguised[] = [];
  if (index.strong.size === 0) return found;
  for (let at = 0; at < lex.count; at += 1) {
    const start = startOf(lex, at);
    const end = endOf(lex, at);
    const glued = at + 1 < lex.count && startOf(lex, at + 1) === end;
    if (glued) {
      const last = gluedEnd(lex, at);
      const person = lettersFor(lex.view.lower.slice(start, endOf(lex, last)), index);
      if (person !== undefined) found.push({ start, end: endOf(lex, last), person });
      at = last;
      continue;
    }
    if (isNumber(lex, at)) continue;
    if (end - start > 3 && isCapital(lex, at) && couldBeTyped(lex.view.lower, start, end, index)) {
      const person = typed(wordAt(lex, at), index);
      if (person !== undefined) found.push({ start, end, person });
    }
    if (at + 1 < lex.count && lex.view.lower.charCodeAt(end) < 0x2e && lex.digits[at + 1] === false) {
      const gap = index.pairs.has(pairKey(lex.view.lower, start)) ? gapAfter(lex, at) : '';
      if (gap === '\n' || gap === '-\n' || gap === '- ') {
        const person = index.strong.get(wordAt(lex, at) + wordAt(lex, at + 1));
        if (person !== undefined) found.push({ start, end: endOf(lex, at + 1), person });
      }
    }
  }
  return found;
}

const pairKey = (text: string, at: number): number => nextKey(text.charCodeAt(at), text.charCodeAt(at + 1));

const couldBeTyped = (lower: string, start: number, end: number, { endPairs }: DisguiseIndex): boolean =>
  endPairs.has(pairKey(lower, start)) || endPairs.has(pairKey(lower, end - 2));

function gluedEnd(lex: Lexemes, first: number): number {
  let last = first;
  while (last + 1 < lex.count && startOf(lex, last + 1) === endOf(lex, last)) last += 1;
  return last;
}

const letterOf: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  9: 'g',
};

/** `Mar1sol`, `0rtiz`: digits that look like letters, more letters than digits. */
function lettersFor(token: string, index: DisguiseIndex): number | undefined {
  if (token.length < 4 || token.length > index.longest) return undefined;
  const digits = token.replaceAll(/\D/g, '').length;
  if (digits * 2 > token.length) return undefined;
  const letters = token.replaceAll(/\d/g, (digit) => letterOf[digit] ?? digit);
  return index.strong.get(letters) ?? (token.includes('1') ? index.strong.get(swapped(token)) : undefined);
}

const swapped = (token: string): string =>
  token.replaceAll('1', 'l').replaceAll(/\d/g, (digit) => letterOf[digit] ?? digit);

/** Person whose name is one edit away: a letter more, less, other, or two changed about. */
function typed(word: string, index: DisguiseIndex): number | undefined {
  if (index.strong.has(word) || word.length > index.longest + 1) return undefined;
  const candidates = index.ends.get(pairAt(word, 0)) ?? [];
  const others = index.ends.get(pairAt(word, word.length - 2) + atEnd) ?? [];
  if (candidates.length === 0 && others.length === 0) return undefined;
  for (const name of [...candidates, ...others]) {
    if (Math.abs(name.length - word.length) < 2 && oneEdit(word, name) && !isWord(word))
      return index.strong.get(name);
  }
  return undefined;
}

/** A word of the language or of medicine is no slip of the pen. */
const isWord = (word: string): boolean => {
  const { plain, inflected, demonyms } = lexicon();
  return isClinicalWord(word) || plain.has(word) || inflected.has(word) || demonyms.has(word);
};

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
