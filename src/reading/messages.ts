import type { Pack } from '../redaction/pack.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import type { ReadingResult, ReadingTask } from './reading.ts';

/** From the gateway to a reading thread; `packs` comes first, and one reading at a time. */
export type ToThread =
  | { readonly type: 'packs'; readonly packs: readonly Pack[] }
  | {
      readonly type: 'read';
      readonly id: number;
      readonly envelope: number;
      /** Absent where the thread was sent it with an earlier reading of the same envelope. */
      readonly identity?: readonly IdentityValue[];
      readonly task: ReadingTask;
    };

/**
 * Envelopes whose identity a thread keeps: both ends count the same readings in the same order, so both know which
 * these are, and a long list of identifiers crosses once and not with each reading.
 */
export class KnownEnvelopes<Kept> {
  readonly #kept = new Map<number, Kept>();
  readonly #most: number;

  constructor(most = 16) {
    this.#most = most;
  }

  get(envelope: number): Kept | undefined {
    return this.#kept.get(envelope);
  }

  /** To be called with each reading, in order. */
  use(envelope: number, kept: Kept): void {
    this.#kept.delete(envelope);
    this.#kept.set(envelope, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
  }
}

/** From a reading thread. `fault` is the class of an error, never its words: those could quote a text. */
export type FromThread =
  | { readonly type: 'read'; readonly id: number; readonly result: ReadingResult }
  | { readonly type: 'failed'; readonly id: number; readonly fault: string };

const toThread: ReadonlySet<unknown> = new Set<ToThread['type']>(['packs', 'read']);
const fromThread: ReadonlySet<unknown> = new Set<FromThread['type']>(['read', 'failed']);

/** Both ends are this program: the tag tells the message, its fields are held to it by the compiler. */
export const isToThread = (value: unknown): value is ToThread =>
  isRecord(value) && toThread.has(value['type']);
export const isFromThread = (value: unknown): value is FromThread =>
  isRecord(value) && fromThread.has(value['type']);
