import { isRecord } from '../vocabulary/fhir.ts';

/** A stretch of time, both ends included, in milliseconds since the epoch. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

const datePattern =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2}))?)?)?$/;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * FHIR R4 date, dateTime or instant as the stretch it can mean: `2026` is the whole year. Without a time zone UTC
 * is meant. Undefined where the text is none of them, or no such day exists.
 */
export function intervalOf(text: unknown): Interval | undefined {
  const found = typeof text === 'string' ? datePattern.exec(text) : null;
  if (found === null) return undefined;
  const [, years, months, days, hours, minutes, seconds, fraction, zone] = found;
  const year = Number(years);
  if (year === 0) return undefined;
  if (months === undefined) return { start: Date.UTC(year, 0, 1), end: Date.UTC(year + 1, 0, 1) - 1 };
  const month = Number(months);
  if (month < 1 || month > 12) return undefined;
  if (days === undefined) return { start: Date.UTC(year, month - 1, 1), end: Date.UTC(year, month, 1) - 1 };
  const day = Number(days);
  if (day < 1 || day > daysIn(year, month)) return undefined;
  if (hours === undefined || zone === undefined) {
    return { start: Date.UTC(year, month - 1, day), end: Date.UTC(year, month - 1, day + 1) - 1 };
  }
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const offset = zoneOffset(zone);
  if (offset === undefined) return undefined;
  const second =
    Date.UTC(year, month - 1, day, Number(hours), Number(minutes), Number(seconds)) - offset * 60_000;
  if (fraction === undefined) return { start: second, end: second + 999 };
  const at = second + Number(fraction.padEnd(3, '0').slice(0, 3));
  return { start: at, end: at };
}

/** Minutes east of UTC. */
function zoneOffset(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Whether a Period holds at a time. An absent one always does; one that cannot be read never does. */
export function holdsNow(period: unknown, now: number): boolean {
  if (period === undefined) return true;
  if (!isRecord(period)) return false;
  const { start, end } = period;
  const from = start === undefined ? -Infinity : intervalOf(start)?.start;
  const to = end === undefined ? Infinity : intervalOf(end)?.end;
  return from !== undefined && to !== undefined && from <= now && now <= to;
}
