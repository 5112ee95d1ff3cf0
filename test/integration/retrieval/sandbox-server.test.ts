import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FhirServer, startFhirServer } from '../../../sandbox/fhir/server.ts';
import { FhirStore } from '../../../sandbox/fhir/store.ts';
import { type GeneratedSet, generatePatients } from '../../../sandbox/patients/generate.ts';
import { controlScopes, readConsents, readRelations } from '../../../src/retrieval/control-reads.ts';
import { createFhirReader } from '../../../src/retrieval/fhir-reader.ts';
import { readIdentitySheet } from '../../../src/retrieval/identity-sheet.ts';
import type { FhirReader } from '../../../src/retrieval/ports.ts';
import { retrieve } from '../../../src/retrieval/retrieve.ts';
import { scopesOf } from '../../../src/retrieval/smart-scopes.ts';
import { loadTasks } from '../../../src/retrieval/task-catalogue.ts';
import type { RetrievedRecord } from '../../../src/vocabulary/context-item.ts';
import { labeller } from '../../fixtures/labels.ts';

const tasks = loadTasks(fileURLToPath(new URL('../../../../tasks', import.meta.url)));
const now = Date.parse('2026-11-20T09:00:00Z');
const set: GeneratedSet = generatePatients({ seed: 'retrieval', now });

/** Tokens of this test spell what they permit. */
const tokenFor = (patient: string, scopes: readonly string[]): string =>
  Buffer.from([patient, ...scopes].join(' ')).toString('base64url');

let server: FhirServer;
beforeAll(async () => {
  const store = new FhirStore();
  for (const resource of set.bundle) store.put(resource);
  server = await startFhirServer({
    port: 0,
    store,
    clock: { now: () => now },
    authorize: (token) => {
      const [patient = '', ...scopes] = Buffer.from(token, 'base64url').toString('utf8').split(' ');
      return Promise.resolve(patient === 'control' ? { scopes } : { patient, scopes });
    },
  });
});
afterAll(() => server.close());

const readerOf = (token: string, batch = false): FhirReader =>
  createFhirReader({
    server: 'sandbox',
    base: server.base,
    token,
    timeoutMs: 5000,
    maxResponseBytes: 5_000_000,
    batch,
  });

async function run(name: string, patient: string, batch = false): Promise<RetrievedRecord> {
  const task = tasks.get(name);
  if (task === undefined) throw new Error(`no task ${name}`);
  const reader = readerOf(tokenFor(patient, scopesOf(task)), batch);
  return retrieve({
    task,
    patient,
    reader,
    now,
    question: '',
    withheld: () => undefined,
    labeller,
    privacyNotice: 'specific',
  });
}

const visitOf = (record: RetrievedRecord): string | undefined =>
  record.items.find(({ resource }) => resource.type === 'Encounter')?.resource.id;

describe('against the FHIR server of the sandbox, with no more scope than the task needs', () => {
  test.each(tasks.list().map((one) => one.name))(
    '%s finds something and drops nothing as foreign',
    async (name) => {
      let items = 0;
      for (const { id } of set.patients) {
        const record = await run(name, id);
        items += record.items.length;
        expect(record.notices.map((one) => one.code)).not.toContain('dropped_foreign');
        expect(record.dropped.wrong_patient).toBeUndefined();
      }
      process.stdout.write(`${name}: ${items} items of ${set.patients.length} patients\n`);
      expect(items).toBeGreaterThan(0);
    },
  );

  test('the searches of a round as one batch bring the same', async () => {
    const patient = set.patients[0]?.id ?? '';
    for (const { name } of tasks.list()) {
      const alone = await run(name, patient);
      const together = await run(name, patient, true);
      expect([name, together.items, together.notices]).toEqual([name, alone.items, alone.notices]);
    }
  }, 120_000);

  test('a discharge summary has its text', async () => {
    const records = await Promise.all(set.patients.map(({ id }) => run('discharge.summary', id)));
    const passages = records.flatMap((record) => record.items.flatMap((item) => item.passages));
    expect(passages.length).toBeGreaterThan(0);
  });

  test('a visit in short is the visit that is named, or none', async () => {
    const task = tasks.get('encounter.brief');
    const id = set.patients[0]?.id ?? '';
    if (task === undefined) throw new Error('no task');
    const options = {
      task,
      patient: id,
      now,
      question: '',
      withheld: () => undefined,
      labeller,
      privacyNotice: 'specific',
      reader: readerOf(tokenFor(id, scopesOf(task))),
    } as const;
    const visits = set.bundle.filter(
      (one) => one.resourceType === 'Encounter' && JSON.stringify(one).includes(`Patient/${id}"`),
    );
    const last = visitOf(await retrieve(options));
    const other = visits.find((one) => one.id !== last)?.id ?? '';
    expect(visitOf(await retrieve({ ...options, encounter: other }))).toBe(other);
    // A visit of somebody else, or none at all, is no reason to show another one.
    const foreign = set.bundle.find(
      (one) => one.resourceType === 'Encounter' && !visits.includes(one) && one.id !== undefined,
    );
    for (const encounter of [foreign?.id ?? '', 'no-such-visit']) {
      const record = await retrieve({ ...options, encounter });
      expect(record.items).toEqual([]);
      expect(record.notices.map(({ text }) => text)).toContain(
        'No visit records were found. This is not proof that there are none.',
      );
    }
  });

  test('no line of a projected part holds the family name or id of its patient', async () => {
    const reader = readerOf(tokenFor('control', controlScopes));
    for (const { id } of set.patients.slice(0, 6)) {
      const sheet = await readIdentitySheet(reader, id, await reader.capabilities());
      const families = (sheet?.values ?? []).flatMap((value) =>
        value.kind === 'name' && value.bearer === 'patient' ? (value.name?.family ?? []) : [],
      );
      expect(families.length).toBeGreaterThan(0);
      for (const task of tasks.list()) {
        const record = await run(task.name, id);
        const coded = record.items
          .flatMap((item) => item.parts.filter((part) => part.type !== 'text').map((part) => part.text))
          .join('\n');
        expect(coded).not.toContain(id);
        expect(families.filter((family) => family.length > 3 && coded.includes(family))).toEqual([]);
      }
    }
  });

  test('control reads bring the identity sheet, consents and relations of every patient', async () => {
    const reader = readerOf(tokenFor('control', controlScopes));
    let consents = 0;
    for (const { id, birthDate } of set.patients) {
      const sheet = await readIdentitySheet(reader, id, await reader.capabilities());
      expect(sheet?.values.find((value) => value.date?.role === 'birth')?.date?.day).toBe(birthDate);
      consents += (await readConsents(reader, id)).length;
      expect((await readRelations(reader, id, now)).patient?.id).toBe(id);
    }
    expect(consents).toBeGreaterThan(0);
  });

  test('a token of another patient or with less scope is refused', async () => {
    const [first, second] = set.patients;
    const task = tasks.get('allergies');
    if (first === undefined || second === undefined || task === undefined) throw new Error('no patients');
    const options = {
      task,
      patient: first.id,
      now,
      question: '',
      withheld: () => undefined,
      labeller,
      privacyNotice: 'specific',
    } as const;
    for (const token of [
      tokenFor(second.id, ['patient/AllergyIntolerance.rs']),
      tokenFor(first.id, ['patient/Condition.rs']),
    ])
      await expect(retrieve({ ...options, reader: readerOf(token) })).rejects.toMatchObject({
        reason: 'fhir_refused',
      });
  });
});
