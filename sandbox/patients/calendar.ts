import { isoDate } from '../../src/vocabulary/time.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** All times of a set are counted from its `now`; hours are UTC. */
export interface Calendar {
  readonly now: number;
  /** Instant (epoch ms) `days` before now, at the given time of day; negative days lie ahead. */
  at(daysAgo: number, hours?: number, minutes?: number): number;
  /** FHIR `date`. */
  date(instant: number): string;
  /** FHIR `dateTime` or `instant`, written with the offset of the patient's site. */
  stamp(instant: number): string;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `offsetMinutes` is how this site writes its times (0 gives `Z`); the instants stay the same. */
export function calendar(now: number, offsetMinutes = 0): Calendar {
  const midnight = Math.floor(now / day) * day;
  return {
    now,
    at: (daysAgo, hours = 9, minutes = 0) => midnight - daysAgo * day + hours * hour + minutes * minute,
    date: isoDate,
    stamp: (instant) => {
      if (offsetMinutes === 0) return `${new Date(instant).toISOString().slice(0, 19)}Z`;
      const size = Math.abs(offsetMinutes);
      const local = new Date(instant + offsetMinutes * minute).toISOString().slice(0, 19);
      return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
    },
  };
}

/** The birth date (epoch ms, midnight UTC) of someone of that age whose last birthday was so many days ago. */
export function birthDay(now: number, age: number, daysSinceBirthday: number): number {
  const last = new Date(Math.floor(now / day) * day - daysSinceBirthday * day);
  return Date.UTC(last.getUTCFullYear() - age, last.getUTCMonth(), Math.min(last.getUTCDate(), 28));
}
