import { createServer, type Server } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from 'fhir-kit-client';
import { request } from 'undici';
import { Refusal } from '../../../src/errors/refusal.ts';
import { createUserVerifier } from '../../../src/identity/user-verifier.ts';
import { createOutbound, type Outbound, OutboundRefused } from '../../../src/outbound/dispatcher.ts';
import { createFhirReader } from '../../../src/retrieval/fhir-reader.ts';
import { token } from '../../unit/identity/tokens.ts';

/** Bytes that an issuer's answer may have. */
const most = 1_048_576;

function* endless(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(65_536, 'x');
}

/** Two servers on loopback: one is configured, the other must never hear anything. */
let known: Server;
let foreign: Server;
let outbound: Outbound;
let refused = 0;
let heardByForeign = 0;

const addressOf = (server: Server): string => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
};
const listen = (server: Server): Promise<void> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve()));

beforeAll(async () => {
  foreign = createServer((_request, response) => {
    heardByForeign += 1;
    response.end('{}');
  });
  foreign.on('connection', () => {
    heardByForeign += 1;
  });
  known = createServer((incoming, response) => {
    if (incoming.url === '/redirect') {
      response.writeHead(302, { location: `${addressOf(foreign)}/stolen` }).end();
      return;
    }
    if (incoming.url === '/.well-known/openid-configuration') {
      const issuer = addressOf(known);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ issuer, jwks_uri: `${addressOf(foreign)}/jwks` }));
      return;
    }
    const [path, size] = (incoming.url ?? '').split('?');
    if (path === '/large') response.writeHead(400, { 'x-kept': 'yes' }).end('x'.repeat(Number(size)));
    else if (path === '/empty') response.writeHead(204).end();
    else if (path === '/bomb')
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)));
    else if (path === '/endless') Readable.from(endless()).pipe(response);
    else if (path === '/trickle') response.write('x');
    else response.end('here');
  });
  await Promise.all([listen(known), listen(foreign)]);
  outbound = createOutbound(new Set([addressOf(known)]), () => {
    refused += 1;
  });
});
beforeEach(() => {
  refused = 0;
  heardByForeign = 0;
});
afterAll(async () => {
  await outbound.close();
  await Promise.all([known, foreign].map((server) => new Promise((resolve) => server.close(resolve))));
});

const through = (): Record<string, unknown> => ({ dispatcher: outbound.dispatcher });

describe('the one way out', () => {
  test('reaches what is configured', async () => {
    expect(await (await outbound.fetch(`${addressOf(known)}/x`, {})).text()).toBe('here');
    const { body } = await request(`${addressOf(known)}/x`, { dispatcher: outbound.dispatcher });
    expect(await body.text()).toBe('here');
    expect(refused).toBe(0);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['fetch', () => outbound.fetch(addressOf(foreign), {})],
    ['undici', () => request(addressOf(foreign), { dispatcher: outbound.dispatcher })],
    ['another port', () => outbound.fetch('http://127.0.0.1:65535/', {})],
    ['another scheme', () => outbound.fetch(addressOf(known).replace('http', 'https'), {})],
    ['another name', () => outbound.fetch(addressOf(known).replace('127.0.0.1', 'localhost'), {})],
    ['a name that is never looked up', () => outbound.fetch('https://phi-gateway.invalid/', {})],
    ['a redirect', () => outbound.fetch(`${addressOf(known)}/redirect`, { redirect: 'follow' })],
    [
      'the FHIR client with a foreign absolute URL',
      () =>
        new Client({ baseUrl: addressOf(known), requestOptions: through() }).request(
          `${addressOf(foreign)}/Patient/1`,
        ),
    ],
  ])('refuses %s', async (_name, call) => {
    await expect(call()).rejects.toThrow(/fetch failed|not in the configuration/);
    expect(refused).toBe(1);
    expect(heardByForeign).toBe(0);
  });

  test('says why without saying where', async () => {
    const thrown: unknown = await request('http://secret-name.example/MRN-1', {
      dispatcher: outbound.dispatcher,
    }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(OutboundRefused);
    expect(JSON.stringify([String(thrown), thrown])).not.toMatch(/secret-name|MRN/);
  });
});

describe('an answer of an issuer', () => {
  test('of a megabyte is read, whatever its status', async () => {
    const reply = await outbound.fetch(`${addressOf(known)}/large?${most}`, {});
    expect(reply.status).toBe(400);
    expect(reply.headers.get('x-kept')).toBe('yes');
    expect((await reply.text()).length).toBe(most);
  });

  test('without a body stays one', async () => {
    expect((await outbound.fetch(`${addressOf(known)}/empty`, {})).status).toBe(204);
  });

  test.each([
    ['one byte more', `large?${most + 1}`],
    ['much that came as little', 'bomb'],
    ['no end', 'endless'],
  ])('of %s is refused where it is too much', async (_name, path) => {
    await expect(outbound.fetch(`${addressOf(known)}/${path}`, {})).rejects.toThrow('too large');
  });

  test('that keeps the time of its request while the body trickles', async () => {
    const signal = AbortSignal.timeout(300);
    await expect(outbound.fetch(`${addressOf(known)}/trickle`, { signal })).rejects.toThrow(/abort|time/i);
  });
});

describe('the rooms that go out', () => {
  test('a FHIR base outside the list is unavailable, and nothing was sent', async () => {
    const reader = createFhirReader({
      server: 'other',
      base: `${addressOf(foreign)}/fhir`,
      token: 'secret',
      timeoutMs: 2000,
      maxResponseBytes: 10_000,
      connections: outbound.dispatcher,
    });
    const thrown: unknown = await reader.read('Patient', 'p1').catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Refusal);
    expect(thrown).toMatchObject({ reason: 'fhir_unavailable' });
    expect([refused, heardByForeign]).toEqual([1, 0]);
  });

  test('a key set that a discovery document moved elsewhere is not fetched', async () => {
    const issuer = addressOf(known);
    const verifier = createUserVerifier({
      tenants: [
        {
          id: 'clinic',
          issuers: [
            {
              issuer,
              audience: 'gateway',
              algorithms: ['ES256'],
              claims: { roles: 'roles', fhirUser: 'fhirUser' },
              fhirBase: 'https://fhir.example/r4',
              discoveryTimeoutMs: 2000,
            },
          ],
        },
      ],
      clock: { now: () => Date.now() },
      fetch: outbound.fetch,
    });
    const signed = await token({ iss: issuer, aud: 'gateway' });
    await expect(verifier.verify(signed)).rejects.toMatchObject({ reason: 'issuer_unavailable' });
    expect(heardByForeign).toBe(0);
  });
});
