import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { hashOfJson } from '../../../src/audit/release-hash.ts';
import { loadConfig, loadWithoutSecrets } from '../../../src/config/load.ts';
import { decidingConfig } from '../../../src/config/release.ts';
import { ruleFaults } from '../../../src/config/rules.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { RulesInForce } from '../../../src/wiring/rules.ts';
import { approve, releaseIn } from '../../fixtures/approved.ts';
import { configFolder, documentedExample, removeFolders, setting } from '../../unit/config/fixture.ts';

afterAll(removeFolders);

const rulesOf = (path: string): RulesInForce => new RulesInForce(loadConfig({ path, env: {} }));

describe('a policy that is loaded is a policy that was signed', () => {
  it('also where it is a link', () => {
    const { folder, path } = configFolder();
    approve(path, releaseIn(path));
    rulesOf(path).demandApproval();
    const planted = join(folder, 'planted.cedar');
    writeFileSync(planted, '@id("planted")\n@reason("Nobody may.")\nforbid (principal, action, resource);\n');
    symlinkSync(planted, join(folder, 'rules', 'policies', 'planted.cedar'));
    expect(() => rulesOf(path).demandApproval()).toThrow('is approved by 0 of 2');
  });

  it('and is seen to change where all of a folder are links, as in a mounted volume', () => {
    const { folder, path } = configFolder();
    const policies = join(folder, 'rules', 'policies');
    cpSync(policies, join(folder, 'mounted'), { recursive: true });
    const files = ['schema.cedarschema', 'limits.cedar'];
    for (const name of files) {
      rmSync(join(policies, name));
      symlinkSync(join(folder, 'mounted', name), join(policies, name));
    }
    const before = releaseIn(path).dataHash;
    const limits = join(folder, 'mounted', 'limits.cedar');
    writeFileSync(limits, `${readFileSync(limits, 'utf8')}\n// Nothing else.\n`);
    expect(releaseIn(path).dataHash).not.toBe(before);
  });
});

const approversOf = (config: Readonly<Record<string, unknown>>): unknown =>
  Reflect.get(Object(config['release']), 'approvers');

/** The part of a release that is configuration. */
const hashWith = (change: (config: Record<string, unknown>) => void): string => {
  const { folder, path } = configFolder((config) => {
    // Approvers' keys are new in each folder.
    setting('release.approvers', approversOf(documentedExample()))(config);
    change(config);
  });
  const hash = hashOfJson(decidingConfig(loadWithoutSecrets({ path, env: {} })));
  rmSync(folder, { recursive: true });
  return hash;
};

const listIn = (config: Record<string, unknown>, name: string): unknown[] => {
  const list = config[name];
  if (!Array.isArray(list)) throw new Error(`the example has no ${name}`);
  return list;
};

describe('what decides stands in the hash', () => {
  const plain = hashWith(() => undefined);

  it('and is the same for who looks at the same', () => {
    expect(hashWith(() => undefined)).toBe(plain);
  });

  it.each<[string, (config: Record<string, unknown>) => void]>([
    ['another bundle of a trust domain', setting('trustDomains.0.bundle', 'tls/mine.pem')],
    ['other JWT authorities', setting('trustDomains.0.jwks', 'tls/mine.json')],
    [
      'one more trust domain',
      (config) => listIn(config, 'trustDomains').push({ name: 'mine.example', bundle: 'mine.pem' }),
    ],
    ['a proxy that speaks for others', setting('listeners.mtls.proxies', ['spiffe://hospital.example/mine'])],
    ['another name of the resource', setting('listeners.publicUrl', 'https://other.example')],
    ['other authorities of an upstream', setting('upstreamTls.0.authorities', 'tls/mine.pem')],
    ['an upstream believed by any authority', setting('upstreamTls', [])],
    ['other keys of a workload', setting('tenants.0.workloads.0.jwks', 'secrets/./copilot.jwks')],
    ['another list of who is who', setting('tenants.0.furtherFhir.0.crossReference', 'links/mine.json')],
    ['another witness', setting('audit.witnesses.0.url', 'https://witness.example/mine')],
    ['witnesses who need not be heard', setting('audit.witnessMaxAgeSeconds', 86_400)],
  ])('%s', (_name, change) => {
    const changed = (config: Record<string, unknown>): void => {
      const before = JSON.stringify(config);
      change(config);
      if (JSON.stringify(config) === before) throw new Error('nothing was changed');
    };
    expect(hashWith(changed)).not.toBe(plain);
  });
});

const started = (path: string): readonly string[] => {
  const rules = rulesOf(path);
  rules.demandApproval();
  return rules.current.approvedBy;
};

/** How the names of notes of another release begin. */
const old = (n: number) => createHash('sha256').update(String(n)).digest('hex').slice(0, 16);

describe('notes that lie beside the approvals', () => {
  it('crowd nobody out, however many releases there were', () => {
    const { folder, path } = configFolder();
    const release = releaseIn(path);
    for (let n = 0; n < 400; n += 1)
      writeFileSync(join(folder, 'approvals', `0${old(n)}-00000000.note`), 'phi-gateway release v1\n');
    approve(path, release);
    expect(started(path)).toHaveLength(2);
  });

  it('take nothing from the others where they cannot be read', () => {
    const { folder, path } = configFolder();
    approve(path, releaseIn(path));
    const beside = (name: string): string => join(folder, 'approvals', name);
    symlinkSync(beside('nowhere'), beside('0-dangling.note'));
    mkdirSync(beside('0-folder.note'));
    writeFileSync(beside('0-closed.note'), 'closed');
    chmodSync(beside('0-closed.note'), 0o000);
    writeFileSync(beside('0-large.note'), 'x'.repeat(70_000));
    expect(started(path)).toHaveLength(2);
  });
});

it('two keys with a plus sign in them are told apart', () => {
  const { path } = configFolder();
  const config: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isRecord(config)) throw new Error('there is no configuration');
  const faults = (approvers: readonly string[]): readonly string[] => {
    const whole = loadWithoutSecrets({ path, env: {} });
    const file = { ...whole, tenants: [], redaction: { packs: [] }, trustDomains: [], upstreamTls: [] };
    const release = { approvals: 'approvals', approvers };
    return ruleFaults({
      ...file,
      keys: { signing_file: '', vault_file: '', pseudonym_file: '', log_file: '' },
      release,
    }).filter((fault) => fault.startsWith('release'));
  };
  expect(faults(['anne+00000000+AX+one', 'ben+00000000+AX+two'])).toEqual([]);
  expect(faults(['anne+00000000+AX+one', 'ben+11111111+AX+one'])).toHaveLength(1);
});
