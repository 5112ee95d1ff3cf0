import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { CompactRange } from '../../audit/compact-range.ts';
import { decodeEvent } from '../../audit/event-record.ts';
import type { RecordedEvent } from '../../audit/event-schema.ts';
import { leafHash } from '../../audit/merkle-hash.ts';
import { PurgeVerification } from '../../audit/purge-verification.ts';
import { ReleaseVerification } from '../../audit/release-hash.ts';
import { purgedLeaf } from '../../audit/retention.ts';
import {
  type SignedRow,
  SignedVerification,
  type VerificationTrust,
} from '../../audit/signed-verification.ts';
import { SpreadOrder } from '../../audit/spread-order.ts';
import { type BuiltTile, TileBuilder } from '../../audit/tile-builder.ts';
import { bundleEntries, tilePath, tileWidth } from '../../audit/tiles.ts';
import type { TrailFailure, VerificationFault, VerificationResult } from '../../audit/trail-verification.ts';
import { folderFailures } from './export-folder.ts';
import { exportFiles, maxCheckpointLine, maxEventBytes, readCheckpointLine } from './export-layout.ts';
import { linesOf } from './lines.ts';
import { readRegular } from './regular-file.ts';

/** Bytes of events whose trails are judged for order in one pass. */
const passBytes = 256 * 1024 * 1024;
const maxKeysBytes = 65_536;
/** By how much a tile may be too long and still be compared, so that the event where it differs is named. */
const slackBytes = 65_536;

/** A root says only that some event since the last good one differs; what names the event says more. */
const blunt: ReadonlySet<VerificationFault> = new Set(['signed_root_differs', 'kept_checkpoint_differs']);

/** The failure at the first event, the closer one where a root and something else speak of the same events. */
function closest(failures: readonly TrailFailure[]): TrailFailure | undefined {
  const sorted = failures.toSorted((a, b) => a.seq - b.seq);
  const [first] = sorted;
  if (first === undefined || !blunt.has(first.reason)) return first;
  return sorted.find(({ reason }) => !blunt.has(reason)) ?? first;
}

class ExportVerification {
  readonly #folder: string;
  readonly #trust: VerificationTrust;
  readonly #range = CompactRange.empty();
  readonly #failures: TrailFailure[] = [];
  readonly #purges = new PurgeVerification(() => this.#eventsAhead());
  #tiles = 0;

  constructor(folder: string, trust: VerificationTrust) {
    this.#folder = folder;
    this.#trust = trust;
  }

