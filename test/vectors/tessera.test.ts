import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openCheckpoint } from '../../src/audit/checkpoint.ts';
import { CompactRange } from '../../src/audit/compact-range.ts';
import { leafHash, sameHash } from '../../src/audit/merkle-hash.ts';
import { parseVerifierKey } from '../../src/audit/signed-note.ts';
import { bundleEntries, tilePath } from '../../src/audit/tiles.ts';

const folder = join(process.cwd(), '../shared/data/merkle/transparency-dev-tessera/testdata/log');
const present = existsSync(folder);
if (!present) console.log('skipped: ../shared/data/merkle/transparency-dev-tessera is not here');

/** From the SOURCE.txt of the vectors. */
const vkey = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

(present ? describe : describe.skip)('a tlog-tiles log of transparency-dev/tessera', () => {
  const key = parseVerifierKey(vkey);

  test('every signed checkpoint opens, and its root is that of entry bundle and tile', () => {
    if (key === undefined) throw new Error('the verifier key does not parse');
    const notes = readdirSync(folder).filter((name) => name.startsWith('checkpoint'));
    let verified = 0;
    for (const name of notes) {
      const opened = openCheckpoint(readFileSync(join(folder, name), 'utf8'), [key]);
      if (typeof opened === 'string') throw new Error(`${name}: ${opened}`);
      const whole = opened.size > 0;
      const bundle = whole
        ? readFileSync(join(folder, tilePath('entries', 0, opened.size)))
        : Buffer.alloc(0);
      const tile = whole ? readFileSync(join(folder, tilePath(0, 0, opened.size))) : Buffer.alloc(0);
      const leaves = (bundleEntries(bundle) ?? []).map((entry) => leafHash(entry));
      const range = CompactRange.empty();
      for (const leaf of leaves) range.append(leaf);
      expect(range.size).toBe(opened.size);
      expect(Buffer.concat(leaves)).toEqual(tile);
      expect(sameHash(range.root(), opened.root)).toBe(true);
      verified += 1;
    }
    expect(verified).toBeGreaterThanOrEqual(16);
    console.log(
      `tessera: ${verified} of ${notes.length} signed checkpoints verified from their entry bundles`,
    );
  });

  test('a changed size, root or signature does not open', () => {
    if (key === undefined) throw new Error('the verifier key does not parse');
    const note = readFileSync(join(folder, 'checkpoint.15'), 'utf8');
    for (const changed of [
      note.replace('\n15\n', '\n14\n'),
      note.replace(/\n15\n(.)/, (_, first: string) => `\n15\n${first === 'A' ? 'B' : 'A'}`),
      note.replace(
        /(.)(....)=*\n$/,
        (_, first: string, rest: string) => `${first === 'A' ? 'B' : 'A'}${rest}\n`,
      ),
    ])
      expect(typeof openCheckpoint(changed, [key])).toBe('string');
  });
});
