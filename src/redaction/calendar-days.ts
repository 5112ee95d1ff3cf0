import { dayMs } from '../vocabulary/time.ts';

/** Days since the Unix epoch, or undefined where the calendar has no such day or no patient could have it. */
export function epochDay(year: number, month: number, day: number): number | undefined {
  if (year < 1850 || year > 2150 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 ? Math.floor(at.getTime() / dayMs) : undefined;
}

/** Month and day of a day count, UTC. */
export function monthDayOf(day: number): { month: number; day: number } {
  const at = new Date(day * dayMs);
  return { month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

/** A day of the year as one number. */
export const monthDay = (month: number, day: number): number => month * 100 + day;

/** Years that a written one can be, the likelier first: two digits up to 49 are of this century. */
export const yearsOf = (written: string): number[] => {
  const value = Number(written.replace("'", ''));
  if (written.replace("'", '').length > 2) return [value];
  return value <= 49 ? [2000 + value, 1900 + value] : [1900 + value, 2000 + value];
};

/** Days of the years and of the readings of month and day that the calendar has, the likelier first. */
export const days = (
  years: readonly number[],
  orders: readonly (readonly [month: number, day: number])[],
): number[] => {
  const result: number[] = [];
  for (const year of years)
    for (const [month, day] of orders) {
      const value = epochDay(year, month, day);
      if (value !== undefined && !result.includes(value)) result.push(value);
    }
  return result;
};
