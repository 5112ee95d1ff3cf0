/** Sets of patterns by their numbers, each kept once: a set is a number, and what two hold together is looked up. */
export class PatternSets {
  /** The first one is empty. */
  readonly #sets: (readonly number[])[] = [[]];
  readonly #numbers = new Map<string, number>([['', 0]]);
  readonly #joined = new Map<number, number>();

  /** Number of a set; patterns may be named more than once. */
  of(patterns: readonly number[]): number {
    const sorted = [...new Set(patterns)].toSorted((a, b) => a - b);
    const name = sorted.join();
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#sets.length);
    return this.#sets.push(sorted) - 1;
  }

  /** The patterns of a set, in their order. */
  at(set: number): readonly number[] {
    return this.#sets[set] ?? [];
  }

  /** Number of what either set holds. */
  both(one: number, other: number): number {
    if (one === 0 || one === other) return other;
    if (other === 0) return one;
    const pair = one * most + other;
    const known = this.#joined.get(pair);
    if (known !== undefined) return known;
    const joined = this.of([...this.at(one), ...this.at(other)]);
    this.#joined.set(pair, joined);
    return joined;
  }
}

/** Above the number of any set. */
const most = 2 ** 26;
