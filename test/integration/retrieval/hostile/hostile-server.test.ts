import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FhirServer, startFhirServer } from '../../../../sandbox/fhir/server.ts';
import { FhirStore } from '../../../../sandbox/fhir/store.ts';
import { generatePatients } from '../../../../sandbox/patients/generate.ts';
import { Refusal } from '../../../../src/errors/refusal.ts';
import { createFhirReader } from '../../../../src/retrieval/fhir-reader.ts';
import { retrieve } from '../../../../src/retrieval/retrieve.ts';
import { loadTasks } from '../../../../src/retrieval/task-catalogue.ts';
import type { ContextItem } from '../../../../src/vocabulary/context-item.ts';
import { labeller } from '../../../fixtures/labels.ts';
import { type FhirDouble, startDouble } from '../fhir-double.ts';
import { type Behaviour, behaviours } from './behaviours.ts';
import { startHostile } from './proxy.ts';

const tasks = loadTasks(fileURLToPath(new URL('../../../../../tasks', import.meta.url)));
const now = Date.parse('2026-11-20T09:00:00Z');
const generated = generatePatients({ seed: 'hostile', now });
const token = 'SECRET-TOKEN-7d1f';

/** As in production. */
const maxResponseBytes = 8_388_608;
/** More than this at once is no bound: the largest answer that is read, parsed, and some of its copies. */
const maxGrowth = 256 * 1_048_576;

let honest: FhirServer;
let trap: FhirDouble;
let patient = '';
beforeAll(async () => {
  const store = new FhirStore();
  for (const resource of generated.bundle) store.put(resource);
  // Whoever was in hospital, has orders and notes: every task of the table finds something.
  patient =
    generated.patients.find(({ id }) =>
      store.byPatient(id, 'Encounter').some((one) => JSON.stringify(one['class']).includes('"IMP"')),
    )?.id ?? '';
  honest = await startFhirServer({
    port: 0,
    store,
    clock: { now: () => now },
    authorize: () => Promise.resolve({ scopes: ['system/*.rs'] }),
  });
  trap = await startDouble((_seen, response) => response.end());
});
afterAll(async () => {
  await Promise.all([honest.close(), trap.close()]);
});

interface Result {
  readonly outcome: string;
  readonly items: readonly ContextItem[];
  readonly alerts: readonly string[];
  /** Peak of memory over what was held before, in bytes. */
  readonly growth: number;
}

const held = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

async function askThrough(base: string, name: string, timeoutMs = 60_000): Promise<Result> {
  const task = tasks.get(name);
  if (task === undefined) throw new Error(`no task ${name}`);
  const alerts = new Set<string>();
  const onFault = (fault: string): void => void alerts.add(fault);
  const reader = createFhirReader({ server: 'main', base, token, timeoutMs, maxResponseBytes, onFault });
  const before = held();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, held());
  }, 5);
  try {
    const { items } = await retrieve({
      task,
      patient,
      reader,
      now,
      question: 'What was the treatment?',
      withheld: () => undefined,
      labeller,
      privacyNotice: 'specific',
    });
    return { outcome: 'answered', items, alerts: [...alerts], growth: peak - before };
  } catch (thrown) {
    const outcome = thrown instanceof Refusal ? thrown.reason : 'threw';
    return { outcome, items: [], alerts: [...alerts], growth: peak - before };
  } finally {
    clearInterval(watch);
  }
}

const contexts = new Map<string, Promise<Result>>();
/** The context that the honest server gives. */
function honestly(task: string): Promise<Result> {
  const known = contexts.get(task) ?? askThrough(honest.base, task);
  contexts.set(task, known);
  return known;
}

const taskOf = ({ task }: Behaviour): string => task ?? 'medication.reconciliation';
const printed: string[] = [];
let most = 0;

describe('whatever the server does, the context is the same or the request is refused', () => {
  test.each(behaviours.map((one) => [one.name, one] as const))(
    '%s',
    async (name, behaviour) => {
      const wanted = await honestly(taskOf(behaviour));
      expect(wanted.items.length).toBeGreaterThan(0);
      const server = await startHostile(honest.base, behaviour.conduct(trap.base));
      const result = await askThrough(server.base, taskOf(behaviour), behaviour.timeoutMs);
      await server.close();
      const same = result.outcome === 'answered';
      printed.push(
        `| ${name} | ${taskOf(behaviour)} | ${same ? 'the same context' : `refused, ${result.outcome}`} | ${result.alerts.join(', ')} | ${(result.growth / 1e6).toFixed(0)} MB |`,
      );
      most = Math.max(most, result.growth);
      expect(result.outcome).toBe(behaviour.outcome === 'same' ? 'answered' : behaviour.outcome);
      expect(result.items).toEqual(same ? wanted.items : []);
      const { alert } = behaviour;
      expect(result.alerts.length > 0).toBe(alert !== undefined);
      expect([undefined, ...result.alerts]).toContain(alert);
      expect(trap.seen).toEqual([]);
      expect(result.growth).toBeLessThan(maxGrowth);
    },
    120_000,
  );

  test('prints what became of each, and the most memory that one of them took', () => {
    expect(printed.length).toBeGreaterThanOrEqual(30);
    process.stdout.write(
      `${['| the server | task | the gateway | alert | memory |', '|---|---|---|---|--:|', ...printed].join('\n')}\n${printed.length} behaviours, at most ${(most / 1e6).toFixed(0)} MB more than before\n`,
    );
  });
});
