import { isRecord } from '../../src/vocabulary/fhir.ts';

/**
 * The closed list of faults. `data` faults change what a correct answer holds, `transport` faults replace or break
 * the answer itself. `value` says what the member `value` may be.
 */
export const faultKinds = {
  'ignore-filters': { stage: 'data', value: 'names' },
  'foreign-patient': { stage: 'data', value: 'text' },
  'wrong-type': { stage: 'data', value: 'none' },
  'malformed-row': { stage: 'data', value: 'none' },
  'foreign-next': { stage: 'data', value: 'text' },
  'endless-paging': { stage: 'data', value: 'none' },
  slow: { stage: 'transport', value: 'number' },
  hang: { stage: 'transport', value: 'none' },
  oversized: { stage: 'transport', value: 'number' },
  'status-429': { stage: 'transport', value: 'number' },
  'status-500': { stage: 'transport', value: 'none' },
  'status-503': { stage: 'transport', value: 'number' },
  html: { stage: 'transport', value: 'none' },
  redirect: { stage: 'transport', value: 'text' },
  'truncated-json': { stage: 'transport', value: 'none' },
  'empty-body': { stage: 'transport', value: 'none' },
  close: { stage: 'transport', value: 'none' },
} as const satisfies Record<
  string,
  { stage: 'data' | 'transport'; value: 'none' | 'text' | 'number' | 'names' }
>;

export type FaultKind = keyof typeof faultKinds;

export interface Fault {
  /** Resource type of the request (`metadata` for the CapabilityStatement) and its HTTP method; absent = any. */
  readonly when: { readonly type?: string; readonly method?: string };
  readonly fault: FaultKind;
  /** How many requests it still strikes; absent = until the faults are replaced or cleared. */
  readonly times?: number;
  readonly value?: string | number | readonly string[];
}

const isKind = (value: unknown): value is FaultKind =>
  typeof value === 'string' && Object.hasOwn(faultKinds, value);

const valueChecks: Readonly<Record<'none' | 'text' | 'number' | 'names', (value: unknown) => boolean>> = {
  none: (value) => value === undefined,
  text: (value) => value === undefined || (typeof value === 'string' && value.length > 0),
  number: (value) =>
    value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= 0),
  names: (value) =>
    value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'string')),
};

const optionalText = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';

/** Reads the body of `POST /__faults`. Throws a TypeError that says which entry is wrong and why. */
export function parseFaults(body: unknown): Fault[] {
  if (!Array.isArray(body)) throw new TypeError('the body must be a list of faults');
  return body.map((entry: unknown, index): Fault => {
    const wrong = (why: string) => new TypeError(`fault ${index}: ${why}`);
    if (!isRecord(entry)) throw wrong('not an object');
    const unknown = Object.keys(entry).find((key) => !['when', 'fault', 'times', 'value'].includes(key));
    if (unknown !== undefined) throw wrong('has a member other than when, fault, times, value');
    const { when = {}, fault, times, value } = entry;
    if (!isKind(fault)) throw wrong(`fault must be one of ${Object.keys(faultKinds).join(', ')}`);
    if (!isRecord(when)) throw wrong('when must be an object');
    const { type, method } = when;
    if (!optionalText(type) || !optionalText(method)) throw wrong('when.type and when.method are strings');
    if (times !== undefined && (typeof times !== 'number' || !Number.isInteger(times) || times < 1)) {
      throw wrong('times must be a whole number from 1');
    }
    if (!valueChecks[faultKinds[fault].value](value)) throw wrong(`value does not fit ${fault}`);
    return {
      when: {
        ...(type === undefined ? {} : { type }),
        ...(method === undefined ? {} : { method: method.toUpperCase() }),
      },
      fault,
      ...(times === undefined ? {} : { times }),
      ...(isFaultValue(value) ? { value } : {}),
    };
  });
}

const isFaultValue = (value: unknown): value is string | number | readonly string[] =>
  typeof value === 'string' || typeof value === 'number' || Array.isArray(value);

/** The faults in force. */
export class FaultSwitches {
  #faults: { fault: Fault; left: number }[] = [];

  /** Replaces what was set before; an empty list clears. */
  replace(faults: readonly Fault[]): void {
    this.#faults = faults.map((fault) => ({ fault, left: fault.times ?? Infinity }));
  }

  list(): Fault[] {
    return this.#faults
      .filter(({ left }) => left > 0)
      .map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, times: left } : fault));
  }

  /** The faults that strike this request; each that has a number of times is used up by one. */
  strike(type: string | undefined, method: string): Strike {
    const struck = new Map<FaultKind, Fault>();
    for (const entry of this.#faults) {
      const { when, fault } = entry.fault;
      if (entry.left <= 0 || struck.has(fault)) continue;
      if (when.type !== undefined && when.type !== type) continue;
      if (when.method !== undefined && when.method !== method) continue;
      entry.left -= 1;
      struck.set(fault, entry.fault);
    }
    return struck;
  }
}

export type Strike = ReadonlyMap<FaultKind, Fault>;
export const textOf = (fault: Fault | undefined, otherwise: string): string =>
  typeof fault?.value === 'string' ? fault.value : otherwise;
export const numberOf = (fault: Fault | undefined, otherwise: number): number =>
  typeof fault?.value === 'number' ? fault.value : otherwise;
