import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { formPost } from '../../fixtures/token-exchange.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
  await sandbox.token('compliance');
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(() => sandbox.forgetReceived());
afterEach(() => sandbox.clearFaults());

const patient = (): string => sandbox.ready.patients[0]?.id ?? '';
const secret = 'the scripted model said this';

/** The model takes so long, in milliseconds, that something can happen before it has answered. */
const slowModel = () => sandbox.script([{ delayMs: 700, chunks: [secret] }]);

/** Resolves once the model has been asked and has not answered yet. */
async function modelIsAsked(): Promise<void> {
  while ((await sandbox.received()).length === 0) await delay(10);
}

const endOf = async (trail: string) => (await sandbox.trail(trail)).at(-1);

async function put(resource: Resource): Promise<void> {
  const response = await fetch(`${new URL(sandbox.ready.fhir).origin}/__resources`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(resource),
  });
  expect(response.status).toBe(200);
}

const consentsOf = (id: string) =>
  sandbox.running.store
    .all('Consent')
    .filter((consent) => JSON.stringify(consent['patient']).includes(`Patient/${id}`));

async function expectNothingDelivered(reply: Reply, reason: string): Promise<void> {
  expect(reply.text).not.toContain(secret);
  expect(reply).toMatchObject({ status: 403, body: { error: { code: 'access_denied' } } });
  expect(await endOf(reply.trail)).toMatchObject({ event: 'response.aborted', reason });
  expect((await sandbox.trail(reply.trail)).map(({ event }) => event)).not.toContain('response.delivered');
}

const messageOf = ({ body }: Reply): unknown =>
  isRecord(body['error']) ? body['error']['message'] : undefined;

describe('what is taken back while the model still answers', () => {
  it.each([false, true])('a consent: nothing is delivered (stream %s)', async (stream) => {
    await slowModel();
    const asked = sandbox.ask({ stream });
    await modelIsAsked();
    const consents = consentsOf(patient());
    expect(consents.length).toBeGreaterThan(0);
    for (const consent of consents) await put({ ...consent, status: 'inactive' });
    const reply = await asked;
    for (const consent of consents) await put(consent);
    await expectNothingDelivered(reply, 'revoked');
    expect((await sandbox.ask()).status).toBe(200);
  });

  it('a part of a consent: an answer made with more is not delivered', async () => {
    await slowModel();
    const asked = sandbox.ask();
    await modelIsAsked();
    const [consent] = consentsOf(patient());
    if (consent === undefined) throw new Error('the patient has no consent');
    const narrower = {
      type: 'permit',
      provision: [
        {
          type: 'deny',
          securityLabel: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'ETH' }],
        },
      ],
    };
    await put({ ...consent, id: 'narrower', provision: narrower });
    const reply = await asked;
    expect(reply.text).not.toContain(secret);
    sandbox.running.store.delete('Consent', 'narrower');
    await expectNothingDelivered(reply, 'revoked');
  });

  it('a delegated token', async () => {
    const user = await sandbox.token('clinician');
    const exchanged = await sandbox.exchange(user);
    const token = String(exchanged.body['access_token']);
    await slowModel();
    const asked = sandbox.ask({ token, phi: null });
    await modelIsAsked();
    expect((await sandbox.call('/oauth/revoke', user, formPost({ token }))).status).toBe(200);
    await expectNothingDelivered(await asked, 'revoked');
    expect((await sandbox.ask({ token, phi: null })).status).toBe(401);
  });

  it.each([false, true])(
    'a care relation: nothing is delivered, and the trail says why (stream %s)',
    async (stream) => {
      // Nothing but the care team relates the nurse to this patient.
      const nurse = { user: 'nurse', task: 'problem.list' };
      const teams = sandbox.running.store
        .all('CareTeam')
        .filter((team) => JSON.stringify(team['subject']).includes(`Patient/${patient()}`));
      expect(teams.length).toBeGreaterThan(0);
      await slowModel();
      const asked = sandbox.ask({ ...nurse, stream });
      await modelIsAsked();
      for (const team of teams) await put({ ...team, status: 'inactive' });
      const reply = await asked;
      const denied = await sandbox.ask(nurse);
      for (const team of teams) await put(team);
      await expectNothingDelivered(reply, 'policy_denied');
      // What the asker is told is what anybody without a relation is told.
      expect(messageOf(reply)).toBe(messageOf(denied));
      expect(denied.status).toBe(403);
      const { text } = await sandbox.call(`/v1/trails/${reply.trail}`, await sandbox.token('compliance'));
      expect(text).not.toContain(secret);
      expect((await sandbox.ask(nurse)).status).toBe(200);
    },
  );

  it('the view of the relations: a record system that is down then counts as a no', async () => {
    await slowModel();
    const asked = sandbox.ask();
    await modelIsAsked();
    await sandbox.faults([{ when: { type: 'CareTeam' }, fault: 'status-503', times: 100 }]);
    const reply = await asked;
    expect(reply.text).not.toContain(secret);
    expect(reply.status).toBe(502);
    expect(await endOf(reply.trail)).toMatchObject({ event: 'response.aborted' });
  });

  it('the view of the consents: a record system that is down then counts as a no', async () => {
    await slowModel();
    const asked = sandbox.ask();
    await modelIsAsked();
    await sandbox.faults([{ when: { type: 'Consent' }, fault: 'status-503', times: 100 }]);
    const reply = await asked;
    expect(reply.text).not.toContain(secret);
    expect(reply.status).toBe(502);
    expect(await endOf(reply.trail)).toMatchObject({ event: 'response.aborted' });
  });
});