  #fail(seq: number, reason: VerificationFault, trail?: string): void {
    this.#failures.push(trail === undefined ? { seq, reason } : { seq, reason, trail });
  }

  /** Runs one part; what cannot be read is a failure at the event that is reached. */
  #part(run: () => void): void {
    try {
      run();
    } catch {
      this.#fail(this.#range.size, 'unreadable');
    }
  }

  verify(): VerificationResult {
    const passes = this.#passes();
    const signed = this.#signedSide();
    this.#part(() => this.#events(signed, passes));
    signed.stop();
    for (let pass = 1; pass < passes; pass += 1) this.#part(() => this.#order(new SpreadOrder(pass, passes)));
    if (signed.failure !== undefined) this.#failures.push(signed.failure);
    this.#part(() => this.#newest());
    this.#part(() => {
      const read = { folder: this.#folder, events: this.#range.size, tiles: this.#tiles, keys: signed.keys };
      this.#failures.push(...folderFailures(read));
    });
    const firstFailure = closest(this.#failures);
    const purged = this.#purges.removed;
    const verdict = { events: this.#range.size, ...signed.figures, ...(purged === 0 ? {} : { purged }) };
    return firstFailure === undefined ? { ok: true, ...verdict } : { ok: false, ...verdict, firstFailure };
  }

  #passes(): number {
    try {
      return Math.max(1, Math.ceil(lstatSync(join(this.#folder, exportFiles.events)).size / passBytes));
    } catch {
      return 1;
    }
  }

  #signedSide(): SignedVerification {
    let vkeys: string[] = [];
    this.#part(() => {
      if (lstatSync(join(this.#folder, exportFiles.keys)).size > maxKeysBytes)
        throw new RangeError('too long');
      vkeys = [...linesOf(join(this.#folder, exportFiles.keys), maxKeysBytes)];
      if (vkeys.some((vkey, at) => at > 0 && vkey <= (vkeys[at - 1] ?? ''))) this.#fail(0, 'key_malformed');
    });
    return new SignedVerification(this.#trust, vkeys, this.#checkpoints());
  }

  *#checkpoints(): Generator<SignedRow> {
    let size = -1;
    try {
      for (const line of linesOf(join(this.#folder, exportFiles.checkpoints), maxCheckpointLine)) {
        const row = readCheckpointLine(line);
        if (row === undefined || row.size <= size) {
          this.#fail(Math.max(size, 0), 'checkpoint_malformed');
          return;
        }
        size = row.size;
        yield row;
      }
    } catch {
      this.#fail(Math.max(size, 0), 'unreadable');
    }
  }

  #events(signed: SignedVerification, passes: number): void {
    const order = new SpreadOrder(0, passes);
    const tiles = new TileBuilder((tile) => this.#compare(tile));
    const range = this.#range;
    const purges = this.#purges;
    const releases = new ReleaseVerification(this.#trust.releases);
    signed.begin(range);
    for (const line of linesOf(join(this.#folder, exportFiles.events), maxEventBytes)) {
      const removed = purgedLeaf(line);
      const decoded = removed === undefined ? decodeEvent(line) : undefined;
      if (decoded?.ok === false) {
        this.#fail(range.size, decoded.reason);
        return;
      }
      const reason =
        decoded === undefined
          ? purges.purged(range.size, signed.cosignedAt)
          : (purges.kept(range.size, decoded.event) ?? releases.accept(decoded.event));
      if (reason !== undefined) this.#fail(range.size, reason);
      const leaf = removed ?? leafHash(line);
      if (decoded !== undefined) order.accept(range.size, decoded.event);
      tiles.leaf(Buffer.from(line), leaf);
      range.append(leaf, (height, root) => tiles.node(height, root));
      signed.grown(range, leaf, decoded?.event.trail);
      const late = purges.seen(signed.cosignedHere);
      if (late !== undefined) this.#failures.push(late);
    }
    const miscounted = purges.finish();
    if (miscounted !== undefined) this.#failures.push(miscounted);
    tiles.finish();
    signed.finish(range.size, true);
    if (order.failure !== undefined) this.#failures.push(order.failure);
  }

  /** The events of the log, read ahead for its purges; undefined for one that is none. */
  *#eventsAhead(): Generator<RecordedEvent | undefined> {
    for (const line of linesOf(join(this.#folder, exportFiles.events), maxEventBytes, 'lenient')) {
      if (purgedLeaf(line) !== undefined) continue;
      const decoded = decodeEvent(line);
      yield decoded.ok ? decoded.event : undefined;
    }
  }

  /** The tile as built from the events against the one of the export; names the first event that differs. */
  #compare({ level, index, width, bytes }: BuiltTile): void {
    this.#tiles += 1;
    const first = index * tileWidth * (level === 'entries' ? 1 : tileWidth ** level);
    let found: Buffer;
    try {
      found = readRegular(join(this.#folder, tilePath(level, index, width)), bytes.length + slackBytes);
    } catch {
      this.#fail(first, 'file_unexpected');
      return;
    }
    if (found.equals(bytes)) return;
    const stride = level === 'entries' ? undefined : 32;
    const parts = (whole: Buffer): Buffer[] =>
      stride === undefined
        ? (bundleEntries(whole) ?? [])
        : Array.from({ length: Math.ceil(whole.length / stride) }, (_, at) =>
            whole.subarray(at * stride, (at + 1) * stride),
          );
    const theirs = parts(found);
    const differs = parts(bytes).findIndex((part, at) => theirs[at]?.equals(part) !== true);
    const place = Math.max(differs, 0) * (level === 'entries' ? 1 : tileWidth ** level);
    this.#fail(first + place, 'tile_differs');
  }

  #order(order: SpreadOrder): void {
    let seq = 0;
    for (const line of linesOf(join(this.#folder, exportFiles.events), maxEventBytes)) {
      const decoded = purgedLeaf(line) === undefined ? decodeEvent(line) : undefined;
      if (decoded?.ok === false) return;
      if (decoded !== undefined) order.accept(seq, decoded.event);
      seq += 1;
    }
    if (order.failure !== undefined) this.#failures.push(order.failure);
  }

  /** `checkpoint` is the last line of the checkpoints. */
  #newest(): void {
    let last: SignedRow | undefined;
    for (const row of this.#checkpoints()) last = row;
    const newest = readRegular(join(this.#folder, exportFiles.checkpoint), maxCheckpointLine);
    if (last === undefined || !newest.equals(Buffer.from(last.note)))
      this.#fail(last?.size ?? 0, 'checkpoint_malformed');
  }
}

/** Whether the folder looks like an export: it has something by the name of its events. */
export function isExport(folder: string): boolean {
  try {
    lstatSync(join(folder, exportFiles.events));
    return true;
  } catch {
    return false;
  }
}

/**
 * Verifies an export without the system that wrote it: events, order, tiles, bundles, checkpoints, cosignatures,
 * kept checkpoints, receipts, proofs. Reads only, in constant memory; names the first event that fails and why.
 * Never throws.
 */
export const verifyExport = (folder: string, trust: VerificationTrust): VerificationResult =>
  new ExportVerification(folder, trust).verify();
