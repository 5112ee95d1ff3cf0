import { join } from 'node:path';
import { encodeEvent } from '../../audit/event-record.ts';
import type { StoredEvent, TrailEvent } from '../../audit/events.ts';
import type { AppendedRange, CheckpointStore, TrailReader, TrailWriter } from '../../audit/ports.ts';
import type { PurgePorts } from '../../audit/retention.ts';
import { asRefusal, Refusal } from '../../errors/refusal.ts';
import { StorageFault } from './storage-fault.ts';
import { StorageThread } from './storage-thread.ts';
import type { TrailRow } from './trail-log.ts';
import { isFromWriter, type ToWriter } from './trail-messages.ts';
import { TrailFileReader } from './trail-reader.ts';
import type { Crowd, WaitingCalls } from './waiting-calls.ts';

const fileName = 'audit.db';

/** The trail's file inside the storage directory. */
export const trailFile = (directory: string): string => join(directory, fileName);

export interface TrailOptions {
  /** How long an append and closing may take, in milliseconds; the start of the thread half a minute. Default 5,000. */
  readonly timeoutMs?: number;
  /** Appends that may wait for the disk at once; more are refused at once. Default 10,000. */
  readonly maxWaiting?: number;
  readonly crowd?: Crowd;
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

const unavailable = (fault: string): Refusal =>
  new Refusal('trail_unavailable', { cause: new StorageFault(fileName, fault) });

type Appends = Pick<WaitingCalls<ToWriter, AppendedRange | undefined>, 'answer' | 'refuse'>;

function hear(message: unknown, waiting: Appends): void {
  if (!isFromWriter(message)) return;
  switch (message.type) {
    case 'written':
      message.ids.forEach((id, place) => {
        const range = message.ranges[place];
        if (range === undefined) waiting.refuse(id, 'no answer for an append');
        else waiting.answer(id, range);
      });
      break;
    case 'kept':
      waiting.answer(message.id, undefined);
      break;
    case 'failed':
      for (const id of message.ids) waiting.refuse(id, message.fault);
      break;
  }
}

/** The writer thread; answers with the place of what was appended, and nothing where a checkpoint or a key was kept. */
const writerThread = (path: string, { crowd, maxWaiting = 10_000, timeoutMs = 5000 }: TrailOptions) =>
  new StorageThread<ToWriter, AppendedRange | undefined>({
    script: new URL('./trail-worker.js', import.meta.url),
    workerData: { path },
    timeoutMs,
    startMs: Math.max(timeoutMs, startMs),
    maxWaiting,
    ...(crowd === undefined ? {} : { crowd }),
    says: {
      closed: 'the trail is closed',
      crowded: 'too many appends wait for the disk',
      ended: 'the writer ended',
      late: 'the disk did not answer in time',
      unstarted: 'the writer did not start in time',
    },
    unavailable,
    hear,
  });

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
  const writer = writerThread(path, options);
  await writer.open();
  let reader: TrailFileReader;
  try {
    reader = new TrailFileReader(path);
  } catch (error) {
    await writer.close();
    throw asRefusal(error, 'trail_unavailable');
  }
  return {
    append: async (events) => {
      if (events.length === 0) throw unavailable('nothing to append');
      const rows = events.map((event) => rowOf(event));
      const range = await writer.ask((id) => ({ type: 'append', id, rows }));
      if (range === undefined) throw unavailable('no answer for an append');
      return range;
    },
    keepSigned: async (size, note) => {
      await writer.ask((id) => ({ type: 'keep_signed', id, size, note }));
    },
    keepKeys: async (vkeys) => {
      await writer.ask((id) => ({ type: 'keep_keys', id, vkeys }));
    },
    head: () => reading(() => reader.head()),
    latestSigned: () => reading(() => reader.latestSigned()),
    tree: { node: (height, index) => reader.node(height, index) },
    unfinished: () => reading(() => reader.unfinished()),
    trail: (tenant, trail): Promise<readonly StoredEvent[]> => reading(() => reader.trail(tenant, trail)),
    newest: (family, wanted) => reading(() => reader.newest(family, wanted)),
    rows: (from, limit) => reading(() => reader.rows(from, limit)),
    rowsOf: (tenant, id) => reading(() => reader.rowsOf(tenant, id)),
    purge: async (places, event) => {
      const row = rowOf(event);
      await writer.ask((id) => ({ type: 'purge', id, places, row }));
    },
    size: () => reading(() => reader.size()),
    writable: () => writer.writable((id) => ({ type: 'probe', id })),
    close: async () => {
      // The writer last: the last connection folds the write-ahead log into the file and removes it.
      reader.close();
      await writer.close();
    },
  };
}
