import type { IncomingMessage } from 'node:http';
import { exchange } from '../delegation/exchange.ts';
import type { TokenOwner } from '../delegation/ports.ts';
import { exchangePolicy } from '../envelope/exchange-policy.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { senderOf } from '../identity/possession.ts';
import type { VerifiedUser } from '../vocabulary/person.ts';
import { readForm } from './body.ts';
import { askerFacts, callerOf, counted, subjectOf, userPseudonym } from './caller.ts';
import { originOf } from './cors.ts';
import { shownProof } from './credentials.ts';
import type { Face } from './face.ts';
import { checkRequest } from './validate.ts';

/** POST /oauth/token (RFC 8693). The exchange is on the trail before the token leaves. */
export async function exchangeToken(face: Face, request: IncomingMessage, trail: string): Promise<object> {
  const { services } = face.gateway;
  services.stores.demand();
  const form = await readForm(request, face.bodyBytes);
  const entered = async (verification: Promise<VerifiedUser>): Promise<VerifiedUser> => {
    const user = await counted(services, verification, request.socket.remoteAddress);
    await services.sessions.enter(user);
    await services.limits.request({ tenant: user.tenant, user: userPseudonym(services, user) });
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
async function ownerOf(face: Face, request: IncomingMessage): Promise<TokenOwner> {
  const { presented, user } = await callerOf(face, request);
  if (presented !== undefined) throw new Refusal('token_type');
  return { tenant: user.tenant, clientId: user.clientId };
}

async function tokenOf(face: Face, request: IncomingMessage): Promise<string> {
  const form = await readForm(request, face.bodyBytes);
  checkRequest('introspectionRequest', form);
  if (form['token'] === undefined) throw new Refusal('malformed_request', { fault: '/token' });
  return form['token'];
}

/** POST /oauth/introspect (RFC 7662). */
export async function introspectToken(face: Face, request: IncomingMessage): Promise<object> {
  const owner = await ownerOf(face, request);
  return face.gateway.services.tokens.introspect(await tokenOf(face, request), owner);
}

/**
 * POST /oauth/revoke (RFC 7009) of a delegated token or of a user's own access token: answers the same whether or not
 * there was something to end.
 */
export async function revokeToken(face: Face, request: IncomingMessage): Promise<object> {
  const { revocations, tokens, users } = face.gateway.services;
  const owner = await ownerOf(face, request);
  const token = await tokenOf(face, request);
  if (tokens.isOwn(token)) {
    await tokens.revoke(token, owner);
    return {};
  }
  const held = await users.verify(token).catch((thrown: unknown) => {
    if (asRefusal(thrown).code === 'invalid_token') return undefined;
    throw thrown;
  });
  if (held?.tokenId !== undefined && held.tenant === owner.tenant && held.clientId === owner.clientId)
    await revocations.revoke(held.tenant, held.tokenId, held.expiresAt);
  return {};
}
