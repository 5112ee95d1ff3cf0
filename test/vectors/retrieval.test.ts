import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { elementsOf } from '../../src/retrieval/elements.ts';
import { readIdentitySheet } from '../../src/retrieval/identity-sheet.ts';
import type { Capabilities, FhirReader } from '../../src/retrieval/ports.ts';
import { retrieve } from '../../src/retrieval/retrieve.ts';
import { loadTasks } from '../../src/retrieval/task-catalogue.ts';
import { isRecord, isResource, type Resource } from '../../src/vocabulary/fhir.ts';
import { labeller } from '../fixtures/labels.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const shared = join(root, '../shared/data/fhir');
const sets = ['smart-generated-r4', 'spezi-mock-patients'].filter((set) => existsSync(join(shared, set)));
const tasks = loadTasks(join(root, 'tasks'));

/** Resources of one transaction Bundle with `urn:uuid` references rewritten. */
function load(file: string): readonly Resource[] {
  const bundle: unknown = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
  const entries = isRecord(bundle) ? elementsOf(bundle['entry']) : [];
  const names = new Map<unknown, string>();
  for (const { fullUrl, resource } of entries)
    if (isResource(resource)) names.set(fullUrl, `${resource.resourceType}/${resource.id ?? ''}`);
  return entries.flatMap(({ resource }) => {
    const rewritten: unknown = JSON.parse(JSON.stringify(resource), (key, value: unknown) =>
      key === 'reference' ? (names.get(value) ?? value) : value,
    );
    return isResource(rewritten) ? [rewritten] : [];
  });
}

/** A reader over a loaded record that ignores every filter but the type. */
function readerOf(resources: readonly Resource[]): FhirReader {
  const capabilities: Capabilities = {
    fhirVersion: '4.0.1',
    types: new Set(resources.map((one) => one.resourceType)),
  };
  return {
    server: 'vectors',
    search: (type) => {
      const matches = resources.filter((one) => one.resourceType === type);
      return Promise.resolve({
        matches,
        included: [],
        pages: 1,
        bytes: JSON.stringify(matches).length,
        cut: false,
      });
    },
    read: (type, id) => Promise.resolve(resources.find((one) => one.resourceType === type && one.id === id)),
    binary: () => Promise.resolve(undefined),
    capabilities: () => Promise.resolve(capabilities),
  };
}

const holds = (record: readonly Resource[], type: string): boolean =>
  record.some((one) => one.resourceType === type);

/** Tasks whose searches may find nothing in a set of ten patients: few have allergies or were in hospital. */
const sparse = new Set(['allergies', 'discharge.summary']);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

if (sets.length === 0) {
  test('needs ../shared/data/fhir', () => {
    process.stdout.write('skipped: ../shared/data/fhir is absent\n');
    expect(sets).toEqual([]);
  });
}

describe.each(sets)('%s', (set) => {
  const records = readdirSync(join(shared, set))
    .filter((name) => name.endsWith('.json.gz'))
    .map((name) => load(join(shared, set, name)));

  test('every task stays small and shows no name, and finds something in the set', async () => {
    for (const task of tasks.list()) {
      const sizes: number[] = [];
      let items = 0;
      for (const record of records) {
        const reader = readerOf(record);
        const patient = record.find((one) => one.resourceType === 'Patient')?.id ?? '';
        const ends = record
          .filter((one) => one.resourceType === 'Encounter')
          .map((one) => JSON.stringify(one['period']));
        const last = ends
          .map((period) => Date.parse(/"end":"([^"]+)"/.exec(period)?.[1] ?? ''))
          .toSorted((a, b) => b - a)[0];
        const result = await retrieve({
          task,
          patient,
          reader,
          now: (last ?? 0) + 86_400_000,
          withheld: () => undefined,
          question: '',
          labeller,
          privacyNotice: 'specific',
        });
        const parts = result.items.flatMap((item) => item.parts);
        const shown = parts.map((part) => `${part.name}: ${part.text}`).join('\n');
        // Free text is the redactor's; what is coded or measured must hold no name by itself.
        const coded = parts.flatMap((part) => (part.type === 'text' ? [] : [part.text])).join('\n');
        const sheet = await readIdentitySheet(reader, patient, await reader.capabilities());
        const families = (sheet?.values ?? []).flatMap((value) => value.name?.family ?? []);
        expect(families.filter((family) => coded.includes(family))).toEqual([]);
        expect(shown).not.toContain(patient);
        sizes.push(shown.length);
        items += result.items.length;
      }
      process.stdout.write(`${set} ${task.name}: ${items} items, median ${median(sizes)} characters\n`);
      expect(median(sizes)).toBeLessThan(task.name === 'cholesterol.latest' ? 2500 : 12_000);
      const held = records.some((record) => task.steps.some((step) => holds(record, step.type)));
      expect(items > 0 || !held || sparse.has(task.name)).toBe(true);
    }
  });
});
