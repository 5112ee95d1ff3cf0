import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { encodeEvent } from '../../audit/event-record.ts';
import type { StoredEvent, TrailEvent } from '../../audit/events.ts';
import type { AppendedRange, CheckpointStore, TrailReader, TrailWriter } from '../../audit/ports.ts';
import type { PurgePorts } from '../../audit/retention.ts';
import { asRefusal, Refusal } from '../../errors/refusal.ts';
import type { TrailRow } from './trail-log.ts';
import { type FromWriter, isFromWriter, type ToWriter } from './trail-messages.ts';
import { TrailFileReader } from './trail-reader.ts';
import { WaitingCalls } from './waiting-calls.ts';

/** The trail's file inside the storage directory. */
export const trailFile = (directory: string): string => join(directory, 'audit.db');

export interface TrailOptions {
  /** How long an append and closing may take, in milliseconds; the start of the thread half a minute. Default 5,000. */
  readonly timeoutMs?: number;
  /** Appends that may wait for the disk at once; more are refused at once. Default 10,000. */
  readonly maxWaiting?: number;
}

export type Trail = TrailWriter &
  TrailReader &
  CheckpointStore &
  Pick<PurgePorts, 'rows' | 'rowsOf'> & {
    size(): Promise<number>;
    /** Whether the disk takes events: where it has failed to, whether it does so now. */
    writable(): Promise<boolean>;
    /** Puts the event of a purge on the trail and removes the payloads at these places, both or neither. */
    purge(places: readonly number[], event: TrailEvent): Promise<void>;
  };

/** What the thread may take to start at least: a busy host is no damaged trail. Milliseconds. */
const startMs = 30_000;

const rowOf = (event: TrailEvent): TrailRow => ({
  tenant: event.tenant,
  trail: event.trail,
  event: event.event,
  payload: encodeEvent(event),
});

const unavailable = (fault: string): Refusal => new Refusal('trail_unavailable', { cause: new Error(fault) });

/**
 * The writer thread as seen from the gateway. A thread that died takes its waiting appends with it (rejected,
 * outcome unknown); the next append starts another one, which reads its state from the file.
 */
class WriterThread {
  readonly #path: string;
  readonly #timeoutMs: number;
  /** Answered with the place of what was appended; without one where a checkpoint or a key was kept. */
  readonly #waiting: WaitingCalls<AppendedRange | undefined>;
  #worker: Worker | undefined;
  #onReady: ((fault?: string) => void) | undefined;
  #onClosed: (() => void) | undefined;
  #closed = false;

