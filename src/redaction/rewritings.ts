import { table } from '../vocabulary/table.ts';
import {
  endOf,
  gapAfter,
  isCapital,
  isLetter,
  isNumber,
  isWordUnit,
  type Lexemes,
  lexemes,
  startOf,
  wordAt,
} from './lexemes.ts';
import type { Match } from './match.ts';
import type { View } from './normalise.ts';
import { foreignMonthOf, monthOf } from './words/calendar.ts';

/** A stretch of a view read in another way, whose matches lead back to the view itself. */
export interface Rewriting {
  readonly kind: 'spaced' | 'joined' | 'mistaken';
  readonly lex: Lexemes;
  /** The matches as they stand in the view that was rewritten: those within `reach` of what was rewritten. */
  back(matches: readonly Match[], reach?: number): Match[];
}

/**
 * Ways to read a view in which values that were spaced out or mistaken for letters stand plain. Only the stretches
 * that hold such a value are read again, with what stands around them. `begins` tells the words with which a number
 * of the record begins.
 */
export function rewritings(lex: Lexemes, begins: (word: string) => boolean): Rewriting[] {
  return [
    ...stretches(lex.view, spacedOut(lex)).map((one) => without(lex.view, one, 'spaced')),
    ...stretches(lex.view, hyphenated(lex)).map((one) => without(lex.view, one, 'joined')),
    ...stretches(lex.view, mistakenDigits(lex, begins)).map((one) => withDigits(lex.view, one)),
  ];
}

/** What is to be written otherwise: from `from` to `to`, by dropping some stretches or putting other characters. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly dropped: readonly (readonly [from: number, to: number])[];
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly changes: readonly Change[];
}

/** How much is read before and after a change: a cue before it, what goes on after it. */
const around = 120;
/** How far from a change its effect is looked for: a title before a name, a value after a cue. */
const effect = 48;

/** Changes in order, those near each other together, each with what stands around it; cut where words end. */
function stretches(view: View, changes: readonly Change[]): Stretch[] {
  const result: { start: number; end: number; changes: Change[] }[] = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (last !== undefined && change.from - around < last.end) {
      last.changes.push(change);
      last.end = cut(view, change.to + around, 1);
    } else {
      const start = cut(view, change.from - around, -1);
      result.push({ start, end: cut(view, change.to + around, 1), changes: [change] });
    }
  }
  return result;
}

/** The nearest place from `at` on where no word is cut in two, 40 units away at most. */
function cut(view: View, at: number, step: 1 | -1): number {
  const { lower } = view;
  for (let place = at; Math.abs(place - at) < 40; place += step) {
    if (place <= 0) return 0;
    if (place >= lower.length) return lower.length;
    if (!isWordUnit(lower.charCodeAt(place)) && !isWordUnit(lower.charCodeAt(place - 1))) return place;
  }
  return at;
}

/** Matches of a stretch that touch a change or what stands right beside one. */
function touched(matches: readonly Match[], changes: readonly Change[], reach: number): Match[] {
  return matches.filter(({ start, end }) => {
    let low = 0;
    let high = changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((changes[middle]?.to ?? 0) + reach <= start) low = middle + 1;
      else high = middle;
    }
    return end > (changes[low]?.from ?? Number.POSITIVE_INFINITY) - reach;
  });
}

const leastRun = 3;

/** `M a r i s o l`, `4.1.3.5`, `0-0-2-4`: single letters and digits with one sign between, three at least, joined; two letters of a name too. */
function spacedOut(lex: Lexemes): Change[] {
  const changes: Change[] = [];
  let at = 0;
  while (at + 1 < lex.count) {
    const last = singlesEnd(lex, at);
    if (last - at + 1 >= leastRun || (last > at && isShortName(lex, at))) {
      const dropped: [from: number, to: number][] = [];
      for (let index = at; index < last; index += 1)
        for (let from = endOf(lex, index); from < startOf(lex, index + 1); from += 2)
          dropped.push([from, from + 1]);
      changes.push({ from: startOf(lex, at), to: endOf(lex, last), dropped });
    }
    at = last + 1;
  }
  return changes;
}

