import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../../src/config/config.ts';
import { acceptStore } from '../../../src/storage/sqlite/accept-store.ts';
import { storeFile } from '../../../src/storage/sqlite/ledger.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { storedTrail } from '../hardening/bad-input.ts';

/** The sandbox with another source of consents; the clinician's relations stay as they are. */
const withSource =
  (consentSource: 'fhir' | 'own' | 'both') =>
  (config: Config): Config => ({
    ...config,
    tenants: config.tenants.map((tenant) => ({ ...tenant, consentSource })),
  });

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({ configure: withSource('own') });
}, 60_000);
afterAll(() => sandbox.close());

const secret = 'the scripted model said this';
const json = { 'content-type': 'application/json' };
const own = (at = sandbox): string => at.ready.users.find(({ role }) => role === 'patient')?.patient ?? '';
const another = (at = sandbox): string => at.ready.patients.find(({ id }) => id !== own(at))?.id ?? '';

const consents = async (user: string, path = '', body?: object, at = sandbox): Promise<Reply> =>
  at.call(
    `/v1/consents${path}`,
    await at.token(user),
    body === undefined ? {} : { method: 'POST', headers: json, body: JSON.stringify(body) },
  );
const captured = async (user: string, body: object, at = sandbox): Promise<string> => {
  const reply = await consents(user, '', body, at);
  expect([reply.status, reply.body['state']]).toEqual([201, 'active']);
  return String(reply.body['id']);
};
const revoke = (user: string, id: string, at = sandbox) => consents(user, `/${id}/revoke`, {}, at);
const listed = async (user: string, at = sandbox) => {
  const list = (await consents(user, '', undefined, at)).body['consents'];
  return Array.isArray(list) ? list.filter(isRecord) : [];
};
const revokeAll = async (at = sandbox): Promise<void> => {
  for (const user of ['patient', 'compliance'])
    for (const { id, state } of await listed(user, at))
      if (state === 'active') await revoke(user, String(id), at);
};
const asked = (at = sandbox): Promise<Reply> => at.ask({ patient: own(at) });
const eventsOf = async (reply: Reply) => storedTrail(sandbox, reply.trail);

/** What was told, but for the trail. */
const settled = ({ status, text, trail }: Reply): string => `${status} ${text.replaceAll(trail, 'T')}`;

const permitAll = { decision: 'permit' };
/** A Consent as an app would write it. */
const consentOf = (patient: string, provision: object) => ({
  resourceType: 'Consent',
  status: 'active',
  scope: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
  },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: `Patient/${patient}` },
  policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }] },
  provision,
});

