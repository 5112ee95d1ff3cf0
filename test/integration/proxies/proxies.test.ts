import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Config } from '../../../src/config/config.ts';
import { storeFile } from '../../../src/storage/sqlite/ledger.ts';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import { type AskOptions, type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { storedTrail } from '../hardening/bad-input.ts';

jest.setTimeout(60_000);

/** Specific notices, so that the tests see that proxies get none of them. */
const specific = (config: Config): Config => ({
  ...config,
  tenants: config.tenants.map((tenant) => ({ ...tenant, privacyNotice: 'specific' })),
});

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({ configure: specific });
}, 60_000);
afterAll(() => sandbox.close());

const json = { 'content-type': 'application/json' };
const secret = 'the scripted model said this';
const own = (): string => sandbox.ready.users.find(({ role }) => role === 'patient')?.patient ?? '';
/** The child of the sandbox's caregiver. */
const child = (): string => {
  const relative = sandbox.running.store.get('RelatedPerson', 'sandbox-caregiver');
  const reference = isRecord(relative?.['patient']) ? String(relative['patient']['reference']) : '';
  return reference.replace('Patient/', '');
};
const nobodys = 'no-such-patient';

const call = async (user: string, path = '', body?: object): Promise<Reply> =>
  sandbox.call(
    `/v1/proxies${path}`,
    await sandbox.token(user),
    body === undefined ? {} : { method: 'POST', headers: json, body: JSON.stringify(body) },
  );
const caregiver = () => ({ issuer: sandbox.ready.issuer, subject: 'caregiver' });
const name = (changes: object = {}, user = 'patient') =>
  call(user, '', { relation: 'chosen', person: caregiver(), ...changes });
const asParent = (changes: object = {}, user = 'caregiver') =>
  call(user, '', { relation: 'parent', patient: child(), relatedPerson: 'sandbox-caregiver', ...changes });
const confirm = (id: unknown, user = 'compliance') =>
  call(user, `/${String(id)}/confirm`, { evidence: 'birth certificate seen at the desk' });
const revoke = (id: unknown, user = 'patient') => call(user, `/${String(id)}/revoke`, {});
const listed = async (user: string) => {
  const list = (await call(user)).body['proxies'];
  return Array.isArray(list) ? list.filter(isRecord) : [];
};
const listedAs = async (user: string, id: unknown) => (await listed(user)).filter((one) => one['id'] === id);
const named = async (changes: object = {}): Promise<unknown> => {
  const reply = await name(changes);
  expect([reply.status, reply.body['state']]).toEqual([201, 'in_force']);
  return reply.body['id'];
};
const confirmed = async (changes: object = {}): Promise<unknown> => {
  const asked = await asParent(changes);
  expect([asked.status, asked.body['state']]).toEqual([201, 'requested']);
  const reply = await confirm(asked.body['id']);
  expect([reply.status, reply.body['state']]).toEqual([200, 'in_force']);
  return asked.body['id'];
};

const ask = (changes: AskOptions = {}) =>
  sandbox.ask({
    user: 'caregiver',
    patient: own(),
    task: 'problem.list',
    purpose: 'FAMRQT',
    question: 'Which problems are there?',
    ...changes,
  });
/** What was told, but for the trail. */
const settled = ({ status, text, trail }: Reply): string => `${status} ${text.replaceAll(trail, 'T')}`;
const strangers = async (): Promise<string> => settled(await ask({ patient: nobodys }));
const notices = ({ body }: Reply): unknown => (isRecord(body['phi']) ? body['phi']['incomplete'] : undefined);
const shownToModel = async (): Promise<string> =>
  (await sandbox.received()).map(({ body }) => JSON.stringify(body)).join('\n');
const endOf = async (reply: Reply) => (await sandbox.trail(reply.trail)).at(-1);

const writtenAt = (resource: Resource): number =>
  Date.parse(String(isRecord(resource['meta']) ? resource['meta']['lastUpdated'] : ''));

