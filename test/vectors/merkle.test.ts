import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { verifyConsistency, verifyInclusion } from '../../src/audit/merkle-proof.ts';
import { isRecord } from '../../src/vocabulary/fhir.ts';

const folder = join(process.cwd(), '../shared/data/merkle/transparency-dev-merkle/testdata');
const present = existsSync(folder);
if (!present) console.log('skipped: ../shared/data/merkle/transparency-dev-merkle is not here');

interface Probe {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

function probes(kind: string): Probe[] {
  if (!present) return [];
  return readdirSync(join(folder, kind), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const fields: unknown = JSON.parse(readFileSync(join(folder, kind, name), 'utf8'));
      if (!isRecord(fields)) throw new TypeError(`${name} is not an object`);
      return { name, fields };
    });
}

const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : '', 'base64');
const proofOf = (value: unknown): Uint8Array[] =>
  Array.isArray(value) ? value.map((hash) => bytes(hash)) : [];
/** Sizes above 2^53 lose digits in JSON.parse and are no sizes here. */
const size = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

const judged = {
  inclusion: ({ fields }: Probe): boolean =>
    verifyInclusion(
      bytes(fields['leafHash']),
      size(fields['leafIdx']),
      size(fields['treeSize']),
      proofOf(fields['proof']),
      bytes(fields['root']),
    ),
  consistency: ({ fields }: Probe): boolean =>
    verifyConsistency(
      size(fields['size1']),
      size(fields['size2']),
      proofOf(fields['proof']),
      bytes(fields['root1']),
      bytes(fields['root2']),
    ),
};

(present ? describe : describe.skip)('RFC 6962 probes of transparency-dev/merkle', () => {
  test.each(['inclusion', 'consistency'] as const)('%s: every one of 98 is judged right', (kind) => {
    const all = probes(kind);
    const wrong = all
      .filter((probe) => judged[kind](probe) === probe.fields['wantErr'])
      .map(({ name }) => name);
    expect(wrong).toEqual([]);
    expect(all).toHaveLength(98);
    console.log(`${kind}: ${all.length - wrong.length} of ${all.length} right`);
  });
});
