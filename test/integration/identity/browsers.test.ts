import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  allowInsecureRequests,
  customFetch,
  discovery,
  fetchProtectedResource,
  genericGrantRequest,
  getDPoPHandle,
  None,
  randomDPoPKeyPair,
} from 'openid-client';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { exchangeGrant, exchangeParameters } from '../../fixtures/token-exchange.ts';

const page = 'http://localhost:5173';
const otherPage = 'http://localhost:5174';
let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...config,
      tenants: config.tenants.map((tenant) => ({
        ...tenant,
        workloads: tenant.workloads.map((workload) =>
          workload.id === 'phi-cli'
            ? { ...workload, spiffeIds: [], origins: [page], senderConstraint: 'required' as const }
            : { ...workload, origins: [otherPage] },
        ),
      })),
    }),
  });
}, 60_000);
afterAll(() => sandbox.close());

const preflight = (origin: string, path = '/v1/chat/completions') =>
  sandbox.call(path, undefined, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,dpop',
    },
  });

describe('a preflight', () => {
  test.each(['/v1/chat/completions', '/oauth/token', '/v1/tasks'])('of a listed page: %s', async (path) => {
    const { headers, status, text } = await preflight(page, path);
    expect({ status, text }).toEqual({ status: 204, text: '' });
    expect(headers.get('access-control-allow-origin')).toBe(page);
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST');
    for (const name of ['authorization', 'content-type', 'dpop', 'phi-patient'])
      expect(headers.get('access-control-allow-headers')).toContain(name);
    expect(headers.get('vary')).toBe('origin');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  test.each(['https://elsewhere.example', 'null', `${page}.evil.example`, page.toUpperCase()])(
    'of another page gets nothing: %s',
    async (origin) => {
      const { headers, status } = await preflight(origin);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});

/** The calls of a page, as its browser sends them. */
async function pageAt(origin: string) {
  const client = await discovery(new URL(sandbox.ready.gateway), 'phi-cli', undefined, None(), {
    algorithm: 'oauth2',
    execute: [allowInsecureRequests],
  });
  const seen: Response[] = [];
  client[customFetch] = async (url, { body, headers, method }) => {
    const sent = body instanceof URLSearchParams ? body.toString() : typeof body === 'string' ? body : null;
    const own = new Headers(headers);
    own.set('origin', origin);
    const reply = await fetch(url, { method, headers: own, ...(method === 'GET' ? {} : { body: sent }) });
    seen.push(reply);
    return reply;
  };
  const DPoP = getDPoPHandle(client, await randomDPoPKeyPair('ES256'));
  const exchange = async () =>
    genericGrantRequest(
      client,
      exchangeGrant,
      exchangeParameters(await sandbox.token('clinician'), { patient: sandbox.ready.patients[0]?.id }),
      { DPoP },
    );
  const ask = (token: string) =>
    fetchProtectedResource(
      client,
      token,
      new URL('/v1/chat/completions', sandbox.ready.gateway),
      'POST',
      JSON.stringify({ messages: [{ role: 'user', content: 'What is the latest LDL?' }] }),
      new Headers({ 'content-type': 'application/json' }),
      { DPoP },
    );
  return { ask, exchange, seen };
}

describe('a page with a key of its own', () => {
  test('exchanges and asks, and may read what it needs', async () => {
    const { ask, exchange, seen } = await pageAt(page);
    const { access_token: token, token_type: type } = await exchange();
    expect(type).toBe('dpop');
    expect((await ask(token)).status).toBe(200);
    for (const { headers } of seen) {
      expect(headers.get('access-control-allow-origin')).toBe(page);
      expect(headers.get('access-control-expose-headers')).toContain('dpop-nonce');
    }
  });

  test('of another workload speaks neither at the exchange nor with the token', async () => {
    const mine = await pageAt(page);
    const { access_token: token } = await mine.exchange();
    const theirs = await pageAt(otherPage);
    await expect(theirs.exchange()).rejects.toMatchObject({ error: 'unauthorized_client' });
    const reply = await sandbox.call('/v1/tasks', token, { headers: { origin: otherPage } });
    expect(reply).toMatchObject({ status: 403, body: { code: 'access_denied' } });
    // What it may not do it may still read: its own page learns why.
    expect(reply.headers.get('access-control-allow-origin')).toBe(otherPage);
    const { trail } = sandbox.running.gateway.gateway.services;
    expect((await trail.trail(sandbox.ready.tenant, reply.trail)).at(-1)).toMatchObject({
      reason: 'origin_not_allowed',
    });
  });

  test('gets no token that is bound to nothing, and asks with none', async () => {
    const token = await sandbox.token('clinician');
    const reply = await sandbox.call('/v1/tasks', token, { headers: { origin: page } });
    expect(reply).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  });
});
