import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Config } from '../../../src/config/config.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { codeOf, endedTrail } from './bad-input.ts';
import { answers, completion, hurried, type ModelDouble, startModelDouble } from './model-double.ts';

const mount = (target: string, options: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', target], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** A folder on a file system of its own; undefined where mounting is not allowed. */
function ownDisk(options: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'phi-disk-'));
  if (mount(folder, options)) return folder;
  rmSync(folder, { recursive: true, force: true });
  return undefined;
}

const release = (folder: string): void => {
  execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
};

const probe = ownDisk('size=1m');
if (probe === undefined) console.log('skipped: a full disk needs the right to mount a tmpfs');
else release(probe);

/** Takes every byte that is left: the gateway writes too, so the last piece may not fit. */
function fill(folder: string): void {
  const file = openSync(join(folder, 'ballast'), 'a');
  try {
    for (const size of [1_048_576, 65_536, 4096])
      for (;;)
        try {
          if (writeSync(file, Buffer.alloc(size)) < size) break;
        } catch {
          break;
        }
  } finally {
    closeSync(file);
  }
}

const keeping =
  (reserveMegabytes: number, model?: ModelDouble) =>
  (config: Config): Config => ({
    ...(model === undefined ? config : hurried({ double: model.baseUrl }, 30_000)(config)),
    storage: { ...config.storage, reserveMegabytes },
  });

(probe === undefined ? describe.skip : describe)('the disk of trail and vault', () => {
  it('full: nothing is answered, the process lives, and with space again it answers', async () => {
    const folder = ownDisk('size=24m');
    if (folder === undefined) throw new Error('the disk could not be mounted');
    const sandbox = await SandboxUnderTest.start({ dataDir: join(folder, 'data'), configure: keeping(0) });
    try {
      expect((await sandbox.ask()).status).toBe(200);
      fill(folder);
      const codes: unknown[] = [];
      // The write-ahead log may still have room inside what it holds already.
      for (let n = 0; n < 400 && codes.filter((code) => code === 'trail_unavailable').length < 5; n += 1)
        codes.push(codeOf((await sandbox.ask()).body) ?? 'answered');
      expect(codes.slice(-5)).toEqual(Array.from({ length: 5 }, () => 'trail_unavailable'));
      const refused = await sandbox.ask();
      expect([refused.status, codeOf(refused.body)]).toEqual([503, 'trail_unavailable']);
      expect(refused.text).not.toContain('choices');
      expect((await fetch(`${sandbox.ready.operations}/livez`)).status).toBe(200);

      rmSync(join(folder, 'ballast'));
      const answered = await sandbox.ask();
      expect(answered.status).toBe(200);
      expect((await endedTrail(sandbox, answered.trail)).at(-1)?.event).toBe('response.delivered');
      expect(verifyTrail(sandbox.ready.dataDir)).toMatchObject({ ok: true });
    } finally {
      await sandbox.close();
      release(folder);
    }
  }, 120_000);

  it('down to its reserve: nothing new begins, what is under way is ended, and a flood adds no event', async () => {
    const folder = ownDisk('size=48m');
    if (folder === undefined) throw new Error('the disk could not be mounted');
    const double = await startModelDouble();
    const sandbox = await SandboxUnderTest.start({
      dataDir: join(folder, 'data'),
      configure: keeping(16, double),
    });
    const { gateway } = sandbox.running.gateway;
    const ready = async () => (await fetch(`${sandbox.ready.operations}/readyz`)).status;
    const readyIs = async (status: number): Promise<void> => {
      for (let n = 0; n < 200 && (await ready()) !== status; n += 1) await delay(50);
      expect(await ready()).toBe(status);
    };
    const newest = async () => (await gateway.services.trail.newest('', () => true))?.seq;
    try {
      const token = await sandbox.token('clinician');
      let speak: (() => void) | undefined;
      const asked = new Promise<void>((resolve) => {
        double.play = (response, request) => {
          speak = () => answers(completion('The LDL is in the record.'))(response, request);
          resolve();
        };
      });
      const underWay = sandbox.ask({ body: { model: 'double' } });
      await asked;
      writeFileSync(join(folder, 'ballast'), Buffer.alloc(36_000_000));
      await readyIs(503);
      speak?.();
      const answered = await underWay;
      expect([answered.status, codeOf(answered.body)]).toEqual([200, undefined]);
      expect((await endedTrail(sandbox, answered.trail)).at(-1)?.event).toBe('response.delivered');

      const before = await newest();
      for (let n = 0; n < 60; n += 1) {
        const refused = [
          await sandbox.ask(),
          await sandbox.ask({ token: 'no.token.atall' }),
          await sandbox.exchange(token),
        ];
        expect(refused.map(({ body, status }) => [status, codeOf(body)])).toEqual([
          [503, 'trail_unavailable'],
          [503, 'trail_unavailable'],
          [503, 'temporarily_unavailable'],
        ]);
      }
      expect(await newest()).toBe(before);

      rmSync(join(folder, 'ballast'));
      await readyIs(200);
      expect((await sandbox.ask()).status).toBe(200);
      await gateway.sumUpStrangers();
      const summary = await gateway.services.trail.newest('strangers.', () => true);
      expect(summary).toMatchObject({ reason: 'trail_unavailable', facts: { count: 180 } });
      expect(verifyTrail(sandbox.ready.dataDir)).toMatchObject({ ok: true });
    } finally {
      await sandbox.close();
      await double.close();
      release(folder);
    }
  }, 120_000);

  it('full when the process ends: it still ends', async () => {
    const folder = ownDisk('size=24m');
    if (folder === undefined) throw new Error('the disk could not be mounted');
    const sandbox = await SandboxUnderTest.start({ dataDir: join(folder, 'data'), configure: keeping(0) });
    fill(folder);
    await expect(sandbox.running.close()).resolves.toBeUndefined();
    release(folder);
  }, 60_000);

  it('read-only: the gateway does not start', async () => {
    const folder = ownDisk('size=4m,ro');
    if (folder === undefined) throw new Error('the disk could not be mounted');
    await expect(SandboxUnderTest.start({ dataDir: folder })).rejects.toMatchObject({ code: 'EROFS' });
    release(folder);
  });
});
