import type { IncomingMessage } from 'node:http';
import { captureCaps, patientOf, readKept, takeConsent } from '../consent/capture.ts';
import type { KeptConsent } from '../consent/kept-consents.ts';
import { denies, keepsFrom, opensTo, type PossibleAsker } from '../consent/reach.ts';
import { Refusal } from '../errors/refusal.ts';
import { actorReferences } from '../policy/relations.ts';
import { isOrderedId } from '../vocabulary/ordered-id.ts';
import { type Caller, callerOf, userPseudonym } from './caller.ts';
import { readConsentBody } from './consent-body.ts';
import type { Face } from './face.ts';
import { decideConsentOffice, ownId } from './office.ts';
import { routes } from './routes.ts';

type ConsentHttpRequest = IncomingMessage & {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
};
type ConsentRoute = 'captureConsent' | 'consents' | 'consent' | 'revokeConsent';

/** Consents handed out at once. */
const pageSize = 50;

const iso = (at: number): string => new Date(at).toISOString();
const routeOf = (name: ConsentRoute): string => `${routes[name].method.toUpperCase()} ${routes[name].path}`;

/** As whom the caller could ask about records: under which names, and for which purposes any task is open to them. */
function possibleAsker({ gateway }: Face, { user }: Caller): PossibleAsker {
  const purposes = gateway.services.tasks
    .list()
    .flatMap((task) => user.roles.flatMap((role) => task.roles[role] ?? []));
  return { actors: actorReferences(user.fhirUser), roles: user.roles, purposes: [...new Set(purposes)] };
}

/** What a caller reads of a consent: pseudonyms for people. */
function described({ at, by, byPatient, id, patient, revoked }: KeptConsent) {
  return {
    id,
    state: revoked === undefined ? 'active' : 'revoked',
    patient,
    capturedBy: by,
    byPatient,
    capturedAt: iso(at),
    ...(revoked === undefined ? {} : { revokedBy: revoked.by, revokedAt: iso(revoked.at) }),
  };
}

const whole = (consent: KeptConsent): object => {
  const { revoked, resource } = consent;
  return {
    ...described(consent),
    consent: revoked === undefined ? resource : { ...resource, status: 'inactive' },
  };
};

/** Puts a change on the trail, with the state after it and a salted hash of what the consent says. */
async function recordChange(
  face: Face,
  at: { readonly trail: string; readonly tenant: string; readonly route: ConsentRoute },
  facts: Readonly<Record<string, string | boolean | readonly string[]>>,
  consent: KeptConsent,
): Promise<object> {
  const { services } = face.gateway;
  const { tenant: tenantId, trail } = at;
  const { id, patient, resource, revoked } = consent;
  await face.gateway.record(trail, 'consent.changed', tenantId, {
    ...facts,
    route: routeOf(at.route),
    consent: id,
    consentHash: services.saltedHash({ tenantId, trail }, 'consent', JSON.stringify(resource)),
    state: revoked === undefined ? 'active' : 'revoked',
    patient,
    found: true,
  });
  await services.stores.settle();
  return whole(consent);
}

/**
 * POST /v1/consents: a FHIR R4 Consent, or a form that becomes one. It counts when the answer leaves, also for requests
 * under way. Nothing is said of whether there is such a patient.
 *
 * @throws Refusal `consents_elsewhere`, `consent_unusable`, `consent_limit`, `policy_denied`, `store_unavailable`
 */
export async function captureConsent(face: Face, request: IncomingMessage, trail: string): Promise<object> {
  const { services } = face.gateway;
  const caller = await callerOf(face, request);
  const { id: tenant, consentSource } = caller.tenant.config;
  const self = ownId(caller);
  const limit = Math.min(face.bodyBytes, captureCaps.bytes);
  const { consent, patient } = await readConsentBody(request, limit, self);
  const byPatient = patient === self;
  const id = services.randomness.uuid();
  const at = services.clinicalClock.now();
  const { read, resource } = takeConsent(consent, { id, patient, at, byPatient });
  const { allowed, facts, sentence } = decideConsentOffice(face, caller, 'capture_consent', {
    ownRecord: byPatient,
    opensToAsker: opensTo(read, possibleAsker(face, caller)),
    patientsDenial: byPatient && denies(read),
  });
  if (!allowed) throw new Refusal('policy_denied', { sentence, facts });
  if (consentSource === 'fhir') throw new Refusal('consents_elsewhere', { sentence: elsewhere });
  services.stores.demand();
  const pseudonym = services.pseudonym(tenant, 'patient', patient);
  await services.enrolled.patient(tenant, pseudonym, patient);
  const kept = await services.keptConsents.capture(tenant, pseudonym, id, {
    resource,
    by: userPseudonym(services, caller.user),
    byPatient,
    denies: denies(read),
  });
  return recordChange(face, { trail, tenant, route: 'captureConsent' }, facts, kept);
}

