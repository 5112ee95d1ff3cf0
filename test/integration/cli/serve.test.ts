import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { sandboxMarker } from '../../../src/config/secrets.ts';
import { approved } from '../../fixtures/approved.ts';
import { refusedStart, type ServeOptions, type Serving, serve } from '../../fixtures/serving.ts';
import { configFolder, removeFolders, setting } from '../../unit/config/fixture.ts';
import {
  type Answer,
  capabilityStatement,
  type FhirDouble,
  sendJson,
  startDouble,
} from '../retrieval/fhir-double.ts';

/** The documented example on free ports with its data beside it: production, with upstreams that do not exist. */
const onFreePorts = (config: Record<string, unknown>): void => {
  setting('listeners.public.port', 0)(config);
  setting('listeners.mtls', undefined)(config);
  setting('trustDomains', [])(config);
  setting('upstreamTls', [])(config);
  setting('tenants.0.workloads.0.spiffeIds', [])(config);
  setting('listeners.operations.port', 0)(config);
  setting('storage.directory', 'data')(config);
};

let running: Serving | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(removeFolders);

const probe = async (url: string): Promise<number> => (await fetch(url)).status;

describe('serve', () => {
  test('is alive, not ready without its issuers, keeps the inspector shut, and ends on SIGTERM with 0', async () => {
    running = await serve({ config: approved(configFolder(onFreePorts)).path });
    const { operations, child } = running;
    expect(await probe(`${operations}/livez`)).toBe(200);
    expect(await probe(`${operations}/readyz`)).toBe(503);
    for (let times = 0; times < 3; times += 1) child.kill('SIGUSR1');
    expect(await probe(`${operations}/livez`)).toBe(200);
    expect(running.stderr()).not.toMatch(/Debugger|inspector/i);
    // Core dumps are warned about exactly where this host allows them.
    const limits = readFileSync(`/proc/${child.pid}/limits`, 'utf8');
    expect(running.stderr().includes('core dumps are allowed')).toBe(
      !/^Max core file size\s+0\s/m.test(limits),
    );
    // The record system of the example does not exist either, and that is a line of the log.
    expect(running.stderr()).toContain('"event":"server.unexamined"');
    expect(await running.stop()).toBe(0);
  }, 60_000);

  test('starts with allowed options and a file of certificates, and goes on when nobody reads its log any more', async () => {
    const { path, folder } = approved(configFolder(onFreePorts));
    running = await serve({
      config: path,
      nodeOptions: ['--enable-source-maps'],
      env: {
        NODE_OPTIONS: '--max-old-space-size=512',
        NODE_EXTRA_CA_CERTS: join(folder, 'none.pem'),
        DEBUG: '',
      },
    });
    const port = /"listener":"public","port":(\d+)/.exec(running.stderr())?.[1] ?? '';
    running.child.stderr?.destroy();
    for (let n = 0; n < 20; n += 1) expect(await probe(`http://127.0.0.1:${port}/nowhere`)).toBe(404);
    expect(await probe(`${running.operations}/livez`)).toBe(200);
    expect(await running.stop()).toBe(0);
  }, 60_000);
});

