import { createHash } from 'node:crypto';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { scopeKey, type VaultScope } from '../vocabulary/scope.ts';

/** How long a record is kept for the next turn of its conversation, in milliseconds. */
const keptFor = 300_000;

interface KeptRecord {
  readonly scope: VaultScope;
  /** Of the values that are looked for. */
  readonly digest: string;
  readonly number: number;
  /** When the tokens of its conversation end that are known for longest, in milliseconds of `performance.now()`. */
  readonly until: number;
  readonly timer: NodeJS.Timeout;
}

const digestOf = (identity: readonly IdentityValue[]): string =>
  createHash('sha256').update(JSON.stringify(identity)).digest('base64');

/**
 * Which records the turns of conversations read against. One whose values are the same as in the turn before keeps its
 * number, by which threads know what they made for it and found in its texts; that is kept for five minutes after
 * a turn, or until the tokens of the conversation end where that is sooner. `ended` is told of each number that
 * nobody will come back to.
 */
export class ConversationRecords {
  readonly #kept = new Map<string, KeptRecord>();
  readonly #numbers = new Set<number>();
  readonly #most: number;
  readonly #ended: (record: number) => void;

  constructor(ended: (record: number) => void, most = 64) {
    this.#ended = ended;
    this.#most = most;
  }

  /** The number of this conversation's record; `fresh` where it has none, or one with other values. */
  numberOf(scope: VaultScope, identity: readonly IdentityValue[], fresh: () => number): number {
    const name = scopeKey(scope);
    const digest = digestOf(identity);
    const known = this.#kept.get(name);
    if (known !== undefined && known.digest !== digest) this.#end(name, known);
    else if (known !== undefined) this.#release(name, known);
    const number = known?.digest === digest ? known.number : fresh();
    // No later turn makes tokens stay for longer, so none makes this.
    const now = performance.now();
    const until = Math.min(now + (scope.retentionSeconds ?? Infinity) * 1000, known?.until ?? Infinity);
    const timer = setTimeout(() => this.#endNamed(name), Math.min(keptFor, until - now));
    timer.unref();
    this.#kept.set(name, { scope, digest, number, until, timer });
    this.#numbers.add(number);
    for (const [oldest, one] of this.#kept) {
      if (this.#kept.size <= this.#most) break;
      this.#end(oldest, one);
    }
    return number;
  }

  /** Whether a later turn may come back to this record. One that has ended while a turn still reads never does again. */
  keeps(record: number): boolean {
    return this.#numbers.has(record);
  }

  /** What is kept of these conversations goes now; without a conversation those of a patient, whoever asked. */
  forget(of: Pick<VaultScope, 'tenant' | 'patient'> & Partial<VaultScope>): void {
    for (const [name, one] of this.#kept) {
      const { scope } = one;
      const same = scope.tenant === of.tenant && scope.patient === of.patient;
      if (same && (of.conversation === undefined || name === scopeKey({ ...scope, ...of })))
        this.#end(name, one);
    }
  }

  close(): void {
    for (const [name, one] of this.#kept) this.#release(name, one);
  }

  #endNamed(name: string): void {
    const one = this.#kept.get(name);
    if (one !== undefined) this.#end(name, one);
  }

  #end(name: string, one: KeptRecord): void {
    this.#release(name, one);
    this.#ended(one.number);
  }

  #release(name: string, { number, timer }: KeptRecord): void {
    clearTimeout(timer);
    this.#kept.delete(name);
    this.#numbers.delete(number);
  }
}
