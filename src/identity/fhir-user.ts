import { isFhirId } from '../vocabulary/fhir.ts';
import type { FhirUser } from '../vocabulary/person.ts';

const types: readonly FhirUser['type'][] = ['Practitioner', 'PractitionerRole', 'Patient', 'RelatedPerson'];

/**
 * Reads a `fhirUser` claim (SMART App Launch 2.2, section "Scopes for requesting identity data"): relative, or
 * absolute below the issuer's configured FHIR base. A URL of another base is no reference here at all, because
 * `Patient/1` of one server is another person than `Patient/1` of the next. Undefined where it cannot be read.
 */
export function parseFhirUser(claim: string, fhirBase: string): FhirUser | undefined {
  const prefix = `${fhirBase.replace(/\/$/, '')}/`;
  const relative = claim.startsWith(prefix) ? claim.slice(prefix.length) : claim;
  const [type, id, ...rest] = relative.split('/');
  const known = types.find((candidate) => candidate === type);
  return known !== undefined && isFhirId(id) && rest.length === 0 ? { type: known, id } : undefined;
}
