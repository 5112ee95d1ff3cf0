import type { VaultKeys } from '../../vault/envelope-encryption.ts';
import type { Enrolment, Subject, TokenRequest, VaultHead } from '../../vault/ports.ts';
import { isRecord } from '../../vocabulary/fhir.ts';
import type { VaultScope } from '../../vocabulary/scope.ts';
import type { ThreadSign } from './storage-thread.ts';

/** One unit of work; `now` in epoch milliseconds by the gateway's clock. */
export type VaultCall =
  | {
      readonly unit: 'issue';
      readonly scope: VaultScope;
      readonly requests: readonly TokenRequest[];
      readonly now: number;
    }
  | {
      readonly unit: 'resolve';
      readonly scope: VaultScope;
      readonly tokens: readonly string[];
      readonly now: number;
    }
  | { readonly unit: 'anchor'; readonly scope: VaultScope; readonly now: number }
  | { readonly unit: 'forget'; readonly scopes: readonly VaultScope[] }
  | { readonly unit: 'erase'; readonly tenant: string; readonly patient: string }
  | { readonly unit: 'purge'; readonly now: number }
  | {
      readonly unit: 'remember';
      readonly tenant: string;
      readonly patient: string;
      readonly values: readonly string[];
      readonly now: number;
    }
  | {
      readonly unit: 'of_others';
      readonly tenant: string;
      readonly patient: string;
      readonly values: readonly string[];
    }
  | { readonly unit: 'enrol'; readonly enrolment: Enrolment }
  | { readonly unit: 'subject' | 'facts_key'; readonly tenant: string; readonly pseudonym: string }
  | { readonly unit: 'heads' }
  | { readonly unit: 'hash_at' | 'noted'; readonly tenant: string; readonly version: number }
  /** Asks whether the disk takes a write. */
  | { readonly unit: 'probe' };

/** What a unit answers, one field a kind of work. */
export interface VaultAnswer {
  readonly tokens?: readonly string[];
  readonly values?: ReadonlyMap<string, string>;
  readonly number?: number;
  readonly key?: Uint8Array | undefined;
  readonly subject?: Subject | undefined;
  readonly heads?: readonly VaultHead[];
  readonly hash?: string | undefined;
}

/**
 * From the gateway to the vault's thread; `open` comes first. Keys travel in a message, because arguments, environment
 * and start data of a thread are what reports and inspectors show.
 */
export type ToVault =
  | {
      readonly type: 'open';
      readonly path: string;
      readonly keys: VaultKeys;
      readonly retentionSeconds: number;
    }
  | { readonly type: 'call'; readonly id: number; readonly call: VaultCall }
  | { readonly type: 'close' };

export type Answered =
  | { readonly id: number; readonly answer: VaultAnswer }
  | { readonly id: number; readonly fault: string };

/** From the vault's thread. `fault` is an error code of SQLite or a class name, never an error's words. */
export type FromVault = ThreadSign | { readonly type: 'answered'; readonly answers: readonly Answered[] };

const toVault: ReadonlySet<unknown> = new Set<ToVault['type']>(['open', 'call', 'close']);
const fromVault: ReadonlySet<unknown> = new Set<FromVault['type']>([
  'ready',
  'unusable',
  'answered',
  'closed',
]);

/** Both ends are this program: the tag tells the message, its fields are held to it by the compiler. */
export const isToVault = (value: unknown): value is ToVault => isRecord(value) && toVault.has(value['type']);
export const isFromVault = (value: unknown): value is FromVault =>
  isRecord(value) && fromVault.has(value['type']);
