import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAuthority, type Issued } from '../../../sandbox/authority.ts';
import { replaceFile, sandboxSpiffeId } from '../../../sandbox/svids.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

const curlIsThere = spawnSync('curl', ['--version']).status === 0;
if (!curlIsThere) console.log('skipped: curl is not installed, so no call is made with it');

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const mtls = () => new URL(sandbox.ready.gatewayMtls);
const own = (): Issued => {
  const pem = readFileSync(sandbox.ready.svid, 'utf8');
  return { cert: pem, key: pem };
};
const ca = (): string => readFileSync(sandbox.ready.ca, 'utf8');

/** Status of `GET /v1/tasks` over a pool of connections, or the error's code. */
const tasks = (agent: Agent, token: string): Promise<number | string> =>
  new Promise((resolve) => {
    const call = request(new URL('/v1/tasks', mtls()), {
      agent,
      headers: { authorization: `Bearer ${token}` },
    });
    call.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    call.on('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    call.end();
  });

const serialOf = (agent: Agent): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(
      { host: '127.0.0.1', port: Number(mtls().port), ca: agent.options.ca ?? '', ...own() },
      () => {
        resolve(socket.getPeerCertificate().serialNumber);
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });

(curlIsThere ? describe : describe.skip)('called with curl', () => {
  test('curl with a certificate gets through, and without one does not', async () => {
    const { gatewayMtls, ca: authority, svid } = sandbox.ready;
    const token = await sandbox.token('clinician');
    const curl = (...more: readonly string[]): Promise<string> =>
      promisify(execFile)(
        'curl',
        [
          '-s',
          '--cacert',
          authority,
          ...more,
          '-H',
          `authorization: Bearer ${token}`,
          `${gatewayMtls}/v1/tasks`,
        ],
        { timeout: 10_000 },
      ).then(({ stdout }) => stdout);
    expect(JSON.parse(await curl('--cert', svid))).toHaveProperty('tasks');
    await expect(curl()).rejects.toMatchObject({ stdout: '' });
  });
});

/** How often a certificate is rotated under load. */
const turns = process.env['SOAK'] === 'full' ? 50 : 15;

describe('the listener that asks for certificates', () => {
  test("an exchange and a question by certificate; another workload's certificate does not carry them", async () => {
    const agent = new Agent({ ca: ca(), ...own() });
    expect(await tasks(agent, await sandbox.token('clinician'))).toBe(200);
    expect(await tasks(agent, await sandbox.token('clinician', 'portal-app'))).toBe(403);
    agent.destroy();
  });

  test('rotations of its certificate under load fail no request', async () => {
    const { authority, listener } = sandbox.running.svids;
    const agent = new Agent({ ca: ca(), ...own(), keepAlive: true, maxSockets: 8 });
    const fresh = new Agent({ ca: ca(), ...own(), keepAlive: false, maxSockets: 4 });
    const token = await sandbox.token('clinician');
    const rotating = new AbortController();
    const answers: (number | string)[] = [];
    const load = async (pool: Agent): Promise<void> => {
      while (!rotating.signal.aborted) answers.push(await tasks(pool, token));
    };
    const running = [load(agent), load(agent), load(fresh), load(fresh)];
    const serials = new Set<string>();
    for (let turn = 0; turn < turns; turn += 1) {
      const next = await authority.issue({
        uris: ['spiffe://sandbox.phi-gateway.invalid/gateway'],
        addresses: ['127.0.0.1'],
      });
      replaceFile(listener.key, next.key);
      replaceFile(listener.certificate, next.cert);
      await delay(150);
      serials.add(await serialOf(agent));
    }
    rotating.abort();
    await Promise.all(running);
    expect(answers.filter((answer) => answer !== 200)).toEqual([]);
    expect(answers.length).toBeGreaterThan(2 * turns);
    // Under load a turn may be seen by the next one only.
    expect(serials.size).toBeGreaterThan(0.8 * turns);
    agent.destroy();
    fresh.destroy();
  }, 120_000);

  test('a certificate that does not fit its key leaves the last good one standing', async () => {
    const { authority, listener } = sandbox.running.svids;
    const agent = new Agent({ ca: ca(), ...own() });
    const before = await serialOf(agent);
    const kept = readFileSync(listener.certificate, 'utf8');
    const other = await authority.issue({ uris: [sandboxSpiffeId('other')], addresses: ['127.0.0.1'] });
    replaceFile(listener.certificate, other.cert);
    await delay(400);
    expect(await serialOf(agent)).toBe(before);
    expect(await tasks(agent, await sandbox.token('clinician'))).toBe(200);
    replaceFile(listener.certificate, kept);
    agent.destroy();
  });

  test('an authority that leaves the bundle takes its live connections along', async () => {
    const { ca: path } = sandbox.ready;
    const bundle = ca();
    const agent = new Agent({ ca: bundle, ...own(), keepAlive: true });
    const token = await sandbox.token('clinician');
    expect(await tasks(agent, token)).toBe(200);
    const socket = connect({ host: '127.0.0.1', port: Number(mtls().port), ca: bundle, ...own() });
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    const other = await createAuthority('sandbox.phi-gateway.invalid');
    replaceFile(path, other.cert);
    await closed;
    expect(await tasks(agent, token)).toEqual(expect.any(String));
    expect(await tasks(new Agent({ ca: bundle, ...own() }), token)).toEqual(expect.any(String));
    replaceFile(path, bundle);
    await delay(400);
    expect(await tasks(new Agent({ ca: bundle, ...own() }), token)).toBe(200);
    agent.destroy();
  });
});
