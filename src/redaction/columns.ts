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

/** Blanks, marks of bold, code and quoted mail. */
const blanks = new Set([' ', '\r', '*', '_', '`', '>', '\ufeff']);
const isBlank = (sign: string): boolean => blanks.has(sign);

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

/** Whose it is says no more than the rest: `patient_phone`, `member's name`. */
const whose = /^(?:patient|pt|member|client|subscriber)(?= ?[a-z])/;

/** A label as rules name it: `Last_Name` and `last-name` are `last name`; `Patient City/State (home)` is a city too. */
function namesOf(text: string): readonly string[] {
  const names = text
    .replaceAll(/\([^)]{0,30}\)|'s\b/g, ' ')
    .split('/')
    .map((one) => one.replaceAll(/[\s_#.'()-]+/g, ' ').trim());
  return names.flatMap((name) => [name, name.replace(/s$/, ''), name.replace(whose, '').trim()]);
}

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
  const said = labels.filter((one) => one !== '');
  if (said.length < fewest || !said.every((one) => label.test(one) && !sentence.test(one))) return undefined;
  const names = labels.map(namesOf);
  const all = new Set(names.flat());
  const columns = names.map((own) => {
    const others = ({ beside }: ColumnRule): boolean =>
      beside.length === 0 || beside.some((one) => !own.includes(one) && all.has(one));
    return [...new Set(own.flatMap((name) => pack.columnIndex.get(name) ?? []))].filter(others);
  });
  // One label among words with commas is a list of words.
  const told = columns.filter((rules) => rules.length > 0).length;
  return told > (separator === ',' ? 1 : 0) ? { separator, loose: line.includes(', '), columns } : undefined;
}

const figure = /\d/;
/** A line of a table in Markdown between its heading and its rows. */
const markdownRule = /^[\s|:+=-]+$/;

/**
 * Values below the heading of a table that says what they are: CSV, tabs, semicolons and pipes. A table ends with the
 * first line that nothing parts; a row of another number of cells is left out. Each line is read once.
 */
export function columnMatches(
  lex: Lexemes,
  pack: IndexedPack,
  matchOf: (rule: ColumnRule, cell: Cell) => Match | undefined,
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
      const row = lower.slice(start, end);
      if (!row.includes(heading.separator)) break;
      const cells = cellsOf(lower, start, end, heading.separator);
      const read = cells.length === heading.columns.length && !markdownRule.test(row);
      if (read && !(heading.loose && !figure.test(row)))
        for (const [column, cell] of cells.entries())
          for (const one of heading.columns[column] ?? []) {
            const match = matchOf(one, cell);
            if (match !== undefined) matches.push(match);
          }
      reached = end;
    }
  }
  return matches;
}