  constructor(path: string, options: TrailOptions) {
    this.#path = path;
    this.#timeoutMs = options.timeoutMs ?? 5000;
    this.#waiting = new WaitingCalls({
      timeoutMs: this.#timeoutMs,
      maxWaiting: options.maxWaiting ?? 10_000,
      crowded: 'too many appends wait for the disk',
      late: 'the disk did not answer in time',
      unavailable,
    });
  }

  /** Resolves when the thread has opened the file and found it sound. */
  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => this.#onReady?.('the writer did not start in time'),
        Math.max(this.#timeoutMs, startMs),
      );
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
    const worker = new Worker(new URL('./trail-worker.js', import.meta.url), {
      workerData: { path: this.#path },
      execArgv: [],
      env: {},
    });
    this.#worker = worker;
    worker.on('message', (message: unknown) => {
      if (isFromWriter(message)) this.#hear(message);
    });
    worker.on('error', () => this.#lost(worker));
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #hear(message: FromWriter): void {
    switch (message.type) {
      case 'ready':
        this.#onReady?.();
        break;
      case 'unusable':
        this.#onReady?.(message.fault);
        this.#waiting.refuseAll(message.fault);
        break;
      case 'written':
        message.ids.forEach((id, place) => {
          const range = message.ranges[place];
          if (range === undefined) this.#waiting.refuse(id, 'no answer for an append');
          else this.#waiting.answer(id, range);
        });
        break;
      case 'kept':
        this.#waiting.answer(message.id, undefined);
        break;
      case 'failed':
        for (const id of message.ids) this.#waiting.refuse(id, message.fault);
        break;
      case 'closed':
        this.#onClosed?.();
        break;
    }
  }

  #lost(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#onReady?.('the writer ended');
    this.#waiting.refuseAll('the writer ended');
    this.#onClosed?.();
  }

  async append(events: readonly TrailEvent[]): Promise<AppendedRange> {
    if (events.length === 0) throw unavailable('nothing to append');
    const rows = events.map((event) => rowOf(event));
    const range = await this.#ask((id) => ({ type: 'append', id, rows }));
    if (range === undefined) throw unavailable('no answer for an append');
    return range;
  }

  async purge(places: readonly number[], event: TrailEvent): Promise<void> {
    const row = rowOf(event);
    await this.#ask((id) => ({ type: 'purge', id, places, row }));
  }

  async keepSigned(size: number, note: string): Promise<void> {
    await this.#ask((id) => ({ type: 'keep_signed', id, size, note }));
  }

  async keepKeys(vkeys: readonly string[]): Promise<void> {
    await this.#ask((id) => ({ type: 'keep_keys', id, vkeys }));
  }

  /** Where a write has failed, one that changes nothing is tried. */
  writable(): Promise<boolean> {
    return this.#waiting.writable(() => this.#ask((id) => ({ type: 'probe', id })));
  }

  async #ask(message: (id: number) => ToWriter): Promise<AppendedRange | undefined> {
    if (this.#closed) throw unavailable('the trail is closed');
    return this.#waiting.ask((id) => this.#send(message(id)));
  }

  #send(message: ToWriter): void {
    (this.#worker ?? this.#start()).postMessage(message);
  }

  /** Writes what waits, then ends the thread; one that hangs is abandoned after the timeout. */
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
    worker.unref();
    void worker.terminate();
    this.#waiting.refuseAll('the trail is closed');
  }
}

/** A look-up as a promise, whose failure is a refusal. */
async function reading<T>(read: () => T): Promise<T> {
  try {
    return read();
  } catch (error) {
    throw asRefusal(error, 'trail_unavailable');
  }
}

/**
 * Opens (or creates) the trail file at `path` and its writer thread. Rejects with Refusal('trail_unavailable')
 * where the file cannot be opened or contradicts itself: a damaged trail is not continued.
 *
 * - `append` resolves after the fsync of all its events; lists of one caller keep their order. It rejects with
 *   Refusal('trail_unavailable') when an event does not fit the schema or the disk refuses (none is written),
 *   and after `timeoutMs` when the disk hangs. Then the outcome is UNKNOWN: the events may become durable later,
 *   and the caller treats the request as refused.
 * - The event loop never waits for the disk, except for indexed reads.
 */
export async function openTrail(path: string, options: TrailOptions = {}): Promise<Trail> {
  const writer = new WriterThread(path, options);
  await writer.open();
  let reader: TrailFileReader;
  try {
    reader = new TrailFileReader(path);
  } catch (error) {
    await writer.close();
    throw asRefusal(error, 'trail_unavailable');
  }
  return {
    append: async (events) => writer.append(events),
    keepSigned: async (size, note) => writer.keepSigned(size, note),
    keepKeys: async (vkeys) => writer.keepKeys(vkeys),
    head: () => reading(() => reader.head()),
    latestSigned: () => reading(() => reader.latestSigned()),
    tree: { node: (height, index) => reader.node(height, index) },
    unfinished: () => reading(() => reader.unfinished()),
    trail: (tenant, trail): Promise<readonly StoredEvent[]> => reading(() => reader.trail(tenant, trail)),
    newest: (family, wanted) => reading(() => reader.newest(family, wanted)),
    rows: (from, limit) => reading(() => reader.rows(from, limit)),
    rowsOf: (tenant, id) => reading(() => reader.rowsOf(tenant, id)),
    purge: async (places, event) => writer.purge(places, event),
    size: () => reading(() => reader.size()),
    writable: () => writer.writable(),
    close: async () => {
      // The writer last: the last connection folds the write-ahead log into the file and removes it.
      reader.close();
      await writer.close();
    },
  };
}
