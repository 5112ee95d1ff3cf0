import { Refusal } from '../errors/refusal.ts';
import { type Clock, clockSkewSeconds } from '../vocabulary/time.ts';

/**
 * A token that was good when the request came may end while it runs. `expiresAt` in seconds since the epoch.
 *
 * @throws Refusal `token_expired`
 */
export function assertUnexpired(clock: Clock, expiresAt: number): void {
  if (clock.now() / 1000 >= expiresAt + clockSkewSeconds) throw new Refusal('token_expired');
}
