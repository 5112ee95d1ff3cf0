import type { View } from './normalise.ts';
import { relations, titles } from './words/context-words.ts';

/** A line break inside a paragraph with the blanks around it, or several blanks, and what stands for them. */
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
 * The view as its text reads on: with the lines of wrapped paragraphs put together and one blank for several between the
 * words of sentences, so that names, streets and facilities, and what announces them, stand as they are spoken. Rows,
 * items, headings, labelled values and whatever follows a full stop stay lines of their own, and columns stay apart.
 * A word that `holds` knows and that a line break divides is one. Time is linear in the length of the text.
 */
export function runningText(view: View, holds: (word: string) => boolean = never): View {
  const broken = view.text.includes('\n') ? wrapsIn(view, holds) : [];
  const wide = holdsWideGap(view.text) ? wideGapsIn(view.text) : [];
  const signs = [' ,', ' .'].some((sign) => view.text.includes(sign)) ? spacedSignsIn(view.text) : [];
  const glued = gluedIn(view.text);
  // Never as arguments: a text of a megabyte has more of them than a call takes.
  const others = wide.length + signs.length + glued.length > 0;
  const wraps = others
    ? [...broken, ...wide, ...signs, ...glued].toSorted((a, b) => a.from - b.from)
    : broken;
  if (wraps.length === 0) return view;
  const joints: Joint[] = [];
  // Put together at once: what is added up bit by bit stays a tree, and is slow to read ever after.
  const [texts, lowers]: [string[], string[]] = [[], []];
  let length = 0;
  let reached = 0;
  for (const { from, to, instead } of wraps) {
    texts.push(view.text.slice(reached, from), instead);
    lowers.push(view.lower.slice(reached, from), instead);
    length += from - reached;
    joints.push({ from, to, at: length, behind: length + instead.length });
    length += instead.length;
    reached = to;
  }
  texts.push(view.text.slice(reached));
  lowers.push(view.lower.slice(reached));
  return {
    source: view.source,
    text: texts.join(''),
    lower: lowers.join(''),
    foreign: view.foreign,
    start: (index) => view.start(placeOf(joints, index).from),
    end: (index) => view.end(index > 0 ? placeOf(joints, index - 1).to : 0),
  };
}

const never = (): boolean => false;

const holdsWideGap = (text: string): boolean => text.includes('  ') || text.includes('\t');
const wideGap = /(?<=\S)(?:[ \t]{2,}|\t)(?=\S)/g;

/** What nobody writes alone in a column. */
const functionWords = new Set(
  'the of for with and in at to on was by from an is has had who his her she he as or about were that be not'.split(
    ' ',
  ),
);
/** Of so many wide gaps beside them a line is a sentence, or of one of them between two: "seen   in   the   ward". */
const fewestBeside = 3;
const fewestSigns = 2;

/** Gaps of more than one blank in lines that are sentences: typed twice, justified, or left by an extraction. */
function wideGapsIn(text: string): Wrap[] {
  const wraps: Wrap[] = [];
  for (let line: Line | undefined = lineFrom(text, 0); line !== undefined; line = lineBehind(text, line))
    for (const wrap of wideGapsOf(text, line)) wraps.push(wrap);
  return wraps;
}

function wideGapsOf(text: string, { first, end }: Line): Wrap[] {
  const line = text.slice(first, end);
  if (!holdsWideGap(line)) return [];
  const gaps = Array.from(line.matchAll(wideGap), ({ index, 0: gap }) => ({ index, length: gap.length }));
  let beside = 0;
  let between = false;
  let reached = -1;
  for (const { index, length } of gaps) {
    const before = wordBefore(line, index);
    if (isFunction(before)) {
      beside += 1;
      between ||= index - before.length === reached;
    } else if (isFunction(wordFrom(line, index + length))) beside += 1;
    reached = index + length;
  }
  const sentence = beside >= fewestBeside || between;
  const read = sentence ? gaps : gaps.filter(({ index, length }) => isGrouped(line, index, length));
  return read.map(({ index, length }) => ({ from: first + index, to: first + index + length, instead: ' ' }));
}

/** "4111  1111  1111  1111": the groups of one number, which no columns part by so few blanks. */
const isGrouped = (line: string, at: number, length: number): boolean =>
  length <= mostInNumber &&
  !line.startsWith('\t', at) &&
  goesOnAsNumber(
    line.slice(Math.max(0, at - longestTail), at),
    line.slice(at + length, at + length + longestTail),
  );
