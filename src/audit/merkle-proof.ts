import { CompactRange } from './compact-range.ts';
import { hashBytes, nodeHash, sameHash } from './merkle-hash.ts';

/** Largest power of two smaller than `size` (RFC 6962, section 2.1), for size > 1. */
function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

function subtreeRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const range = CompactRange.empty();
  for (const leaf of leaves) range.append(leaf);
  return range.root();
}

/**
 * Audit path of the leaf at `index` in the tree of these leaf hashes, lowest sibling first (RFC 6962, 2.1.1).
 * Throws a RangeError where there is no such leaf.
 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leaves.length)
    throw new RangeError('no such leaf');
  if (leaves.length === 1) return [];
  const split = splitPoint(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return index < split
    ? [...inclusionProof(left, index), subtreeRoot(right)]
    : [...inclusionProof(right, index - split), subtreeRoot(left)];
}

function consistencySubproof(size: number, leaves: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (size === leaves.length) return whole ? [] : [subtreeRoot(leaves)];
  const split = splitPoint(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return size <= split
    ? [...consistencySubproof(size, left, whole), subtreeRoot(right)]
    : [...consistencySubproof(size - split, right, false), subtreeRoot(left)];
}

/**
 * Proof that the tree of the first `size` leaves is a prefix of the tree of all of them (RFC 6962, 2.1.2).
 * Throws a RangeError unless 0 < size <= number of leaves.
 */
export function consistencyProof(leaves: readonly Uint8Array[], size: number): Uint8Array[] {
  if (!Number.isSafeInteger(size) || size <= 0 || size > leaves.length) throw new RangeError('no such tree');
  return consistencySubproof(size, leaves, true);
}

const wellFormed = (hashes: readonly Uint8Array[]): boolean =>
  hashes.every((hash) => hash.length === hashBytes);
const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const half = (value: number): number => Math.floor(value / 2);

/** Whether the leaf stands at `index` of the tree with this size and root (RFC 9162, section 2.1.3.2). */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !wellFormed([leaf, root, ...proof])) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && sameHash(hash, root);
}

/**
 * Whether the tree (size1, root1) is a prefix of (size2, root2) (RFC 9162, section 2.1.4.2). A proof from the
 * empty tree shows nothing and is refused.
 */
export function verifyConsistency(
  size1: number,
  size2: number,
  proof: readonly Uint8Array[],
  root1: Uint8Array,
  root2: Uint8Array,
): boolean {
  if (!isSize(size1) || !isSize(size2) || size1 === 0 || size1 > size2) return false;
  if (size1 === size2) return proof.length === 0 && sameHash(root1, root2);
  if (!wellFormed([root1, root2, ...proof])) return false;
  let node = size1 - 1;
  let last = size2 - 1;
  while (node % 2 === 1) {
    node = half(node);
    last = half(last);
  }
  // Where size1 is a power of two its root is the first node of the path and is left out of the proof.
  const path = node === 0 ? [root1, ...proof] : proof;
  const first = path[0];
  if (first === undefined) return false;
  let hash1 = first;
  let hash2 = first;
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash1 = nodeHash(sibling, hash1);
      hash2 = nodeHash(sibling, hash2);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash2 = nodeHash(hash2, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && sameHash(hash1, root1) && sameHash(hash2, root2);
}
