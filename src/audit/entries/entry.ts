import type { FactName } from '../event-facts.ts';
import type { EventName, EventOutcome } from '../events.ts';

export interface EventEntry {
  readonly meaning: string;
  readonly facts: readonly FactName[];
  /** Facts that tell what kind of data a patient has: they stand on the trail sealed under the patient's key only. */
  readonly classified?: readonly FactName[];
  readonly outcomes: readonly EventOutcome[];
  /** Events of the same trail that must stand before a success of this one, the latest of each a success. */
  readonly requires: readonly EventName[];
  /**
   * What the event means for its trail. `opens`: the trail is unfinished until it ends. `ends`: nothing may
   * follow. `aside`: neither, so that a trail of only this event (an exchange, a reading) is complete.
   */
  readonly trail: 'opens' | 'ends' | 'aside';
}

/** Some events of the table. */
export type Entries = Readonly<Partial<Record<EventName, EventEntry>>>;

export const any = ['success', 'refused', 'failed'] as const;
export const good = ['success'] as const;
export const bad = ['refused', 'failed'] as const;
