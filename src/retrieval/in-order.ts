import type { Resource } from '../vocabulary/fhir.ts';
import { dayMs } from '../vocabulary/time.ts';
import { clinicalTime } from './fhir-time.ts';

/** Servers order partial dates and periods in their own ways: a year is more than any of them makes. */
const orderSlack = 366 * dayMs;

/** Whether rows stand newest first where that was asked: only then are those beyond a limit the older ones. */
export function inOrder(rows: readonly Resource[], sort: string | undefined): boolean {
  if (sort?.startsWith('-') !== true) return true;
  let earliest = Infinity;
  for (const time of rows.map(clinicalTime)) {
    if (time > earliest + orderSlack) return false;
    if (Number.isFinite(time)) earliest = Math.min(earliest, time);
  }
  return true;
}
