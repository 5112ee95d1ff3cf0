import { patientNamed, patientSearchScope } from '../../retrieval/patient-search.ts';
import type { PatientIdentifier } from '../../vocabulary/patient-identifier.ts';
import type { ServerWatch } from '../server-watch.ts';
import type { Services, TenantServices } from '../services.ts';

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
  return (
    found ??
    services.pseudonym(
      config.id,
      'resource',
      JSON.stringify(['Patient', identifier.system, identifier.value]),
    )
  );
}
