import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { productRoot } from '../../../src/config/product-folder.ts';
import { examineServers } from '../../../src/envelope/examine-servers.ts';
import { Refusal } from '../../../src/errors/refusal.ts';
import { reportWords } from '../../../src/retrieval/capability-report.ts';
import type { Capabilities } from '../../../src/retrieval/ports.ts';
import { loadTasks } from '../../../src/retrieval/task-catalogue.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import type { ServerFault } from '../../../src/vocabulary/server-fault.ts';

const tasks = loadTasks(join(productRoot(), 'tasks'));
const allTypes = new Set(tasks.list().flatMap(({ dataTypes }) => dataTypes));
const whole: Capabilities = { fhirVersion: '4.0.1', types: allTypes };

type Statement = (fault: (fault: ServerFault) => void) => Promise<Capabilities>;

/** What is logged where the server's statement is read so. */
async function examined(statement: Statement, signal = new AbortController().signal) {
  const lines: string[] = [];
  const faults: string[] = [];
  const read = (
    _signal: AbortSignal,
    onFault: (fault: ServerFault, rows: number) => void,
  ): Promise<Capabilities> => statement((fault) => onFault(fault, 1));
  const names = { routes: [], tenants: ['hospital'], upstreams: ['ehr'], plans: reportWords(tasks) };
  await examineServers(
    {
      tasks,
      log: createLog({ write: (line: string) => lines.push(line) }, names),
      metrics: { serverFault: ({ fault }) => faults.push(fault) },
      tenants: new Map([['hospital', { fhir: { id: 'ehr' }, further: [], statement: read }]]),
    },
    signal,
  );
  return { faults, lines: lines.map((line): unknown => JSON.parse(line)) };
}

const at = { tenant: 'hospital', upstream: 'ehr' };

describe('at start a FHIR server is asked what it offers', () => {
  test('and one line says that every task is served', async () => {
    const { lines } = await examined(() => Promise.resolve(whole));
    expect(lines).toEqual([
      expect.objectContaining({ ...at, event: 'server.examined', level: 'info', count: tasks.list().length }),
    ]);
  });

  test('what it lacks is a line for each task that it serves in part, in words of the tasks', async () => {
    const types = new Set([...allTypes].filter((type) => type !== 'Coverage'));
    const searchParams = new Map([['Observation', new Set(['patient', 'category', 'date', 'planted'])]]);
    const { lines } = await examined(() => Promise.resolve({ ...whole, types, searchParams }));
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...at, event: 'server.partly', task: 'coverage.check', lacks: 'Coverage' }),
        expect.objectContaining({
          ...at,
          event: 'server.partly',
          level: 'warn',
          task: 'cholesterol.latest',
          filteredHere: 'Observation code',
        }),
      ]),
    );
    expect(JSON.stringify(lines)).not.toMatch(/planted|"other"/);
  });

  test.each(['fhir_unavailable', 'fhir_malformed', 'fhir_refused'] as const)(
    'a server that answers nothing usable (%s) is a line, not a fault of the start',
    async (reason) => {
      const { lines } = await examined(() => Promise.reject(new Refusal(reason)));
      expect(lines).toEqual([
        expect.objectContaining({
          ...at,
          event: 'server.unexamined',
          level: 'error',
          reason,
          code: 'fhir_unavailable',
        }),
      ]);
    },
  );

  test('a redirect elsewhere is an alert as in a request', async () => {
    const { faults, lines } = await examined((fault) => {
      fault('redirect');
      return Promise.reject(new Refusal('fhir_untrusted'));
    });
    expect(faults).toEqual(['redirect']);
    expect(lines).toContainEqual(
      expect.objectContaining({ ...at, event: 'server.distrusted', fault: 'redirect' }),
    );
  });

  test('a gateway that stops meanwhile says nothing', async () => {
    const stop = new AbortController();
    const { lines } = await examined(() => {
      stop.abort();
      return Promise.reject(new Refusal('caller_gone'));
    }, stop.signal);
    expect(lines).toEqual([]);
  });
});
