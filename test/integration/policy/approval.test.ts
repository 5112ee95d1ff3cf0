import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadConfig, loadWithoutSecrets } from '../../../src/config/load.ts';
import { decidingConfig } from '../../../src/config/release.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { keyFaults } from '../../../src/wiring/keys.ts';
import { RulesInForce } from '../../../src/wiring/rules.ts';
import { approve, releaseIn } from '../../fixtures/approved.ts';
import { runHere } from '../../fixtures/command-here.ts';
import { configFolder, removeFolders, setting } from '../../unit/config/fixture.ts';

afterAll(removeFolders);

async function command(...args: readonly string[]) {
  const ended = await runHere(args);
  const said: unknown = ended.stdout.startsWith('{') ? JSON.parse(ended.stdout) : undefined;
  return { ...ended, said: isRecord(said) ? said : {} };
}

describe('a release that two approve', () => {
  it('starts when both have signed it, each with a key of their own, and not before', async () => {
    const { folder, path } = configFolder();
    const key = (name: string) => join(folder, 'approvers', `${name}.pem`);
    const sign = (release: string, name: string, by = name) =>
      command('release', 'approve', '--config', path, '--release', release, '--name', name, '--key', key(by));
    const check = () => command('serve', '--config', path, '--check');

    // Without the gateway's secrets, as an approver has it.
    renameSync(join(folder, 'secrets', 'vault.key'), join(folder, 'vault.key'));
    const shown = await command('release', 'show', '--config', path, '--json');
    expect(shown).toMatchObject({ code: 1, said: { ok: false, approvedBy: [] } });
    renameSync(join(folder, 'vault.key'), join(folder, 'secrets', 'vault.key'));
    const release = String(shown.said['releaseHash']);
    const unsigned = await check();
    expect(unsigned.code).toBe(1);
    expect(unsigned.stderr).toContain(`release.approvals: release ${release} is approved by 0 of 2`);

    expect(await sign('0'.repeat(64), 'privacy-officer')).toMatchObject({ code: 1 });
    expect(await sign(release, 'privacy-officer', 'security-officer')).toMatchObject({ code: 2 });
    expect(await sign(release, 'somebody', 'security-officer')).toMatchObject({ code: 2 });
    const note = (await sign(release, 'privacy-officer')).stdout.split(' ')[0] ?? '';
    // Signed again, over a link that leads elsewhere.
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'something else');
    rmSync(note);
    symlinkSync(elsewhere, note);
    expect(await sign(release, 'privacy-officer')).toMatchObject({ code: 0 });
    expect(readFileSync(elsewhere, 'utf8')).toBe('something else');
    const one = await check();
    expect(one.code).toBe(1);
    expect(one.stderr).toContain('is approved by 1 of 2 (privacy-officer)');
    expect(await sign(release, 'security-officer')).toMatchObject({ code: 0 });
    expect(await check()).toMatchObject({ code: 0 });
    expect(await command('release', 'show', '--config', path)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Approved by 2 of 2: privacy-officer, security-officer.'),
    });

    // The same files under another configuration are another release.
    const config: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isRecord(config)) throw new Error('there is no configuration');
    setting('tenants.0.implicitConsent', 'permit')(config);
    writeFileSync(path, JSON.stringify(config));
    expect((await check()).code).toBe(1);
  }, 180_000);

  it('is the same with and without the secrets, and holds none', () => {
    const { path } = configFolder();
    const whole = decidingConfig(loadConfig({ path, env: {} }));
    expect(decidingConfig(loadWithoutSecrets({ path, env: {} }))).toEqual(whole);
    expect(JSON.stringify(whole)).not.toContain('planted');
  });
});

