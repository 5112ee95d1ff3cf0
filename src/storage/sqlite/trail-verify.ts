import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { decodeEvent } from '../../audit/event-record.ts';
import type { RecordedEvent } from '../../audit/event-schema.ts';
import { sameHash } from '../../audit/merkle-hash.ts';
import { purgedLeaf } from '../../audit/retention.ts';
import { noTrust, SignedVerification, type VerificationTrust } from '../../audit/signed-verification.ts';
import {
  OrderVerification,
  type StoredRow,
  type TrailFailure,
  TreeVerification,
  type VerificationResult,
} from '../../audit/trail-verification.ts';
import { isRecord } from '../../vocabulary/fhir.ts';
import { signedRows, storedKeys } from './signed-rows.ts';
import { tileHeight } from './trail-log.ts';
import { applicationId, hasTrailTables, tablesVersion } from './trail-schema.ts';
import { trailFile } from './trail-writer.ts';

const bySequence = `
SELECT event.seq, event.tenant, event.trail, event.payload, unhex(event.leaf) AS leaf, checkpoint.root IS NULL AS bare,
  unhex(checkpoint.root) AS root
FROM event LEFT JOIN checkpoint ON checkpoint.size = event.seq + 1 ORDER BY event.seq`;
const byTrail =
  'SELECT seq, tenant, trail, payload FROM event INDEXED BY event_by_trail ORDER BY tenant, trail, seq';
/** Version 2 is the same without purges. */
const readableVersions: ReadonlySet<unknown> = new Set([2, tablesVersion]);

const headOf =
  'SELECT size, unhex(root) AS root, unhex(range) AS range FROM checkpoint ORDER BY size DESC LIMIT 1';

function storedRow(row: unknown): StoredRow | undefined {
  if (!isRecord(row)) return undefined;
  const { seq, tenant, trail, payload, leaf, bare, root } = row;
  if (typeof seq !== 'number' || typeof tenant !== 'string' || typeof trail !== 'string') return undefined;
  if (typeof payload !== 'string' || !(leaf instanceof Uint8Array)) return undefined;
  if (bare === 1) return { seq, tenant, trail, payload, leaf };
  return root instanceof Uint8Array ? { seq, tenant, trail, payload, leaf, root } : undefined;
}

function verifyTree(database: Database.Database, tree: TreeVerification): TrailFailure | undefined {
  for (const row of database.prepare<[]>(bySequence).iterate()) {
    const stored = storedRow(row);
    const failure =
      stored === undefined ? ({ seq: tree.size, reason: 'row_malformed' } as const) : tree.accept(stored);
    if (failure !== undefined) return failure;
  }
  const head: unknown = database.prepare<[]>(headOf).get();
  if (!isRecord(head)) return { seq: tree.size, reason: 'head_malformed' };
  const { size, root, range } = head;
  if (typeof size !== 'number' || !(root instanceof Uint8Array) || !(range instanceof Uint8Array)) {
    return { seq: tree.size, reason: 'head_malformed' };
  }
  return tree.finish({ size, root, range });
}

/** Holds the kept roots of full tiles to the tree as it grows; they are what its proofs are made of. */
class TileRows {
  readonly #root: Database.Statement<[number, number]>;
  readonly #count: Database.Statement<[]>;
  #held = 0;
  #failure: TrailFailure | undefined;

  constructor(database: Database.Database) {
    this.#root = database
      .prepare<[number, number]>('SELECT unhex(root) FROM tile WHERE level = ? AND place = ?')
      .pluck();
    this.#count = database.prepare<[]>('SELECT count(*) FROM tile').pluck();
  }

