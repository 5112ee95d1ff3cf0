import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { CompactRange } from '../../audit/compact-range.ts';
import { floorMs } from '../../audit/retention.ts';

/** Marks the file as a trail of this product ("phiG"), and the version of its tables. */
export const applicationId = 0x70686947;
export const tablesVersion = 3;

/** Triggers that leave nothing but inserts. */
const unchanging = (table: string): string => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;`;

/**
 * The one change of an event: its payload becomes its leaf hash, once the event is older by the retention floor than
 * the newest event of the log. A comparison with nothing (NULL) refuses too.
 */
const purgeOnly = `
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
  WHEN coalesce(
    NEW.seq IS OLD.seq AND NEW.tenant IS OLD.tenant AND NEW.trail IS OLD.trail AND NEW.leaf IS OLD.leaf
    AND NEW.payload IS OLD.leaf AND OLD.payload IS NOT OLD.leaf AND OLD.tenant IS NOT '-'
    AND json_extract(OLD.payload, '$.at') + ${floorMs} <=
      (SELECT json_extract(payload, '$.at') FROM event ORDER BY seq DESC LIMIT 1),
    0) = 0
  BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;`;

/** Version 2 had no purge. */
const fromVersion2 = `DROP TRIGGER event_no_update;${purgeOnly}PRAGMA user_version = ${tablesVersion};`;

/**
 * `event` and `checkpoint` only ever grow, by one row after the other: the triggers refuse changes, removals,
 * gaps, and the replacing insert that would pass a trigger on DELETE. `signed_checkpoint` keeps signed notes and
 * their cosignatures, `verifier_key` the public keys they were made with, `tile` the roots of full tiles (C2SP
 * tlog-tiles) for quick proofs. `open_trail` is derived and may be rebuilt.
 * Hashes are hex: a search of the file for names must not meet letters that chance put into binary.
 */
const tables = `
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  trail TEXT NOT NULL,
  payload TEXT NOT NULL,
  leaf TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_trail ON event (tenant, trail, seq);
CREATE TABLE checkpoint (
  size INTEGER PRIMARY KEY,
  root TEXT NOT NULL,
  range TEXT NOT NULL
) STRICT;
CREATE TABLE signed_checkpoint (
  id INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX signed_checkpoint_by_size ON signed_checkpoint (size, id);
CREATE TABLE verifier_key (
  id INTEGER PRIMARY KEY,
  vkey TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE tile (
  level INTEGER NOT NULL,
  place INTEGER NOT NULL,
  root TEXT NOT NULL,
  PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE open_trail (
  tenant TEXT NOT NULL,
  trail TEXT NOT NULL,
  PRIMARY KEY (tenant, trail)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_dense BEFORE INSERT ON event
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM event)
  BEGIN SELECT RAISE(ABORT, 'the trail grows at its end only'); END;
${purgeOnly}
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER checkpoint_grows BEFORE INSERT ON checkpoint
  WHEN NEW.size IS NULL OR NEW.size <= (SELECT coalesce(max(size), -1) FROM checkpoint)
  BEGIN SELECT RAISE(ABORT, 'the trail grows at its end only'); END;
CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
  BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint
  BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
${['signed_checkpoint', 'verifier_key', 'tile'].map((table) => unchanging(table)).join('')}
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${tablesVersion};
`;

const objectsOf = (database: Database.Database): string =>
  JSON.stringify(
    database
      .prepare(
        "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name",
      )
      .all(),
  );

/** Whether tables, indexes and triggers of a file are, word for word, those of a trail of this version. */
export function hasTrailTables(database: Database.Database): boolean {
  const fresh = new Database(':memory:');
  try {
    fresh.exec(tables);
    return objectsOf(database) === objectsOf(fresh);
  } finally {
    fresh.close();
  }
}

/** Makes directory entries durable: a file whose name is lost with the power is lost too. */
function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Opens the trail for its one writer, and creates file (0600) and tables where there are none. WAL with
 * `synchronous=FULL`: every commit returns after the fsync of the log. Throws where the file is no trail.
 */
export function openTrailFile(path: string): Database.Database {
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  const database = new Database(path, { timeout: 2000 });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    // What a purge takes out is overwritten, not only unlinked.
    database.pragma('secure_delete = ON');
    database.pragma('trusted_schema = OFF');
    database.transaction(() => createTables(database)).immediate();
    syncDirectory(directory);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function createTables(database: Database.Database): void {
  const version: unknown = database.pragma('user_version', { simple: true });
  const application: unknown = database.pragma('application_id', { simple: true });
  if (version === tablesVersion && application === applicationId) return;
  if (version === 2 && application === applicationId) {
    database.exec(fromVersion2);
    return;
  }
  const objects: unknown = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (version !== 0 || objects !== 0) throw new Error('the file is not a trail of this version');
  database.exec(tables);
  const empty = CompactRange.empty();
  database
    .prepare('INSERT INTO checkpoint (size, root, range) VALUES (?, lower(hex(?)), lower(hex(?)))')
    .run(empty.size, empty.root(), empty.bytes());
}
