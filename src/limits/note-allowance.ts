import { createHmac } from 'node:crypto';
import { type Clock, dayMs } from '../vocabulary/time.ts';

export interface NoteAllowanceInput {
  readonly clock: Clock;
  /** Passages of one note that one person is shown at most within a day. */
  readonly passages: number;
  /** At least 16 random bytes: what is kept says neither who asked nor about whom. */
  readonly key: Uint8Array;
  /** Notes kept in mind at most; beyond it nothing of further notes is shown until one is a day old. */
  readonly notes?: number;
}

/** Whose allowance of which note. */
export interface NoteShown {
  readonly tenant: string;
  readonly user: string;
  readonly patient: string;
  /** FHIR logical id of the document. */
  readonly document: string;
}

/** Milliseconds from the first passage that is shown of a note until the count begins anew. */
const countedFor = dayMs;

/**
 * How much of a note one person is shown by questions that choose among its passages: without a limit, many
 * questions walk out the whole note. A passage that was shown before is shown again and counts once. Kept in the
 * memory of one process.
 */
export class NoteAllowance {
  readonly #input: NoteAllowanceInput;
  readonly #notes: number;
  /** By note, oldest first. */
  readonly #shown = new Map<string, { readonly since: number; readonly passages: Set<number> }>();

  constructor(input: NoteAllowanceInput) {
    this.#input = input;
    this.#notes = input.notes ?? 100_000;
  }

  /** Whether the passage that begins at `start` may be shown; one that may counts as shown. */
  take(note: NoteShown, start: number): boolean {
    const now = this.#input.clock.now();
    this.#forget(now);
    const key = this.#keyOf(note);
    const known = this.#shown.get(key);
    if (known === undefined) {
      if (this.#shown.size >= this.#notes) return false;
      this.#shown.set(key, { since: now, passages: new Set([start]) });
      return true;
    }
    if (known.passages.has(start)) return true;
    if (known.passages.size >= this.#input.passages) return false;
    known.passages.add(start);
    return true;
  }

  #forget(now: number): void {
    for (const [key, { since }] of this.#shown) {
      if (now - since < countedFor) return;
      this.#shown.delete(key);
    }
  }

  #keyOf({ document, patient, tenant, user }: NoteShown): string {
    return createHmac('sha256', this.#input.key)
      .update(JSON.stringify([tenant, user, patient, document]))
      .digest('base64url');
  }
}
