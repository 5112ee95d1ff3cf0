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
const isWordLetter = /[A-Za-z|]/;

const smallAt = (text: string, at: number): boolean => isSmall(text.charAt(at));
const largeAt = (text: string, at: number): boolean => isLarge(text.charAt(at));
/** What is odd beside its neighbours: I behind a small letter; l behind a capital or at a beginning before one. */
const oddLetters: readonly (readonly [string, (text: string, at: number) => boolean])[] = [
  ['I', (text, at) => smallAt(text, at - 1)],
  [
    'l',
    (text, at) =>
      largeAt(text, at - 1) ? !smallAt(text, at + 1) : largeAt(text, at + 1) && !smallAt(text, at - 1),
  ],
];

/** Words in which a letter is written as no other in them. */
export const oddWords = (view: View, known: KnownWords): ReadWord[] =>
  oddLetters.flatMap(([letter, isOdd]) => wordsWith(letter, isOdd, view, known));

function wordsWith(
  letter: string,
  isOdd: (text: string, at: number) => boolean,
  view: View,
  known: KnownWords,
): ReadWord[] {
  const { text } = view;
  const words: ReadWord[] = [];
  let reached = 0;
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, Math.max(at + 1, reached))) {
    if (!isOdd(text, at)) continue;
    let from = at;
    while (from > reached && at - from < longest && isWordLetter.test(text.charAt(from - 1))) from -= 1;
    reached = at + 1;
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