/** Resources as they were before a test changed them. */
let before: Resource[] = [];
const change = (type: string, id: string, changes: object): void => {
  const found = sandbox.running.store.get(type, id);
  if (found === undefined) throw new Error('there is no such resource');
  before.push(found);
  sandbox.running.store.put({ ...found, ...changes }, writtenAt(found));
};
const problem = (patient: string, id: string, code: string, text: string): void => {
  sandbox.running.store.put(
    {
      resourceType: 'Condition',
      id,
      subject: { reference: `Patient/${patient}` },
      recordedDate: sandbox.ready.now,
      onsetDateTime: sandbox.ready.now,
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
      category: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/condition-category',
              code: 'problem-list-item',
            },
          ],
        },
      ],
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code, display: text }], text },
    },
    Date.parse(sandbox.ready.now),
  );
};

beforeEach(() => sandbox.forgetReceived());
afterEach(async () => {
  for (const one of before.toReversed()) sandbox.running.store.put(one, writtenAt(one));
  before = [];
  for (const id of ['secret-problem']) sandbox.running.store.delete('Condition', id);
  for (const { id, state } of await listed('compliance'))
    if (state === 'in_force' || state === 'requested') await revoke(id, 'compliance');
});

describe('somebody whom the patient named', () => {
  it('asks about the record until the patient ends it; to whom nobody named, there is no such patient', async () => {
    expect(settled(await ask())).toBe(await strangers());
    const id = await named();
    const answered = await ask();
    expect(answered.status).toBe(200);
    expect(answered.text).toContain('To reach a person');
    expect(answered.body['phi']).toMatchObject({
      decision: { sentence: expect.stringContaining('the patient named them for this task') },
    });
    // For this purpose, this record and this person alone.
    for (const changes of [
      { purpose: 'PATRQT' },
      { purpose: 'TREAT' },
      { patient: child() },
      { user: 'nurse' },
      { user: 'outsider' },
      { task: 'medication.reconciliation' },
    ])
      expect([changes, (await ask(changes)).status]).toEqual([changes, 403]);
    expect((await revoke(id)).body).toMatchObject({ state: 'revoked' });
    expect(settled(await ask())).toBe(await strangers());
  });

  it('in the tasks named, and until the day named', async () => {
    await named({ tasks: ['allergies'] });
    expect((await ask({ task: 'allergies' })).status).toBe(200);
    expect(settled(await ask())).toBe(await strangers());
    const late = sandbox.ready.now.slice(0, 10);
    expect((await name({ until: late })).body['until']).toBe(
      new Date(Date.parse(late) + 86_400_000).toISOString(),
    );
    for (const until of ['2001-01-01', '2999-01-01', '2026-02-31'])
      expect([until, (await name({ until })).status]).toEqual([until, 400]);
    expect((await name({ tasks: ['medication.reconciliation'] })).body['code']).toBe('unknown_task');
  });

  it('is named by the patient in person, and nobody names themselves', async () => {
    for (const user of ['caregiver', 'compliance', 'administrator', 'clinician', 'support'])
      expect([
        user,
        (await name({ patient: own(), person: { ...caregiver(), subject: 'nurse' } }, user)).status,
      ]).toEqual([user, 403]);
    expect((await name({ patient: child() })).status).toBe(403);
    expect((await name({ person: { ...caregiver(), subject: 'patient' } })).status).toBe(400);
    expect((await name({ person: { issuer: 'https://elsewhere.example', subject: 'x' } })).status).toBe(400);
    expect((await name({ relatedPerson: 'sandbox-caregiver' })).status).toBe(400);
    const exchanged = await sandbox.exchange(await sandbox.token('patient'), {
      patient: own(),
      task: 'allergies',
      purpose: 'PATRQT',
    });
    const delegated = await sandbox.call('/v1/proxies', String(exchanged.body['access_token']), {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ relation: 'chosen', patient: own(), person: caregiver() }),
    });
    expect(delegated.status).toBe(403);
    expect(settled(await ask())).toBe(await strangers());
  });

  it('is not shown what the patient does not share, and not told that there is something', async () => {
    problem(own(), 'secret-problem', 'B20', 'Human immunodeficiency virus disease');
    const id = await named();
    const reply = await ask();
    expect(reply.status).toBe(200);
    expect(await shownToModel()).not.toMatch(/immunodeficiency|HIV|\bB20\b/i);
    const asPatient = await ask({ user: 'patient', purpose: 'PATRQT' });
    expect(asPatient.status).toBe(200);
    expect(await shownToModel()).toMatch(/immunodeficiency/);
    // The notice is the same with and without it.
    sandbox.running.store.delete('Condition', 'secret-problem');
    expect(notices(await ask())).toEqual(notices(reply));
    // Nor does the trail tell.
    const trail = await sandbox.call(`/v1/trails/${reply.trail}`, await sandbox.token('caregiver'));
    expect(trail.status).toBe(200);
    expect(trail.text).not.toMatch(/withheld|dropped|residual|HIV/i);
    await revoke(id);
    // Shared, it is shown.
    problem(own(), 'secret-problem', 'B20', 'Human immunodeficiency virus disease');
    await sandbox.forgetReceived();
    await named({ shares: ['HIV'] });
    expect((await ask()).status).toBe(200);
    expect(await shownToModel()).toMatch(/immunodeficiency/);
  });

  it('a model that says it anyway is stopped', async () => {
    problem(own(), 'secret-problem', 'B20', 'Human immunodeficiency virus disease');
    await named();
    await sandbox.script([{ chunks: ['The patient is HIV positive.'] }]);
    const reply = await ask();
    expect(reply.text).not.toContain('HIV');
  });

  it('a consent that denies it wins, and is neither seen nor changed by them, nor told', async () => {
    const id = await named();
    const denial = await sandbox.call('/v1/consents', await sandbox.token('patient'), {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ decision: 'deny', purposes: ['FAMRQT'] }),
    });
    expect(denial.status).toBe(201);
    const consent = String(denial.body['id']);
    const refused = await ask();
    expect(settled(refused)).toBe(await strangers());
    const trail = await sandbox.call(`/v1/trails/${refused.trail}`, await sandbox.token('caregiver'));
    expect(trail.text).not.toMatch(/consent_|denied_by/);
    const as = async (path: string, body?: object) =>
      sandbox.call(
        path,
        await sandbox.token('caregiver'),
        body === undefined ? {} : { method: 'POST', headers: json, body: JSON.stringify(body) },
      );
    expect((await as('/v1/consents')).status).toBe(403);
    expect((await as(`/v1/consents/${consent}`)).status).toBe(404);
    expect((await as(`/v1/consents/${consent}/revoke`, {})).status).toBe(404);
    const permit = { decision: 'permit', patient: own(), purposes: ['FAMRQT'] };
    expect((await as('/v1/consents', permit)).status).toBe(403);
    expect((await as('/v1/grants')).body).toEqual({ grants: [] });
    expect((await as('/v1/break-glass')).body).toEqual({ emergencies: [] });
    // What they see of their own standing says nothing of what restricts them.
    expect(await listedAs('caregiver', id)).toEqual([
      {
        id,
        state: 'in_force',
        relation: 'chosen',
        patient: expect.any(String),
        person: caregiver(),
        tasks: [],
        askedAt: expect.any(String),
        until: expect.any(String),
      },
    ]);
    await sandbox.call(`/v1/consents/${consent}/revoke`, await sandbox.token('patient'), {
      method: 'POST',
      headers: json,
      body: '{}',
    });
    expect((await ask()).status).toBe(200);
  });

  it('that ends while the model answers: nothing is delivered', async () => {
    const id = await named();
    await sandbox.script([{ delayMs: 1500, chunks: [secret] }]);
    const asking = ask();
    while ((await sandbox.received()).length === 0) await delay(10);
    expect((await revoke(id)).status).toBe(200);
    const reply = await asking;
    expect(reply.status).toBe(403);
    expect(reply.text).not.toContain(secret);
    expect(await endOf(reply)).toMatchObject({ event: 'response.aborted' });
  });

  it('ends with the death of the patient, whatever stands', async () => {
    await named();
    change('Patient', own(), { deceasedDateTime: sandbox.ready.now });
    expect(settled(await ask())).toBe(await strangers());
  });

  it('the patient sees who acts for them and what was shared; the one who acts sees that it ended, not by whom', async () => {
    const id = await named({ shares: ['HIV'] });
    expect(await listedAs('patient', id)).toMatchObject([
      { id, state: 'in_force', shares: ['HIV'], person: caregiver() },
    ]);
    for (const user of ['nurse', 'clinician', 'support', 'analyst', 'billing'])
      expect([user, await listed(user)]).toEqual([user, []]);
    for (const user of ['nurse', 'support']) expect((await revoke(id, user)).status).toBe(404);
    expect((await revoke(id)).status).toBe(200);
    expect(await listedAs('caregiver', id)).toMatchObject([{ id, state: 'ended' }]);
    expect(JSON.stringify(await listed('caregiver'))).not.toMatch(/revoked|shares|HIV/);
    expect(await listedAs('patient', id)).toMatchObject([{ id, state: 'revoked' }]);
    // Who acts may lay it down.
    const other = await named();
    expect((await revoke(other, 'caregiver')).body).toMatchObject({ state: 'ended' });
    expect(settled(await ask())).toBe(await strangers());
  });
});

