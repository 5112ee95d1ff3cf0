import { endOf, gapAfter, isCapital, isLetter, type Lexemes, lexemes, startOf, wordAt } from './lexemes.ts';
import type { Match } from './match.ts';
import type { View } from './normalise.ts';

/** A view read in another way, whose matches lead back to the view itself. */
export interface Rewriting {
  readonly kind: 'spaced' | 'joined' | 'mistaken';
  readonly lex: Lexemes;
  /** The matches as they stand in the view that was rewritten. */
  back(matches: readonly Match[]): Match[];
}

/** Ways to read a view in which values that were spaced out or mistaken for letters stand plain. */
export function rewritings(lex: Lexemes): Rewriting[] {
  return [spacedOut(lex), hyphenated(lex), mistakenDigits(lex)].filter((one) => one !== undefined);
}

const leastRun = 3;

/** `M a r i s o l`, `4.1.3.5`, `0-0-2-4`: single letters and digits with one sign between, three at least, joined; two letters of a name too. */
function spacedOut(lex: Lexemes): Rewriting | undefined {
  const dropped: [from: number, to: number][] = [];
  let at = 0;
  while (at + 1 < lex.count) {
    const last = singlesEnd(lex, at);
    if (last - at + 1 >= leastRun || (last > at && isShortName(lex, at)))
      for (let index = at; index < last; index += 1)
        for (let from = endOf(lex, index); from < startOf(lex, index + 1); from += 2)
          dropped.push([from, from + 1]);
    at = last + 1;
  }
  return dropped.length === 0 ? undefined : without(lex.view, dropped, 'spaced');
}

/** `L i`, `A . L .` */
const isShortName = (lex: Lexemes, at: number): boolean =>
  isCapital(lex, at) &&
  lex.digits[at + 1] === false &&
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
function hyphenated(lex: Lexemes): Rewriting | undefined {
  const { lower } = lex.view;
  const dropped: [from: number, to: number][] = [];
  for (let at = lower.indexOf('-\n'); at >= 0; at = lower.indexOf('-\n', at + 2))
    if (isLetter(lower.charCodeAt(at - 1)) && isLetter(lower.charCodeAt(at + 2))) dropped.push([at, at + 2]);
  return dropped.length === 0 ? undefined : without(lex.view, dropped, 'joined');
}

/** The view without some stretches; two and more spaces stay a gap. */
function without(
  view: View,
  dropped: readonly (readonly [number, number])[],
  kind: Rewriting['kind'],
): Rewriting {
  const places: number[] = [];
  const parts: string[] = [];
  let reached = 0;
  const keep = (from: number, to: number): void => {
    parts.push(view.text.slice(from, to));
    for (let at = from; at < to; at += 1) places.push(at);
  };
  for (const [from, to] of dropped) {
    keep(reached, from);
    reached = to;
  }
  keep(reached, view.text.length);
  const text = parts.join('');
  const lower = places.map((at) => view.lower.charAt(at)).join('');
  const start = (index: number): number => places[index] ?? view.text.length;
  const end = (index: number): number => (index > 0 ? (places[index - 1] ?? 0) + 1 : 0);
  return {
    kind,
    lex: lexemes({ source: view.text, text, lower, start, end }),
    back: (matches) => matches.map((match) => ({ ...match, start: start(match.start), end: end(match.end) })),
  };
}

const digitOf: Readonly<Record<string, string>> = {
  o: '0',
  l: '1',
  i: '1',
  s: '5',
  b: '8',
  z: '2',
  g: '9',
  q: '9',
  t: '7',
};

const same = (index: number): number => index;

/** `1lth` is the eleventh. */
const withoutOrdinal = (word: string): string => word.replace(/(?:st|nd|rd|th)$/, '');

/** Tokens of digits in which some were read as letters (`2O24`, `l980`): the same text with the digits back. */
function mistakenDigits(lex: Lexemes): Rewriting | undefined {
  let changed: string[] | undefined;
  for (let at = 0; at + 1 < lex.count; at += 1) {
    if (startOf(lex, at + 1) !== endOf(lex, at)) continue;
    let last = at;
    let digits = 0;
    let possible = true;
    for (
      let index = at;
      index === at || (index < lex.count && startOf(lex, index) === endOf(lex, index - 1));
      index += 1
    ) {
      last = index;
      const word = wordAt(lex, index);
      if (lex.digits[index] === true) digits += word.length;
      else
        possible &&= word.length < 4 && Array.from(withoutOrdinal(word)).every((letter) => letter in digitOf);
    }
    if (possible && digits > 0 && endOf(lex, last) - startOf(lex, at) > 1) {
      changed ??= Array.from({ length: lex.view.lower.length }, (_, index) => lex.view.lower.charAt(index));
      const end = startOf(lex, last) + withoutOrdinal(wordAt(lex, last)).length;
      for (let index = startOf(lex, at); index < end; index += 1)
        changed[index] = digitOf[changed[index] ?? ''] ?? changed[index] ?? '';
    }
    at = last;
  }
  if (changed === undefined) return undefined;
  const text = changed.join('');
  return {
    kind: 'mistaken',
    lex: lexemes({ source: text, text, lower: text, start: same, end: same }),
    // Without agreement of the record any other number with a letter in it is what it says.
    back: (matches) =>
      matches.filter(
        ({ rule }) =>
          (rule.startsWith('record.') && rule !== 'record.name') ||
          rule === 'date' ||
          rule.startsWith('phone.'),
      ),
  };
}
