import type { Refusal } from '../../errors/refusal.ts';

interface Waiting<Answer> {
  timer: NodeJS.Timeout;
  resolve(answer: Answer): void;
  reject(refusal: Refusal): void;
}

/** How many requests are under way that may ask something as well. */
export type Crowd = () => number;

/** From so many on the next message waits for more calls, and how long, in milliseconds. */
const gathering = { from: 6, ms: 10 };

export interface WaitingOptions<Message> {
  /** Sends calls to the thread, in one message: waking a thread costs more than most of what is asked of it. */
  readonly send: (messages: readonly Message[]) => void;
  /** How long one call may wait for its answer, in milliseconds. */
  readonly timeoutMs: number;
  /** How many calls may wait at once; more are refused at once. */
  readonly maxWaiting: number;
  /** Left out, nothing waits for others. */
  readonly crowd?: Crowd;
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
 * While the thread is at work, what is asked of it is held here, and goes together when all that it was sent is
 * answered: it could not begin sooner, one message wakes it instead of many, and one commit takes them all. In a crowd
 * (`commit_siblings` of PostgreSQL) it is held for a moment even where the thread is free: there each request waits for
 * others most of its time, and fewer messages and commits leave them more of it. Who is refused while held is never
 * written.
 *
 * A thread that lets the time of a call pass stalls, until it is heard of again: who asks meanwhile waits a short while
 * only. So a disk that hangs for an hour finds no hour of requests behind it.
 */
export class WaitingCalls<Message, Answer> {
  readonly #options: WaitingOptions<Message>;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  /** What is still to be sent, in order. */
  readonly #held = new Map<number, Message>();
  /** Sent and not answered, whether or not anybody still waits. */
  readonly #sent = new Set<number>();
  #next = 0;
  #gathering: NodeJS.Timeout | undefined;
  #stalled = false;
  #suspect = false;

  constructor(options: WaitingOptions<Message>) {
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

  /** Numbers a call, sends it as soon as the thread is free, and waits. */
  ask(message: (id: number) => Message): Promise<Answer> {
    const { maxWaiting, crowded, unavailable } = this.#options;
    if (this.#waiting.size >= maxWaiting) return Promise.reject(unavailable(crowded));
    const id = this.#next;
    this.#next += 1;
    return new Promise<Answer>((resolve, reject) => {
      this.#held.set(id, message(id));
      this.#waiting.set(id, { timer: this.#timer(id), resolve, reject });
      this.#sendNext();
    });
  }

  #timer(id: number): NodeJS.Timeout {
    const { timeoutMs } = this.#options;
    return setTimeout(() => this.#late(id), this.#stalled ? Math.min(timeoutMs, patienceMs) : timeoutMs);
  }

  answer(id: number, answer: Answer): void {
    this.#taken(id)?.resolve(answer);
    this.#heard(id);
  }

  refuse(id: number, fault: string): void {
    this.#refuse(id, fault);
    this.#heard(id);
  }

  /** The thread is gone, with whatever it had been sent. */
  refuseAll(fault: string): void {
    for (const id of this.#waiting.keys()) this.#refuse(id, fault);
    this.#sent.clear();
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

  /** Sends what is held now, behind what the thread is at: for a thread that is to be ended. */
  sendHeld(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#held.size === 0) return;
    const [ids, messages] = [[...this.#held.keys()], [...this.#held.values()]];
    this.#held.clear();
    for (const id of ids) this.#sent.add(id);
    try {
      this.#options.send(messages);
    } catch {
      // Nobody was told: left as sent, they would keep everything behind them waiting.
      for (const id of ids) this.#sent.delete(id);
      for (const id of ids) this.#refuse(id, 'the thread could not be asked');
    }
  }

  #sendNext(): void {
    if (this.#sent.size > 0 || this.#held.size === 0) return;
    if ((this.#options.crowd?.() ?? 0) < gathering.from) this.sendHeld();
    else this.#gathering ??= setTimeout(() => this.sendHeld(), gathering.ms);
  }

  /** The thread goes on: who was to wait a short while only has the whole time again. */
  #heard(id: number): void {
    this.#sent.delete(id);
    if (this.#stalled) {
      this.#stalled = false;
      for (const [held, waiting] of this.#waiting) {
        if (!this.#held.has(held)) continue;
        clearTimeout(waiting.timer);
        waiting.timer = this.#timer(held);
      }
    }
    this.#sendNext();
  }

  #taken(id: number): Waiting<Answer> | undefined {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    this.#held.delete(id);
    return waiting;
  }
}
