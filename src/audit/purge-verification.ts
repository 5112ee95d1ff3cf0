import { dayMs } from '../vocabulary/time.ts';
import type { RecordedEvent } from './event-schema.ts';
import { floorDays } from './retention.ts';
import type { TrailFailure, VerificationFault } from './trail-verification.ts';

/** How far a witness's clock may differ from the gateway's where both date an event. */
const skewMs = dayMs;

/** A purge as it stands on the trail, undefined where it does not say all that a purge must say. */
function claimOf({ facts }: Pick<RecordedEvent, 'facts'>) {
  const { purged, purgedTotal, boundary, before, retentionDays } = facts;
  if (typeof purgedTotal !== 'number' || typeof boundary !== 'number' || typeof before !== 'number')
    return undefined;
  if (typeof retentionDays !== 'number' || typeof purged !== 'object') return undefined;
  const removed = Object.values(purged).reduce<number>((sum, n) => sum + Number(n), 0);
  return { purgedTotal, boundary, before, retentionDays, removed };
}

/**
 * Holds removed payloads to the purges on the trail, fed with the events by place: each purge kept to the retention
 * floor, nothing was removed beyond what they state, and no event was removed that what stands before it dates as
 * too young: an older event that is kept, or a cosignature. Constant memory.
 */
export class PurgeVerification {
  readonly #claims: () => Iterable<RecordedEvent | undefined>;
  #right: { readonly boundary: number; readonly before: number } | undefined;
  #dated = Number.NEGATIVE_INFINITY;
  #stated = 0;
  #last = 0;
  #removed = 0;
  #named = false;
  /** Purges that no witness has seen yet, each dated later than the ones before. */
  #unseen: { readonly seq: number; readonly at: number }[] = [];

  /**
   * `claims` reads the events of the log ahead, undefined for one that is none; the purges among them are held to the
   * log itself as it goes by.
   */
  constructor(claims: () => Iterable<RecordedEvent | undefined>) {
    this.#claims = claims;
  }

  /** Payloads that are removed so far. */
  get removed(): number {
    return this.#removed;
  }

  /**
   * All that the purges of this log had a right to. Where an event cannot be read it may have been a purge: then that
   * event is the one to be named, and nothing before it.
   */
  #rights(): { readonly boundary: number; readonly before: number } {
    let [boundary, before] = [0, Number.NEGATIVE_INFINITY];
    for (const event of this.#claims()) {
      if (event === undefined)
        return { boundary: Number.POSITIVE_INFINITY, before: Number.POSITIVE_INFINITY };
      if (event.event !== 'trail.purged') continue;
      const claim = claimOf(event);
      boundary = Math.max(boundary, claim?.boundary ?? 0);
      before = Math.max(before, claim?.before ?? before);
    }
    return { boundary, before };
  }

  /** The event at this place was removed; `cosignedAt`: when a witness had seen the log up to here, or earlier. */
  purged(seq: number, cosignedAt: number): VerificationFault | undefined {
    this.#removed += 1;
    this.#right ??= this.#rights();
    const { boundary, before } = this.#right;
    const young = this.#dated >= before || cosignedAt - skewMs >= before;
    if (seq < boundary && !young) return undefined;
    this.#named = true;
    return 'purged_early';
  }

  /** The event at this place is there. */
  kept(seq: number, event: RecordedEvent): VerificationFault | undefined {
    this.#dated = Math.max(this.#dated, event.at);
    if (event.event !== 'trail.purged') return undefined;
    const claim = claimOf(event);
    if (claim === undefined || event.tenant !== '-') return 'purge_unfounded';
    const { purgedTotal, boundary, before, retentionDays, removed } = claim;
    const latest = event.at - Math.max(retentionDays, floorDays) * dayMs;
    const founded =
      retentionDays >= floorDays &&
      before <= latest &&
      boundary <= seq &&
      purgedTotal === this.#stated + removed;
    this.#stated = purgedTotal;
    this.#last = seq;
    if (event.at > (this.#unseen.at(-1)?.at ?? Number.NEGATIVE_INFINITY))
      this.#unseen.push({ seq, at: event.at });
    if (founded) return undefined;
    this.#named = true;
    return 'purge_unfounded';
  }

  /**
   * A witness saw the log as it is up to here: a purge of it that is dated later than that ran by a false clock, and
   * took what had not expired.
   */
  seen(cosignedAt: number | undefined): TrailFailure | undefined {
    if (cosignedAt === undefined || this.#unseen.length === 0) return undefined;
    const ahead = this.#unseen.find(({ at }) => at > cosignedAt + skewMs);
    this.#unseen = [];
    if (ahead === undefined) return undefined;
    this.#named = true;
    return { seq: ahead.seq, reason: 'purge_unfounded' };
  }

  /** After the last event. */
  finish(): TrailFailure | undefined {
    // A count that is off says less than the event that was named already.
    return this.#named || this.#removed === this.#stated
      ? undefined
      : { seq: this.#last, reason: 'purge_miscounted' };
  }
}
