import { existsSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { headText, type StoreHead } from '../../audit/store-heads.ts';
import { openLedger, storeFile } from './ledger.ts';
import { openTrail, trailFile } from './trail-writer.ts';
import { vaultHeads } from './vault-file.ts';
import { vaultStore } from './vault-open.ts';

/**
 * Puts the present heads of a store on the trail as those that count from now on, also beside a running gateway.
 * Throws where the folder has no such store, or a store that was never written to.
 */
export async function acceptStore(
  directory: string,
  store: string,
): Promise<{ readonly store: string; readonly heads: readonly string[] }> {
  const path = storeFile(directory, store);
  if (!/^[a-z][a-z-]{0,63}$/.test(store) || !existsSync(path)) throw new Error('there is no such store');
  const heads = (await presentHeads(path, store)).map((head) => headText(head));
  const trail = await openTrail(trailFile(directory));
  try {
    await trail.append([
      {
        tenant: '-',
        trail: uuidv7(),
        event: 'store.accepted',
        outcome: 'success',
        at: Date.now(),
        facts: { store, heads },
      },
    ]);
  } finally {
    await trail.close();
  }
  return { store, heads };
}

async function presentHeads(path: string, store: string): Promise<readonly StoreHead[]> {
  if (store === vaultStore) return vaultHeads(path).map((head) => ({ store, ...head }));
  const ledger = openLedger(path, store);
  try {
    return await ledger.heads();
  } finally {
    await ledger.close();
  }
}
