import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSnpMachine, type SnpMachine } from '../../../sandbox/attestation/snp-machine.ts';
import { createSnpVendor, type SnpVendor } from '../../../sandbox/attestation/snp-vendor.ts';
import { createAuthority } from '../../../sandbox/authority.ts';
import { runHere } from '../../fixtures/command-here.ts';
import { boundData, shown } from '../../fixtures/confidential-model.ts';
import { configFolder, removeFolders } from '../../unit/config/fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'attest-'));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

let vendor: SnpVendor;
let machine: SnpMachine;
let policy: string;
let cert: string;
const nonce = '5c'.repeat(32);

beforeAll(async () => {
  for (const name of ['appraisal-policies', 'attestation/policy-loader', 'attestation/judge'])
    await import(`../../../src/${name}.js`);
  vendor = await createSnpVendor();
  machine = await createSnpMachine(vendor);
  ({ cert } = await (await createAuthority('models.example')).issue({ uris: [], addresses: ['127.0.0.1'] }));
  policy = file('policy.yaml', policyOf('5a'.repeat(48)));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  removeFolders();
});

const policyOf = (measurement: string): string => `name: inference
evidence:
  - format: sev-snp
    roots: ['${vendor.root}']
    measurements: { measurement: ['${measurement}'] }
`;

const verify = (evidence: string, ...more: readonly string[]) =>
  runHere([
    'attest',
    'verify',
    '--evidence',
    evidence,
    '--format',
    'sev-snp',
    '--policy',
    policy,
    '--json',
    ...more,
  ]);

/** One document, and its certificates in a file beside it. */
function published(encoding?: 'hex' | 'base64'): readonly string[] {
  const { certificates, document } = machine.evidence({ reportData: boundData(cert, nonce) });
  const pem = certificates
    .map(
      (der) =>
        `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`,
    )
    .join('');
  return [
    file('report', encoding === undefined ? document : `${Buffer.from(document).toString(encoding)}\n`),
    '--certificates',
    file('chain.pem', pem),
  ];
}

describe('attest verify', () => {
  test.each([undefined, 'hex', 'base64'] as const)('takes a document as %s', async (encoding) => {
    const [evidence = '', ...certificates] = published(encoding);
    const { code, stdout } = await verify(evidence, ...certificates);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      format: 'sev-snp',
      claims: { root: vendor.root, flags: { debug: false } },
      reasons: [],
    });
    expect(code).toBe(0);
  });

  test('takes what an endpoint shows, and says for whom it was made where it is told', async () => {
    const body = JSON.stringify({
      evidence: [shown(machine.evidence({ reportData: boundData(cert, nonce) }))],
    });
    const evidence = file('shown.json', body);
    const key = file('key.pem', cert);
    expect((await verify(evidence, '--nonce', nonce, '--key', key)).code).toBe(0);
    const other = await verify(evidence, '--nonce', '00'.repeat(32), '--key', key);
    expect(other.code).toBe(1);
    expect(JSON.parse(other.stdout)).toMatchObject({ ok: false, reasons: ['nonce_mismatch'] });
  });

  test('holds all documents of the format to the policy, not the first one alone', async () => {
    const good = shown(machine.evidence());
    const open = shown(machine.evidence({ debug: true }));
    const all = await verify(file('two.json', JSON.stringify({ evidence: [good, open] })));
    expect(all.code).toBe(1);
    expect(JSON.parse(all.stdout)).toMatchObject({
      ok: false,
      claims: { flags: { debug: true } },
      reasons: ['debug'],
    });
  });

  test('counts one machine once', async () => {
    const twice = [shown(machine.evidence()), shown(machine.evidence())];
    const evidence = file('twice.json', JSON.stringify({ evidence: twice }));
    const two = file('two.yaml', `${policyOf('5a'.repeat(48))}    count: 2\n`);
    const { code, stdout } = await verify(evidence, '--policy', two);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ reasons: ['format_missing'] });
  });

  test('names the reason where what an endpoint shows is of no form that is known', async () => {
    const { code, stdout } = await verify(file('empty.json', JSON.stringify({ evidence: [] })));
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({ ok: false, format: 'sev-snp', reasons: ['malformed'] });
  });

  test.each<[string, () => readonly string[], readonly string[]]>([
    [
      'the vendor takes at another time',
      () => [...published(), '--at', '2009-01-01T00:00:00Z'],
      ['certificate_expired'],
    ],
    ['has no certificates', () => published().slice(0, 1), ['chain_incomplete']],
    ['is cut', () => [file('cut', machine.evidence().document.subarray(0, 1_000))], ['malformed']],
    ['is of another kind altogether', () => [file('text', 'hello there')], ['malformed']],
  ])('refuses what %s', async (_name, args, reasons) => {
    const [evidence = '', ...more] = args();
    const { code, stdout } = await verify(evidence, ...more);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, format: 'sev-snp', reasons });
    expect(code).toBe(1);
  });

  test('says in sentences what is wrong', async () => {
    const [evidence = '', ...certificates] = published();
    const other = file('other.yaml', policyOf('5b'.repeat(48)));
    const { code, stdout } = await runHere([
      'attest',
      'verify',
      '--evidence',
      evidence,
      '--format',
      'sev-snp',
      '--policy',
      other,
      ...certificates,
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('measurement_not_allowed: a register holds what the policy does not name');
    expect(stdout).toContain(`Its signatures lead to the root ${vendor.root}.`);
    expect(stdout).toContain('For whom it was made was not checked');
  });

  test('names file and line of a policy that cannot be used', async () => {
    const bad = file('bad.yaml', 'name: inference\nevidence:\n  - format: sev-snp\n');
    const [evidence = ''] = published();
    const { code, stdout } = await runHere([
      'attest',
      'verify',
      '--evidence',
      evidence,
      '--format',
      'sev-snp',
      '--policy',
      bad,
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain(`${bad}, line 3: sev-snp without measurements of measurement or`);
  });

  test.each([
    ['another format', ['--format', 'sgx']],
    ['a format of which the policy says nothing', ['--format', 'tdx']],
    ['a time that is none', ['--at', 'yesterday']],
    ['a nonce alone', ['--nonce', nonce]],
    ['a file that is not there', ['--evidence', '/nowhere']],
  ])('%s is wrong usage', async (_name, more) => {
    const [evidence = ''] = published();
    expect((await verify(evidence, ...more)).code).toBe(2);
  });
});

describe('serve --check', () => {
  test.each([
    ['is faulty', 'name: inference\nevidence: []\n', 'An appraisal policy is refused: '],
    [
      'is empty',
      '',
      'tenants[0].models[2].attestation.policy: the file does not exist, is empty or cannot be read',
    ],
  ])('refuses an appraisal policy that %s', async (_name, text, words) => {
    const { path } = configFolder();
    writeFileSync(join(path, '..', 'attestation', 'inference.yaml'), text);
    const { code, stderr } = await runHere(['serve', '--config', path, '--check']);
    expect(code).toBe(1);
    expect(stderr).toContain(words);
  });
});
