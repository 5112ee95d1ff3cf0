import { eventEntry } from './event-table.ts';
import type { EventName, FactValue, TrailEvent } from './events.ts';

/**
 * How far the clock may step back between two events of one trail before the trail counts as disordered. Clocks
 * are corrected; the order itself is the sequence's, not the clock's.
 */
const clockStepBackMs = 600_000;

export type OrderFault =
  | 'event_after_end'
  | 'missing_predecessor'
  | 'answered_without_authorization'
  | 'model_differs'
  | 'time_reversed';

const answers: ReadonlySet<EventName> = new Set([
  'response.released',
  'response.delivered',
  'context.delivered',
  'decision.delivered',
]);

/** Events that name the same model endpoint as the latest of another event: what was allowed, sent, answered. */
const sameModel: Readonly<Partial<Record<EventName, EventName>>> = {
  'context.released': 'request.authorized',
  'response.generated': 'context.released',
};

/** What the order of a trail is told of an event. */
export type OrderedEvent = Pick<TrailEvent, 'event' | 'outcome' | 'at' | 'reason' | 'facts'>;

/**
 * The events of ONE trail in order of their sequence: answers the first rule that the next event breaks. Barrier
 * order comes from the `requires` column of the event table: what is released was authorized, and for that very model
 * endpoint, what leaves was checked, and nothing follows an end.
 */
export class TrailOrder {
  readonly #latest = new Map<EventName, boolean>();
  readonly #models = new Map<EventName, FactValue>();
  #ended = false;
  #at: number | undefined;

  accept(event: OrderedEvent): OrderFault | undefined {
    const fault = this.#fault(event);
    const entry = eventEntry(event.event);
    this.#latest.set(event.event, event.outcome === 'success');
    const model = event.facts['model'];
    if (model !== undefined && event.outcome === 'success') this.#models.set(event.event, model);
    if (entry.trail === 'ends') this.#ended = true;
    this.#at = event.at;
    return fault;
  }

  #fault(event: OrderedEvent): OrderFault | undefined {
    if (this.#ended) return 'event_after_end';
    const entry = eventEntry(event.event);
    if (event.outcome === 'success') {
      const missing = entry.requires.find((name) => this.#latest.get(name) !== true);
      if (missing === 'request.authorized' && answers.has(event.event))
        return 'answered_without_authorization';
      if (missing !== undefined) return 'missing_predecessor';
      if (this.#otherModel(event)) return 'model_differs';
    }
    // A crashed trail is closed by a later run, whose clock may be another one.
    const closing = event.reason === 'crashed';
    if (!closing && this.#at !== undefined && event.at < this.#at - clockStepBackMs) return 'time_reversed';
    return undefined;
  }

  #otherModel({ event, facts }: OrderedEvent): boolean {
    const before = sameModel[event];
    const model = before === undefined ? undefined : this.#models.get(before);
    return model !== undefined && facts['model'] !== undefined && facts['model'] !== model;
  }
}

/** Whether the event opens its trail (true), ends it (false), or leaves it as it is (undefined). */
export function leavesOpen(event: EventName): boolean | undefined {
  const standing = eventEntry(event).trail;
  return standing === 'aside' ? undefined : standing === 'opens';
}
