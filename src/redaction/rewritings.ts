import { isWordUnit, type Lexemes, lexemes } from './lexemes.ts';
import { type Match, moved } from './match.ts';
import { digitsFor, mistakenDigits } from './mistaken-digits.ts';
import { canBeName } from './name-words.ts';
import type { View } from './normalise.ts';
import { quotedSigns } from './quoted-signs.ts';
import { dividedFigures, hyphenated, spacedOut } from './spaced-out.ts';
import { chartWords } from './words/context-words.ts';
import type { Change, KnownWords } from './written-otherwise.ts';

/** A stretch of a view read in another way, whose matches lead back to the view itself. */
export interface Rewriting {
  readonly kind: 'spaced' | 'joined' | 'spread' | 'divided' | 'mistaken' | 'quoted';
  readonly lex: Lexemes;
  /** The matches as they stand in the view that was rewritten: those within `reach` of what was rewritten. */
  back(matches: readonly Match[], reach?: number): Match[];
}

/**
 * Ways to read a view in which values that were spaced out or mistaken for letters stand plain. Only the stretches
 * that hold such a value are read again, with what stands around them.
 */
export function rewritings(lex: Lexemes, known: KnownWords): Rewriting[] {
  const { digits, letters } = mistakenDigits(lex, known);
  return [
    ...stretches(lex.view, spacedOut(lex, known)).map((one) => without(lex.view, one, 'spaced')),
    ...stretches(lex.view, hyphenated(lex, known)).map((one) => without(lex.view, one, 'joined')),
    ...stretches(lex.view, spreadWords(lex.view), near).map((one) => without(lex.view, one, 'spread')),
    ...stretches(lex.view, dividedFigures(lex)).map((one) => without(lex.view, one, 'divided')),
    ...stretches(lex.view, digits).map((one) => withDigits(lex.view, one)),
    ...stretches(lex.view, letters).map((one) => withInstead(lex.view, one, 'mistaken')),
    ...stretches(lex.view, quotedSigns(lex.view)).map((one) => withInstead(lex.view, one, 'quoted')),
  ];
}

const wideGap = /[ \t]{2,}/g;
const widest = 40;
const [beforeGap, afterGap] = [/[\w.,)]/, /[\w(]/];
const beforeColon = /[\w.)#]/;
/** Before a label another field begins. */
const field = /^\w{1,20}(?: \w{1,20}){0,2}[ \t]{0,40}:/;
const longestFieldLabel = 106;

/**
 * Words far from each other, as an extraction leaves them (a column ends there, or a value goes on), and the blanks
 * around the colons of labels that stand below each other.
 */
function spreadWords({ text }: View): Change[] {
  if (!text.includes('  ') && !text.includes('\t\t')) return [];
  const changes: Change[] = [];
  for (const { index: from, 0: gap } of text.matchAll(wideGap)) {
    const to = from + gap.length;
    if (from > 0 && gap.length <= widest && isSpread(text, from, to, gap))
      // None stays before a colon.
      changes.push({ from, to, dropped: [[text.charAt(to) === ':' ? from : from + 1, to]] });
  }
  return changes;
}

function isSpread(text: string, from: number, to: number, gap: string): boolean {
  const [before, after] = [text.charAt(from - 1), text.charAt(to)];
  if (after === ':') return beforeColon.test(before) && /\s/.test(text.charAt(to + 1));
  if (
    !(afterGap.test(after) || (after === '+' && before === ':')) ||
    field.test(text.slice(to, to + longestFieldLabel))
  )
    return false;
  return before === ':' || (gap.length > 2 && !gap.includes('\t') && beforeGap.test(before));
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly changes: readonly Change[];
}

/** How much is read before and after a change: a cue before it, what goes on after it; and where it parts a value. */
const [far, near] = [120, 40];
/** How far from a change its effect is looked for: a title before a name, a value after a cue. */
const effect = 48;

