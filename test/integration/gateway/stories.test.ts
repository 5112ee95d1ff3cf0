import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import { type AskOptions, type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

// Each story walks the whole way many times; a busy host takes its time.
jest.setTimeout(120_000);

let sandbox: SandboxUnderTest;
/** How far the gateway's clock is ahead of the host's, in milliseconds. */
let ahead = 0;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({ clock: { now: () => Date.now() + ahead } });
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(() => sandbox.forgetReceived());

const day = 86_400_000;
const ago = (days: number): string => new Date(Date.parse(sandbox.ready.now) - days * day).toISOString();
const own = (): string => sandbox.ready.users.find(({ role }) => role === 'patient')?.patient ?? '';
const another = (): string => sandbox.ready.patients.find(({ id }) => id !== own())?.id ?? '';
const nameOf = (id: string): string =>
  sandbox.ready.patients.find((patient) => patient.id === id)?.name ?? '';

const put = (resource: Resource, days = 0): void => {
  sandbox.running.store.put(
    { ...resource, subject: { reference: `Patient/${own()}` } },
    Date.parse(ago(days)),
  );
};
const code = (system: string, value: string, text: string) => ({ coding: [{ system, code: value }], text });

const condition = (id: string, days: number, text: string): void =>
  put(
    {
      resourceType: 'Condition',
      id,
      recordedDate: ago(days),
      onsetDateTime: ago(days),
      clinicalStatus: code('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active', 'active'),
      category: [
        code('http://terminology.hl7.org/CodeSystem/condition-category', 'problem-list-item', 'problem'),
      ],
      code: code('http://snomed.info/sct', '84229001', text),
    },
    days,
  );

const noteWords = Array.from({ length: 150 }, (_, n) => `marmalade${n}`);
const note = (): void =>
  put({
    resourceType: 'DocumentReference',
    id: 'long-note',
    status: 'current',
    date: ago(1),
    type: code('http://loinc.org', '11506-3', 'Progress note'),
    category: [
      code(
        'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
        'clinical-note',
        'note',
      ),
    ],
    content: [
      {
        attachment: {
          contentType: 'text/plain',
          data: Buffer.from(`${noteWords.join(' ')}.`).toString('base64'),
        },
      },
    ],
  });

const shownToModel = async (): Promise<string> =>
  (await sandbox.received()).map(({ body }) => JSON.stringify(body)).join('\n');
const answerOf = ({ body }: Reply): string => contentOf(body);

/** Refused, and the model was asked nothing. */
async function expectRefused(asked: Promise<Reply>): Promise<Reply> {
  const before = (await sandbox.received()).length;
  const reply = await asked;
  expect(reply.status).toBe(403);
  expect((await sandbox.received()).length).toBe(before);
  for (const { id, name } of sandbox.ready.patients) {
    expect(reply.text).not.toContain(id);
    expect(reply.text).not.toContain(name);
  }
  return reply;
}

const asPatient = (more: AskOptions = {}) =>
  sandbox.ask({
    user: 'patient',
    patient: own(),
    purpose: 'PATRQT',
    task: 'changes.since_last_visit',
    question: 'Which conditions are new since my last visit?',
    ...more,
  });

const grants = async (user: string, path = '', body?: object): Promise<Reply> =>
  sandbox.call(`/v1/grants${path}`, await sandbox.token(user), {
    ...(body === undefined && path === '' ? {} : { method: 'POST' }),
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });

const delegated = async (task: string): Promise<string> => {
  const user = await sandbox.token('clinician', 'copilot-app');
  const asked = { type: 'phi_access', patient: own(), task, purpose: 'TREAT' };
  const reply = await sandbox.call('/oauth/token', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: user,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      authorization_details: JSON.stringify([asked]),
    }).toString(),
  });
  expect(reply.status).toBe(200);
  return String(reply.body['access_token']);
};

const listed = async (user: string): Promise<readonly unknown[]> => {
  const list = (await grants(user)).body['grants'];
  return Array.isArray(list) ? list : [];
};

