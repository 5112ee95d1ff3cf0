import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { sitePack } from '../../unit/config/fixture.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'site-packs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What the model is sent about a question that names a locker by the number of this site. */
async function sentWith(packs: readonly string[]): Promise<string> {
  const sandbox = await SandboxUnderTest.start({
    configure: (config) => ({ ...config, redaction: { ...config.redaction, packs } }),
  });
  try {
    const { status } = await sandbox.ask({ question: 'Is locker zk-abc hers? And what is the latest LDL?' });
    expect(status).toBe(200);
    return JSON.stringify(await sandbox.received());
  } finally {
    await sandbox.close();
  }
}

test("a site's own numbers reach no model once its pack is in force", async () => {
  const pack = join(folder, 'north.yaml');
  writeFileSync(
    pack,
    sitePack.replace(/pattern: .*/, () => "pattern: 'zk-[a-f]{3}'"),
  );
  expect(await sentWith([])).toContain('zk-abc');
  const sent = await sentWith([pack]);
  expect(sent).not.toContain('zk-abc');
  expect(sent).toMatch(/locker \[\[ID-[0-9A-Z]{8}\]\] hers/);
}, 90_000);