describe('a consent that the gateway keeps', () => {
  beforeEach(async () => {
    await revokeAll();
    await sandbox.forgetReceived();
  });

  it('opens the record from the moment it is given, and closes it from the moment it is revoked', async () => {
    expect((await asked()).status).toBe(403);
    const id = await captured('patient', permitAll);
    expect((await asked()).status).toBe(200);
    const revoked = await revoke('patient', id);
    expect(revoked).toMatchObject({
      status: 200,
      body: { id, state: 'revoked', consent: { status: 'inactive' } },
    });
    expect((await asked()).status).toBe(403);
    // Doing it again is no error and changes nothing.
    expect((await revoke('patient', id)).body['revokedAt']).toBe(revoked.body['revokedAt']);
  });

  it.each([
    ['a Consent as JSON', 'application/json', () => JSON.stringify(consentOf(own(), { type: 'permit' }))],
    [
      'a Consent as FHIR JSON',
      'application/fhir+json; charset=utf-8',
      () => JSON.stringify(consentOf(own(), { type: 'permit' })),
    ],
    [
      'a form as JSON',
      'application/json',
      () => JSON.stringify({ decision: 'permit', purposes: ['TREAT'], roles: ['physician', 'nurse'] }),
    ],
    [
      'a form as a browser sends it',
      'application/x-www-form-urlencoded',
      () => 'decision=permit&purposes=TREAT+HPAYMT&roles=physician+nurse',
    ],
  ])('%s', async (_name, type, body) => {
    const reply = await sandbox.call('/v1/consents', await sandbox.token('patient'), {
      method: 'POST',
      headers: { 'content-type': type },
      body: body(),
    });
    expect(reply).toMatchObject({
      status: 201,
      body: { byPatient: true, consent: { resourceType: 'Consent', status: 'active' } },
    });
    expect((await asked()).status).toBe(200);
  });

  it.each([false, true])(
    'revoked while the model answers: nothing is delivered (stream %s)',
    async (stream) => {
      const id = await captured('patient', permitAll);
      await sandbox.script([{ delayMs: 1500, chunks: [secret] }]);
      const asking = sandbox.ask({ patient: own(), stream });
      while ((await sandbox.received()).length === 0) await delay(10);
      expect((await revoke('patient', id)).status).toBe(200);
      const reply = await asking;
      expect(reply.text).not.toContain(secret);
      expect(reply).toMatchObject({ status: 403, body: { error: { code: 'access_denied' } } });
      const events = await sandbox.trail(reply.trail);
      expect(events.at(-1)).toMatchObject({ event: 'response.aborted', reason: 'revoked' });
      expect(events.map(({ event }) => event)).not.toContain('response.released');
    },
  );

  it('a denial given while the model answers: nothing is delivered', async () => {
    await captured('patient', permitAll);
    await sandbox.script([{ delayMs: 1500, chunks: [secret] }]);
    const asking = asked();
    while ((await sandbox.received()).length === 0) await delay(10);
    await captured('compliance', { patient: own(), decision: 'deny', purposes: ['TREAT'] });
    const reply = await asking;
    expect(reply.text).not.toContain(secret);
    expect((await sandbox.trail(reply.trail)).at(-1)).toMatchObject({
      event: 'response.aborted',
      reason: 'revoked',
    });
  });

  it('what the patient says later takes the place of what was said before; what staff says only adds denials', async () => {
    await captured('compliance', { ...permitAll, patient: own() });
    await captured('patient', { decision: 'deny' });
    expect((await asked()).status).toBe(403);
    // Staff cannot lift it, whatever they state about who verified it, and whatever date they write.
    const self = { reference: `Patient/${own()}` };
    await captured('compliance', {
      ...consentOf(own(), { type: 'permit' }),
      dateTime: '2999-01-01',
      performer: [self],
      verification: [{ verified: true, verifiedWith: self }],
    });
    expect((await asked()).status).toBe(403);
    const permit = await captured('patient', permitAll);
    expect((await asked()).status).toBe(200);
    await revoke('patient', permit);
    expect((await asked()).status).toBe(403);
  });

  it('of the patient is seen by patient and officers; staff ends no denial of the patient', async () => {
    const permit = await captured('patient', permitAll);
    const denial = await captured('patient', { decision: 'deny', withhold: ['HIV'] });
    expect((await listed('patient')).slice(0, 2)).toMatchObject([{ id: denial }, { id: permit }]);
    expect((await listed('compliance')).map(({ id }) => id)).toContain(denial);
    expect(await consents('compliance', `/${denial}`)).toMatchObject({
      status: 200,
      body: { byPatient: true, consent: { provision: { type: 'deny' } } },
    });
    const refused = await revoke('compliance', denial);
    expect(refused).toMatchObject({
      status: 403,
      body: { detail: 'Not allowed: what a patient denied, only the patient takes back.' },
    });
    expect((await revoke('compliance', permit)).status).toBe(200);
    expect((await revoke('patient', denial)).status).toBe(200);
  });

  it('others neither see one nor have one kept, and are told the same as of none', async () => {
    const id = await captured('patient', permitAll);
    const none = '019a0000-0000-7000-8000-000000000001';
    for (const user of [
      'clinician',
      'nurse',
      'pharmacist',
      'outsider',
      'support',
      'billing',
      'analyst',
      'administrator',
      'caregiver',
    ]) {
      for (const path of ['', '/revoke']) {
        const body = path === '' ? undefined : {};
        const told = await consents(user, `/${id}${path}`, body);
        expect([user, told.status]).toEqual([user, 404]);
        expect(settled(told)).toBe(settled(await consents(user, `/${none}${path}`, body)));
      }
      const refusals = [
        await consents(user),
        await consents(user, '', { ...permitAll, patient: own() }),
        await consents(user, '', { decision: 'deny', patient: own() }),
      ];
      expect([user, refusals.map(({ status }) => status)]).toEqual([user, [403, 403, 403]]);
      const missing = await consents(user, '', { decision: 'deny', patient: 'no-such-patient' });
      expect(settled(missing)).toBe(settled(refusals[2] ?? missing));
    }
    expect((await consents('patient', '', { ...permitAll, patient: another() })).status).toBe(403);
    expect(await listed('patient')).toMatchObject([
      { id, state: 'active' },
      ...(await listed('patient')).slice(1),
    ]);
  });

  it('a delegated token has no right over consents', async () => {
    const id = await captured('patient', permitAll);
    const exchanged = await sandbox.exchange(await sandbox.token('patient'), {
      patient: own(),
      task: 'cholesterol.latest',
      purpose: 'PATRQT',
    });
    const token = String(exchanged.body['access_token']);
    expect(token).not.toBe('undefined');
    const calls = [
      sandbox.call('/v1/consents', token),
      sandbox.call(`/v1/consents/${id}`, token),
      sandbox.call(`/v1/consents/${id}/revoke`, token, { method: 'POST', headers: json, body: '{}' }),
      sandbox.call('/v1/consents', token, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ ...permitAll, patient: own() }),
      }),
    ];
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([403, 404, 404, 403]);
  });

  it('the trail has codes and hashes: neither on it nor in the store stands what a consent says', async () => {
    const given = await consents('patient', '', {
      decision: 'deny',
      withhold: ['HIV'],
      actors: ['Practitioner/somebody-known'],
    });
    const { id } = given.body;
    const read = await consents('compliance', `/${String(id)}`);
    const revoked = await revoke('patient', String(id));
    const [changed] = await eventsOf(given);
    expect(changed).toMatchObject({
      event: 'consent.changed',
      outcome: 'success',
      facts: {
        consent: id,
        state: 'active',
        route: 'POST /v1/consents',
        effect: 'allow',
        policies: ['consent-own'],
        ownRecord: true,
        consentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        patient: given.body['patient'],
      },
    });
    expect(await eventsOf(read)).toMatchObject([
      { event: 'consent.read', facts: { consent: id, handed: 1 } },
    ]);
    expect(await eventsOf(revoked)).toMatchObject([
      { event: 'consent.changed', facts: { consent: id, state: 'revoked' } },
    ]);
    const words = new RegExp(`HIV|somebody-known|${own()}`);
    for (const reply of [given, read, revoked])
      expect(JSON.stringify(await eventsOf(reply))).not.toMatch(words);
    for (const suffix of ['', '-wal']) {
      const bytes = readFileSync(`${storeFile(sandbox.ready.dataDir, 'consents')}${suffix}`, 'latin1');
      expect(bytes).not.toMatch(words);
    }
  });

  it('is erased with the patient', async () => {
    const id = await captured('patient', permitAll);
    await captured('patient', { decision: 'deny', purposes: ['HRESCH'] });
    const kept = await captured('compliance', { ...permitAll, patient: another() });
    const path = storeFile(sandbox.ready.dataDir, 'consents');
    const erased = await sandbox.call('/v1/patients/erase', await sandbox.token('compliance'), {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ patient: own() }),
    });
    expect(erased.body).toMatchObject({ erased: true });
    expect((await consents('compliance', `/${id}`)).status).toBe(404);
    expect(await listed('patient')).toEqual([]);
    for (const suffix of ['', '-wal'])
      expect(readFileSync(`${path}${suffix}`, 'latin1')).not.toContain(String(erased.body['patient']));
    expect((await consents('compliance', `/${kept}`)).status).toBe(200);
    expect((await asked()).status).toBe(403);
    await captured('patient', permitAll);
    expect((await asked()).status).toBe(200);
  });
});

