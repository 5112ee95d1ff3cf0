/** So many bytes of memory count as a character: a little more than what is found in prose takes for each of its own. */
const bytesPerCharacter = 32;

interface Kept<Found> {
  readonly found: Found;
  readonly cost: number;
}

/** What was found in texts, for as many characters of them as are given; the text unused for longest goes first. */
export class RememberedTexts<Found> {
  readonly #kept = new Map<string, Kept<Found>>();
  readonly #most: number;
  readonly #bytesOf: (found: Found, text: string) => number;
  #cost = 0;

  /**
   * `most`: characters (UTF-16 units) of all texts together; 0 remembers nothing. `bytesOf`: what a text and what was
   * found in it take in memory. Where that is more than a character's share they count for more characters: thousands
   * of short texts, or characters that stand for many, would fill the memory otherwise.
   */
  constructor(most: number, bytesOf: (found: Found, text: string) => number) {
    this.#most = most;
    this.#bytesOf = bytesOf;
  }

  get(text: string): Found | undefined {
    const kept = this.#kept.get(text);
    if (kept === undefined) return undefined;
    this.#kept.delete(text);
    this.#kept.set(text, kept);
    return kept.found;
  }

  /** One that takes more than all that may be kept pushes nothing out. */
  keep(text: string, found: Found): void {
    const cost = Math.max(text.length, Math.ceil(this.#bytesOf(found, text) / bytesPerCharacter));
    if (cost > this.#most) return;
    this.#drop(text);
    this.#kept.set(text, { found, cost });
    this.#cost += cost;
    for (const oldest of this.#kept.keys()) {
      if (this.#cost <= this.#most) return;
      this.#drop(oldest);
    }
  }

  /** What is remembered of a text, or what `find` says now. */
  made(text: string, find: (text: string) => Found): Found {
    const known = this.get(text);
    if (known !== undefined) return known;
    const found = find(text);
    this.keep(text, found);
    return found;
  }

  #drop(text: string): void {
    this.#cost -= this.#kept.get(text)?.cost ?? 0;
    this.#kept.delete(text);
  }
}
