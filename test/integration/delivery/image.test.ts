import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { approved } from '../../fixtures/approved.ts';
import { configFolder, removeFolders, setting } from '../../unit/config/fixture.ts';
import { healthCommand, imageUser, stageImage, startCommand } from './image.ts';

let folder: string;
let issuer: Server;
let issuerUrl: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'phi-image-'));
  stageImage(folder);
  const { publicKey } = await generateKeyPair('ES256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });
  issuer = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      request.url === '/jwks' ? keys : JSON.stringify({ issuer: issuerUrl, jwks_uri: `${issuerUrl}/jwks` }),
    );
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', () => resolve()));
  const address = issuer.address();
  if (address === null || typeof address === 'string') throw new Error('the issuer has no port');
  issuerUrl = `http://127.0.0.1:${address.port}`;
}, 60_000);
afterAll(() => {
  issuer.close();
  issuer.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
  removeFolders();
});

/** Every file of the product: with a read-only root none could come. */
const listing = (): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

async function start(config: string): Promise<{ child: ChildProcess; operations: string }> {
  const [program = '', ...args] = startCommand(folder, config);
  const child = spawn(program, [...args, '--json'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const ready: unknown = JSON.parse(line);
    if (isRecord(ready)) return { child, operations: String(ready['operations']) };
  }
  throw new Error('the gateway ended before it was ready');
}

describe('the image', () => {
  test('holds no sandbox, no development or optional package, no test, and does not run as root', () => {
    const packages = readdirSync(join(folder, 'node_modules'));
    expect(packages).toEqual(expect.arrayContaining(['better-sqlite3', 'jose', 'undici']));
    for (const name of ['oidc-provider', 'jest', 'typescript', 'fast-check', '@types'])
      expect(packages).not.toContain(name);
    for (const path of ['dist/sandbox', 'dist/test', 'sandbox', 'test', 'src'])
      expect(existsSync(join(folder, path))).toBe(false);
    expect(imageUser()).toBe('1000:1000');
  });

  test('starts by its own command, is live, healthy and ready, dumps no core, writes only its data, ends on SIGTERM', async () => {
    const before = listing();
    const { path, folder: data } = approved(
      configFolder((config) => {
        setting('environment', 'sandbox')(config);
        setting('listeners.public.port', 0)(config);
        setting('listeners.mtls', undefined)(config);
        setting('trustDomains', [])(config);
        setting('upstreamTls', [])(config);
        setting('tenants.0.workloads.0.spiffeIds', [])(config);
        setting('listeners.operations.port', 0)(config);
        setting('storage.directory', 'data')(config);
        setting('audit.witnesses', [])(config);
        setting('tenants.0.issuers.0.issuer', issuerUrl)(config);
        setting('tenants.0.issuers.0.jwksOrigin', undefined)(config);
      }),
    );
    const { child, operations } = await start(path);
    try {
      expect((await fetch(`${operations}/livez`)).status).toBe(200);
      const ready = await fetch(`${operations}/readyz`);
      expect({ status: ready.status, body: await ready.json() }).toMatchObject({ status: 200 });
      const [program = '', ...args] = healthCommand();
      const health = (port: string): number | null =>
        spawnSync(program, args, {
          env: { PATH: process.env['PATH'] ?? '', PHI_GATEWAY_LISTENERS__OPERATIONS__PORT: port },
        }).status;
      expect(health(new URL(operations).port)).toBe(0);
      expect(health('1')).toBe(1);
      expect(readFileSync(`/proc/${child.pid}/limits`, 'utf8')).toMatch(/^Max core file size\s+0\s/m);
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([0, null]);
      expect(listing()).toEqual(before);
      expect(readdirSync(join(data, 'data'))).toEqual(expect.arrayContaining(['audit.db', 'vault.db']));
    } finally {
      child.kill('SIGKILL');
    }
  }, 120_000);
});
