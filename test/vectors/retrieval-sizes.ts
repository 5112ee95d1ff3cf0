import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFhir } from '../../sandbox/fhir/load.ts';
import { startFhirServer } from '../../sandbox/fhir/server.ts';
import { FhirStore } from '../../sandbox/fhir/store.ts';
import { generatePatients } from '../../sandbox/patients/generate.ts';
import { createFhirReader } from '../../src/retrieval/fhir-reader.ts';
import { retrieve } from '../../src/retrieval/retrieve.ts';
import { scopesOf } from '../../src/retrieval/smart-scopes.ts';
import type { Task } from '../../src/retrieval/task.ts';
import { loadTasks } from '../../src/retrieval/task-catalogue.ts';
import type { RetrievedRecord } from '../../src/vocabulary/context-item.ts';
import { isRecord } from '../../src/vocabulary/fhir.ts';
import { labeller } from '../fixtures/labels.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
export const tasks = loadTasks(join(root, 'tasks'));

/** The sets of `../shared/data/fhir` that are measured where they are there, and the generated patients. */
export const sets = ['generated', 'smart-generated-r4', 'spezi-mock-patients'] as const;
const folderOf = (set: string): string => join(root, '../shared/data/fhir', set);
export const isPresent = (set: string): boolean => set === 'generated' || existsSync(folderOf(set));

/** Fixed, so that every run measures the same people. */
const generatedAt = Date.parse('2026-11-20T09:00:00Z');
const dayMs = 86_400_000;

/** What one task brought for one patient. */
export interface Measured {
  readonly resources: number;
  /** Of the answers of the server, as they came in. */
  readonly receivedBytes: number;
  readonly items: number;
  /** Of items, passages and notices in UTF-8, as they are handed to the redactor. */
  readonly contextBytes: number;
}

/** Sizes of one data set: one record a patient, and one measurement a task and patient. */
export interface SetSizes {
  readonly set: string;
  readonly records: readonly { readonly resources: number; readonly bytes: number }[];
  readonly tasks: readonly { readonly task: Task; readonly patients: readonly Measured[] }[];
}

/** A question of the kind that is asked about notes: it decides which passages are shown. */
const question = 'What do the notes say about symptoms, treatment and follow-up?';

async function recordsOf(set: string): Promise<{ store: FhirStore; patients: readonly string[] }> {
  if (set !== 'generated') return loadFhir([folderOf(set)]);
  const generated = generatePatients({ seed: 'phi-gateway', now: generatedAt });
  const store = new FhirStore();
  for (const resource of generated.bundle) store.put(resource);
  return { store, patients: generated.patients.map(({ id }) => id) };
}

/** The day after the patient's last visit began: look-backs then find what there is. */
function presentOf(set: string, store: FhirStore, patient: string): number {
  if (set === 'generated') return generatedAt;
  const starts = store.byPatient(patient, 'Encounter').flatMap(({ period }) => {
    const at = Date.parse(String(isRecord(period) ? period['start'] : ''));
    return Number.isNaN(at) ? [] : [at];
  });
  return Math.max(...starts) + dayMs;
}

function contextOf({ items, notices }: RetrievedRecord): string {
  const lines = items.map(({ key, kind, parts, passages }) =>
    [
      `[${key}] ${[kind, ...parts.map(({ name, text }) => `${name}: ${text}`)].join(' | ')}`,
      ...passages.map(({ text }) => `    ${text}`),
    ].join('\n'),
  );
  return [...lines, ...notices.map(({ text }) => `- ${text}`)].join('\n');
}

/** Asks every task about every patient of a set, over HTTP, of the sandbox's FHIR server. */
export async function measure(
  set: string,
  onRecord?: (
    record: RetrievedRecord,
    about: {
      readonly task: Task;
      readonly patient: string;
      readonly store: FhirStore;
    },
  ) => void,
): Promise<SetSizes> {
  const { store, patients } = await recordsOf(set);
  const server = await startFhirServer({
    port: 0,
    store,
    clock: { now: () => generatedAt },
    authorize: (token) => {
      const [patient = '', ...scopes] = Buffer.from(token, 'base64url').toString('utf8').split(' ');
      return Promise.resolve({ patient, scopes });
    },
  });
  const ask = async (task: Task, patient: string): Promise<Measured> => {
    const reader = createFhirReader({
      server: set,
      base: server.base,
      token: Buffer.from([patient, ...scopesOf(task)].join(' ')).toString('base64url'),
      timeoutMs: 60_000,
      maxResponseBytes: 20_000_000,
    });
    const now = presentOf(set, store, patient);
    const [encounter] = store.byPatient(patient, 'Encounter');
    const record = await retrieve({
      task,
      patient,
      reader,
      now,
      question,
      ...(task.name === 'encounter.brief' && encounter !== undefined ? { encounter: encounter.id } : {}),
      withheld: () => undefined,
      labeller,
      privacyNotice: 'specific',
    });
    onRecord?.(record, { task, patient, store });
    return {
      resources: Object.values(record.fetched).reduce((sum, n) => sum + n, 0),
      receivedBytes: record.bytes,
      items: record.items.length,
      contextBytes: Buffer.byteLength(contextOf(record)),
    };
  };
  try {
    const asked: { task: Task; patients: Measured[] }[] = [];
    for (const task of tasks.list()) {
      const measured: Measured[] = [];
      for (const patient of patients) measured.push(await ask(task, patient));
      asked.push({ task, patients: measured });
    }
    const records = patients.map((patient) => {
      const own = store.byPatient(patient);
      return { resources: own.length, bytes: Buffer.byteLength(JSON.stringify(own)) };
    });
    return { set, records, tasks: asked };
  } finally {
    await server.close();
  }
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Patients for whom the task found something: those without would make every median small. */
export const answered = (patients: readonly Measured[]): readonly Measured[] =>
  patients.filter(({ items }) => items > 0);
