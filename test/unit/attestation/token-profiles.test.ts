import { describe, expect, test } from '@jest/globals';
import type { Claims } from '../../../src/attestation/claims.ts';
import { verifyToken } from '../../../src/attestation/formats/jwt.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { bundle, ecPair, issuer, sign, tokenEvidence, trust } from '../../fixtures/attestation-tokens.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import {
  azureSnpToken,
  azureTdxToken,
  earToken,
  gpuPart,
  gpuPlatform,
  intelToken,
  spaceToken,
} from './token-claims.ts';

const at = Date.UTC(2026, 5, 1);
const times = { iss: issuer, iat: at / 1000, exp: at / 1000 + 600 };
type Members = Readonly<Record<string, unknown>>;

const verified = (document: string): Promise<Claims> => verifyToken(tokenEvidence(document), trust, at);
const claimsOf = async (payload: Members): Promise<Claims> => verified(await sign({ ...times, ...payload }));
const reasonFor = async (payload: Members) => reasonOf(claimsOf(payload));

const space = (change: Members): Members => ({ ...spaceToken, ...change });
const snp = (change: Members): Members => ({
  ...azureSnpToken,
  'x-ms-isolation-tee': { ...azureSnpToken['x-ms-isolation-tee'], ...change },
});

describe('Confidential Space', () => {
  test('names the image, the machine and what the container was told', async () => {
    expect(await claimsOf(spaceToken)).toMatchObject({
      tee: 'tdx',
      measurements: { image_digest: `sha256:${'ab'.repeat(32)}` },
      flags: { debug: false, secureBoot: true },
      platform: 'https://cloud.example/projects/p/zones/z/instances/1',
      facts: {
        profile: 'confidential-space',
        supportAttributes: 'LATEST,STABLE',
        args: '["/serve","--model=m"]',
        zone: 'z',
      },
      bound: { nonces: ['nonce-one', 'nonce-two'] },
    });
  });

  test.each([
    ['enabled', true],
    ['disabled', true],
    ['disabled-since-boot', false],
    ['anything else', true],
  ])('debug status %s', async (dbgstat, debug) => {
    expect((await claimsOf(space({ dbgstat }))).flags['debug']).toBe(debug);
  });

  test('hardware of another name keeps it', async () => {
    expect((await claimsOf(space({ hwmodel: 'GCP_SHIELDED_VM' }))).tee).toBe('GCP_SHIELDED_VM');
    expect((await claimsOf(space({ hwmodel: 'constructor' }))).tee).toBe('constructor');
  });

  test.each([
    ['no debug status', { dbgstat: undefined }],
    ['no word on secure boot', { secboot: undefined }],
    ['no parts', { submods: undefined }],
    ['a nonce that is no text', { eat_nonce: [1] }],
    ['a container that is none', { submods: { container: 'x' } }],
  ])('%s is malformed', async (_what, change) => {
    expect(await reasonFor(space(change))).toBe('malformed');
  });
});

describe('Azure Attestation', () => {
  test('of a SEV-SNP machine: registers by the names of its report', async () => {
    expect(await claimsOf(azureSnpToken)).toMatchObject({
      tee: 'sev-snp',
      measurements: { measurement: 'cd'.repeat(48), hostData: '00'.repeat(32) },
      flags: { debug: false, secureBoot: true },
      tcb: { parts: { bootloader: 7, snp: 14 }, status: 'azure-compliant-cvm' },
      platform: 'VM-1',
      facts: { profile: 'azure-attestation', attestationType: 'azurevm', vmpl: '0' },
      bound: { reportData: '12'.repeat(64), nonces: ['n0nce'] },
    });
  });

  test('of a TDX machine', async () => {
    expect(await claimsOf(azureTdxToken)).toMatchObject({
      tee: 'tdx',
      measurements: { mrtd: '01'.repeat(48) },
      flags: { debug: false },
      tcb: { status: 'UpToDate' },
      bound: { reportData: '34'.repeat(64) },
    });
  });

  test('of a TDX machine within a guest’s token, with the verdict on the whole', async () => {
    const { attester_tcb_status: _status, ...tdx } = azureTdxToken;
    const tee = { ...tdx, 'x-ms-compliance-status': 'azure-compliant-cvm' };
    expect(await claimsOf({ ...azureSnpToken, 'x-ms-isolation-tee': tee })).toMatchObject({
      tee: 'tdx',
      measurements: { mrtd: '01'.repeat(48) },
      tcb: { status: 'azure-compliant-cvm' },
    });
  });

  test.each([
    ['the processor', snp({ 'x-ms-sevsnpvm-is-debuggable': true })],
    ['the guest’s kernel', { ...azureSnpToken, 'x-ms-azurevm-kerneldebug-enabled': true }],
    ['the module', { ...azureTdxToken, tdx_td_attributes_debug: true }],
    ['a status', { ...azureTdxToken, dbgstat: 'enabled' }],
  ])('debug by %s is debug', async (_what, payload) => {
    expect((await claimsOf(payload)).flags['debug']).toBe(true);
  });

  test('a key that the machine sent along is bound, one of several is not', async () => {
    const jwk = ecPair.publicKey.export({ format: 'jwk' });
    const spki = ecPair.publicKey.export({ format: 'der', type: 'spki' }).toString('hex');
    const one = await claimsOf({ ...azureSnpToken, 'x-ms-runtime': { keys: [jwk] } });
    const two = await claimsOf({ ...azureSnpToken, 'x-ms-runtime': { keys: [jwk, jwk] } });
    expect([one.bound.publicKey, two.bound.publicKey]).toEqual([spki, undefined]);
  });

  test('what does not say whether it can be debugged, or is of no such machine, is refused', async () => {
    expect(await reasonFor(snp({ 'x-ms-sevsnpvm-is-debuggable': undefined }))).toBe('malformed');
    expect(await reasonFor(snp({ 'x-ms-attestation-type': 'sgx' }))).toBe('version_unknown');
    expect(await reasonFor({ 'x-ms-ver': '1.0', 'x-ms-attestation-type': 'azurevm' })).toBe(
      'version_unknown',
    );
    expect(await reasonFor(snp({ 'x-ms-sevsnpvm-launchmeasurement': 'no hex' }))).toBe('malformed');
    expect(await reasonFor(snp({ 'x-ms-sevsnpvm-snpfw-svn': -1 }))).toBe('malformed');
  });
});

