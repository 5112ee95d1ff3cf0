import type { Objection, Verdict } from '../check.ts';

const shownNowhere = '(not in the record shown)';

/** What stands in place of what is masked. */
const leftOut = '(left out: not in the record shown)';

interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Objections to what the record does not support: flagged places are marked behind their end, once; masked ones are left
 * out. Where a check blocks, a mark that the model wrote itself changes nothing.
 */
export const unsupported = (text: string, places: readonly Place[], verdict: Verdict): readonly Objection[] =>
  places.flatMap(({ start, end }) => {
    if (verdict !== 'flag') return [{ start, end, by: leftOut }];
    const marked = text.startsWith(` ${shownNowhere}`, end);
    return marked ? [] : [{ start, end, by: `${text.slice(start, end)} ${shownNowhere}` }];
  });

const marks = new RegExp(
  [shownNowhere, leftOut].map((mark) => mark.replace(/[()]/g, String.raw`\$&`)).join('|'),
  'g',
);

/** The same text, unit for unit, without the words of marks: they speak of the record and say nothing of it. */
export const withoutMarks = (text: string): string => text.replace(marks, (mark) => ' '.repeat(mark.length));