describe('rules that change while the gateway runs', () => {
  it('wait for both approvals, are told of once, and come into force with the second', () => {
    const { folder, path } = configFolder();
    approve(path, releaseIn(path));
    const rules = new RulesInForce(loadConfig({ path, env: {} }));
    rules.demandApproval();
    expect(rules.current.release).toEqual(releaseIn(path));
    expect(rules.current.approvedBy).toEqual(['privacy-officer', 'security-officer']);
    const before = rules.current.release.releaseHash;

    const policy = join(folder, 'rules', 'policies', 'limits.cedar');
    writeFileSync(policy, `${readFileSync(policy, 'utf8')}\n// Nothing else.\n`);
    expect(rules.reread()).toMatchObject({ kind: 'refused', reason: 'not_approved' });
    expect(rules.reread()).toEqual({ kind: 'same' });
    approve(path, releaseIn(path), ['security-officer']);
    expect(rules.reread()).toEqual({ kind: 'same' });
    expect(rules.current.release.releaseHash).toBe(before);
    approve(path, releaseIn(path), ['privacy-officer']);
    const next = rules.reread();
    if (next.kind !== 'next') throw new Error('the change is not taken');
    expect(next.rules.approvedBy).toHaveLength(2);
    rules.take(next.rules);
    expect(rules.reread()).toEqual({ kind: 'same' });

    // Approved and faulty stays out; so does everything when the approvals cannot be read.
    writeFileSync(policy, 'permit (principal, action, resource);');
    expect(rules.reread()).toMatchObject({ kind: 'refused', reason: 'not_approved' });
    rmSync(join(folder, 'approvals'), { recursive: true });
    writeFileSync(policy, '// Nothing at all.\n');
    expect(rules.reread()).toMatchObject({ kind: 'refused', reason: 'not_approved' });
    expect(() => new RulesInForce(loadConfig({ path, env: {} })).demandApproval()).toThrow('0 of 2');
  }, 60_000);
});

const faultsOf = (change: (config: Record<string, unknown>) => void): string => {
  try {
    loadConfig({ path: configFolder(change).path, env: {} });
  } catch (thrown) {
    return String(thrown);
  }
  return '';
};

describe('approvers that cannot be', () => {
  it.each<[string, (config: Record<string, unknown>) => void, string]>([
    ['none in production', setting('release', undefined), 'release: production needs two approvers'],
    [
      'one only',
      (config) => {
        const approvers = Reflect.get(Object(config['release']), 'approvers');
        setting('release.approvers', [Reflect.get(Object(approvers), 0)])(config);
      },
      'release.approvers',
    ],
    [
      'one key under two names',
      (config) => {
        const first = String(Reflect.get(Object(Reflect.get(Object(config['release']), 'approvers')), 0));
        setting('release.approvers.1', first.replace('privacy-officer', 'security-officer'))(config);
      },
      'release.approvers[1].key: stands in two places',
    ],
    [
      'two keys under one name',
      (config) => {
        const second = String(Reflect.get(Object(Reflect.get(Object(config['release']), 'approvers')), 1));
        setting('release.approvers.1', second.replace('security-officer', 'privacy-officer'))(config);
      },
      'release.approvers[1].name: stands in two places',
    ],
  ])('%s', (_name, change, fault) => {
    expect(faultsOf(change)).toContain(fault);
  });

  it("are told by the keys' own check sum, and are never the gateway itself", () => {
    const config = loadConfig({ path: configFolder().path, env: {} });
    expect(keyFaults(config)).toEqual([]);
    const { approvals, approvers } = config.release ?? { approvals: '', approvers: [] };
    const spoiled = approvers.map((text) => text.replace(/\+[0-9a-f]{8}\+/, '+00000000+'));
    expect(keyFaults({ ...config, release: { approvals, approvers: spoiled } })).toEqual([
      'release.approvers[0]: is no verifier key',
      'release.approvers[1]: is no verifier key',
    ]);
    const pem = readFileSync(join(approvals, '..', 'approvers', 'security-officer.pem'), 'utf8');
    expect(keyFaults({ ...config, keys: { ...config.keys, log: pem } })).toEqual([
      'release.approvers[1]: is the key of keys.log_file',
    ]);
  });
});