describe('Intel Trust Authority', () => {
  const { verifier_instance_ids: ids, ...within } = intelToken;
  const good = {
    tee: 'tdx',
    measurements: { mrtd: '02'.repeat(48), rtmr3: '03'.repeat(48) },
    flags: { debug: false },
    tcb: { status: 'OutOfDate' },
    advisories: ['INTEL-SA-00001'],
    bound: {
      reportData: '56'.repeat(64),
      nonces: [Buffer.from('nonce').toString('hex'), Buffer.from('key').toString('hex')],
      publicKey: Buffer.from('key').toString('hex'),
    },
  };

  test('says the same in both its versions', async () => {
    expect(await claimsOf(intelToken)).toMatchObject(good);
    expect(await claimsOf({ verifier_instance_ids: ids, tdx: within })).toMatchObject(good);
  });

  test('a GPU beside it that somebody may look into is debug', async () => {
    const payload = { verifier_instance_ids: ids, tdx: within, nvgpu: { ...gpuPart, dbgstat: 'enabled' } };
    expect(await claimsOf(payload)).toMatchObject({
      flags: { debug: true, secureBoot: true },
      facts: { gpuDriver: '550.90.07', gpuMeasurements: 'success' },
    });
  });

  test('another machine, or none, is refused', async () => {
    expect(await reasonFor({ verifier_instance_ids: ids })).toBe('version_unknown');
    expect(await reasonFor({ ...intelToken, tdx_is_debuggable: undefined })).toBe('malformed');
  });
});

describe('NVIDIA’s remote attestation', () => {
  const parts = { 'GPU-0': { ...times, ...gpuPart }, 'GPU-1': { ...times, ...gpuPart, ueid: '43' } };
  const platform = { ...times, ...gpuPlatform };

  test('one machine of all parts', async () => {
    expect(await verified(await bundle(platform, parts))).toMatchObject({
      tee: 'nvidia-cc',
      measurements: {},
      flags: { debug: false, secureBoot: true },
      tcb: { status: 'success' },
      facts: { parts: 'GPU-0,GPU-1', 'GPU-1.ueid': '43', 'GPU-0.driver': '550.90.07' },
      bound: { nonces: ['ab'.repeat(32)] },
    });
  });

  test('of one part the machine is that part, until the first of the tokens ends', async () => {
    const part = { ...times, ...gpuPart, exp: times.exp - 60 };
    const claims = await verified(await bundle(platform, { 'GPU-0': part }));
    expect([claims.platform, claims.expires]).toEqual(['42', (times.exp - 60) * 1000]);
  });

  test.each([
    ['debug of one', { dbgstat: 'enabled' }, { flags: { debug: true } }],
    ['no secure boot of one', { secboot: false }, { flags: { secureBoot: false } }],
    ['other firmware of one', { measres: 'fail' }, { tcb: { status: 'fail' } }],
    [
      'a check that failed',
      { 'x-nvidia-gpu-attestation-report-nonce-match': false },
      { tcb: { status: 'fail' } },
    ],
  ])('%s is one of all', async (_what, change, claims) => {
    const changed = { ...parts, 'GPU-1': { ...parts['GPU-1'], ...change } };
    expect(await verified(await bundle(platform, changed))).toMatchObject(claims);
  });

  test('the verdict over all counts too', async () => {
    const failed = { ...platform, 'x-nvidia-overall-att-result': false };
    expect(await verified(await bundle(failed, parts))).toMatchObject({ tcb: { status: 'fail' } });
  });

  test.each([
    ['for another nonce', { eat_nonce: 'cd'.repeat(32) }, 'nonce_mismatch'],
    ['of another issuer', { iss: 'https://elsewhere.example' }, 'issuer_unknown'],
    ['that ended', { exp: at / 1000 }, 'too_old'],
    ['that does not say whether it can be debugged', { dbgstat: undefined }, 'malformed'],
  ])('a part %s is refused', async (_what, change, reason) => {
    const changed = { ...parts, 'GPU-1': { ...parts['GPU-1'], ...change } };
    expect(await reasonOf(verified(await bundle(platform, changed)))).toBe(reason);
  });

  test('parts are those that the first token names by digest, all and no other', async () => {
    const whole: unknown = JSON.parse(await bundle(platform, parts));
    const [outer, given]: readonly unknown[] = Array.isArray(whole) ? whole : [];
    const inner = isRecord(given) ? given : {};
    const changed = (named: unknown) => reasonOf(verified(JSON.stringify([outer, named])));
    expect(await changed(inner)).toBe('proven');
    expect(await changed({ 'GPU-0': inner['GPU-0'] })).toBe('signature_invalid');
    expect(await changed({ ...inner, 'GPU-2': inner['GPU-0'] })).toBe('signature_invalid');
    expect(await changed({ 'GPU-0': inner['GPU-0'], 'GPU-1': inner['GPU-0'] })).toBe('signature_invalid');
    expect(await changed({})).toBe('malformed');
    expect(await changed({ 'GPU 0': inner['GPU-0'] })).toBe('malformed');
    const weak = await bundle(platform, parts, (digest) => ['DIGEST', ['SHA-1', digest.slice(0, 40)]]);
    expect(await reasonOf(verified(weak))).toBe('signature_invalid');
  });

  test('a platform without its parts, or parts of another kind of token, prove nothing', async () => {
    expect(await reasonFor({ ...gpuPlatform, submods: {} })).toBe('malformed');
    expect(await reasonOf(verified(await bundle({ ...times, ...spaceToken }, parts)))).toBe('malformed');
  });
});

