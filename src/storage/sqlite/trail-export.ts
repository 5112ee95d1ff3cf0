import { closeSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { CompactRange } from '../../audit/compact-range.ts';
import { decodeEvent } from '../../audit/event-record.ts';
import { leafHash } from '../../audit/merkle-hash.ts';
import { purgedLeaf } from '../../audit/retention.ts';
import { parseNote, parseVerifierKey, signatureTypes } from '../../audit/signed-note.ts';
import type { SignedRow } from '../../audit/signed-verification.ts';
import { TileBuilder } from '../../audit/tile-builder.ts';
import { tilePath } from '../../audit/tiles.ts';
import { tlogProofText } from '../../audit/tlog-proof.ts';
import { inclusionPath } from '../../audit/tree-nodes.ts';
import { isRecord } from '../../vocabulary/fhir.ts';
import { checkpointLine, exportFiles, proofEnding, proofsFolder } from '../files/export-layout.ts';
import { signedRows, storedKeys } from './signed-rows.ts';
import { TrailFileReader } from './trail-reader.ts';

export interface ExportOptions {
  /** The trail file. */
  readonly path: string;
  /** Folder to write to; must be absent or empty. */
  readonly out: string;
  /** Trails whose answer is to be proved, one file each. */
  readonly trails: readonly string[];
}

export interface ExportResult {
  readonly events: number;
  readonly checkpoints: number;
  readonly proofs: number;
  /** Events that no checkpoint of the export covers yet, left out. */
  readonly left: number;
}

const mode = 0o600;

function write(file: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, bytes, { mode, flag: 'wx' });
}

/** The newest checkpoint that a witness cosigned; where there is none, the newest one. */
function newestCheckpoint(rows: Iterable<SignedRow>, vkeys: readonly string[]): SignedRow | undefined {
  const witnesses = vkeys.flatMap((vkey) => {
    const key = parseVerifierKey(vkey);
    return key?.type === signatureTypes.cosignature ? [key] : [];
  });
  let newest: SignedRow | undefined;
  let cosigned: SignedRow | undefined;
  for (const row of rows) {
    newest = row;
    const lines = parseNote(row.note)?.signatures ?? [];
    if (lines.some(({ name, id }) => witnesses.some((key) => key.name === name && key.id === id)))
      cosigned = row;
  }
  return cosigned ?? newest;
}

function writeEvents(database: Database.Database, out: string, size: number): void {
  const tiles = new TileBuilder(({ level, index, width, bytes }) =>
    write(join(out, tilePath(level, index, width)), bytes),
  );
  const range = CompactRange.empty();
  const handle = openSync(join(out, exportFiles.events), 'wx', mode);
  try {
    const payloads = database
      .prepare<[number]>('SELECT payload FROM event WHERE seq < ? ORDER BY seq')
      .pluck();
    for (const payload of payloads.iterate(size)) {
      if (typeof payload !== 'string') throw new Error('a row of the trail is malformed');
      const leaf = purgedLeaf(payload) ?? leafHash(payload);
      tiles.leaf(Buffer.from(payload), leaf);
      range.append(leaf, (height, root) => tiles.node(height, root));
      writeSync(handle, `${payload}\n`);
    }
    tiles.finish();
  } finally {
    closeSync(handle);
  }
  if (range.size !== size) throw new Error('the trail is shorter than its signed checkpoint');
}

function writeCheckpoints(database: Database.Database, out: string, last: SignedRow): number {
  let checkpoints = 0;
  const handle = openSync(join(out, exportFiles.checkpoints), 'wx', mode);
  try {
    for (const row of signedRows(database, last.size)) {
      writeSync(handle, checkpointLine(row));
      checkpoints += 1;
    }
  } finally {
    closeSync(handle);
  }
  write(join(out, exportFiles.checkpoint), last.note);
  return checkpoints;
}

function writeProof(
  database: Database.Database,
  reader: TrailFileReader,
  options: ExportOptions,
  trail: string,
  last: SignedRow,
): void {
  const rows = database
    .prepare<[string, number]>('SELECT seq, payload FROM event WHERE trail = ? AND seq < ? ORDER BY seq')
    .all(trail, last.size);
  const seqs = rows.flatMap((row) => {
    const { seq, payload } = isRecord(row) ? row : {};
    const decoded = typeof payload === 'string' ? decodeEvent(payload) : undefined;
    const released = decoded?.ok === true && decoded.event.event === 'response.released';
    return released && typeof seq === 'number' ? [seq] : [];
  });
  const index = seqs.at(-1);
  if (index === undefined) throw new Error('a trail has no released answer under a signed checkpoint');
  write(
    join(options.out, proofsFolder, `${trail}${proofEnding}`),
    tlogProofText({ index, path: inclusionPath(reader, index, last.size), checkpoint: last.note }),
  );
}

/**
 * Writes the log up to its newest checkpoint (where there is a witness: the newest that it cosigned) as events,
 * tiles and entry bundles (C2SP tlog-tiles), checkpoints, proofs and verifier keys; also beside a running gateway.
 * The same log gives the same bytes. Throws where the log was never signed or the folder is not empty.
 */
export function exportTrail(options: ExportOptions): ExportResult {
  const { path, out } = options;
  mkdirSync(out, { recursive: true, mode: 0o700 });
  if (readdirSync(out).length > 0) throw new Error('the folder to export to is not empty');
  const database = new Database(path, { readonly: true, fileMustExist: true, timeout: 2000 });
  const reader = new TrailFileReader(path);
  try {
    return database.transaction((): ExportResult => {
      const vkeys = storedKeys(database);
      const last = newestCheckpoint(signedRows(database, Number.MAX_SAFE_INTEGER), vkeys);
      if (last === undefined) throw new Error('the log has no signed checkpoint yet');
      write(join(out, exportFiles.keys), vkeys.map((vkey) => `${vkey}\n`).join(''));
      writeEvents(database, out, last.size);
      const checkpoints = writeCheckpoints(database, out, last);
      for (const trail of options.trails) writeProof(database, reader, options, trail, last);
      const all: unknown = database.prepare('SELECT count(*) FROM event').pluck().get();
      const left = typeof all === 'number' ? all - last.size : 0;
      return { events: last.size, checkpoints, proofs: options.trails.length, left };
    })();
  } finally {
    reader.close();
    database.close();
  }
}
