import { CompactRange } from './compact-range.ts';
import { decodeEvent } from './event-record.ts';
import type { RecordedEvent } from './event-schema.ts';
import { leafHash, sameHash } from './merkle-hash.ts';
import { PurgeVerification } from './purge-verification.ts';
import { type ReleaseTrust, ReleaseVerification } from './release-hash.ts';
import { purgedLeaf } from './retention.ts';
import type { SignedVerification } from './signed-verification.ts';
import { type OrderFault, TrailOrder } from './trail-order.ts';

/** Why a trail file does not verify; docs/audit-events.md says what each one means. */
export const verificationFaults = {
  unreadable: 'the file cannot be read to its end',
  not_a_trail: 'the file is not a trail of this version',
  row_malformed: 'a row does not have the columns of an event',
  sequence_gap: 'an event is missing before this one, or the numbers do not run on',
  not_canonical: 'the stored bytes are not the canonical JSON of an event',
  not_in_schema: 'the event does not fit the published schema',
  columns_differ: 'the columns by which the event is found are not those of the event',
  leaf_changed: 'the event is not the one that was hashed',
  root_changed: 'the tree that ends here is not the one that was recorded; this is the first event it covers',
  events_missing: 'the recorded tree is longer than the events',
  events_unrecorded: 'this event and what follows are in no recorded tree',
  head_malformed: 'the recorded head contradicts itself',
  index_damaged: 'the index does not list the events that the file holds',
  event_after_end: 'the trail had already ended',
  missing_predecessor: 'a stage is recorded as done whose barrier was not passed before',
  answered_without_authorization: 'an answer left without an authorization on its trail',
  model_differs:
    'the context went to another model endpoint than policy had allowed, or another one answered than it went to',
  time_reversed: 'the event is much older than the one before it on its trail',
  purged_early: 'the payload was removed, and no purge on the trail had a right to it yet',
  purge_unfounded:
    'a purge removed payloads before the retention floor, or its figures contradict the ones before',
  purge_miscounted: 'other payloads are missing than the purges up to this one state',
  release_unknown: 'the release that decided was stated by no start of the gateway, or not by its parts',
  release_differs: 'the decision was not made under a release that the verifier was given',
  key_malformed: 'a verifier key that stands with the log cannot be read, or they are not in order',
  key_unknown: 'a verifier key stands with the log that the verifier was not given',
  checkpoint_malformed: 'a signed checkpoint cannot be read; this is the first event it would cover',
  checkpoint_foreign: 'a signed checkpoint is one of another log',
  signature_missing: 'a checkpoint has no signature of the log',
  signature_invalid: 'a signature or cosignature of a checkpoint does not verify',
  signature_unknown: 'a checkpoint has a signature of a key that does not stand with the log',
  signed_root_differs: 'a signed checkpoint states another tree; this is the first event it covers',
  not_witnessed: 'no checkpoint that covers this event has a cosignature of a given witness',
  kept_checkpoint_differs:
    'the log is not the one of the checkpoint that was kept; the fault lies at this event or later',
  kept_checkpoint_ahead: 'the log ends before the checkpoint that was kept',
  receipt_leaf_missing: 'a receipt promises an event at this place that is not there',
  receipt_invalid: 'a receipt carries no signature of this log',
  tile_differs: 'a tile or entry bundle is not that of its events',
  tables_changed: 'tables, indexes or triggers of the file are not those that keep it append-only',
  file_unexpected: 'the export has a file too many, or one that is missing, too long or no regular file',
  proof_invalid: 'a proof of the export does not prove the release of its trail',
} as const satisfies Record<OrderFault, string> & Record<string, string>;
export type VerificationFault = keyof typeof verificationFaults;

export interface TrailFailure {
  readonly seq: number;
  readonly reason: VerificationFault;
  /** Trail of the receipt or proof that fails. */
  readonly trail?: string;
}

export interface VerificationResult {
  readonly ok: boolean;
  /** Events that stand in the file up to the first failure, or all of them. */
  readonly events: number;
  readonly firstFailure?: TrailFailure;
  /** Signed checkpoints that verified, and how many events the newest one covers. */
  readonly checkpoints?: number;
  readonly signed?: number;
  /** Events under a cosigned checkpoint; receipts that were found in the log. */
  readonly witnessed?: number;
  readonly receipts?: number;
  /** Payloads that were purged; their leaf hashes verified. */
  readonly purged?: number;
  /** `embedded`: the keys stand with the log, and whoever rewrote it could have put them there. */
  readonly keys?: 'given' | 'embedded';
  /** The same of the witnesses that cosigned. */
  readonly witnesses?: 'given' | 'embedded';
}

