import { Refusal } from '../errors/refusal.ts';
import type { AccessRequest, Reduction, WorkLimits } from './ports.ts';

/** What is granted of a request beside patient, task and purpose, and where that is less than was asked. */
export interface Narrowed {
  /** FHIR types, sorted. */
  readonly data: readonly string[];
  /** Seconds that tokens in place of identifiers are kept. */
  readonly retention: number;
  /** Good for one question only. */
  readonly once: boolean;
  readonly reductions: readonly Reduction[];
}

/**
 * The least of what was asked, what the task needs and what policy keeps: types of data in common, the shortest
 * retention, and one use as soon as anybody says so. Throws Refusal('scope_exceeded') where nothing is left to read.
 */
export function narrow(
  asked: Pick<AccessRequest, 'data' | 'retention' | 'use'>,
  limits: WorkLimits,
): Narrowed {
  const data = limits.dataTypes.filter((type) => asked.data?.includes(type) ?? true).toSorted();
  if (data.length === 0) throw new Refusal('scope_exceeded');
  const retention = Math.min(
    asked.retention ?? Number.POSITIVE_INFINITY,
    limits.retentionSeconds,
    limits.taskRetentionSeconds ?? Number.POSITIVE_INFINITY,
  );
  const reductions: Reduction[] = [];
  if (asked.data !== undefined && asked.data.some((type) => !data.includes(type)))
    reductions.push({ member: 'data', reason: 'task' });
  if (asked.retention !== undefined && retention < asked.retention)
    reductions.push({
      member: 'retention',
      reason: retention === limits.taskRetentionSeconds ? 'task' : 'policy',
    });
  const once = asked.use === 'once' || limits.once;
  if (once && asked.use !== 'once') reductions.push({ member: 'use', reason: 'task' });
  return { data, retention, once, reductions };
}
