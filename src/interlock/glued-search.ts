import type { DateIndex } from './date-search.ts';
import type { Piece } from './pieces.ts';
import type { Report } from './report.ts';
import type { RunIndex } from './run-search.ts';

const gap = /^[ \-./()_\u2010-\u2015\u00a0]{1,2}$/;
/** A number of fewer figures may stand in the figures of something else. */
const least = 9;
const most = { groups: 4, end: 11, inner: 11 } as const;

const dayOf = (year: string, month: string, day: string): string =>
  year.length === 4 && month.length <= 2 && day.length <= 2
    ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    : '';

/** Whether figures of a first group, of those between and of a last one are of the record. */
type Known = (first: string, inner: string, last: string) => boolean;

/**
 * Numbers and full days of the record in groups of figures, with other figures written to the first or the last
 * group: `1953-49-8000`, `2026-03-0412:30`.
 */
export function searchGlued(
  text: string,
  pieces: readonly Piece[],
  { runs, dates }: { readonly runs: RunIndex; readonly dates: DateIndex },
  report: Report,
): void {
  if (runs.runs.size === 0 && dates.size === 0) return;
  const isDay: Known = (first, inner, last) =>
    inner !== '' &&
    [dayOf(first, inner, last), dayOf(last, inner, first), dayOf(last, first, inner)].some((day) =>
      dates.has(day),
    );
  const look = (head: Piece, inner: string, tail: Piece, known: Known, kind: 'date' | undefined): boolean => {
    for (let from = Math.min(head.word.length, most.end); from > 0; from -= 1)
      for (let until = Math.min(tail.word.length, most.end); until > 0; until -= 1) {
        if (from === head.word.length && until === tail.word.length) continue;
        // A day of one figure ends where its group does.
        if (
          kind === 'date' &&
          ((from === 1 && head.word.length > 1) || (until === 1 && tail.word.length > 1))
        )
          continue;
        const [first, last] = [head.word.slice(-from), tail.word.slice(0, until)];
        if (!known(first, inner, last)) continue;
        const run = runs.runs.get(first + inner + last);
        report(kind ?? run?.kind ?? 'identifier', head.end - from, tail.start + until);
        return true;
      }
    return false;
  };
  const isNumber: Known = (first, inner, last) =>
    first.length + inner.length + last.length >= least &&
    runs.runs.get(first + inner + last)?.rule === 'number';
  pieces.forEach((head, at) => {
    if (head.type !== 'digits') return;
    let inner = '';
    const gaps = new Set<string>();
    for (let next = at + 1; next < at + most.groups; next += 1) {
      const [before, tail] = [pieces[next - 1], pieces[next]];
      if (before === undefined || tail?.type !== 'digits' || tail.start - before.end > 2) return;
      gaps.add(text.slice(before.end, tail.start));
      if (!gap.test(text.slice(before.end, tail.start))) return;
      if (before !== head) inner += before.word;
      if (inner.length > most.inner) return;
      const long = head.word.length + inner.length + tail.word.length > least;
      if (long && look(head, inner, tail, isNumber, undefined)) return;
      if (next === at + 2 && gaps.size === 1 && look(head, inner, tail, isDay, 'date')) return;
    }
  });
}
