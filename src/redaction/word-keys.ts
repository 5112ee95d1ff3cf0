const firstKey = 0;
export const nextKey = (key: number, code: number): number => (Math.imul(key, 31) + code) & 0x3f_ff_ff_ff;

/** The key of a word that goes on with a stretch of a text. */
export function keyGoneOn(from: number, text: string, start: number, end: number): number {
  let key = from;
  for (let at = start; at < end; at += 1) key = nextKey(key, text.charCodeAt(at));
  return key;
}

/** Key of a word. Keys go on: that of `ab` is that of `a`, and then `b`. */
export const keyOf = (word: string): number => keyGoneOn(firstKey, word, 0, word.length);

/**
 * A set of words that is asked by their keys before the words themselves are cut out of a text: false says that
 * the word is not in it, true that it may be.
 */
export class WordKeys {
  readonly #bits: Uint32Array;
  readonly #shift: number;

  /** `size`: of how many bits, as a power of two: ten and more for each word let few others pass. */
  constructor(words: Iterable<string> = [], size = 17) {
    this.#bits = new Uint32Array(1 << (size - 5));
    this.#shift = 32 - size;
    for (const word of words) this.add(word);
  }

  add(word: string): void {
    this.addKey(keyOf(word));
  }

  /** Adds a word and everything that it begins with. */
  addBeginnings(word: string): void {
    let key = firstKey;
    for (let at = 0; at < word.length; at += 1) {
      key = nextKey(key, word.charCodeAt(at));
      this.addKey(key);
    }
  }

  addKey(key: number): void {
    const place = Math.imul(key, 0x9e_37_79_b1) >>> this.#shift;
    this.#bits[place >>> 5] = (this.#bits[place >>> 5] ?? 0) | (1 << (place & 31));
  }

  has(key: number): boolean {
    const place = Math.imul(key, 0x9e_37_79_b1) >>> this.#shift;
    return ((this.#bits[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0;
  }
}
