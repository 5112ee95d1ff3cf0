import type { IncomingMessage } from 'node:http';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { readJson } from './body.ts';
import { callerOf } from './caller.ts';
import type { Face } from './face.ts';
import { decideOffice } from './office.ts';
import { routes } from './routes.ts';
import { checkRequest } from './validate.ts';

const pseudonymPattern = /^[0-9a-f]{32}$/;

/** An issuer and its subject, as the directory keeps them. */
function userOf(value: string): { readonly issuer: string; readonly subject: string } {
  const parts: unknown = JSON.parse(value);
  const [issuer, subject]: unknown[] = Array.isArray(parts) ? parts : [];
  if (typeof issuer !== 'string' || typeof subject !== 'string') throw new TypeError('subject');
  return { issuer, subject };
}

/**
 * GET /v1/pseudonyms/{pseudonym}: whom it stands for in the caller's own tenant. Who asked is on the trail before the
 * answer leaves, also where nobody was named.
 *
 * @throws Refusal `policy_denied`, `pseudonym_not_visible`
 */
export async function readPseudonym(
  face: Face,
  request: IncomingMessage & { readonly params?: Readonly<Record<string, unknown>> },
  trail: string,
): Promise<object> {
  const { services } = face.gateway;
  const caller = await callerOf(face, request);
  const { tenant } = caller.user;
  const named = request.params?.['pseudonym'];
  const known = typeof named === 'string' && pseudonymPattern.test(named) ? named : undefined;
  const { allowed, facts, sentence } = decideOffice(face, caller, 'resolve_pseudonym');
  const subject = allowed && known !== undefined ? await services.vault.subject(tenant, known) : undefined;
  await face.gateway.record(trail, 'pseudonym.read', tenant, {
    ...facts,
    route: `GET ${routes.pseudonym.path}`,
    found: subject !== undefined,
    ...(known === undefined ? {} : { asked: known }),
  });
  if (!allowed) throw new Refusal('policy_denied', { sentence });
  if (subject === undefined || known === undefined) throw new Refusal('pseudonym_not_visible');
  return subject.kind === 'patient'
    ? { pseudonym: known, kind: subject.kind, patient: subject.value }
    : { pseudonym: known, kind: subject.kind, ...userOf(subject.value) };
}

/**
 * POST /v1/patients/erase: destroys the key of a patient of the caller's own tenant. The answer leaves when the key is
 * gone from the disk, the erasure is on the trail, and so is the head by which an older vault would be noticed. Doing
 * it again is no error.
 *
 * @throws Refusal `policy_denied`, `vault_unavailable`, `trail_unavailable`
 */
export async function erasePatient(face: Face, request: IncomingMessage, trail: string): Promise<object> {
  const { services } = face.gateway;
  const caller = await callerOf(face, request);
  const { tenant } = caller.user;
  const body = await readJson(request, face.bodyBytes);
  checkRequest('erasureRequest', body);
  const id = isRecord(body) ? String(body['patient']) : '';
  const { allowed, facts, sentence } = decideOffice(face, caller, 'erase_patient');
  if (!allowed) throw new Refusal('policy_denied', { sentence, facts });
  services.stores.demand();
  const patient = services.pseudonym(tenant, 'patient', id);
  const erased = await services.vault.erase(tenant, id);
  services.textReader.forget({ tenant, patient: id });
  services.seen.forget(tenant, id);
  await services.keptConsents.forget(tenant, patient);
  await services.emergencies.forget(tenant, patient);
  await services.proxies.forget(tenant, patient);
  await face.gateway.record(trail, 'patient.erased', tenant, {
    ...facts,
    route: `POST ${routes.erasure.path}`,
    patient,
    found: erased,
  });
  await services.stores.settle();
  return { patient, erased };
}
