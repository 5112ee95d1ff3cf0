import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { openVault, type VaultOptions } from '../../../src/storage/sqlite/vault-open.ts';
import type { TokenRequest, TokenVault } from '../../../src/vault/ports.ts';
import { tokenPattern } from '../../../src/vocabulary/token.ts';
import { vaultScope } from '../../fixtures/vault-scope.ts';

const scope = vaultScope();
const person = (entity: string, form: string): TokenRequest => ({ type: 'PERSON', entity, form });
const stemOf = (token: string): string => [...token.matchAll(tokenPattern)][0]?.[2] ?? 'no token';
const masterKey = Buffer.alloc(32, 7).toString('base64');

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vault-thread-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});
const opened = (options: Partial<VaultOptions> = {}): Promise<TokenVault> =>
  openVault({
    directoryKey: new Uint8Array(32),
    path: join(directory, 'vault.db'),
    masterKey,
    clock: { now: () => Date.now() },
    retentionSeconds: 3600,
    ...options,
  });

const mount = (target: string, options: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', target], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const mountProbe = mkdtempSync(join(tmpdir(), 'vault-mount-'));
const mountable = mount(mountProbe, 'size=1m');
if (mountable) execFileSync('umount', [mountProbe]);
else console.log('skipped: full and read-only disks need the right to mount a tmpfs');
rmSync(mountProbe, { recursive: true, force: true });

const unavailable = (fault: string) => ({
  reason: 'vault_unavailable',
  cause: { message: `vault.db: ${fault}` },
});

describe('calls at the same time', () => {
  test('two hundred envelopes of one conversation agree on one stem an entity', async () => {
    const vault = await opened();
    const forms = ['Maria Ortiz', 'Ortiz', 'M. Ortiz', 'Ortiz, Maria', 'Sra. Ortiz'];
    const entities = ['a', 'b', 'c', 'd'];
    const issued = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        vault.issue(
          scope,
          // Each one has its own order and its own part of the forms.
          entities.map((_entity, n) =>
            person(entities[(n + at) % 4] ?? '', forms[(at + n * 3) % forms.length] ?? ''),
          ),
        ),
      ),
    );
    const stems = new Map<string, Set<string>>();
    const tokens = new Map<string, Set<string>>();
    for (const { request, token } of issued.flat()) {
      stems.set(request.entity, (stems.get(request.entity) ?? new Set()).add(stemOf(token)));
      const exact = `${request.entity} ${request.form}`;
      tokens.set(exact, (tokens.get(exact) ?? new Set()).add(token));
    }
    expect([...stems.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1]);
    expect(tokens.size).toBe(20);
    expect(new Set([...tokens.values()].map(({ size }) => size))).toEqual(new Set([1]));
    expect(new Set([...tokens.values()].flatMap((one) => [...one])).size).toBe(20);
    await vault.close();
  });

  test('two processes on one file agree as well', async () => {
    const [one, two] = [await opened(), await opened()];
    const issued = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        (at % 2 === 0 ? one : two).issue(scope, [person('a', `form ${at % 3}`)]),
      ),
    );
    const tokens = issued.flat().map(({ token }) => token);
    expect(new Set(tokens.map(stemOf)).size).toBe(1);
    expect(new Set(tokens).size).toBe(3);
    await Promise.all([one.close(), two.close()]);
  });

  test('more forms than the syntax can number go on under another stem, and stay what they are', async () => {
    const vault = await opened();
    const forms = Array.from({ length: 2100 }, (_, at) => person('a', `form ${at}`));
    const first = await vault.issue(scope, forms);
    const again = await vault.issue(scope, forms.toReversed());
    expect(again.map(({ token }) => token).toReversed()).toEqual(first.map(({ token }) => token));
    expect(new Set(first.map(({ token }) => token)).size).toBe(2100);
    expect(new Set(first.map(({ token }) => stemOf(token))).size).toBe(3);
    await vault.close();
  });

  test('one that fails leaves the others of its group', async () => {
    const vault = await opened();
    const other = { ...scope, patient: 'q' };
    await Promise.all([vault.issue(scope, [person('a', 'A')]), vault.issue(other, [person('b', 'B')])]);
    const db = new Database(join(directory, 'vault.db'));
    db.prepare(
      'UPDATE scope SET anchor = zeroblob(40) WHERE patient = (SELECT min(patient) FROM scope)',
    ).run();
    db.close();
    const results = await Promise.allSettled([
      vault.issue(scope, [person('a', 'A'), person('a', 'AA')]),
      vault.issue(other, [person('b', 'B'), person('b', 'BB')]),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await vault.close();
  });
});

