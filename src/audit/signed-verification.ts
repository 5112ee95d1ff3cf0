import { openCheckpoint } from './checkpoint.ts';
import type { CompactRange } from './compact-range.ts';
import { sameHash } from './merkle-hash.ts';
import { type Receipt, verifyReceipt } from './receipt.ts';
import type { ReleaseTrust } from './release-hash.ts';
import { parseNote, parseVerifierKey, signatureTypes, type VerifierKey } from './signed-note.ts';
import type { TrailFailure, VerificationFault, VerificationResult } from './trail-verification.ts';

/** What the verifier brings along, from elsewhere than the log. */
export interface VerificationTrust {
  /** Keys of the log; empty: those that stand with it are taken, which shows no more than that it fits itself. */
  readonly keys: readonly VerifierKey[];
  /** Witnesses of which one must have cosigned what covers the last event; empty: none is asked for. */
  readonly witnesses: readonly VerifierKey[];
  /** Signed checkpoints that were kept elsewhere. */
  readonly kept: readonly string[];
  readonly receipts: readonly Receipt[];
  /** Releases under which it may have decided; absent: any that the log states. */
  readonly releases?: ReleaseTrust;
}

export const noTrust: VerificationTrust = { keys: [], witnesses: [], kept: [], receipts: [] };

/** A signed checkpoint as it stands with the log. */
export interface SignedRow {
  readonly size: number;
  readonly note: string;
}

const isWitnessKey = ({ type }: VerifierKey): boolean => type === signatureTypes.cosignature;

/** The log signs first, and nobody twice: a note that says the same in other words was touched. */
function inOneSpelling(note: string, origin: string): boolean {
  const lines = parseNote(note)?.signatures ?? [];
  return (
    lines[0]?.name === origin && new Set(lines.map(({ name, id }) => `${id} ${name}`)).size === lines.length
  );
}

/** Verifier keys as they stand with a log, or why they cannot be used under the keys that were given. */
function embeddedKeys(
  vkeys: readonly string[],
  trust: VerificationTrust,
): readonly VerifierKey[] | VerificationFault {
  const keys: VerifierKey[] = [];
  for (const vkey of vkeys) {
    const key = parseVerifierKey(vkey);
    if (key === undefined || keys.some(({ text }) => text === key.text)) return 'key_malformed';
    const given = isWitnessKey(key) ? trust.witnesses : trust.keys;
    if (given.length > 0 && !given.some(({ text }) => text === key.text)) return 'key_unknown';
    // One log has one origin, however often its key changes: a second name would let two logs pass as one.
    if (!isWitnessKey(key) && keys.some((other) => !isWitnessKey(other) && other.name !== key.name))
      return 'key_malformed';
    keys.push(key);
  }
  return keys;
}

/**
 * The signed side of a verification, fed with the tree as it grows and with signed checkpoints by size: signatures,
 * cosignatures, roots, checkpoints kept elsewhere, receipts. Memory: what the verifier brought, and one checkpoint.
 */
export class SignedVerification {
  readonly #trust: VerificationTrust;
  readonly #keys: readonly VerifierKey[];
  readonly #rows: Iterator<SignedRow>;
  readonly #kept = new Map<number, Uint8Array[]>();
  readonly #receipts = new Map<number, Receipt[]>();
  #next: SignedRow | undefined;
  #failure: TrailFailure | undefined;
  #covered = 0;
  #agreed = 0;
  #witnessed = 0;
  #checkpoints = 0;
  #found = 0;
  #cosignedAt = Number.NEGATIVE_INFINITY;
  #cosignedHere: number | undefined;

  constructor(trust: VerificationTrust, vkeys: readonly string[], rows: Iterable<SignedRow>) {
    this.#trust = trust;
    this.#rows = rows[Symbol.iterator]();
    const keys = embeddedKeys(vkeys, trust);
    if (typeof keys === 'string') this.#fail({ seq: 0, reason: keys });
    this.#keys = typeof keys === 'string' ? [] : keys;
    const trusted = this.trusted;
    for (const note of trust.kept) {
      const opened = openCheckpoint(note, [...trusted, ...trust.witnesses]);
      if (typeof opened === 'string') this.#fail({ seq: 0, reason: opened });
      else this.#kept.set(opened.size, [...(this.#kept.get(opened.size) ?? []), opened.root]);
    }
    for (const receipt of trust.receipts) {
      if (verifyReceipt(trusted, receipt))
        this.#receipts.set(receipt.seq, [...(this.#receipts.get(receipt.seq) ?? []), receipt]);
      else this.#fail({ seq: receipt.seq, reason: 'receipt_invalid', trail: receipt.trail });
    }
    this.#advance();
  }

  /** Log keys that count: those given, else those that stand with the log. */
  get trusted(): readonly VerifierKey[] {
    return this.#trust.keys.length > 0 ? this.#trust.keys : this.#keys.filter((key) => !isWitnessKey(key));
  }

