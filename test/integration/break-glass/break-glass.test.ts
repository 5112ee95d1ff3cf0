import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Config } from '../../../src/config/config.ts';
import { storeFile } from '../../../src/storage/sqlite/ledger.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { notices } from '../../../src/vocabulary/notices.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { storedTrail } from '../hardening/bad-input.ts';

let sandbox: SandboxUnderTest;
/** How far the gateway's clock is ahead of the host's, in milliseconds. */
let ahead = 0;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({ clock: { now: () => Date.now() + ahead } });
}, 60_000);
afterAll(() => sandbox.close());

const json = { 'content-type': 'application/json' };
const secret = 'the scripted model said this';
const reasonText = 'unconscious in the emergency room, nobody to ask';
const patient = (): string => sandbox.ready.patients[0]?.id ?? '';
const another = (): string => sandbox.ready.patients[1]?.id ?? '';

const call = async (user: string, path: string, body?: object, at = sandbox): Promise<Reply> =>
  at.call(
    `/v1/break-glass${path}`,
    await at.token(user),
    body === undefined ? {} : { method: 'POST', headers: json, body: JSON.stringify(body) },
  );
const declared = (changes: object = {}) => ({
  patient: patient(),
  reason: 'patient_unable',
  text: reasonText,
  ...changes,
});
const declare = (user: string, changes: object = {}, at = sandbox) => call(user, '', declared(changes), at);
const review = (user: string, id: unknown) =>
  call(user, `/${String(id)}/review`, { finding: 'appropriate', text: 'the ward confirms what happened' });
/** The physician whom nothing relates to any patient. */
const ask = (changes: object = {}) =>
  sandbox.ask({
    user: 'outsider',
    task: 'emergency.summary',
    purpose: 'BTG',
    question: 'What do I have to know at once?',
    ...changes,
  });
const listed = async (user: string) => {
  const list = (await call(user, '')).body['emergencies'];
  return Array.isArray(list) ? list.filter(isRecord) : [];
};
/** What was told, but for the trail. */
const settled = ({ status, text, trail }: Reply) => `${status} ${text.replaceAll(trail, 'T')}`;
const sent = async (): Promise<string> => String((await sandbox.received()).at(-1)?.body);
const endOf = async (reply: Reply) => (await sandbox.trail(reply.trail)).at(-1);

beforeEach(async () => {
  ahead = 0;
  sandbox.signInAgain();
  await sandbox.forgetReceived();
  for (const { id, state } of await listed('compliance'))
    if (state !== 'reviewed') await review('compliance', id);
});

