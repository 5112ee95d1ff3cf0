import { Worker } from 'node:worker_threads';
import type { LabelTable } from '../labels/table.ts';
import type { Pack } from '../redaction/pack.ts';
import type { VaultScope } from '../vocabulary/scope.ts';
import { ConversationRecords } from './conversation-records.ts';
import { KnownRecords } from './known-records.ts';
import { type FromThread, isFromThread, isLast, needsIdentity, type ToThread } from './messages.ts';
import type { EnvelopeReadings, EnvelopeToRead, TextReader } from './ports.ts';
import type { Ended, ReadingOf, ReadingResult, ReadingTask } from './reading.ts';

export interface ReadingOptions {
  readonly packs: readonly Pack[];
  readonly labels: readonly LabelTable[];
  /** Threads at the most; each is started when all others are busy. */
  readonly threads: number;
  /** How long one reading may take before its thread is ended, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  /** Readings that may wait at once; more are refused at once. Default 10,000. */
  readonly maxWaiting?: number;
}

/** Whether its record is kept for a later turn is known when it is handed to a thread. */
type Asked = ReadingTask & Omit<ReadingOf, 'goesOn'>;

interface Waiting {
  readonly reading: Asked;
  readonly since: number;
  readonly signal: AbortSignal;
  resolve(result: ReadingResult): void;
  reject(error: Error): void;
}

/** One thread, which does one reading at a time. */
class ReadingThread {
  readonly #packs: readonly Pack[];
  readonly #labels: readonly LabelTable[];
  readonly #timeoutMs: number;
  /** Called when the thread is free again. */
  readonly #onFree: () => void;
  #worker: Worker | undefined;
  #nextId = 0;
  #current: { readonly id: number; readonly timer: NodeJS.Timeout; readonly waiting: Waiting } | undefined;
  /** Records whose identity it holds. */
  #known = new KnownRecords<true>();

  constructor(
    { packs, labels }: Pick<ReadingOptions, 'packs' | 'labels'>,
    timeoutMs: number,
    onFree: () => void,
  ) {
    this.#packs = packs;
    this.#labels = labels;
    this.#timeoutMs = timeoutMs;
    this.#onFree = onFree;
    this.#worker = this.#start();
  }

  get free(): boolean {
    return this.#current === undefined;
  }

  knows(record: number): boolean {
    return this.#known.get(record) === true;
  }

  forget(of: Ended): void {
    if (of.record !== undefined) this.#known.forget(of.record);
    if (this.#worker !== undefined) this.#send(this.#worker, { type: 'forget', ...of });
  }

  read(waiting: Waiting, goesOn: boolean): void {
    const id = this.#nextId;
    this.#nextId += 1;
    const timer = setTimeout(() => this.#lost('took too long'), this.#timeoutMs);
    this.#current = { id, timer, waiting };
    this.#worker ??= this.#start();
    const { envelope, identity, record, ...task } = waiting.reading;
    const of = { type: 'read', id, envelope, record, goesOn, task } as const;
    if (!needsIdentity(task)) return this.#send(this.#worker, of);
    const known = this.knows(record);
    this.#known.use(record, true);
    if (isLast({ ...task, goesOn })) this.#known.forget(record);
    return this.#send(this.#worker, known ? of : { ...of, identity });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./reading-worker.js', import.meta.url), { execArgv: [], env: {} });
    // A reading that is waited for has a timer of its own, which keeps the process alive.
    worker.unref();
    worker.on('message', (message: unknown) => {
      if (this.#worker === worker && isFromThread(message)) this.#hear(message);
    });
    const ended = (): void => {
      if (this.#worker === worker) this.#lost('ended');
    };
    worker.on('error', ended);
    worker.on('exit', ended);
    this.#known = new KnownRecords();
    this.#send(worker, {
      type: 'packs',
      packs: this.#packs,
      labels: this.#labels,
    });
    return worker;
  }

  #send(worker: Worker, message: ToThread): void {
    worker.postMessage(message);
  }

  #hear(message: FromThread): void {
    if (message.id !== this.#current?.id) return;
    const { waiting, timer } = this.#current;
    clearTimeout(timer);
    this.#current = undefined;
    if (message.type === 'read') waiting.resolve(message.result);
    else waiting.reject(new Error(`a reading failed: ${message.fault}`));
    this.#onFree();
  }

  /** The thread is given up with what it reads; the next reading starts another one. */
  #lost(why: string): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    const current = this.#current;
    this.#current = undefined;
    clearTimeout(current?.timer);
    current?.waiting.reject(new Error(`a reading thread ${why}`));
    if (current !== undefined) this.#onFree();
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#lost('was closed');
    await worker?.terminate();
  }
}

