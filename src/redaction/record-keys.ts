import { keyOf, nextKey } from './word-keys.ts';

/** What of a record a word may begin: one bit for each of its matchers. */
export const sought = {
  name: 1,
  initials: 2,
  /** The beginning of a number, and the whole of one. */
  number: 4,
  wholeNumber: 8,
  tail: 16,
  place: 32,
  contact: 64,
  spelled: 128,
} as const;

const fewest = 1 << 12;
const most = 1 << 17;
const slotsForEach = 32;

/**
 * What all matchers of a record look for, in one table: a text's word is asked once for all of them, and most words
 * are nothing. A bit says that the word may be that, no bit that it is not. A byte for each place of a table of some
 * thirty places a key, so that few are taken for another.
 */
export class RecordKeys {
  readonly #marks: Uint8Array;
  readonly #shift: number;

  /** `size` is how many keys there will be, more or less. */
  constructor(size: number) {
    let slots = fewest;
    while (slots < most && slots < size * slotsForEach) slots *= 2;
    this.#marks = new Uint8Array(slots);
    this.#shift = Math.clz32(slots - 1);
  }

  add(words: Iterable<string>, bit: number): void {
    for (const word of words) this.#mark(keyOf(word), bit);
  }

  /** Adds words with `whole`, and everything that they begin with, themselves too, with `beginning`. */
  addBeginnings(words: Iterable<string>, beginning: number, whole: number): void {
    for (const word of words) {
      let key = 0;
      for (let at = 0; at < word.length; at += 1) {
        key = nextKey(key, word.charCodeAt(at));
        this.#mark(key, beginning);
      }
      this.#mark(key, whole);
    }
  }

  #place(key: number): number {
    return Math.imul(key, 0x9e_37_79_b1) >>> this.#shift;
  }

  #mark(key: number, bit: number): void {
    const place = this.#place(key);
    this.#marks[place] = (this.#marks[place] ?? 0) | bit;
  }

  /** Bits of `sought` for a word's key. */
  of(key: number): number {
    return this.#marks[this.#place(key)] ?? 0;
  }
}
