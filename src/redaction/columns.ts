import {
  type Cell,
  cellsApart,
  cellsOf,
  label,
  lineEnd,
  lineStart,
  longestLabel,
  longestLine,
  namesOf,
  rulesNamed,
  sentence,
  separators,
  wide,
} from './cells.ts';
import { type Field, fieldMatches, fieldsIn, type MatchOf, startsField } from './fields.ts';
import { endOf, keyAt, type Lexemes, startOf } from './lexemes.ts';
import type { Match } from './match.ts';
import type { ColumnRule, IndexedPack } from './pack.ts';

/** A heading: how its rows are parted, and what each column holds. */
interface Heading {
  readonly separator: string;
  /** Parted as a sentence is: a row has a figure then. */
  readonly loose: boolean;
  readonly columns: readonly (readonly ColumnRule[])[];
}

const cellsIn = (text: string, from: number, to: number, separator: string): readonly Cell[] =>
  separator === wide ? cellsApart(text, from, to) : cellsOf(text, from, to, separator);

function headingIn(text: string, from: number, to: number, pack: IndexedPack): Heading | undefined {
  const line = text.slice(from, to);
  const found = separators.find(([sign]) => line.includes(sign));
  if (found === undefined) return undefined;
  const [separator, fewest] = found;
  if (line.indexOf(separator) > longestLabel) return undefined;
  const labels = cellsIn(text, from, to, separator).map(({ start, end }) => text.slice(start, end));
  const said = labels.filter((one) => one !== '');
  if (said.length < fewest || !said.every((one) => label.test(one) && !sentence.test(one))) return undefined;
  const names = labels.map(namesOf);
  const all = new Set(names.flat());
  const columns = names.map((own) => rulesNamed(pack, own, all));
  // One label among words with commas is a list of words, and one among words far apart a field of a form.
  const told = columns.filter((rules) => rules.length > 0).length;
  return told > (separator === ',' || (separator === wide && said.length < 3) ? 1 : 0)
    ? { separator, loose: line.includes(', '), columns }
    : undefined;
}

const figure = /\d/;
/** A line of a table in Markdown between its heading and its rows. */
const markdownRule = /^[\s|:+=-]+$/;

/**
 * Values below the heading of a table that says what they are: CSV, tabs, semicolons and pipes. A table ends with the
 * first line that nothing parts; a row of another number of cells is left out. Each line is read once, those of forms too.
 */
export function columnMatches(lex: Lexemes, pack: IndexedPack, matchOf: MatchOf): Match[] {
  const matches: Match[] = [];
  const fields: Field[] = [];
  const { lower } = lex.view;
  let reached = 0;
  for (let index = 0; index < lex.count; index += 1) {
    const at = startOf(lex, index);
    if (at < reached || !pack.columnKeys.has(keyAt(lex, index))) continue;
    const from = lineStart(lower, at);
    reached = lineEnd(lower, endOf(lex, index));
    if (reached - from > longestLine) continue;
    const own = fieldsIn(lower, from, reached, pack);
    fields.push(...own);
    if (reached === lower.length || own.length > 1) continue;
    if (own.length > 0 && startsField(lower, reached + 1, pack)) continue;
    const heading = headingIn(lower, from, reached, pack);
    if (heading === undefined) continue;
    while (reached < lower.length) {
      const start = reached + 1;
      const end = lineEnd(lower, start);
      if (end === start || end - start > longestLine) break;
      const row = lower.slice(start, end);
      if (!row.includes(heading.separator)) break;
      const cells = cellsIn(lower, start, end, heading.separator);
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
  return [...matches, ...fieldMatches(lex.view, pack, fields, matchOf)];
}