/** Readings in a bounded number of threads; see ports.ts. */
export class ReadingThreads implements TextReader {
  readonly #options: ReadingOptions;
  readonly #threads: ReadingThread[] = [];
  readonly #conversations = new ConversationRecords((record) => this.#forget({ record }));
  #waiting: Waiting[] = [];
  #envelopes = 0;
  #closed = false;

  constructor(options: ReadingOptions) {
    this.#options = options;
    // Loading the word lists takes a while: the first envelope should not wait for it.
    this.#grow();
  }

  open({ conversation, identity, since, signal }: EnvelopeToRead): EnvelopeReadings {
    const envelope = this.#envelopes;
    this.#envelopes += 1;
    const record =
      conversation === undefined
        ? envelope
        : this.#conversations.numberOf(conversation, identity, () => envelope);
    const of = { envelope, record, identity };
    // Refused, given up, or its caller is gone: no check will come, which would be its last reading.
    const gone = (): void => {
      if (conversation !== undefined) this.#conversations.forget(conversation);
      this.#forget({ envelope, record });
    };
    if (signal.aborted) gone();
    else signal.addEventListener('abort', gone, { once: true });
    const ask = (reading: Asked): Promise<ReadingResult> => this.#read(reading, since, signal);
    return {
      spans: async (texts) => told((await ask({ ...of, kind: 'spans', texts })).spans),
      scanAll: async (texts) => told((await ask({ ...of, kind: 'scan', texts })).findings),
      signals: async (by) => told((await ask({ ...of, kind: 'signals', by })).signals),
      settle: async (answer) => told((await ask({ ...of, kind: 'settle', answer })).settled),
      check: async (answer) => told((await ask({ ...of, kind: 'check', answer })).outcome),
      end: () => this.#forget(this.#conversations.keeps(record) ? { envelope } : { envelope, record }),
    };
  }

  #read(reading: Asked, since: number, signal: AbortSignal): Promise<ReadingResult> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new Error('the reading threads are closed');
      if (this.#waiting.length >= (this.#options.maxWaiting ?? 10_000))
        throw new Error('too many readings wait');
      const behind = this.#waiting.findLastIndex((one) => one.since <= since);
      this.#waiting.splice(behind + 1, 0, { reading, since, signal, resolve, reject });
      this.#serve();
    });
  }

  #grow(): ReadingThread {
    const thread = new ReadingThread(this.#options, this.#options.timeoutMs ?? 60_000, () => this.#serve());
    this.#threads.push(thread);
    return thread;
  }

  /** Hands what waits to free threads, the oldest envelope first. */
  #serve(): void {
    // Nobody waits for the answer to an envelope that has ended.
    const gone = this.#waiting.filter(({ signal }) => signal.aborted);
    if (gone.length > 0) this.#waiting = this.#waiting.filter(({ signal }) => !signal.aborted);
    for (const one of gone) one.reject(new Error('the envelope has ended'));
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      const free = this.#threads.filter((thread) => thread.free);
      const { record } = next.reading;
      const thread =
        free.find((one) => one.knows(record)) ??
        free[0] ??
        (this.#threads.length < this.#options.threads ? this.#grow() : undefined);
      if (thread === undefined) return;
      this.#waiting.shift();
      // Where its record has ended meanwhile, nobody would tell the thread to forget what it read.
      thread.read(next, this.#conversations.keeps(record));
    }
  }

  #forget(of: Ended): void {
    for (const thread of this.#threads) thread.forget(of);
  }

  forget(of: Pick<VaultScope, 'tenant' | 'patient'> & Partial<VaultScope>): void {
    this.#conversations.forget(of);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#conversations.close();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) one.reject(new Error('the reading threads are closed'));
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

function told<Field>(field: Field | undefined): Field {
  if (field === undefined) throw new Error('a reading has no answer');
  return field;
}
