import type { IncomingMessage } from 'node:http';
import { exchange } from '../delegation/exchange.ts';
import type { PatientSearch, TokenOwner } from '../delegation/ports.ts';
import { exchangePolicy } from '../envelope/exchange-policy.ts';
import { ServerWatch } from '../envelope/server-watch.ts';
import type { Facts } from '../envelope/stage.ts';
import { namedPatient } from '../envelope/stages/named-patient.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { senderOf } from '../identity/possession.ts';
import type { VerifiedUser, Workload } from '../vocabulary/person.ts';
import { readForm } from './body.ts';
import { askerFacts, callerOf, counted, recognise, subjectOf, userPseudonym } from './caller.ts';
import { originOf } from './cors.ts';
import { shownProof } from './credentials.ts';
import type { Face } from './face.ts';
import { checkRequest } from './validate.ts';

/** Ends as a refusal of the user's tenant. */
const within =
  ({ tenant }: VerifiedUser) =>
  (thrown: unknown): never => {
    throw asRefusal(thrown).within(tenant);
  };

/** Finds the patient whom an exchange names by an identifier. That somebody is searched for is on the trail before. */
const patientSearch =
  ({ gateway }: Face, trail: string) =>
  (user: VerifiedUser, workload: Workload): PatientSearch =>
  async (identifier) => {
    const { services } = gateway;
    const tenant = services.tenants.get(user.tenant);
    if (tenant === undefined) throw new Refusal('token_claims');
    await gateway.record(trail, 'patient.searched', user.tenant, {
      ...askerFacts(services, user),
      workload: workload.id,
      server: tenant.config.fhir.id,
      route: 'POST /oauth/token',
    });
    // As at every barrier: nothing of a record is asked for while the log may be rewritten unseen.
    if (!services.transparency.witnessed()) throw new Refusal('trail_unavailable');
    // Nothing ends it but the time that the server itself has for a search.
    const { signal } = new AbortController();
    const servers = new ServerWatch(services, { trail, tenantId: user.tenant });
    return namedPatient(identifier, { tenant, trail, signal, servers }, services);
  };

/** POST /oauth/token (RFC 8693). The exchange is on the trail before the token leaves. */
export async function exchangeToken(face: Face, request: IncomingMessage, trail: string): Promise<object> {
  const { services } = face.gateway;
  services.stores.demand();
  // The end of what a new token would begin needs room as well.
  if (services.reserve.spent()) throw new Refusal('trail_unavailable');
  const form = await readForm(request, face.bodyBytes);
  const entered = async (verification: Promise<VerifiedUser>): Promise<VerifiedUser> => {
    const user = await counted(services, verification, request.socket.remoteAddress);
    await services.sessions.enter(user).catch(within(user));
    await services.limits
      .request({ tenant: user.tenant, user: userPseudonym(services, user) })
      .catch(within(user));
    recognise(request, services, user);
    return user;
  };
  const { answer, decision, delegation } = await exchange(
    {
      form,
      txn: trail,
      peer: face.peers.of(request),
      proof: shownProof(face, request),
      origin: originOf(request),
    },
    {
      clock: services.clock,
      randomness: services.randomness,
      admits: services.admits,
      assured: services.assured,
      lifetimeSeconds: services.config.limits.delegatedTokenSeconds,
      limits: services.workLimits,
      permits: exchangePolicy(services),
      search: patientSearch(face, trail),
      users: {
        ...services.users,
        verify: (token) => entered(services.users.verify(token)),
        verifyIdToken: (token) => entered(services.users.verifyIdToken(token)),
      },
      tokens: services.tokens,
      proofs: services.proofs,
      assertions: services.assertions,
      workloads: services.config.tenants.flatMap((tenant) => tenant.workloads),
      audience: face.publicUrl,
    },
  );
  const { scope, user } = delegation;
  const patient = services.pseudonym(scope.tenant, 'patient', scope.patient);
  await services.enrolled.user(user.tenant, userPseudonym(services, user), subjectOf(user));
  await services.enrolled.patient(scope.tenant, patient, scope.patient);
  await face.gateway.record(trail, 'token.delegated', scope.tenant, {
    ...askerFacts(services, user),
    workload: delegation.workload,
    sender: senderOf(delegation.confirmation),
    patient,
    task: scope.task,
    purpose: scope.purpose,
    actions: scope.actions,
    dataTypes: scope.data ?? [],
    retention: scope.retention ?? 0,
    lifetime: answer.expires_in,
    ...decision,
    route: 'POST /oauth/token',
  });
  return answer;
}

/** Only the client that a delegated token was made for may ask about it or end it: it shows its own user token. */
async function ownerOf(
  face: Face,
  request: IncomingMessage,
): Promise<{ readonly owner: TokenOwner; readonly facts: Facts }> {
  const { presented, user, workload } = await callerOf(face, request);
  if (presented !== undefined) throw new Refusal('token_type');
  return {
    owner: { tenant: user.tenant, clientId: user.clientId },
    facts: { ...askerFacts(face.gateway.services, user), workload: workload.id },
  };
}

async function tokenOf(face: Face, request: IncomingMessage): Promise<string> {
  const form = await readForm(request, face.bodyBytes);
  checkRequest('introspectionRequest', form);
  if (form['token'] === undefined) throw new Refusal('malformed_request', { fault: '/token' });
  return form['token'];
}

/** POST /oauth/introspect (RFC 7662). That somebody asked is on the trail before the answer leaves. */
export async function introspectToken(face: Face, request: IncomingMessage, trail: string): Promise<object> {
  const { facts, owner } = await ownerOf(face, request);
  const answer = await face.gateway.services.tokens.introspect(await tokenOf(face, request), owner);
  await face.gateway.record(trail, 'token.introspected', owner.tenant, {
    ...facts,
    route: 'POST /oauth/introspect',
    found: answer.active,
  });
  return answer;
}

/** Ends a token of its own client; answers whether there was one to end. */
async function endToken(face: Face, token: string, owner: TokenOwner): Promise<boolean> {
  const { revocations, tokens, users } = face.gateway.services;
  if (tokens.isOwn(token)) return tokens.revoke(token, owner);
  const held = await users.verify(token).catch((thrown: unknown) => {
    if (asRefusal(thrown).code === 'invalid_token') return undefined;
    throw thrown;
  });
  if (held?.tokenId === undefined || held.tenant !== owner.tenant || held.clientId !== owner.clientId)
    return false;
  await revocations.revoke(held.tenant, held.tokenId, held.expiresAt);
  return true;
}

/**
 * POST /oauth/revoke (RFC 7009) of a delegated token or of a user's own access token: answers the same whether or not
 * there was something to end; the trail says which.
 */
export async function revokeToken(face: Face, request: IncomingMessage, trail: string): Promise<object> {
  const { facts, owner } = await ownerOf(face, request);
  const found = await endToken(face, await tokenOf(face, request), owner);
  await face.gateway.record(trail, 'token.revoked', owner.tenant, {
    ...facts,
    route: 'POST /oauth/revoke',
    found,
  });
  return {};
}
