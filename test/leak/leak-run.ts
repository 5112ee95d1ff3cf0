import { expect } from '@jest/globals';
import type { SandboxOptions } from '../../sandbox/start.ts';
import { findDataFolder } from '../../src/config/product-folder.ts';
import type { Task } from '../../src/retrieval/task.ts';
import { loadTasks } from '../../src/retrieval/task-catalogue.ts';
import { type Reply, SandboxUnderTest } from '../fixtures/running-sandbox.ts';
import { collectIdentifiers, type Hit, type Identifiers } from './matcher.ts';
import { add, emptyReport, hitLines, type Report, search, searchFiles } from './report.ts';

const question = 'Please summarise what the record says for this task.';

/** Resources that a request brought into its context, as its trail counts them. */
async function itemsOf(sandbox: SandboxUnderTest, reply: Reply): Promise<number> {
  const trail = await sandbox.call(`/v1/trails/${reply.trail}`, await sandbox.token('compliance'));
  const match = /"event":"fhir\.retrieved"[^}]*"counts":\{[^}]*?"items":(\d+)/.exec(trail.text);
  return Number(match?.[1] ?? 0);
}

/** Who asks for a task: the first of these accounts whose role it permits, for the first purpose of that role. */
const askers = [
  { user: 'clinician', role: 'physician' },
  { user: 'billing', role: 'billing' },
  { user: 'support', role: 'support' },
] as const;
type Asker = { readonly user: (typeof askers)[number]['user']; readonly purpose: string };

function askerOf(task: Task): Asker {
  for (const { user, role } of askers) {
    const [purpose] = task.roles[role] ?? [];
    if (purpose !== undefined) return { user, purpose };
  }
  throw new Error(`nobody asks for ${task.name}`);
}

const ticket = 'CASE-4711';

/** What a support agent asks by: a ticket that an officer granted for this task and record. Nobody else needs one. */
async function ticketFor(
  sandbox: SandboxUnderTest,
  { purpose, user }: Asker,
  task: string,
  patient: string,
): Promise<{ readonly ticket?: string }> {
  if (user !== 'support') return {};
  const post = async (by: string, path: string, body: object = {}): Promise<Reply> =>
    sandbox.call(`/v1/grants${path}`, await sandbox.token(by), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const asked = await post(user, '', { patient, task, purpose, ticket, minutes: 60 });
  const approved = await post('compliance', `/${String(asked.body['id'])}/approve`);
  if (approved.status !== 200) throw new Error(`no grant for ${task}: ${asked.status}, ${approved.status}`);
  return { ticket };
}

/** `SOAK=full`: every task for every patient; otherwise, once it found something, for every second one by turns. */
const every = process.env['SOAK'] === 'full';

async function askEverything(
  sandbox: SandboxUnderTest,
  report: Report,
  identifiers: Identifiers,
): Promise<void> {
  const tasks = loadTasks(findDataFolder('tasks')).list();
  for (const [turn, task] of tasks.entries()) {
    report.items.set(task.name, 0);
    for (const [place, patient] of sandbox.ready.patients.entries()) {
      const found = (report.items.get(task.name) ?? 0) > 0;
      if (!every && found && (turn + place) % 2 === 1) continue;
      const asker = askerOf(task);
      const phi = await ticketFor(sandbox, asker, task.name, patient.id);
      const reply = await sandbox.ask({ ...asker, phi, patient: patient.id, task: task.name, question });
      report.requests += 1;
      if (reply.status === 200) {
        report.answered += 1;
        add(report.items, task.name, await itemsOf(sandbox, reply));
      } else {
        const code = /"code":"(\w+)"/.exec(reply.text)?.[1] ?? String(reply.status);
        add(report.refused, code, 1);
        search(report, 'error body', reply.text, identifiers);
      }
    }
  }
}

/** Requests that must fail, with a patient's id and name in the places where an error could repeat them. */
async function provokeErrors(
  sandbox: SandboxUnderTest,
  report: Report,
  identifiers: Identifiers,
): Promise<void> {
  for (const patient of sandbox.ready.patients) {
    const provocations = [
      sandbox.ask({ user: 'outsider', patient: patient.id, question: `Is ${patient.name} well?` }),
      sandbox.ask({ patient: patient.id, task: 'no.such.task' }),
      sandbox.ask({ patient: patient.id, body: { subject: { name: patient.name } } }),
      sandbox.call(`/v1/nothing/${patient.id}`, await sandbox.token('clinician')),
    ];
    for (const reply of await Promise.all(provocations)) {
      expect(reply.status).toBeGreaterThanOrEqual(400);
      search(report, 'error body', reply.text, identifiers);
      report.requests += 1;
    }
  }
}

function print(name: string, report: Report, identifiers: Identifiers): void {
  console.log(
    [
      `leak test, ${name}: ${report.requests} requests, ${report.answered} answered`,
      `  refused: ${[...report.refused].map(([code, n]) => `${code} ${n}`).join(', ') || 'none'}`,
      `  resources per task: ${[...report.items].map(([task, n]) => `${task} ${n}`).join(', ')}`,
      ...hitLines(report, identifiers),
    ].join('\n'),
  );
}

/**
 * Asks every task for the patients of a set, provokes errors, and searches what the model received, the log, the
 * audit database and every error body for identifiers of any loaded patient. Answers what it found.
 */
export async function runLeakTest(name: string, options: Partial<SandboxOptions>): Promise<readonly Hit[]> {
  const sandbox = await SandboxUnderTest.start(options);
  const report = emptyReport();
  try {
    const identifiers = collectIdentifiers(
      sandbox.running.store.types().flatMap((type) => sandbox.running.store.all(type)),
    );
    await askEverything(sandbox, report, identifiers);
    await provokeErrors(sandbox, report, identifiers);
    for (const request of await sandbox.received()) {
      const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
      search(report, 'model', `${request.path}\n${JSON.stringify(request.headers)}\n${body}`, identifiers);
    }
    searchFiles(sandbox, report, identifiers);
    print(name, report, identifiers);
    // A task that found nothing for a whole set has shown nothing, unless the set holds nothing that it asks for.
    const types = sandbox.running.store.types();
    for (const task of loadTasks(findDataFolder('tasks')).list()) {
      const found = (report.items.get(task.name) ?? 0) > 0;
      const possible = task.steps.some((step) => types.includes(step.type));
      expect({ task: task.name, found }).toEqual({ task: task.name, found: possible });
    }
    return [...report.hits.values()].flat();
  } finally {
    await sandbox.close();
  }
}
