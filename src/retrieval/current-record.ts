import type { Reason } from '../errors/reasons.ts';
import { isRecord, type Resource } from '../vocabulary/fhir.ts';
import { type Notice, notice } from '../vocabulary/notices.ts';
import { elementsOf, listOf } from './elements.ts';

/** Kinds of Patient.link that leave the record in use (R4 link-type): not `replaced-by`, nor what is not known. */
const harmless: ReadonlySet<unknown> = new Set(['replaces', 'refer', 'seealso']);
/** Those that name a record which may hold more. */
const beside: ReadonlySet<unknown> = new Set(['refer', 'seealso']);

/**
 * Why nothing is answered from a record: it is marked as not in use, or another one took its place (Patient.active,
 * Patient.link). A link is never followed: what stands there is another patient's as far as this gateway knows.
 */
export function notCurrent(
  patient: Resource,
): Extract<Reason, 'record_inactive' | 'record_replaced'> | undefined {
  if (patient['active'] !== undefined && patient['active'] !== true) return 'record_inactive';
  const isHarmless = listOf(patient['link']).every((one) => isRecord(one) && harmless.has(one['type']));
  return isHarmless ? undefined : 'record_replaced';
}

/** What is said where a record in use names another one of the same person. */
export const recordsBeside = (patient: Resource | undefined): readonly Notice[] =>
  elementsOf(patient?.['link']).some(({ type }) => beside.has(type)) ? [notice('other_record')] : [];