/** `L i`, `A . L .` */
const isShortName = (lex: Lexemes, at: number): boolean =>
  isCapital(lex, at) &&
  at + 1 < lex.count &&
  !isNumber(lex, at + 1) &&
  (gapAfter(lex, at) === ' . ' || (!isCapital(lex, at + 1) && wordAt(lex, at + 1) !== 'a'));

const single = (lex: Lexemes, at: number): boolean => endOf(lex, at) - startOf(lex, at) === 1;

/** Last of the single characters that stand apart by the same sign; signs of the value itself stand apart as well. */
function singlesEnd(lex: Lexemes, first: number): number {
  if (!single(lex, first)) return first;
  const between = gapAfter(lex, first).charAt(0);
  if (between === '' || !' .-_*|,/\n'.includes(between)) return first;
  let last = first;
  while (last + 1 < lex.count && single(lex, last + 1) && apart(gapAfter(lex, last), between)) last += 1;
  return last;
}

function apart(gap: string, between: string): boolean {
  if (gap.length % 2 === 0 || gap.length > 7) return false;
  for (let at = 0; at < gap.length; at += 2) if (gap.charAt(at) !== between) return false;
  return true;
}

/** Words divided at the end of a line: Sep-, new line, tember. */
function hyphenated(lex: Lexemes): Change[] {
  const { lower } = lex.view;
  const changes: Change[] = [];
  for (let at = lower.indexOf('-\n'); at >= 0; at = lower.indexOf('-\n', at + 2))
    if (isLetter(lower.charCodeAt(at - 1)) && isLetter(lower.charCodeAt(at + 2)))
      changes.push({ from: at - 1, to: at + 3, dropped: [[at, at + 2]] });
  return changes;
}

/** A stretch without what its changes drop; two and more spaces stay a gap. */
function without(view: View, stretch: Stretch, kind: Rewriting['kind']): Rewriting {
  const places = new Uint32Array(stretch.end - stretch.start);
  let length = 0;
  let text = '';
  let lower = '';
  let reached = stretch.start;
  const keep = (from: number, to: number): void => {
    text += view.text.slice(from, to);
    lower += view.lower.slice(from, to);
    for (let at = from; at < to; at += 1) {
      places[length] = at;
      length += 1;
    }
  };
  for (const { dropped } of stretch.changes)
    for (const [from, to] of dropped) {
      keep(reached, from);
      reached = to;
    }
  keep(reached, stretch.end);
  const start = (index: number): number => (index < length ? (places[index] ?? 0) : stretch.end);
  const end = (index: number): number => (index > 0 ? (places[index - 1] ?? 0) + 1 : stretch.start);
  return {
    kind,
    lex: lexemes({ source: view.text, text, lower, foreign: view.foreign, start, end }),
    back: (matches, reach = effect) =>
      touched(
        matches.map((match) => ({ ...match, start: start(match.start), end: end(match.end) })),
        stretch.changes,
        reach,
      ),
  };
}

const digitOf: Readonly<Record<string, string>> = table({
  o: '0',
  l: '1',
  i: '1',
  s: '5',
  b: '8',
  z: '2',
  g: '9',
  q: '9',
  t: '7',
});

/** Where a month's short name stands between letters that are digits: `3lOCT2O26`. */
const monthIn = (word: string): number | undefined => {
  const at = word.search(/jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/);
  return at < 0 ? undefined : at;
};

const withoutMonth = (word: string): string => {
  const at = monthIn(word);
  return at === undefined ? word : word.slice(0, at) + word.slice(at + 3);
};

/** `1lth` is the eleventh. */
const withoutOrdinal = (word: string): string => word.replace(/(?:st|nd|rd|th)$/, '');

/**
 * Tokens of digits in which some were read as letters (`2O24`, `l980`). One that is too short for a number of its own
 * (`T2`) counts where a month or the rest of a number stands beside it, or where a number of the record begins so.
 */
