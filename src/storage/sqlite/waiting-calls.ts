import type { Refusal } from '../../errors/refusal.ts';

interface Waiting<Answer> {
  readonly timer: NodeJS.Timeout;
  resolve(answer: Answer): void;
  reject(refusal: Refusal): void;
}

export interface WaitingOptions {
  /** How long one call may wait for its answer, in milliseconds. */
  readonly timeoutMs: number;
  /** What is said of a call whose time is over. */
  readonly late: string;
  /** The refusal of a call, by what happened to it. */
  readonly unavailable: (fault: string) => Refusal;
}

/**
 * Calls to a storage thread that wait for their answer, each settled once: by an answer, a fault, or the end of its
 * time. An answer that comes too late finds nobody.
 */
export class WaitingCalls<Answer> {
  readonly #options: WaitingOptions;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #next = 0;

  constructor(options: WaitingOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Numbers a call, sends it, and waits. */
  ask(send: (id: number) => void): Promise<Answer> {
    const { timeoutMs, late } = this.#options;
    const id = this.#next;
    this.#next += 1;
    return new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => this.refuse(id, late), timeoutMs);
      this.#waiting.set(id, { timer, resolve, reject });
      send(id);
    });
  }

  answer(id: number, answer: Answer): void {
    this.#taken(id)?.resolve(answer);
  }

  refuse(id: number, fault: string): void {
    this.#taken(id)?.reject(this.#options.unavailable(fault));
  }

  refuseAll(fault: string): void {
    for (const id of this.#waiting.keys()) this.refuse(id, fault);
  }

  #taken(id: number): Waiting<Answer> | undefined {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }
}
