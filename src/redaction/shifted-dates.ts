import { countOfShifted } from '../vocabulary/shifted-calendar.ts';
import { epochDayOf } from '../vocabulary/time.ts';
import { normalise } from './normalise.ts';
import { monthOf } from './words/calendar.ts';

/** Nothing before or behind goes on with the number. */
const [open, closed] = ['(?<![\\p{L}\\p{N}]|\\p{N}[.,/:-])', '(?![\\p{L}\\p{N}]|[./:-]\\p{N})'];
const year = '(?<y>2[1-4]\\d{2})';
const day = '(?<d>\\d{1,2})(?:st|nd|rd|th)?';

/** How a whole date is written that can be meant in one way only, in a view. */
const forms: readonly RegExp[] = [
  new RegExp(`${open}${year}(?<sign>[-/.])(?<m>\\d{2})\\k<sign>(?<d>\\d{2})(?:(?=t\\d)|${closed})`, 'gu'),
  new RegExp(`${open}${day}(?: of)? (?<m>[a-z]{3,9})\\.?,? ${year}${closed}`, 'gu'),
  new RegExp(`${open}(?<m>[a-z]{3,9})\\.? ${day},? ${year}${closed}`, 'gu'),
];

export interface ShiftedDate {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Every date of the shifted calendar that a text writes whole, in order and disjoint, by offsets of the text. */
export function shiftedDatesIn(text: string): ShiftedDate[] {
  const view = normalise(text);
  const found = forms.flatMap((form) =>
    [...view.lower.matchAll(form)].flatMap(({ index, 0: whole, groups = {} }): ShiftedDate[] => {
      const { d = '', m = '', y = '' } = groups;
      const month = monthOf(m) ?? Number(m);
      const at = epochDayOf(`${y}-${twoDigits(month)}-${twoDigits(Number(d))}`);
      const count = at === undefined ? undefined : countOfShifted(at);
      return count === undefined
        ? []
        : [{ start: view.start(index), end: view.end(index + whole.length), count }];
    }),
  );
  let reached = 0;
  return found
    .toSorted((a, b) => a.start - b.start)
    .filter(({ start, end }) => {
      const apart = start >= reached;
      if (apart) reached = end;
      return apart;
    });
}
