import { emptyRoot, nodeHash } from './merkle-hash.ts';

/** Roots of perfect subtrees of a stored tree: `node(h, i)` covers the leaves from i * 2^h, 2^h of them. */
export interface TreeNodes {
  node(height: number, index: number): Uint8Array;
}

/** Largest power of two smaller than `count` (RFC 6962, section 2.1), with its exponent, for count > 1. */
function split(count: number): { readonly size: number; readonly height: number } {
  let height = 0;
  let size = 1;
  while (size * 2 < count) {
    size *= 2;
    height += 1;
  }
  return { size, height };
}

/** Root of the leaves from `begin` up to `end`, where `begin` is a multiple of the size of the left part. */
function rangeRoot(tree: TreeNodes, begin: number, end: number): Uint8Array {
  const count = end - begin;
  if (count === 1) return tree.node(0, begin);
  const { size, height } = split(count);
  if (size * 2 === count) return tree.node(height + 1, begin / count);
  return nodeHash(tree.node(height, begin / size), rangeRoot(tree, begin + size, end));
}

/** Root of the first `size` leaves. */
export const rootAt = (tree: TreeNodes, size: number): Uint8Array =>
  size === 0 ? emptyRoot() : rangeRoot(tree, 0, size);

/** As `inclusionProof` of merkle-proof.ts, from O(log n) nodes instead of all leaves. */
export function inclusionPath(tree: TreeNodes, index: number, size: number): Uint8Array[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError('no such leaf');
  const path: Uint8Array[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + split(end - begin).size;
    if (index < middle) {
      path.push(rangeRoot(tree, middle, end));
      end = middle;
    } else {
      path.push(rangeRoot(tree, begin, middle));
      begin = middle;
    }
  }
  return path.toReversed();
}

/** As `consistencyProof` of merkle-proof.ts, from O(log n) nodes instead of all leaves. */
export function consistencyPath(tree: TreeNodes, size1: number, size2: number): Uint8Array[] {
  if (!Number.isSafeInteger(size1) || size1 <= 0 || size1 > size2) throw new RangeError('no such tree');
  const path: Uint8Array[] = [];
  let begin = 0;
  let end = size2;
  while (size1 !== end) {
    const middle = begin + split(end - begin).size;
    if (size1 <= middle) {
      path.push(rangeRoot(tree, middle, end));
      end = middle;
    } else {
      path.push(rangeRoot(tree, begin, middle));
      begin = middle;
    }
  }
  // The old tree itself is known to the verifier; a part of it that is no prefix is not.
  if (begin > 0) path.push(rangeRoot(tree, begin, end));
  return path.toReversed();
}
