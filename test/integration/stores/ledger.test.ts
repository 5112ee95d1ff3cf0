import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { openRevocations } from '../../../src/delegation/revocations.ts';
import { type Ledger, openLedger, storeFile } from '../../../src/storage/sqlite/ledger.ts';

let directory = '';
let path = '';
const ledgers: Ledger[] = [];
const open = (): Ledger => {
  const ledger = openLedger(path, 'revocations');
  ledgers.push(ledger);
  return ledger;
};
const value = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ledger-'));
  path = storeFile(directory, 'revocations');
});
afterEach(async () => {
  for (const ledger of ledgers.splice(0)) await ledger.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('a ledger', () => {
  test('keeps entries by tenant and key over a restart, in a file that others cannot read', async () => {
    const first = open();
    await first.add({ tenant: 'north', key: 'a', value: value('one') });
    await first.add({ tenant: 'south', key: 'a', value: value('two'), expires: 5 });
    await expect(first.add({ tenant: 'north', key: 'a', value: value('other') })).resolves.toEqual(
      expect.objectContaining({ length: 3 }),
    );
    await first.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const second = open();
    expect(Buffer.from((await second.get('north', 'a')) ?? []).toString()).toBe('one');
    expect(Buffer.from((await second.get('south', 'a')) ?? []).toString()).toBe('two');
    await expect(second.get('south', 'b')).resolves.toBeUndefined();
    await expect(second.entries()).resolves.toHaveLength(2);
  });

  test('has one more version with each change, and the same head for the same changes', async () => {
    const ledger = open();
    await ledger.add({ tenant: 'north', key: 'a', value: value('one') });
    await ledger.add({ tenant: 'north', key: 'b', value: value('two'), expires: 10 });
    await ledger.add({ tenant: 'north', key: 'b', value: value('again') });
    expect(await ledger.heads()).toMatchObject([{ store: 'revocations', tenant: 'north', version: 2 }]);
    const before = await ledger.hashAt('north', 1);
    await expect(ledger.prune(10)).resolves.toBe(1);
    await expect(ledger.remove('north', 'a')).resolves.toBe(true);
    await expect(ledger.remove('north', 'a')).resolves.toBe(false);
    const [head] = await ledger.heads();
    expect(head).toMatchObject({ version: 4 });
    await expect(ledger.hashAt('north', 1)).resolves.toBe(before);
    if (head !== undefined) await ledger.noted(head);
    await expect(ledger.hashAt('north', 1)).resolves.toBeUndefined();
    await expect(ledger.hashAt('north', 4)).resolves.toBe(head?.hash);
  });

  test('overwrites what was removed', async () => {
    const ledger = open();
    await ledger.add({ tenant: 'north', key: 'a', value: value('a key that must vanish') });
    await ledger.remove('north', 'a');
    await ledger.close();
    expect(readFileSync(path).includes('a key that must vanish')).toBe(false);
  });

  test.each([
    ['taken out', "DELETE FROM entry WHERE key = 'a'"],
    ['put in', "INSERT INTO entry (tenant, key, value, expires) VALUES ('north', 'c', x'00', NULL)"],
    ['put in for a tenant without a head', "INSERT INTO entry VALUES ('west', 'c', x'00', NULL)"],
    ['changed', "UPDATE entry SET expires = 1 WHERE key = 'a'"],
  ])('an entry that was %s by hand closes it', async (_, statement) => {
    const ledger = open();
    await ledger.add({ tenant: 'north', key: 'a', value: value('one'), expires: 99 });
    await ledger.close();
    const database = new Database(path);
    database.exec(statement);
    database.close();
    await expect(open().heads()).rejects.toMatchObject({ reason: 'store_unavailable' });
  });

  test('a file that is no database closes it', async () => {
    copyFileSync(process.execPath, path);
    await expect(open().get('north', 'a')).rejects.toMatchObject({ reason: 'store_unavailable' });
  });
});

describe('revocations', () => {
  const time = { at: 1_790_000_000_000 };
  const clock = { now: () => time.at };
  const seconds = (): number => time.at / 1000;

  test('outlive the process until their tokens have expired', async () => {
    const first = await openRevocations(open(), clock);
    await first.revoke('north', 'token-1', seconds() + 300);
    await ledgers[0]?.close();
    const ledger = open();
    const second = await openRevocations(ledger, clock);
    await expect(second.isRevoked('north', 'token-1')).resolves.toBe(true);
    await expect(second.isRevoked('south', 'token-1')).resolves.toBe(false);
    time.at += 400_000;
    await second.revoke('north', 'token-2', seconds() + 300);
    await expect(second.isRevoked('north', 'token-1')).resolves.toBe(false);
    expect((await ledger.entries()).map(({ key }) => key)).toEqual(['token-2']);
  });

  test('count even where the disk refuses, and whoever revoked hears that it did', async () => {
    const store = open();
    const revocations = await openRevocations(store, clock);
    await store.close();
    await expect(revocations.revoke('north', 'token-1', seconds() + 300)).rejects.toMatchObject({
      reason: 'store_unavailable',
    });
    await expect(revocations.isRevoked('north', 'token-1')).resolves.toBe(true);
  });

  test('that cannot be read let nobody in', async () => {
    copyFileSync(process.execPath, path);
    await expect(openRevocations(open(), clock)).rejects.toMatchObject({ reason: 'store_unavailable' });
  });
});