const mostInNumber = 3;

const spacedSign = /(?<=\S) (?=[,.;:?!)](?:\s|$))|(?<=\() (?=\S)/g;

/** "seen by Dr . Roe , who": a text whose words and signs were taken apart. */
function spacedSignsIn(text: string): Wrap[] {
  const blanksBefore: Wrap[] = [];
  for (const { index } of text.matchAll(spacedSign))
    if (!isSpelled(text, index)) blanksBefore.push({ from: index, to: index + 1, instead: '' });
  return blanksBefore.length < fewestSigns ? [] : blanksBefore;
}

/** "0 8 : 0 5", "F e b .   1 0": two single letters or figures before the sign, which are read together elsewhere. */
const isSpelled = (text: string, at: number): boolean =>
  wordUnit.test(text.charAt(at - 1)) &&
  !wordUnit.test(text.charAt(at - 2)) &&
  wordUnit.test(text.charAt(at - 3)) &&
  !wordUnit.test(text.charAt(at - 4));
const wordUnit = /[\p{L}\p{N}]/u;

/** A sentence has so many blanks; a row of values has none. */
const blanksOfProse = 4;

/** "Ada Roe,seen at Mercy.She is": where the blank behind a comma or a full stop was forgotten. */
function gluedIn(text: string): Wrap[] {
  const wraps: Wrap[] = [];
  for (const [sign, around] of gluing) {
    let line = lineFrom(text, 0);
    let prose = isProse(text, line);
    for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) {
      if (!around.test(text.slice(Math.max(0, at - 1), at + 3))) continue;
      for (
        let next: Line | undefined = line;
        next !== undefined && at >= line.end;
        next = lineBehind(text, line)
      ) {
        line = next;
        prose = isProse(text, line);
      }
      if (prose) wraps.push({ from: at + 1, to: at + 1, instead: ' ' });
    }
  }
  return wraps;
}

/** What stands around a sign: one unit before it, two behind it. */
const gluing: readonly (readonly [sign: string, around: RegExp])[] = [
  [',', /[a-z)],[a-z]/i],
  ['.', /[a-z]\.[A-Z][a-z]/],
];

function isProse(text: string, { first, end }: Line): boolean {
  let at = first;
  for (let count = 0; count < blanksOfProse; count += 1) {
    at = text.indexOf(' ', at + 1);
    if (at === -1 || at >= end) return false;
  }
  return true;
}

const longestFunction = 5;
const isFunction = (word: string): boolean => functionWords.has(word.toLowerCase());
const wordFrom = (line: string, at: number): string =>
  firstLetters.exec(line.slice(at, at + longestFunction + 1))?.[0] ?? '';
const wordBefore = (line: string, at: number): string =>
  lastLetters.exec(line.slice(Math.max(0, at - longestFunction - 1), at))?.[0] ?? '';
const firstLetters = /^[a-z]+(?=[^a-z])/i;
const lastLetters = /(?<=[^a-z]|^)[a-z]+$/i;

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
/** Between two capitalised words a narrower line says nothing. */
const fewestBetween = 56;
/** A line of more was not broken at a width. */
const widest = 200;

/** The breaks inside paragraphs, in order. */
function wrapsIn({ lower, text }: View, holds: (word: string) => boolean): Wrap[] {
  const pairs: { readonly before: Line; readonly after: Line; readonly join: Join }[] = [];
  let width = 0;
  let before = lineFrom(text, 0);
  for (let after = lineBehind(text, before); after !== undefined; after = lineBehind(text, before)) {
    const join = joinOf(text, before, after);
    if (join !== 'none') pairs.push({ before, after, join });
    // What goes on with a small letter says how wide the text is.
    if (join === 'small') width = Math.max(width, before.end - before.start);
    before = after;
  }
  return pairs.flatMap((pair): Wrap[] => {
    if (pair.join === 'filled' && !filled(text, pair.before, pair.after, width)) return [];
    const { before: first, after } = pair;
    const whole = hyphened.test(tail(text, first)) || holds(wordOver(lower, first, after));
    return [{ from: first.end, to: after.first, instead: whole ? '' : ' ' }];
  });
}

