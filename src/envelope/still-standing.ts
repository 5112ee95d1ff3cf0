import { asRefusal } from '../errors/refusal.ts';
import type { Opened } from './envelope.ts';

/**
 * Asks whether everything that an envelope rests on still stands. A check that fails for a reason of its own
 * (an unreachable server, say) counts as not standing.
 *
 * @throws Refusal `revoked`, or the refusal of the check
 */
export async function stillStanding(envelope: Opened, moment: 'barrier' | 'delivery'): Promise<void> {
  for (const check of envelope.standing) {
    if (check.when === 'delivery' && moment === 'barrier') continue;
    try {
      await check.ask();
    } catch (error) {
      throw asRefusal(error, 'revoked');
    }
  }
}
