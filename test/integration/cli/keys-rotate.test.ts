import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../../src/config/load.ts';
import { sandboxMarker } from '../../../src/config/secrets.ts';
import { loadSigningKey } from '../../../src/delegation/signing-key.ts';
import { configFolder, removeFolders, setting } from '../../unit/config/fixture.ts';

const run = promisify(execFile);
afterAll(removeFolders);

async function rotate(path: string, ...options: readonly string[]) {
  const args = ['bin/phi-gateway.js', 'keys', 'rotate', '--config', path, '--json', ...options];
  const ended: unknown = await run(process.execPath, args).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    (thrown: unknown) => thrown,
  );
  const { code, stderr, stdout } = Object(ended);
  return { code: Number(code), said: `${String(stdout)}${String(stderr)}` };
}

/** Key ids of the signing key and of those beside it, as a gateway that starts now has them. */
async function kidsOf(path: string) {
  const { overlap = [], signing } = loadConfig({ path, env: {} }).keys;
  const keys = await Promise.all([signing, ...overlap].map((pem) => loadSigningKey(pem)));
  return keys.map(({ algorithm, kid }) => ({ algorithm, kid }));
}

const folder = () => {
  const { folder: at, path } = configFolder(setting('environment', 'sandbox'));
  const files = { signing: join(at, 'secrets/signing.pem'), overlap: join(at, 'secrets/signing-next.pem') };
  rmSync(files.overlap);
  return { path, ...files };
};

describe('keys rotate', () => {
  test('publishes a key, lets it sign when it was published long enough, and keeps the last one', async () => {
    const { overlap, path, signing } = folder();
    const before = readFileSync(signing, 'utf8').trim();
    writeFileSync(signing, `${sandboxMarker}\n${before}\n`);
    expect(await rotate(path, '--ed25519')).toMatchObject({ code: 0 });
    const [first, next] = await kidsOf(path);
    expect(next).toMatchObject({ algorithm: 'EdDSA' });
    expect(statSync(overlap).mode & 0o777).toBe(0o600);
    expect(readFileSync(signing, 'utf8')).toContain(before);

    const early = await rotate(path);
    expect(early.code).toBe(1);
    expect(early.said).toContain('after 24 hours');
    expect(await kidsOf(path)).toEqual([first, next]);

    expect(await rotate(path, '--after', '0')).toMatchObject({ code: 0 });
    expect(await kidsOf(path)).toEqual([next, first]);
    // Whose key it was goes with it.
    expect(readFileSync(overlap, 'utf8')).toContain(sandboxMarker);
    expect(readFileSync(signing, 'utf8')).not.toContain(sandboxMarker);
    for (const file of [signing, overlap]) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(existsSync(`${file}.new`)).toBe(false);
    }

    // Tokens under the last key live for five minutes more.
    expect((await rotate(path, '--after', '0')).code).toBe(1);
    expect(await kidsOf(path)).toEqual([next, first]);
    const aged = readFileSync(overlap, 'utf8').replace(/since \S+/, 'since 2026-01-01T00:00:00.000Z');
    writeFileSync(overlap, aged);
    expect((await rotate(path)).code).toBe(0);
    const [still, third] = await kidsOf(path);
    expect(still).toEqual(next);
    expect(third).toMatchObject({ algorithm: 'ES256' });
    expect(third).not.toEqual(first);
  }, 120_000);

  test('replaces no key that somebody else put there, and goes on after no interruption by itself', async () => {
    const { overlap, path, signing } = folder();
    writeFileSync(overlap, readFileSync(signing), { mode: 0o600 });
    expect(await rotate(path)).toMatchObject({
      code: 1,
      said: expect.stringContaining('did not put there'),
    });
    rmSync(overlap);
    writeFileSync(`${signing}.new`, 'half');
    expect(await rotate(path)).toMatchObject({ code: 1, said: expect.stringContaining('interrupted') });
    expect(existsSync(overlap)).toBe(false);
  }, 120_000);

  test('is wrong usage without a file for the other key, or with hours that are none', async () => {
    const { path } = configFolder((config) => {
      setting('environment', 'sandbox')(config);
      setting('keys.overlap_files', undefined)(config);
    });
    expect((await rotate(path)).code).toBe(2);
    expect((await rotate(folder().path, '--after', 'soon')).code).toBe(2);
  }, 120_000);
});
