import type { IncomingMessage } from 'node:http';
import { Refusal } from '../errors/refusal.ts';
import { type ProxyGrant, stateOf } from '../policy/proxies.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { isOrderedId } from '../vocabulary/ordered-id.ts';
import { readJson } from './body.ts';
import { type Caller, callerOf, userPseudonym } from './caller.ts';
import type { Face } from './face.ts';
import { decideOwn, ownRecordOf } from './office.ts';
import { proxyTermsOf } from './proxy-body.ts';
import { routes } from './routes.ts';
import { checkRequest } from './validate.ts';

type ProxyHttpRequest = IncomingMessage & {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
};
type ProxyRoute = 'askProxy' | 'proxies' | 'confirmProxy' | 'endProxy';

/** Of what an officer reads. */
const pageSize = 50;

const iso = (at: number): string => new Date(at).toISOString();
const routeOf = (name: ProxyRoute): string => `${routes[name].method.toUpperCase()} ${routes[name].path}`;

/**
 * What a caller reads of it: officers all, a patient all but the evidence. Whoever acts for a patient does not see what
 * the patient shares or keeps back, who looked into it and who ended it: that it ended is all.
 */
function described(face: Face, grant: ProxyGrant, as: 'officer' | 'patient' | 'proxy') {
  const { at, by, confirmed, id, patient, person, relatedPerson, relation, revoked, shares, tasks } = grant;
  const state = stateOf(grant, face.gateway.services.clinicalClock.now());
  const said = { id, relation, patient, person, tasks, askedAt: iso(at), until: iso(grant.until) };
  if (as === 'proxy') return { ...said, state: state === 'revoked' ? 'ended' : state };
  return {
    ...said,
    state,
    user: grant.user,
    shares,
    ...(relatedPerson === undefined ? {} : { relatedPerson }),
    askedBy: by,
    ...(confirmed === undefined
      ? {}
      : {
          confirmedBy: confirmed.by,
          confirmedAt: iso(confirmed.at),
          ...(as === 'officer' ? { evidence: confirmed.evidence } : {}),
        }),
    ...(revoked === undefined ? {} : { revokedBy: revoked.by, revokedAt: iso(revoked.at) }),
  };
}

async function recordChange(
  face: Face,
  at: { readonly trail: string; readonly tenant: string; readonly route: ProxyRoute },
  facts: Readonly<Record<string, string | boolean | number | readonly string[]>>,
  grant: ProxyGrant,
): Promise<void> {
  const { services } = face.gateway;
  const { tenant: tenantId, trail } = at;
  const { confirmed, id, patient, relation, until, user } = grant;
  await face.gateway.record(trail, 'proxy.changed', tenantId, {
    ...facts,
    route: routeOf(at.route),
    proxy: id,
    relation,
    person: user,
    state: stateOf(grant, services.clinicalClock.now()),
    ...(confirmed === undefined
      ? {}
      : { textHash: services.saltedHash({ tenantId, trail }, 'proxy', confirmed.evidence) }),
    patient,
    until,
    found: true,
  });
  await services.stores.settle();
}

/**
 * POST /v1/proxies: a patient names who acts for them, which counts when the answer leaves; or somebody asks to act as
 * a parent, a guardian or an executor, which opens nothing before somebody else confirms it. Nothing is said of whether
 * there is such a patient.
 *
 * @throws Refusal `malformed_request`, `policy_denied`, `task_unknown`, `proxy_limit`, `store_unavailable`
 */
export async function askProxy(face: Face, request: IncomingMessage, trail: string): Promise<object> {
  const { services } = face.gateway;
  const caller = await callerOf(face, request);
  const { tenant } = caller.user;
  const body = await readJson(request, face.bodyBytes);
  checkRequest('proxyRequest', body);
  const { isOwn, patient, terms } = proxyTermsOf(face, caller, body);
  const action = terms.relation === 'chosen' ? 'name_proxy' : 'request_proxy';
  const { allowed, facts, sentence } = decideOwn(face, caller, action, isOwn);
  if (!allowed) throw new Refusal('policy_denied', { sentence, facts });
  services.stores.demand();
  const pseudonym = services.pseudonym(tenant, 'patient', patient);
  await services.enrolled.patient(tenant, pseudonym, patient);
  const { issuer, subject } = terms.person;
  await services.enrolled.user(tenant, terms.user, JSON.stringify([issuer, subject]));
  const grant = await services.proxies.ask(tenant, pseudonym, terms);
  await recordChange(face, { trail, tenant, route: 'askProxy' }, facts, grant);
  return described(face, grant, terms.relation === 'chosen' ? 'patient' : 'proxy');
}

