import { Refusal } from '../../errors/refusal.ts';
import type { Delegated } from '../envelope.ts';
import type { Services } from '../services.ts';

/** Name of the check of an answer that the vault's index makes; the others know one record only. */
export const otherPatients = 'other-patients';

/** The same where the index is not asked any more: each value that the model was not shown counts. */
const unasked = `${otherPatients}-unasked`;

/** Asked at once, so that the vault's other work waits no longer than for these; and at most of one answer. */
const values = { atOnce: 1000, most: 50_000 } as const;

/** What is needed of the services. */
interface Asked {
  readonly limits: Pick<Services['limits'], 'aboutOthers' | 'waitAboutOthers'>;
  readonly metrics: Pick<Services['metrics'], 'otherPatient'>;
  readonly vault: Pick<Services['vault'], 'ofOthers'>;
}

interface Told extends Pick<Delegated, 'userPseudonym'> {
  readonly delegation: { readonly scope: Pick<Delegated['delegation']['scope'], 'tenant' | 'patient'> };
}

/**
 * Ends an answer that holds by what another patient of the tenant is told, though the model was not shown it: for the
 * caller it is blocked as by any check. It is counted, and to who has had several such answers all are blocked for a while
 * that hold a value of this shape which the model was not shown, whosever it is: or a model that repeats what it is told
 * would be asked, number by number, whose they are. Who hands answers in hands in no more. Nor is asked of an answer with
 * more values than answers have: it is blocked.
 *
 * @throws Refusal `answer_blocked`, `vault_unavailable`
 */
export async function refuseOthers(
  { delegation, userPseudonym }: Told,
  told: readonly string[],
  { limits, metrics, vault }: Asked,
  failed: readonly string[],
): Promise<void> {
  const { patient, tenant } = delegation.scope;
  if (told.length === 0) return;
  if (told.length > values.most || (await limits.waitAboutOthers(tenant, userPseudonym)) > 0)
    throw new Refusal('answer_blocked', { facts: { failed: [...failed, unasked] } });
  let found = 0;
  for (let at = 0; at < told.length && found === 0; at += values.atOnce)
    found = await vault.ofOthers(tenant, patient, told.slice(at, at + values.atOnce));
  if (found === 0) return;
  metrics.otherPatient();
  await limits.aboutOthers(tenant, userPseudonym);
  throw new Refusal('answer_blocked', { facts: { failed: [...failed, otherPatients] } });
}
