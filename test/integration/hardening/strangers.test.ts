import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import type { StoredEvent } from '../../../src/audit/events.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

/** Refusals of strangers that stand on the trail one by one, in a minute. */
const alone = 3;
const clock = {
  offset: 0,
  now(): number {
    return Date.now() + this.offset;
  },
};

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({
    clock,
    configure: (config) => ({
      ...config,
      limits: { ...config.limits, perMinute: { ...config.limits.perMinute, strangers: alone } },
    }),
  });
}, 60_000);
afterAll(() => sandbox.close());

const gateway = () => sandbox.running.gateway.gateway;
const stored = (reply: Reply, tenant = sandbox.ready.tenant): Promise<readonly StoredEvent[]> =>
  gateway().services.trail.trail(tenant, reply.trail);
const form = (path: string, token: string | undefined, fields: Readonly<Record<string, string>>) =>
  sandbox.call(path, token, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });

/** What the log says of strangers who were counted, in its order. */
function sums(file = sandbox.ready.files.audit) {
  const database = new Database(file, { readonly: true });
  try {
    const payloads: unknown[] = database.prepare('SELECT payload FROM event ORDER BY seq').pluck().all();
    return payloads
      .map((payload): unknown => JSON.parse(String(payload)))
      .filter(isRecord)
      .filter(({ event }) => event === 'strangers.refused')
      .map(({ tenant, reason, outcome, facts }) => ({
        tenant,
        reason,
        outcome,
        count: isRecord(facts) ? facts['count'] : undefined,
        status: isRecord(facts) ? facts['status'] : undefined,
      }));
  } finally {
    database.close();
  }
}

describe('a stranger', () => {
  it('does not fill the disk: beyond the first of a minute refusals are one event for each reason', async () => {
    await gateway().sumUpStrangers();
    const before = sums();
    const replies: Reply[] = [];
    for (let n = 0; n < 200; n += 1) replies.push(await sandbox.ask({ token: 'no.token.atall' }));
    for (let n = 0; n < 100; n += 1) replies.push(await sandbox.call(`/nowhere/${n}`, undefined));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401, 404]));
    expect(replies.every(({ trail }) => trail !== '')).toBe(true);
    const single = (await Promise.all(replies.map((reply) => stored(reply, '-')))).filter(
      (events) => events.length > 0,
    );
    expect(single.map(([event]) => event?.event)).toEqual(
      Array.from({ length: alone }, () => 'request.denied'),
    );
    await gateway().sumUpStrangers();
    expect(sums().slice(before.length)).toEqual([
      { tenant: '-', reason: 'token_malformed', outcome: 'refused', count: 200 - alone, status: 401 },
      { tenant: '-', reason: 'unknown_route', outcome: 'refused', count: 100, status: 404 },
    ]);
    expect(verifyTrail(sandbox.ready.files.audit)).toMatchObject({ ok: true });
  });

  it('takes no room from those who are known: each of their refusals stands alone', async () => {
    await gateway().sumUpStrangers();
    for (let n = 0; n < alone * 2; n += 1) await sandbox.ask({ token: 'no.token.atall' });
    const known = await Promise.all(
      Array.from({ length: alone * 3 }, () => sandbox.ask({ task: 'no.such.task' })),
    );
    for (const reply of known)
      expect((await stored(reply)).map(({ event, reason }) => [event, reason])).toEqual([
        ['session.started', undefined],
        ['request.denied', 'task_unknown'],
      ]);
  });

  it('is still counted when the trail takes nothing for a while', async () => {
    await gateway().sumUpStrangers();
    for (let n = 0; n < alone + 5; n += 1) await sandbox.ask({ token: 'no.token.atall' });
    const { trail } = gateway().services;
    const append = trail.append.bind(trail);
    trail.append = () => Promise.reject(new Error('the disk is full'));
    await expect(gateway().sumUpStrangers()).rejects.toMatchObject({ reason: 'trail_unavailable' });
    trail.append = append;
    const before = sums().length;
    await gateway().sumUpStrangers();
    expect(sums().slice(before)).toMatchObject([{ reason: 'token_malformed', count: 5 }]);
  });

  it('is summed up when the gateway stops', async () => {
    const other = await SandboxUnderTest.start({
      configure: (config) => ({
        ...config,
        limits: { ...config.limits, perMinute: { ...config.limits.perMinute, strangers: 1 } },
      }),
    });
    for (let n = 0; n < 4; n += 1) await other.call('/nowhere', undefined);
    const file = other.ready.files.audit;
    await other.running.close();
    expect(verifyTrail(file)).toMatchObject({ ok: true });
    expect(sums(file)).toMatchObject([{ reason: 'unknown_route', count: 3 }]);
    rmSync(other.ready.dataDir, { recursive: true, force: true });
  }, 60_000);
});

