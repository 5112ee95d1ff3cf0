/** Milliseconds for which those who ask later take the answer to a question that was asked before, if nothing else is said. */
const shortly = 200;
/** Answers held at most; the oldest makes room. */
const most = 10_000;

interface Running<Answer> {
  readonly answer: Promise<Answer>;
  /** Of whoever asked: aborted, the answer is theirs alone. */
  readonly signal: AbortSignal;
}

/**
 * Reads that every open envelope repeats about once a second, made once for all who ask within 200 ms: without it
 * five hundred open answers ask the record system some three thousand times a second whether they may go on. What is
 * read must be the same whoever asks. An error is everybody's, unless the one who read only went away: then
 * another one reads. Nothing is kept longer than that, or than `freshMs` where it is given.
 */
export class SharedReads<Answer> {
  readonly #freshMs: number;
  readonly #running = new Map<string, Running<Answer>>();

  constructor(freshMs = shortly) {
    this.#freshMs = freshMs;
  }

  /** Who asks from now on is told what is so now. */
  drop(): void {
    this.#running.clear();
  }

  async read(key: string, signal: AbortSignal, make: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const one = this.#running.get(key) ?? this.#begin(key, signal, make);
      try {
        return await one.answer;
      } catch (thrown) {
        this.#forget(key, one);
        if (one.signal === signal || !one.signal.aborted) throw thrown;
      }
    }
  }

  #begin(key: string, signal: AbortSignal, make: () => Promise<Answer>): Running<Answer> {
    const one = { answer: make(), signal };
    const [oldest] = this.#running.size < most ? [] : this.#running.keys();
    if (oldest !== undefined) this.#running.delete(oldest);
    this.#running.set(key, one);
    setTimeout(() => this.#forget(key, one), this.#freshMs).unref();
    return one;
  }

  #forget(key: string, one: Running<Answer>): void {
    if (this.#running.get(key) === one) this.#running.delete(key);
  }
}
