import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { checkShape } from '../../../src/config/check.ts';
import { ConfigFault } from '../../../src/config/file-form.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { maskedConfig } from '../../../src/config/masked.ts';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { decidingConfig } from '../../../src/config/release.ts';
import { configSchema } from '../../../src/config/schema/config-schema.ts';
import { sandboxMarker } from '../../../src/config/secrets.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { defaultPatientTexts } from '../../../src/vocabulary/patient-texts.ts';
import { configFolder, configurationPage, documentedExample, removeFolders, setting } from './fixture.ts';

const faultsOf = (load: () => unknown): readonly string[] => {
  try {
    load();
  } catch (thrown) {
    if (thrown instanceof ConfigFault) return thrown.faults;
    throw thrown;
  }
  return [];
};
const load = (path: string, env: Record<string, string> = {}) => loadConfig({ path, env });

const written = (text: string) => {
  const { path } = configFolder();
  writeFileSync(path, text);
  return faultsOf(() => load(path));
};

const withFile = (change: (file: string) => void, secrets: Record<string, string> = {}) => {
  const { path, folder } = configFolder(undefined, secrets);
  change(join(folder, 'secrets', 'vault.key'));
  return faultsOf(() => load(path));
};

afterAll(removeFolders);

describe('the documented example', () => {
  test('loads, and secrets come from the files', () => {
    const config = load(configFolder().path);
    expect(config.keys.signing).toContain('BEGIN PRIVATE KEY');
    expect(config.tenants[0]?.models[0]?.apiKey).toBe('sk-planted-model-key');
    expect(config.tenants[0]?.workloads[0]?.tenant).toBe('hospital');
    expect(config.storage.directory).toBe('/var/lib/phi-gateway');
  });

  test('names every setting that the schema has, and the page explains each', () => {
    const page = configurationPage();
    const paths = leafNames(configSchema);
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((name) => !page.includes(name))).toEqual([]);
    const example = JSON.stringify(documentedExample());
    expect(paths.filter((name) => !example.includes(`"${name}"`))).toEqual([]);
  });

  test('defaults of the page are those of the schema', () => {
    const bare = documentedExample();
    delete bare['limits'];
    setting('listeners', { publicUrl: 'https://gateway.example', public: {}, operations: {} })(bare);
    for (const path of [
      'tenants.0.implicitConsent',
      'tenants.0.privacyNotice',
      'tenants.0.trailRetentionDays',
      'tenants.0.patientTexts',
      'tenants.0.linkHosts',
      'tenants.0.fhir.timeoutMs',
    ]) {
      setting(path, undefined)(bare);
    }
    const { limits, listeners, tenants } = checkShape(bare);
    expect(limits).toEqual({
      bodyBytes: 1048576,
      requestTimeoutMs: 120000,
      heartbeatMs: 10000,
      delegatedTokenSeconds: 300,
      tokenRetentionSeconds: 86400,
      sessionIdleSeconds: 900,
      sessionAbsoluteSeconds: 43200,
      notePassages: 20,
      perMinute: { user: 120, workload: 6000, tenant: 30000, failedSignIns: 60, strangers: 60 },
    });
    expect(listeners.public).toEqual({ host: '127.0.0.1', port: 8080 });
    expect(listeners.operations.port).toBe(9090);
    expect(tenants[0]?.implicitConsent).toBe('deny');
    expect(tenants[0]?.fhir.timeoutMs).toBe(10000);
    expect(tenants[0]?.trailRetentionDays).toBe(2192);
    expect(tenants[0]?.patientTexts).toEqual(defaultPatientTexts);
    expect(tenants[0]?.linkHosts).toEqual([]);
  });
});

