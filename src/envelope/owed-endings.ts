import type { TrailEvent } from '../audit/events.ts';
import type { TrailReader, TrailWriter } from '../audit/ports.ts';
import { leavesOpen } from '../audit/trail-order.ts';

/** More than this many are left to the next start, which closes every open trail. */
const most = 10_000;
/** So many at once, so that reading whether they are still due does not hold up requests. */
const batch = 200;

/**
 * Ends of trails that the disk did not take. They are written once it takes events again, unless the trail has
 * ended meanwhile: an append that failed may have become durable all the same, and no trail ends twice.
 */
export class OwedEndings {
  readonly #trail: TrailWriter & TrailReader;
  #owed: readonly TrailEvent[] = [];

  constructor(trail: TrailWriter & TrailReader) {
    this.#trail = trail;
  }

  owe(ending: TrailEvent): void {
    if (this.#owed.length < most) this.#owed = [...this.#owed, ending];
  }

  /**
   * Call after an append has succeeded: appends become durable in the order in which they were asked for, so that
   * by then the trail tells whether a failed one was written. Never rejects.
   */
  async settle(): Promise<void> {
    const taken = this.#owed.slice(0, batch);
    this.#owed = this.#owed.slice(batch);
    await Promise.all(taken.map((ending) => this.#write(ending)));
  }

  async #write(ending: TrailEvent): Promise<void> {
    try {
      const events = await this.#trail.trail(ending.tenant, ending.trail);
      if (events.some(({ event }) => leavesOpen(event) === false)) return;
      await this.#trail.append([ending]);
    } catch {
      // The next time without its facts: were they what the trail refuses, the trail would stay open for ever.
      this.owe({ ...ending, facts: {} });
    }
  }
}
