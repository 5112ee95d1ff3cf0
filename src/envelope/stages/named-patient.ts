import type { Delegation } from '../../delegation/ports.ts';
import { patientNamed, patientSearchScope } from '../../retrieval/patient-search.ts';
import type { PatientIdentifier } from '../../vocabulary/patient-identifier.ts';
import type { ServerWatch } from '../server-watch.ts';
import type { Services, TenantServices } from '../services.ts';

/** An id that no record has, the same one for the same name. */
const nobody = (
  tenant: string,
  name: readonly string[],
  { pseudonym }: Pick<Services, 'pseudonym'>,
): string => pseudonym(tenant, 'resource', JSON.stringify(['Patient', ...name]));

/**
 * A delegated token as its holder takes it: for somebody else than it is for, it is for nobody. Were that refused
 * otherwise than a patient whom the holder may not see, a token for a number would tell whose number it is.
 */
export const takenFor = (
  presented: Delegation,
  about: string | undefined,
  services: Pick<Services, 'pseudonym'>,
): Delegation =>
  about === undefined || about === presented.scope.patient
    ? presented
    : {
        ...presented,
        scope: { ...presented.scope, patient: nobody(presented.scope.tenant, [about], services) },
      };

/**
 * The id of the patient whom an identifier names at the tenant's own record system. An identifier that names nobody, or
 * not one alone, becomes an id that no record has: the request then goes the whole way of one about an unknown patient,
 * so that neither its answer nor its time nor its token tells a missing patient from a forbidden one. That id is keyed and
 * the same for the same identifier, so that a row of attempts at one stays one patient to whoever reads the trail.
 *
 * The search is done by a token for it alone, forgotten with it; whatever the trail must hold before has to stand there.
 *
 * @throws Refusal `fhir_*`, `record_token_*`
 */
export async function namedPatient(
  identifier: PatientIdentifier,
  at: {
    readonly tenant: TenantServices;
    readonly trail: string;
    readonly signal: AbortSignal;
    readonly servers: ServerWatch;
  },
  services: Pick<Services, 'clinicalClock' | 'pseudonym'>,
): Promise<string> {
  const { servers, signal, tenant, trail } = at;
  const { config, fhir, recordTokens } = tenant;
  const { accessToken } = await recordTokens.issue(
    { tenant: config.id, base: fhir.base, scopes: [patientSearchScope], txn: trail },
    signal,
  );
  const found = await patientNamed(
    tenant.reader(accessToken, signal, servers.of(fhir.id)),
    identifier,
    services.clinicalClock.now(),
  );
  return found ?? nobody(config.id, [identifier.system, identifier.value], services);
}
