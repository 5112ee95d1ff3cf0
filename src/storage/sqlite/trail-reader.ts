import Database from 'better-sqlite3';
import { CompactRange } from '../../audit/compact-range.ts';
import { decodeEvent } from '../../audit/event-record.ts';
import type { StoredEvent } from '../../audit/events.ts';
import type { AgedRow } from '../../audit/retention.ts';
import { Refusal } from '../../errors/refusal.ts';
import { isRecord } from '../../vocabulary/fhir.ts';
import { tileHeight } from './trail-log.ts';

const unreadable = (what: string): Refusal => new Refusal('trail_unavailable', { cause: new Error(what) });

function storedEvent(row: unknown): StoredEvent {
  if (!isRecord(row)) throw unreadable('a row is malformed');
  const { seq, payload, leaf } = row;
  if (typeof seq !== 'number' || typeof payload !== 'string' || !(leaf instanceof Uint8Array)) {
    throw unreadable('a row is malformed');
  }
  const decoded = decodeEvent(payload);
  if (!decoded.ok) throw unreadable('an event is malformed');
  const { version: _, ...event } = decoded.event;
  return { ...event, seq, leaf: Buffer.from(leaf).toString('hex') };
}

function agedRow(row: unknown): AgedRow {
  if (!isRecord(row)) throw unreadable('a row is malformed');
  const { seq, tenant, trail, at } = row;
  if (typeof seq !== 'number' || typeof tenant !== 'string' || typeof trail !== 'string')
    throw unreadable('a row is malformed');
  return typeof at === 'number' ? { seq, tenant, trail, at } : { seq, tenant, trail };
}

/**
 * Read-only view of a trail file beside its writer: sees what was committed and fsynced, and goes on working
 * while the writer hangs. Look-ups are indexed, tenant first.
 */
export class TrailFileReader {
  readonly #database: Database.Database;
  readonly #byTrail: Database.Statement<[string, string]>;
  readonly #rows: Database.Statement<[number, number]>;
  readonly #rowsOf: Database.Statement<[string, string]>;
  readonly #named: Database.Statement<[string]>;
  readonly #newest: Database.Statement<[string]>;
  readonly #unfinished: Database.Statement<[]>;
  readonly #size: Database.Statement<[]>;
  readonly #head: Database.Statement<[]>;
  readonly #latestSigned: Database.Statement<[]>;
  readonly #leaves: Database.Statement<[number, number]>;
  readonly #tiles: Database.Statement<[number, number, number]>;

  constructor(path: string) {
    this.#database = new Database(path, { readonly: true, fileMustExist: true, timeout: 250 });
    this.#byTrail = this.#database.prepare(
      'SELECT seq, payload, unhex(leaf) AS leaf FROM event WHERE tenant = ? AND trail = ? AND payload <> leaf ORDER BY seq',
    );
    const aged =
      "SELECT seq, tenant, trail, CASE WHEN payload = leaf THEN NULL ELSE json_extract(payload, '$.at') END AS at FROM event";
    this.#rows = this.#database.prepare(`${aged} WHERE seq >= ? ORDER BY seq LIMIT ?`);
    this.#rowsOf = this.#database.prepare(`${aged} WHERE tenant = ? AND trail = ? ORDER BY seq`);
    this.#named = this.#database.prepare(
      'SELECT seq, payload, unhex(leaf) AS leaf FROM event WHERE instr(payload, ?) > 0 ORDER BY seq',
    );
    this.#newest = this.#database.prepare(
      'SELECT seq, payload, unhex(leaf) AS leaf FROM event WHERE instr(payload, ?) > 0 ORDER BY seq DESC',
    );
    this.#unfinished = this.#database.prepare('SELECT tenant, trail FROM open_trail ORDER BY tenant, trail');
    this.#size = this.#database.prepare('SELECT max(size) FROM checkpoint').pluck();
    this.#head = this.#database.prepare(
      'SELECT size, unhex(root) AS root FROM checkpoint ORDER BY size DESC LIMIT 1',
    );
    this.#latestSigned = this.#database
      .prepare('SELECT unhex(note) FROM signed_checkpoint ORDER BY size DESC, id DESC LIMIT 1')
      .pluck();
    this.#leaves = this.#database
      .prepare('SELECT unhex(leaf) FROM event WHERE seq >= ? AND seq < ? ORDER BY seq')
      .pluck();
    this.#tiles = this.#database
      .prepare('SELECT unhex(root) FROM tile WHERE level = ? AND place >= ? AND place < ? ORDER BY place')
      .pluck();
  }

  /** Events whose payload was purged are no longer there. */
  trail(tenant: string, trail: string): StoredEvent[] {
    return this.#byTrail.all(tenant, trail).map((row) => storedEvent(row));
  }

  rows(from: number, limit: number): AgedRow[] {
    return this.#rows.all(from, limit).map((row) => agedRow(row));
  }

  rowsOf(tenant: string, trail: string): AgedRow[] {
    return this.#rowsOf.all(tenant, trail).map((row) => agedRow(row));
  }

  newest(family: string, wanted: (event: StoredEvent) => boolean): StoredEvent | undefined {
    for (const row of this.#newest.iterate(`"event":"${family}`)) {
      const event = storedEvent(row);
      if (event.event.startsWith(family) && wanted(event)) return event;
    }
    return undefined;
  }

  /** Every event that carries a fact of this name, the oldest first. */
  *withFact(name: string): Generator<StoredEvent> {
    for (const row of this.#named.iterate(`"${name}":`)) {
      const event = storedEvent(row);
      if (Object.hasOwn(event.facts, name)) yield event;
    }
  }

  unfinished(): { tenant: string; trail: string }[] {
    return this.#unfinished.all().map((row: unknown) => {
      if (isRecord(row)) {
        const { tenant, trail } = row;
        if (typeof tenant === 'string' && typeof trail === 'string') return { tenant, trail };
      }
      throw unreadable('a row is malformed');
    });
  }

  size(): number {
    const size: unknown = this.#size.get();
    if (typeof size !== 'number') throw unreadable('the trail has no head');
    return size;
  }

  /** Size and root of the tree as last committed. */
  head(): { readonly size: number; readonly root: Uint8Array } {
    const row: unknown = this.#head.get();
    if (isRecord(row)) {
      const { size, root } = row;
      if (typeof size === 'number' && root instanceof Uint8Array) return { size, root };
    }
    throw unreadable('the trail has no head');
  }

  /** The newest signed checkpoint, with the cosignatures it had when it was kept last. */
  latestSigned(): string | undefined {
    const note: unknown = this.#latestSigned.get();
    if (note === undefined) return undefined;
    if (note instanceof Uint8Array) return Buffer.from(note).toString();
    throw unreadable('a signed checkpoint is malformed');
  }

  /** Root of a perfect subtree, from the roots of full tiles where it is higher than one. */
  node(height: number, index: number): Uint8Array {
    const level = Math.floor(height / tileHeight);
    const width = 2 ** (height - level * tileHeight);
    const begin = index * width;
    const rows =
      level === 0 ? this.#leaves.all(begin, begin + width) : this.#tiles.all(level, begin, begin + width);
    const range = CompactRange.empty();
    for (const row of rows) {
      if (!(row instanceof Uint8Array)) throw unreadable('a hash is malformed');
      range.append(row);
    }
    if (range.size !== width) throw unreadable('a part of the tree is missing');
    return range.root();
  }

  close(): void {
    this.#database.close();
  }
}
