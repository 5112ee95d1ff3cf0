import { setMaxListeners } from 'node:events';
import { Refusal } from '../errors/refusal.ts';

/**
 * How long one envelope may live: until its caller goes, its deadline passes or the gateway stops, from the first
 * byte read to the last byte delivered. `AbortSignal.any` would do the same, but leaves an entry behind on the
 * gateway's own signal for every request.
 */
export class Lifetime {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #listening: (readonly [AbortSignal, () => void])[] = [];

  constructor(timeoutMs: number, sources: readonly AbortSignal[]) {
    // Every upstream call of the envelope listens to it, more at once than Node expects.
    setMaxListeners(0, this.#controller.signal);
    this.#timer = setTimeout(() => this.#controller.abort(new Refusal('deadline_passed')), timeoutMs);
    for (const source of sources) {
      const listener = (): void => this.#controller.abort(source.reason);
      if (source.aborted) listener();
      else source.addEventListener('abort', listener, { once: true });
      this.#listening.push([source, listener]);
    }
  }

  /** Aborted with a Refusal. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Stops whatever works for the envelope, which then ends with this refusal. */
  abort(refusal: Refusal): void {
    this.#controller.abort(refusal);
  }

  /** Stops listening; with a refusal, whatever still works for the envelope is told to stop too. */
  end(refusal?: Refusal): void {
    clearTimeout(this.#timer);
    for (const [source, listener] of this.#listening) source.removeEventListener('abort', listener);
    if (refusal !== undefined) this.#controller.abort(refusal);
  }
}
