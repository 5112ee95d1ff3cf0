import { Refusal } from '../errors/refusal.ts';
import type { VerifiedUser, Workload } from '../vocabulary/person.ts';
import type { Peer } from './peer.ts';

/**
 * The workload that speaks, found by the client id of the user's token within the user's tenant. None, or more
 * than one, throws Refusal('workload_unknown'); so does a connection that has proven to be another workload.
 */
export function findWorkload(
  workloads: readonly Workload[],
  user: Pick<VerifiedUser, 'tenant' | 'clientId'>,
  peer?: Peer,
): Workload {
  const [found, second] = workloads.filter(
    (workload) => workload.tenant === user.tenant && workload.clientIds.includes(user.clientId),
  );
  if (found === undefined || second !== undefined) throw new Refusal('workload_unknown');
  if (peer !== undefined && found.spiffeIds?.includes(peer.id) !== true)
    throw new Refusal('workload_unknown');
  return found;
}
