import { describe, expect, test } from '@jest/globals';
import { CompactRange } from '../../../src/audit/compact-range.ts';
import { leafHash } from '../../../src/audit/merkle-hash.ts';
import { consistencyProof, inclusionProof } from '../../../src/audit/merkle-proof.ts';
import { parseTlogProof, tlogProofText } from '../../../src/audit/tlog-proof.ts';
import { consistencyPath, inclusionPath, rootAt } from '../../../src/audit/tree-nodes.ts';
import fc from '../../fixtures/properties.ts';

const leaves = Array.from({ length: 700 }, (_, index) => leafHash(String(index)));

function rootOf(part: readonly Uint8Array[]): Uint8Array {
  const range = CompactRange.empty();
  for (const leaf of part) range.append(leaf);
  return range.root();
}

const tree = {
  node: (height: number, index: number) =>
    rootOf(leaves.slice(index * 2 ** height, (index + 1) * 2 ** height)),
};
const hex = (hashes: readonly Uint8Array[]): string[] =>
  hashes.map((hash) => Buffer.from(hash).toString('hex'));
const sizes = fc.integer({ min: 1, max: leaves.length });

describe('proofs from nodes', () => {
  test('of inclusion are those of all leaves', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, place) => {
        const index = place % size;
        expect(hex(inclusionPath(tree, index, size))).toEqual(
          hex(inclusionProof(leaves.slice(0, size), index)),
        );
      }),
    );
    expect(() => inclusionPath(tree, 3, 3)).toThrow(RangeError);
  });

  test('of consistency are those of all leaves', () => {
    fc.assert(
      fc.property(sizes, sizes, (a, b) => {
        const [small, large] = [Math.min(a, b), Math.max(a, b)];
        expect(hex(consistencyPath(tree, small, large))).toEqual(
          hex(consistencyProof(leaves.slice(0, large), small)),
        );
      }),
    );
    expect(() => consistencyPath(tree, 0, 3)).toThrow(RangeError);
  });

  test('roots are those of the compact range', () => {
    for (const size of [0, 1, 2, 3, 255, 256, 257, 700])
      expect(hex([rootAt(tree, size)])).toEqual(hex([rootOf(leaves.slice(0, size))]));
  });
});

describe('a range tells the subtrees that a leaf completes', () => {
  test('each with its height and root', () => {
    const range = CompactRange.empty();
    for (const leaf of leaves.slice(0, 300))
      range.append(leaf, (height, root) => {
        const index = (range.size + 1) / 2 ** height - 1;
        expect(hex([root])).toEqual(hex([tree.node(height, index)]));
      });
    expect(range.size).toBe(300);
  });
});

describe('tlog-proof', () => {
  const checkpoint = 'log\n3\nroot\n\n— log sig\n';

  test('is read back as written', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 63 }), (index, length) => {
        const path = leaves.slice(0, length);
        const read = parseTlogProof(tlogProofText({ index, path, checkpoint }));
        expect(read).toMatchObject({ index, checkpoint });
        expect(hex(read?.path ?? [])).toEqual(hex(path));
      }),
    );
  });

  test('an extra line is passed over', () => {
    const text = tlogProofText({ index: 2, path: [], checkpoint });
    expect(parseTlogProof(text.replace('index', 'extra AAAA\nindex'))).toMatchObject({ index: 2 });
  });

  test.each([
    ['another header', (text: string) => text.replace('@v1', '@v2')],
    ['a leading zero', (text: string) => text.replace('index 2', 'index 02')],
    ['no index', (text: string) => text.replace('index 2\n', '')],
    ['a short hash', (text: string) => text.replace('index 2\n', 'index 2\nAAAA\n')],
    ['no empty line', (text: string) => text.replaceAll('\n\n', '\n')],
  ])('with %s is none', (_, change) => {
    expect(
      parseTlogProof(change(tlogProofText({ index: 2, path: leaves.slice(0, 2), checkpoint }))),
    ).toBeUndefined();
  });
});