function mistakenDigits(lex: Lexemes, begins: (word: string) => boolean): Change[] {
  const changes: Change[] = [];
  for (let at = 0; at + 1 < lex.count; at += 1) {
    if (startOf(lex, at + 1) !== endOf(lex, at)) continue;
    let last = at;
    let digits = 0;
    let letters = 0;
    let possible = true;
    for (
      let index = at;
      index === at || (index < lex.count && startOf(lex, index) === endOf(lex, index - 1));
      index += 1
    ) {
      last = index;
      const word = wordAt(lex, index);
      if (isNumber(lex, index)) digits += word.length;
      else {
        const goesOn = index + 1 < lex.count && startOf(lex, index + 1) === endOf(lex, index);
        const rest = withoutMonth(goesOn ? word : withoutOrdinal(word));
        letters += rest.length;
        possible &&= rest.length < 4 && Array.from(rest).every((letter) => letter in digitOf);
      }
    }
    if (possible && digits > 0 && letters > 0 && !clock.test(cluster(lex, at, last))) {
      const from = startOf(lex, at);
      const to = startOf(lex, last) + withoutOrdinal(wordAt(lex, last)).length;
      if (isNumberish(lex, at, last) || begins(digitsFor(lex.view.lower.slice(from, to))))
        changes.push({ from, to, dropped: [] });
    }
    at = last;
  }
  return changes;
}

const cluster = (lex: Lexemes, first: number, last: number): string =>
  lex.view.lower.slice(startOf(lex, first), endOf(lex, last));

/** `18T08`, `30Z`: the letters of a date with its time. */
const clock = /^\d{2}(?:t\d{2}(?:\d{2}){0,2})?z?$/;

const digitsFor = (text: string): string => {
  const month = monthIn(text) ?? -3;
  let result = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    // The T between a day and its time is one.
    const kept = (at >= month && at < month + 3) || (at === 2 && /^t\d{2}/.test(text.slice(at)));
    result += kept ? character : (digitOf[character] ?? character);
  }
  return result;
};

/** Long enough to be a number, together with the digits beside it, or beside a month. */
function isNumberish(lex: Lexemes, first: number, last: number): boolean {
  if (endOf(lex, last) - startOf(lex, first) > 2) return true;
  for (const beside of [first - 2, first - 1, last + 1, last + 2])
    if ((monthOf(wordAt(lex, beside)) ?? foreignMonthOf(wordAt(lex, beside))) !== undefined) return true;
  return (
    (isNumber(lex, first - 1) && startOf(lex, first) - endOf(lex, first - 1) < 4) ||
    (isNumber(lex, last + 1) && startOf(lex, last + 1) - endOf(lex, last) < 4) ||
    (last + 2 < lex.count && isNumber(lex, last + 2) && startOf(lex, last + 2) === endOf(lex, last + 1))
  );
}

/** A stretch with the digits back. */
function withDigits(view: View, stretch: Stretch): Rewriting {
  let text = '';
  let reached = stretch.start;
  for (const { from, to } of stretch.changes) {
    text += view.lower.slice(reached, from) + digitsFor(view.lower.slice(from, to));
    reached = to;
  }
  text += view.lower.slice(reached, stretch.end);
  const same = (index: number): number => stretch.start + index;
  return {
    kind: 'mistaken',
    lex: lexemes({
      source: view.text,
      text,
      lower: text,
      foreign: view.foreign,
      start: same,
      end: same,
    }),
    // Without agreement of the record any other number with a letter in it is what it says.
    back: (matches, reach = effect) =>
      touched(
        matches
          .filter(
            ({ rule }) =>
              (rule.startsWith('record.') && rule !== 'record.name') ||
              rule === 'date' ||
              rule.startsWith('phone.'),
          )
          .map((match) => ({ ...match, start: same(match.start), end: same(match.end) })),
        stretch.changes,
        reach,
      ),
  };
}
