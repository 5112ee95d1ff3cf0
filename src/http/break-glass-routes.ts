import type { IncomingMessage } from 'node:http';
import { Refusal } from '../errors/refusal.ts';
import { type Emergency, emergencyFindings, emergencyReasons } from '../policy/emergencies.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { readJson } from './body.ts';
import { callerOf, userPseudonym } from './caller.ts';
import type { Face } from './face.ts';
import { decideOwn } from './office.ts';
import { routes } from './routes.ts';
import { checkRequest } from './validate.ts';

type BreakGlassHttpRequest = IncomingMessage & { readonly params?: Readonly<Record<string, unknown>> };
type BreakGlassRoute = 'breakGlass' | 'emergencies' | 'reviewBreakGlass';

/** The task and the purpose that emergency access is for; step-up is asked for these. */
const emergencyWork = { task: 'emergency.summary', purpose: 'BTG' } as const;

const minuteMs = 60_000;
const iso = (at: number): string => new Date(at).toISOString();

/** The words of the reason are for officers and for who gave them, those of the review for officers. */
function described(
  face: Face,
  emergency: Emergency,
  seen: { readonly words: boolean; readonly review: boolean },
) {
  const { at, id, minutes, patient, reason, reviewed, text, user } = emergency;
  return {
    id,
    state: face.gateway.services.emergencies.stateOf(emergency),
    patient,
    user,
    declaredAt: iso(at),
    until: iso(at + minutes * minuteMs),
    ...(seen.words ? { reason, text } : {}),
    ...(reviewed === undefined
      ? {}
      : {
          finding: reviewed.finding,
          reviewedBy: reviewed.by,
          reviewedAt: iso(reviewed.at),
          ...(seen.review ? { reviewText: reviewed.text } : {}),
        }),
  };
}

async function recordChange(
  face: Face,
  at: { readonly trail: string; readonly tenant: string; readonly route: BreakGlassRoute },
  facts: Readonly<Record<string, string | boolean | number | readonly string[]>>,
  emergency: Emergency,
): Promise<void> {
  const { services } = face.gateway;
  const { tenant: tenantId, trail } = at;
  const { id, minutes, patient, reason, reviewed, text } = emergency;
  const { method, path } = routes[at.route];
  await face.gateway.record(trail, 'emergency.changed', tenantId, {
    ...facts,
    route: `${method.toUpperCase()} ${path}`,
    emergency: id,
    state: services.emergencies.stateOf(emergency),
    why: reviewed?.finding ?? reason,
    textHash: services.saltedHash({ tenantId, trail }, 'emergency', reviewed?.text ?? text),
    patient,
    lifetime: minutes * 60,
    found: true,
  });
  await services.stores.settle();
}

/**
 * POST /v1/break-glass: an emergency. It opens one record to the caller, for the purpose BTG, for some minutes; the
 * privacy officer is told at once, and it is reviewed before the same person may do it again. Nothing is said of
 * whether there is such a patient.
 *
 * @throws Refusal `break_glass_off`, `policy_denied`, `authentication_too_weak`, `review_open`, `store_unavailable`
 */
export async function breakGlass(face: Face, request: IncomingMessage, trail: string): Promise<object> {
  const { services } = face.gateway;
  const caller = await callerOf(face, request);
  const { tenant } = caller.user;
  const body = await readJson(request, face.bodyBytes);
  checkRequest('breakGlassRequest', body);
  const said = isRecord(body) ? body : {};
  const reason = emergencyReasons.find((one) => one === said['reason']);
  if (reason === undefined) throw new Refusal('malformed_request', { fault: '/reason' });
  const { allowed, facts, sentence } = decideOwn(face, caller, 'break_glass', false);
  if (!allowed) throw new Refusal('policy_denied', { sentence, facts });
  const allowance = caller.tenant.config.breakGlass;
  if (allowance === undefined) throw new Refusal('break_glass_off', { sentence: off });
  services.assured(caller.user, emergencyWork);
  services.stores.demand();
  const patient = String(said['patient']);
  const pseudonym = services.pseudonym(tenant, 'patient', patient);
  await services.enrolled.patient(tenant, pseudonym, patient);
  const emergency = await services.emergencies.declare(
    tenant,
    pseudonym,
    userPseudonym(services, caller.user),
    {
      reason,
      text: String(said['text']),
      minutes: Math.min(allowance.minutes, Number(said['minutes'] ?? allowance.minutes)),
    },
  );
  services.metrics.emergency(tenant);
  try {
    await recordChange(face, { trail, tenant, route: 'breakGlass' }, facts, emergency);
  } finally {
    // Also where the trail failed: the record is open from now on, and somebody has to know.
    services.tellOfficer(tenant, trail);
  }
  return described(face, emergency, { words: true, review: false });
}

