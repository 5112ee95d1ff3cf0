import { asRefusal } from '../errors/refusal.ts';
import { capabilityReport, isPartly } from '../retrieval/capability-report.ts';
import { ServerWatch } from './server-watch.ts';
import type { RecordServer, Services } from './services.ts';

type Examined = Pick<RecordServer, 'statement'> & { readonly fhir: Pick<RecordServer['fhir'], 'id'> };

interface ExamineInput extends Pick<Services, 'log' | 'tasks'> {
  readonly metrics: Pick<Services['metrics'], 'serverFault'>;
  readonly tenants: ReadonlyMap<string, Examined & { readonly further: readonly Examined[] }>;
}

async function examine(id: string, server: Examined, input: ExamineInput, signal: AbortSignal) {
  const { log, metrics, tasks } = input;
  const at = { tenant: id, upstream: server.fhir.id };
  // No envelope, so no trail: log and metrics are told.
  const servers = new ServerWatch({ log, metrics }, { trail: '', tenantId: id });
  try {
    const statement = await server.statement(signal, servers.of(at.upstream));
    const { tasks: fits } = capabilityReport(tasks, statement);
    const partly = fits.filter(isPartly);
    log.write('server.examined', { ...at, count: fits.length - partly.length });
    for (const { absentTypes, filteredHere, task } of partly)
      log.write('server.partly', {
        ...at,
        task,
        lacks: absentTypes.join(' '),
        filteredHere: filteredHere.map(({ parameters, type }) => `${type} ${parameters.join(' ')}`).join(' '),
      });
  } catch (thrown) {
    if (signal.aborted) return;
    const { code, reason } = asRefusal(thrown, 'unexpected');
    log.write('server.unexamined', { ...at, reason, code });
  }
}

/**
 * Asks each tenant's FHIR servers at start, without a token, what it offers of what the tasks ask for, and logs it: one
 * line for the server and one for each task that it serves in part. A server that is down, is not of FHIR R4 or keeps
 * its statement for those with a token is one line too; requests ask it themselves, as they do where it is there.
 */
export async function examineServers(input: ExamineInput, signal: AbortSignal): Promise<void> {
  await Promise.all(
    [...input.tenants].flatMap(([id, tenant]) =>
      [tenant, ...tenant.further].map(async (server) => examine(id, server, input, signal)),
    ),
  );
}
