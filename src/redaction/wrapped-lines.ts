import type { View } from './normalise.ts';
import { relations, titles } from './words/context-words.ts';

/** A line break of a paragraph that was broken at a width, with the blanks around it, and what stands for it. */
interface Wrap {
  readonly from: number;
  readonly to: number;
  readonly instead: '' | ' ';
}

/** A line without the blanks, and marks of quoted mail, before and after it. */
interface Line {
  /** Where the line itself begins: its width counts from there. */
  readonly start: number;
  readonly first: number;
  readonly end: number;
}

/**
 * The view with the lines of wrapped paragraphs put together: a text that was broken at a width reads on over its line
 * breaks, and so do names, streets and facilities, and what announces them. Rows, items, headings, labelled values and
 * whatever follows a full stop stay lines of their own. Time is linear in the length of the text.
 */
export function unwrapped(view: View): View {
  if (!view.text.includes('\n')) return view;
  const wraps = wrapsIn(view.text);
  if (wraps.length === 0) return view;
  const joints: Joint[] = [];
  let [text, lower] = ['', ''];
  let reached = 0;
  for (const { from, to, instead } of wraps) {
    text += view.text.slice(reached, from) + instead;
    lower += view.lower.slice(reached, from) + instead;
    joints.push({ from, to, at: text.length - instead.length, behind: text.length });
    reached = to;
  }
  return {
    source: view.source,
    text: text + view.text.slice(reached),
    lower: lower + view.lower.slice(reached),
    foreign: view.foreign,
    start: (index) => view.start(placeOf(joints, index).from),
    end: (index) => view.end(index > 0 ? placeOf(joints, index - 1).to : 0),
  };
}

/** Where a wrap stood, `from` and `to`, and what stands there now, from `at` to `behind`. */
interface Joint {
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly behind: number;
}

/** What of the wrapped view one unit of the joined one was. */
function placeOf(joints: readonly Joint[], index: number): { from: number; to: number } {
  let low = 0;
  let high = joints.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((joints[middle]?.at ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  const joint = joints[low - 1];
  if (joint === undefined) return { from: index, to: index + 1 };
  if (index < joint.behind) return joint;
  const from = index - joint.behind + joint.to;
  return { from, to: from + 1 };
}

/** Narrower lines are lines of a list or a form. */
const narrowest = 40;
/** A line of more was not broken at a width. */
const widest = 200;

/** The breaks inside paragraphs, in order. */
function wrapsIn(text: string): Wrap[] {
  const lines = linesOf(text);
  const pairs: { readonly before: Line; readonly after: Line; readonly join: Join }[] = [];
  let width = 0;
  for (let at = 1; at < lines.length; at += 1) {
    const [before, after] = [lines[at - 1], lines[at]];
    if (before === undefined || after === undefined) continue;
    const join = joinOf(text, before, after);
    if (join === 'none') continue;
    pairs.push({ before, after, join });
    // What goes on with a small letter says how wide the text is.
    if (join === 'small') width = Math.max(width, before.end - before.start);
  }
  return pairs.flatMap(({ before, after, join }): Wrap[] => {
    if (join === 'filled' && !filled(text, before, after, width)) return [];
    return [{ from: before.end, to: after.first, instead: hyphened.test(tail(text, before)) ? '' : ' ' }];
  });
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const stop = found === -1 ? text.length : found;
    let [first, end] = [start, stop];
    while (first < stop && blanks.has(text.charAt(first))) first += 1;
    while (end > first && blanks.has(text.charAt(end - 1))) end -= 1;
    lines.push({ start, first, end });
    start = stop + 1;
  }
  return lines;
}

const blanks = new Set([' ', '\t', '\r', '>']);

/** Whether two lines are one: what the next begins with or this one ends with says so, or how full this one is. */
type Join = 'none' | 'small' | 'led' | 'filled';

function joinOf(text: string, before: Line, after: Line): Join {
  const width = before.end - before.start;
  if (width < narrowest || width > widest || after.first === after.end) return 'none';
  const head = text.slice(after.first, Math.min(after.end, after.first + longestHead));
  const end = tail(text, before);
  if (grouped.some(([first, next]) => first.test(end) && next.test(head))) return 'led';
  if (!begins.test(head) || item.test(head) || labelled.test(head)) return 'none';
  if (ended.test(end) && !shortened.test(end)) return 'none';
  const line = text.slice(before.first, before.end);
  if (laidOut.test(line) || !prose.test(line)) return 'none';
  if (small.test(head)) return hyphened.test(end) ? 'none' : 'small';
  const last = lastWord.exec(end)?.[0].toLowerCase() ?? '';
  if (leading.has(last) || shortened.test(end) || housed.test(end)) return 'led';
  return named.test(end) && capital.test(head) ? 'led' : 'filled';
}

/** Whether the first word of the next line had no room on a line of a text that is so wide. */
function filled(text: string, before: Line, after: Line, width: number): boolean {
  if (width === 0) return false;
  const own = before.end - before.start;
  const word = firstWord.exec(text.slice(after.first, after.first + longestHead))?.[0] ?? '';
  return own <= width + spare && own + 1 + word.length > width;
}

const longestHead = 60;
const longestTail = 30;
/** By how much a line may be wider than the widest of those that surely go on. */
const spare = 12;

const tail = (text: string, { first, end }: Line): string =>
  text.slice(Math.max(first, end - longestTail), end);

const begins = /^["'(]?[\p{L}\p{N}]/u;
const small = /^["'(]?\p{Ll}/u;
/** "2. ", "b) ", "ii. " */
const item = /^\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s/i;
/** "Plan: ", "Home phone (evening): " */
const labelled = /^[A-Z][\w/().&'-]{0,24}(?: [\w/().&'-]{1,24}){0,4}\s?:(?:\s|$)/;
const ended = /[.!?:;]["')]?$/;
/** "seen by Dr.", "Ada Q." */
const shortened = /(?:^|[\s(])(?:Drs?|Mrs?|Ms|Prof|St|Mt|Ft|[A-Z])\.$/i;
/** The first figures of a telephone number and its next ones, those of another number in fours. */
const grouped: readonly (readonly [first: RegExp, next: RegExp])[] = [
  [/(?:\+\d{1,3}|\(\d{2,4}\)|\b\d{3}[-.])$/, /^\(?\d{2,4}\b/],
  [/(?:^|\s)\d{4}$/, /^\d{4}\b/],
];
/** "lives at 12": the number of a house. */
const housed = /\b(?:at|in|to|from|is)\s\d{1,6}$/;
/** A capitalised word before another one. */
const named = /(?:^|[\s("'])[A-Z][a-z]+(?:['-][A-Z]?[a-z]+)*$/;
const capital = /^["'(]?\p{Lu}/u;
const hyphened = /[\p{L}\p{N}]-$/u;
/** Columns. */
const laidOut = /[\t|]|\S {3,}\S/;
/** Five words, the fewest of a sentence. */
const prose = /(?:\S+ +){4}/;
const firstWord = /^\S+/;
const lastWord = /[a-z]+\.?$/i;

/** What a line cannot end with. */
const leading = new Set([
  ...titles,
  ...relations,
  ...'by with at in from to of on near via per for and or the a an his her their my our named called is was mrn ssn dob id number'.split(
    ' ',
  ),
]);