const off =
  'Not allowed: this organisation offers no emergency access here. In an emergency use the record system itself or your local emergency path.';

/**
 * GET /v1/break-glass: for officers all of the tenant, with reasons and reviews; for others those that they declared,
 * and, without the words, those about their own record. That an officer read is on the trail before the answer leaves.
 */
export async function listEmergencies(face: Face, request: IncomingMessage, trail: string): Promise<object> {
  const { services } = face.gateway;
  const caller = await callerOf(face, request);
  const { presented, user } = caller;
  services.stores.demand();
  const self = userPseudonym(services, user);
  const own =
    user.fhirUser?.type === 'Patient'
      ? services.pseudonym(user.tenant, 'patient', user.fhirUser.id)
      : undefined;
  const { allowed: officer, facts } = decideOwn(face, caller, 'review_break_glass', false);
  const all = presented === undefined ? await services.emergencies.list(user.tenant) : [];
  const visible = all.filter((one) => officer || one.user === self || one.patient === own);
  if (officer)
    await face.gateway.record(trail, 'emergency.changed', user.tenant, {
      ...facts,
      route: `GET ${routes.emergencies.path}`,
      found: visible.length > 0,
    });
  return {
    emergencies: visible.map((one) =>
      described(face, one, { words: officer || one.user === self, review: officer }),
    ),
  };
}

/**
 * POST /v1/break-glass/{id}/review: by an officer who did not use it. It ends what is left of the access.
 *
 * @throws Refusal `policy_denied`, `break_glass_not_visible`, `store_unavailable`
 */
export async function reviewBreakGlass(
  face: Face,
  request: BreakGlassHttpRequest,
  trail: string,
): Promise<object> {
  const { services } = face.gateway;
  const caller = await callerOf(face, request);
  const { tenant } = caller.user;
  const body = await readJson(request, face.bodyBytes);
  checkRequest('breakGlassReview', body);
  const said = isRecord(body) ? body : {};
  const finding = emergencyFindings.find((one) => one === said['finding']);
  if (finding === undefined) throw new Refusal('malformed_request', { fault: '/finding' });
  // Who may review nothing at all hears so whether or not there is such an access.
  const office = decideOwn(face, caller, 'review_break_glass', false);
  if (!office.allowed) throw new Refusal('policy_denied', { sentence: office.sentence, facts: office.facts });
  services.stores.demand();
  const emergency = await services.emergencies.find(tenant, String(request.params?.['id']));
  if (emergency === undefined) throw new Refusal('break_glass_not_visible');
  const by = userPseudonym(services, caller.user);
  const { allowed, facts, sentence } = decideOwn(face, caller, 'review_break_glass', emergency.user === by);
  if (!allowed) throw new Refusal('policy_denied', { sentence, facts });
  const closed = await services.emergencies.review(emergency, { by, finding, text: String(said['text']) });
  try {
    await recordChange(face, { trail, tenant, route: 'reviewBreakGlass' }, facts, closed);
  } finally {
    // Also where the trail failed: the access is over from now on, and nobody reviews it again.
    await services.sessions.forgetOpening(tenant, closed.id);
  }
  return described(face, closed, { words: true, review: true });
}
