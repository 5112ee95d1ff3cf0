import { Refusal } from '../errors/refusal.ts';
import type { ModelDelta } from './ports.ts';

type Finish = Extract<ModelDelta, { type: 'finish' }>;

/** Characters that are heard ahead of what is done with them; then the model waits. */
const mostAhead = 65_536;

/**
 * Hears an answer while something else is done with what there is of it. It reads on by itself, so that what was said
 * meanwhile is taken together, and stops reading where nobody takes anything.
 */
export class Listening {
  readonly #deltas: AsyncIterator<ModelDelta>;
  #text = '';
  #taken = 0;
  #finish: Finish | undefined;
  #fault: unknown;
  #over = false;
  #changed: (() => void)[] = [];

  constructor(deltas: AsyncIterable<ModelDelta>) {
    this.#deltas = deltas[Symbol.asyncIterator]();
    void this.#hear();
  }

  /** All that was said so far. */
  get text(): string {
    return this.#text;
  }

  /** How the answer ended; undefined while it goes on. */
  get finish(): Finish | undefined {
    return this.#finish;
  }

  /**
   * Resolves with true as soon as more than `length` characters are there, with false when the answer ends before.
   *
   * @throws Refusal of the model's client
   */
  async beyond(length: number): Promise<boolean> {
    this.#taken = Math.min(length, this.#text.length);
    this.#tell();
    while (!this.#over && this.#text.length <= length) await this.#change();
    if (this.#fault !== undefined) throw this.#fault;
    return this.#text.length > length && this.#finish === undefined;
  }

  /** Hears no more. What is being waited for is left to whoever can abort it. */
  stop(): void {
    this.#over = true;
    this.#tell();
  }

  async #hear(): Promise<void> {
    try {
      while (!this.#over) {
        const { done, value } = await this.#deltas.next();
        if (done === true) break;
        if (value.type === 'text') this.#text += value.text;
        else this.#finish = value;
        this.#tell();
        while (!this.#over && this.#text.length - this.#taken > mostAhead) await this.#change();
      }
      if (this.#finish === undefined && !this.#over) throw new Refusal('model_malformed');
    } catch (thrown) {
      this.#fault = thrown;
    } finally {
      this.#over = true;
      this.#tell();
      await this.#deltas.return?.().catch(() => undefined);
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed.push(resolve);
    });
  }

  #tell(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const resolve of waiting) resolve();
  }
}
