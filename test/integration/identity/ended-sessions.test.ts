import { type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import {
  delegatedOf,
  freshSignIn,
  type SignedIn,
  sessionIdOf,
  tell,
  type Way,
  waysAtTheGateway,
  waysOfTheIssuer,
} from './ending-ways.ts';

const secret = 'the scripted model said this';
const ways = [...Object.entries(waysAtTheGateway), ...Object.entries(waysOfTheIssuer)];

/** Resolves once the model has been asked and has not answered yet. */
async function modelIsAsked(sandbox: SandboxUnderTest): Promise<void> {
  while ((await sandbox.received()).length === 0) await delay(10);
}

/** For all that needs no configuration of its own. */
let shared: SandboxUnderTest;
beforeAll(async () => {
  shared = await SandboxUnderTest.start();
  await shared.token('compliance');
}, 60_000);
afterAll(() => shared.close());

const openAnswers = (sandbox: SandboxUnderTest): number => sandbox.running.gateway.gateway.open;

describe('a session that ends while the model still answers', () => {
  let sandbox: SandboxUnderTest;
  let other: SignedIn;
  beforeAll(async () => {
    sandbox = shared;
    other = await freshSignIn(sandbox, 'nurse');
  });
  beforeEach(() => sandbox.forgetReceived());

  it.each(ways)('%s: within a second nothing more is delivered', async (_name, end: Way) => {
    const signedIn = await freshSignIn(sandbox, 'clinician');
    await sandbox.script([{ delayMs: 4000, chunks: [secret] }]);
    const asked = sandbox.ask({ token: signedIn.token });
    await modelIsAsked(sandbox);
    expect(await end(sandbox, signedIn)).toBeLessThan(300);
    const endedAt = performance.now();
    const reply = await asked;
    expect(performance.now() - endedAt).toBeLessThan(1000);
    expect(reply.text).not.toContain(secret);
    expect(reply).toMatchObject({ status: 403, body: { error: { code: 'access_denied' } } });
    const events = await sandbox.trail(reply.trail);
    expect(events.at(-1)).toMatchObject({ event: 'response.aborted', reason: 'revoked' });
    expect(events.map(({ event }) => event)).not.toContain('response.delivered');
  });

  it.each(ways)('%s: its token is refused from then on, and another session is not', async (_name, end) => {
    const signedIn = await freshSignIn(sandbox, 'clinician');
    expect((await sandbox.call('/v1/tasks', signedIn.token)).status).toBe(200);
    await end(sandbox, signedIn);
    const refused = await sandbox.call('/v1/tasks', signedIn.token);
    expect(refused).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect((await sandbox.call('/v1/tasks', other.token)).status).toBe(200);
  });

  it('what was handed on in its name ends with it', async () => {
    const signedIn = await freshSignIn(sandbox, 'clinician');
    const exchanged = await sandbox.call('/oauth/token', undefined, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: signedIn.token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        authorization_details: JSON.stringify([
          {
            type: 'phi_access',
            patient: sandbox.ready.patients[0]?.id,
            task: 'cholesterol.latest',
            purpose: 'TREAT',
          },
        ]),
      }).toString(),
    });
    const token = String(exchanged.body['access_token']);
    expect((await sandbox.ask({ token, phi: null })).status).toBe(200);
    await sandbox.call('/v1/sessions/current/revoke', signedIn.token, { method: 'POST' });
    expect((await sandbox.ask({ token, phi: null })).status).toBe(401);
  });

  it('tokens of its conversations resolve no more', async () => {
    const signedIn = await freshSignIn(sandbox, 'clinician');
    const { textReader, vault } = sandbox.running.gateway.gateway.services;
    const read = jest.spyOn(textReader, 'forget');
    const forgotten: string[] = [];
    const forget = vault.forget.bind(vault);
    vault.forget = (scopes) => {
      forgotten.push(...scopes.map(({ conversation }) => conversation));
      return forget(scopes);
    };
    expect((await sandbox.ask({ token: signedIn.token, phi: { conversation: 'round-1' } })).status).toBe(200);
    await sandbox.call('/v1/sessions/current/revoke', signedIn.token, { method: 'POST' });
    vault.forget = forget;
    expect(forgotten).toEqual(['round-1']);
    // What was found in its texts goes as well.
    expect(read.mock.calls.map(([{ conversation }]) => conversation)).toEqual(['round-1']);
    read.mockRestore();
  });
});

