import { type Check, verdictOf } from '../check.ts';
import { type Denial, denialsIn } from '../support/denials.ts';
import { unsupported } from '../support/mark.ts';
import { readingOf } from '../support/plain-reading.ts';

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

/** So far back a text that goes on is read again, and so far from its end a statement may still be decided otherwise. */
const readAgain = 600;
const undecided = 160;

/** Negative statements (`no known allergies`) that the record does not make; see `denialsIn`. */
export const negatives: Check = {
  id: 'negatives',
  verdict: 'flag',
  bound: 'sentence',
  find: (text, scope) => {
    if (scope.shown === undefined) return [];
    const reading = readingOf(text);
    const places = apart(denialsIn(reading.text, scope.shown));
    return unsupported(
      text,
      places.map(({ start, end }) => reading.place(start, end)),
      verdictOf(negatives, scope),
    );
  },
  // What follows may say that the record is spoken of, up to 80 characters behind, or go on with the list.
  open: (text, { shown }) => {
    if (shown === undefined) return text.length;
    const from = Math.max(0, text.length - readAgain);
    const reading = readingOf(text.slice(from));
    const places = denialsIn(reading.text, shown).map(({ start, end }) => reading.place(start, end));
    const late = places.find(({ end }) => from + end > text.length - undecided);
    return late === undefined ? text.length : from + late.start;
  },
};
