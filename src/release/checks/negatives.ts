import { type Check, verdictOf } from '../check.ts';
import { type Denial, denialsIn } from '../support/denials.ts';
import { unsupported, withoutMarks } from '../support/mark.ts';

/** What lies within another statement, or begins within it, belongs to it. */
const apart = (denials: readonly Denial[]): Denial[] => {
  const places: Denial[] = [];
  for (const { start, end } of denials) {
    const last = places.at(-1);
    if (last === undefined || start >= last.end) places.push({ start, end });
    else if (end > last.end) places[places.length - 1] = { start: last.start, end };
  }
  return places;
};

/** Negative statements (`no known allergies`) that the record does not make; see `denialsIn`. */
export const negatives: Check = {
  id: 'negatives',
  verdict: 'flag',
  bound: 'sentence',
  find: (text, scope) =>
    scope.shown === undefined
      ? []
      : unsupported(text, apart(denialsIn(withoutMarks(text), scope.shown)), verdictOf(negatives, scope)),
  // What follows may say that the record is spoken of, up to 80 characters behind.
  open: (text, { shown }) => {
    if (shown === undefined) return text.length;
    const from = Math.max(0, text.length - 400);
    const late = denialsIn(withoutMarks(text.slice(from)), shown).find(
      ({ end }) => from + end > text.length - 160,
    );
    return late === undefined ? text.length : from + late.start;
  },
};
