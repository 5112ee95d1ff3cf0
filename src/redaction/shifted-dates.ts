import { countOfShifted } from '../vocabulary/shifted-calendar.ts';
import { epochDayOf } from '../vocabulary/time.ts';
import { normalise } from './normalise.ts';
import { anyMonth, monthOf } from './words/calendar.ts';

/** A whole date that another one may touch: `2290-05-17/2290-06-01`. */
const wholeDay = '2[1-4]\\d{2}[-/.]\\d{2}[-/.]\\d{2}';
/** Nothing before or behind goes on with the number. */
const [open, closed] = [
  `(?<![\\p{L}\\p{N}]|(?<!${wholeDay})(?<=\\p{N})[.,/:-])`,
  `(?![\\p{L}\\p{N}]|[./:-](?!${wholeDay}(?!\\p{N}))\\p{N})`,
];
const year = '(?<y>2[1-4]\\d{2})';
const day = '(?<d>\\d{1,2})(?:st|nd|rd|th)?';

/** How a whole date is written that can be meant in one way only, in a view. */
const forms: readonly RegExp[] = [
  new RegExp(`${open}${year}(?<sign>[-/.])(?<m>\\d{2})\\k<sign>(?<d>\\d{2})(?:(?=t\\d)|${closed})`, 'gu'),
  new RegExp(`${open}${day}(?: of)? (?<m>[a-z]{3,9})\\.?,? ${year}${closed}`, 'gu'),
  new RegExp(`${open}(?<m>[a-z]{3,9})\\.? ${day},? ${year}${closed}`, 'gu'),
];

const strangeYear = '2[1-4]\\d{2}(?!\\p{N})';
/** How else somebody may write a day or month of that calendar for a model to say it in one of those forms. */
const strangeForms: readonly RegExp[] = [
  ...forms,
  /(?<!\p{N})2[1-4]\d{2}([-/.])\d{1,2}\1\d{1,2}(?!\p{N})/gu,
  new RegExp(`(?<!\\p{N})\\d{1,2}(?<sign>[-/.])\\d{1,2}\\k<sign>${strangeYear}`, 'gu'),
  /(?<!\p{N})2[1-4]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\p{N})/gu,
  new RegExp(
    `(?<!\\p{L})(?:${anyMonth})\\.?(?:\\s?\\d{1,2}(?:st|nd|rd|th)?)?[\\s,-]{0,2}(?:of )?'?${strangeYear}(?!\\s?m?c?g\\b)`,
    'gu',
  ),
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
  return disjoint(found);
}

/** Where a text writes days or months of the shifted calendar, also in forms that are not turned back; as above. */
export function strangeDaysIn(text: string): { readonly start: number; readonly end: number }[] {
  const view = normalise(text);
  return disjoint(
    strangeForms.flatMap((form) =>
      [...view.lower.matchAll(form)].map(({ index, 0: written }) => ({
        start: view.start(index),
        end: view.end(index + written.length),
      })),
    ),
  );
}

/** In order; of those that overlap the first, and of those that begin together the longest. */
function disjoint<Place extends { readonly start: number; readonly end: number }>(
  found: readonly Place[],
): Place[] {
  let reached = 0;
  return found
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ start, end }) => {
      const apart = start >= reached;
      if (apart) reached = end;
      return apart;
    });
}
