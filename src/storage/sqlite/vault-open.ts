import type { HeadedStore } from '../../audit/store-heads.ts';
import { Refusal } from '../../errors/refusal.ts';
import { deriveKeys } from '../../vault/envelope-encryption.ts';
import type { PatientIndex, SubjectDirectory, TokenVault } from '../../vault/ports.ts';
import type { Clock } from '../../vocabulary/time.ts';
import { VaultThread, type VaultThreadOptions } from './vault-thread.ts';

export type Vault = TokenVault &
  SubjectDirectory &
  PatientIndex &
  HeadedStore & {
    /** Whether the disk takes writes: where it has failed to, whether it does so now. */
    writable(): Promise<boolean>;
  };

/** Name of the vault among the stores whose heads stand on the trail. */
export const vaultStore = 'vault';

export interface VaultOptions extends VaultThreadOptions {
  readonly path: string;
  /** 32 bytes, base64. */
  readonly masterKey: string;
  /** 32 bytes, of another origin than the master key. */
  readonly directoryKey: Uint8Array;
  readonly clock: Clock;
  readonly retentionSeconds: number;
}

function answer<Field>(field: Field | undefined): Field {
  if (field === undefined) throw new Refusal('vault_unavailable', { cause: new Error('no answer') });
  return field;
}

/**
 * Opens the vault in a file of its own, made where there is none, and starts its thread. Throws RangeError where the
 * master key is not 32 bytes of base64; rejects with Refusal('vault_unavailable') where the file cannot be opened.
 *
 * Every call runs as one unit in the thread and has committed when its promise resolves; calls that wait at the same
 * time share a commit. A failure of disk, key or thread is the refusal `vault_unavailable`, and the next call tries
 * anew. The event loop never waits for the disk or for the cipher.
 */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const { path, masterKey, directoryKey, clock, retentionSeconds } = options;
  const keys = deriveKeys(Buffer.from(masterKey, 'base64'), directoryKey);
  const thread = new VaultThread({ type: 'open', path, keys, retentionSeconds }, options);
  await thread.open();
  return {
    async issue(scope, requests) {
      const tokens = answer((await thread.ask({ unit: 'issue', scope, requests, now: clock.now() })).tokens);
      return requests.map((request, at) => ({ request, token: answer(tokens[at]) }));
    },
    resolve: async (scope, tokens) =>
      answer((await thread.ask({ unit: 'resolve', scope, tokens, now: clock.now() })).values),
    anchor: async (scope) => answer((await thread.ask({ unit: 'anchor', scope, now: clock.now() })).number),
    forget: async (scopes) => {
      await thread.ask({ unit: 'forget', scopes });
    },
    erase: async (tenant, patient) =>
      answer((await thread.ask({ unit: 'erase', tenant, patient })).number) > 0,
    purge: async (now) => answer((await thread.ask({ unit: 'purge', now })).number),
    remember: async (tenant, patient, values) => {
      await thread.ask({ unit: 'remember', tenant, patient, values, now: clock.now() });
    },
    ofOthers: async (tenant, patient, values) =>
      answer((await thread.ask({ unit: 'of_others', tenant, patient, values })).number),
    enrol: async (enrolment) => (await thread.ask({ unit: 'enrol', enrolment })).key,
    subject: async (tenant, pseudonym) => (await thread.ask({ unit: 'subject', tenant, pseudonym })).subject,
    factsKey: async (tenant, pseudonym) => (await thread.ask({ unit: 'facts_key', tenant, pseudonym })).key,
    store: vaultStore,
    heads: async () =>
      answer((await thread.ask({ unit: 'heads' })).heads).map((head) => ({ store: vaultStore, ...head })),
    hashAt: async (tenant, version) => (await thread.ask({ unit: 'hash_at', tenant, version })).hash,
    noted: async ({ tenant, version }) => {
      await thread.ask({ unit: 'noted', tenant, version });
    },
    writable: () => thread.writable(),
    close: () => thread.close(),
  };
}