describe('emergency access', () => {
  it('opens the emergency summary of one record to who declared it, says so in the answer, and nothing else', async () => {
    const before = await ask();
    expect(before.status).toBe(403);
    const reply = await declare('outsider');
    expect(reply).toMatchObject({ status: 201, body: { state: 'open', reason: 'patient_unable' } });
    const answered = await ask();
    expect(answered.status).toBe(200);
    const banner = notices.emergency_access.text;
    expect(contentOf(answered.body)).toContain(banner);
    expect(answered.body['phi']).toMatchObject({
      decision: { sentence: expect.stringContaining('emergency access was declared') },
      incomplete: expect.arrayContaining([{ code: 'emergency_access', text: banner }]),
    });
    // Also where the model keeps silent about it.
    await sandbox.script([{ chunks: ['No allergies are on record.'] }]);
    expect((await ask()).text).toContain('breaking the glass');

    for (const changes of [
      { patient: another() },
      { purpose: 'ETREAT' },
      { purpose: 'TREAT', task: 'medication.reconciliation' },
      { task: 'medication.reconciliation' },
      { user: 'pharmacist' },
      { user: 'nurse', patient: another() },
    ])
      expect([changes, (await ask(changes)).status]).toEqual([changes, 403]);
  });

  it('a stranger is told the same of a patient who does not exist, before it and of another record', async () => {
    expect(settled(await ask())).toBe(settled(await ask({ patient: 'no-such-patient' })));
    const reply = await declare('outsider', { patient: 'no-such-patient' });
    expect(reply.status).toBe(201);
    expect(settled(await ask())).toBe(settled(await ask({ patient: another() })));
  });

  it('takes the tokens of its conversations along when it is reviewed', async () => {
    const phi = { conversation: 'emergency' };
    const question = 'Mr. Zebulon Quackenbush brought her. What do I have to know at once?';
    const spoken = async (): Promise<string> => {
      expect((await ask({ phi, question })).status).toBe(200);
      const [, token = ''] = /Mr\. (\[\[PERSON-[0-9A-Z]{8}\]\]) brought/.exec(await sent()) ?? [];
      expect(token).not.toBe('');
      return token;
    };
    const { body } = await declare('outsider');
    const token = await spoken();
    expect(await spoken()).toBe(token);
    await review('compliance', body['id']);
    await declare('outsider');
    await ask({ phi, question: `Who is ${token}?` });
    expect(await sent()).not.toContain(token);
    expect(await spoken()).not.toBe(token);
  });

  it('takes them along also where the trail does not take the review, which nobody can say again', async () => {
    const { gateway } = sandbox.running.gateway;
    const { body } = await declare('outsider');
    expect((await ask({ phi: { conversation: 'unwritten' } })).status).toBe(200);
    const forgotten = jest.spyOn(gateway.services.sessions, 'forgetOpening');
    const record = jest.spyOn(gateway, 'record').mockRejectedValueOnce(new Error('disk'));
    try {
      expect((await review('compliance', body['id'])).status).toBe(500);
      expect((await review('compliance', body['id'])).status).toBe(404);
      expect(forgotten.mock.calls).toEqual([[sandbox.ready.tenant, body['id']]]);
      await expect(forgotten.mock.results[0]?.value).resolves.toBeUndefined();
    } finally {
      record.mockRestore();
      forgotten.mockRestore();
    }
  });

  it('holds at most as long as the tenant says, whatever is asked for', async () => {
    const { body } = await declare('outsider', { minutes: 240 });
    expect(Date.parse(String(body['until'])) - Date.parse(String(body['declaredAt']))).toBe(30 * 60_000);
    await review('compliance', body['id']);
    const short = await declare('outsider', { minutes: 1 });
    expect(Date.parse(String(short.body['until'])) - Date.parse(String(short.body['declaredAt']))).toBe(
      60_000,
    );
    expect((await ask()).status).toBe(200);
    ahead = 61_000;
    expect((await ask()).status).toBe(403);
    expect((await listed('outsider'))[0]).toMatchObject({ id: short.body['id'], state: 'review_due' });
  });

  it('that ends while the model answers: nothing is delivered', async () => {
    const { body } = await declare('outsider');
    await sandbox.script([{ delayMs: 1500, chunks: [secret] }]);
    const asking = ask();
    while ((await sandbox.received()).length === 0) await delay(10);
    expect((await review('compliance', body['id'])).status).toBe(200);
    const reply = await asking;
    expect(reply.status).toBe(403);
    expect(reply.text).not.toContain(secret);
    expect(await endOf(reply)).toMatchObject({ event: 'response.aborted', reason: 'policy_denied' });
    expect((await ask()).status).toBe(403);
  });

  it('is reviewed before the same person declares it again, by an officer who did not use it', async () => {
    const { body } = await declare('outsider');
    const { id } = body;
    const again = await declare('outsider', { patient: another() });
    expect(again).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('has not been reviewed') },
    });
    expect(await endOf(again)).toMatchObject({ event: 'request.denied', reason: 'review_open' });
    for (const user of ['outsider', 'clinician', 'administrator', 'patient', 'support'])
      expect([user, (await review(user, id)).status]).toEqual([user, 403]);
    const { users } = sandbox.running.gateway.gateway.services;
    const verify = users.verify.bind(users);
    users.verify = async (token) => ({ ...(await verify(token)), roles: ['physician', 'compliance'] });
    try {
      const own = await review('outsider', id);
      expect(own).toMatchObject({
        status: 403,
        body: { detail: expect.stringContaining('reviewed by a compliance officer') },
      });
    } finally {
      users.verify = verify;
    }
    expect((await review('compliance', id)).body).toMatchObject({
      state: 'reviewed',
      finding: 'appropriate',
    });
    expect((await review('compliance', id)).status).toBe(404);
    expect((await declare('outsider', { patient: another() })).status).toBe(201);
  });

  it('is for physicians and nurses in person, with a fresh sign-in', async () => {
    for (const user of [
      'pharmacist',
      'patient',
      'caregiver',
      'billing',
      'analyst',
      'support',
      'compliance',
      'administrator',
    ])
      expect([user, (await declare(user)).status]).toEqual([user, 403]);
    const exchanged = await sandbox.exchange(await sandbox.token('clinician'));
    const delegated = await sandbox.call('/v1/break-glass', String(exchanged.body['access_token']), {
      method: 'POST',
      headers: json,
      body: JSON.stringify(declared()),
    });
    expect(delegated.status).toBe(403);
    const { users } = sandbox.running.gateway.gateway.services;
    const verify = users.verify.bind(users);
    users.verify = async (token) => ({ ...(await verify(token)), authTime: Date.now() / 1000 - 1000 });
    try {
      const stale = await declare('outsider');
      expect([stale.status, stale.headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringContaining('max_age'),
      ]);
    } finally {
      users.verify = verify;
    }
    expect((await declare('nurse')).status).toBe(201);
  });

  it('a consent that denies treatment wins', async () => {
    await declare('outsider');
    const consents = sandbox.running.store
      .all('Consent')
      .filter((consent) => JSON.stringify(consent['patient']).includes(`Patient/${patient()}`));
    for (const consent of consents)
      sandbox.running.store.put({ ...consent, provision: { type: 'deny' } }, Date.parse(sandbox.ready.now));
    const refused = await ask();
    for (const consent of consents) sandbox.running.store.put(consent, Date.parse(sandbox.ready.now));
    expect(refused.status).toBe(403);
    expect((await ask()).status).toBe(200);
  });
});

