import type { Clock } from '../vocabulary/time.ts';
import type { RevocationStore, Revocations } from './ports.ts';

/** Milliseconds that an entry outlives its token: the verifier's clock skew, and some. */
const margin = 30_000;
const keyOf = (tenant: string, tokenId: string): string => JSON.stringify([tenant, tokenId]);

/**
 * Revoked token ids, forgotten once the token would have expired anyway. They count from the moment they are told,
 * and stand in the store before the teller hears so: a restart forgets none. `isRevoked` never waits for a disk.
 *
 * @throws Refusal where the store cannot be read: nobody could say then what is revoked
 */
export async function openRevocations(store: RevocationStore, clock: Clock): Promise<Revocations> {
  const expiries = new Map<string, number>();
  for (const { tenant, key, expires } of await store.entries())
    if (expires !== undefined) expiries.set(keyOf(tenant, key), expires);
  let sweptAt = clock.now();

  async function sweep(now: number): Promise<void> {
    if (now - sweptAt < 1000) return;
    sweptAt = now;
    for (const [entry, expires] of expiries) if (expires < now) expiries.delete(entry);
    await store.prune(now);
  }

  return {
    async revoke(tenant, tokenId, expiresAt) {
      const expires = Math.ceil(expiresAt * 1000) + margin;
      expiries.set(keyOf(tenant, tokenId), expires);
      await store.add({ tenant, key: tokenId, value: new Uint8Array(0), expires });
      await sweep(clock.now());
    },
    async takeOnce(tenant, tokenId, expiresAt) {
      const key = `once ${tokenId}`;
      const known = keyOf(tenant, key);
      if (expiries.has(known)) return false;
      const expires = Math.ceil(expiresAt * 1000) + margin;
      // Taken before the disk is asked: of two that come together one is the second.
      expiries.set(known, expires);
      await store.add({ tenant, key, value: new Uint8Array(0), expires });
      return true;
    },
    async isRevoked(tenant, tokenId) {
      return expiries.has(keyOf(tenant, tokenId));
    },
  };
}
