/** A span of the original to be replaced; spans are disjoint and sorted by start. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/**
 * Text whose identifiers were replaced. It can be made only here, from an original and its replacements, so
 * that a function which takes `RedactedText` can never be handed a record's own words.
 */
export class RedactedText {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static assemble(original: string, replacements: readonly Replacement[]): RedactedText {
    let text = '';
    let at = 0;
    for (const { start, end, by } of replacements) {
      if (start < at || end < start || end > original.length) throw new RangeError('replacements overlap');
      text += original.slice(at, start) + by;
      at = end;
    }
    return new RedactedText(text + original.slice(at));
  }

  toString(): string {
    return this.#text;
  }

  toJSON(): string {
    return this.#text;
  }
}
