import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

/** Plain node:http, because fetch does not let Host and Origin be set. */
const statusOf = (
  url: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

/** Every listener of a sandbox with a path that answers 200 to whoever may ask. */
const listeners = (): Record<string, string> => ({
  gateway: `${sandbox.ready.gateway}/openapi.json`,
  docs: `${sandbox.ready.gateway}/docs/`,
  operations: `${sandbox.ready.operations}/livez`,
  issuer: `${sandbox.ready.issuer}/.well-known/openid-configuration`,
  fhir: `${sandbox.ready.fhir}/metadata`,
  faults: `${new URL(sandbox.ready.fhir).origin}/__faults`,
  model: `${new URL(sandbox.ready.model).origin}/v1/models`,
  received: `${sandbox.ready.model}/__received`,
});
const names = ['gateway', 'docs', 'operations', 'issuer', 'fhir', 'faults', 'model', 'received'];
const urlOf = (name: string): URL => new URL(listeners()[name] ?? '');

describe.each(names)('the %s of a sandbox', (name) => {
  test('is on loopback and answers to its own address', async () => {
    const { hostname, host, href } = urlOf(name);
    expect(hostname).toBe('127.0.0.1');
    expect(await statusOf(href, { host })).toBe(200);
  });

  test('answers to no other Host', async () => {
    const { port, href } = urlOf(name);
    for (const host of [
      `rebound.example:${port}`,
      'rebound.example',
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.rebound.example:${port}`,
      `user@127.0.0.1:${port}`,
    ])
      expect([403, 421, 400]).toContain(await statusOf(href, { host }));
  });

  test('answers to no page of another origin', async () => {
    const { host, port, href } = urlOf(name);
    for (const origin of [
      'https://evil.example',
      'null',
      `http://rebound.example:${port}`,
      'http://127.0.0.1:1',
      `https://127.0.0.1:${port}`,
    ])
      for (const method of ['GET', 'POST', 'OPTIONS'])
        expect(await statusOf(href, { host, origin }, method)).toBe(403);
  });
});

test('pages of the gateway and of the issuer may speak to their own listener', async () => {
  for (const name of ['gateway', 'operations', 'issuer']) {
    const { host, origin, href } = urlOf(name);
    expect(await statusOf(href, { host, origin })).toBe(200);
  }
});

test('a refused page leaves no request in what the model received', async () => {
  await sandbox.forgetReceived();
  const { origin } = new URL(sandbox.ready.model);
  await statusOf(`${origin}/v1/chat/completions`, { host: 'rebound.example' }, 'POST');
  expect(await sandbox.received()).toEqual([]);
});