describe('a caller that goes away', () => {
  it('while the model still answers: the trail says so, and nothing is released', async () => {
    await slowModel();
    const token = await sandbox.token('clinician');
    const appended: string[] = [];
    const { trail } = sandbox.running.gateway.gateway.services;
    const append = trail.append.bind(trail);
    trail.append = (events) => {
      appended.push(...events.map((event) => event.trail));
      return append(events);
    };
    const call = request(`${sandbox.ready.gateway}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    });
    call.on('error', () => undefined);
    call.end(
      JSON.stringify({
        messages: [{ role: 'user', content: 'What is the latest LDL?' }],
        phi: { patient: patient(), task: 'cholesterol.latest', purpose: 'TREAT' },
      }),
    );
    await modelIsAsked();
    call.destroy();
    while (sandbox.running.gateway.gateway.open > 0) await delay(10);
    trail.append = append;
    const events = await sandbox.trail(appended[0] ?? '');
    expect(events.at(-1)).toMatchObject({ event: 'response.aborted', reason: 'caller_gone' });
    expect(events.map(({ event }) => event)).not.toContain('response.released');
  });
});

describe('a token that ends while the model still answers', () => {
  let ahead = 0;
  let stepped: SandboxUnderTest;
  beforeAll(async () => {
    stepped = await SandboxUnderTest.start({
      clock: { now: () => Date.now() + ahead },
      // The step stays within the minute that a token for the record system lives: a read that is under way does not fail.
      configure: (config) => ({ ...config, limits: { ...config.limits, delegatedTokenSeconds: 15 } }),
    });
  }, 60_000);
  afterAll(() => stepped.close());

  const exchanged = async (): Promise<{ token: string; seconds: number }> => {
    const { body } = await stepped.exchange(await stepped.token('clinician'));
    return { token: String(body['access_token']), seconds: Number(body['expires_in']) };
  };

  it.each([
    ['the one presented', true],
    ['the one of the exchange inside', false],
  ])('%s: nothing is delivered', async (_, presented) => {
    await stepped.forgetReceived();
    const { token, seconds } = await exchanged();
    await stepped.script([{ delayMs: 700, chunks: [secret] }]);
    const asked = presented ? stepped.ask({ token, phi: null }) : stepped.ask();
    while ((await stepped.received()).length === 0) await delay(10);
    ahead = (seconds + 6) * 1000;
    const reply = await asked;
    const trail = await stepped.trail(reply.trail);
    ahead = 0;
    expect(reply.text).not.toContain(secret);
    expect(reply.status).toBe(401);
    expect(trail.at(-1)).toMatchObject({ event: 'response.aborted', reason: 'token_expired' });
  });
});
