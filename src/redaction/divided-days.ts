import { dayMs } from '../vocabulary/time.ts';
import { monthDayOf } from './calendar-days.ts';
import { dated, type FoundDate } from './found-date.ts';
import { GapPattern } from './gaps.ts';
import { endOf, gapAfter, isDigit, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { nextKey, WordKeys } from './word-keys.ts';

/** One way to write a day in figures alone. */
interface Figures {
  readonly day: number;
  /** Where its second and its third part begin; none where the row is long enough to say so by itself. */
  readonly edges: readonly number[];
  /** Whether the same sign has to stand at both edges. */
  readonly signed: boolean;
  /** Which is meant first, of several. */
  readonly order: number;
}

/** Days of a record by all their figures in a row. */
export interface DayFigures {
  readonly rows: ReadonlyMap<string, readonly Figures[]>;
  /** By the first four figures of a row, whether there is one. */
  readonly heads: WordKeys;
}

const two = (figure: number): string => String(figure).padStart(2, '0');

/** All ways to write the figures of days. */
export function dayFigures(days: Iterable<number>): DayFigures {
  const rows = new Map<string, Figures[]>();
  const add = (
    [first, second, third]: readonly [string, string, string],
    day: number,
    signed: boolean,
    order: number,
  ): void => {
    const row = first + second + third;
    const edges = row.length === wholeDay ? [] : [first.length, first.length + second.length];
    const known = rows.get(row);
    if (known === undefined) rows.set(row, [{ day, edges, signed, order }]);
    else known.push({ day, edges, signed, order });
  };
  for (const day of days) {
    const { month, day: date } = monthDayOf(day);
    const year = String(new Date(day * dayMs).getUTCFullYear());
    for (const m of new Set([two(month), String(month)]))
      for (const d of new Set([two(date), String(date)]))
        for (const [y, signed] of [
          [year, false],
          [year.slice(2), true],
        ] as const) {
          add([m, d, y], day, signed, 0);
          add([y, m, d], day, signed, 0);
          add([d, m, y], day, signed, 1);
        }
  }
  // Where two days can be meant the month stands first, as in all dates.
  for (const written of rows.values()) written.sort((a, b) => a.order - b.order);
  const heads = new WordKeys([], headBits);
  for (const row of rows.keys()) if (row.length >= headLength) heads.add(row.slice(0, headLength));
  return { rows, heads };
}
const wholeDay = 8;
const headLength = 4;
/** Bits for the beginnings of some hundred rows. */
const headBits = 13;

/** What divides figures: spaces and line breaks, and signs of dates or of who sets figures apart. */
const between = new GapPattern(/^[\s\-/.,_|\\'+*~()]{1,12}$/);
/** By which a number goes on: of these parts nothing is a day. */
const goesOn = new GapPattern(/^[-/.,:]$/);

/**
 * The day of the record that begins at a number, where a date would not be written so: `1 9 4 1-01-04`, `10/31 (2015)`,
 * figures on lines of their own. Only where another number stands beside it anything is looked up.
 */
export function dividedDay(lex: Lexemes, first: number, figures: () => DayFigures): FoundDate | undefined {
  if (!isNumber(lex, first + 1) || !between.after(lex, first)) return undefined;
  const { rows, heads } = figures();
  return heads.has(headOf(lex.view.lower, startOf(lex, first))) ? rowAt(lex, first, rows) : undefined;
}

/** Key of the first four figures from a place on, whatever stands between them. */
function headOf(text: string, start: number): number {
  let head = 0;
  let units = 0;
  const limit = start + farthestHead;
  for (let at = start; at < limit && units < headLength; at += 1) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) continue;
    head = nextKey(head, code);
    units += 1;
  }
  return head;
}
const farthestHead = 40;

/** The longest day that begins at a number. */
function rowAt(lex: Lexemes, first: number, rows: DayFigures['rows']): FoundDate | undefined {
  let row = wordAt(lex, first);
  let found: FoundDate | undefined;
  const start = startOf(lex, first);
  const pieces = [row.length];
  for (let last = first + 1; row.length < wholeDay; last += 1) {
    row += wordAt(lex, last);
    if (row.length > wholeDay) break;
    const written = row.length < headLength ? undefined : rows.get(row);
    const day = written?.find((one) => isDivided(lex, { first, last, pieces }, one));
    if (day !== undefined && endsAt(lex, last)) found = dated(start, endOf(lex, last), [day.day]);
    pieces.push(row.length);
    if (last + 1 >= lex.count || !isNumber(lex, last + 1) || !between.after(lex, last)) break;
  }
  return found;
}

/** No figure follows that belongs to it. */
const endsAt = (lex: Lexemes, last: number): boolean =>
  last + 1 >= lex.count ||
  (startOf(lex, last + 1) > endOf(lex, last) && !(isNumber(lex, last + 1) && goesOn.after(lex, last)));

/** Whether figures are divided where those of the day are, and by its signs. */
function isDivided(
  lex: Lexemes,
  { first, last, pieces }: { first: number; last: number; pieces: readonly number[] },
  { edges, signed }: Figures,
): boolean {
  if (isGrouped(pieces)) return false;
  const places = edges.map((edge) => pieces.indexOf(edge));
  if (places.includes(-1)) return false;
  if (!signed) return true;
  // Its figures in their places are a date as it is written, or no date; on two lines nothing else reads them.
  if (last - first === edges.length && !places.some((place) => gapAfter(lex, first + place).includes('\n')))
    return false;
  const [one = '', other] = places.map((place) => gapAfter(lex, first + place).replaceAll(/[\s']/g, ''));
  return one === other && dateSign.test(one);
}
/** `20,251,003`: a count by thousands. */
const isGrouped = ([first = 0, ...others]: readonly number[]): boolean =>
  first < 4 && others.length > 0 && others.every((length, at) => length === first + 3 * (at + 1));
const dateSign = /^[-/.]$/;