describe('whose trail a refusal is on', () => {
  it('a token that has run out is one of its tenant: an officer reads it, and the signature told', async () => {
    await gateway().sumUpStrangers();
    const token = await sandbox.token('clinician');
    clock.offset = 3_600_000;
    const reply = await sandbox.ask({ token });
    clock.offset = 0;
    // The session was at rest for an hour, and has ended.
    sandbox.signInAgain();
    expect(reply.status).toBe(401);
    expect(await stored(reply)).toMatchObject([{ event: 'request.denied', reason: 'token_expired' }]);
    expect(await sandbox.trail(reply.trail)).toMatchObject([{ reason: 'token_expired' }]);
  });

  it('a token that only claims to be of an issuer is nobody’s', async () => {
    const [head = '', claims = ''] = (await sandbox.token('clinician')).split('.');
    const reply = await sandbox.ask({ token: `${head}.${claims}.${'A'.repeat(86)}` });
    expect(reply.status).toBe(401);
    expect(await stored(reply)).toEqual([]);
  });

  it.each([
    ['a body that is no JSON', '/v1/chat/completions', '{', 'malformed_request'],
    ['an unknown member', '/v1/responses', '{"input":"x","background":true}', 'position_not_allowed'],
  ])(
    '%s of a known asker is on the trail as theirs, for them and for an officer',
    async (_, path, body, reason) => {
      const reply = await sandbox.call(path, await sandbox.token('clinician'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(reply.status).toBe(400);
      expect((await stored(reply)).map(({ event }) => event)).toEqual(['session.started', 'request.denied']);
      const own = await sandbox.call(`/v1/trails/${reply.trail}`, await sandbox.token('clinician'));
      expect(own.body).toMatchObject({ outcome: 'denied' });
      expect((await sandbox.trail(reply.trail)).at(-1)).toMatchObject({ event: 'request.denied', reason });
    },
  );

  it('beside the way of a question too, with the route', async () => {
    const token = await sandbox.token('clinician');
    const missing = await sandbox.call('/v1/trails/019a0000-0000-7000-8000-000000000001', token);
    const exchange = await form('/oauth/token', undefined, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      authorization_details: '[]',
    });
    for (const [reply, route] of [
      [missing, 'GET /v1/trails/{id}'],
      [exchange, 'POST /oauth/token'],
    ] as const)
      expect((await stored(reply)).at(-1)).toMatchObject({
        event: 'request.denied',
        facts: { route, user: expect.stringMatching(/^[0-9a-f]{32}$/) },
      });
  });
});

describe('asking about a token, and ending one', () => {
  it('is on the trail, and says the same of a token of somebody else as of none', async () => {
    const token = await sandbox.token('clinician');
    const exchanged = await form('/oauth/token', undefined, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      authorization_details: JSON.stringify([
        {
          type: 'phi_access',
          patient: sandbox.ready.patients[0]?.id,
          task: 'cholesterol.latest',
          purpose: 'TREAT',
        },
      ]),
    });
    const delegated = String(exchanged.body['access_token']);
    const other = await sandbox.token('clinician', 'copilot-app');
    const told: (readonly [string, string | undefined, string, boolean])[] = [
      ['token.introspected', token, delegated, true],
      ['token.introspected', other, delegated, false],
      ['token.introspected', other, 'none', false],
      ['token.revoked', other, delegated, false],
      ['token.revoked', other, 'none', false],
      ['token.revoked', token, delegated, true],
      ['token.introspected', token, delegated, false],
    ];
    for (const [event, by, about, found] of told) {
      const path = event === 'token.revoked' ? '/oauth/revoke' : '/oauth/introspect';
      const reply = await form(path, by, { token: about });
      expect(reply.status).toBe(200);
      expect(await stored(reply)).toMatchObject([{ event, facts: { found, route: `POST ${path}` } }]);
      const view = await sandbox.call(`/v1/trails/${reply.trail}`, by);
      expect(view.body['events']).toMatchObject([{ event }]);
      expect(view.text).not.toContain('found');
    }
  });
});
