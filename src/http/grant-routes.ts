import type { IncomingMessage } from 'node:http';
import { Refusal } from '../errors/refusal.ts';
import type { Grant } from '../policy/grants.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { readJson } from './body.ts';
import { type Caller, callerOf, userPseudonym } from './caller.ts';
import type { Face } from './face.ts';
import { decideOwn, ownRecordOf } from './office.ts';
import { routes } from './routes.ts';
import { checkRequest } from './validate.ts';

type GrantRequest = IncomingMessage & { readonly params?: Readonly<Record<string, unknown>> };
type GrantRoute = 'requestGrant' | 'approveGrant' | 'revokeGrant';

const minuteMs = 60_000;

/** Whether the caller asked for the grant, or it is about the caller's own record. */
const isOwn = (face: Face, caller: Caller, grant: Grant): boolean =>
  grant.user === userPseudonym(face.gateway.services, caller.user) ||
  grant.patient === ownRecordOf(face, caller);

const iso = (at: number): string => new Date(at).toISOString();

/** What a caller reads of a grant: pseudonyms for people, the ticket as it was named. */
function described(face: Face, grant: Grant) {
  const { approved, id, minutes, patient, purpose, requestedAt, revoked, task, ticket, user } = grant;
  return {
    id,
    state: face.gateway.services.grants.stateOf(grant),
    patient,
    user,
    task,
    purpose,
    ticket,
    minutes,
    requestedAt: iso(requestedAt),
    ...(approved === undefined
      ? {}
      : {
          approvedBy: approved.by,
          approvedAt: iso(approved.at),
          until: iso(approved.at + minutes * minuteMs),
        }),
    ...(revoked === undefined ? {} : { revokedBy: revoked.by, revokedAt: iso(revoked.at) }),
  };
}

/** What the trail says of a grant: the ticket as a hash of this trail. */
function noted(face: Face, tenantId: string, trail: string, grant: Grant) {
  const { id, minutes, patient, purpose, task, ticket } = grant;
  const { services } = face.gateway;
  return {
    grant: id,
    state: services.grants.stateOf(grant),
    patient,
    task,
    purpose,
    ticket: services.saltedHash({ tenantId, trail }, 'ticket', ticket),
    lifetime: minutes * 60,
  };
}

/** What the ticket system says; whoever has no open ticket there is refused, in the same words whatever is wrong with it. */
async function verified(
  face: Face,
  tenant: string,
  ticket: string,
  user: string,
  facts: Refusal['facts'],
): Promise<string> {
  const ticketState = await face.gateway.services.ticketState(tenant, ticket, user);
  if (ticketState !== 'verified' && ticketState !== 'unverified')
    throw new Refusal('ticket_not_verified', {
      sentence: 'Not allowed: the ticket system shows no such ticket that is open and assigned to who asked.',
      facts: { ...facts, ticketState },
    });
  return ticketState;
}

async function record(
  face: Face,
  at: { readonly trail: string; readonly tenant: string; readonly route: GrantRoute },
  facts: Readonly<Record<string, string | boolean | number | readonly string[]>>,
  grant: Grant,
): Promise<object> {
  const { method, path } = routes[at.route];
  await face.gateway.record(at.trail, 'grant.changed', at.tenant, {
    ...facts,
    ...noted(face, at.tenant, at.trail, grant),
    route: `${method.toUpperCase()} ${path}`,
    found: true,
  });
  await face.gateway.services.stores.settle();
  return described(face, grant);
}

/**
 * POST /v1/grants: a support agent asks for one task on one record, for a ticket and some minutes. It opens nothing
 * before somebody else approves it. Nothing is said of whether there is such a patient.
 *
 * @throws Refusal `policy_denied`, `task_unknown`, `purpose_not_allowed`, `ticket_*`, `store_unavailable`, `trail_unavailable`
 */
