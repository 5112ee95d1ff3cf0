import { listedWord, noWord } from './vocabulary.ts';
import { keyOf } from './word-keys.ts';
import { monthOf } from './words/calendar.ts';
import { letterForDigit } from './words/look-alikes.ts';
import type { Change, KnownWords } from './written-otherwise.ts';

/** What stands for an i as often as for an l. */
const upright = /[1|]/;
/** Figures that look like no letter: a word with one is none. */
const neverLetters = /[26]/;
const mostUpright = 3;
/** Months have three letters; no other word that short is sure. */
const [shortest, shortestListed, longest] = [3, 4, 40];

/** A word that only looks otherwise, and whether the record or the calendar knows it, not a list alone. */
export interface ReadWord {
  readonly change: Change;
  readonly sure: boolean;
}

/** `Qu4rry`, `Dia1ysis`, `D|etz`: what a word of letters was before some were read as something else. */
export function letterReading(
  lower: string,
  from: number,
  to: number,
  known: KnownWords,
): ReadWord | undefined {
  if (to - from < shortest || to - from > longest) return undefined;
  let listed: string | undefined;
  for (const word of readings(lower.slice(from, to))) {
    if (known.holds(word) || monthOf(word) !== undefined)
      return { change: { from, to, dropped: [], instead: word }, sure: true };
    if (word.length >= shortestListed && listedWord(keyOf(word), word, 0, word.length) !== noWord)
      listed ??= word;
  }
  return listed === undefined
    ? undefined
    : { change: { from, to, dropped: [], instead: listed }, sure: false };
}

/** All ways to read a word with letters for what is none. */
function readings(written: string): readonly string[] {
  if (neverLetters.test(written)) return [];
  let words: readonly string[] = [''];
  let uprights = 0;
  for (const unit of written) {
    const choices = upright.test(unit) ? ['l', 'i'] : [letterForDigit.get(unit) ?? unit];
    if (choices.length > 1) uprights += 1;
    if (uprights > mostUpright) return [];
    words = words.flatMap((word) => choices.map((choice) => word + choice));
  }
  return words;
}

/** What was read in words beside which another one is sure, each place once: a list alone tells nothing. */
export function certain(read: readonly ReadWord[]): Change[] {
  if (!read.some(({ sure }) => sure)) return [];
  const changes: Change[] = [];
  for (const { change } of read.toSorted((a, b) => a.change.from - b.change.from))
    if (change.from >= (changes.at(-1)?.to ?? 0)) changes.push(change);
  return changes;
}

const barred = /(?<![a-z\d|])(?:[a-z]+\|+|\|+[a-z]+)[a-z|]*(?![a-z\d])/g;

/** Words in which a bar stands for a letter; the bar of a table has none beside it, or ends with its word. */
export const barredWords = (lower: string, known: KnownWords): ReadWord[] =>
  lower.includes('|')
    ? Array.from(lower.matchAll(barred), ({ index, 0: word }) =>
        letterReading(lower, index, index + word.length, known),
      ).filter((read) => read !== undefined)
    : [];
