import { Worker } from 'node:worker_threads';
import type { Refusal } from '../../errors/refusal.ts';
import { isRecord } from '../../vocabulary/fhir.ts';
import { type Crowd, WaitingCalls } from './waiting-calls.ts';

/** What every storage thread says beside its answers. `fault` is an error code of SQLite or a class name. */
export type ThreadSign =
  | { readonly type: 'ready' }
  | { readonly type: 'unusable'; readonly fault: string }
  | { readonly type: 'closed' };

export interface StorageThreadOptions<To, Answer> {
  /** The compiled file that runs in the thread. */
  readonly script: URL;
  readonly workerData?: unknown;
  /** What a thread is told first. */
  readonly hello?: To;
  /** How long a call and closing may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How long the thread may take to start, in milliseconds. */
  readonly startMs: number;
  /** Calls that may wait at once; more are refused at once. */
  readonly maxWaiting: number;
  readonly crowd?: Crowd;
  readonly says: Readonly<Record<'closed' | 'crowded' | 'ended' | 'late' | 'unstarted', string>>;
  readonly unavailable: (fault: string) => Refusal;
  /** Settles the calls that a message answers. */
  readonly hear: (message: unknown, waiting: Pick<WaitingCalls<To, Answer>, 'answer' | 'refuse'>) => void;
}

/**
 * A storage thread as seen from the gateway. One that died takes its waiting calls with it (refused, outcome
 * unknown); the next call starts another one, which reads its state from the file.
 */
export class StorageThread<To, Answer> {
  readonly #options: StorageThreadOptions<To, Answer>;
  readonly #waiting: WaitingCalls<To, Answer>;
  #worker: Worker | undefined;
  #onReady: ((fault?: string) => void) | undefined;
  #onClosed: (() => void) | undefined;
  #closed = false;

  constructor(options: StorageThreadOptions<To, Answer>) {
    this.#options = options;
    const { crowd, maxWaiting, says, timeoutMs, unavailable } = options;
    this.#waiting = new WaitingCalls({
      send: (messages) => (this.#worker ?? this.#start()).postMessage(messages),
      timeoutMs,
      maxWaiting,
      ...(crowd === undefined ? {} : { crowd }),
      ...says,
      unavailable,
    });
  }

  /** Resolves when the thread has opened its file and found it sound. */
  async open(): Promise<void> {
    const { says, startMs, unavailable } = this.#options;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => this.#onReady?.(says.unstarted), startMs);
      this.#onReady = (fault) => {
        clearTimeout(timer);
        this.#onReady = undefined;
        if (fault === undefined) {
          resolve();
          return;
        }
        this.#closed = true;
        void this.#worker?.terminate();
        reject(unavailable(fault));
      };
      this.#start();
    });
  }

  #start(): Worker {
    const { hello, says, script, workerData } = this.#options;
    const worker = new Worker(script, { workerData, execArgv: [], env: {} });
    this.#worker = worker;
    worker.on('message', (message: unknown) => {
      if (this.#worker === worker) this.#hear(message, worker);
    });
    worker.on('error', () => this.#lost(worker, says.ended));
    worker.on('exit', () => this.#lost(worker, says.ended));
    if (hello !== undefined) worker.postMessage(hello);
    return worker;
  }

  #hear(message: unknown, worker: Worker): void {
    const { fault, type }: Readonly<Record<string, unknown>> = isRecord(message) ? message : {};
    switch (type) {
      case 'ready':
        this.#onReady?.();
        break;
      case 'unusable':
        this.#lost(worker, String(fault));
        break;
      case 'closed':
        this.#onClosed?.();
        break;
      default:
        this.#options.hear(message, this.#waiting);
    }
  }

  #lost(worker: Worker, fault: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#onReady?.(fault);
    this.#waiting.refuseAll(fault);
    this.#onClosed?.();
  }

  /** Numbers a call and waits for its answer. */
  async ask(message: (id: number) => To): Promise<Answer> {
    const { says, unavailable } = this.#options;
    if (this.#closed) throw unavailable(says.closed);
    return this.#waiting.ask(message);
  }

  /** Whether the disk takes writes: where a call has failed, `probe` is tried, which changes nothing. */
  writable(probe: (id: number) => To): Promise<boolean> {
    return this.#waiting.writable(() => this.ask(probe));
  }

  /** Does what waits, then ends the thread; one that hangs is abandoned after the timeout. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const worker = this.#worker;
    if (worker === undefined) {
      // The thread ended, and what a crowd holds since would start another one.
      this.#waiting.refuseAll(this.#options.says.closed);
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#options.timeoutMs);
      this.#onClosed = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.sendHeld();
      worker.postMessage({ type: 'close' });
    });
    worker.unref();
    void worker.terminate();
    this.#waiting.refuseAll(this.#options.says.closed);
  }
}
