import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FhirServer, startFhirServer } from '../../../sandbox/fhir/server.ts';
import { FhirStore } from '../../../sandbox/fhir/store.ts';
import { generatePatients } from '../../../sandbox/patients/generate.ts';
import { createFhirReader } from '../../../src/retrieval/fhir-reader.ts';
import { retrieve } from '../../../src/retrieval/retrieve.ts';
import { loadTasks } from '../../../src/retrieval/task-catalogue.ts';
import type { ContextItem, RetrievedRecord } from '../../../src/vocabulary/context-item.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { labeller } from '../../fixtures/labels.ts';
import type { FhirDouble } from './fhir-double.ts';
import { startIndependent } from './independent-server.ts';

const tasks = loadTasks(fileURLToPath(new URL('../../../../tasks', import.meta.url)));
const now = Date.parse('2026-11-20T09:00:00Z');
const { bundle, patients } = generatePatients({ seed: 'independent', now });

let sandbox: FhirServer;
let other: FhirDouble;
let asked: readonly string[] = [];
beforeAll(async () => {
  const store = new FhirStore();
  for (const resource of bundle) store.put(resource);
  // One who was in hospital, and somebody else, whose rows must stay out.
  const wasThere = (id: string): boolean =>
    store.byPatient(id, 'Encounter').some((one) => JSON.stringify(one['class']).includes('"IMP"'));
  const chosen = [patients.find(({ id }) => wasThere(id)), patients.find(({ id }) => !wasThere(id))];
  asked = chosen.flatMap((one) => (one === undefined ? [] : [one.id]));
  const others = new Set(patients.map(({ id }) => id).filter((id) => !asked.includes(id)));
  const isTheirs = (resource: Resource): boolean =>
    [...JSON.stringify(resource).matchAll(/"Patient\/([^"]+)"/g)].some(([, id]) => others.has(id ?? ''));
  const held = new FhirStore();
  for (const type of store.types())
    for (const one of store.all(type)) if (!isTheirs(one) && !others.has(one.id)) held.put(one);
  const resources = held.types().flatMap((type) => held.all(type));
  sandbox = await startFhirServer({
    port: 0,
    store: held,
    clock: { now: () => now },
    authorize: () => Promise.resolve({ scopes: ['system/*.rs'] }),
  });
  other = await startIndependent(resources);
}, 120_000);
afterAll(async () => {
  await Promise.all([sandbox.close(), other.close()]);
});

function ask(base: string, name: string, patient: string): Promise<RetrievedRecord> {
  const task = tasks.get(name);
  if (task === undefined) throw new Error(`no task ${name}`);
  const reader = createFhirReader({
    server: 'main',
    base,
    token: 'T',
    timeoutMs: 60_000,
    maxResponseBytes: 8_388_608,
  });
  return retrieve({
    task,
    patient,
    reader,
    now,
    question: 'What was the treatment?',
    withheld: () => undefined,
    labeller,
    privacyNotice: 'specific',
  });
}

/** What the model reads, in its order. The server stamps `meta.lastUpdated` anew, which is its right. */
const read = (items: readonly ContextItem[]): readonly unknown[] =>
  items.map(({ kind, parts, passages, resource }) => ({
    kind,
    parts,
    passages: passages.map(({ text }) => text),
    id: `${resource.type}/${resource.id}`,
  }));

/**
 * What this implementation lacks, and what follows. It has no `_include`: Medications are read by their id. It has no
 * `_elements`: whole resources are projected here. It sends no self link: rows are checked here. All three leave the
 * context as it is. It stamps `meta.lastUpdated` when it takes a resource in, so that tasks which ask for what was
 * changed lately find older ones as well, and nothing is missing.
 */
const stampsAnew: Readonly<Record<string, readonly string[]>> = {
  'changes.since_last_visit': ['Condition', 'MedicationRequest', 'AllergyIntolerance'],
  'medication.reconciliation': ['MedicationRequest', 'MedicationStatement'],
};

const named = ({ resource }: ContextItem): string => `${resource.type}/${resource.id}`;

describe('a FHIR server of another house, @medplum/fhir-router', () => {
  test.each(tasks.list().map(({ name }) => name))(
    '%s has the same context',
    async (name) => {
      let items = 0;
      for (const patient of asked) {
        const here = await ask(sandbox.base, name, patient);
        const there = await ask(other.base, name, patient);
        const known = new Set(here.items.map(named));
        const older = there.items.filter((one) => !known.has(named(one)));
        const types = older.map(({ resource }) => resource.type);
        expect(types.filter((type) => stampsAnew[name]?.includes(type) !== true)).toEqual([]);
        expect(read(there.items.filter((one) => !older.includes(one)))).toEqual(read(here.items));
        items += here.items.length;
      }
      expect(items > 0 || name === 'encounter.brief').toBe(true);
    },
    240_000,
  );
});
