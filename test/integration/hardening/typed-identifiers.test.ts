import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import type { Task } from '../../../src/retrieval/task.ts';
import { loadTasks } from '../../../src/retrieval/task-catalogue.ts';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import { type AskOptions, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { fold } from '../../leak/matcher.ts';

/**
 * Whatever of the identity sheet somebody typed by hand, into the question or into a free text of what the task reads:
 * the model gets the text, and a token where the identifier stood. Every task, every kind.
 */
const tasks = loadTasks(findDataFolder('tasks')).list();

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const recordsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];
const firstText = (value: unknown): string => {
  const [one]: readonly unknown[] = Array.isArray(value) ? value : [value];
  return typeof one === 'string' ? one : '';
};

/** Kinds of identifiers of the sheet, and how each is read from a Patient. */
const kinds: Readonly<Record<string, (patient: Resource) => string>> = {
  'family name': (patient) => firstText(recordsOf(patient['name'])[0]?.['family']),
  'given name and family name': (patient) => {
    const [name] = recordsOf(patient['name']);
    return `${firstText(name?.['given'])} ${firstText(name?.['family'])}`;
  },
  phone: (patient) =>
    firstText(recordsOf(patient['telecom']).find(({ system }) => system === 'phone')?.['value']),
  'medical record number': (patient) =>
    firstText(
      recordsOf(patient['identifier']).find((one) => JSON.stringify(one['type'] ?? {}).includes('"MR"'))?.[
        'value'
      ],
    ),
  address: (patient) => firstText(recordsOf(patient['address'])[0]?.['line']),
};

const concept = (resource: Resource, element: string, text: string): object => ({
  ...(isRecord(resource[element]) ? resource[element] : {}),
  text,
});
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const dosage = (text: string): object => ({ dosage: [{ text }], dosageInstruction: [{ text }] });

/** Where somebody may type into a resource of a type what a task then shows. */
const typedInto: Readonly<Record<string, (resource: Resource, text: string) => object>> = {
  AllergyIntolerance: (_resource, text) => ({
    reaction: [{ manifestation: [{ text: 'rash' }], description: text }],
  }),
  CareTeam: (_resource, text) => ({ category: [{ text }] }),
  Appointment: (resource, text) => ({
    reasonCode: [{ text }],
    appointmentType: concept(resource, 'appointmentType', text),
  }),
  Condition: (resource, text) => ({ code: concept(resource, 'code', text) }),
  Coverage: (resource, text) => ({ type: concept(resource, 'type', text) }),
  DiagnosticReport: (_resource, text) => ({ conclusion: text }),
  DocumentReference: (_resource, text) => ({
    content: [{ attachment: { contentType: 'text/plain', data: base64(text) } }],
  }),
  Encounter: (_resource, text) => ({ reasonCode: [{ text }] }),
  Flag: (resource, text) => ({ code: concept(resource, 'code', text) }),
  Immunization: (resource, text) => ({ vaccineCode: concept(resource, 'vaccineCode', text) }),
  MedicationDispense: (_resource, text) => dosage(text),
  MedicationRequest: (_resource, text) => dosage(text),
  MedicationStatement: (_resource, text) => dosage(text),
  Observation: (_resource, text) => ({ interpretation: [{ text }] }),
  Procedure: (resource, text) => ({ code: concept(resource, 'code', text) }),
};

const typed = (resource: Resource, text: string): Resource => ({
  ...resource,
  note: [{ text }],
  ...typedInto[resource.resourceType]?.(resource, text),
});

const ticket = 'T-1';

