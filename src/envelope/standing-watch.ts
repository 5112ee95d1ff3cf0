import { asRefusal, type Refusal } from '../errors/refusal.ts';
import type { Opened } from './envelope.ts';
import { stillStanding } from './still-standing.ts';

/** Milliseconds: what costs nothing is asked often; what asks another system, so that it is known within a second. */
const every = { barrier: 200, delivery: 800 } as const;
type Moment = keyof typeof every;

/**
 * Asks on its own, from authentication to the last byte, whether what an envelope rests on still stands: also while
 * the gateway waits for a model or for a caller that does not read. `onFallen` is called once, with the refusal.
 */
export class StandingWatch {
  readonly #onFallen: (refusal: Refusal) => void;
  readonly #timers: readonly NodeJS.Timeout[];
  /** A question that is not answered yet does not keep the others from being asked. */
  readonly #asking = new Map<Moment, Promise<void>>();
  #envelope: Opened | undefined;

  constructor(onFallen: (refusal: Refusal) => void) {
    this.#onFallen = onFallen;
    this.#timers = (['barrier', 'delivery'] as const).map((moment) => {
      const timer = setInterval(() => this.#ask(moment), every[moment]);
      timer.unref();
      return timer;
    });
  }

  /** From here on the checks of this envelope count: an envelope only ever gains them. */
  follow(envelope: Opened): void {
    this.#envelope = envelope;
  }

  /** Resolves when nothing is being asked; what leaves meanwhile waits for the answer. */
  async answered(): Promise<void> {
    await this.#asking.get('delivery');
  }

  end(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#envelope = undefined;
  }

  #ask(moment: Moment): void {
    const envelope = this.#envelope;
    if (envelope === undefined || this.#asking.has(moment)) return;
    const asked = stillStanding(envelope, moment, true)
      .catch((error: unknown) => {
        // Whoever ended meanwhile has nothing left to stop.
        if (this.#envelope !== undefined) this.#onFallen(asRefusal(error, 'revoked'));
        this.end();
      })
      .finally(() => this.#asking.delete(moment));
    this.#asking.set(moment, asked);
  }
}