describe('EAT attestation results', () => {
  const cpu = earToken.submods.cpu0;
  const evidence = cpu['ear.veraison.annotated-evidence'];
  const shown = (change: Members): Members => ({
    ...earToken,
    submods: { cpu0: { ...cpu, 'ear.veraison.annotated-evidence': { ...evidence, ...change } } },
  });

  test('name the machine, its verdict and its registers', async () => {
    expect(await claimsOf(earToken)).toMatchObject({
      tee: 'sev-snp',
      measurements: { measurement: 'ef'.repeat(48) },
      flags: { debug: false, migration: false },
      tcb: { parts: { snp: 23 }, status: 'affirming' },
      facts: { 'cpu0.policy': 'default', 'cpu0.vector': '{"hardware":2}' },
      bound: { reportData: '78'.repeat(64), nonces: ['asked'] },
    });
  });

  test('without an issuer they are of the developer of their verifier', async () => {
    const { iss: _iss, ...nameless } = times;
    const believed = { ...trust, issuer: 'https://verifier.example' };
    const token = await sign({ ...nameless, ...earToken });
    expect(await reasonOf(verifyToken(tokenEvidence(token), believed, at))).toBe('proven');
    expect(await reasonOf(verifyToken(tokenEvidence(token), trust, at))).toBe('issuer_unknown');
  });

  test('the worst part decides, and registers of other parts bear its name', async () => {
    const gpu = { ...cpu, 'ear.status': 'warning' };
    const claims = await claimsOf({ ...earToken, submods: { gpu0: gpu, cpu0: cpu } });
    expect(claims.tcb.status).toBe('warning');
    expect(Object.keys(claims.measurements)).toEqual(['gpu0.measurement', 'measurement']);
  });

  test.each([
    [
      'tdx',
      { quote: { body: { mr_td: '0A' } }, td_attributes: { debug: true } },
      { measurements: { mrtd: '0a' }, flags: { debug: true } },
    ],
    ['sgx', { body: { 'attributes.flags': '0500000000000000' } }, { flags: { debug: false } }],
    ['sgx', { body: { 'attributes.flags': '0700000000000000' } }, { flags: { debug: true } }],
    ['nvidia', { dbgstat: 'disabled', measres: 'success' }, { flags: { debug: false } }],
  ])('of %s', async (kind, said, claims) => {
    expect(await claimsOf(shown({ snp: undefined, [kind]: said }))).toMatchObject(claims);
  });

  test.each([
    [
      'a verdict that is none',
      { ...earToken, submods: { cpu0: { ...cpu, 'ear.status': 'fine' } } },
      'malformed',
    ],
    ['no parts', { ...earToken, submods: {} }, 'malformed'],
    ['no evidence', { ...earToken, submods: { cpu0: { 'ear.status': 'affirming' } } }, 'malformed'],
    [
      'evidence of a machine for tests',
      shown({ snp: undefined, sample: { debug: false } }),
      'version_unknown',
    ],
    ['evidence of two machines', shown({ tdx: {} }), 'version_unknown'],
    ['evidence without debug', shown({ snp: { measurement: '00' } }), 'malformed'],
    [
      'attributes that are too short',
      shown({ snp: undefined, sgx: { body: { 'attributes.flags': '05' } } }),
      'malformed',
    ],
  ])('with %s they are refused', async (_what, payload, reason) => {
    expect(await reasonFor(payload)).toBe(reason);
  });
});
