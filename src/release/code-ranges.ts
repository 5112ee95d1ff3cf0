export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Opens a block; behind the marks of quotes and list items, what a later backtick shows to be a span opens none. */
const fence = /^(?: {0,3}(`{3,}|~{3,})|[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t][\s>]*)*(`{3,}(?!`|.*`)|~{3,}))/;
const quoteMarks = /^(?: {0,3}>)+ ?/;
const indented = /^(?: {4}|\t)\s*\S/;
const listItem = /^\s*(?:[-*+]|\d{1,9}[.)])\s/;
const quotes = />/g;

/** Where a line has a fence, and how deep in quotes; `plain` in none, and in no list item. */
interface Fence {
  readonly mark: string;
  readonly column: number;
  readonly depth: number;
  readonly plain: boolean;
}

function fenceOf(line: string): Fence | undefined {
  const match = fence.exec(line);
  const mark = match?.[1] ?? match?.[2];
  if (match === null || mark === undefined) return undefined;
  const before = match[0].slice(0, -mark.length);
  const depth = before.match(quotes)?.length ?? 0;
  return { mark, column: before.length, depth, plain: match[1] !== undefined };
}

/** What is less deep than the opening fence ends its quote or item, and begins another block. */
const closes = (line: string, open: Fence, { column, depth, mark, plain }: Fence): boolean =>
  mark.startsWith(open.mark) &&
  line.slice(column).trim() === mark &&
  line.slice(0, column).replaceAll(/[\s>]/g, '') === '' &&
  (open.plain ? plain : depth === open.depth && column >= open.column);

/**
 * Fenced and indented blocks of Markdown (CommonMark 0.31, 4.4 and 4.5), also in quotes and list items (5.1 and 5.2);
 * an open fence runs to the end.
 */
function blocks(text: string): Range[] {
  const found: Range[] = [];
  let open: { fence: Fence; start: number } | undefined;
  let at = 0;
  let blank = true;
  let quoted = '';
  for (const line of text.split('\n')) {
    const end = at + line.length;
    const here = fenceOf(line);
    const marks = quoteMarks.exec(line)?.[0] ?? '';
    const inside = line.slice(marks.length);
    if (marks.trimEnd() !== quoted) blank = true;
    quoted = marks.trimEnd();
    if (open === undefined && here !== undefined) open = { fence: here, start: at };
    else if (open !== undefined && here !== undefined && closes(line, open.fence, here)) {
      found.push({ start: open.start, end });
      open = undefined;
    } else if (open === undefined && indented.test(inside) && !listItem.test(inside)) {
      if (blank) found.push({ start: at, end });
    }
    if (!indented.test(inside)) blank = inside.trim() === '';
    at = end + 1;
  }
  return open === undefined ? found : [...found, { start: open.start, end: text.length }];
}

interface Backticks {
  readonly index: number;
  readonly length: number;
}

const runsOf = (text: string): readonly Backticks[] =>
  [...text.matchAll(/`+/g)].map(({ index, 0: run }) => ({ index, length: run.length }));

/** For each run the next one of the same length; -1 where there is none. */
function closersOf(runs: readonly Backticks[]): readonly number[] {
  const next = new Map<number, number>();
  const closers = Array.from(runs, () => -1);
  for (let order = runs.length - 1; order >= 0; order -= 1) {
    const length = runs[order]?.length ?? 0;
    closers[order] = next.get(length) ?? -1;
    next.set(length, order);
  }
  return closers;
}

/** Code spans: a run of backticks up to the next run of the same length (6.1). */
function spans(text: string): Range[] {
  const runs = runsOf(text);
  const closers = closersOf(runs);
  const found: Range[] = [];
  for (let order = 0; order < runs.length; order += 1) {
    const opening = runs[order];
    const closer = closers[order] ?? -1;
    const closing = runs[closer];
    if (opening === undefined || closing === undefined) continue;
    found.push({ start: opening.index, end: closing.index + closing.length });
    order = closer;
  }
  return found;
}

/** Characters of the longest key that is looked for, its quotation marks and blanks among them, amply. */
const longestKey = 512;

/** A quoted string before a colon: a key of some JSON. */
const keys = (text: string): Range[] =>
  [...text.matchAll(/"[^"\n]{0,500}"\s{0,5}:/g)].map(({ index, 0: key }) => ({
    start: index,
    end: index + key.length,
  }));

/** Whether the quotation in which [start, end) stands may yet turn out to be a key. */
function mayBeKey(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - longestKey), start);
  if (before.lastIndexOf('"') <= before.lastIndexOf('\n')) return false;
  const rest = text.slice(end, end + longestKey);
  const closing = rest.search(/["\n]/);
  if (closing < 0) return rest.length < longestKey;
  return rest.charAt(closing) === '"' && /^\s{0,5}$/.test(rest.slice(closing + 1));
}

/**
 * For a text that goes on: whether more of it decides if what stands in [start, end) stands in code or in a key. A run
 * of backticks that none closes may yet be closed.
 */
export function undecided(text: string): (start: number, end: number) => boolean {
  const runs = runsOf(text);
  const closers = closersOf(runs);
  let order = 0;
  while (order < runs.length && (closers[order] ?? -1) >= 0) order = (closers[order] ?? order) + 1;
  const opening = runs[order]?.index ?? text.length;
  return (start, end) => opening < start || mayBeKey(text, start, end);
}

/** Where no value may be revealed: code and JSON keys. */
export const closedRanges = (text: string): Range[] => [...blocks(text), ...spans(text), ...keys(text)];

/** The same ranges in order, those that overlap as one. */
export function rangesInOrder(ranges: readonly Range[]): readonly Range[] {
  const found: Range[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last === undefined || start >= last.end) found.push({ start, end });
    else if (end > last.end) found[found.length - 1] = { start: last.start, end };
  }
  return found;
}
