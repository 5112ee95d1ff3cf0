import {
  type Cell,
  cellsApart,
  label,
  lineEnd,
  longestLabel,
  longestLine,
  namesOf,
  rulesNamed,
  sentence,
} from './cells.ts';
import type { Match } from './match.ts';
import type { View } from './normalise.ts';
import type { ColumnRule, IndexedPack } from './pack.ts';

/** What a rule makes of a cell; undefined where its pattern or check says no. */
export type MatchOf = (rule: ColumnRule, cell: Cell) => Match | undefined;

/** A value of a form, beside its label or below it, with the names of the label. */
export interface Field {
  readonly names: readonly string[];
  readonly value: Cell;
}

/** Fewer labels with their values make no form. */
const fewest = 2;

/**
 * What the fields of a text hold, by the rules for columns of that name. A rule that wants others beside it has them
 * anywhere in the form.
 */
export function fieldMatches(
  view: View,
  pack: IndexedPack,
  fields: readonly Field[],
  matchOf: MatchOf,
): Match[] {
  const all = new Set(fields.flatMap(({ names }) => names));
  if (fields.length < fewest) return [];
  return fields.flatMap(({ names, value }) =>
    rulesNamed(pack, names, all)
      .filter(({ check }) => check !== 'named' || !isSmallWord(view, value))
      .flatMap((rule) => matchOf(rule, value) ?? []),
  );
}

/** "Patient   stable": one small word is how somebody is. */
function isSmallWord({ lower, text }: View, { start, end }: Cell): boolean {
  const value = text.slice(start, end);
  return value === lower.slice(start, end) && !value.includes(' ');
}

/** Fields whose labels stand in the line from `from` to `to`. */
export function fieldsIn(text: string, from: number, to: number, pack: IndexedPack): Field[] {
  const cells = to - from > longestLabel && !isParted(text.slice(from, to)) ? [] : cellsApart(text, from, to);
  const [only] = cells;
  if (cells.length === 1 && only !== undefined) {
    const names = labelOf(text, only, pack);
    const value = names === undefined ? undefined : below(text, to, pack);
    return names === undefined || value === undefined ? [] : [{ names, value }];
  }
  if (cells.length % 2 > 0) return [];
  const fields: Field[] = [];
  for (let at = 0; at < cells.length; at += 2) {
    const [first, value] = [cells[at], cells[at + 1]];
    if (first === undefined || value === undefined || isLabel(text, value, pack)) return [];
    const names = labelOf(text, first, pack);
    if (names !== undefined) fields.push({ names, value });
  }
  return fields;
}

/** Whether the line at `from` begins with a label and a value beside it. */
export function startsField(text: string, from: number, pack: IndexedPack): boolean {
  const to = lineEnd(text, from);
  if (to - from > longestLine) return false;
  const [first, value, ...more] = cellsApart(text, from, to);
  if (first === undefined || value === undefined || more.length % 2 > 0) return false;
  return isLabel(text, first, pack) && !isLabel(text, value, pack);
}

const isParted = (line: string): boolean => line.includes('  ') || line.includes('\t') || line.includes('|');
const endsLabel = /\s?[:#]{1,2}$/;

/** The names of a label that a rule knows. */
function labelOf(text: string, { start, end }: Cell, pack: IndexedPack): readonly string[] | undefined {
  if (end - start > longestLabel) return undefined;
  const written = text.slice(start, end).replace(endsLabel, '');
  if (!label.test(written) || sentence.test(written)) return undefined;
  const names = namesOf(written);
  return names.some((name) => pack.columnIndex.has(name)) ? names : undefined;
}

/** What stands in forms beside what rules know. */
const otherLabels = new Set([
  'sex',
  'gender',
  'race',
  'ethnicity',
  'language',
  'preferred language',
  'religion',
  'marital status',
  'relationship',
  'allergies',
  'medications',
  'diagnosis',
  'pharmacy',
  'date',
  'reason for visit',
  'chief complaint',
  'status',
]);

const isLabel = (text: string, cell: Cell, pack: IndexedPack): boolean =>
  text.charAt(cell.end - 1) === ':' ||
  labelOf(text, cell, pack) !== undefined ||
  otherLabels.has(text.slice(cell.start, cell.end));

const longestValue = 60;

/** The line below, or the one after a blank one, where it is a single value. */
function below(text: string, to: number, pack: IndexedPack): Cell | undefined {
  for (let from = to + 1, blank = 0; from < text.length && blank < 2; blank += 1) {
    const end = lineEnd(text, from);
    if (end - from > longestLine) return undefined;
    const [value, other] = cellsApart(text, from, end);
    if (value !== undefined)
      return other === undefined && value.end - value.start <= longestValue && !isLabel(text, value, pack)
        ? value
        : undefined;
    from = end + 1;
  }
  return undefined;
}
