import type { AppendedRange } from '../../audit/ports.ts';
import { isRecord } from '../../vocabulary/fhir.ts';
import type { ThreadSign } from './storage-thread.ts';
import type { TrailRow } from './trail-log.ts';

/** From the gateway to the writer thread. */
export type ToWriter =
  | { readonly type: 'append'; readonly id: number; readonly rows: readonly TrailRow[] }
  | {
      readonly type: 'purge';
      readonly id: number;
      readonly places: readonly number[];
      readonly row: TrailRow;
    }
  | { readonly type: 'keep_signed'; readonly id: number; readonly size: number; readonly note: string }
  | { readonly type: 'keep_keys'; readonly id: number; readonly vkeys: readonly string[] }
  /** Asks whether the disk takes a write. */
  | { readonly type: 'probe'; readonly id: number }
  | { readonly type: 'close' };

/** From the writer thread: one message a transaction. `fault` is an error code of SQLite or a class name. */
export type FromWriter =
  | ThreadSign
  | { readonly type: 'written'; readonly ids: readonly number[]; readonly ranges: readonly AppendedRange[] }
  | { readonly type: 'kept'; readonly id: number }
  | { readonly type: 'failed'; readonly ids: readonly number[]; readonly fault: string };

const toWriter: ReadonlySet<unknown> = new Set<ToWriter['type']>([
  'append',
  'purge',
  'keep_signed',
  'keep_keys',
  'probe',
  'close',
]);
const fromWriter: ReadonlySet<unknown> = new Set<FromWriter['type']>([
  'ready',
  'unusable',
  'written',
  'kept',
  'failed',
  'closed',
]);

/** Both ends are this program: the tag tells the message, its fields are held to it by the compiler. */
export const isToWriter = (value: unknown): value is ToWriter =>
  isRecord(value) && toWriter.has(value['type']);
export const isFromWriter = (value: unknown): value is FromWriter =>
  isRecord(value) && fromWriter.has(value['type']);