describe('nobody captures a permit for their own benefit', () => {
  it('not a compliance officer who treats patients too; a permit for others, and a denial, they may', async () => {
    const { users } = sandbox.running.gateway.gateway.services;
    const verify = users.verify.bind(users);
    const fhirUser = { type: 'Practitioner', id: 'both-offices' } as const;
    users.verify = async (token) => ({
      ...(await verify(token)),
      roles: ['compliance', 'physician'],
      fhirUser,
    });
    try {
      const to = (actor?: string) => ({
        ...permitAll,
        patient: own(),
        purposes: ['TREAT'],
        ...(actor === undefined ? {} : { actors: [actor] }),
      });
      for (const body of [
        to(),
        to('Practitioner/both-offices'),
        to('CareTeam/of-whoever'),
        { ...to(), roles: ['physician'] },
        consentOf(own(), { type: 'deny', provision: [{ type: 'permit' }] }),
      ]) {
        const reply = await consents('compliance', '', body);
        expect(reply).toMatchObject({
          status: 403,
          body: { detail: expect.stringContaining('opened to themselves') },
        });
        expect(await eventsOf(reply)).toMatchObject([
          { event: 'request.denied', facts: { policies: ['consent-own-benefit'], opensToAsker: true } },
        ]);
      }
      const id = await captured('compliance', to('Practitioner/somebody-else'));
      const denial = await captured('compliance', { decision: 'deny', patient: own() });
      expect((await revoke('compliance', id)).status).toBe(200);
      // Without it they might see more.
      expect((await revoke('compliance', denial)).status).toBe(403);
    } finally {
      users.verify = verify;
    }
    await revokeAll();
  });
});

