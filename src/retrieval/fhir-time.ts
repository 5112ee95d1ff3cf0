import { isRecord } from '../vocabulary/fhir.ts';
import { dayMs } from '../vocabulary/time.ts';
import { elementsOf, textOf } from './elements.ts';

/** Both ends in milliseconds since the epoch, the end exclusive; an open end is infinite. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

const shape =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** The span of time that a FHIR date, dateTime or instant covers; undefined where it is none. UTC without an offset. */
export function intervalOf(value: unknown): Interval | undefined {
  const match = typeof value === 'string' ? shape.exec(value) : null;
  if (match === null || typeof value !== 'string') return undefined;
  const [, year, month, day, hour] = match;
  const [y, m, d] = [Number(year), Number(month ?? '1'), Number(day ?? '1')];
  if (m < 1 || m > 12 || d < 1 || d > 31) return undefined;
  if (hour !== undefined) {
    const start = Date.parse(match[7] === undefined ? `${value}Z` : value);
    return Number.isNaN(start) ? undefined : { start, end: start + 1000 };
  }
  const start = Date.UTC(y, m - 1, d);
  if (day !== undefined) return { start, end: start + dayMs };
  return { start, end: month === undefined ? Date.UTC(y + 1, 0, 1) : Date.UTC(y, m, 1) };
}

/** Interval of a date-like element: date, dateTime, instant, Period or Timing (its bounds or events). */
export function timesOf(value: unknown): readonly Interval[] {
  const single = intervalOf(value);
  if (single !== undefined) return [single];
  if (Array.isArray(value)) return value.flatMap(timesOf);
  if (!isRecord(value)) return [];
  if (value['repeat'] !== undefined || value['event'] !== undefined)
    return [
      ...timesOf(value['event']),
      ...elementsOf(value['repeat']).flatMap((r) => timesOf(r['boundsPeriod'])),
    ];
  const start = intervalOf(value['start']);
  const end = intervalOf(value['end']);
  if (start === undefined && end === undefined) return [];
  return [{ start: start?.start ?? Number.NEGATIVE_INFINITY, end: end?.end ?? Number.POSITIVE_INFINITY }];
}

const clinicalDates = [
  'effectiveDateTime',
  'effectivePeriod',
  'effectiveInstant',
  'occurrenceDateTime',
  'performedDateTime',
  'performedPeriod',
  'authoredOn',
  'recordedDate',
  'onsetDateTime',
  'onsetPeriod',
  'whenHandedOver',
  'start',
  'dateAsserted',
  'period',
  'date',
  'recorded',
  'issued',
];

/** The moment by which resources of any type are ordered, newest first; -Infinity where none is known. */
export function clinicalTime(resource: Readonly<Record<string, unknown>>): number {
  for (const name of clinicalDates) {
    const [time] = timesOf(resource[name]);
    if (time !== undefined) return Number.isFinite(time.start) ? time.start : time.end;
  }
  return Number.NEGATIVE_INFINITY;
}

/** The day as recorded (`YYYY-MM-DD`), or the partial date where the day is not known. */
export const dayOf = (value: unknown): string | undefined =>
  intervalOf(value) === undefined ? undefined : textOf(value)?.slice(0, 10);