describe('faults are named by their setting', () => {
  const cases: [name: string, path: string, value: unknown, fault: string][] = [
    ['an unknown setting at the top', 'colour', 'red', 'colour: there is no such setting'],
    [
      'an issuer whose people are those of another server',
      'tenants.0.issuers.0.fhirBase',
      'https://planted.example/r4',
      'tenants[0].issuers[0].fhirBase: is another server than fhir.base',
    ],
    [
      'an issuer whose people are those of a longer base',
      'tenants.0.issuers.1.fhirBase',
      'https://fhir.hospital.example/r4/planted',
      'tenants[0].issuers[1].fhirBase: is another server than fhir.base',
    ],
    [
      'an alias on plain http',
      'tenants.0.fhir.aliases',
      ['http://planted.example/r4'],
      'tenants[0].fhir.aliases[0]: must be https',
    ],
    [
      'the same server beside itself',
      'tenants.0.furtherFhir.0.base',
      'https://fhir.hospital.example/r4/',
      'tenants[0].furtherFhir[0].base: is the server of fhir.base',
    ],
    [
      'a further server on plain http',
      'tenants.0.furtherFhir.0.base',
      'http://planted.example/r4',
      'tenants[0].furtherFhir[0].base: must be https',
    ],
    [
      'a further server that is called as the first one',
      'tenants.0.furtherFhir.0.id',
      'ehr',
      'tenants[0].furtherFhir[0].id: is that of fhir.id',
    ],
    [
      'a link in a text for patients',
      'tenants.0.patientTexts.answer',
      'Written by AI. See planted.example/help for more.',
      'tenants[0].patientTexts.answer: holds a link or markup',
    ],
    [
      'markup in a text of emergencies',
      'tenants.0.patientTexts.emergency.text',
      'Call <b>planted</b> now.',
      'tenants[0].patientTexts.emergency.text: holds a link or markup',
    ],
    [
      'a text for patients that nobody sees',
      'tenants.0.patientTexts.answer',
      'Written\u200b by AI.',
      'tenants[0].patientTexts.answer: ',
    ],
    ['an empty text for patients', 'tenants.0.patientTexts.answer', '', 'tenants[0].patientTexts.answer: '],
    [
      'a text for patients that is too long',
      'tenants.0.patientTexts.emergency.text',
      'x'.repeat(1001),
      'tenants[0].patientTexts.emergency.text: ',
    ],
    [
      'a phrase without a letter',
      'tenants.0.patientTexts.emergency.phrases',
      ['?!'],
      'tenants[0].patientTexts.emergency.phrases[0]: has neither letters nor figures',
    ],
    ['an unknown setting deep down', 'tenants.0.fhir.basee', 'x', 'tenants[0].fhir.basee: there is no such'],
    ['a secret in the file', 'keys.signing', 'planted', 'keys.signing: there is no such setting'],
    ['a missing key', 'keys.vault_file', undefined, 'keys.vault_file: is missing'],
    ['a missing environment', 'environment', undefined, 'environment: is missing'],
    ['an unknown environment', 'environment', 'test', 'environment: must be one of sandbox, production'],
    ['text for a number', 'limits.bodyBytes', 'many', 'limits.bodyBytes: must be a whole number'],
    [
      'a number too large',
      'limits.delegatedTokenSeconds',
      301,
      'limits.delegatedTokenSeconds: must be at most 300',
    ],
    ['a number too small', 'limits.bodyBytes', 1, 'limits.bodyBytes: must be at least 1024'],
    [
      'a retention below six years',
      'tenants.0.trailRetentionDays',
      2191,
      'tenants[0].trailRetentionDays: must be at least 2192',
    ],
    ['no tenant', 'tenants', [], 'tenants: must not be empty'],
    ['a group for a list', 'tenants', {}, 'tenants: must be a list'],
    [
      'a shared-secret algorithm',
      'tenants.0.issuers.0.algorithms',
      ['HS256'],
      'tenants[0].issuers[0].algorithms[0]: must be one of ES256',
    ],
    ['an id with blanks', 'tenants.0.id', 'My Hospital', 'tenants[0].id: must be a short name'],
    [
      'an unknown purpose',
      'tenants.0.workloads.0.purposes',
      ['FUN'],
      'tenants[0].workloads[0].purposes[0]: must be one of',
    ],
    [
      'tickets of people of nobody',
      'tenants.0.tickets.issuer',
      'https://elsewhere.example',
      'tenants[0].tickets.issuer: is no issuer of this tenant',
    ],
    [
      'tickets over plain http',
      'tenants.0.tickets.url',
      'http://tickets.hospital.example',
      'tenants[0].tickets.url: must be https',
    ],
    [
      'a relation agent that is no reference',
      'tenants.0.relations.provenanceAgents',
      ['Patient/1'],
      'tenants[0].relations.provenanceAgents',
    ],
    [
      'emergency access without a step-up for it',
      'tenants.0.stepUp',
      [{ purposes: ['BTG'], tasks: ['emergency.summary'], maxAgeSeconds: 60 }],
      'tenants[0].breakGlass: needs a rule in stepUp for purpose BTG',
    ],
    [
      'an unknown implicit consent',
      'tenants.0.implicitConsent',
      'maybe',
      'tenants[0].implicitConsent: must be one of',
    ],
    [
      'a recogniser over plain http',
      'redaction.recogniser.url',
      'http://127.0.0.1:5002',
      'redaction.recogniser.url: must be https, also on this machine',
    ],
    [
      'a recogniser that nobody vouches for',
      'redaction.recogniser.authority',
      undefined,
      'redaction.recogniser: needs certificate, key_file and authority beside url',
    ],
    [
      'a recogniser behind no socket',
      'redaction.recogniser.url',
      'unix:',
      'redaction.recogniser.url: names no socket',
    ],
    [
      'a certificate that is none',
      'redaction.recogniser.certificate',
      'secrets/model.key',
      'redaction.recogniser.certificate: does not hold certificates (PEM)',
    ],
    [
      'a score above one',
      'redaction.recogniser.leastScore',
      2,
      'redaction.recogniser.leastScore: must be at most 1',
    ],
    [
      'a pack of no name',
      'redaction.packs.0',
      'everything',
      'redaction.packs[0]: is neither a .yaml file nor one of',
    ],
    [
      'http to another machine',
      'tenants.0.fhir.base',
      'http://fhir.example/r4',
      'tenants[0].fhir.base: must be https, because it is not on this machine',
    ],
    [
      'http that looks like loopback',
      'tenants.0.models.0.baseUrl',
      'http://127.0.0.1.example/v1',
      'tenants[0].models[0].baseUrl: must be https, because',
    ],
    [
      'another scheme',
      'tenants.0.fhir.base',
      'file:///etc/passwd',
      'tenants[0].fhir.base: must be an https address',
    ],
    ['no address', 'tenants.0.fhir.base', 'fhir', 'tenants[0].fhir.base: must be an https address'],
    [
      'a password in an address',
      'tenants.0.fhir.base',
      'https://u:planted@fhir.example',
      'tenants[0].fhir.base: must not hold a user name or password',
    ],
    [
      'a query in an address',
      'tenants.0.fhir.base',
      'https://fhir.example/?k=planted',
      'tenants[0].fhir.base: must not have a query',
    ],
    [
      'an http issuer in production',
      'tenants.0.issuers.0.issuer',
      'http://127.0.0.1:9/x',
      'tenants[0].issuers[0].issuer: must be https in production',
    ],
    [
      'an issuer on this machine in production',
      'tenants.0.issuers.0.issuer',
      'https://localhost:8443/realms/x',
      'tenants[0].issuers[0]: is an issuer of a sandbox',
    ],
    [
      "the sandbox's audience in production",
      'tenants.0.issuers.0.audience',
      'urn:phi-gateway:sandbox',
      'tenants[0].issuers[0]: is an issuer of a sandbox',
    ],
    [
      'a key set over http',
      'tenants.0.issuers.0.jwksOrigin',
      'http://keys.example',
      'tenants[0].issuers[0].jwksOrigin: must be https',
    ],
    [
      'an http public address in production',
      'listeners.publicUrl',
      'http://localhost:8080',
      'listeners.publicUrl: must be https in production',
    ],
    [
      'a model of the sandbox in production',
      'tenants.0.models.0.model',
      'sandbox-extractive',
      'tenants[0].models[0].model: is a model of the sandbox',
    ],
    [
      'a key of another log',
      'audit.verifierKeys',
      [`other.example/log+0a1b2c3d+${'A'.repeat(44)}`],
      'audit.verifierKeys[0]: is not a key of this log',
    ],
    [
      'vectors that are not to be stored',
      'tenants.0.models.1.noStore',
      true,
      'tenants[0].models[1].noStore: requests for vectors have no such member',
    ],
    [
      'a promise that says nothing of training',
      'tenants.0.models.0.retention',
      { days: 0, contract: 'x' },
      'tenants[0].models[0].retention',
    ],
    [
      'a promise of less than nothing',
      'tenants.0.models.0.retention',
      { days: -1, training: false, contract: 'x' },
      'tenants[0].models[0].retention.days',
    ],
    [
      'a promise without a contract',
      'tenants.0.models.0.retention',
      { days: 0, training: false, contract: '' },
      'tenants[0].models[0].retention.contract',
    ],
    [
      'a fallback that is not there',
      'tenants.0.models.0.fallback',
      ['clinical-spare', 'other'],
      'tenants[0].models[0].fallback[1]: names a model that this tenant does not have',
    ],
    [
      'an endpoint that stands in for itself',
      'tenants.0.models.0.fallback',
      ['clinical'],
      'tenants[0].models[0].fallback[0]: is the endpoint itself',
    ],
    [
      'vectors in the place of answers',
      'tenants.0.models.0.fallback',
      ['index'],
      'tenants[0].models[0].fallback[0]: of these two one answers questions',
    ],
    [
      'answers in the place of vectors',
      'tenants.0.models.1.fallback',
      ['clinical'],
      'tenants[0].models[1].fallback[0]: of these two one answers questions',
    ],
    [
      'four in the place of one',
      'tenants.0.models.0.fallback',
      ['a', 'b', 'c', 'd'],
      'tenants[0].models[0].fallback: ',
    ],
    [
      'an unknown model of a workload',
      'tenants.0.workloads.0.models',
      ['other'],
      'tenants[0].workloads[0].models: names a model',
    ],
    [
      'one port for both listeners',
      'listeners.operations.port',
      8080,
      'listeners.operations.port: is also the port',
    ],
    [
      'an identity of no trust domain',
      'tenants.0.workloads.0.spiffeIds',
      ['spiffe://other.example/x'],
      'tenants[0].workloads[0].spiffeIds: is of no configured trust domain',
    ],
    [
      'an identity without a path',
      'tenants.0.workloads.0.spiffeIds',
      ['spiffe://hospital.example'],
      'tenants[0].workloads[0].spiffeIds[0]: must be a short name',
    ],
    [
      'a proxy that is a workload',
      'listeners.mtls.proxies',
      ['spiffe://hospital.example/ns/copilot/backend'],
      'listeners.mtls.proxies: an identity stands in two places',
    ],
    [
      'certificates over plain http',
      'listeners.mtls.publicUrl',
      'http://127.0.0.1:9443',
      'listeners.mtls.publicUrl: must be https',
    ],
    [
      'TLS for no upstream',
      'upstreamTls',
      [{ origin: 'https://nobody.example', authorities: 'a.pem' }],
      'upstreamTls[0].origin: is of no configured upstream',
    ],
    [
      'TLS for more than an origin',
      'upstreamTls',
      [{ origin: 'https://fhir.hospital.example/r4', authorities: 'a.pem' }],
      'upstreamTls[0].origin: must be https with host and port only',
    ],
    [
      'TLS without TLS',
      'upstreamTls',
      [{ origin: 'http://127.0.0.1:7', authorities: 'a.pem' }],
      'upstreamTls[0].origin: must be https',
    ],
    [
      'a certificate without its key',
      'upstreamTls',
      [{ origin: 'https://nobody.example', certificate: 'a.pem' }],
      'upstreamTls[0]: certificate and key go together',
    ],
    [
      'TLS twice for one upstream',
      'upstreamTls',
      [
        { origin: 'https://nobody.example', authorities: 'a.pem' },
        { origin: 'https://nobody.example', authorities: 'b.pem' },
      ],
      'upstreamTls[1].origin: stands in two places',
    ],
    ['a certificate listener that trusts nobody', 'trustDomains', [], 'listeners.mtls: needs trustDomains'],
    [
      'a trust domain of the sandbox',
      'trustDomains',
      [{ name: 'sandbox.phi-gateway.invalid', bundle: 'x' }],
      'trustDomains: is the trust domain of a sandbox',
    ],
    [
      'a secret file that is not there',
      'keys.vault_file',
      'secrets/none',
      'keys.vault_file: the file does not exist',
    ],
    [
      'one key for both uses',
      'keys.pseudonym_file',
      'secrets/vault.key',
      'keys.pseudonym_file: does not hold 32 bytes in base64 that differ',
    ],
  ];
  cases.push(
    [
      'an algorithm that the profile does not have',
      'tenants.0.issuers.1.algorithms',
      ['ES256'],
      'tenants[0].issuers[1].algorithms: ES256 is not an algorithm of the profile',
    ],
    [
      'an unknown profile',
      'tenants.0.issuers.0.profile',
      'auth0',
      'tenants[0].issuers[0].profile: must be one of rfc9068',
    ],
    [
      'an introspection endpoint over plain http',
      'tenants.0.issuers.1.introspection.endpoint',
      'http://ehr.example/introspect',
      'tenants[0].issuers[1].introspection.endpoint: must be https',
    ],
    [
      'a role name for what is no role',
      'tenants.0.issuers.0.roleNames',
      { Wizards: ['wizard'] },
      'tenants[0].issuers[0].roleNames.Wizards[0]: must be one of patient',
    ],
  );
  test.each(cases)('%s', (_name, path, value, fault) => {
    const faults = faultsOf(() => load(configFolder(setting(path, value)).path));
    expect(faults.some((line) => line.startsWith(fault))).toBe(true);
    expect(faults.join()).not.toContain('planted');
  });

  test('all at once', () => {
    const { path } = configFolder((config) => {
      setting('colour', 1)(config);
      setting('limits.bodyBytes', 'x')(config);
      setting('keys.vault_file', undefined)(config);
    });
    expect(faultsOf(() => load(path))).toHaveLength(3);
  });

  test('the same client id in two workloads, the same id twice', () => {
    const { path } = configFolder((config) => {
      const tenants = config['tenants'];
      if (Array.isArray(tenants)) tenants.push(structuredClone(tenants[0]));
      const workloads: unknown = Reflect.get(Object(Array.isArray(tenants) ? tenants[0] : {}), 'workloads');
      if (Array.isArray(workloads)) workloads.push(structuredClone(workloads[0]));
    });
    expect(faultsOf(() => load(path))).toEqual([
      'tenants[0].workloads[1].spiffeIds: an identity stands in two places',
      'tenants[1].workloads[0].spiffeIds: an identity stands in two places',
      'tenants[1].id: stands in two places',
      'tenants: opaque tokens do not say whose they are, so one issuer at most may have introspection',
      'tenants[0].workloads[1].id: stands in two places',
      'tenants[0].workloads: a client id stands in two places',
    ]);
  });
});

