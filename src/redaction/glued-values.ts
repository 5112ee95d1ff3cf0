import { epochDay } from './calendar-days.ts';
import type { Lexemes } from './lexemes.ts';
import type { Match } from './match.ts';
import { longNumber, type NumberIndex } from './record-numbers.ts';

/**
 * Numbers and days of the record in groups, with other figures written to the first or the last of them:
 * `1953-49-8000`, `2026-03-0412:30`. Groups are what tells them from any other row of figures.
 */
interface Run {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
}

/** Runs that follow one another, with a sign or two between each two. */
interface Groups {
  readonly head: Run;
  readonly tail: Run;
  readonly inner: string;
  /** What stands between all of them, where that is the same. */
  readonly sign: string | undefined;
}

const mostGroups = 4;
const between = /^[-./ ()_\u2010-\u2015]{1,2}$/;
/** Fewer figures may stand in the figures of something else. */
const leastDigits = 9;
const longestEnd = 11;

function groupsOf(lower: string, most: number): Groups[] {
  const runs = [...lower.matchAll(/\d+/g)].map(
    ({ 0: digits, index }): Run => ({ start: index, end: index + digits.length, digits }),
  );
  return runs.flatMap((head, first) => {
    const found: Groups[] = [];
    let inner = '';
    let last = head;
    let sign: string | undefined;
    for (const tail of runs.slice(first + 1, first + most)) {
      const gap = tail.start - last.end > 2 ? '' : lower.slice(last.end, tail.start);
      if (!between.test(gap)) break;
      if (last !== head) inner += last.digits;
      if (inner.length > longestEnd) break;
      sign = last === head || sign === gap ? gap : undefined;
      found.push({ head, tail, inner, sign });
      last = tail;
    }
    return found;
  });
}

/** Lengths in which an end of the first and a beginning of the last group are read; not all of both. */
function* parts({ head, tail }: Groups): Generator<readonly [first: string, last: string]> {
  const [most, mostOf] = [head.digits.length, tail.digits.length];
  for (let first = Math.min(most, longestEnd); first > 0; first -= 1)
    for (let last = Math.min(mostOf, longestEnd); last > 0; last -= 1)
      if (first < most || last < mostOf) yield [head.digits.slice(-first), tail.digits.slice(0, last)];
}

/** Telephone numbers and identifiers of nine figures and more. */
export function gluedNumbers(lex: Lexemes, { meanings }: NumberIndex): Match[] {
  if (meanings.size === 0) return [];
  return groupsOf(lex.view.lower, mostGroups).flatMap((groups) => {
    const { head, inner, tail } = groups;
    if (head.digits.length + inner.length + tail.digits.length <= leastDigits) return [];
    for (const [first, last] of parts(groups)) {
      const digits = first + inner + last;
      if (digits.length < leastDigits) continue;
      const meaning = meanings.get(digits);
      if (meaning === undefined || meaning.cued || meaning.postal) continue;
      return [longNumber(meaning, head.end - first.length, tail.start + last.length)];
    }
    return [];
  });
}

/** Year, month and day of three groups, in the orders in which they are written; years have four figures. */
const orders: readonly ((first: string, inner: string, last: string) => readonly [string, string, string])[] =
  [
    (first, inner, last) => [first, inner, last],
    (first, inner, last) => [last, inner, first],
    (first, inner, last) => [last, first, inner],
  ];

/** Full days of the record. */
export function gluedDays(lex: Lexemes, days: ReadonlySet<number>): Match[] {
  if (days.size === 0) return [];
  return groupsOf(lex.view.lower, 3).flatMap((groups) => {
    const { head, inner, sign, tail } = groups;
    if (inner === '' || inner.length > 2 || sign === undefined) return [];
    for (const [first, last] of parts(groups)) {
      // A day of one figure ends where its group does.
      if ((first.length === 1 && head.digits.length > 1) || (last.length === 1 && tail.digits.length > 1))
        continue;
      for (const order of orders) {
        const [year, month, day] = order(first, inner, last);
        if (year.length !== 4 || month.length > 2 || day.length > 2) continue;
        const found = epochDay(Number(year), Number(month), Number(day));
        if (found === undefined || !days.has(found)) continue;
        return [
          {
            start: head.end - first.length,
            end: tail.start + last.length,
            type: 'DATE',
            rule: 'record.date',
            entity: `day:${found}`,
            rank: 2,
            full: true,
            exact: false,
            epochDay: found,
          },
        ];
      }
    }
    return [];
  });
}
