import { isRecord } from '../../../src/vocabulary/fhir.ts';

/** Milliseconds since the epoch, both ends included. What a partial date leaves open, the interval covers. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

const pattern =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

const at = (y: number, mo: number, d = 1, h = 0, mi = 0, s = 0, ms = 0) => Date.UTC(y, mo, d, h, mi, s, ms);

/**
 * The interval that a FHIR date, dateTime or instant stands for (http://hl7.org/fhir/R4/search.html#date): a
 * year, month, day, minute, second or millisecond. Without a zone it is read as UTC. Undefined when it is no date.
 */
export function parseDate(text: string): Interval | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const [y, mo, d] = [Number(year), Number(month ?? '1') - 1, Number(day ?? '1')];
  const dayStart = new Date(at(y, mo, d));
  if (dayStart.getUTCMonth() !== mo || dayStart.getUTCDate() !== d) return undefined;
  if (month === undefined) return { start: at(y, 0), end: at(y + 1, 0) - 1 };
  if (day === undefined) return { start: at(y, mo), end: at(y, mo + 1) - 1 };
  if (hour === undefined) return { start: at(y, mo, d), end: at(y, mo, d + 1) - 1 };
  const [h, mi, s] = [Number(hour), Number(minute), Number(second ?? '0')];
  if (h > 23 || mi > 59 || s > 60) return undefined;
  const ms = fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
  const start = at(y, mo, d, h, mi, s, ms) - zoneOffset(zone);
  const length = second === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
  return { start, end: start + length - 1 };
}

function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** The interval of an element: a date string, or a Period whose missing end is open. */
export function intervalOf(value: unknown): Interval | undefined {
  if (typeof value === 'string') return parseDate(value);
  if (!isRecord(value)) return undefined;
  const [start, end] = [value['start'], value['end']].map((edge) =>
    typeof edge === 'string' ? parseDate(edge) : undefined,
  );
  if (start === undefined && end === undefined) return undefined;
  return { start: start?.start ?? -Infinity, end: end?.end ?? Infinity };
}

/**
 * `eq` and `ne` ask whether the parameter's interval contains the element's; `gt`/`lt` whether the element reaches
 * beyond the parameter; `ge`/`le` whether it reaches to it or beyond, so that a period across the boundary
 * counts; `sa`/`eb` whether it lies wholly after or before.
 */
export const comparators: Readonly<Record<string, (element: Interval, asked: Interval) => boolean>> = {
  eq: (element, asked) => element.start >= asked.start && element.end <= asked.end,
  ne: (element, asked) => element.start < asked.start || element.end > asked.end,
  gt: (element, asked) => element.end > asked.end,
  lt: (element, asked) => element.start < asked.start,
  ge: (element, asked) => element.end >= asked.start,
  le: (element, asked) => element.start <= asked.end,
  sa: (element, asked) => element.start > asked.end,
  eb: (element, asked) => element.end < asked.start,
};

/** A test for one value of a date parameter such as `ge2024-05`; undefined when prefix or date are not understood. */
export function dateMatcher(text: string): ((element: Interval) => boolean) | undefined {
  const prefix = /^[a-z]{2}/.exec(text)?.[0];
  const compare = comparators[prefix ?? 'eq'];
  // A "+" that the client forgot to escape arrives as a space.
  const asked = parseDate((prefix === undefined ? text : text.slice(2)).replace(' ', '+'));
  if (compare === undefined || asked === undefined) return undefined;
  return (element) => compare(element, asked);
}