describe('the thread', () => {
  test('one that dies refuses what waits, and the next call finds everything', () => {
    const loser = fileURLToPath(new URL('./lose-thread.js', import.meta.url));
    const output = execFileSync(process.execPath, [loser, join(directory, 'vault.db')], { encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual({
      lost: ['vault_unavailable', 'vault_unavailable'],
      same: true,
      values: ['Maria Ortiz'],
      threads: 2,
    });
  });

  test('closing does what waits, and refuses what comes later', async () => {
    const vault = await opened();
    const waiting = Promise.all(
      Array.from({ length: 50 }, (_, at) => vault.issue(scope, [person(`e${at}`, `form ${at}`)])),
    );
    const closed = vault.close();
    await expect(vault.issue(scope, [person('late', 'late')])).rejects.toMatchObject(
      unavailable('the vault is closed'),
    );
    const tokens = (await waiting).flat().map(({ token }) => token);
    await closed;
    await vault.close();
    const reopened = await opened();
    expect((await reopened.resolve(scope, tokens)).size).toBe(50);
    await reopened.close();
  });

  test('a file that is no database refuses to open, and says nothing of it', async () => {
    writeFileSync(join(directory, 'vault.db'), 'Maria Ortiz, not a database, '.repeat(400));
    await expect(opened()).rejects.toMatchObject(unavailable('SQLITE_NOTADB'));
    await expect(opened({ path: join(directory, 'none', 'vault.db') })).rejects.toMatchObject({
      reason: 'vault_unavailable',
    });
  });

  test('a hanging disk is refused in time while the event loop runs, and it goes on afterwards', async () => {
    const vault = await opened({ timeoutMs: 300, maxWaiting: 2 });
    const other = new Database(join(directory, 'vault.db'));
    try {
      other.exec('BEGIN IMMEDIATE');
      let ticks = 0;
      const ticking = setInterval(() => {
        ticks += 1;
      }, 10);
      const waiting = Promise.allSettled([
        vault.issue(scope, [person('a', 'A')]),
        vault.issue(scope, [person('b', 'B')]),
      ]);
      await expect(vault.issue(scope, [person('c', 'C')])).rejects.toMatchObject(
        unavailable('too many calls wait for the vault'),
      );
      const fault = 'the vault did not answer in time';
      expect(await waiting).toMatchObject([
        { status: 'rejected', reason: unavailable(fault) },
        { status: 'rejected', reason: unavailable(fault) },
      ]);
      clearInterval(ticking);
      expect(ticks).toBeGreaterThan(3);
      other.exec('ROLLBACK');
      const [issued] = await vault.issue(scope, [person('a', 'A')]);
      expect((await vault.resolve(scope, [issued?.token ?? ''])).size).toBe(1);
    } finally {
      other.close();
      await vault.close();
    }
  });

  test('an erased key that another reader keeps in the log is not called erased', async () => {
    const vault = await opened({ timeoutMs: 10_000 });
    const [before] = await vault.issue(scope, [person('a', 'A')]);
    const reader = new Database(join(directory, 'vault.db'), { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM token').get();
    await expect(vault.erase('north', 'p')).rejects.toMatchObject({ reason: 'vault_unavailable' });
    reader.exec('COMMIT');
    reader.close();
    await vault.erase('north', 'p');
    expect((await vault.resolve(scope, [before?.token ?? ''])).size).toBe(0);
    await vault.close();
  });
});

(mountable ? describe : describe.skip)('the disk', () => {
  afterEach(() => {
    execFileSync('umount', [directory]);
  });

  test('full: refused, what stands still resolves, and with space again it issues', async () => {
    mount(directory, 'size=2m');
    const ballast = join(directory, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1_000_000));
    const vault = await opened();
    const issue = (at: number) =>
      vault.issue(
        scope,
        Array.from({ length: 50 }, (_, n) => person(`e${at}.${n}`, `form ${at} ${n}`)),
      );
    const first = await issue(0);
    const filling = async (): Promise<void> => {
      for (let at = 1; at < 500; at += 1) await issue(at);
    };
    await expect(filling()).rejects.toMatchObject(unavailable('SQLITE_FULL'));
    const values = await vault.resolve(
      scope,
      first.map(({ token }) => token),
    );
    expect(values.size).toBe(50);
    rmSync(ballast);
    expect(await issue(501)).toHaveLength(50);
    expect(await issue(0)).toEqual(first);
    await vault.close();
  });

  test('read-only: refused at the start, and writable again it issues what it issued before', async () => {
    mount(directory, 'size=4m');
    const vault = await opened();
    const [first] = await vault.issue(scope, [person('a', 'A')]);
    const remount = (how: string): void => {
      execFileSync('mount', ['-o', `remount,${how}`, directory]);
    };
    // Files that are open stay writable on a remounted disk: a fresh thread meets it as a start would.
    await vault.close();
    remount('ro');
    await expect(opened()).rejects.toMatchObject({ reason: 'vault_unavailable' });
    remount('rw');
    const again = await opened();
    expect(await again.issue(scope, [person('a', 'A')])).toEqual([first]);
    await again.close();
  });
});
