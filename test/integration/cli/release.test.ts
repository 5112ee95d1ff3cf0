import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { productRoot } from '../../../src/config/product-folder.ts';
import { run } from '../../fixtures/product.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
let folder = '';
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
  folder = mkdtempSync(join(tmpdir(), 'phi-release-'));
  for (const name of ['labels', 'policies', 'tasks', 'redaction-rules'])
    cpSync(join(productRoot(), name), join(folder, name), { recursive: true });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const verify = (...options: string[]) =>
  run(['audit', 'verify', sandbox.ready.files.audit, '--json', ...options]);

test('a log verifies under the release that decided, by hash and by folder, and under no other', async () => {
  expect((await sandbox.ask()).status).toBe(200);
  const { releaseHash } = sandbox.running.gateway.gateway.services.release;
  expect((await verify('--release', releaseHash)).code).toBe(0);
  expect((await verify('--release', folder)).code).toBe(0);
  const other = await verify('--release', 'ab'.repeat(32));
  expect([other.code, other.stdout]).toEqual([1, expect.stringContaining('release_differs')]);
  appendFileSync(join(folder, 'policies', 'physician.cedar'), '\n');
  const changed = await verify('--release', folder);
  expect([changed.code, changed.stdout]).toEqual([1, expect.stringContaining('release_differs')]);
  expect((await verify('--release', 'neither')).code).toBe(2);
}, 60_000);
