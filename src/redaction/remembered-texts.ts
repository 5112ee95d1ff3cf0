/** What was found in texts, for as many characters of them as are given; the text unused for longest goes first. */
export class RememberedTexts<Found> {
  readonly #found = new Map<string, Found>();
  readonly #most: number;
  #characters = 0;

  /** `most`: characters (UTF-16 units) of all texts together; 0 remembers nothing. */
  constructor(most: number) {
    this.#most = most;
  }

  get(text: string): Found | undefined {
    const found = this.#found.get(text);
    if (found === undefined) return undefined;
    this.#found.delete(text);
    this.#found.set(text, found);
    return found;
  }

  /** A text longer than all that may be kept pushes nothing out. */
  keep(text: string, found: Found): void {
    if (text.length > this.#most) return;
    if (!this.#found.has(text)) this.#characters += text.length;
    this.#found.set(text, found);
    for (const oldest of this.#found.keys()) {
      if (this.#characters <= this.#most) return;
      this.#found.delete(oldest);
      this.#characters -= oldest.length;
    }
  }

  /** What is remembered of a text, or what `find` says now. */
  made(text: string, find: (text: string) => Found): Found {
    const found = this.get(text) ?? find(text);
    this.keep(text, found);
    return found;
  }
}
