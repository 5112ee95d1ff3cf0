import { Refusal } from '../errors/refusal.ts';
import type { VerifiedUser, Workload } from '../vocabulary/person.ts';

/**
 * The workload that speaks, found by the client id of the user's token within the user's tenant. None, or more
 * than one, throws Refusal('workload_unknown').
 */
export function findWorkload(
  workloads: readonly Workload[],
  user: Pick<VerifiedUser, 'tenant' | 'clientId'>,
): Workload {
  const [found, second] = workloads.filter(
    (workload) => workload.tenant === user.tenant && workload.clientIds.includes(user.clientId),
  );
  if (found === undefined || second !== undefined) throw new Refusal('workload_unknown');
  return found;
}