describe('what is told of it', () => {
  it('the privacy officer hears at once of a trail, and of nothing else', async () => {
    const before = sandbox.running.officer.told().length;
    const reply = await declare('outsider');
    while (sandbox.running.officer.told().length === before) await delay(10);
    expect(sandbox.running.officer.told().slice(before)).toEqual([JSON.stringify({ trail: reply.trail })]);
    expect((await sandbox.trail(reply.trail)).map(({ event }) => event)).toEqual(['emergency.changed']);
    const metrics = await (await fetch(`${sandbox.ready.operations}/metrics`)).text();
    expect(metrics).toMatch(/phi_gateway_break_glass_total\{tenant="[^"]+"\} [1-9]/);
  });

  it('the trail has code and hash; neither there nor on the disk stands a word of why', async () => {
    const reply = await declare('outsider');
    const [event] = await storedTrail(sandbox, reply.trail);
    expect(event).toMatchObject({
      event: 'emergency.changed',
      facts: {
        why: 'patient_unable',
        state: 'open',
        textHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        lifetime: 1800,
      },
    });
    const closed = await review('compliance', reply.body['id']);
    for (const { trail } of [reply, closed])
      expect(JSON.stringify(await storedTrail(sandbox, trail))).not.toMatch(/unconscious|ward confirms/);
    for (const suffix of ['', '-wal'])
      expect(
        readFileSync(`${storeFile(sandbox.ready.dataDir, 'emergencies')}${suffix}`, 'latin1'),
      ).not.toMatch(/unconscious|ward confirms|patient_unable/);
  });

  it('officers see why; who declared it theirs; the patient that it was; others nothing', async () => {
    const own = sandbox.ready.users.find(({ role }) => role === 'patient')?.patient ?? '';
    const { body } = await declare('outsider', { patient: own });
    const { id } = body;
    expect((await listed('compliance'))[0]).toMatchObject({ id, text: reasonText, reason: 'patient_unable' });
    expect((await listed('outsider'))[0]).toMatchObject({ id, text: reasonText });
    const [seen] = await listed('patient');
    expect(seen).toMatchObject({ id, state: 'open' });
    expect(JSON.stringify(seen)).not.toMatch(/unconscious|patient_unable/);
    expect(await listed('nurse')).not.toContainEqual(expect.objectContaining({ id }));
    expect(await listed('administrator')).toEqual([]);
  });
});

const withBreakGlass =
  (breakGlass: { notify: string } | undefined) =>
  (config: Config): Config => ({
    ...config,
    tenants: config.tenants.map(({ breakGlass: own, ...tenant }) => ({
      ...tenant,
      ...(own === undefined || breakGlass === undefined ? {} : { breakGlass: { ...own, ...breakGlass } }),
    })),
  });

it('whoever waits for care does not wait for an officer who cannot be reached; the failure is an alert', async () => {
  const deaf = await SandboxUnderTest.start({ configure: withBreakGlass({ notify: 'http://127.0.0.1:9/' }) });
  try {
    expect((await declare('outsider', {}, deaf)).status).toBe(201);
    let metrics = '';
    while (!/officer_not_told_total\{[^}]*\} [1-9]/.test(metrics)) {
      metrics = await (await fetch(`${deaf.ready.operations}/metrics`)).text();
      await delay(50);
    }
    expect(readFileSync(deaf.ready.files.log, 'utf8')).toContain('officer_not_told');
  } finally {
    await deaf.close();
  }
}, 60_000);

it('where the tenant offers none, there is none', async () => {
  const without = await SandboxUnderTest.start({ configure: withBreakGlass(undefined) });
  try {
    const reply = await declare('outsider', {}, without);
    expect(reply).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('offers no emergency access') },
    });
  } finally {
    await without.close();
  }
}, 60_000);
