import type { TrailEvent } from '../audit/events.ts';
import type { AppendedRange, TrailWriter } from '../audit/ports.ts';
import { Refusal } from '../errors/refusal.ts';

/** Events of one envelope that are not yet on disk, in order. */
export class Notebook {
  readonly #trail: TrailWriter;
  #pending: TrailEvent[] = [];

  constructor(trail: TrailWriter) {
    this.#trail = trail;
  }

  /** What was noted last, while it is not on disk. */
  get last(): TrailEvent | undefined {
    return this.#pending.at(-1);
  }

  note(event: TrailEvent): void {
    this.#pending.push(event);
  }

  /**
   * Resolves when everything noted is durable; undefined where nothing was waiting.
   *
   * @throws Refusal `trail_unavailable`
   */
  async flush(): Promise<AppendedRange | undefined> {
    if (this.#pending.length === 0) return undefined;
    const events = this.#pending;
    this.#pending = [];
    try {
      return await this.#trail.append(events);
    } catch (error) {
      throw new Refusal('trail_unavailable', { cause: error });
    }
  }
}
