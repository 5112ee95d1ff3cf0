import type { LabelTable } from '../labels/table.ts';
import type { Pack } from '../redaction/pack.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import type { Ended, ReadingResult, ReadingTask } from './reading.ts';

/** From the gateway to a reading thread; `packs` comes first, and one reading at a time. `forget` may come beside one. */
export type ToThread =
  | { readonly type: 'packs'; readonly packs: readonly Pack[]; readonly labels: readonly LabelTable[] }
  | {
      readonly type: 'read';
      readonly id: number;
      readonly envelope: number;
      readonly record: number;
      /** Whether the record is that of a conversation, which may go on. */
      readonly goesOn: boolean;
      /** Absent where the reading needs none, or the thread was sent it with an earlier one against the same record. */
      readonly identity?: readonly IdentityValue[];
      readonly task: ReadingTask;
    }
  | ({ readonly type: 'forget' } & Ended);

/** The check is the last reading of an envelope: what was kept or built of its record goes, but in a conversation. */
export const isLast = ({ goesOn, kind }: ReadingTask & { readonly goesOn: boolean }): boolean =>
  kind === 'check' && !goesOn;

/** The other readings look for what is known of the record; this one needs none of it. */
export const needsIdentity = ({ kind }: ReadingTask): boolean => kind !== 'signals';

/** From a reading thread. `fault` is the class of an error, never its words: those could quote a text. */
export type FromThread =
  | { readonly type: 'read'; readonly id: number; readonly result: ReadingResult }
  | { readonly type: 'failed'; readonly id: number; readonly fault: string };

const toThread: ReadonlySet<unknown> = new Set<ToThread['type']>(['packs', 'read', 'forget']);
const fromThread: ReadonlySet<unknown> = new Set<FromThread['type']>(['read', 'failed']);

/** Both ends are this program: the tag tells the message, its fields are held to it by the compiler. */
export const isToThread = (value: unknown): value is ToThread =>
  isRecord(value) && toThread.has(value['type']);
export const isFromThread = (value: unknown): value is FromThread =>
  isRecord(value) && fromThread.has(value['type']);
