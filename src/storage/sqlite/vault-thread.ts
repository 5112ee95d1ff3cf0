import { Refusal } from '../../errors/refusal.ts';
import { StorageFault } from './storage-fault.ts';
import { StorageThread } from './storage-thread.ts';
import { isFromVault, type ToVault, type VaultAnswer, type VaultCall } from './vault-messages.ts';
import type { Crowd } from './waiting-calls.ts';

/** A file that its process left behind is recovered first, and a busy host loads slowly. */
const startMs = 30_000;

export interface VaultThreadOptions {
  /** How long a unit of work and closing may take, in milliseconds; the start may take 30 s. Default 5,000. */
  readonly timeoutMs?: number;
  /** Units that may wait at once; more are refused at once. Default 10,000. */
  readonly maxWaiting?: number;
  readonly crowd?: Crowd;
}

/** The vault's thread. What a call that was refused wrote may stand: the next asker finds the token there. */
export class VaultThread {
  readonly #thread: StorageThread<ToVault, VaultAnswer>;

  constructor(hello: Extract<ToVault, { type: 'open' }>, options: VaultThreadOptions) {
    const { crowd, maxWaiting = 10_000, timeoutMs = 5000 } = options;
    this.#thread = new StorageThread<ToVault, VaultAnswer>({
      script: new URL('./vault-worker.js', import.meta.url),
      hello,
      timeoutMs,
      startMs: Math.max(timeoutMs, startMs),
      maxWaiting,
      ...(crowd === undefined ? {} : { crowd }),
      says: {
        closed: 'the vault is closed',
        crowded: 'too many calls wait for the vault',
        ended: 'the vault ended',
        late: 'the vault did not answer in time',
        unstarted: 'the vault did not open in time',
      },
      unavailable: (fault) =>
        new Refusal('vault_unavailable', { cause: new StorageFault('vault.db', fault) }),
      hear: (message, waiting) => {
        if (!isFromVault(message) || message.type !== 'answered') return;
        for (const one of message.answers) {
          if ('answer' in one) waiting.answer(one.id, one.answer);
          else waiting.refuse(one.id, one.fault);
        }
      },
    });
  }

  /** Resolves when the thread has opened the file. */
  open(): Promise<void> {
    return this.#thread.open();
  }

  /** @throws Refusal `vault_unavailable` */
  ask(call: VaultCall): Promise<VaultAnswer> {
    return this.#thread.ask((id) => ({ type: 'call', id, call }));
  }

  /** Where a unit has failed, one that changes nothing is tried. */
  writable(): Promise<boolean> {
    return this.#thread.writable((id) => ({ type: 'call', id, call: { unit: 'probe' } }));
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
