import type { RecordToken } from '../../delegation/record/ports.ts';
import { controlScopes } from '../../retrieval/control-reads.ts';
import { patientOnly } from '../../retrieval/patient-only.ts';
import type { FhirReader } from '../../retrieval/ports.ts';
import { provenanceScope } from '../../retrieval/provenance.ts';
import type { VerifiedUser } from '../../vocabulary/person.ts';
import type { Authenticated, Delegated } from '../envelope.ts';
import { heldReader } from '../held-reader.ts';
import type { ServerWatch } from '../server-watch.ts';
import type { RecordServer, Services } from '../services.ts';

/** Provenance is read at the tenant's own record system, and only where somebody's word is taken. */
const controlScopesOf = ({ tenant }: Authenticated, at: RecordServer): readonly string[] =>
  at === tenant && (tenant.config.relations?.provenanceAgents ?? []).length > 0
    ? [...controlScopes, provenanceScope]
    : controlScopes;

/**
 * The gateway's own read-only view of a record system, for consent, relations and the identity sheet. What it reads
 * never reaches the model. One token serves the envelope; a stream that outlives it gets another one.
 */
export const controlReads = (
  envelope: Authenticated,
  services: Services,
  servers: ServerWatch,
  at: RecordServer = envelope.tenant,
): (() => Promise<FhirReader>) =>
  heldReader(services.clock, async () => {
    const { fhir } = at;
    const { signal, stopwatch, tenantId: tenant, trail: txn } = envelope;
    const asked = { tenant, base: fhir.base, scopes: controlScopesOf(envelope, at), txn };
    const { accessToken, expiresIn } = await stopwatch.outside(at.recordTokens.issue(asked, signal));
    const reader = at.reader(accessToken, signal, servers.of(fhir.id));
    return { reader: stopwatch.reader(reader), expiresIn };
  });

/** Whose record is read, by whom, in the names of the server. */
interface There {
  readonly server: RecordServer;
  readonly patient: string;
  readonly user: VerifiedUser;
}

/**
 * A reader for the task's own searches: this patient, the types of the plan, the person asking named. Where the token
 * that the record system gives is bound to no patient, every search must name this one.
 */
export async function recordReader(
  envelope: Delegated,
  scopes: readonly string[],
  there?: There,
): Promise<{ readonly reader: FhirReader; readonly token: RecordToken }> {
  const { scope, user: asker, workload } = envelope.delegation;
  const { patient, server, user } = there ?? { server: envelope.tenant, patient: scope.patient, user: asker };
  const { signal, stopwatch } = envelope;
  const asked = {
    user,
    workload,
    tenant: scope.tenant,
    base: server.fhir.base,
    scopes,
    patient,
    purpose: scope.purpose,
    txn: envelope.trail,
  };
  const token = await stopwatch.outside(server.recordTokens.issue(asked, signal));
  const reader = stopwatch.reader(
    server.reader(token.accessToken, signal, envelope.servers.of(server.fhir.id)),
  );
  return { reader: token.patientBound ? reader : patientOnly(reader, patient), token };
}
