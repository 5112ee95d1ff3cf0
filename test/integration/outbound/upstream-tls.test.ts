import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Authority, createAuthority, type Issued } from '../../../sandbox/authority.ts';
import type { UpstreamTls } from '../../../src/config/config.ts';
import { readSecret } from '../../../src/config/secrets.ts';
import { createOutbound, type Outbound } from '../../../src/outbound/dispatcher.ts';
import { upstreamConnector } from '../../../src/outbound/upstream-tls.ts';

/** An upstream that takes nobody without a certificate of its authority, and answers with the one it was shown. */
let authority: Authority;
let server: Server;
let origin: string;
const folder = mkdtempSync(join(tmpdir(), 'upstream-tls-'));
const file = (name: string): string => join(folder, name);
const write = (name: string, text: string): void => writeFileSync(file(name), text, { mode: 0o600 });
const own = (n: number): Promise<Issued> =>
  authority.issue({ uris: [`spiffe://hospital.example/gateway-${n}`] });

const outbounds: Outbound[] = [];
let faults = 0;
beforeAll(async () => {
  authority = await createAuthority('hospital.example');
  const { cert, key } = await authority.issue({ uris: [], addresses: ['127.0.0.1'] });
  server = createServer({ cert, key, ca: authority.cert, requestCert: true }, (request, response) => {
    const { socket } = request;
    if (!(socket instanceof TLSSocket)) throw new Error('not over TLS');
    // The next request makes a connection of its own.
    response.setHeader('connection', 'close');
    response.end(JSON.stringify([socket.getPeerCertificate().subjectaltname, socket.isSessionReused()]));
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  origin = `https://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
});
beforeEach(async () => {
  faults = 0;
  const { cert, key } = await own(1);
  write('own.pem', cert);
  write('own.key', key);
  write('authorities.pem', authority.cert);
});
afterAll(async () => {
  await Promise.all(outbounds.map((one) => one.close()));
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const files = {
  readFile: (path: string) => readFileSync(path, 'utf8'),
  readSecret: (path: string) => readSecret(path).secret,
  onFault: () => {
    faults += 1;
  },
};
const whole = (): UpstreamTls => ({
  origin,
  authorities: file('authorities.pem'),
  certificate: file('own.pem'),
  key: file('own.key'),
});

function outboundWith(at: UpstreamTls): Outbound {
  const outbound = createOutbound(
    new Set([origin]),
    () => undefined,
    new Map([[at.origin, { connect: upstreamConnector(at, files) }]]),
  );
  outbounds.push(outbound);
  return outbound;
}

const asked = async (outbound: Outbound): Promise<string> => (await outbound.fetch(`${origin}/`, {})).text();

describe('an upstream that asks for a certificate', () => {
  test('sees that of the gateway, and its own authority is believed', async () => {
    const outbound = outboundWith(whole());
    expect(await asked(outbound)).toBe('["URI:spiffe://hospital.example/gateway-1",false]');
    // No TLS session is taken up again.
    expect(await asked(outbound)).toContain('false');
  });

  test('sees a renewed one with the next connection; half of a renewal leaves the last one standing', async () => {
    const outbound = outboundWith(whole());
    await asked(outbound);
    const next = await own(2);
    write('own.pem', next.cert);
    expect(await asked(outbound)).toContain('gateway-1');
    expect(faults).toBeGreaterThan(0);
    write('own.key', next.key);
    expect(await asked(outbound)).toContain('gateway-2');
  });

  test.each([
    ['without a certificate', () => ({ origin, authorities: file('authorities.pem') })],
    ['by the authorities of the host', () => ({ ...whole(), authorities: undefined })],
    ['by another authority', () => ({ ...whole(), authorities: file('others.pem') })],
  ])('is not spoken to %s', async (_how, at) => {
    write('others.pem', (await createAuthority('elsewhere.example')).cert);
    const { authorities, ...rest } = at();
    const outbound = outboundWith({ ...rest, ...(authorities === undefined ? {} : { authorities }) });
    await expect(asked(outbound)).rejects.toThrow('fetch failed');
  });

  test('of another name than its certificate says is not spoken to', async () => {
    const elsewhere = origin.replace('127.0.0.1', 'localhost');
    const outbound = createOutbound(
      new Set([elsewhere]),
      () => undefined,
      new Map([[elsewhere, { connect: upstreamConnector({ ...whole(), origin: elsewhere }, files) }]]),
    );
    outbounds.push(outbound);
    await expect(outbound.fetch(elsewhere, {})).rejects.toThrow('fetch failed');
  });
});

describe('a gateway does not start with', () => {
  test.each([
    ['no such file', () => ({ ...whole(), authorities: file('none.pem') })],
    ['an empty file', () => (write('empty.pem', ' '), { ...whole(), certificate: file('empty.pem') })],
    ['what is no certificate', () => (write('bad.pem', 'x'), { ...whole(), certificate: file('bad.pem') })],
    [
      'a key that others may read',
      () => (writeFileSync(file('open.key'), 'x', { mode: 0o644 }), { ...whole(), key: file('open.key') }),
    ],
  ])('%s', (_what, at) => {
    const made = at();
    expect(() => upstreamConnector(made, files)).toThrow(/./);
  });

  test('a key of another certificate', async () => {
    write('other.key', (await own(3)).key);
    expect(() => upstreamConnector({ ...whole(), key: file('other.key') }, files)).toThrow(/./);
  });
});