describe('the source of consents', () => {
  it('own: those of the record system count for nothing, and are not even read', async () => {
    await revokeAll();
    await sandbox.faults([{ when: { type: 'Consent' }, fault: 'status-503', times: 100 }]);
    try {
      expect((await asked()).status).toBe(403);
      await captured('patient', permitAll);
      expect((await asked()).status).toBe(200);
    } finally {
      await sandbox.clearFaults();
    }
  });

  it('both: a denial of either wins, and without one of the two nothing is answered', async () => {
    const both = await SandboxUnderTest.start({ configure: withSource('both') });
    try {
      expect((await asked(both)).status).toBe(200);
      const denial = await captured('patient', { decision: 'deny' }, both);
      expect((await asked(both)).status).toBe(403);
      // In this store the patient has the last word; the record system's permit stands beside it.
      await captured('patient', permitAll, both);
      expect((await asked(both)).status).toBe(200);
      expect((await revoke('patient', denial, both)).status).toBe(200);
      for (const consent of both.running.store.all('Consent'))
        if (JSON.stringify(consent['patient']).includes(`Patient/${own(both)}`))
          both.running.store.put({ ...consent, provision: { type: 'deny' } }, Date.parse(both.ready.now));
      expect((await asked(both)).status).toBe(403);
      await both.faults([{ when: { type: 'Consent' }, fault: 'status-503', times: 100 }]);
      expect((await asked(both)).status).toBe(502);
    } finally {
      await both.close();
    }
  }, 60_000);

  it('fhir: none is kept here, and the refusal says where to go', async () => {
    const there = await SandboxUnderTest.start({ configure: withSource('fhir') });
    try {
      const reply = await consents('patient', '', { decision: 'deny' }, there);
      expect(reply).toMatchObject({
        status: 400,
        body: { detail: expect.stringContaining('consentSource') },
      });
      expect((await asked(there)).status).toBe(200);
    } finally {
      await there.close();
    }
  }, 60_000);
});

it('a restart forgets no consent; an older store of consents stays closed until an operator accepts it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'phi-consents-'));
  const start = (port = 0) => SandboxUnderTest.start({ dataDir, port, configure: withSource('own') });
  const first = await start();
  const port = Number(new URL(first.ready.gateway).port);
  await captured('patient', permitAll, first);
  await first.running.close();
  const backup = `${storeFile(dataDir, 'consents')}.backup`;
  copyFileSync(storeFile(dataDir, 'consents'), backup);

  const second = await start(port);
  expect((await asked(second)).status).toBe(200);
  await captured('patient', { decision: 'deny' }, second);
  expect((await asked(second)).status).toBe(403);
  await second.running.close();

  copyFileSync(backup, storeFile(dataDir, 'consents'));
  const third = await start(port);
  try {
    const readiness = async () => (await fetch(`${third.ready.operations}/readyz`)).status;
    for (const reply of [
      await asked(third),
      await consents('patient', '', permitAll, third),
      await consents('patient', '', undefined, third),
    ])
      expect([reply.status, reply.text]).toEqual([503, expect.stringContaining('A store of this gateway')]);
    expect(await readiness()).toBe(503);
    expect(readFileSync(third.ready.files.log, 'utf8')).toContain(
      '"event":"store.closed","store":"consents","fault":"behind"',
    );
    await acceptStore(dataDir, 'consents');
    for (let tries = 0; tries < 100 && (await readiness()) !== 200; tries += 1) await delay(100);
    expect((await asked(third)).status).toBe(200);
    await third.running.gateway.gateway.services.transparency.settle();
    expect(verifyTrail(dataDir)).toMatchObject({ ok: true });
  } finally {
    await third.running.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);
