import { Refusal } from '../errors/refusal.ts';
import { canonicalJson } from './canonical-json.ts';
import { isRecordedEvent, type RecordedEvent, schemaFault, schemaVersion } from './event-schema.ts';
import type { TrailEvent } from './events.ts';

/** An entry of a bundle has a length of 16 bits (C2SP tlog-tiles, "Log Entries"). */
const maxEntryBytes = 65_535;

/**
 * The bytes that are stored and hashed: RFC 8785 JSON of the event and its schema version. An event that does not
 * fit the schema is a programming error: Refusal('trail_unavailable') whose cause names position and rule.
 */
export function encodeEvent(event: TrailEvent): string {
  const recorded = { ...event, version: schemaVersion };
  const fault = schemaFault(recorded);
  if (fault !== undefined) {
    throw new Refusal('trail_unavailable', {
      cause: new TypeError(`event does not fit the schema at ${fault}`),
    });
  }
  let payload: string;
  try {
    payload = canonicalJson(recorded);
  } catch (error) {
    throw new Refusal('trail_unavailable', { cause: error });
  }
  if (Buffer.byteLength(payload) > maxEntryBytes)
    throw new Refusal('trail_unavailable', {
      cause: new RangeError('event is too long for an entry bundle'),
    });
  return payload;
}

export type Decoded =
  | { readonly ok: true; readonly event: RecordedEvent }
  | { readonly ok: false; readonly reason: 'not_canonical' | 'not_in_schema' };

/** Reads stored bytes back; trusts nothing: they must parse, be canonical and fit the schema. */
export function decodeEvent(payload: string): Decoded {
  let value: unknown;
  try {
    value = JSON.parse(payload);
    if (canonicalJson(value) !== payload) return { ok: false, reason: 'not_canonical' };
  } catch {
    return { ok: false, reason: 'not_canonical' };
  }
  return isRecordedEvent(value) ? { ok: true, event: value } : { ok: false, reason: 'not_in_schema' };
}
