import { findDates } from '../redaction/dates.ts';
import { lexemes } from '../redaction/lexemes.ts';
import type { View } from '../redaction/normalise.ts';
import { dayMs, isoDate } from '../vocabulary/time.ts';

const emails = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu;
/** `(at)`, ` at ` before a host with ` dot ` in it, and blanks about the sign. */
const at =
  /\s{0,2}[([{]\s?(?:at|@)\s?[)\]}]\s{0,2}|\s{1,2}at\s{1,2}(?=[\p{L}\p{N}-]{1,63}(?:\s{1,2}dot\s|\s{0,2}[([{]\s?(?:dot|\.)\s?[)\]}]|\.\p{L}))|\s{0,2}@\s{0,2}/giu;
const dot = /\s{0,2}[([{]\s?(?:dot|\.)\s?[)\]}]\s{0,2}|\s{1,2}dot\s{1,2}/giu;

export const emailsIn = (text: string): readonly string[] =>
  [...text.replace(at, '@').replace(dot, '.').matchAll(emails)].map(([email]) => email);

const numbers = /(?<![\p{L}\p{N}])\+?\(?\d(?:[ \u00a0]?[-./()]{0,2}[ \u00a0]?\d){6,19}(?![\p{L}\p{N}])/gu;

/** So many groups of figures a telephone number is written in at most, and so many characters stand between two. */
const most = { groups: 6, between: 4, digits: 15 } as const;
/** Fewer figures that others stand beside are too often the figures of something else. */
const leastJoined = 10;

/** Groups of figures without a letter between them, whatever else is: numbers in one list or row are tried together. */
function joinedNumbers(text: string): string[] {
  const groups = [...text.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ digits, index }));
  return groups.flatMap((group, first) => {
    let { digits } = group;
    let end = group.index + digits.length;
    const found = [digits];
    for (const next of groups.slice(first + 1, first + most.groups)) {
      const between = text.slice(end, Math.min(next.index, end + most.between + 1));
      if (between.length > most.between || /\p{L}/u.test(between)) break;
      digits += next.digits;
      end = next.index + next.digits.length;
      if (digits.length > most.digits) break;
      if (digits.length >= leastJoined) found.push(digits);
    }
    return found;
  });
}

/** `5/12/1998` and `1998-12-05` are days, which answers are full of. */
const isDay = (number: string): boolean =>
  /^(?:\d{1,2}([-./])\d{1,2}\1(?:19|20)\d{2}|(?:19|20)\d{2}([-./])\d{1,2}\2\d{1,2})$/.test(number);

/** What may be a number, whatever stands before and behind it. */
export const numbersIn = (text: string): readonly string[] => [
  ...[...text.matchAll(numbers)].map(([number]) => number).filter((number) => !isDay(number)),
  ...joinedNumbers(text),
];

const runs = /(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[-._]?[\p{L}\p{N}]){5,63}(?![\p{L}\p{N}])/gu;
/** An identifier in pieces: two or three, each of figures or with figures in it or short, with no other word between. */
const pieces = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{1,24}(?![\p{L}\p{N}])/gu;
const isPiece = (word: string): boolean => word.length <= 4 || /\d/.test(word);
const hasFigures = (word: string): boolean => (word.match(/\d/g)?.length ?? 0) >= 4;

/** Those of letters and figures; of figures alone it is a number. */
export function joinedIdentifiersIn(text: string): readonly string[] {
  const words = [...text.matchAll(pieces)].map(({ 0: word, index }) => ({ word, index }));
  return words.flatMap(({ index, word }, first) => {
    if (!isPiece(word)) return [];
    let joined = word;
    let end = index + word.length;
    const found: string[] = [];
    for (const next of words.slice(first + 1, first + 3)) {
      if (next.index - end > 3 || !isPiece(next.word)) break;
      joined += next.word;
      end = next.index + next.word.length;
      if (hasFigures(joined)) found.push(joined);
    }
    return found;
  });
}

/** What may be an identifier of letters and figures, in one piece. */
export const identifiersIn = (text: string): readonly string[] =>
  [...text.matchAll(runs)].map(([run]) => run).filter((run) => /\d/.test(run) && !isDay(run));

const nameWords = /(?<![\p{L}\p{N}])\p{L}{2,41}(?![\p{L}\p{N}])/gu;
/** So far from a birth date the name to which it belongs is looked for. */
const nearBirth = 160;
/** Dates of one text that are looked at; an answer about a record holds tokens in their place. */
const mostDates = 200;
/** Characters from the first word of a name to the last. */
const longestName = 60;

/** Two words beside a date, either of which may be the family's name. */
export interface NameNearDate {
  readonly one: string;
  readonly other: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
}

const isCapital = (word: string): boolean => /^\p{Lu}/u.test(word);

/** Every two words beside a date that follow each other, or that stand near each other in capitals. */
export const namesNearDates = (view: View): readonly NameNearDate[] =>
  findDates(lexemes(view))
    .filter(({ days, precision }) => precision === 'day' && days.length > 0)
    .slice(0, mostDates)
    .flatMap(({ start, end, days }) => {
      // The date's own words are no name: `June 12` is not June's.
      const before = view.text.slice(Math.max(0, start - nearBirth), start);
      const around = `${before} ${view.text.slice(end, end + nearBirth)}`;
      const near = [...around.matchAll(nameWords)].map(({ 0: word, index }) => ({ word, index }));
      const capitals = near.filter(({ word }) => isCapital(word));
      const pairs = [
        ...near.flatMap((first, n) => near.slice(n + 1, n + 2).map((next) => [first, next] as const)),
        ...capitals.flatMap((first, n) => capitals.slice(n + 1, n + 5).map((next) => [first, next] as const)),
      ].filter(([first, next]) => next.index - first.index < longestName);
      return pairs.flatMap(([{ word: one }, { word: other }]) =>
        days.flatMap((epochDay): NameNearDate[] => {
          const day = isoDate(epochDay * dayMs);
          return [
            { one, other, day },
            { one: other, other: one, day },
          ];
        }),
      );
    });
