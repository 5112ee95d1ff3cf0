import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { CompactRange } from '../../../src/audit/compact-range.ts';
import { emptyRoot, leafHash, nodeHash } from '../../../src/audit/merkle-hash.ts';
import {
  consistencyProof,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from '../../../src/audit/merkle-proof.ts';
import fc from '../../fixtures/properties.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const leavesOf = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => leafHash(`entry ${index}`));

/** The definition of RFC 6962, section 2.1, word by word: slow and independent of the range. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return createHash('sha256').digest();
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return createHash('sha256')
    .update(Buffer.from([1]))
    .update(definedRoot(leaves.slice(0, split)))
    .update(definedRoot(leaves.slice(split)))
    .digest();
}

const rangeOf = (leaves: readonly Uint8Array[]): CompactRange => {
  const range = CompactRange.empty();
  for (const leaf of leaves) range.append(leaf);
  return range;
};

/** Every proof that differs from a good one by one bit, one hash more or one hash less. */
function mutated(proof: readonly Uint8Array[], bit: number): Uint8Array[][] {
  const flipped = proof.map((_, place) =>
    proof.map((hash, index) => {
      const copy = Buffer.from(hash);
      if (index === place) copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      return copy;
    }),
  );
  return [
    ...flipped,
    proof.slice(1),
    proof.slice(0, -1),
    [...proof, leafHash('x')],
    [leafHash('x'), ...proof],
  ].filter((changed) => changed.map(hex).join() !== proof.map(hex).join());
}

describe('RFC 6962 tree', () => {
  test('hashes of nothing, of one leaf and of two', () => {
    expect(hex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(leafHash(''))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(hex(rangeOf([leafHash('')]).root())).toBe(hex(leafHash('')));
    expect(hex(nodeHash(leafHash('a'), leafHash('b')))).toBe(
      hex(definedRoot([leafHash('a'), leafHash('b')])),
    );
  });

  test('the compact range has the defined root at every size', () => {
    const leaves = leavesOf(70);
    const range = CompactRange.empty();
    for (const [index, leaf] of leaves.entries()) {
      range.append(leaf);
      expect(hex(range.root())).toBe(hex(definedRoot(leaves.slice(0, index + 1))));
    }
  });

  test('any split into batches, stored and loaded in between, gives the same root', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { maxLength: 9 }), { maxLength: 12 }), (batches) => {
        let range = CompactRange.empty();
        for (const batch of batches) {
          const next = CompactRange.from(range.size, range.bytes());
          for (const entry of batch) next.append(leafHash(entry));
          range = next;
        }
        const leaves = batches.flat().map((entry) => leafHash(entry));
        expect(range.size).toBe(leaves.length);
        expect(hex(range.root())).toBe(hex(definedRoot(leaves)));
      }),
    );
  });

  test('a clone leaves its origin alone; a stored range of the wrong length is refused', () => {
    const range = rangeOf(leavesOf(5));
    const before = hex(range.root());
    range.clone().append(leafHash('more'));
    expect([range.size, hex(range.root())]).toEqual([5, before]);
    for (const size of [4, 7, 11, -1, 0.5])
      expect(() => CompactRange.from(size, range.bytes())).toThrow(RangeError);
  });

  test('inclusion proofs verify, mutated ones do not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        fc.nat({ max: 255 }),
        fc.nat({ max: 60 }),
        (size, any, bit, otherIndex) => {
          const leaves = leavesOf(size);
          const index = any % size;
          const leaf = leafHash(`entry ${index}`);
          const root = rangeOf(leaves).root();
          const proof = inclusionProof(leaves, index);
          expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
          for (const changed of mutated(proof, bit)) {
            expect(verifyInclusion(leaf, index, size, changed, root)).toBe(false);
          }
          expect(verifyInclusion(leafHash('other'), index, size, proof, root)).toBe(false);
          expect(verifyInclusion(leaf, index, size, proof, leafHash('other'))).toBe(false);
          expect(verifyInclusion(leaf, otherIndex, size, proof, root)).toBe(otherIndex === index);
        },
      ),
    );
    expect(() => inclusionProof(leavesOf(3), 3)).toThrow(RangeError);
    expect(verifyInclusion(leafHash('x'), 0, 0, [], emptyRoot())).toBe(false);
  });

  test('consistency proofs verify, mutated ones and forks do not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat({ max: 255 }), (size2, any, bit) => {
        const leaves = leavesOf(size2);
        const size1 = 1 + (any % size2);
        const root1 = rangeOf(leaves.slice(0, size1)).root();
        const root2 = rangeOf(leaves).root();
        const proof = consistencyProof(leaves, size1);
        expect(verifyConsistency(size1, size2, proof, root1, root2)).toBe(true);
        for (const changed of mutated(proof, bit)) {
          expect(verifyConsistency(size1, size2, changed, root1, root2)).toBe(false);
        }
        const forked = rangeOf([...leaves.slice(0, size1 - 1), leafHash('forged')]).root();
        expect(verifyConsistency(size1, size2, proof, forked, root2)).toBe(false);
        expect(verifyConsistency(size1, size2, proof, root2, root1)).toBe(size1 === size2);
      }),
    );
    expect(() => consistencyProof(leavesOf(3), 0)).toThrow(RangeError);
    expect(verifyConsistency(0, 3, [], emptyRoot(), rangeOf(leavesOf(3)).root())).toBe(false);
  });
});