describe('a session that ends while its answer stands still because nobody reads it', () => {
  let sandbox: SandboxUnderTest;
  beforeAll(() => {
    sandbox = shared;
  });

  /** Asks for a stream that no buffer between gateway and caller holds, and reads nothing of it. */
  async function stalled(token: string) {
    const body = JSON.stringify({
      messages: [{ role: 'user', content: 'What is the latest LDL?' }],
      stream: true,
      phi: { patient: sandbox.ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT' },
    });
    const call = request(`${sandbox.ready.gateway}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    });
    call.on('error', () => undefined);
    call.end(body);
    const response = await new Promise<IncomingMessage>((resolve) => call.on('response', resolve));
    response.pause();
    return response;
  }

  it.each([
    'POST /v1/sessions/{id}/revoke by an officer',
    'back-channel logout of the session',
    'CAEP session-revoked of the session',
  ])(
    '%s: within a second the request is over, and its end is never delivered',
    async (name) => {
      const end: Way | undefined = { ...waysAtTheGateway, ...waysOfTheIssuer }[name];
      if (end === undefined) throw new Error('no such way');
      const signedIn = await freshSignIn(sandbox, 'clinician');
      await sandbox.script([{ chunks: [`${'One word and another. '.repeat(45_000)}${secret}`] }]);
      const response = await stalled(signedIn.token);
      const trail = String(response.headers['phi-trail']);
      await delay(300);
      expect(openAnswers(sandbox)).toBe(1);
      expect(await end(sandbox, signedIn)).toBeLessThan(300);
      const endedAt = performance.now();
      while (openAnswers(sandbox) > 0) await delay(10);
      expect(performance.now() - endedAt).toBeLessThan(1000);
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      const closed = new Promise((resolve) => response.on('close', resolve).on('error', resolve));
      response.resume();
      await closed;
      expect(text).toContain('One word');
      expect(text).not.toContain(secret);
      expect(text).not.toContain('[DONE]');
      const events = await sandbox.trail(trail);
      expect(events.at(-1)).toMatchObject({ event: 'response.aborted', reason: 'revoked' });
      expect(events.map(({ event }) => event)).not.toContain('response.delivered');
    },
    30_000,
  );
});

describe('who may end which session', () => {
  let sandbox: SandboxUnderTest;
  let first: SignedIn;
  beforeAll(async () => {
    sandbox = shared;
    first = await freshSignIn(sandbox, 'clinician');
  });

  it('another session of one’s own, by its id; not one of somebody else, nor what is none', async () => {
    const second = await freshSignIn(sandbox, 'clinician');
    const id = await sessionIdOf(sandbox, first.token);
    const nurse = await sandbox.token('nurse');
    for (const asked of [id, 'nothing', 'a'.repeat(32)]) {
      const reply = await sandbox.call(`/v1/sessions/${asked}/revoke`, nurse, { method: 'POST' });
      expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    expect((await sandbox.call('/v1/tasks', first.token)).status).toBe(200);
    await sandbox.call('/v1/tasks', second.token);
    const reply = await sandbox.call(`/v1/sessions/${id}/revoke`, second.token, { method: 'POST' });
    expect(reply).toMatchObject({ status: 200, body: { id, ended: true } });
    expect((await sandbox.call('/v1/tasks', first.token)).status).toBe(401);
    expect((await sandbox.call('/v1/tasks', second.token)).status).toBe(200);
  });

  it('with a delegated token the own session, no other', async () => {
    const [signedIn, another] = [
      await freshSignIn(sandbox, 'clinician'),
      await freshSignIn(sandbox, 'clinician'),
    ];
    const token = await delegatedOf(sandbox, signedIn);
    const id = await sessionIdOf(sandbox, another.token);
    const reply = await sandbox.call(`/v1/sessions/${id}/revoke`, token, { method: 'POST' });
    expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await sandbox.call('/v1/tasks', another.token)).status).toBe(200);
    expect((await sandbox.call('/v1/sessions/current/revoke', token, { method: 'POST' })).status).toBe(200);
    expect((await sandbox.call('/v1/tasks', signedIn.token)).status).toBe(401);
  });
});

describe('a Shared Signals stream', () => {
  let sandbox: SandboxUnderTest;
  beforeAll(async () => {
    sandbox = await SandboxUnderTest.start({
      configure: (config) => ({
        ...config,
        tenants: config.tenants.map((tenant) => ({
          ...tenant,
          issuers: tenant.issuers.map(({ signals, ...issuer }) => ({
            ...issuer,
            ...(signals === undefined ? {} : { signals: { ...signals, silenceSeconds: 7 } }),
          })),
        })),
      }),
    });
  }, 60_000);
  afterAll(() => sandbox.close());

  it('that tells of something better, or of somebody else, ends nothing', async () => {
    const { token, username } = await freshSignIn(sandbox, 'clinician');
    for (const harmless of [
      { event: 'device-compliance-change', username, current_status: 'compliant' },
      { event: 'assurance-level-change', username, change_direction: 'increase' },
      { event: 'session-revoked', username: 'nurse' },
      { event: 'something-new', username },
    ])
      expect(await tell(sandbox, harmless)).toBe(202);
    expect((await sandbox.call('/v1/tasks', token)).status).toBe(200);
  });

  it('is refused where it names nobody, is not signed, or shows no authorization', async () => {
    expect(await tell(sandbox, { event: 'session-revoked' })).toBe(400);
    const pushed = async (body: string) =>
      sandbox.call('/v1/security-events', undefined, {
        method: 'POST',
        headers: { 'content-type': 'application/secevent+jwt' },
        body,
      });
    const unsigned = [
      { alg: 'none', typ: 'secevent+jwt' },
      { iss: sandbox.ready.issuer, events: {} },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    expect(await pushed(`${unsigned}.`)).toMatchObject({
      status: 400,
      body: { err: 'authentication_failed' },
    });
    expect(await pushed('nonsense')).toMatchObject({ status: 400, body: { err: 'invalid_request' } });
    const foreign = unsigned.replace(
      /\.[^.]*$/,
      `.${Buffer.from('{"iss":"https://x.example"}').toString('base64url')}`,
    );
    expect(await pushed(`${foreign}.`)).toMatchObject({ status: 400, body: { err: 'invalid_issuer' } });
  });

  it('that falls silent is down: nobody of its issuer is let in, and a request under way ends', async () => {
    const { token } = await freshSignIn(sandbox, 'nurse');
    expect(await tell(sandbox, { silent: true })).toBe(200);
    await sandbox.script([{ delayMs: 15_000, chunks: [secret] }]);
    const { token: clinician } = await freshSignIn(sandbox, 'clinician');
    const reply = await sandbox.ask({ token: clinician });
    expect(reply.status).toBe(504);
    expect(reply.text).not.toContain(secret);
    expect((await sandbox.call('/v1/tasks', token)).status).toBe(504);
    await tell(sandbox, { silent: false });
    expect(await tell(sandbox, { event: 'session-revoked', username: 'nobody' })).toBe(202);
    expect((await sandbox.call('/v1/tasks', token)).status).toBe(200);
  }, 30_000);
});

describe('rest', () => {
  let sandbox: SandboxUnderTest;
  beforeAll(async () => {
    sandbox = await SandboxUnderTest.start({
      configure: (config) => ({ ...config, limits: { ...config.limits, sessionIdleSeconds: 2 } }),
    });
  }, 60_000);
  afterAll(() => sandbox.close());

  it('a session at rest is ended also for a request that waits for the model', async () => {
    const { token } = await freshSignIn(sandbox, 'clinician');
    await sandbox.script([{ delayMs: 8000, chunks: [secret] }]);
    const began = performance.now();
    const reply = await sandbox.ask({ token });
    expect(performance.now() - began).toBeLessThan(3000 + 500);
    expect(reply).toMatchObject({ status: 403, body: { error: { code: 'access_denied' } } });
    expect(reply.text).not.toContain(secret);
    const officer = await freshSignIn(sandbox, 'compliance');
    const trail = await sandbox.call(`/v1/trails/${reply.trail}`, officer.token);
    expect(trail.text).toContain('"reason":"revoked"');
    expect((await sandbox.call('/v1/tasks', token)).status).toBe(401);
    expect(openAnswers(sandbox)).toBe(0);
  });
});
