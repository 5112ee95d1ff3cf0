import { endOf, keyAt, type Lexemes, startOf } from './lexemes.ts';
import type { Match } from './match.ts';
import type { ColumnRule, IndexedPack } from './pack.ts';

/** A cell of a row, without the blanks and quotation marks around it: places of the view. */
interface Cell {
  readonly start: number;
  readonly end: number;
}

/** What may part the cells of a row: the first that its line holds does, and so many cells make a table. */
const separators: readonly (readonly [sign: string, cells: number])[] = [
  ['\t', 2],
  ['|', 2],
  [';', 3],
  [',', 3],
];
const longestLine = 4096;
const longestLabel = 42;

const isBlank = (sign: string): boolean => sign === ' ' || sign === '\r' || sign === '*' || sign === '_';

/** A cell without what only surrounds its value. */
function trimmed(text: string, from: number, to: number): Cell {
  let [start, end] = [from, to];
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  const quote = text.charAt(start);
  if (end - start > 1 && (quote === '"' || quote === "'") && text.charAt(end - 1) === quote)
    return { start: start + 1, end: end - 1 };
  return { start, end };
}

/** Cells of a line; a separator between quotation marks belongs to its cell (RFC 4180, section 2). */
function cellsOf(text: string, from: number, to: number, separator: string, quotes = true): Cell[] {
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

/** Labels of columns, and no sentence with commas. */
const label = /^[a-z][a-z0-9 #/().%'_-]{0,39}$/;
const sentence = /\b(?:and|or|the|your|with|please|was|is)\b|[.]$/;

/** A label as rules name it: `Last_Name` and `last-name` are `last name`. */
const labelOf = (text: string): string => text.replaceAll(/[\s_#.'()-]+/g, ' ').trim();

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** A heading: how its rows are parted, and what each column holds. */
interface Heading {
  readonly separator: string;
  /** Parted as a sentence is: a row has a figure then. */
  readonly loose: boolean;
  readonly columns: readonly (readonly ColumnRule[])[];
}

function headingIn(text: string, from: number, to: number, pack: IndexedPack): Heading | undefined {
  const line = text.slice(from, to);
  const found = separators.find(([sign]) => line.includes(sign));
  if (found === undefined) return undefined;
  const [separator, fewest] = found;
  if (line.indexOf(separator) > longestLabel) return undefined;
  const labels = cellsOf(text, from, to, separator).map(({ start, end }) => text.slice(start, end));
  if (labels.length < fewest || !labels.every((one) => label.test(one) && !sentence.test(one)))
    return undefined;
  const names = labels.map(labelOf);
  const all = new Set(names);
  const columns = names.map((name) =>
    (pack.columnIndex.get(name) ?? []).filter(
      ({ beside }) => beside.length === 0 || beside.some((one) => one !== name && all.has(one)),
    ),
  );
  // One label among words with commas is a list of words.
  const told = columns.filter((rules) => rules.length > 0).length;
  return told > (separator === ',' ? 1 : 0) ? { separator, loose: line.includes(', '), columns } : undefined;
}

/** A line of a table in Markdown between its heading and its rows. */
const figure = /\d/;
const markdownRule = /^[\s|:+=-]+$/;

/**
 * Values below the heading of a table that says what they are: CSV, tabs, semicolons and pipes. A table ends with the
 * first line that has another number of cells. Each line is read once.
 */
export function columnMatches(
  lex: Lexemes,
  pack: IndexedPack,
  read: (rule: ColumnRule, cell: Cell) => Match | undefined,
): Match[] {
  const matches: Match[] = [];
  const { lower } = lex.view;
  let reached = 0;
  for (let index = 0; index < lex.count; index += 1) {
    const at = startOf(lex, index);
    if (at < reached || !pack.columnKeys.has(keyAt(lex, index))) continue;
    const from = lineStart(lower, at);
    reached = lineEnd(lower, endOf(lex, index));
    if (reached === lower.length || reached - from > longestLine) continue;
    const heading = headingIn(lower, from, reached, pack);
    if (heading === undefined) continue;
    while (reached < lower.length) {
      const start = reached + 1;
      const end = lineEnd(lower, start);
      if (end === start || end - start > longestLine) break;
      const cells = cellsOf(lower, start, end, heading.separator);
      const row = lower.slice(start, end);
      const ruled = markdownRule.test(row);
      if (!ruled && (cells.length !== heading.columns.length || (heading.loose && !figure.test(row)))) break;
      if (!ruled)
        for (const [column, cell] of cells.entries())
          for (const one of heading.columns[column] ?? []) {
            const match = read(one, cell);
            if (match !== undefined) matches.push(match);
          }
      reached = end;
    }
  }
  return matches;
}
