import { readRolesHeld } from '../../retrieval/roles-held.ts';
import type { Resource } from '../../vocabulary/fhir.ts';
import type { Delegated } from '../envelope.ts';

/**
 * PractitionerRoles of the asker at the tenant's own record system, asked once a minute for all their envelopes;
 * undefined where it cannot tell. Errors are Refusals.
 */
export async function rolesHeld({
  control,
  signal,
  stopwatch,
  tenant,
  user: { fhirUser },
}: Delegated): Promise<readonly Resource[] | undefined> {
  if (fhirUser === undefined) return undefined;
  const { id, type } = fhirUser;
  const read = async () => readRolesHeld(await control(), fhirUser);
  return stopwatch.outside(tenant.shared.roles.read(`${type}/${id}`, signal, read));
}
