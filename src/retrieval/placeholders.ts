import { dayMs, isoDate } from '../vocabulary/time.ts';

/** What placeholders of a plan stand for in one envelope. */
export interface Bindings {
  readonly patient: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Start of the visit that changes are counted from, as an ISO instant. */
  readonly anchor?: string;
  readonly encounter?: string;
  /** The visit that the request names. */
  readonly requested?: string;
}

const pattern = /\{([a-z]+)(?:-(\d{1,4})([dm]))?\}/g;

/** Names that may stand in braces. */
export const placeholderNames: readonly string[] = [
  'patient',
  'now',
  'today',
  'anchor',
  'encounter',
  'requested',
];

export const placeholdersIn = (value: string): readonly string[] =>
  Array.from(value.matchAll(pattern), (match) => match[1] ?? '');

/** `now` so many days (`d`) or calendar months (`m`) ago; a month that is too short ends on its last day. */
export function ago(now: number, amount: number, unit: 'd' | 'm'): number {
  if (unit === 'd') return now - amount * dayMs;
  const then = new Date(now);
  const day = then.getUTCDate();
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() - amount);
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  then.setUTCDate(Math.min(day, last));
  return then.getTime();
}

/**
 * Fills `{patient}`, `{now}`, `{today}`, `{now-24m}`, `{now-90d}`, `{anchor}`, `{encounter}`, `{requested}`. Undefined where one is
 * not bound: the step is then not run.
 */
export function fill(value: string, bindings: Bindings): string | undefined {
  let complete = true;
  const text = value.replaceAll(pattern, (_whole, name: string, amount?: string, unit?: string) => {
    if (name === 'now' && amount !== undefined)
      return isoDate(ago(bindings.now, Number(amount), unit === 'm' ? 'm' : 'd'));
    const values: Readonly<Record<string, string | undefined>> = {
      patient: bindings.patient,
      now: new Date(bindings.now).toISOString(),
      today: isoDate(bindings.now),
      anchor: bindings.anchor,
      encounter: bindings.encounter,
      requested: bindings.requested,
    };
    const filled = values[name];
    if (filled === undefined) complete = false;
    return filled ?? '';
  });
  return complete ? text : undefined;
}

/** Parameters of a step with alternatives joined by commas (FHIR search OR). */
export function fillAll(
  params: Readonly<Record<string, string | readonly string[]>>,
  bindings: Bindings,
): Readonly<Record<string, string>> | undefined {
  const filled: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    const text = fill(typeof value === 'string' ? value : value.join(','), bindings);
    if (text === undefined) return undefined;
    filled[name] = text;
  }
  return filled;
}
