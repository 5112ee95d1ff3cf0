import { createHash, X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildConnector, Pool } from 'undici';
import { type Authority, createAuthority, type Issued } from '../../../sandbox/authority.ts';
import { AttestedWay } from '../../../src/outbound/attested-way.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';

let authority: Authority;
let first: Issued;
let second: Issued;
let server: Server;
let origin: string;
/** Paths in the order in which they were asked for. */
let asked: string[] = [];
let answer: () => { status: number; body: string | undefined };

const keyOf = ({ cert }: Issued): Buffer =>
  new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
const hashOf = (issued: Issued): string => createHash('sha256').update(keyOf(issued)).digest('hex');

beforeAll(async () => {
  authority = await createAuthority('models.example');
  first = await authority.issue({ uris: [], addresses: ['127.0.0.1'] });
  second = await authority.issue({ uris: [], addresses: ['127.0.0.1'] });
  server = createServer(first, (request, response) => {
    asked.push(request.url ?? '');
    const { body, status } = answer();
    response.writeHead(status);
    if (body === undefined) response.write('begun');
    else response.end(body);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: unknown = server.address();
  origin = `https://127.0.0.1:${isRecord(address) ? String(address['port']) : ''}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

let way: AttestedWay;
let pool: Pool;
beforeEach(() => {
  asked = [];
  answer = () => ({ status: 200, body: 'ok' });
  server.setSecureContext(first);
  way = wayOf(authority);
  pool = new Pool(origin, { connect: way.connect });
});
afterEach(async () => {
  await pool.destroy();
});

const wayOf = ({ cert }: Pick<Authority, 'cert'>): AttestedWay =>
  new AttestedWay(
    { origin, path: '/attestation', timeoutMs: 2_000 },
    buildConnector({ ca: cert, maxCachedSessions: 0 }),
  );
const ask = async (): Promise<string> => {
  const { body } = await pool.request({ method: 'GET', path: '/v1' });
  return body.text();
};
const refused = { code: 'ERR_KEY_NOT_PROVEN' };

describe('an attested way', () => {
  it('sends nothing to a key of which nothing was proven', async () => {
    await expect(ask()).rejects.toMatchObject(refused);
    expect(asked).toEqual([]);
  });

  it('leads to a key that is trusted', async () => {
    way.trust(hashOf(first), 10_000);
    expect(await ask()).toBe('ok');
  });

  it('does not lead to another key of the same name and authority', async () => {
    way.trust(hashOf(second), 10_000);
    await expect(ask()).rejects.toMatchObject(refused);
    server.setSecureContext(second);
    expect(await ask()).toBe('ok');
    server.setSecureContext(first);
    way.trustNone();
    way.trust(hashOf(second), 10_000);
    await expect(ask()).rejects.toMatchObject(refused);
  });

  it('asks for evidence over a connection of its own, and tells whose key that has', async () => {
    expect(await way.ask('ab')).toEqual({ body: 'ok', key: keyOf(first) });
    expect(asked).toEqual(['/attestation?nonce=ab']);
    // That connection is no way for anything else.
    await expect(ask()).rejects.toMatchObject(refused);
  });

  it.each<[string, typeof answer]>([
    ['another status', () => ({ status: 404, body: 'ok' })],
    ['a redirect', () => ({ status: 302, body: '' })],
    ['an answer that never ends', () => ({ status: 200, body: undefined })],
    ['more than a megabyte', () => ({ status: 200, body: 'a'.repeat(1_048_577) })],
  ])('takes %s for no evidence', async (_name, told) => {
    answer = told;
    await expect(way.ask('ab')).rejects.toHaveProperty('message');
  });

  it('believes no other authority', async () => {
    const other = wayOf(await createAuthority('elsewhere.example'));
    await expect(other.ask('ab')).rejects.toHaveProperty('message');
    expect(asked).toEqual([]);
  });

  it('ends a connection with the trust in its key, whatever is on it', async () => {
    answer = () => ({ status: 200, body: undefined });
    way.trust(hashOf(first), 10_000);
    const { body } = await pool.request({ method: 'GET', path: '/stream' });
    const rest = body.text();
    way.trustNone();
    await expect(rest).rejects.toHaveProperty('message');
    await expect(ask()).rejects.toMatchObject(refused);
  });

  it('ends it when the time of the trust is over, and not where that was prolonged', async () => {
    answer = () => ({ status: 200, body: undefined });
    way.trust(hashOf(first), 200);
    way.trust(hashOf(first), 600);
    const began = performance.now();
    const { body } = await pool.request({ method: 'GET', path: '/stream' });
    await expect(body.text()).rejects.toHaveProperty('message');
    expect(performance.now() - began).toBeGreaterThan(400);
    await delay(10);
    await expect(ask()).rejects.toMatchObject(refused);
  });
});
