import type { View } from './normalise.ts';
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
  { text, lower }: View,
  from: number,
  to: number,
  known: KnownWords,
): ReadWord | undefined {
  if (to - from < shortest || to - from > longest) return undefined;
  let listed: string | undefined;
  for (const word of readings(text.slice(from, to), lower.slice(from, to))) {
    if (known.holds(word) || monthOf(word) !== undefined)
      return { change: { from, to, dropped: [], instead: word }, sure: true };
    if (word.length >= shortestListed && listedWord(keyOf(word), word, 0, word.length) !== noWord)
      listed ??= word;
  }
  return listed === undefined
    ? undefined
    : { change: { from, to, dropped: [], instead: listed }, sure: false };
}

/** All ways to read a word with letters for what is none, and with l for a capital I. */
function readings(written: string, lower: string): readonly string[] {
  if (neverLetters.test(lower)) return [];
  let words: readonly string[] = [''];
  let uprights = 0;
  for (const [at, unit] of Array.from(lower).entries()) {
    const either = upright.test(unit) || odd(written, at);
    const choices = either ? ['l', 'i'] : [letterForDigit.get(unit) ?? unit];
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

const isSmall = (unit: string): boolean => unit >= 'a' && unit <= 'z';
const isLarge = (unit: string): boolean => unit >= 'A' && unit <= 'Z';

/** `papadopouIos`, `PEDlATRICS`: a capital I behind a small letter, a small l among capitals. */
function odd(written: string, at: number): boolean {
  const [before, unit, behind] = [written.charAt(at - 1), written.charAt(at), written.charAt(at + 1)];
  if (unit === 'I') return isSmall(before) || (before === 'I' && isSmall(written.charAt(at - 2)));
  return unit === 'l' && (isLarge(before) || (before === '' && isLarge(behind))) && !isSmall(behind);
}
const oddPlaces = /[a-z]I|[A-Z]l(?![a-z])|(?<![A-Za-z])l(?=[A-Z])/g;
const isWordLetter = /[A-Za-z|]/;

/** Words in which a letter is written as no other in them. */
export function oddWords(view: View, known: KnownWords): ReadWord[] {
  const { text } = view;
  const words: ReadWord[] = [];
  let reached = 0;
  for (const { index } of text.matchAll(oddPlaces)) {
    if (index < reached) continue;
    let from = index;
    while (from > reached && index - from < longest && isWordLetter.test(text.charAt(from - 1))) from -= 1;
    reached = index + 1;
    while (reached - from < longest && isWordLetter.test(text.charAt(reached))) reached += 1;
    const word = letterReading(view, from, reached, known);
    if (word !== undefined) words.push(word);
  }
  return words;
}

const barred = /(?<![a-z\d|])(?:[a-z]+\|+|\|+[a-z]+)[a-z|]*(?![a-z\d])/g;

/** Words in which a bar stands for a letter; the bar of a table has none beside it, or ends with its word. */
export const barredWords = (view: View, known: KnownWords): ReadWord[] =>
  view.lower.includes('|')
    ? Array.from(view.lower.matchAll(barred), ({ index, 0: word }) =>
        letterReading(view, index, index + word.length, known),
      ).filter((read) => read !== undefined)
    : [];
