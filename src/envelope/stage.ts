import type { EventName, EventOutcome, FactValue } from '../audit/events.ts';
import type { Reason } from '../errors/reasons.ts';
import type { Services } from './services.ts';

export type Facts = Readonly<Record<string, FactValue>>;

/** One event more than the row's own, noted before it. */
export interface ExtraEvent {
  readonly event: EventName;
  readonly outcome: EventOutcome;
  readonly facts: Facts;
}

export interface StageResult<To> {
  readonly envelope: To;
  /** What the trail learns: counts, codes, pseudonyms and hashes only. */
  readonly facts: Facts;
  /** `refused` where the stage found against the request and leaves the refusal to the next one. */
  readonly outcome?: EventOutcome;
  readonly before?: readonly ExtraEvent[];
}

/** A stage is a function of the envelope: it answers the next envelope or throws a Refusal. */
export type Stage<From, To> = (envelope: From, services: Services) => Promise<StageResult<To>>;

/**
 * One row of the way: the stage, the event that says it ran, and the trail reason when it throws something that
 * is not a Refusal.
 */
export interface StageRow<From, To> {
  readonly name: string;
  readonly run: Stage<From, To>;
  readonly event: EventName;
  readonly otherwise: Reason;
  /** The stage computes or sends for milliseconds: it waits for its turn, so that the event loop gets round meanwhile. */
  readonly takesTurn?: true;
}
