import { createHash } from 'node:crypto';
import type { StoreFault } from '../vocabulary/kept-fault.ts';
import type { StoredEvent } from './events.ts';

/** How far one tenant's part of a store has come: it was changed `version` times, and `hash` says how. */
export interface StoreHead {
  /** Name of the store, as in `storeNames`. */
  readonly store: string;
  readonly tenant: string;
  /** Grows by one with each change, from 1. */
  readonly version: number;
  /** SHA-256, hex, over the head before and the change. */
  readonly hash: string;
}

/** A store beside the trail whose state is noted on it, so that an older copy of its file is noticed. */
export interface HeadedStore {
  readonly store: string;
  /** One head a tenant that ever changed it. */
  heads(): Promise<readonly StoreHead[]>;
  /** The hash that the store had at this version; undefined where it never had it, or forgot. */
  hashAt(tenant: string, version: number): Promise<string | undefined>;
  /** The head is durable on the trail: hashes of versions before it may be forgotten. */
  noted(head: StoreHead): Promise<void>;
}

/** The head after one more change. `change` is what was done, in a form that does not depend on the host. */
export const headAfter = (before: StoreHead, change: readonly (string | number)[]): StoreHead => {
  const { store, tenant, version, hash } = before;
  const text = JSON.stringify(['phi-gateway store v1', store, tenant, version + 1, hash, change]);
  return { store, tenant, version: version + 1, hash: createHash('sha256').update(text).digest('hex') };
};

/** As the fact `heads` says it: tenant, version and hash, parted by colons. */
export const headText = ({ tenant, version, hash }: StoreHead): string => `${tenant}:${version}:${hash}`;

/** Heads that an event of the trail states, by the fact's shape; nothing else stands there. */
export function headsOf({ facts }: Pick<StoredEvent, 'facts'>): StoreHead[] {
  const { store, heads } = facts;
  if (typeof store !== 'string' || !Array.isArray(heads)) return [];
  return heads.flatMap((text) => {
    const [tenant = '', version = '', hash = ''] = String(text).split(':');
    return [{ store, tenant, version: Number(version), hash }];
  });
}

/** Holds a store to what the trail said of it last. */
export async function judgeStore(
  store: HeadedStore,
  stated: readonly StoreHead[],
): Promise<StoreFault | undefined> {
  const present = new Map((await store.heads()).map((head) => [head.tenant, head]));
  for (const { tenant, version, hash } of stated) {
    const head = present.get(tenant);
    if (head === undefined || head.version < version) return 'behind';
    if ((await store.hashAt(tenant, version)) !== hash) return 'differs';
  }
  return undefined;
}
