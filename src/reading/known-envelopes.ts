/**
 * What a thread keeps of the envelopes it read for last. Both ends of a thread count the same readings in the same
 * order, so both know which these are, and a long list of identifiers crosses once and not with each reading.
 */
export class KnownEnvelopes<Kept> {
  readonly #kept = new Map<number, Kept>();
  readonly #most: number;

  constructor(most = 64) {
    this.#most = most;
  }

  get(envelope: number): Kept | undefined {
    return this.#kept.get(envelope);
  }

  forget(envelope: number): void {
    this.#kept.delete(envelope);
  }

  /** What is kept of an envelope, made where nothing is yet; to be called with each reading, in order. */
  made(envelope: number, make: () => Kept): Kept {
    const kept = this.#kept.get(envelope) ?? make();
    this.use(envelope, kept);
    return kept;
  }

  /** To be called with each reading, in order. */
  use(envelope: number, kept: Kept): void {
    this.#kept.delete(envelope);
    this.#kept.set(envelope, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
  }
}
