import { createHash } from 'node:crypto';
import { Refusal } from '../errors/refusal.ts';
import type { Clock } from '../vocabulary/time.ts';

/** Milliseconds: ids are forgotten together, span by span. */
const span = 30_000;

export interface ReplayWindow {
  /**
   * Takes an id that counts once for a key, until that time (milliseconds since the epoch).
   *
   * Answers whether this was the first time.
   *
   * @throws Refusal `rate_limited` where the window is full
   */
  take(key: string, id: string, until: number): boolean;
}

interface Span {
  readonly taken: Set<string>;
  readonly byKey: Map<string, number>;
}

/**
 * Ids that were used, as 16 bytes of a hash each, in memory. It holds at most `perSpan` ids for each half minute and
 * a tenth of them for one key, and then refuses rather than forgets: an id that is forgotten could be used again.
 */
export function createReplayWindow(clock: Clock, perSpan = 100_000): ReplayWindow {
  const spans = new Map<number, Span>();
  const perKey = Math.ceil(perSpan / 10);

  return {
    take(key, id, until) {
      const present = Math.floor(clock.now() / span);
      for (const at of spans.keys()) if (at < present) spans.delete(at);
      const at = Math.floor(until / span);
      const held = spans.get(at) ?? { taken: new Set<string>(), byKey: new Map<string, number>() };
      const digest = createHash('sha256')
        .update(JSON.stringify([key, id]))
        .digest();
      const name = digest.toString('base64url', 0, 16);
      // A clock that steps may put the same id into another span.
      for (const { taken } of spans.values()) if (taken.has(name)) return false;
      const count = held.byKey.get(key) ?? 0;
      if (held.taken.size >= perSpan || count >= perKey) throw new Refusal('rate_limited');
      held.taken.add(name);
      held.byKey.set(key, count + 1);
      spans.set(at, held);
      return true;
    },
  };
}
