import type { Clock } from '../vocabulary/time.ts';
import type { Revocations } from './ports.ts';

/** Seconds that an entry outlives its token: the verifier's clock skew, and some. */
const margin = 30;
const key = (tenant: string, tokenId: string): string => JSON.stringify([tenant, tokenId]);

/**
 * Revoked token ids in memory, forgotten once the token would have expired anyway: it holds at most the tokens
 * revoked within one lifetime. A restart forgets them, within which time every such token dies by itself.
 */
export function createMemoryRevocations(clock: Clock): Revocations {
  const expiries = new Map<string, number>();
  let sweptAt = 0;

  function sweep(now: number): void {
    if (now - sweptAt < 1) return;
    sweptAt = now;
    for (const [entry, expiresAt] of expiries) if (expiresAt < now) expiries.delete(entry);
  }

  return {
    async revoke(tenant, tokenId, expiresAt) {
      sweep(clock.now() / 1000);
      expiries.set(key(tenant, tokenId), expiresAt + margin);
    },
    async isRevoked(tenant, tokenId) {
      return expiries.has(key(tenant, tokenId));
    },
  };
}
