import { Worker } from 'node:worker_threads';
import { Refusal } from '../../errors/refusal.ts';
import {
  type Answered,
  isFromVault,
  type ToVault,
  type VaultAnswer,
  type VaultCall,
} from './vault-messages.ts';
import { WaitingCalls } from './waiting-calls.ts';

export interface VaultThreadOptions {
  /** How long a unit of work, the start of the thread and closing may take, in milliseconds. Default 5,000. */
  readonly timeoutMs?: number;
  /** Units that may wait at once; more are refused at once. Default 10,000. */
  readonly maxWaiting?: number;
}

const unavailable = (fault: string): Refusal => new Refusal('vault_unavailable', { cause: new Error(fault) });

/**
 * The vault's thread as seen from the gateway. A thread that died takes its waiting calls with it (refused; what they
 * wrote may stand, which only means that the next asker finds the token there); the next call starts another one.
 */
export class VaultThread {
  readonly #hello: Extract<ToVault, { type: 'open' }>;
  readonly #timeoutMs: number;
  readonly #waiting: WaitingCalls<VaultAnswer>;
  #worker: Worker | undefined;
  #onReady: ((fault?: string) => void) | undefined;
  #onClosed: (() => void) | undefined;
  #closed = false;

  constructor(hello: Extract<ToVault, { type: 'open' }>, options: VaultThreadOptions) {
    this.#hello = hello;
    this.#timeoutMs = options.timeoutMs ?? 5000;
    this.#waiting = new WaitingCalls({
      timeoutMs: this.#timeoutMs,
      maxWaiting: options.maxWaiting ?? 10_000,
      crowded: 'too many calls wait for the vault',
      late: 'the vault did not answer in time',
      unavailable,
    });
  }

  /** Resolves when the thread has opened the file. */
  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => this.#onReady?.('the vault did not open in time'), this.#timeoutMs);
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
    const worker = new Worker(new URL('./vault-worker.js', import.meta.url), { execArgv: [], env: {} });
    this.#worker = worker;
    worker.on('message', (message: unknown) => {
      if (this.#worker === worker) this.#hear(message, worker);
    });
    worker.on('error', () => this.#lost(worker, 'the vault ended'));
    worker.on('exit', () => this.#lost(worker, 'the vault ended'));
    worker.postMessage(this.#hello);
    return worker;
  }

  #hear(message: unknown, worker: Worker): void {
    if (!isFromVault(message)) return;
    switch (message.type) {
      case 'ready':
        this.#onReady?.();
        break;
      case 'unusable':
        this.#lost(worker, message.fault);
        break;
      case 'answered':
        for (const one of message.answers) this.#settle(one);
        break;
      case 'closed':
        this.#onClosed?.();
        break;
    }
  }

  #settle(one: Answered): void {
    if ('answer' in one) this.#waiting.answer(one.id, one.answer);
    else this.#waiting.refuse(one.id, one.fault);
  }

  #lost(worker: Worker, fault: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#onReady?.(fault);
    this.#waiting.refuseAll(fault);
    this.#onClosed?.();
  }

  /** @throws Refusal `vault_unavailable` */
  async ask(call: VaultCall): Promise<VaultAnswer> {
    if (this.#closed) throw unavailable('the vault is closed');
    return this.#waiting.ask((id) => this.#send({ type: 'call', id, call }));
  }

  /** Where a unit has failed, one that changes nothing is tried. */
  writable(): Promise<boolean> {
    return this.#waiting.writable(() => this.ask({ unit: 'probe' }));
  }

  #send(message: ToVault): void {
    (this.#worker ?? this.#start()).postMessage(message);
  }

  /** Does what waits, then ends the thread; one that hangs is abandoned after the timeout. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const worker = this.#worker;
    if (worker === undefined) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#timeoutMs);
      this.#onClosed = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#send({ type: 'close' });
    });
    await worker.terminate();
    this.#waiting.refuseAll('the vault is closed');
  }
}
