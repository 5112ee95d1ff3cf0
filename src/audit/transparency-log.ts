import { Refusal } from '../errors/refusal.ts';
import type { LogFault } from '../vocabulary/kept-fault.ts';
import { openCheckpoint, signCheckpoint, verifySignature } from './checkpoint.ts';
import { sameHash } from './merkle-hash.ts';
import { verifyInclusion } from './merkle-proof.ts';
import type { CheckpointStore } from './ports.ts';
import { type Receipt, type ReceiptPlace, signReceipt } from './receipt.ts';
import { type NoteSigner, parseNote, parseSignatureLines, type VerifierKey } from './signed-note.ts';
import { tlogProofText } from './tlog-proof.ts';
import { consistencyPath, inclusionPath, rootAt } from './tree-nodes.ts';

/** What a witness says to a checkpoint (C2SP tlog-witness, add-checkpoint). */
export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly lines: string }
  /** It last saw a tree of this size and wants the proof from there. */
  | { readonly kind: 'other_size'; readonly size: number }
  | { readonly kind: 'refused' };

/** A witness as the log reaches it; `add` rejects where it cannot be reached in time. */
export interface Witness {
  readonly key: VerifierKey;
  add(request: {
    readonly old: number;
    readonly proof: readonly Uint8Array[];
    readonly checkpoint: string;
  }): Promise<WitnessAnswer>;
}

export interface TransparencyLogPorts {
  readonly store: CheckpointStore;
  readonly signer: NoteSigner;
  /** Keys of this log that sign no more, under which its older checkpoints still count. */
  readonly retired: readonly VerifierKey[];
  readonly witnesses: readonly Witness[];
  /** How old the newest cosignature may be, in milliseconds; without witnesses it does not count. */
  readonly witnessMaxAgeMs: number;
  /** Milliseconds that only run forward: the wall clock may step. */
  readonly elapsed: () => number;
  readonly onFault: (fault: LogFault, thrown?: unknown) => void;
}

/** A checkpoint of this run: `note` gains the cosignatures as they come. */
interface Standing {
  readonly size: number;
  readonly root: Uint8Array;
  readonly text: string;
  note: string;
  readonly cosigned: Set<string>;
}

interface WitnessState {
  readonly witness: Witness;
  size: number;
  at: number | undefined;
  asking: Promise<void> | undefined;
}

const damaged = (what: string): Refusal => new Refusal('trail_unavailable', { cause: new Error(what) });

/**
 * The signed side of the log: states tree heads, has them witnessed, promises places (receipts) and proves them.
 * Never in the way of the writer: it reads the tree that is durable already, and signs on its own time.
 */
export class TransparencyLog {
  readonly #ports: TransparencyLogPorts;
  readonly #witnesses: readonly WitnessState[];
  #latest: Standing;
  #witnessed: Standing | undefined;
  #advancing: Promise<void> | undefined;
  #seenAt: number | undefined;

