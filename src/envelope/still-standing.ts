import { asRefusal } from '../errors/refusal.ts';
import type { Opened } from './envelope.ts';

/**
 * Asks whether everything that an envelope rests on still stands, all at once; where several things do not, the one
 * asked first is said. A check that fails for a reason of its own (an unreachable server, say) counts as not standing.
 *
 * At a barrier every check reads for itself; `together` is for those who ask again and again meanwhile.
 *
 * @throws Refusal of the check, `revoked` where it threw something else
 */
export async function stillStanding(
  envelope: Opened,
  moment: 'barrier' | 'delivery',
  together = false,
): Promise<void> {
  const due = envelope.standing.filter(({ when }) => when === 'barrier' || moment === 'delivery');
  const results = await Promise.allSettled(due.map(async (check) => check.ask(together)));
  const fallen = results.find(({ status }) => status === 'rejected');
  if (fallen?.status === 'rejected') throw asRefusal(fallen.reason, 'revoked');
}
