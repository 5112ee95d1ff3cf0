import type { ColumnRule, IndexedPack } from './pack.ts';

/** A cell of a row, without the blanks and quotation marks around it: places of the view. */
export interface Cell {
  readonly start: number;
  readonly end: number;
}

/** Columns that stand apart by blanks. */
export const wide = '  ';

/** What may part the cells of a row: the first that its line holds does, and so many cells make a table. */
export const separators: readonly (readonly [sign: string, cells: number])[] = [
  ['\t', 2],
  ['|', 2],
  [wide, 2],
  [';', 3],
  [',', 3],
];
export const longestLine = 4096;
export const longestLabel = 42;

/** Blanks, marks of bold, code and quoted mail. */
const blanks = new Set([' ', '\r', '*', '_', '`', '>', '\ufeff']);
const isBlank = (sign: string): boolean => blanks.has(sign);

/** A cell without what only surrounds its value. */
export function trimmed(text: string, from: number, to: number): Cell {
  let [start, end] = [from, to];
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  const quote = text.charAt(start);
  if (end - start > 1 && (quote === '"' || quote === "'") && text.charAt(end - 1) === quote)
    return { start: start + 1, end: end - 1 };
  return { start, end };
}

/** Cells of a line; a separator between quotation marks belongs to its cell (RFC 4180, section 2). */
export function cellsOf(text: string, from: number, to: number, separator: string, quotes = true): Cell[] {
  const cells: Cell[] = [];
  let start = from;
  let quoted = false;
  for (let at = from; at < to; at += 1) {
    const sign = text.charAt(at);
    if (quotes && sign === '"') quoted = !quoted;
    if (sign !== separator || quoted) continue;
    cells.push(trimmed(text, start, at));
    start = at + 1;
  }
  // A mark that is not closed is one of inches.
  if (quoted) return cellsOf(text, from, to, separator, false);
  cells.push(trimmed(text, start, to));
  // Pipes stand around a row as well.
  const inner = cells.length - 1;
  return separator === '|'
    ? cells.filter(({ start: first, end }, at) => end > first || (at > 0 && at < inner))
    : cells;
}

/** A colon that stands apart from its label belongs to the gap. */
const parted = /(?:\t|\||\s{2,})(?::(?=\s)\s*)?/g;

/** What tabs, pipes or two blanks part, without what is empty. */
export function cellsApart(text: string, from: number, to: number): Cell[] {
  const line = text.slice(from, to);
  const cells: Cell[] = [];
  let start = 0;
  const add = (end: number): void => {
    const cell = trimmed(text, from + start, from + end);
    if (cell.end > cell.start) cells.push(cell);
  };
  for (const { index, 0: sign } of line.matchAll(parted)) {
    add(index);
    start = index + sign.length;
  }
  add(line.length);
  return cells;
}

/** Labels of columns, and no sentence with commas. */
export const label = /^[a-z][a-z0-9 #/().%'_-]{0,39}$/;
export const sentence = /\b(?:and|or|the|your|with|please|was|is)\b|[.]$/;

/** Whose it is says no more than the rest: `patient_phone`, `member's name`. */
const whose = /^(?:patient|pt|member|client|subscriber)(?= ?[a-z])/;

/** The rules for columns and fields that go by one of `names`, where what they want beside it is among `all`. */
export const rulesNamed = (
  { columnIndex }: IndexedPack,
  names: readonly string[],
  all: ReadonlySet<string>,
): ColumnRule[] =>
  [...new Set(names.flatMap((name) => columnIndex.get(name) ?? []))].filter(
    ({ beside }) => beside.length === 0 || beside.some((one) => !names.includes(one) && all.has(one)),
  );

/** A label as rules name it: `Last_Name` and `last-name` are `last name`; `Patient City/State (home)` is a city too. */
export function namesOf(text: string): readonly string[] {
  const names = text
    .replaceAll(/\([^)]{0,30}\)|'s\b/g, ' ')
    .split('/')
    .map((one) => one.replaceAll(/[\s_#.'()-]+/g, ' ').trim());
  return names.flatMap((name) => [name, name.replace(/s$/, ''), name.replace(whose, '').trim()]);
}

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