/** Who asks for a task: the first of these accounts whose role it permits, for the first purpose of that role. */
function askerOf(task: Task): Pick<AskOptions, 'phi'> & { readonly user: string; readonly purpose: string } {
  for (const [user, role] of [
    ['clinician', 'physician'],
    ['billing', 'billing'],
    ['support', 'support'],
  ] as const) {
    const [purpose] = task.roles[role] ?? [];
    if (purpose !== undefined) return { user, purpose, phi: user === 'support' ? { ticket } : {} };
  }
  throw new Error(`nobody asks for ${task.name}`);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 3;

const post = async (path: string, user: string, body: object) =>
  sandbox.call(path, await sandbox.token(user), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** A support agent sees what a colleague opened for a ticket, and nothing else. */
async function open(task: Task, patient: string): Promise<void> {
  const { user, purpose } = askerOf(task);
  if (user !== 'support') return;
  const grant = await post('/v1/grants', user, { patient, task: task.name, purpose, ticket, minutes: 60 });
  const approved = await post(`/v1/grants/${String(grant.body['id'])}/approve`, 'compliance', {});
  expect(approved.body).toMatchObject({ state: 'in_force' });
}

/** The first patient of whom the task finds something; every kind of identifier is in the sheet. */
async function patientFor(task: Task): Promise<Resource> {
  for (const { id } of sandbox.ready.patients) {
    const patient = sandbox.running.store.get('Patient', id);
    if (patient === undefined || !Object.values(kinds).every((read) => isText(read(patient)))) continue;
    await open(task, id);
    const reply = await sandbox.ask({ ...askerOf(task), patient: id, task: task.name });
    const phi = reply.body['phi'];
    if (reply.status === 200 && isRecord(phi) && recordsOf(phi['citations']).length > 0) return patient;
  }
  throw new Error(`no patient for ${task.name}`);
}

/** Everything that the model was sent by one question, folded, and what the caller was answered. */
async function asked(task: Task, patient: Resource, question: string) {
  await sandbox.forgetReceived();
  const reply = await sandbox.ask({ ...askerOf(task), patient: patient.id ?? '', task: task.name, question });
  const bodies = (await sandbox.received()).map(({ body }) => fold(JSON.stringify(body)));
  return { status: reply.status, model: bodies.join('\n') };
}

/** Letters and digits only: a number that is written with other breaks is the same number. */
const bare = (text: string): string => fold(text).replace(/[^\p{L}\d]/gu, '');

const seen = (sent: { readonly status: number; readonly model: string }, value: string) => ({
  status: sent.status,
  told: sent.model.includes('zymurgy'),
  hidden: !bare(sent.model).includes(bare(value)),
});
const found = { status: 200, told: true, hidden: true };

/** One text with every kind of identifier, each in a line of its own. */
const everyKind = (patient: Resource, line: (value: string) => string): string =>
  Object.values(kinds)
    .map((read) => line(read(patient)))
    .join('\n');

describe.each(tasks.map((task) => [task.name, task] as const))('%s', (_name, task) => {
  let patient: Resource;
  let inQuestion: Awaited<ReturnType<typeof asked>>;
  let inNotes: Awaited<ReturnType<typeof asked>>;
  beforeAll(async () => {
    patient = await patientFor(task);
    const question = everyKind(
      patient,
      (value) => `About zymurgy: is ${value} the right one, ${value.toLowerCase()}?`,
    );
    inQuestion = await asked(task, patient, question);
    const { store } = sandbox.running;
    const types = new Set(task.steps.map(({ type }) => type));
    const before = [...types].flatMap((type) => store.byPatient(patient.id ?? '', type));
    const note = everyKind(patient, (value) => `Told ${value} about zymurgy and ${value.toUpperCase()}.`);
    for (const one of before) store.put(typed(one, note));
    inNotes = await asked(task, patient, 'What does the record say?');
    for (const one of before) store.put(one);
  }, 60_000);

  test.each(Object.keys(kinds))('%s typed in the question', (kind) => {
    expect(seen(inQuestion, kinds[kind]?.(patient) ?? '')).toEqual(found);
  });

  test.each(Object.keys(kinds))('%s typed in the notes of a result', (kind) => {
    expect(seen(inNotes, kinds[kind]?.(patient) ?? '')).toEqual(found);
  });
});