describe("a clinician's copilot before a telehealth visit", () => {
  it('reconciles the medications', async () => {
    const token = await delegated('medication.reconciliation');
    const reply = await sandbox.ask({ token, phi: null, question: 'Reconcile the medications.' });
    expect(reply.status).toBe(200);
    expect(reply.body['phi']).toMatchObject({ decision: { effect: 'allow' } });
    expect(await shownToModel()).toContain('ordered drug');
  });

  it('cannot export a note: what is over the limit of the task is cut', async () => {
    note();
    const token = await delegated('note.lookup');
    await sandbox.script([{ chunks: [`The note in full: ${noteWords.join(' ')}.`] }]);
    const reply = await sandbox.ask({ token, phi: null, question: 'Print the marmalade1 note.' });
    expect(reply.status).toBe(200);
    expect(await shownToModel()).toContain('marmalade149');
    const told = answerOf(reply).match(/marmalade\d+/g) ?? [];
    expect(told).toEqual(noteWords.slice(0, 80));
    expect(answerOf(reply)).toContain('(quotation cut)');
  });

  it('cannot browse another chart, another task, or name them beside the token', async () => {
    expect.hasAssertions();
    const token = await delegated('medication.reconciliation');
    await expectRefused(sandbox.ask({ token, patient: another(), task: 'medication.reconciliation' }));
    await expectRefused(sandbox.ask({ token, patient: own(), task: 'note.lookup' }));
    await expectRefused(sandbox.ask({ user: 'outsider', patient: own(), task: 'medication.reconciliation' }));
  });

  it('leaves nothing of the session behind: no token, and no word of the note in any file', async () => {
    const user = await sandbox.token('clinician', 'copilot-app');
    const phi = { conversation: 'telehealth' };
    const asked = { token: user, patient: own(), task: 'note.lookup', question: 'Which note?', phi };
    expect((await sandbox.ask(asked)).status).toBe(200);
    const { vault } = sandbox.ready.files;
    const kept = (): number => {
      const database = new Database(vault, { readonly: true });
      try {
        return Number(database.prepare('SELECT count(*) FROM token').pluck().get());
      } finally {
        database.close();
      }
    };
    expect(kept()).toBeGreaterThan(0);
    const ended = await sandbox.call('/v1/sessions/current/revoke', user, { method: 'POST' });
    expect(ended.status).toBe(200);
    expect((await sandbox.ask(asked)).status).toBe(401);
    expect(kept()).toBe(0);
    for (const file of [vault, `${vault}-wal`, sandbox.ready.files.audit, `${sandbox.ready.files.audit}-wal`])
      expect(readFileSync(file).includes('marmalade')).toBe(false);
  });
});

describe('a patient asks what changed after the visit of last week', () => {
  it('and is told what is new, not what is old, while the model learns no name', async () => {
    put({
      resourceType: 'Encounter',
      id: 'visit-last-week',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      period: { start: ago(7), end: ago(7) },
    });
    condition('old-condition', 900, 'Zebrafish syndrome');
    condition('new-condition', 3, 'Hedgehog syndrome');
    const reply = await asPatient();
    expect(reply.status).toBe(200);
    expect(answerOf(reply)).toContain('Hedgehog syndrome');
    expect(answerOf(reply)).not.toContain('Zebrafish syndrome');
    const shown = await shownToModel();
    expect(shown).toContain('Hedgehog syndrome');
    for (const part of nameOf(own()).split(' ')) expect(shown).not.toContain(part);
    expect(shown).not.toContain(own());
  });

  it('and is refused the record of somebody else, other purposes and tasks of the staff', async () => {
    expect.hasAssertions();
    await expectRefused(asPatient({ patient: another() }));
    await expectRefused(asPatient({ purpose: 'TREAT' }));
    await expectRefused(asPatient({ task: 'medication.reconciliation' }));
    await expectRefused(asPatient({ user: 'caregiver', purpose: 'FAMRQT' }));
  });
});

