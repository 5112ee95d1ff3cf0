import { createHash } from 'node:crypto';
import { chmodSync, closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { headAfter, type StoreHead } from '../../audit/store-heads.ts';

/** What a ledger keeps of one key. */
export interface LedgerEntry {
  readonly tenant: string;
  readonly key: string;
  readonly value: Uint8Array;
  /** Milliseconds since the epoch; absent: kept until removed. */
  readonly expires?: number;
}

const schema = `
  CREATE TABLE IF NOT EXISTS entry (
    tenant TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, expires INTEGER,
    PRIMARY KEY (tenant, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS entry_expires ON entry (expires) WHERE expires IS NOT NULL;
  CREATE TABLE IF NOT EXISTS head (
    tenant TEXT NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL, sum TEXT NOT NULL,
    PRIMARY KEY (tenant, version)
  ) STRICT, WITHOUT ROWID;
`;

interface HeadRow {
  readonly tenant: string;
  readonly version: number;
  readonly hash: string;
  readonly sum: string;
}
interface EntryRow {
  readonly tenant: string;
  readonly key: string;
  readonly value: Uint8Array;
  readonly expires: number | null;
}

const modulus = 1n << 256n;

/** One entry as a number; the sum over a tenant's entries is its content, whatever the order it came in. */
const weightOf = ({ tenant, key, value, expires }: EntryRow): bigint => {
  const content = JSON.stringify([tenant, key, Buffer.from(value).toString('base64'), expires]);
  return BigInt(`0x${createHash('sha256').update(content).digest('hex')}`);
};
const added = (sum: string, weight: bigint): string =>
  ((((BigInt(`0x${sum}`) + weight) % modulus) + modulus) % modulus).toString(16).padStart(64, '0');
const nothing = '0'.repeat(64);

/**
 * A small store in a file of its own: entries by tenant and key, and with each change a new head over all that was
 * ever done. Synchronous, for a thread of its own. Each change has returned from fsync when its method returns.
 * Throws where the entries are not those that the head was made over.
 */
export class LedgerFile {
  readonly #database: Database.Database;
  readonly #store: string;
  readonly #entry: Database.Statement<[string, string], EntryRow>;
  readonly #insert: Database.Statement<[string, string, Uint8Array, number | null]>;
  readonly #delete: Database.Statement<[string, string]>;
  readonly #expired: Database.Statement<[number], EntryRow>;
  readonly #all: Database.Statement<[], EntryRow>;
  readonly #head: Database.Statement<[string], HeadRow>;
  readonly #heads: Database.Statement<[], HeadRow>;
  readonly #insertHead: Database.Statement<[string, number, string, string]>;
  readonly #hashAt: Database.Statement<[string, number], HeadRow>;
  readonly #forget: Database.Statement<[string, number]>;

  constructor(path: string, store: string) {
    closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
    const database = new Database(path, { timeout: 2000 });
    this.#database = database;
    this.#store = store;
    try {
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      database.pragma('secure_delete = ON');
      database.pragma('trusted_schema = OFF');
      database.exec(schema);
      this.#entry = database.prepare('SELECT * FROM entry WHERE tenant = ? AND key = ?');
      this.#insert = database.prepare('INSERT INTO entry (tenant, key, value, expires) VALUES (?, ?, ?, ?)');
      this.#delete = database.prepare('DELETE FROM entry WHERE tenant = ? AND key = ?');
      this.#expired = database.prepare('SELECT * FROM entry WHERE expires <= ?');
      this.#all = database.prepare('SELECT * FROM entry');
      this.#head = database.prepare('SELECT * FROM head WHERE tenant = ? ORDER BY version DESC LIMIT 1');
      this.#heads = database.prepare(
        'SELECT tenant, max(version) AS version, hash, sum FROM head GROUP BY tenant ORDER BY tenant',
      );
      this.#insertHead = database.prepare(
        'INSERT INTO head (tenant, version, hash, sum) VALUES (?, ?, ?, ?)',
      );
      this.#hashAt = database.prepare('SELECT * FROM head WHERE tenant = ? AND version = ?');
      this.#forget = database.prepare('DELETE FROM head WHERE tenant = ? AND version < ?');
      this.#check();
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Entries that somebody took out or put in by hand make another sum than the head's. */
  #check(): void {
    const sums = new Map<string, string>();
    for (const row of this.#all.iterate())
      sums.set(row.tenant, added(sums.get(row.tenant) ?? nothing, weightOf(row)));
    for (const { tenant, sum } of this.#heads.all()) {
      if ((sums.get(tenant) ?? nothing) !== sum) throw new Error('the entries are not those of the head');
      sums.delete(tenant);
    }
    if (sums.size > 0) throw new Error('there are entries without a head');
  }

  /** Puts one more version on a tenant's head: the change, and what the content adds up to after it. */
  #advance(tenant: string, change: readonly (string | number)[], weight: bigint): void {
    const row = this.#head.get(tenant);
    const sum = added(row?.sum ?? nothing, weight);
    const before = { store: this.#store, tenant, version: row?.version ?? 0, hash: row?.hash ?? '' };
    const { version, hash } = headAfter(before, [...change, sum]);
    this.#insertHead.run(tenant, version, hash, sum);
  }

  get(tenant: string, key: string): Uint8Array | undefined {
    return this.#entry.get(tenant, key)?.value;
  }

  entries(): LedgerEntry[] {
    return this.#all.all().map(({ tenant, key, value, expires }) => ({
      tenant,
      key,
      value,
      ...(expires === null ? {} : { expires }),
    }));
  }

  /** Adds an entry where there is none with this key; answers the value that stands. */
  add({ tenant, key, value, expires }: LedgerEntry): Uint8Array {
    return this.#database
      .transaction(() => {
        const before = this.#entry.get(tenant, key);
        if (before !== undefined) return before.value;
        const row = { tenant, key, value, expires: expires ?? null };
        this.#insert.run(tenant, key, value, row.expires);
        this.#advance(tenant, ['add'], weightOf(row));
        return value;
      })
      .immediate();
  }

  /** Takes an entry out and its bytes off the disk; answers whether there was one. */
  remove(tenant: string, key: string): boolean {
    const removed = this.#database
      .transaction(() => {
        const row = this.#entry.get(tenant, key);
        if (row === undefined) return false;
        this.#delete.run(tenant, key);
        this.#advance(tenant, ['remove'], -weightOf(row));
        return true;
      })
      .immediate();
    // The bytes must leave the write-ahead log too.
    if (removed) this.#database.pragma('wal_checkpoint(TRUNCATE)');
    return removed;
  }

  /** Takes out what expired by `now`; answers how many. */
  prune(now: number): number {
    return this.#database
      .transaction(() => {
        const rows = this.#expired.all(now);
        const weights = new Map<string, bigint>();
        for (const row of rows) {
          this.#delete.run(row.tenant, row.key);
          weights.set(row.tenant, (weights.get(row.tenant) ?? 0n) - weightOf(row));
        }
        for (const [tenant, weight] of weights) this.#advance(tenant, ['prune'], weight);
        return rows.length;
      })
      .immediate();
  }

  heads(): StoreHead[] {
    return this.#heads
      .all()
      .map(({ tenant, version, hash }) => ({ store: this.#store, tenant, version, hash }));
  }

  hashAt(tenant: string, version: number): string | undefined {
    return this.#hashAt.get(tenant, version)?.hash;
  }

  /** Forgets the heads before this version. */
  forget(tenant: string, version: number): void {
    this.#forget.run(tenant, version);
  }

  close(): void {
    this.#database.close();
  }
}