  /** Every key under which a line of a checkpoint may stand. */
  get keys(): readonly VerifierKey[] {
    return this.#keys;
  }

  #fail(failure: TrailFailure): void {
    if (this.#failure === undefined || failure.seq < this.#failure.seq) this.#failure = failure;
  }

  #advance(): void {
    const next = this.#rows.next();
    this.#next = next.done === true ? undefined : next.value;
  }

  /** The tree with no event yet. */
  begin(range: CompactRange): void {
    this.#at(range);
  }

  /** When a witness last saw the log, of the checkpoints up to here, in milliseconds. */
  get cosignedAt(): number {
    return this.#cosignedAt;
  }

  /** When a witness saw the log as it ends with the event that was appended last, in milliseconds. */
  get cosignedHere(): number | undefined {
    return this.#cosignedHere;
  }

  /** The event with this leaf was appended last; no trail where its payload was purged. */
  grown(range: CompactRange, leaf: Uint8Array, trail?: string): void {
    const seq = range.size - 1;
    this.#cosignedHere = undefined;
    for (const receipt of this.#receipts.get(seq) ?? []) {
      if (
        (trail === undefined || receipt.trail === trail) &&
        receipt.leaf === Buffer.from(leaf).toString('hex')
      )
        this.#found += 1;
      else this.#fail({ seq, reason: 'receipt_leaf_missing', trail: receipt.trail });
    }
    this.#at(range);
  }

  #at(range: CompactRange): void {
    for (const root of this.#kept.get(range.size) ?? []) {
      if (sameHash(root, range.root())) this.#agreed = range.size;
      else this.#fail({ seq: this.#agreed, reason: 'kept_checkpoint_differs' });
    }
    while (this.#next !== undefined && this.#next.size <= range.size) {
      const reason = this.#judge(this.#next, range);
      if (reason !== undefined) this.#fail({ seq: this.#covered, reason });
      else {
        this.#covered = range.size;
        this.#checkpoints += 1;
      }
      this.#advance();
    }
  }

  #judge({ size, note }: SignedRow, range: CompactRange): VerificationFault | undefined {
    const opened = openCheckpoint(note, this.#keys);
    if (typeof opened === 'string') return opened;
    if (opened.unknown.length > 0) return 'signature_unknown';
    if (!inOneSpelling(note, opened.origin)) return 'checkpoint_malformed';
    if (opened.size !== size || size !== range.size) return 'checkpoint_malformed';
    if (!sameHash(opened.root, range.root())) return 'signed_root_differs';
    const given = this.#trust.witnesses;
    const counts = opened.witnesses.some(
      ({ name }) => given.length === 0 || given.some((key) => key.name === name),
    );
    if (counts) this.#witnessed = size;
    for (const { at } of opened.witnesses) {
      this.#cosignedAt = Math.max(this.#cosignedAt, at);
      this.#cosignedHere = Math.max(this.#cosignedHere ?? at, at);
    }
    return undefined;
  }

  /**
   * After the last event. `whole`: the newest checkpoint must cover the last event, as in an export; the file of a
   * running gateway is a second ahead of it.
   */
  finish(size: number, whole: boolean): void {
    if (this.#next !== undefined) this.#fail({ seq: size, reason: 'events_missing' });
    if (whole && this.#covered < size) this.#fail({ seq: this.#covered, reason: 'events_unrecorded' });
    if (this.#trust.witnesses.length > 0 && this.#witnessed < this.#covered)
      this.#fail({ seq: this.#witnessed, reason: 'not_witnessed' });
    if (this.#trust.witnesses.length > 0 && this.#checkpoints === 0)
      this.#fail({ seq: 0, reason: 'not_witnessed' });
    for (const kept of this.#kept.keys())
      if (kept > size) this.#fail({ seq: size, reason: 'kept_checkpoint_ahead' });
    for (const [seq, receipts] of this.#receipts)
      for (const { trail } of seq >= size ? receipts : [])
        this.#fail({ seq, reason: 'receipt_leaf_missing', trail });
  }

  /** Lets go of the checkpoints that were not read to their end, because something failed before. */
  stop(): void {
    this.#rows.return?.();
  }

  get failure(): TrailFailure | undefined {
    return this.#failure;
  }

  /** Figures for the verdict; empty for a log that nobody signed. */
  get figures(): Partial<VerificationResult> {
    if (this.#checkpoints === 0) return {};
    return {
      checkpoints: this.#checkpoints,
      signed: this.#covered,
      witnessed: this.#witnessed,
      ...(this.#witnessed === 0
        ? {}
        : { witnesses: this.#trust.witnesses.length > 0 ? ('given' as const) : ('embedded' as const) }),
      ...(this.#trust.receipts.length === 0 ? {} : { receipts: this.#found }),
      keys: this.#trust.keys.length > 0 ? 'given' : 'embedded',
    };
  }
}
