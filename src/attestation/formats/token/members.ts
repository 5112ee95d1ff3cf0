import { isRecord } from '../../../vocabulary/fhir.ts';
import { NotProven } from '../../reasons.ts';

/** An object of a token, as JSON says it. */
export type Members = Readonly<Record<string, unknown>>;

const malformed = (): never => {
  throw new NotProven('malformed');
};

/** A member of its own, nothing that every object has; `null` is as good as none. */
export const memberOf = (from: Members, name: string): unknown =>
  Object.hasOwn(from, name) ? (from[name] ?? undefined) : undefined;

/** An object that may be absent; anything else in its place is `malformed`. */
export function optionalMembers(from: Members, name: string): Members | undefined {
  const value = memberOf(from, name);
  return value === undefined || isRecord(value) ? value : malformed();
}

export const members = (from: Members, name: string): Members => optionalMembers(from, name) ?? malformed();

export function optionalText(from: Members, name: string): string | undefined {
  const value = memberOf(from, name);
  return value === undefined || typeof value === 'string' ? value : malformed();
}

export const text = (from: Members, name: string): string => optionalText(from, name) ?? malformed();

/** One text, or a list of them; none where there is no such member. */
export function texts(from: Members, name: string): readonly string[] {
  const value = memberOf(from, name);
  if (value === undefined) return [];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.map((one) => (typeof one === 'string' ? one : malformed()));
}

const truths: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
]);

/** A flag, also in the words of services that write all values as text. */
export function optionalTruth(from: Members, name: string): boolean | undefined {
  const value = memberOf(from, name);
  return value === undefined ? undefined : (truths.get(value) ?? malformed());
}

export const truth = (from: Members, name: string): boolean => optionalTruth(from, name) ?? malformed();

/** A number that is whole and not negative, also written as text. */
export function optionalCount(from: Members, name: string): number | undefined {
  const value = memberOf(from, name);
  if (value === undefined) return undefined;
  const count = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : malformed();
}

/** Members under other names, those that are there: `names` maps ours to the token's. */
export function named<Value>(
  names: Readonly<Record<string, string>>,
  read: (name: string) => Value | undefined,
): Readonly<Record<string, Value>> {
  const found: Record<string, Value> = {};
  for (const [ours, theirs] of Object.entries(names)) {
    const value = read(theirs);
    if (value !== undefined) found[ours] = value;
  }
  return found;
}

/** Values of debug status (RFC 9711, section 4.2.9) that say that nobody looked in since it started. */
const closedSinceBoot = new Set([
  'disabled-since-boot',
  'disabled-permanently',
  'disabled-fully-and-permanently',
]);

/** Whether a debug status leaves room for somebody who looks in. `disabled` alone counts where the issuer has no better word. */
export const debugOf = (status: string, plain: 'counts' | 'open'): boolean =>
  !closedSinceBoot.has(status) && !(plain === 'counts' && status === 'disabled');

/** Bytes that a token writes in hex, in lower case. */
export function optionalHex(from: Members, name: string): string | undefined {
  const value = optionalText(from, name);
  if (value === undefined) return undefined;
  return /^(?:[0-9a-fA-F]{2})*$/.test(value) ? value.toLowerCase() : malformed();
}
