import { isRecord } from '../../vocabulary/fhir.ts';
import type { LedgerEntry } from './ledger-file.ts';

/** From the gateway to a ledger's thread: one call of `LedgerFile`, by its name. */
export type LedgerCall =
  | { readonly call: 'get' | 'remove'; readonly tenant: string; readonly key: string }
  | { readonly call: 'add'; readonly entry: LedgerEntry }
  | { readonly call: 'prune'; readonly now: number }
  | { readonly call: 'hash_at' | 'forget'; readonly tenant: string; readonly version: number }
  | { readonly call: 'entries' | 'heads' | 'close' };
export type ToLedger = LedgerCall & { readonly id: number };

/** `fault` is an error code of SQLite or the words of an error of ours, never a path or a value. */
export type FromLedger = { readonly id: number } & (
  | { readonly answer: unknown }
  | { readonly fault: string }
);

const calls: ReadonlySet<unknown> = new Set<LedgerCall['call']>([
  'get',
  'remove',
  'add',
  'prune',
  'hash_at',
  'forget',
  'entries',
  'heads',
  'close',
]);

/** Both ends are this program: the name tells the message, its fields are held to it by the compiler. */
export const isToLedger = (value: unknown): value is ToLedger => isRecord(value) && calls.has(value['call']);
export const isFromLedger = (value: unknown): value is FromLedger =>
  isRecord(value) && typeof value['id'] === 'number' && ('answer' in value || 'fault' in value);
