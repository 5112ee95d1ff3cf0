import { Refusal } from '../../errors/refusal.ts';
import type { Delegated } from '../envelope.ts';
import type { Services } from '../services.ts';

/** Name of the check of an answer that the vault's index makes; the others know one record only. */
export const otherPatients = 'other-patients';

type Told = Pick<Delegated, 'delegation' | 'userPseudonym'>;

/**
 * Ends an answer that holds by what another patient of the tenant is told, though the model was not shown it: for the
 * caller it is blocked as by any check. It is counted, and who hands in several such answers hands in no more for a while.
 *
 * @throws Refusal `answer_blocked`, `vault_unavailable`
 */
export async function refuseOthers(
  { delegation, userPseudonym }: Told,
  told: readonly string[],
  { limits, metrics, vault }: Pick<Services, 'limits' | 'metrics' | 'vault'>,
  failed: readonly string[],
): Promise<void> {
  const { patient, tenant } = delegation.scope;
  if (told.length === 0 || (await vault.ofOthers(tenant, patient, told)) === 0) return;
  metrics.otherPatient();
  await limits.aboutOthers(tenant, userPseudonym);
  throw new Refusal('answer_blocked', { facts: { failed: [...failed, otherPatients] } });
}