describe('serve --check --servers', () => {
  const run = promisify(execFile);
  const doubles: FhirDouble[] = [];
  afterEach(async () => {
    await Promise.all(doubles.splice(0).map((one) => one.close()));
  });

  async function checked(answer: Answer, ...options: readonly string[]) {
    const [double, lab] = [await startDouble(answer), await startDouble(answer)];
    doubles.push(double, lab);
    const { path } = approved(
      configFolder((config) => {
        onFreePorts(config);
        setting('tenants.0.fhir.base', double.base)(config);
        setting('tenants.0.furtherFhir.0.base', lab.base)(config);
        setting('tenants.0.fhir.aliases', ['https://fhir.hospital.example/r4'])(config);
      }),
    );
    const args = ['bin/phi-gateway.js', 'serve', '--config', path, '--check', '--servers', ...options];
    const ended: unknown = await run(process.execPath, args).then(
      (output) => ({ ...output, code: 0 }),
      (thrown: unknown) => thrown,
    );
    const { code, stderr, stdout } = Object(ended);
    return { code, stdout: String(stdout), stderr: String(stderr), seen: [...double.seen, ...lab.seen] };
  }

  test('reports what each record system offers, without a token', async () => {
    const { code, seen, stderr } = await checked((_seen, response) =>
      sendJson(response, capabilityStatement(['Observation', 'DiagnosticReport'])),
    );
    expect(stderr).toContain('The configuration is valid.');
    expect(stderr).toMatch(
      /FHIR server \S+ of tenant \S+: R4 \(4\.0\.1\).*3 of \d+ tasks are served as planned\./,
    );
    expect(stderr).toContain('  allergies: lacks AllergyIntolerance');
    expect(code).toBe(0);
    expect(seen.map(({ authorization, path }) => [path, authorization])).toEqual([
      ['/fhir/metadata', ''],
      ['/fhir/metadata', ''],
    ]);
  }, 60_000);

  test('fails where the record system cannot be used, as JSON too', async () => {
    const { code, stdout } = await checked(
      (_seen, response) => sendJson(response, { resourceType: 'Bundle' }),
      '--json',
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      servers: [
        { ok: false, server: 'ehr' },
        { ok: false, server: 'lab' },
      ],
    });
  }, 60_000);

  test('is wrong usage without --check', async () => {
    const { path } = configFolder(onFreePorts);
    const ended: unknown = await run(process.execPath, [
      'bin/phi-gateway.js',
      'serve',
      '--config',
      path,
      '--servers',
    ]).catch((thrown: unknown) => thrown);
    expect(ended).toMatchObject({ code: 2 });
  }, 60_000);
});

describe('serve does not start', () => {
  test.each<[string, Omit<ServeOptions, 'config'>]>([
    ['with DEBUG', { env: { DEBUG: 'planted' } }],
    ['with an unknown option', { env: { NODE_OPTIONS: '--trace-warnings' } }],
    ['with an unknown option of node', { nodeOptions: ['--trace-warnings'] }],
    ['under an inspector', { nodeOptions: ['--inspect=127.0.0.1:0'] }],
  ])(
    '%s',
    async (_name, options) => {
      const { code, stderr } = await refusedStart({ config: configFolder(onFreePorts).path, ...options });
      expect(code).toBe(2);
      expect(stderr).toContain('the gateway does not start:');
      expect(stderr).not.toContain('planted');
    },
    60_000,
  );

  test('with a key that a sandbox made', async () => {
    const key = `${sandboxMarker}\n${Buffer.alloc(32, 7).toString('base64')}`;
    const { code, stderr } = await refusedStart({
      config: configFolder(onFreePorts, { 'vault.key': key }).path,
    });
    expect(code).not.toBe(0);
    expect(stderr).toContain('keys.vault_file: is a key of a sandbox, which production refuses');
  }, 60_000);

  test('with a key of a witness that is none, which --check says as well', async () => {
    const { path } = configFolder((config) => {
      onFreePorts(config);
      setting(
        'audit.witnesses.0.key',
        'witness.example+00000000+BD9eHBFI2O+AjRtQMnTyHIVq1d2mELkZPjoDnnTVTfdE',
      )(config);
    });
    const { code, stderr } = await refusedStart({ config: path });
    expect(code).not.toBe(0);
    expect(stderr).toContain('audit.witnesses[0].key: is no verifier key');
    const checked = spawnSync(
      process.execPath,
      ['bin/phi-gateway.js', 'serve', '--check', '--config', path],
      {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '' },
      },
    );
    expect(checked.status).not.toBe(0);
    expect(checked.stderr).toContain('audit.witnesses[0].key: is no verifier key');
  }, 60_000);

  test("with a sandbox's issuer", async () => {
    const { path } = configFolder((config) => {
      onFreePorts(config);
      setting('tenants.0.issuers.0.issuer', 'http://127.0.0.1:4000')(config);
    });
    const { code, stderr } = await refusedStart({ config: path });
    expect(code).not.toBe(0);
    expect(stderr).toContain('tenants[0].issuers[0]: is an issuer of a sandbox');
  }, 60_000);
});
