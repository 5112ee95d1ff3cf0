import { controlScopes } from '../../retrieval/control-reads.ts';
import type { FhirReader } from '../../retrieval/ports.ts';
import type { Authenticated, Delegated } from '../envelope.ts';
import { heldReader } from '../held-reader.ts';
import type { Services } from '../services.ts';

/**
 * The gateway's own read-only view of the record, for consent, relations and the identity sheet. What it reads
 * never reaches the model. One token serves the envelope; a stream that outlives it gets another one.
 */
export const controlReads = (envelope: Authenticated, services: Services): (() => Promise<FhirReader>) =>
  heldReader(services.clock, async () => {
    const { accessToken, expiresIn } = await services.tokens.mintFhirToken({
      tenant: envelope.tenantId,
      base: envelope.tenant.config.fhir.base,
      scopes: controlScopes,
      txn: envelope.trail,
    });
    return { reader: envelope.tenant.reader(accessToken, envelope.signal), expiresIn };
  });

/** A reader for the task's own searches: this patient, the types of the plan, the person asking named. */
export async function recordReader(
  envelope: Delegated,
  services: Services,
  scopes: readonly string[],
): Promise<FhirReader> {
  const { scope, user, workload } = envelope.delegation;
  const { accessToken } = await services.tokens.mintFhirToken({
    user,
    workload,
    tenant: scope.tenant,
    base: envelope.tenant.config.fhir.base,
    scopes,
    patient: scope.patient,
    purpose: scope.purpose,
    txn: envelope.trail,
  });
  return envelope.tenant.reader(accessToken, envelope.signal);
}
