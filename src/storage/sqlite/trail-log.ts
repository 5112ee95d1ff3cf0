import type Database from 'better-sqlite3';
import { CompactRange } from '../../audit/compact-range.ts';
import type { EventName } from '../../audit/events.ts';
import { leafHash, sameHash } from '../../audit/merkle-hash.ts';
import type { AppendedRange } from '../../audit/ports.ts';
import { leavesOpen } from '../../audit/trail-order.ts';
import { isRecord } from '../../vocabulary/fhir.ts';
import { openTrailFile, tablesVersion } from './trail-schema.ts';

/** A tile holds 2^8 hashes (C2SP tlog-tiles). */
export const tileHeight = 8;

/** One event on its way to the file: `payload` is its canonical JSON. */
export interface TrailRow {
  readonly tenant: string;
  readonly trail: string;
  readonly event: EventName;
  readonly payload: string;
}

/**
 * The one writer of a trail file. Synchronous: it belongs into a thread of its own. The tree in memory is only
 * ever what the last committed checkpoint says; after a failure it is read from the file again.
 */
export class TrailLog {
  readonly #database: Database.Database;
  readonly #insertEvent: Database.Statement<[number, string, string, string, Uint8Array]>;
  readonly #purge: Database.Statement<[number]>;
  readonly #insertCheckpoint: Database.Statement<[number, Uint8Array, Uint8Array]>;
  readonly #insertTile: Database.Statement<[number, number, Uint8Array]>;
  readonly #insertSigned: Database.Statement<[number, string]>;
  readonly #insertKey: Database.Statement<[string]>;
  readonly #openTrail: Database.Statement<[string, string]>;
  readonly #closeTrail: Database.Statement<[string, string]>;
  readonly #head: Database.Statement<[]>;
  readonly #headSize: Database.Statement<[]>;
  #range: CompactRange | undefined;

  constructor(path: string) {
    const database = openTrailFile(path);
    this.#database = database;
    this.#insertEvent = database.prepare(
      'INSERT INTO event (seq, tenant, trail, payload, leaf) VALUES (?, ?, ?, ?, lower(hex(?)))',
    );
    this.#purge = database.prepare('UPDATE event SET payload = leaf WHERE seq = ? AND payload <> leaf');
    this.#insertCheckpoint = database.prepare(
      'INSERT INTO checkpoint (size, root, range) VALUES (?, lower(hex(?)), lower(hex(?)))',
    );
    this.#insertTile = database.prepare('INSERT INTO tile (level, place, root) VALUES (?, ?, lower(hex(?)))');
    this.#insertSigned = database.prepare(
      'INSERT INTO signed_checkpoint (size, note) VALUES (?, lower(hex(?)))',
    );
    this.#insertKey = database.prepare('INSERT OR IGNORE INTO verifier_key (vkey) VALUES (lower(hex(?)))');
    this.#openTrail = database.prepare('INSERT OR IGNORE INTO open_trail (tenant, trail) VALUES (?, ?)');
    this.#closeTrail = database.prepare('DELETE FROM open_trail WHERE tenant = ? AND trail = ?');
    this.#head = database.prepare(
      'SELECT size, unhex(root) AS root, unhex(range) AS range, (SELECT coalesce(max(seq), -1) + 1 FROM event) AS events FROM checkpoint ORDER BY size DESC LIMIT 1',
    );
    this.#headSize = database.prepare('SELECT max(size) FROM checkpoint').pluck();
    try {
      this.#range = this.#load();
    } catch (error) {
      database.close();
      throw error;
    }
  }

  get size(): number {
    return this.#range?.size ?? 0;
  }

  /**
   * Appends every list in order, in one transaction: returns after the fsync of its commit, or throws and has
   * written nothing. Answers the place of each list.
   */
  append(lists: readonly (readonly TrailRow[])[]): AppendedRange[] {
    try {
      const { ranges, range } = this.#database.transaction(() => this.#write(lists)).immediate();
      this.#range = range;
      return ranges;
    } catch (error) {
      this.#range = undefined;
      throw error;
    }
  }

  #write(lists: readonly (readonly TrailRow[])[]): { ranges: AppendedRange[]; range: CompactRange } {
    // Whoever else may have written: the file decides where its tree ends, not this memory.
    const current = this.#range;
    const known = current !== undefined && current.size === this.#headSize.get();
    const range = known ? current.clone() : this.#load();
    const ranges = lists.map((rows) => {
      const first = range.size;
      let leaf: Buffer | undefined;
      for (const row of rows) {
        leaf = leafHash(row.payload);
        this.#insertEvent.run(range.size, row.tenant, row.trail, row.payload, leaf);
        range.append(leaf, (height, root) => {
          if (height % tileHeight === 0)
            this.#insertTile.run(height / tileHeight, (range.size + 1) / 2 ** height - 1, root);
        });
        const open = leavesOpen(row.event);
        if (open !== undefined) (open ? this.#openTrail : this.#closeTrail).run(row.tenant, row.trail);
      }
      if (leaf === undefined) throw new RangeError('nothing to append');
      return { first, last: range.size - 1, leaf: leaf.toString('hex') };
    });
    this.#insertCheckpoint.run(range.size, range.root(), range.bytes());
    return { ranges, range };
  }

  /**
   * Appends the event of a purge and replaces the payloads at these places by their leaf hashes, both or neither.
   * Throws where one of them may not be replaced.
   */
  purge(places: readonly number[], row: TrailRow): AppendedRange {
    try {
      const { ranges, range } = this.#database
        .transaction(() => {
          const written = this.#write([[row]]);
          for (const place of places)
            if (this.#purge.run(place).changes !== 1) throw new Error('an event was purged already');
          return written;
        })
        .immediate();
      this.#range = range;
      // The bytes must leave the write-ahead log too; a reader in the way leaves that to the next checkpoint.
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
      const [appended] = ranges;
      if (appended === undefined) throw new RangeError('nothing to append');
      return appended;
    } catch (error) {
      this.#range = undefined;
      throw error;
    }
  }

  /** Keeps a signed checkpoint: durable when this returns. */
  keepSigned(size: number, note: string): void {
    this.#database.transaction(() => this.#insertSigned.run(size, note)).immediate();
  }

  /** Keeps the verifier keys under which notes of this file can be read. */
  keepKeys(vkeys: readonly string[]): void {
    this.#database
      .transaction(() => {
        for (const vkey of vkeys) this.#insertKey.run(vkey);
      })
      .immediate();
  }

  /** Writes what stands there already, and returns from its fsync: throws where the disk takes nothing. */
  probe(): void {
    this.#database.transaction(() => this.#database.pragma(`user_version = ${tablesVersion}`)).immediate();
  }

  /** The tree as the file states it; throws where the file contradicts itself, and then nothing is appended. */
  #load(): CompactRange {
    const head: unknown = this.#head.get();
    if (!isRecord(head)) throw new Error('the trail has no head');
    const { size, root, range: bytes, events } = head;
    if (typeof size !== 'number' || !(root instanceof Uint8Array) || !(bytes instanceof Uint8Array)) {
      throw new TypeError('the head of the trail is malformed');
    }
    const range = CompactRange.from(size, bytes);
    if (!sameHash(range.root(), root)) throw new Error('the head of the trail contradicts itself');
    if (events !== size) throw new Error('the trail and its head differ in length');
    return range;
  }

  close(): void {
    this.#database.close();
  }
}
