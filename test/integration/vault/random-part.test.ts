import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { VaultFile } from '../../../src/storage/sqlite/vault-file.ts';
import { deriveKeys } from '../../../src/vault/envelope-encryption.ts';
import { createVaultUnits } from '../../../src/vault/units.ts';
import { vaultScope } from '../../fixtures/vault-scope.ts';

let directory = '';
let file: VaultFile;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vault-'));
  file = new VaultFile(join(directory, 'vault.db'));
});
afterEach(() => {
  file.close();
  rmSync(directory, { recursive: true });
});

const scope = (conversation: string) => vaultScope({ conversation });

/** How many of the numbers that chance is asked for next are the same: a token takes eight. */
let stuck = 0;
const bytes = (length: number): Uint8Array => {
  if (length !== 4 || stuck === 0) return randomBytes(length);
  stuck -= 1;
  return new Uint8Array(length);
};

const request = { type: 'PATIENT', entity: 'name:quayle', form: 'Ottoline Quayle' } as const;

/** Tokens of the same value in two conversations that chance gives the same characters so often. */
function issuedWith(repeats: number): readonly (string | undefined)[] {
  const units = createVaultUnits({
    rows: file.rows,
    keys: deriveKeys(randomBytes(32), new Uint8Array(32)),
    randomness: { bytes },
    retentionSeconds: 60,
  });
  return ['a', 'b'].map((conversation) => {
    units.anchor(scope(conversation), 0);
    stuck = 8 * repeats;
    return units.issue(scope(conversation), [request], 0)[0];
  });
}

test('characters that another conversation of the tenant has are drawn again', () => {
  const [first, second] = issuedWith(1);
  expect(first).toBe('[[PATIENT-00000000]]');
  expect(second).toMatch(/^\[\[PATIENT-[0-9A-Z]{8}\]\]$/);
  expect(second).not.toBe(first);
});

test('chance that never changes issues nothing twice', () => {
  expect(() => issuedWith(20)).toThrow('the randomness repeats itself');
});
