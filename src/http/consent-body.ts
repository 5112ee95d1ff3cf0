import type { IncomingMessage } from 'node:http';
import { type ConsentForm, consentOfForm, patientOf } from '../consent/capture.ts';
import { Refusal } from '../errors/refusal.ts';
import { isRecord, isResource, type Resource } from '../vocabulary/fhir.ts';
import { readForm, readJson } from './body.ts';
import { checkRequest } from './validate.ts';

const fhirType = 'application/fhir+json';
const formType = 'application/x-www-form-urlencoded';
const words = (value: string): readonly string[] => value.split(' ').filter((word) => word !== '');
const listFields: ReadonlySet<string> = new Set(['purposes', 'roles', 'actors', 'withhold']);

/** A Consent as JSON, or a form as JSON or as a browser sends it: there lists are words with spaces between. */
async function readAny(request: IncomingMessage, limit: number): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== formType) return readJson(request, limit, type === fhirType ? fhirType : undefined);
  const form = await readForm(request, limit);
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, listFields.has(name) ? words(value) : value]),
  );
}

const isForm = (body: unknown): body is ConsentForm & { readonly patient?: string } =>
  isRecord(body) && !('resourceType' in body);

/**
 * Whom a body is about, and the Consent that it is or becomes. `self`: the caller, as a patient; a form that names
 * nobody is about them.
 *
 * @throws Refusal `malformed_request`, `position_not_allowed`, `unsupported_media_type`, `request_too_large`
 */
export async function readConsentBody(
  request: IncomingMessage,
  limit: number,
  self: string | undefined,
): Promise<{ readonly patient: string; readonly consent: Resource }> {
  const body = await readAny(request, limit);
  checkRequest('consentRequest', body);
  const patient = isForm(body) ? (body.patient ?? self) : patientOf(body);
  if (patient === undefined) throw new Refusal('malformed_request', { fault: '/patient' });
  if (isForm(body)) return { patient, consent: consentOfForm(body, patient) };
  if (!isResource(body)) throw new Refusal('malformed_request');
  return { patient, consent: body };
}
