/** A date found in a view; indices are of the view. */
export interface FoundDate {
  readonly start: number;
  readonly end: number;
  readonly precision: 'day' | 'month' | 'day-of-year';
  /** Readings, the likelier first; of `day-of-year` only month and day are known, and there is none. */
  readonly days: readonly number[];
  /** Month and day where no year was written. */
  readonly monthDay: { readonly month: number; readonly day: number } | undefined;
  /** Written so that only agreement with the record makes it a date, for example `3/4`. */
  readonly weak: boolean;
  /** Written so that it could be any number: only a day of the record counts. */
  readonly recorded: boolean;
}

/** A date without its place; what is found is added to it. */
export const noDate: FoundDate = {
  start: 0,
  end: 0,
  precision: 'day-of-year',
  days: [],
  monthDay: undefined,
  weak: false,
  recorded: false,
};

/** A full day, in its readings; none where the calendar has none of them. */
export const dated = (start: number, end: number, readings: readonly number[]): FoundDate | undefined =>
  readings.length === 0 ? undefined : { ...noDate, start, end, precision: 'day', days: readings };

export const monthDate = (start: number, end: number): FoundDate => ({
  ...noDate,
  start,
  end,
  precision: 'month',
});

export const plausibleYear = (year: string | undefined): boolean =>
  Number(year) >= 1900 && Number(year) <= 2100;

/** A match of a sticky pattern at one place. */
export const matchAt = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index;
  return pattern.exec(text);
};