const elsewhere =
  'Here only the consents in the record system count (consentSource), so that none is kept: have it recorded there.';

/** What policy goes by where somebody reads or ends a consent. */
function factsOf(face: Face, caller: Caller, kept: KeptConsent) {
  const own = ownId(caller);
  const { services } = face.gateway;
  const subject = patientOf(kept.resource);
  const read = subject === undefined ? undefined : readKept(kept.resource, subject);
  return {
    ownRecord: own !== undefined && services.pseudonym(caller.user.tenant, 'patient', own) === kept.patient,
    // Ended, it keeps nothing from anybody. One that cannot be read any more is taken to have kept something.
    opensToAsker: read === undefined || keepsFrom(read, possibleAsker(face, caller)),
    patientsDenial: kept.byPatient && kept.denies,
  };
}

/** The consent in the path, for who may read it; for others there is none. */
async function visibleConsent(face: Face, request: ConsentHttpRequest, caller: Caller) {
  const id = String(request.params?.['id']);
  const { keptConsents, stores } = face.gateway.services;
  stores.demand();
  const kept = isOrderedId(id) ? await keptConsents.find(caller.user.tenant, id) : undefined;
  const facts = kept === undefined ? undefined : factsOf(face, caller, kept);
  const decision = facts === undefined ? undefined : decideConsentOffice(face, caller, 'read_consent', facts);
  if (kept === undefined || facts === undefined || decision?.allowed !== true)
    throw new Refusal('consent_not_visible');
  return { kept, facts, decision };
}

/**
 * GET /v1/consents/{id}: for the patient and for officers. Who read is on the trail before the answer leaves.
 *
 * @throws Refusal `consent_not_visible`
 */
export async function readConsent(face: Face, request: ConsentHttpRequest, trail: string): Promise<object> {
  const caller = await callerOf(face, request);
  const { decision, kept } = await visibleConsent(face, request, caller);
  await face.gateway.record(trail, 'consent.read', caller.user.tenant, {
    ...decision.facts,
    route: routeOf('consent'),
    consent: kept.id,
    patient: kept.patient,
    found: true,
    handed: 1,
  });
  return whole(kept);
}

/** GET /v1/consents: the newest first, a page at a time. Who read is on the trail before the answer leaves. */
export async function listConsents(face: Face, request: ConsentHttpRequest, trail: string): Promise<object> {
  const { services } = face.gateway;
  const caller = await callerOf(face, request);
  const { tenant } = caller.user;
  const before = request.query?.['before'];
  if (before !== undefined && !isOrderedId(before))
    throw new Refusal('malformed_request', { fault: '/before' });
  const others = { ownRecord: false, opensToAsker: false, patientsDenial: false };
  const office = decideConsentOffice(face, caller, 'read_consent', others);
  const own = ownId(caller);
  const decision =
    office.allowed || own === undefined
      ? office
      : decideConsentOffice(face, caller, 'read_consent', { ...others, ownRecord: true });
  if (!decision.allowed)
    throw new Refusal('policy_denied', { sentence: decision.sentence, facts: decision.facts });
  services.stores.demand();
  const patient =
    office.allowed || own === undefined ? undefined : services.pseudonym(tenant, 'patient', own);
  const { consents, next } = await services.keptConsents.list(tenant, {
    limit: pageSize,
    ...(before === undefined ? {} : { before }),
    ...(patient === undefined ? {} : { patient }),
  });
  await face.gateway.record(trail, 'consent.read', tenant, {
    ...decision.facts,
    route: routeOf('consents'),
    ...(patient === undefined ? {} : { patient }),
    found: consents.length > 0,
    handed: consents.length,
  });
  return { consents: consents.map(described), ...(next === undefined ? {} : { next }) };
}

/**
 * POST /v1/consents/{id}/revoke: by the patient, or by an officer where the patient has not denied anything by it. It
 * counts at once, also for an answer under way.
 *
 * @throws Refusal `consent_not_visible`, `policy_denied`, `store_unavailable`
 */
export async function revokeConsent(face: Face, request: ConsentHttpRequest, trail: string): Promise<object> {
  const caller = await callerOf(face, request);
  const { facts: about, kept } = await visibleConsent(face, request, caller);
  const { allowed, facts, sentence } = decideConsentOffice(face, caller, 'revoke_consent', about);
  if (!allowed) throw new Refusal('policy_denied', { sentence, facts });
  const { services } = face.gateway;
  const revoked = await services.keptConsents.revoke(kept, userPseudonym(services, caller.user));
  const { tenant } = caller.user;
  return recordChange(face, { trail, tenant, route: 'revokeConsent' }, facts, revoked);
}
