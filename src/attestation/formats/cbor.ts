import { decode } from 'cborg';
import { NotProven } from '../reasons.ts';

const malformed = (): never => {
  throw new NotProven('malformed');
};

/**
 * The one item of CBOR (RFC 8949) that these bytes are, maps as Map: shortest lengths only, nothing of indefinite length,
 * no key twice, no tags, nothing after it. Throws `malformed` for anything else, however deep.
 */
export function readCbor(bytes: Uint8Array): unknown {
  try {
    const item: unknown = decode(bytes, {
      strict: true,
      useMaps: true,
      rejectDuplicateMapKeys: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
      allowBigInt: false,
    });
    return item;
  } catch {
    return malformed();
  }
}

export function mapOf(item: unknown): ReadonlyMap<unknown, unknown> {
  return item instanceof Map ? item : malformed();
}

/** Bytes within a length, both ends included. */
export function bytesOf(item: unknown, least: number, most: number): Uint8Array {
  if (!(item instanceof Uint8Array) || item.length < least || item.length > most) return malformed();
  return item;
}

export function listOf(item: unknown, least: number, most: number): readonly unknown[] {
  return Array.isArray(item) && item.length >= least && item.length <= most ? item : malformed();
}

export function wholeOf(item: unknown, most: number): number {
  const fits = typeof item === 'number' && Number.isSafeInteger(item) && item >= 0 && item <= most;
  return fits ? item : malformed();
}
