import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HeadedStore, StoreHead } from '../../audit/store-heads.ts';
import { Refusal } from '../../errors/refusal.ts';
import { isRecord } from '../../vocabulary/fhir.ts';
import type { LedgerEntry } from './ledger-file.ts';
import { isFromLedger, type LedgerCall, type ToLedger } from './ledger-messages.ts';
import { StorageFault } from './storage-fault.ts';
import { WaitingCalls } from './waiting-calls.ts';

/** The file of a store inside the storage directory. */
export const storeFile = (directory: string, store: string): string => join(directory, `${store}.db`);

/** A small durable store with heads: what is added or removed has returned from fsync when the promise resolves. */
export interface Ledger extends HeadedStore {
  get(tenant: string, key: string): Promise<Uint8Array | undefined>;
  entries(): Promise<readonly LedgerEntry[]>;
  /** Adds an entry where there is none with this key; answers the value that stands. */
  add(entry: LedgerEntry): Promise<Uint8Array>;
  /** Takes an entry off the disk; answers whether there was one. */
  remove(tenant: string, key: string): Promise<boolean>;
  prune(now: number): Promise<number>;
  close(): Promise<void>;
}

type Unavailable = (fault: string) => Refusal;

const isEntry = (value: unknown): value is LedgerEntry =>
  isRecord(value) &&
  typeof value['tenant'] === 'string' &&
  typeof value['key'] === 'string' &&
  value['value'] instanceof Uint8Array;
const isHead = (value: unknown): value is StoreHead =>
  isRecord(value) && typeof value['version'] === 'number' && typeof value['hash'] === 'string';

const listOf = <T>(
  answer: unknown,
  isOne: (value: unknown) => value is T,
  unavailable: Unavailable,
): readonly T[] => {
  if (!Array.isArray(answer)) throw unavailable('not a list');
  return answer.map((one: unknown) => {
    if (!isOne(one)) throw unavailable('not an entry of the list');
    return one;
  });
};
const bytesOf = (answer: unknown): Uint8Array | undefined =>
  answer instanceof Uint8Array ? answer : undefined;

/** The thread of one ledger, so that a disk that hangs holds up nobody but who waits for it. */
class LedgerThread implements Ledger {
  readonly store: string;
  readonly #worker: Worker;
  readonly #waiting: WaitingCalls<ToLedger, unknown>;
  readonly #unavailable: Unavailable;
  #gone = false;

  constructor(path: string, store: string, timeoutMs: number) {
    this.store = store;
    this.#unavailable = (fault) =>
      new Refusal('store_unavailable', { cause: new StorageFault(basename(path), fault) });
    this.#waiting = new WaitingCalls({
      send: (messages) => this.#worker.postMessage(messages),
      timeoutMs,
      maxWaiting: 10_000,
      crowded: 'too many calls wait for the disk',
      late: 'the disk did not answer in time',
      unavailable: this.#unavailable,
    });
    this.#worker = new Worker(new URL('./ledger-worker.js', import.meta.url), {
      workerData: { path, store },
      execArgv: [],
      env: {},
    });
    // What waits for an answer keeps the process; a thread at rest does not.
    this.#worker.unref();
    this.#worker.on('message', (message: unknown) => {
      if (!isFromLedger(message)) return;
      if ('answer' in message) this.#waiting.answer(message.id, message.answer);
      else this.#waiting.refuse(message.id, message.fault);
    });
    this.#worker.on('error', () => this.#lost());
    this.#worker.on('exit', () => this.#lost());
  }

  #lost(): void {
    this.#gone = true;
    this.#waiting.refuseAll('the thread ended');
  }

  #ask(call: LedgerCall): Promise<unknown> {
    if (this.#gone) return Promise.reject(this.#unavailable('the store is closed'));
    return this.#waiting.ask((id) => ({ ...call, id }));
  }

  async get(tenant: string, key: string): Promise<Uint8Array | undefined> {
    return bytesOf(await this.#ask({ call: 'get', tenant, key }));
  }

  async entries(): Promise<readonly LedgerEntry[]> {
    return listOf(await this.#ask({ call: 'entries' }), isEntry, this.#unavailable);
  }

  async add(entry: LedgerEntry): Promise<Uint8Array> {
    const value = bytesOf(await this.#ask({ call: 'add', entry }));
    if (value === undefined) throw this.#unavailable('no answer for an entry');
    return value;
  }

  async remove(tenant: string, key: string): Promise<boolean> {
    return (await this.#ask({ call: 'remove', tenant, key })) === true;
  }

  async prune(now: number): Promise<number> {
    return Number(await this.#ask({ call: 'prune', now }));
  }

  async heads(): Promise<readonly StoreHead[]> {
    return listOf(await this.#ask({ call: 'heads' }), isHead, this.#unavailable);
  }

  async hashAt(tenant: string, version: number): Promise<string | undefined> {
    const hash = await this.#ask({ call: 'hash_at', tenant, version });
    return typeof hash === 'string' ? hash : undefined;
  }

  async noted({ tenant, version }: StoreHead): Promise<void> {
    await this.#ask({ call: 'forget', tenant, version });
  }

  async close(): Promise<void> {
    if (!this.#gone) await this.#ask({ call: 'close' }).catch(() => undefined);
    this.#gone = true;
    void this.#worker.terminate();
  }
}

/**
 * Opens (or creates) the ledger at `path` in a thread of its own. A file that is damaged answers every call with
 * Refusal('store_unavailable'); it is not continued.
 */
export const openLedger = (path: string, store: string, timeoutMs = 5000): Ledger =>
  new LedgerThread(path, store, timeoutMs);
