import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  allowInsecureRequests,
  type Configuration,
  customFetch,
  discovery,
  fetchProtectedResource,
  genericGrantRequest,
  getDPoPHandle,
  None,
  randomDPoPKeyPair,
  TlsClientAuth,
} from 'openid-client';
import { Agent, fetch as undiciFetch } from 'undici';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { exchangeGrant, exchangeParameters } from '../../fixtures/token-exchange.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const parameters = async () =>
  exchangeParameters(await sandbox.token('clinician'), { patient: sandbox.ready.patients[0]?.id });

const discover = (): Promise<Configuration> =>
  discovery(new URL(sandbox.ready.gateway), 'phi-cli', undefined, None(), {
    algorithm: 'oauth2',
    execute: [allowInsecureRequests],
  });

const ask = JSON.stringify({ messages: [{ role: 'user', content: 'What is the latest LDL?' }] });
const json = new Headers({ 'content-type': 'application/json' });

test("openid-client's exchange and its DPoP calls, nonces included", async () => {
  const client = await discover();
  const keys = await randomDPoPKeyPair('ES256');
  const DPoP = getDPoPHandle(client, keys);
  const answer = await genericGrantRequest(client, exchangeGrant, await parameters(), { DPoP });
  expect(answer.token_type).toBe('dpop');
  const url = new URL('/v1/chat/completions', sandbox.ready.gateway);
  for (const _ of [1, 2]) {
    const reply = await fetchProtectedResource(client, answer.access_token, url, 'POST', ask, json, { DPoP });
    expect(reply.status).toBe(200);
    expect(await reply.json()).toHaveProperty('phi.trail');
  }
  // The same token without its key is worth nothing.
  expect((await sandbox.ask({ token: answer.access_token, phi: null })).status).toBe(401);
});

test("openid-client's exchange by mutual TLS: the token is bound to the certificate", async () => {
  const pem = readFileSync(sandbox.ready.svid, 'utf8');
  const connect = { ca: readFileSync(sandbox.ready.ca, 'utf8'), cert: pem, key: pem };
  const agent = new Agent({ connect });
  const plain = await discover();
  expect(plain.serverMetadata().mtls_endpoint_aliases).toMatchObject({
    token_endpoint: `${sandbox.ready.gatewayMtls}/oauth/token`,
  });
  const client = await discovery(
    new URL(sandbox.ready.gateway),
    'phi-cli',
    { use_mtls_endpoint_aliases: true },
    TlsClientAuth(),
    {
      algorithm: 'oauth2',
      execute: [allowInsecureRequests],
    },
  );
  client[customFetch] = async (url, options) => {
    const { method, headers, body } = options;
    const text = body instanceof URLSearchParams ? body.toString() : typeof body === 'string' ? body : '';
    const reply = await undiciFetch(url, {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: text }),
      dispatcher: agent,
    });
    return new Response(await reply.text(), { status: reply.status, headers: [...reply.headers] });
  };
  const answer = await genericGrantRequest(client, exchangeGrant, await parameters());
  const url = new URL('/v1/chat/completions', sandbox.ready.gatewayMtls);
  const reply = await fetchProtectedResource(client, answer.access_token, url, 'POST', ask, json);
  expect(reply.status).toBe(200);
  expect((await sandbox.ask({ token: answer.access_token, phi: null })).status).toBe(401);
  await agent.close();
});
