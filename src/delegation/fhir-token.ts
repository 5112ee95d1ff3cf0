import { Refusal } from '../errors/refusal.ts';
import { isFhirId } from '../vocabulary/fhir.ts';
import { iuaExtension } from './iua.ts';
import type { FhirTokenRequest } from './ports.ts';

/** Seconds. */
export const fhirTokenSeconds = 60;

/** SMART App Launch 2.2 resource scopes that this gateway asks for: one named type, read or search, perhaps one category. */
const readScope =
  /^(patient|user|system)\/[A-Z][A-Za-z]{1,63}\.(?:r|s|rs)(?:\?category=[A-Za-z0-9:/._-]{1,128}(?:\|[A-Za-z0-9._-]{1,64})?)?$/;

/**
 * Claims of a token for the FHIR server. Unlike the app's token it carries the patient's id, in the SMART claim
 * `patient` and as IUA `person_id`, and `fhirUser` and the IUA subject claims so that the server's own audit can name the person. A
 * wildcard, a writing scope, or a `patient/` scope without a patient throws Refusal('scope_exceeded').
 */
export function fhirClaims(request: FhirTokenRequest): Record<string, unknown> {
  const contexts = request.scopes.map((scope) => readScope.exec(scope)?.[1]);
  const bound = contexts.includes('patient');
  if (contexts.length === 0 || contexts.includes(undefined)) throw new Refusal('scope_exceeded');
  if (bound && request.patient === undefined) throw new Refusal('scope_exceeded');
  if (request.patient !== undefined && !isFhirId(request.patient)) throw new Refusal('patient_unknown');
  const { user, purpose, patient } = request;
  const base = request.base.replace(/\/$/, '');
  return {
    client_id: 'phi-gateway',
    tenant: request.tenant,
    txn: request.txn,
    scope: [...new Set(request.scopes)].join(' '),
    ...(request.workload === undefined ? {} : { act: { sub: request.workload } }),
    ...(user === undefined ? {} : { roles: user.roles }),
    ...(user?.fhirUser === undefined
      ? {}
      : { fhirUser: `${base}/${user.fhirUser.type}/${user.fhirUser.id}` }),
    ...(patient === undefined ? {} : { patient }),
    extensions: iuaExtension({
      ...(purpose === undefined ? {} : { purpose }),
      ...(user === undefined
        ? {}
        : {
            subject: {
              ...(user.name === undefined ? {} : { name: user.name }),
              organization: request.tenant,
              roles: user.roles,
            },
          }),
      ...(patient === undefined ? {} : { personId: `${base}/Patient/${patient}` }),
    }),
  };
}