describe('the file itself', () => {
  test('missing, broken, doubled or with aliases', () => {
    expect(faultsOf(() => load('/nowhere/config.yaml'))).toEqual([
      'the configuration file does not exist or cannot be read',
    ]);
    expect(written('environment: [')[0]).toContain('line 1');
    expect(written('environment: sandbox\nenvironment: production\n')[0]).toContain('line 2');
    expect(written('a: &x 1\nb: *x\n')).toEqual(['line 2: YAML aliases are not read']);
    expect(written('just text')).toEqual(['the file: must be a group of settings']);
    expect(written('')).toEqual(['the file: must be a group of settings']);
  });
});

describe('secret files', () => {
  test.each([0o640, 0o604, 0o660, 0o644])('mode %o is refused', (mode) => {
    expect(withFile((file) => chmodSync(file, mode))).toEqual([
      'keys.vault_file: the file is open to group or others: chmod 600 it',
    ]);
  });
  test('a folder, a link to an open file, an empty one, a short key, a large one', () => {
    expect(
      withFile((file) => {
        rmSync(file);
        mkdirSync(file, { mode: 0o700 });
      })[0],
    ).toMatch(/keys\.vault_file: (is not a regular file|the file does not exist)/);
    expect(
      withFile((file) => {
        writeFileSync(`${file}.open`, 'x');
        chmodSync(`${file}.open`, 0o644);
        rmSync(file);
        symlinkSync(`${file}.open`, file);
      })[0],
    ).toContain('open to group or others');
    expect(withFile(() => undefined, { 'vault.key': '' })).toEqual(['keys.vault_file: the file is empty']);
    expect(withFile(() => undefined, { 'vault.key': 'c2hvcnQ=' })).toEqual([
      'keys.vault_file: does not hold 32 bytes in base64',
    ]);
    expect(withFile((file) => writeFileSync(file, 'x'.repeat(70_000)))[0]).toContain('too large');
  });
  test('a signing key of another kind', () => {
    const { path } = configFolder(undefined, { 'signing.pem': 'planted' });
    expect(faultsOf(() => load(path))).toEqual([
      'keys.signing_file: does not hold a PKCS#8 PEM key of curve P-256 or of Ed25519',
    ]);
  });
  test('a signing key of Ed25519 is one, but not that of the log', () => {
    const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { path } = configFolder(undefined, { 'signing.pem': key });
    expect(load(path).keys.signing).toBe(key.trim());
    for (const name of ['signing.pem', 'signing-next.pem'])
      expect(faultsOf(() => load(configFolder(undefined, { [name]: key, 'log.pem': key }).path))).toEqual([
        'keys.log_file: does not hold a PKCS#8 PEM key of Ed25519 that signs nothing else',
      ]);
  });
  test('a key of a sandbox is refused in production and read in the sandbox', () => {
    const key = `${sandboxMarker}\n${Buffer.alloc(32, 7).toString('base64')}`;
    expect(withFile(() => undefined, { 'vault.key': key })).toEqual([
      'keys.vault_file: is a key of a sandbox, which production refuses',
    ]);
    const { path } = configFolder(setting('environment', 'sandbox'), { 'vault.key': key });
    expect(load(path).keys.vault).toBe(Buffer.alloc(32, 7).toString('base64'));
  });
});

