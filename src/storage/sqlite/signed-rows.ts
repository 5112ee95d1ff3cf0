import type Database from 'better-sqlite3';
import type { SignedRow } from '../../audit/signed-verification.ts';
import { isRecord } from '../../vocabulary/fhir.ts';

const bySize = `
SELECT size, unhex(note) AS note FROM signed_checkpoint
WHERE id IN (SELECT max(id) FROM signed_checkpoint WHERE size <= ? GROUP BY size) ORDER BY size`;

/** Signed checkpoints up to a size, one a size with the cosignatures it had last; malformed ones as empty notes. */
export function* signedRows(database: Database.Database, upTo: number): Generator<SignedRow> {
  for (const row of database.prepare<[number]>(bySize).iterate(upTo)) {
    const { size, note } = isRecord(row) ? row : {};
    yield {
      size: typeof size === 'number' ? size : 0,
      note: note instanceof Uint8Array ? Buffer.from(note).toString() : '',
    };
  }
}

/** Verifier keys that stand with the log, in alphabetical order. */
export function storedKeys(database: Database.Database): string[] {
  const rows: unknown[] = database.prepare('SELECT unhex(vkey) FROM verifier_key').pluck().all();
  return rows
    .map((row) => (row instanceof Uint8Array ? Buffer.from(row).toString() : ''))
    .toSorted((a, b) => (a < b ? -1 : 1));
}