/** Changes in order, those near each other together, each with what stands around it; cut where words end. */
function stretches(view: View, changes: readonly Change[], around = far): Stretch[] {
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
        matches
          // Numbers of two lines are one only where the record says so.
          .filter(({ rule }) => kind !== 'divided' || (rule.startsWith('record.') && rule !== 'record.name'))
          .map((match) => moved(match, start(match.start), end(match.end)))
          .filter((match) => kind !== 'spread' || !(holdsCells(view.text, match) || isOfCells(view, match))),
        stretch.changes,
        reaches[kind] ?? reach,
      ),
  };
}

/** Names and places that go on over two wide gaps are cells of a row. */
const holdsCells = (text: string, { start, end, type }: Match): boolean =>
  cellTypes.has(type) &&
  text
    .slice(start, end)
    .split('   ')
    .filter((cell) => cell.trim() !== '').length > 2;

/** "Brother   Stable", "Name   Relationship": the words of a cell that nobody is called. */
const isOfCells = ({ lower }: View, { start, end, type }: Match): boolean =>
  cellTypes.has(type) &&
  type !== 'ORG' &&
  !lower
    .slice(start, end)
    .split(notLetters)
    .some((word) => word.length > 1 && canBeName(word) && !chartWords.has(word));
const notLetters = /[^\p{L}\p{M}]+/u;
const cellTypes: ReadonlySet<Match['type']> = new Set(['PERSON', 'CLINICIAN', 'RELATIVE', 'ORG']);

/** What has no effect on what stands further off. */
const reaches: Partial<Record<Rewriting['kind'], number>> = { divided: 0, spread: 3 };

/** A stretch with the digits back. */
function withDigits(view: View, stretch: Stretch): Rewriting {
  let text = '';
  let reached = stretch.start;
  for (const { from, to } of stretch.changes) {
    text += view.lower.slice(reached, from) + digitsFor(view.text.slice(from, to)).toLowerCase();
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
    back: (matches, reach = effect) => {
      const found = matches
        .filter(
          ({ rule }) =>
            (rule.startsWith('record.') && rule !== 'record.name') ||
            rule === 'date' ||
            rule.startsWith('phone.'),
        )
        .map((match) => moved(match, same(match.start), same(match.end)));
      const unsure = stretch.changes.filter((change) => change.unsure === true);
      const known = found.filter(({ rule }) => rule.startsWith('record.'));
      if (unsure.length === stretch.changes.length) return touched(known, stretch.changes, 0);
      const told =
        unsure.length === 0
          ? found
          : found.filter((match) => known.includes(match) || touched([match], unsure, 0).length === 0);
      return touched(told, stretch.changes, reach);
    },
  };
}

/** A stretch with what is meant instead of what is written; it says what the record says, or a date. */
function withInstead(view: View, stretch: Stretch, kind: 'mistaken' | 'quoted'): Rewriting {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  const put = (piece: string, from: number, to: number): void => {
    const same = piece.length === to - from;
    for (let at = 0; at < piece.length; at += 1) {
      starts.push(same ? from + at : from);
      ends.push(same ? from + at + 1 : to);
    }
    text += piece;
  };
  let reached = stretch.start;
  for (const { from, to, instead = '' } of stretch.changes) {
    put(view.text.slice(reached, from), reached, from);
    put(isSmallLetter.test(view.text.charAt(from)) ? instead : capitalised(instead), from, to);
    reached = to;
  }
  put(view.text.slice(reached, stretch.end), reached, stretch.end);
  const start = (index: number): number => starts[index] ?? stretch.end;
  const end = (index: number): number => ends[index - 1] ?? stretch.start;
  const lower = text.toLowerCase();
  return {
    kind,
    lex: lexemes({ source: view.text, text, lower, foreign: view.foreign, start, end }),
    back: (matches) =>
      touched(
        matches
          .filter(({ rule }) => rule.startsWith('record.') || (rule === 'date' && kind === 'mistaken'))
          .map((match) => moved(match, start(match.start), end(match.end))),
        stretch.changes,
        0,
      ),
  };
}
const isSmallLetter = /[a-z]/;
const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