describe('the sandbox', () => {
  test.each(['0.0.0.0', '::', '192.0.2.1', 'gateway.example', '127.0.0.1.example'])(
    'does not listen on %s',
    (host) => {
      for (const name of ['public', 'operations']) {
        const { path } = configFolder((config) => {
          setting('environment', 'sandbox')(config);
          setting(`listeners.${name}.host`, host)(config);
        });
        expect(faultsOf(() => load(path))).toEqual([
          `listeners.${name}.host: a sandbox listens on loopback only`,
        ]);
      }
    },
  );
  test('may use plain http on loopback', () => {
    const { path } = configFolder((config) => {
      setting('environment', 'sandbox')(config);
      setting('listeners.publicUrl', 'http://127.0.0.1:8080')(config);
      setting('tenants.0.issuers.0.issuer', 'http://localhost:4000')(config);
      setting('tenants.0.issuers.0.fhirBase', 'http://[::1]:4001/fhir')(config);
      setting('tenants.0.fhir.base', 'http://127.0.0.2:4001/fhir')(config);
      setting('tenants.0.fhir.aliases', ['http://[::1]:4001/fhir/', 'https://fhir.hospital.example/r4'])(
        config,
      );
    });
    expect(load(path).environment).toBe('sandbox');
  });
});

describe('environment', () => {
  test('overrides by path and type', () => {
    const { path } = configFolder();
    const config = load(path, {
      PHI_GATEWAY_LISTENERS__PUBLIC__PORT: '8443',
      PHI_GATEWAY_LIMITS__BODY_BYTES: '65536',
      PHI_GATEWAY_TENANTS__0__FHIR__BASE: 'https://other.example/r4',
      PHI_GATEWAY_TENANTS__0__FHIR__ALIASES: '["https://fhir.hospital.example/r4"]',
      PHI_GATEWAY_TENANTS__0__MODELS__0__TRUSTED: 'false',
      PHI_GATEWAY_TENANTS__0__WORKLOADS__0__TASKS: '["allergies"]',
      PHI_GATEWAY_TENANTS__0__WORKLOADS__0__PURPOSES: 'all',
      PHI_GATEWAY_SANDBOX: '/tmp/state.json',
      HOME: '/root',
    });
    expect(config.listeners.public.port).toBe(8443);
    expect(config.limits.bodyBytes).toBe(65536);
    expect(config.tenants[0]?.fhir.base).toBe('https://other.example/r4');
    expect(config.tenants[0]?.models[0]?.trusted).toBe(false);
    expect(config.tenants[0]?.workloads[0]?.tasks).toEqual(['allergies']);
    expect(config.tenants[0]?.workloads[0]?.purposes).toBe('all');
  });
  test.each([
    ['PHI_GATEWAY_COLOUR', 'planted', 'PHI_GATEWAY_COLOUR: there is no such setting'],
    ['PHI_GATEWAY_TENANTS__X__ID', 'planted', 'PHI_GATEWAY_TENANTS__X__ID: there is no such setting'],
    ['PHI_GATEWAY_KEYS__SIGNING', 'planted', 'PHI_GATEWAY_KEYS__SIGNING: there is no such setting'],
    ['PHI_GATEWAY_LIMITS', '{}', 'PHI_GATEWAY_LIMITS: is not written as limits needs it'],
    ['PHI_GATEWAY_LIMITS__BODY_BYTES', 'planted', 'PHI_GATEWAY_LIMITS__BODY_BYTES: is not written as'],
    ['PHI_GATEWAY_ENVIRONMENT', 'planted', 'environment: must be one of'],
    ['PHI_GATEWAY_TENANTS__0__FHIR__BASE', 'http://planted.example', 'tenants[0].fhir.base: must be https'],
  ])('%s', (name, value, fault) => {
    const faults = faultsOf(() => load(configFolder().path, { [name]: value }));
    expect(faults.some((line) => line.startsWith(fault))).toBe(true);
    expect(faults.join()).not.toContain('planted');
  });
});

