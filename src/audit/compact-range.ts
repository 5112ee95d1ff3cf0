import { emptyRoot, hashBytes, nodeHash } from './merkle-hash.ts';

/** How many perfect subtrees a tree of this size has: the number of one bits. */
function peakCount(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

/**
 * The right edge of an RFC 6962 tree: roots of its perfect subtrees, largest first. All that is needed to append
 * in O(log n) and to state the root, without the leaves.
 */
export class CompactRange {
  #size: number;
  readonly #peaks: Uint8Array[];

  private constructor(size: number, peaks: Uint8Array[]) {
    this.#size = size;
    this.#peaks = peaks;
  }

  static empty(): CompactRange {
    return new CompactRange(0, []);
  }

  /** From `bytes()` of an earlier range; throws a RangeError where length and size do not fit together. */
  static from(size: number, bytes: Uint8Array): CompactRange {
    if (!Number.isSafeInteger(size) || size < 0) throw new RangeError('not a tree size');
    if (bytes.length !== peakCount(size) * hashBytes)
      throw new RangeError('range does not fit the tree size');
    const peaks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += hashBytes) peaks.push(bytes.slice(at, at + hashBytes));
    return new CompactRange(size, peaks);
  }

  get size(): number {
    return this.#size;
  }

  /** `completed` hears of every perfect subtree that the leaf completes, lowest first, with its height (1 = pair). */
  append(leaf: Uint8Array, completed?: (height: number, root: Uint8Array) => void): void {
    let node = leaf;
    let height = 0;
    // Every trailing one bit of the size is a perfect subtree that the new leaf completes into the next larger.
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = this.#peaks.pop();
      if (left === undefined) throw new RangeError('range does not fit the tree size');
      node = nodeHash(left, node);
      height += 1;
      completed?.(height, node);
    }
    this.#peaks.push(node);
    this.#size += 1;
  }

  root(): Uint8Array {
    return (
      this.#peaks.reduceRight<Uint8Array | undefined>(
        (right, left) => (right === undefined ? left : nodeHash(left, right)),
        undefined,
      ) ?? emptyRoot()
    );
  }

  /** The peaks in order, 32 bytes each. */
  bytes(): Uint8Array {
    return Buffer.concat(this.#peaks);
  }

  clone(): CompactRange {
    return new CompactRange(this.#size, [...this.#peaks]);
  }
}