/** The grant in the path; for who may not see it there is none. */
async function grantOf(face: Face, request: ProxyHttpRequest, { user }: Caller): Promise<ProxyGrant> {
  const { proxies, stores } = face.gateway.services;
  stores.demand();
  const grant = await proxies.find(user.tenant, String(request.params?.['id']));
  if (grant === undefined) throw new Refusal('proxy_not_visible');
  return grant;
}

/**
 * POST /v1/proxies/{id}/confirm: by an officer who has verified the relation, who neither asked for it nor gains by it.
 *
 * @throws Refusal `policy_denied`, `proxy_not_visible`, `proxy_not_pending`, `store_unavailable`
 */
export async function confirmProxy(face: Face, request: ProxyHttpRequest, trail: string): Promise<object> {
  const caller = await callerOf(face, request);
  const { tenant } = caller.user;
  const body = await readJson(request, face.bodyBytes);
  checkRequest('proxyConfirmation', body);
  const evidence = isRecord(body) ? String(body['evidence']) : '';
  // Who may confirm nothing at all hears so whether or not there is such a request.
  const office = decideOwn(face, caller, 'confirm_proxy', false);
  if (!office.allowed) throw new Refusal('policy_denied', { sentence: office.sentence, facts: office.facts });
  const grant = await grantOf(face, request, caller);
  const by = userPseudonym(face.gateway.services, caller.user);
  const isOwn = grant.user === by || grant.by === by || grant.patient === ownRecordOf(face, caller);
  const { allowed, facts, sentence } = decideOwn(face, caller, 'confirm_proxy', isOwn);
  if (!allowed) throw new Refusal('policy_denied', { sentence, facts });
  const confirmed = await face.gateway.services.proxies.confirm(grant, by, evidence);
  await recordChange(face, { trail, tenant, route: 'confirmProxy' }, facts, confirmed);
  return described(face, confirmed, 'officer');
}

/**
 * POST /v1/proxies/{id}/revoke: by the patient, by an officer, or by who acts. It counts at once, also for an answer
 * under way.
 *
 * @throws Refusal `proxy_not_visible`, `store_unavailable`
 */
export async function endProxy(face: Face, request: ProxyHttpRequest, trail: string): Promise<object> {
  const caller = await callerOf(face, request);
  const { tenant } = caller.user;
  const grant = await grantOf(face, request, caller);
  const by = userPseudonym(face.gateway.services, caller.user);
  const isPatient = grant.patient === ownRecordOf(face, caller);
  const office = decideOwn(face, caller, 'end_proxy', false);
  const { allowed, facts } = decideOwn(face, caller, 'end_proxy', isPatient || grant.user === by);
  if (!allowed) throw new Refusal('proxy_not_visible');
  const ended = await face.gateway.services.proxies.revoke(grant, by);
  await recordChange(face, { trail, tenant, route: 'endProxy' }, facts, ended);
  if (isPatient) return described(face, ended, 'patient');
  return described(face, ended, office.allowed ? 'officer' : 'proxy');
}

/**
 * GET /v1/proxies: for a patient those of the own record, for who acts for somebody their own, for officers those of the
 * tenant, a page at a time. That an officer read is on the trail before the answer leaves.
 */
export async function listProxies(face: Face, request: ProxyHttpRequest, trail: string): Promise<object> {
  const { services } = face.gateway;
  const caller = await callerOf(face, request);
  const { presented, user } = caller;
  const before = request.query?.['before'];
  if (before !== undefined && !isOrderedId(before))
    throw new Refusal('malformed_request', { fault: '/before' });
  services.stores.demand();
  const { allowed: officer, facts } = decideOwn(face, caller, 'confirm_proxy', false);
  const self = userPseudonym(services, user);
  const record = ownRecordOf(face, caller);
  const { next, proxies: all } =
    officer && presented === undefined
      ? await services.proxies.page(user.tenant, {
          limit: pageSize,
          ...(before === undefined ? {} : { before }),
        })
      : { proxies: [] };
  const lists =
    presented === undefined
      ? await Promise.all([
          officer || record === undefined ? [] : services.proxies.list(user.tenant, { patient: record }),
          officer ? [] : services.proxies.list(user.tenant, { user: self }),
        ])
      : [];
  const [own = [], acting = []] = lists;
  if (officer)
    await face.gateway.record(trail, 'proxy.changed', user.tenant, {
      ...facts,
      route: routeOf('proxies'),
      found: all.length > 0,
    });
  return {
    proxies: [
      ...all.map((one) => described(face, one, 'officer')),
      ...own.map((one) => described(face, one, 'patient')),
      ...acting.filter(({ patient }) => patient !== record).map((one) => described(face, one, 'proxy')),
    ],
    ...(next === undefined ? {} : { next }),
  };
}
