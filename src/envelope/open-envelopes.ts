/** Counts the envelopes that are neither delivered nor closed. */
export class OpenEnvelopes {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  enter(): void {
    this.#count += 1;
  }

  leave(): void {
    this.#count -= 1;
  }
}