  /** The subtree of this height that ends before `size` was completed. */
  completed(height: number, root: Uint8Array, size: number): void {
    if (height % tileHeight !== 0) return;
    this.#held += 1;
    const place = size / 2 ** height - 1;
    const kept: unknown = this.#root.get(height / tileHeight, place);
    if (this.#failure === undefined && !(kept instanceof Uint8Array && sameHash(kept, root)))
      this.#failure = { seq: place * 2 ** height, reason: 'tile_differs' };
  }

  /** The first tile that differs; after the last event of a log of `size` also where there are too many. */
  failure(size: number): TrailFailure | undefined {
    if (this.#failure !== undefined) return this.#failure;
    return this.#count.get() === this.#held ? undefined : { seq: size, reason: 'tile_differs' };
  }
}

/** The events of the log, read ahead for its purges; undefined for one that is none. */
function* eventsIn(database: Database.Database): Generator<RecordedEvent | undefined> {
  const payloads = database.prepare<[]>('SELECT payload FROM event WHERE payload <> leaf').pluck();
  for (const payload of payloads.iterate()) {
    if (typeof payload === 'string' && purgedLeaf(payload) !== undefined) continue;
    const decoded = typeof payload === 'string' ? decodeEvent(payload) : undefined;
    yield decoded?.ok === true ? decoded.event : undefined;
  }
}

/** The order of every trail, over the events before `end`: what comes after is not worth judging. */
function verifyOrder(database: Database.Database, end: number): TrailFailure | undefined {
  const order = new OrderVerification();
  let seen = 0;
  for (const row of database.prepare<[]>(byTrail).iterate()) {
    const { seq, payload } = isRecord(row) ? row : {};
    if (typeof seq !== 'number' || seq >= end) continue;
    if (typeof payload === 'string' && purgedLeaf(payload) !== undefined) {
      seen += 1;
      continue;
    }
    const decoded = typeof payload === 'string' ? decodeEvent(payload) : undefined;
    if (decoded?.ok !== true) return { seq, reason: 'index_damaged' };
    seen += 1;
    order.accept(seq, decoded.event);
  }
  return order.failure ?? (seen === end ? undefined : { seq: end, reason: 'index_damaged' });
}

interface Verified {
  readonly failure: TrailFailure | undefined;
  readonly events: number;
  readonly figures: Partial<VerificationResult>;
}

function verifyDatabase(database: Database.Database, trust: VerificationTrust): Verified {
  const application: unknown = database.pragma('application_id', { simple: true });
  const version: unknown = database.pragma('user_version', { simple: true });
  if (application !== applicationId || !readableVersions.has(version))
    return { failure: { seq: 0, reason: 'not_a_trail' }, events: 0, figures: {} };
  // One read transaction, so that a running gateway appends behind what is being verified.
  return database.transaction(() => {
    const rows = signedRows(database, Number.MAX_SAFE_INTEGER);
    const signed = new SignedVerification(trust, storedKeys(database), rows);
    const tiles = new TileRows(database);
    const tree = new TreeVerification(
      signed,
      () => eventsIn(database),
      trust.releases,
      (height, root) => tiles.completed(height, root, tree.size + 1),
    );
    let failure: TrailFailure | undefined;
    try {
      failure = verifyTree(database, tree);
      signed.finish(tree.size, false);
      failure ??= tiles.failure(tree.size);
      if (version === tablesVersion && !hasTrailTables(database))
        failure ??= { seq: tree.size, reason: 'tables_changed' };
    } catch {
      failure = { seq: tree.size, reason: 'unreadable' };
    } finally {
      signed.stop();
    }
    // The first event that fails; where tree and signatures fail at the same one, the tree says it more closely.
    const earlier =
      signed.failure !== undefined && signed.failure.seq < (failure?.seq ?? Number.POSITIVE_INFINITY);
    if (earlier) failure = signed.failure;
    let orderFailure: TrailFailure | undefined;
    try {
      orderFailure = verifyOrder(database, Math.min(tree.size, failure?.seq ?? tree.size));
    } catch {
      orderFailure = { seq: tree.size, reason: 'unreadable' };
    }
    const figures = { ...signed.figures, ...(tree.purged === 0 ? {} : { purged: tree.purged }) };
    return { failure: orderFailure ?? failure, events: tree.size, figures };
  })();
}

const pathOf = (path: string): string => (statSync(path).isDirectory() ? trailFile(path) : path);

/**
 * Verifies a trail file (or the `audit.db` of a directory) without trusting who wrote it, also beside a running
 * gateway: sequence, canonical JSON, schema, leaf hashes, every recorded root, the head, the order of each trail,
 * that nothing was answered without authorization, signed checkpoints, and what `trust` brings along: keys, kept
 * checkpoints, witnesses, receipts. Reads only, streams, names the first event that fails and why. Without `trust`
 * a file that was rewritten whole is not noticed.
 * Never throws; a file that cannot be read is a failure.
 */
export function verifyTrail(path: string, trust: VerificationTrust = noTrust): VerificationResult {
  let database: Database.Database | undefined;
  let verified: Verified;
  try {
    database = new Database(pathOf(path), { readonly: true, fileMustExist: true, timeout: 2000 });
    verified = verifyDatabase(database, trust);
  } catch {
    verified = { failure: { seq: 0, reason: 'unreadable' }, events: 0, figures: {} };
  } finally {
    database?.close();
  }
  const { failure, events, figures } = verified;
  return failure === undefined
    ? { ok: true, events, ...figures }
    : { ok: false, events, ...figures, firstFailure: failure };
}