describe('a parent of a minor', () => {
  it('is nobody by the record alone, nor by asking: staff confirms it', async () => {
    const about = { patient: child() };
    expect(settled(await ask(about))).toBe(await strangers());
    const asked = await asParent();
    expect(asked.body).toMatchObject({ state: 'requested', relation: 'parent' });
    expect(settled(await ask(about))).toBe(await strangers());
    const { id } = asked.body;
    for (const user of ['caregiver', 'patient', 'nurse', 'clinician', 'support'])
      expect([user, (await confirm(id, user)).status]).toEqual([user, 403]);
    expect((await confirm(id)).status).toBe(200);
    const answered = await ask(about);
    expect(answered.body['phi']).toMatchObject({
      decision: { sentence: expect.stringContaining('the patient is a minor') },
    });
    expect((await confirm(id, 'administrator')).status).toBe(400);
    expect((await revoke(id, 'compliance')).status).toBe(200);
    expect(settled(await ask(about))).toBe(await strangers());
  });

  it('who asked does not confirm, nor does who gains by it', async () => {
    const asked = await asParent({ person: caregiver() }, 'compliance');
    expect(asked.status).toBe(201);
    expect((await confirm(asked.body['id'])).status).toBe(403);
    expect((await confirm(asked.body['id'], 'administrator')).status).toBe(200);
    const gaining = await asParent({ person: { ...caregiver(), subject: 'administrator' } }, 'compliance');
    expect((await confirm(gaining.body['id'], 'administrator')).status).toBe(403);
    expect((await asParent({ person: { ...caregiver(), subject: 'nurse' } })).status).toBe(403);
    expect((await asParent({}, 'nurse')).status).toBe(403);
    expect((await asParent({ shares: ['HIV'] })).status).toBe(400);
  });

  it('a relative on record who was changed since, who ended or who is of another patient does not count', async () => {
    await confirmed();
    const about = { patient: child() };
    expect((await ask(about)).status).toBe(200);
    const relative = sandbox.running.store.get('RelatedPerson', 'sandbox-caregiver');
    if (relative === undefined) throw new Error('there is no relative');
    for (const changes of [
      { active: false },
      { period: { end: '2020-01-01' } },
      { patient: { reference: `Patient/${own()}` } },
      { relationship: [{ text: 'mother' }] },
    ]) {
      change('RelatedPerson', 'sandbox-caregiver', changes);
      expect([changes, settled(await ask(about))]).toEqual([changes, await strangers()]);
      sandbox.running.store.put(relative, writtenAt(relative));
    }
    expect((await ask(about)).status).toBe(200);
    // The same words, written just now.
    sandbox.running.store.put(relative, Date.parse(sandbox.ready.now) + 10 * 60_000);
    expect(settled(await ask(about))).toBe(await strangers());
    sandbox.running.store.put(relative, writtenAt(relative));
  });

  it('ends when the patient comes of age', async () => {
    await confirmed();
    const year = Number(sandbox.ready.now.slice(0, 4)) - 18;
    const rest = sandbox.ready.now.slice(4, 10).replace('-02-29', '-02-28');
    change('Patient', child(), { birthDate: `${year + 1}${rest}` });
    expect((await ask({ patient: child() })).status).toBe(200);
    change('Patient', child(), { birthDate: `${year}${rest}` });
    expect(settled(await ask({ patient: child() }))).toBe(await strangers());
  });

  it('is not shown what a minor may have in confidence', async () => {
    problem(
      child(),
      'secret-problem',
      'Z30.011',
      'Encounter for initial prescription of contraceptive pills',
    );
    await confirmed();
    expect((await ask({ patient: child() })).status).toBe(200);
    expect(await shownToModel()).not.toMatch(/contracept|\bZ30\b/i);
  });

  it('a record system that does not answer for the relative closes', async () => {
    await confirmed();
    await sandbox.faults([{ when: { type: 'RelatedPerson' }, fault: 'status-500' }]);
    try {
      const reply = await ask({ patient: child() });
      expect(reply.status).toBeGreaterThanOrEqual(500);
      expect(await sandbox.received()).toEqual([]);
    } finally {
      await sandbox.clearFaults();
    }
  });
});

