import { answering } from './entries/answering.ts';
import { asking } from './entries/asking.ts';
import type { EventEntry } from './entries/entry.ts';
import { keeping } from './entries/keeping.ts';
import { operating } from './entries/operating.ts';
import type { FactName, FactType } from './event-facts.ts';
import type { EventName } from './events.ts';

/** Every business event, what it may say, and where it may stand. docs/audit-events.md is held to this table. */
const eventTable = {
  ...asking,
  ...answering,
  ...keeping,
  ...operating,
} as const satisfies Record<EventName, EventEntry>;

/** The same table for code that walks over it without knowing the event. */
export const eventEntry = (event: EventName): EventEntry => eventTable[event];

/**
 * Events that stand beside the way of a request and say that something was done. Only these may be put on the trail
 * without a stage that ran.
 */
export type AsideEvent = {
  [E in EventName]: (typeof eventTable)[E]['trail'] extends 'aside'
    ? 'success' extends (typeof eventTable)[E]['outcomes'][number]
      ? E
      : never
    : never;
}[EventName];

/** Facts that an event may carry, typed by the vocabulary; all of them optional. */
export type EventFacts<E extends EventName> = {
  readonly [N in (typeof eventTable)[E]['facts'][number]]?: FactType<N>;
};

/** Events with facts that bear a data class, and these facts. */
export type ClassifiedEvent = {
  [E in EventName]: (typeof eventTable)[E] extends { classified: readonly FactName[] } ? E : never;
}[EventName];
export type ClassifiedFacts<E extends ClassifiedEvent> = {
  readonly [N in (typeof eventTable)[E]['classified'][number]]?: FactType<N>;
};
