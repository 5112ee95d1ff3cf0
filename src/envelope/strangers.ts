import type { Reason } from '../errors/reasons.ts';
import type { Refusal } from '../errors/refusal.ts';

/** Refusals of one tenant for one reason that do not stand on the trail one by one. */
export interface Counted {
  readonly tenant: string;
  readonly reason: Reason;
  readonly refusal: Refusal;
  readonly count: number;
  /** Milliseconds since the epoch of the first of them. */
  readonly since: number;
}

/**
 * Refusals of callers whom nobody recognised. In each span of time the first ones of a tenant stand on the trail like
 * any other; the rest are counted by reason, so that a stranger fills neither the disk nor the line of those who wait
 * for it. What is kept here is bounded by tenants and reasons.
 */
export class Strangers {
  readonly #alone: number;
  #stood = new Map<string, number>();
  #counted = new Map<string, Counted>();

  /** `alone`: refusals of a tenant in one span that stand by themselves. */
  constructor(alone: number) {
    this.#alone = alone;
  }

  /**
   * Whether this refusal is to stand on the trail by itself, where there is `room` at all. If not it has been
   * counted.
   */
  standsAlone(tenant: string, refusal: Refusal, now: number, room = true): boolean {
    const stood = this.#stood.get(tenant) ?? 0;
    if (room && stood < this.#alone) {
      this.#stood.set(tenant, stood + 1);
      return true;
    }
    this.#count({ tenant, reason: refusal.reason, refusal, count: 1, since: now });
    return false;
  }

  /** Ends the span: what was counted in it. */
  take(): readonly Counted[] {
    const counted = [...this.#counted.values()];
    this.#stood = new Map();
    this.#counted = new Map();
    return counted;
  }

  /** What could not be written is counted on. */
  putBack(counted: readonly Counted[]): void {
    for (const one of counted) this.#count(one);
  }

  #count(one: Counted): void {
    const key = `${one.tenant} ${one.reason}`;
    const before = this.#counted.get(key);
    this.#counted.set(
      key,
      before === undefined
        ? one
        : { ...before, count: before.count + one.count, since: Math.min(before.since, one.since) },
    );
  }
}
