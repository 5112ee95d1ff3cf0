/**
 * What a thread keeps of the records it read against for last. Both ends of a thread count the same readings in the same
 * order, so both know which these are, and a long list of identifiers crosses once and not with each reading.
 */
export class KnownRecords<Kept> {
  readonly #kept = new Map<number, Kept>();
  readonly #most: number;

  constructor(most = 64) {
    this.#most = most;
  }

  get(record: number): Kept | undefined {
    return this.#kept.get(record);
  }

  forget(record: number): void {
    this.#kept.delete(record);
  }

  /** What is kept of a record, made where nothing is yet; to be called with each reading, in order. */
  made(record: number, make: () => Kept): Kept {
    const kept = this.#kept.get(record) ?? make();
    this.use(record, kept);
    return kept;
  }

  /** To be called with each reading, in order. */
  use(record: number, kept: Kept): void {
    this.#kept.delete(record);
    this.#kept.set(record, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
  }
}