describe('a support agent', () => {
  const ticket = 'CASE-4711';
  const ask = (more: AskOptions = {}) =>
    sandbox.ask({
      user: 'support',
      patient: own(),
      task: 'support.case',
      purpose: 'HOPERAT',
      question: 'Which visits were there?',
      phi: { ticket },
      ...more,
    });
  const request = (more: object = {}) => ({
    patient: own(),
    task: 'support.case',
    purpose: 'HOPERAT',
    ticket,
    minutes: 5,
    ...more,
  });

  it('sees no record until a grant opens a redacted part of it, and then only that', async () => {
    const nothing = await expectRefused(ask());
    const asked = await grants('support', '', request());
    expect(asked).toMatchObject({ status: 200, body: { state: 'requested', ticket } });
    const id = String(asked.body['id']);
    await expectRefused(ask());
    expect((await grants('support', `/${id}/approve`)).status).toBe(403);
    expect((await grants('clinician', `/${id}/approve`)).status).toBe(403);

    const approved = await grants('compliance', `/${id}/approve`);
    expect(approved).toMatchObject({ status: 200, body: { state: 'in_force' } });
    const reply = await ask();
    expect(reply.status).toBe(200);
    expect(reply.body['phi']).toMatchObject({
      decision: { sentence: expect.stringContaining('a colleague granted the task for this ticket') },
    });
    const told = `${answerOf(reply)} ${await shownToModel()}`;
    expect(told).toContain('visit');
    for (const part of nameOf(own()).split(' ')) expect(told).not.toContain(part);
    expect(answerOf(reply)).not.toMatch(/\b\d{4}-\d{2}-\d{2}\b/);
    expect(told).not.toMatch(/syndrome|marmalade/);

    for (const more of [
      { patient: another() },
      { task: 'problem.list' },
      { task: 'note.lookup', purpose: 'TREAT' },
      { phi: { ticket: 'CASE-4712' } },
      { phi: {} },
    ])
      await expectRefused(ask(more));
    const elsewhere = await expectRefused(ask({ patient: another() }));
    expect(elsewhere.body['error']).toEqual(nothing.body['error']);

    expect(await listed('patient')).toMatchObject([{ id, state: 'in_force', ticket }]);
    expect(await listed('compliance')).toMatchObject([{ id }]);
    expect(await listed('clinician')).toEqual([]);
    expect((await grants('clinician', `/${id}/revoke`)).status).toBe(404);

    ahead += 5 * 60_000;
    await expectRefused(ask());
    expect(await listed('support')).toMatchObject([{ id, state: 'ended' }]);
  });

  it('is stopped at once when the patient revokes the grant while the model answers', async () => {
    const id = String((await grants('support', '', request())).body['id']);
    await grants('administrator', `/${id}/approve`);
    await sandbox.script([{ delayMs: 1500, chunks: ['the scripted model said this'] }]);
    const asked = ask();
    while ((await sandbox.received()).length === 0) await new Promise((next) => setTimeout(next, 10));
    expect((await grants('patient', `/${id}/revoke`)).status).toBe(200);
    const reply = await asked;
    expect(reply.status).toBe(403);
    expect(reply.text).not.toContain('scripted');
    expect((await sandbox.trail(reply.trail)).at(-1)).toMatchObject({ event: 'response.aborted' });
    await expectRefused(ask());
  });

  it('is told the same of a patient who does not exist, and nobody else may ask for a grant', async () => {
    const there = await grants('support', '', request());
    const missing = await grants('support', '', request({ patient: 'no-such-patient' }));
    expect(Object.keys(missing.body)).toEqual(Object.keys(there.body));
    expect(missing.status).toBe(200);
    for (const user of ['clinician', 'patient', 'analyst', 'compliance'])
      expect((await grants(user, '', request())).status).toBe(403);
    expect((await grants('support', '', request({ minutes: 61 }))).status).toBe(400);
    expect((await grants('support', '', request({ task: 'problem.list' }))).status).toBe(403);
    expect((await grants('compliance', '/00000000-0000-7000-8000-000000000000/approve')).status).toBe(404);
  });
});
