import { createHash } from 'node:crypto';
import { facts } from './event-facts.ts';
import { eventEntry } from './event-table.ts';
import type { EventName, FactValue } from './events.ts';

/** Where sealed facts stand: they open nowhere else. */
export interface SealedAt {
  readonly tenant: string;
  readonly trail: string;
  readonly event: EventName;
}

/** What opens a commitment: whoever holds it can show what stood there, also when the key is gone. */
export interface Opening {
  /** 32 random bytes, hex. */
  readonly salt: string;
  readonly facts: Readonly<Record<string, FactValue>>;
}

/**
 * SHA-256, hex, over lines each ended by a newline: `phi-gateway facts v1`, tenant, trail, event, salt (hex), facts as
 * canonical JSON (RFC 8785). Without the salt the facts cannot be tried out.
 */
export const commitmentOf = ({ tenant, trail, event }: SealedAt, salt: string, canonical: string): string =>
  createHash('sha256')
    .update(['phi-gateway facts v1', tenant, trail, event, salt, canonical, ''].join('\n'))
    .digest('hex');

/** Whether every fact is one that this event may only carry sealed. */
export function mayBeSealed(event: EventName, names: readonly string[]): boolean {
  const classified: readonly string[] = eventEntry(event).classified ?? [];
  return names.every((name) => Object.hasOwn(facts, name) && classified.includes(name));
}