export async function requestGrant(face: Face, request: IncomingMessage, trail: string): Promise<object> {
  const { services } = face.gateway;
  const caller = await callerOf(face, request);
  const { tenant } = caller.user;
  const body = await readJson(request, face.bodyBytes);
  checkRequest('grantRequest', body);
  const { minutes, patient, purpose, task, ticket } = isRecord(body) ? body : {};
  const { allowed, facts, sentence } = decideOwn(face, caller, 'request_grant', false);
  if (!allowed) throw new Refusal('policy_denied', { sentence, facts });
  const terms = {
    task: String(task),
    purpose: String(purpose),
    ticket: String(ticket),
    minutes: Number(minutes),
  };
  const fault = services.admits({
    ...terms,
    tenant,
    actions: ['ask'],
    roles: caller.user.roles,
    workload: caller.workload,
  });
  if (fault !== undefined) throw new Refusal(fault);
  services.stores.demand();
  const user = userPseudonym(services, caller.user);
  const ticketState = await verified(face, tenant, terms.ticket, user, facts);
  const pseudonym = services.pseudonym(tenant, 'patient', String(patient));
  await services.enrolled.patient(tenant, pseudonym, String(patient));
  const grant = await services.grants.request(tenant, pseudonym, { ...terms, user });
  return record(face, { trail, tenant, route: 'requestGrant' }, { ...facts, ticketState }, grant);
}

/** The grant in the path; for who may not see it there is none. */
async function grantOf(face: Face, request: GrantRequest, { user }: Caller): Promise<Grant> {
  face.gateway.services.stores.demand();
  const grant = await face.gateway.services.grants.find(user.tenant, String(request.params?.['id']));
  if (grant === undefined) throw new Refusal('grant_not_visible');
  return grant;
}

/**
 * POST /v1/grants/{id}/approve: by an officer who did not ask for it. The minutes run from now.
 *
 * @throws Refusal `policy_denied`, `grant_not_visible`, `ticket_*`, `grant_not_pending`
 */
export async function approveGrant(face: Face, request: GrantRequest, trail: string): Promise<object> {
  const caller = await callerOf(face, request);
  const { tenant } = caller.user;
  // Who may approve nothing at all hears so whether or not there is such a grant.
  const office = decideOwn(face, caller, 'approve_grant', false);
  if (!office.allowed) throw new Refusal('policy_denied', { sentence: office.sentence, facts: office.facts });
  const grant = await grantOf(face, request, caller);
  const { allowed, facts, sentence } = decideOwn(face, caller, 'approve_grant', isOwn(face, caller, grant));
  if (!allowed) throw new Refusal('policy_denied', { sentence, facts });
  const { grants } = face.gateway.services;
  const ticketState = await verified(face, tenant, grant.ticket, grant.user, facts);
  const approved = await grants.approve(grant, userPseudonym(face.gateway.services, caller.user));
  return record(face, { trail, tenant, route: 'approveGrant' }, { ...facts, ticketState }, approved);
}

/**
 * POST /v1/grants/{id}/revoke: by who asked for it, by the patient, or by an officer. It counts at once, also for an
 * answer under way.
 *
 * @throws Refusal `grant_not_visible`
 */
export async function revokeGrant(face: Face, request: GrantRequest, trail: string): Promise<object> {
  const caller = await callerOf(face, request);
  const { tenant } = caller.user;
  const grant = await grantOf(face, request, caller);
  const { allowed, facts } = decideOwn(face, caller, 'revoke_grant', isOwn(face, caller, grant));
  if (!allowed) throw new Refusal('grant_not_visible');
  const { grants } = face.gateway.services;
  const revoked = await grants.revoke(grant, userPseudonym(face.gateway.services, caller.user));
  try {
    return await record(face, { trail, tenant, route: 'revokeGrant' }, facts, revoked);
  } finally {
    // Also where the trail failed: the grant is over from now on.
    await face.gateway.services.sessions.forgetOpening(tenant, grant.id);
  }
}

/** GET /v1/grants: those that the caller asked for, those about the caller's own record; for officers all. */
export async function listGrants(face: Face, request: IncomingMessage): Promise<object> {
  const caller = await callerOf(face, request);
  face.gateway.services.stores.demand();
  const all = await face.gateway.services.grants.list(caller.user.tenant);
  const officer = decideOwn(face, caller, 'approve_grant', false).allowed;
  const visible =
    caller.presented === undefined ? all.filter((grant) => officer || isOwn(face, caller, grant)) : [];
  return { grants: visible.map((grant) => described(face, grant)) };
}