/** The word that two lines are of together; '' where one of them ends or begins with no letter. */
function wordOver(lower: string, before: Line, after: Line): string {
  const begun = lastLettersOf.exec(tail(lower, before))?.[0] ?? '';
  const rest = firstLettersOf.exec(lower.slice(after.first, after.first + longestHead))?.[0] ?? '';
  return begun === '' || rest === '' ? '' : begun + rest;
}
const lastLettersOf = /\p{L}+$/u;
const firstLettersOf = /^\p{L}+/u;

const [tab, lineFeed, carriageReturn, blankSign, quoteSign] = [9, 10, 13, 32, 62];
const isBlank = (code: number): boolean =>
  code === blankSign || code === tab || code === carriageReturn || code === quoteSign;

function lineFrom(text: string, start: number): Line {
  const found = text.indexOf('\n', start);
  const stop = found === -1 ? text.length : found;
  let [first, end] = [start, stop];
  while (first < stop && isBlank(text.charCodeAt(first))) first += 1;
  while (end > first && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return { start, first, end };
}

/** The next line; undefined behind the last one. */
function lineBehind(text: string, { end }: Line): Line | undefined {
  let at = end;
  while (at < text.length && text.charCodeAt(at) !== lineFeed) at += 1;
  return at < text.length ? lineFrom(text, at + 1) : undefined;
}

/** Whether two lines are one: what the next begins with or this one ends with says so, or how full this one is. */
type Join = 'none' | 'small' | 'led' | 'filled';

function joinOf(text: string, before: Line, after: Line): Join {
  const width = before.end - before.start;
  if (after.first === after.end || before.first === before.end) return 'none';
  const sign = text.charAt(before.end - 1);
  if (width < narrowest && sign !== '.') return 'none';
  if (stops.has(sign) || signs.has(text.charAt(after.first))) return 'none';
  const head = text.slice(after.first, Math.min(after.end, after.first + longestHead));
  const end = tail(text, before);
  if (titled.test(end) && capital.test(head)) return 'led';
  if (width < narrowest || width > widest) return 'none';
  if (goesOnAsNumber(end, head)) return 'led';
  if (!begins.test(head) || item.test(head) || labelled.test(head)) return 'none';
  if (ended.test(end) && !shortened.test(end)) return 'none';
  const line = text.slice(before.first, before.end);
  if (laidOut.test(line) || !prose.test(line)) return 'none';
  if (small.test(head)) return hyphened.test(end) ? 'none' : 'small';
  const last = lastWord.exec(end)?.[0].toLowerCase() ?? '';
  if (leading.has(last) || shortened.test(end) || housed.test(end)) return 'led';
  if (width < fewestBetween || !named.test(end) || !nameLike.test(head)) return 'filled';
  return facilityEnds.has(last) ? 'filled' : 'led';
}

/** Whether the first word of the next line had no room on a line of a text that is so wide. */
function filled(text: string, before: Line, after: Line, width: number): boolean {
  if (width === 0) return false;
  const own = before.end - before.start;
  const word = firstWord.exec(text.slice(after.first, after.first + longestHead))?.[0] ?? '';
  return own <= width + spare && own + 1 + word.length > width;
}

/** What ends a line for certain, and what begins an item. */
const stops = new Set(['!', '?', ':', ';']);
const signs = new Set(['-', '*', '\u2022', '#', '=', '_']);
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
const goesOnAsNumber = (end: string, head: string): boolean =>
  grouped.some(([first, next]) => first.test(end) && next.test(head));
/** "lives at 12": the number of a house. */
const housed = /(?:\b(?:at|in|to|from|is)|[A-Za-z],)\s\d{1,6}$/;
/** A title, which nobody writes at the end of anything. */
const titled = /(?:^|[\s(])(?:Drs?|Mrs?|Ms|Prof|St)\.$/;
/** A capitalised word before another one. */
const named = /(?:^|[\s("'])[A-Z][a-z]+(?:['-][A-Z]?[a-z]+)*$/;
/** No acronym. */
const nameLike = /^["'(]?\p{Lu}(?:\p{Ll}|['.])/u;
/** With these the name of a place is whole. */
const facilityEnds = new Set(
  'hospital clinic center centre institute university college school district'.split(' '),
);
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
  ...'by with at in from to of on near via per for and or the a an his her their my our named called is was mrn ssn dob id number de del della der den des di da dos das du las los van von vom zum bin ibn rue'.split(
    ' ',
  ),
]);