test('the printable configuration holds no secret', () => {
  const config = load(configFolder().path);
  const printed = JSON.stringify(maskedConfig(config));
  const [tenant] = config.tenants;
  const others = [tenant?.models[0]?.apiKey ?? '?', tenant?.fhir.authorization?.clientKey ?? '?'];
  for (const secret of [...Object.values(config.keys), ...others]) {
    expect(printed).not.toContain(JSON.stringify(secret).slice(1, -1));
  }
  expect(printed).toContain('https://models.example/v1');
});

test('what is shown to a ticket system is read from its file, printed nowhere, and decides nothing', () => {
  const { path } = configFolder(setting('tenants.0.tickets.authorization_file', 'secrets/signals.secret'));
  const config = load(path);
  expect(config.tenants[0]?.tickets?.authorization).toBe('planted-signals-secret');
  for (const shown of [maskedConfig(config), decidingConfig(config)]) {
    const text = JSON.stringify(shown);
    expect(text).toContain('https://tickets.hospital.example/api/tickets');
    expect(text).not.toContain('planted-signals-secret');
  }
});

test('folders that ship with the product are found', () => {
  expect(findDataFolder('policies')).toMatch(/policies$/);
});

/** Names of all settings of a schema that hold a value. */
function leafNames(schema: unknown): string[] {
  if (!isRecord(schema)) return [];
  const properties = schema['properties'];
  if (isRecord(properties)) {
    return Object.entries(properties).flatMap(([name, value]) => {
      const inner = leafNames(value);
      return inner.length > 0 ? inner : [name];
    });
  }
  return leafNames(schema['items']);
}
