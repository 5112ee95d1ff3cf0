import type { Refusal } from '../../errors/refusal.ts';

interface Waiting<Answer> {
  timer: NodeJS.Timeout;
  /** Sends the call; undefined once it was sent. */
  held: (() => void) | undefined;
  resolve(answer: Answer): void;
  reject(refusal: Refusal): void;
}

export interface WaitingOptions {
  /** How long one call may wait for its answer, in milliseconds. */
  readonly timeoutMs: number;
  /** How many calls may wait at once; more are refused at once. */
  readonly maxWaiting: number;
  /** What is said of a call whose time is over. */
  readonly late: string;
  /** What is said of a call too many. */
  readonly crowded: string;
  /** The refusal of a call, by what happened to it. */
  readonly unavailable: (fault: string) => Refusal;
}

/** How long a call waits for a thread that stalls, in milliseconds: those before it had the whole time. */
const patienceMs = 1000;

/**
 * Calls to a storage thread that wait for their answer, each settled once: by an answer, a fault, or the end of its
 * time. An answer that comes too late finds nobody.
 *
 * A thread that lets the time of a call pass stalls, until it is heard of again. What is asked meanwhile is held here
 * for a short while and sent only then: a disk that hangs for an hour finds no hour of requests behind it, and
 * nothing of those that were refused is written afterwards.
 */
export class WaitingCalls<Answer> {
  readonly #options: WaitingOptions;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #next = 0;
  #stalled = false;
  #suspect = false;

  constructor(options: WaitingOptions) {
    this.#options = options;
  }

  /**
   * Whether the disk takes writes. Once a call has failed only `probe` tells, a write that meets the disk: reads, and
   * writes that change nothing, are answered by a disk that fails as well.
   */
  async writable(probe: () => Promise<unknown>): Promise<boolean> {
    if (!this.#suspect) return true;
    try {
      await probe();
      this.#suspect = false;
      return true;
    } catch {
      return false;
    }
  }

  /** Numbers a call, sends it, and waits. */
  ask(send: (id: number) => void): Promise<Answer> {
    const { maxWaiting, crowded, unavailable } = this.#options;
    if (this.#waiting.size >= maxWaiting) return Promise.reject(unavailable(crowded));
    const id = this.#next;
    this.#next += 1;
    return new Promise<Answer>((resolve, reject) => {
      const held = this.#stalled ? () => send(id) : undefined;
      this.#waiting.set(id, { timer: this.#timer(id), held, resolve, reject });
      if (held === undefined) send(id);
    });
  }

  #timer(id: number): NodeJS.Timeout {
    const { timeoutMs } = this.#options;
    return setTimeout(() => this.#late(id), this.#stalled ? Math.min(timeoutMs, patienceMs) : timeoutMs);
  }

  answer(id: number, answer: Answer): void {
    this.#taken(id)?.resolve(answer);
    this.#heard();
  }

  refuse(id: number, fault: string): void {
    this.#refuse(id, fault);
    this.#heard();
  }

  /** The thread is gone, with whatever it had been sent. */
  refuseAll(fault: string): void {
    for (const id of this.#waiting.keys()) this.#refuse(id, fault);
    this.#stalled = false;
  }

  #refuse(id: number, fault: string): void {
    this.#suspect = true;
    this.#taken(id)?.reject(this.#options.unavailable(fault));
  }

  #late(id: number): void {
    this.#stalled = true;
    this.#refuse(id, this.#options.late);
  }

  /** The thread goes on: what was held for it is sent, in order. */
  #heard(): void {
    if (!this.#stalled) return;
    this.#stalled = false;
    for (const [id, waiting] of this.#waiting) {
      const { held } = waiting;
      if (held === undefined) continue;
      waiting.held = undefined;
      clearTimeout(waiting.timer);
      waiting.timer = this.#timer(id);
      held();
    }
  }

  #taken(id: number): Waiting<Answer> | undefined {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }
}
