import { Refusal } from '../errors/refusal.ts';
import type { VerifiedUser, Workload } from '../vocabulary/person.ts';
import type { Peer } from './peer.ts';

const namedBy = (workload: Workload, names: readonly string[]): boolean =>
  names.some((name) => workload.clientIds.includes(name) || workload.spiffeIds?.includes(name) === true);

/**
 * The workload that speaks, within the user's tenant: the one that the client id of the user's token means. Where the
 * connection has proven a workload, it must be that one, or the one that `may_act` of the token names (RFC 8693,
 * section 4.4), which then speaks. Without a proof `may_act` counts for nothing: anybody could claim to be named. None,
 * or more than one, throws Refusal('workload_unknown').
 */
export const findWorkload = (
  workloads: readonly Workload[],
  user: Pick<VerifiedUser, 'tenant' | 'clientId' | 'mayAct'>,
  peer?: Peer,
): Workload => findActors(workloads, user, peer).actor;

/** The same, with the workload of the client that it acts for, where that is another one. */
export function findActors(
  workloads: readonly Workload[],
  user: Pick<VerifiedUser, 'tenant' | 'clientId' | 'mayAct'>,
  peer?: Peer,
): { readonly actor: Workload; readonly before: readonly string[] } {
  const own = workloads.filter(({ tenant }) => tenant === user.tenant);
  const [found, second] = own.filter((workload) =>
    peer === undefined
      ? workload.clientIds.includes(user.clientId)
      : workload.spiffeIds?.includes(peer.id) === true &&
        (workload.clientIds.includes(user.clientId) || namedBy(workload, user.mayAct ?? [])),
  );
  if (found === undefined || second !== undefined) throw new Refusal('workload_unknown');
  // The client itself must be somebody's, whoever acts for it.
  const [client, another] = own.filter(({ clientIds }) => clientIds.includes(user.clientId));
  if (client === undefined || another !== undefined) throw new Refusal('workload_unknown');
  return { actor: found, before: client.id === found.id ? [] : [client.id] };
}
