import type { Objection, Verdict } from '../check.ts';

const shownNowhere = '(not in the record shown)';

/** What stands in place of what is masked. */
const leftOut = '(left out: not in the record shown)';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** A number that is the value of a JSON member: what is written for it or behind it has to be a string. */
const asValue = /"\s{0,4}:\s{0,4}$/;
const valueEnd = /^\s{0,4}(?:[,}\]]|$)/;
function quotesOf(text: string, { start, end }: Place): readonly [open: string, close: string] {
  if (!asValue.test(text.slice(Math.max(0, start - 12), start))) return ['', ''];
  const within = text.slice(start, end).split('"').length - 1;
  // It may end within the string that tells the unit: `40, "unit": "mg"`.
  if (within % 2 === 1) return ['"', ''];
  return valueEnd.test(text.slice(end, end + 8)) ? ['"', '"'] : ['', ''];
}

/**
 * Objections to what the record does not support: flagged places are marked behind their end, once; masked ones are left
 * out. A document in JSON stays one. Where a check blocks, a mark that the model wrote itself changes nothing.
 */
export const unsupported = (text: string, places: readonly Place[], verdict: Verdict): readonly Objection[] =>
  places.flatMap((place) => {
    const { end, start } = place;
    const [open, close] = quotesOf(text, place);
    if (verdict !== 'flag') return [{ start, end, by: `${open}${leftOut}${close}` }];
    if (text.startsWith(` ${shownNowhere}`, end)) return [];
    const said = `${text.slice(start, end)} ${shownNowhere}`;
    return [{ start, end, by: close === '' ? said : `${open}${said}${close}` }];
  });

const marks = new RegExp(
  [shownNowhere, leftOut].map((mark) => mark.replace(/[()]/g, String.raw`\$&`)).join('|'),
  'g',
);

/** The same text, unit for unit, with `sign` for the words of marks: they speak of the record and say nothing of it. */
export const withoutMarks = (text: string, sign = ' '): string =>
  text.replace(marks, (mark) => sign.repeat(mark.length));
