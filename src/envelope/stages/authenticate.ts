import { asRefusal, Refusal } from '../../errors/refusal.ts';
import { checkOrigin } from '../../identity/browser-origin.ts';
import type { Credentials } from '../../identity/credentials.ts';
import { findActors } from '../../identity/find-workload.ts';
import { provePossession, type Sender } from '../../identity/possession.ts';
import { issuerSubject } from '../../sessions/session-names.ts';
import type { VerifiedUser } from '../../vocabulary/person.ts';
import type { Authenticated, Opened, StandingCheck } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { Facts, StageResult } from '../stage.ts';
import { assertUnexpired } from '../unexpired.ts';

/** What the trail may say about a signed-in user. */
export function askerFacts(services: Services, user: VerifiedUser): Facts {
  return {
    user: userPseudonym(services, user),
    client: user.clientId,
    roles: user.roles,
    acr: user.acr ?? '',
    session: services.sessions.idOf(user),
  };
}

/** Whom the pseudonym of a user stands for. */
export const subjectOf = ({ issuer, subject }: Pick<VerifiedUser, 'issuer' | 'subject'>): string =>
  issuerSubject(issuer, subject);

export const userPseudonym = (services: Services, user: VerifiedUser): string =>
  services.sessions.userOf(user);

/**
 * A verification that failed counts against the address that it came from: past the limit it is told to slow down
 * instead of why. Addresses are those of connections, never of headers.
 */
export async function counted<T>(
  services: Services,
  verification: Promise<T>,
  address: string | undefined,
): Promise<T> {
  try {
    return await verification;
  } catch (thrown) {
    if (asRefusal(thrown).code === 'invalid_token') await services.limits.failedSignIn(address ?? '');
    throw thrown;
  }
}

export type Caller = Pick<Authenticated, 'user' | 'workload' | 'tenant' | 'presented' | 'actedBefore'>;

/** A caller, and how whoever sent the token has proven to be the one it was made for. */
export interface Identified extends Caller {
  readonly sender: Sender;
}

/**
 * Who speaks, by an issuer's access token or a delegated token of our own. Which of the two it is decides only which
 * verifier sees it; either one refuses what it did not issue. The workload is the one that the token was issued to
 * (`client_id`, RFC 9068; or `azp`), in the user's tenant, and the one that the connection has proven: a token of a
 * client that is nobody's workload there, or of another workload than the certificate's, is refused on every route,
 * unless its `may_act` (RFC 8693, section 4.4) names the certificate's. What the token is bound to must be proven.
 *
 * @throws Refusal `token_*`, `proof_*`, `session_ended`, `workload_unknown`, `origin_not_allowed`, `rate_limited`
 */
export async function identify(services: Services, shown: Credentials): Promise<Identified> {
  const { address, resource, token } = shown;
  const presented = services.tokens.isOwn(token)
    ? await counted(services, services.tokens.verifyDelegated(token), address)
    : undefined;
  const user = presented?.user ?? (await counted(services, services.users.verify(token, resource), address));
  return workloadOf(services, shown, user, presented).catch((thrown: unknown) => {
    throw asRefusal(thrown).within(user.tenant);
  });
}

async function workloadOf(
  services: Services,
  shown: Credentials,
  user: VerifiedUser,
  presented: Caller['presented'],
): Promise<Identified> {
  const { origin, peer } = shown;
  const tenant = services.tenants.get(user.tenant);
  if (tenant === undefined) throw new Refusal('token_claims');
  const { actor: workload, before: actedBefore } = findActors(tenant.config.workloads, user, peer);
  if (presented !== undefined && presented.workload !== workload.id) throw new Refusal('workload_unknown');
  checkOrigin(origin, workload, tenant.config.workloads);
  const bound = presented === undefined ? user.confirmation : presented.confirmation;
  const sender = await provePossession(shown, bound, workload, services.proofs);
  // Last: whoever cannot prove the token keeps no session awake.
  await services.sessions.enter(user);
  await services.limits.request({
    tenant: user.tenant,
    user: userPseudonym(services, user),
    workload: workload.id,
  });
  await services.enrolled.user(user.tenant, userPseudonym(services, user), subjectOf(user));
  return { user, workload, actedBefore, tenant, presented, sender };
}

/** Who asks, on which workload; what must still stand of it at every barrier is the token. */
export async function authenticate(
  envelope: Opened,
  services: Services,
): Promise<StageResult<Authenticated>> {
  const { user, workload, actedBefore, tenant, presented, sender } =
    envelope.identified ?? (await identify(services, envelope.credentials));
  const standing: StandingCheck = {
    name: 'token',
    when: 'barrier',
    ask: async () => {
      assertUnexpired(services.clock, presented?.expiresAt ?? user.expiresAt);
      const ids = [presented?.tokenId, user.tokenId].filter((id) => id !== undefined);
      await services.sessions.stands(user, ids);
    },
  };
  const atIssuer: StandingCheck = {
    name: 'issuer',
    when: 'delivery',
    ask: async () => {
      if (presented !== undefined) return;
      const { resource, token } = envelope.credentials;
      await services.users.stillActive(token, user, resource).catch((thrown: unknown) => {
        const refusal = asRefusal(thrown);
        throw refusal.code === 'invalid_token' ? new Refusal('revoked', { cause: thrown }) : refusal;
      });
    },
  };
  return {
    envelope: {
      ...envelope,
      tenantId: user.tenant,
      user,
      workload,
      actedBefore,
      tenant,
      presented,
      userPseudonym: userPseudonym(services, user),
      standing: [...envelope.standing, standing, atIssuer],
    },
    facts: {
      ...askerFacts(services, user),
      workload: workload.id,
      sender,
      ...(presented === undefined ? {} : { exchange: presented.txn }),
    },
  };
}
