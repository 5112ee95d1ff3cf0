import type { RecordToken } from '../../delegation/record/ports.ts';
import { controlScopes } from '../../retrieval/control-reads.ts';
import { patientOnly } from '../../retrieval/patient-only.ts';
import type { FhirReader } from '../../retrieval/ports.ts';
import type { Authenticated, Delegated } from '../envelope.ts';
import { heldReader } from '../held-reader.ts';
import type { ServerWatch } from '../server-watch.ts';
import type { Services } from '../services.ts';

/**
 * The gateway's own read-only view of the record, for consent, relations and the identity sheet. What it reads
 * never reaches the model. One token serves the envelope; a stream that outlives it gets another one.
 */
export const controlReads = (
  envelope: Authenticated,
  services: Services,
  servers: ServerWatch,
): (() => Promise<FhirReader>) =>
  heldReader(services.clock, async () => {
    const { accessToken, expiresIn } = await envelope.tenant.recordTokens.issue(
      {
        tenant: envelope.tenantId,
        base: envelope.tenant.config.fhir.base,
        scopes: controlScopes,
        txn: envelope.trail,
      },
      envelope.signal,
    );
    const { tenant, signal } = envelope;
    return { reader: tenant.reader(accessToken, signal, servers.of(tenant.config.fhir.id)), expiresIn };
  });

/**
 * A reader for the task's own searches: this patient, the types of the plan, the person asking named. Where the token
 * that the record system gives is bound to no patient, every search must name this one.
 */
export async function recordReader(
  envelope: Delegated,
  scopes: readonly string[],
): Promise<{ readonly reader: FhirReader; readonly token: RecordToken }> {
  const { scope, user, workload } = envelope.delegation;
  const token = await envelope.tenant.recordTokens.issue(
    {
      user,
      workload,
      tenant: scope.tenant,
      base: envelope.tenant.config.fhir.base,
      scopes,
      patient: scope.patient,
      purpose: scope.purpose,
      txn: envelope.trail,
    },
    envelope.signal,
  );
  const { servers, signal, tenant } = envelope;
  const reader = tenant.reader(token.accessToken, signal, servers.of(tenant.config.fhir.id));
  return { reader: token.patientBound ? reader : patientOnly(reader, scope.patient), token };
}
