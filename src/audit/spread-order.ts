import type { RecordedEvent } from './event-schema.ts';
import { TrailOrder } from './trail-order.ts';
import type { TrailFailure } from './trail-verification.ts';

/** A small stable hash (FNV-1a, 32 bits) that deals trails to passes. */
function dealt(text: string, passes: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % passes;
}

/**
 * Order of every trail from events that come by sequence, where trails lie mixed: one pass judges one share of the
 * trails, so that memory is bounded by the share. All passes together judge all of them.
 */
export class SpreadOrder {
  readonly #pass: number;
  readonly #passes: number;
  readonly #orders = new Map<string, TrailOrder>();
  #failure: TrailFailure | undefined;

  constructor(pass: number, passes: number) {
    this.#pass = pass;
    this.#passes = passes;
  }

  accept(
    seq: number,
    event: Pick<RecordedEvent, 'tenant' | 'trail' | 'event' | 'outcome' | 'at' | 'reason' | 'facts'>,
  ): void {
    if (this.#failure !== undefined) return;
    const key = JSON.stringify([event.tenant, event.trail]);
    if (dealt(key, this.#passes) !== this.#pass) return;
    const order = this.#orders.get(key) ?? new TrailOrder();
    this.#orders.set(key, order);
    const reason = order.accept(event);
    if (reason !== undefined) this.#failure = { seq, reason };
  }

  /** The first failure of this pass. */
  get failure(): TrailFailure | undefined {
    return this.#failure;
  }
}
