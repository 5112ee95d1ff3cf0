import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Requirement } from '../../../src/attestation/appraisal-policy.ts';
import { appraise } from '../../../src/attestation/appraise.ts';
import { bindings } from '../../../src/attestation/bindings.ts';
import type { Claims } from '../../../src/attestation/claims.ts';

const key = Buffer.from('a public key');
const nonce = 'ab'.repeat(32);
const keyHash = createHash('sha256').update(key).digest('hex');
const now = Date.parse('2026-11-23T12:00:00Z');

const claims: Claims = {
  format: 'sev-snp',
  tee: 'sev-snp',
  root: '11'.repeat(32),
  measurements: { measurement: 'aa'.repeat(48) },
  flags: { debug: false, migration: false },
  tcb: { parts: { bootloader: 7, microcode: 72 }, status: 'UpToDate' },
  platform: 'c0ffee',
  facts: { product: 'Milan' },
  bound: { reportData: keyHash + nonce, nonces: [] },
  at: now - 1_000,
  expires: now + 60_000,
};

const wanted: Requirement = {
  format: 'sev-snp',
  trust: { roots: new Set(), certificates: [], revocations: [] },
  measurements: { measurement: ['aa'.repeat(48)] },
  flags: { migration: false },
  minimum: { bootloader: 7 },
  status: ['UpToDate'],
  platforms: ['c0ffee'],
  facts: { product: ['Milan', 'Genoa'] },
  binding: 'sha256-key-nonce',
  maxAgeSeconds: 300,
  count: 1,
};

const found = (changed: Partial<Claims>, asked: Partial<Requirement> = {}) =>
  appraise({ ...claims, ...changed }, { ...wanted, ...asked }, now, { nonce, key });

describe('appraise', () => {
  it('finds nothing wrong with what fits', () => {
    expect(found({})).toEqual([]);
  });

  it.each<[string, Partial<Claims>, Partial<Requirement>, readonly string[]]>([
    ['debug', { flags: { debug: true, migration: false } }, {}, ['debug']],
    ['a format that can say debug and does not', { flags: { migration: false } }, {}, ['debug']],
    ['another flag', { flags: { debug: false, migration: true } }, {}, ['flag_not_allowed']],
    ['a flag that is not said', { flags: { debug: false } }, {}, ['flag_not_allowed']],
    ['old firmware', { tcb: { parts: { bootloader: 6 }, status: 'UpToDate' } }, {}, ['tcb_outdated']],
    ['firmware that is not said', { tcb: { parts: {}, status: 'UpToDate' } }, {}, ['tcb_unknown']],
    [
      'a status that is not named',
      { tcb: { parts: { bootloader: 7 }, status: 'OutOfDate' } },
      {},
      ['tcb_outdated'],
    ],
    ['a status that nobody gave', { tcb: { parts: { bootloader: 7 } } }, {}, ['tcb_unknown']],
    ['another program', { measurements: { measurement: 'ab'.repeat(48) } }, {}, ['measurement_not_allowed']],
    ['a register that is not there', { measurements: {} }, {}, ['measurement_missing']],
    ['another machine', { platform: 'beef' }, {}, ['platform_not_allowed']],
    ['another product', { facts: { product: 'Rome' } }, {}, ['claim_not_allowed']],
    ['old evidence', { at: now - 301_000 }, {}, ['too_old']],
    ['evidence that has ended', { expires: now }, {}, ['too_old']],
    ['evidence of the future', { at: now + 61_000 }, {}, ['not_yet_valid']],
    ['another key', { bound: { reportData: '00'.repeat(32) + nonce, nonces: [] } }, {}, ['key_mismatch']],
    [
      'another nonce',
      { bound: { reportData: `${keyHash}${'00'.repeat(32)}`, nonces: [] } },
      {},
      ['nonce_mismatch'],
    ],
    ['no binding', { bound: { nonces: [] } }, {}, ['not_bound']],
    [
      'all of it',
      { flags: {}, measurements: {}, bound: { nonces: [] } },
      {},
      ['debug', 'flag_not_allowed', 'measurement_missing', 'not_bound'],
    ],
  ])('names %s', (_name, changed, asked, reasons) => {
    expect(found(changed, asked)).toEqual(reasons);
  });

  it('does not take a name of Object for a register, a flag or a fact that is there', () => {
    const odd = { measurements: { constructor: ['x'] }, facts: { toString: ['x'] }, minimum: { valueOf: 1 } };
    expect(found({}, odd)).toEqual(['tcb_unknown', 'measurement_missing', 'claim_not_allowed']);
  });

  it('looks at evidence that was made for another without judging for whom', () => {
    expect(appraise({ ...claims, bound: { nonces: [] } }, wanted, now)).toEqual([]);
  });

  it('asks no flag of a GPU report that has none, and refuses one that says it is open', () => {
    const gpu = { format: 'nvidia', bound: { nonces: [nonce] } } as const;
    const asked = { flags: {}, binding: 'nonce-only' } as const;
    expect(found({ ...gpu, flags: {} }, asked)).toEqual([]);
    expect(found({ ...gpu, flags: { debug: true } }, asked)).toEqual(['debug']);
  });
});

const holding = (bound: Claims['bound']): Claims => ({ ...claims, bound });

describe('bindings', () => {
  const both = createHash('sha512').update(Buffer.from(nonce, 'hex')).update(key).digest('hex');
  const expected = { nonce, key };

  it.each([
    ['sha512-nonce-key', { reportData: both, nonces: [] }],
    ['fields', { publicKey: key.toString('hex'), nonces: [nonce] }],
    ['fields', { publicKey: keyHash, nonces: [nonce] }],
    ['token-nonces', { nonces: ['other', nonce, keyHash] }],
    ['token-nonces', { nonces: [nonce.toUpperCase(), Buffer.from(keyHash, 'hex').toString('base64url')] }],
    ['token-nonces', { nonces: [Buffer.from(nonce, 'hex').toString('base64'), keyHash] }],
    ['nonce-only', { nonces: [nonce] }],
  ] as const)('%s holds where the machine bound key and nonce', (name, bound) => {
    expect(bindings[name].faults(holding(bound), expected)).toEqual([]);
  });

  it.each([
    ['sha512-nonce-key', { reportData: '00'.repeat(64), nonces: [] }, ['key_mismatch']],
    ['sha512-nonce-key', { nonces: [nonce] }, ['not_bound']],
    ['fields', { publicKey: '00', nonces: [nonce] }, ['key_mismatch']],
    ['fields', { publicKey: keyHash, nonces: [] }, ['nonce_mismatch']],
    ['fields', { nonces: [nonce] }, ['not_bound']],
    ['token-nonces', { nonces: [nonce] }, ['key_mismatch']],
    ['token-nonces', { nonces: [keyHash] }, ['nonce_mismatch']],
    ['token-nonces', { nonces: [`${nonce}00`, keyHash] }, ['nonce_mismatch']],
    ['nonce-only', { nonces: [] }, ['nonce_mismatch']],
  ] as const)('%s names what is wrong', (name, bound, reasons) => {
    expect(bindings[name].faults(holding(bound), expected)).toEqual(reasons);
  });
});