/** One row as read from a file that nobody vouches for; `root` where a checkpoint was recorded right after it. */
export interface StoredRow {
  readonly seq: number;
  readonly tenant: string;
  readonly trail: string;
  readonly payload: string;
  readonly leaf: Uint8Array;
  readonly root?: Uint8Array;
}

/**
 * First pass, by sequence: every event is what was hashed, and every recorded root is the root of the events up
 * to it. Constant memory: the tree's right edge only.
 */
export class TreeVerification {
  readonly #range = CompactRange.empty();
  readonly #signed: SignedVerification | undefined;
  readonly #purges: PurgeVerification;
  readonly #releases: ReleaseVerification;
  readonly #completed: ((height: number, root: Uint8Array) => void) | undefined;
  #covered = 0;

  /**
   * `signed` is fed with the tree as it grows; `claims` reads the events of the log ahead; `completed` hears of the
   * perfect subtrees as they are completed.
   */
  constructor(
    signed?: SignedVerification,
    claims: () => Iterable<RecordedEvent | undefined> = () => [],
    releases?: ReleaseTrust,
    completed?: (height: number, root: Uint8Array) => void,
  ) {
    this.#completed = completed;
    this.#signed = signed;
    this.#purges = new PurgeVerification(claims);
    this.#releases = new ReleaseVerification(releases);
    signed?.begin(this.#range);
  }

  /** Events accepted so far. */
  get size(): number {
    return this.#range.size;
  }

  /** Payloads that were purged so far. */
  get purged(): number {
    return this.#purges.removed;
  }

  accept(row: StoredRow): TrailFailure | undefined {
    const place = this.#range.size;
    if (row.seq !== place) return { seq: place, reason: 'sequence_gap' };
    const reason = this.#entry(place, row);
    if (reason !== undefined) return { seq: place, reason };
    const late = this.#purges.seen(this.#signed?.cosignedHere);
    if (late !== undefined) return late;
    if (row.root === undefined) return undefined;
    if (!sameHash(this.#range.root(), row.root)) return { seq: this.#covered, reason: 'root_changed' };
    this.#covered = this.#range.size;
    return undefined;
  }

  #entry(place: number, row: StoredRow): VerificationFault | undefined {
    const removed = purgedLeaf(row.payload);
    if (removed !== undefined) {
      if (!sameHash(removed, row.leaf)) return 'leaf_changed';
      const reason = this.#purges.purged(place, this.#signed?.cosignedAt ?? Number.NEGATIVE_INFINITY);
      if (reason === undefined) this.#grow(removed);
      return reason;
    }
    const decoded = decodeEvent(row.payload);
    if (!decoded.ok) return decoded.reason;
    const { tenant, trail } = decoded.event;
    if (tenant !== row.tenant || trail !== row.trail) return 'columns_differ';
    const leaf = leafHash(row.payload);
    if (!sameHash(leaf, row.leaf)) return 'leaf_changed';
    const reason = this.#purges.kept(place, decoded.event) ?? this.#releases.accept(decoded.event);
    if (reason === undefined) this.#grow(leaf, trail);
    return reason;
  }

  #grow(leaf: Uint8Array, trail?: string): void {
    this.#range.append(leaf, this.#completed);
    this.#signed?.grown(this.#range, leaf, trail);
  }

  /** After the last row: the recorded head must cover exactly these events and carry this very tree. */
  finish(head: {
    readonly size: number;
    readonly root: Uint8Array;
    readonly range: Uint8Array;
  }): TrailFailure | undefined {
    const size = this.#range.size;
    if (head.size > size) return { seq: size, reason: 'events_missing' };
    if (head.size < size) return { seq: head.size, reason: 'events_unrecorded' };
    if (!sameHash(head.root, this.#range.root())) return { seq: this.#covered, reason: 'root_changed' };
    if (!sameHash(head.range, this.#range.bytes())) return { seq: size, reason: 'head_malformed' };
    return this.#purges.finish();
  }
}

/**
 * Second pass, by tenant, trail and sequence: each trail keeps the order of its barriers. Constant memory: the
 * state of one trail. Answers the failure with the lowest sequence number.
 */
export class OrderVerification {
  #key: string | undefined;
  #order = new TrailOrder();
  #failure: TrailFailure | undefined;

  accept(seq: number, event: RecordedEvent): void {
    const key = JSON.stringify([event.tenant, event.trail]);
    if (key !== this.#key) {
      this.#key = key;
      this.#order = new TrailOrder();
    }
    const reason = this.#order.accept(event);
    if (reason !== undefined && (this.#failure === undefined || seq < this.#failure.seq)) {
      this.#failure = { seq, reason };
    }
  }

  get failure(): TrailFailure | undefined {
    return this.#failure;
  }
}