describe('an executor', () => {
  it('acts for the dead alone, where the record shows it and staff confirmed it', async () => {
    change('RelatedPerson', 'sandbox-caregiver', {
      patient: { reference: `Patient/${own()}` },
      relationship: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'EXCEST' }] },
      ],
    });
    await confirmed({ relation: 'executor', patient: own() });
    expect(settled(await ask())).toBe(await strangers());
    change('Patient', own(), { deceasedBoolean: true });
    const answered = await ask();
    expect(answered.body['phi']).toMatchObject({
      decision: { sentence: expect.stringContaining('An executor may ask') },
    });
  });
});

describe('what is kept of it', () => {
  it('stands sealed in its store and by pseudonyms on the trail, and goes with the patient', async () => {
    const about = 'patient-to-be-erased';
    const reply = await call('compliance', '', {
      relation: 'parent',
      patient: about,
      relatedPerson: 'relative-of-theirs',
      person: { ...caregiver(), subject: 'somebody-known' },
    });
    expect(reply.status).toBe(201);
    const done = await confirm(reply.body['id'], 'administrator');
    const events = await storedTrail(sandbox, done.trail);
    expect(events).toMatchObject([
      {
        event: 'proxy.changed',
        facts: { relation: 'parent', state: 'in_force', proxy: reply.body['id'], found: true },
      },
    ]);
    const words = /patient-to-be-erased|relative-of-theirs|somebody-known|birth certificate/;
    expect(JSON.stringify(events)).not.toMatch(words);
    expect(readFileSync(storeFile(sandbox.ready.dataDir, 'proxies')).toString('latin1')).not.toMatch(words);
    expect((await listed('administrator')).map(({ id }) => id)).toContain(reply.body['id']);
    const erased = await sandbox.call('/v1/patients/erase', await sandbox.token('compliance'), {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ patient: about }),
    });
    expect(erased.status).toBe(200);
    expect((await listed('administrator')).map(({ id }) => id)).not.toContain(reply.body['id']);
    expect((await revoke(reply.body['id'], 'compliance')).status).toBe(404);
  });

  it('is handed to officers fifty at a time', async () => {
    const { services } = sandbox.running.gateway.gateway;
    const patient = services.pseudonym(sandbox.ready.tenant, 'patient', own());
    for (let n = 0; n < 55; n += 1) {
      const grant = await services.proxies.ask(sandbox.ready.tenant, patient, {
        relation: 'chosen',
        user: 'f'.repeat(32),
        person: caregiver(),
        by: 'e'.repeat(32),
        tasks: [],
        shares: [],
        until: services.clinicalClock.now() + 86_400_000,
      });
      await services.proxies.revoke(grant, 'e'.repeat(32));
    }
    const pages: string[][] = [];
    for (let next: unknown = ''; next !== undefined; ) {
      const at = typeof next === 'string' && next !== '' ? `?before=${next}` : '';
      const { body, status } = await sandbox.call(`/v1/proxies${at}`, await sandbox.token('compliance'));
      expect(status).toBe(200);
      const found: unknown = body['proxies'];
      pages.push(Array.isArray(found) ? found.map((one: { id: string }) => one.id) : []);
      next = body['next'];
    }
    const ids = pages.flat();
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.slice(0, -1).every((page) => page.length === 50)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(ids.toSorted().toReversed());
    for (const odd of ['x', '%00', '../', 'a'.repeat(3000)])
      expect(
        (await sandbox.call(`/v1/proxies?before=${odd}`, await sandbox.token('compliance'))).status,
      ).toBe(400);
    // A patient reads all of the own record.
    const mine = (await sandbox.call('/v1/proxies', await sandbox.token('patient'))).body['proxies'];
    expect(Array.isArray(mine) ? mine.length : 0).toBeGreaterThanOrEqual(55);
  });
});
