import type { Reason } from '../errors/reasons.ts';

/**
 * Business events of a trail, version 1. No direct identifier, no clinical value, no free text of a user: keyed
 * pseudonyms, counts, codes, decisions, salted hashes.
 */
export const eventNames = [
  'session.started',
  'token.delegated',
  'consent.verified',
  'workload.authorized',
  'request.authorized',
  'request.denied',
  'model.attested',
  'endpoint.denied',
  'server.distrusted',
  'fhir.retrieved',
  'record.masked',
  'context.released',
  'context.delivered',
  'decision.delivered',
  'response.generated',
  'response.received',
  'response.checked',
  'response.released',
  'response.delivered',
  'response.aborted',
  'trail.read',
  'pseudonym.read',
  'patient.erased',
  'patient.searched',
  'token.introspected',
  'token.revoked',
  'grant.changed',
  'proxy.changed',
  'consent.changed',
  'consent.read',
  'emergency.changed',
  'emergency.told',
  'session.ended',
  'strangers.refused',
  'gateway.started',
  'gateway.stopped',
  'release.changed',
  'release.refused',
  'trail.purged',
  'store.noted',
  'store.accepted',
] as const;
export type EventName = (typeof eventNames)[number];
export type EventOutcome = 'success' | 'refused' | 'failed';

/** Values that may stand in `facts`: flat, scalar or lists of short codes; the schema closes the key set per event. */
export type FactValue = string | number | boolean | readonly string[] | Readonly<Record<string, number>>;

/** What a stage hands to the trail. */
export interface TrailEvent {
  readonly tenant: string;
  /** Trail id = txn = request id (UUIDv7). */
  readonly trail: string;
  readonly event: EventName;
  readonly outcome: EventOutcome;
  readonly reason?: Reason;
  /** Milliseconds since the epoch when it happened. */
  readonly at: number;
  readonly facts: Readonly<Record<string, FactValue>>;
}

/** As stored: `seq` is dense from 0 in one log; `leaf` is the RFC 6962 leaf hash (hex) of the canonical JSON. */
export interface StoredEvent extends TrailEvent {
  readonly seq: number;
  readonly leaf: string;
}