  private constructor(ports: TransparencyLogPorts, latest: Standing) {
    this.#ports = ports;
    this.#latest = latest;
    this.#witnesses = ports.witnesses.map((witness) => ({
      witness,
      size: 0,
      at: undefined,
      asking: undefined,
    }));
  }

  /**
   * Signs the first checkpoint of this run. Rejects with Refusal('trail_unavailable') where the newest checkpoint
   * of the store was signed by no configured key, or states another tree than the one that is there: such a log is
   * not continued.
   */
  static async open(ports: TransparencyLogPorts): Promise<TransparencyLog> {
    const { store, signer, retired, witnesses } = ports;
    const head = await store.head();
    const before = await store.latestSigned();
    if (before !== undefined) {
      const opened = openCheckpoint(before, [signer.key, ...retired]);
      if (typeof opened === 'string') throw damaged(`the newest signed checkpoint: ${opened}`);
      if (opened.size > head.size) throw damaged('the log is shorter than its newest signed checkpoint');
      if (!sameHash(rootAt(store.tree, opened.size), opened.root))
        throw damaged('the log is not the one that its newest signed checkpoint states');
    }
    await store.keepKeys(
      [signer.key, ...retired, ...witnesses.map(({ key }) => key)].map(({ text }) => text),
    );
    const log = new TransparencyLog(ports, TransparencyLog.#sign(signer, head));
    await store.keepSigned(log.#latest.size, log.#latest.note);
    return log;
  }

  static #sign(signer: NoteSigner, head: { readonly size: number; readonly root: Uint8Array }): Standing {
    const note = signCheckpoint(signer, { origin: signer.key.name, ...head });
    const text = parseNote(note)?.text ?? '';
    return { ...head, text, note, cosigned: new Set() };
  }

  /** The newest signed checkpoint: where there are witnesses, the newest that one of them cosigned. */
  get checkpoint(): string {
    return (this.#witnessed ?? this.#latest).note;
  }

  /** Signs the place of an event that is durable. */
  receipt(place: ReceiptPlace): Receipt {
    return signReceipt(this.#ports.signer, place);
  }

  /** Whether a witness has seen this log within the configured age; always true without witnesses. */
  witnessed(): boolean {
    if (this.#witnesses.length === 0) return true;
    const now = this.#ports.elapsed();
    return this.#witnesses.some(({ at }) => at !== undefined && now - at <= this.#ports.witnessMaxAgeMs);
  }

  /**
   * The time by which trails may expire, in milliseconds: the clock's, but none that a witness has not reached, so that
   * a clock set ahead removes nothing. Undefined where there are witnesses and none has cosigned since the start.
   */
  expiryTime(now: number): number | undefined {
    if (this.#witnesses.length === 0) return now;
    return this.#seenAt === undefined ? undefined : Math.min(now, this.#seenAt);
  }

  /**
   * Signs what has grown since, keeps it, and hands it to witnesses that have not seen it. Never rejects; call it
   * about once a second. Two calls at once are one.
   */
  tick(): Promise<void> {
    this.#advancing ??= this.#advance().finally(() => {
      this.#advancing = undefined;
    });
    return this.#advancing;
  }

  /** As `tick`, for all that is durable when it is called: one that is under way may have looked before. */
  async cover(): Promise<void> {
    await this.#advancing;
    await this.tick();
  }

  async #advance(): Promise<void> {
    const { store, signer, onFault } = this.#ports;
    try {
      const head = await store.head();
      if (head.size > this.#latest.size) {
        const next = TransparencyLog.#sign(signer, head);
        await store.keepSigned(next.size, next.note);
        this.#latest = next;
      }
    } catch (thrown) {
      // The next tick tries again.
      onFault('checkpoint_not_kept', thrown);
    }
    for (const state of this.#witnesses) this.#submit(state);
  }

  #submit(state: WitnessState): void {
    if (state.asking !== undefined) return;
    const now = this.#ports.elapsed();
    // A log at rest is shown again, so that its cosignature does not grow old.
    const fresh = state.at !== undefined && now - state.at < this.#ports.witnessMaxAgeMs / 3;
    if (fresh && state.size >= this.#latest.size) return;
    state.asking = this.#ask(state, this.#latest, now)
      .catch((thrown: unknown) => this.#ports.onFault('witness_unreachable', thrown))
      .finally(() => {
        state.asking = undefined;
      });
  }

  async #ask(state: WitnessState, standing: Standing, now: number): Promise<void> {
    const { tree } = this.#ports.store;
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const old = state.size;
      const proof = old === 0 || old === standing.size ? [] : consistencyPath(tree, old, standing.size);
      const answer = await state.witness.add({ old, proof, checkpoint: standing.note });
      if (answer.kind === 'cosigned') {
        await this.#cosigned(state, standing, answer.lines, now);
        return;
      }
      if (answer.kind === 'refused') break;
      if (answer.size > standing.size) {
        this.#ports.onFault('witness_ahead');
        return;
      }
      state.size = answer.size;
    }
    this.#ports.onFault('witness_refused');
  }

  async #cosigned(state: WitnessState, standing: Standing, lines: string, now: number): Promise<void> {
    const { key } = state.witness;
    const line = parseSignatureLines(lines)?.find(({ id, name }) => name === key.name && id === key.id);
    const at = line === undefined ? undefined : verifySignature(key, standing.text, line)?.at;
    if (line === undefined || at === undefined) {
      this.#ports.onFault('witness_refused');
      return;
    }
    if (!standing.cosigned.has(key.text)) {
      standing.cosigned.add(key.text);
      standing.note += line.line;
      await this.#ports.store.keepSigned(standing.size, standing.note);
    }
    this.#seenAt = Math.max(this.#seenAt ?? at, at);
    state.size = standing.size;
    state.at = now;
    if (this.#witnessed === undefined || standing.size >= this.#witnessed.size) this.#witnessed = standing;
  }

  /** Signs the last state and waits for witnesses that are being asked. */
  async settle(): Promise<void> {
    await this.cover();
    await Promise.all(this.#witnesses.flatMap(({ asking }) => (asking === undefined ? [] : [asking])));
  }

  /**
   * Text of a `.tlog-proof` for an event of this log (C2SP tlog-proof@v1). Signs a new checkpoint where none covers
   * the event yet.
   *
   * @throws Refusal `trail_unavailable` where no checkpoint could be signed, or the tree contradicts itself
   */
  async proof({ seq, leaf }: Pick<ReceiptPlace, 'seq' | 'leaf'>): Promise<string> {
    for (let attempt = 0; attempt < 2 && this.#latest.size <= seq; attempt += 1) await this.cover();
    const covers = [this.#witnessed, this.#latest].find((standing) => (standing?.size ?? 0) > seq);
    if (covers === undefined) throw damaged('no checkpoint covers the event');
    const path = inclusionPath(this.#ports.store.tree, seq, covers.size);
    if (!verifyInclusion(Buffer.from(leaf, 'hex'), seq, covers.size, path, covers.root))
      throw damaged('the stored tree does not prove its own event');
    return tlogProofText({ index: seq, path, checkpoint: covers.note });
  }
}
