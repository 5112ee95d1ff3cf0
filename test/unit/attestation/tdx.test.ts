import { beforeAll, describe, expect, test } from '@jest/globals';
import { verifyTdx } from '../../../src/attestation/formats/tdx.ts';
import type { TdxPlatform } from '../../fixtures/tdx-platform.ts';
import { day, mint, now, tdx, tdxVerdict, trusting } from './tdx-sandbox.ts';

let platform: TdxPlatform;
beforeAll(async () => {
  platform = await mint();
});

const hex = (byte: number, length: number): string => Buffer.alloc(length, byte).toString('hex');

describe('what a quote says', () => {
  test('of version 4', async () => {
    const quote = platform.quote({ body: { reportData: Buffer.alloc(64, 7), mrtd: Buffer.alloc(48, 8) } });
    expect(await verifyTdx(tdx(quote), trusting(platform), now)).toEqual({
      format: 'tdx',
      tee: 'tdx',
      root: platform.root,
      measurements: {
        mrtd: hex(8, 48),
        rtmr0: hex(0, 48),
        rtmr1: hex(0, 48),
        rtmr2: hex(0, 48),
        rtmr3: hex(0, 48),
        mrConfigId: hex(0, 48),
        mrOwner: hex(0, 48),
        mrOwnerConfig: hex(0, 48),
        mrSeam: hex(0, 48),
        mrSignerSeam: hex(0, 48),
      },
      flags: {
        debug: false,
        migration: false,
        septVeDisabled: true,
        pks: false,
        keyLocker: false,
        perfmon: false,
      },
      tcb: { parts: { moduleVersion: 1, moduleSvn: 5, microcode: 3, pceSvn: 13, qeSvn: 8 } },
      platform: platform.ppid,
      facts: {
        quoteVersion: '4',
        fmspc: '90c06f000000',
        pceId: '0000',
        cpuSvn: hex(5, 16),
        teeTcbSvn: '050103'.padEnd(32, '0'),
        seamAttributes: hex(0, 8),
        tdAttributes: '0000001000000000',
        xfam: hex(0, 8),
      },
      bound: { reportData: hex(7, 64), nonces: [] },
    });
  });

  test('of version 5: the fields of TDX 1.5 as well', async () => {
    const claims = await verifyTdx(tdx(platform.quote({ version: 5 })), trusting(platform), now);
    expect(claims.facts).toMatchObject({ quoteVersion: '5', teeTcbSvn2: hex(0, 16) });
    expect(claims.measurements).toMatchObject({ mrServiceTd: hex(0, 48), mrtd: hex(0x5a, 48) });
  });

  test.each([
    ['debug', [0x01]],
    ['debug', [0x40]],
    ['migration', [0, 0, 0, 0x20]],
    ['perfmon', [0, 0, 0, 0, 0, 0, 0, 0x80]],
  ])('%s is a claim, for the appraisal to judge', async (flag, attributes) => {
    const quote = platform.quote({ body: { tdAttributes: Uint8Array.from(attributes) } });
    const { flags } = await verifyTdx(tdx(quote), trusting(platform), now);
    expect(Object.keys(flags).filter((name) => flags[name])).toEqual([flag]);
  });

  test('what a guest has in its buffer after the quote is not read', async () => {
    const padded = new Uint8Array(8000);
    padded.set(platform.quote());
    expect(await tdxVerdict(padded, trusting(platform))).toBe('proven');
  });
});

describe('who made it', () => {
  test('a machine whose certificates lead to a root that the policy names', async () => {
    const other = await mint();
    expect(await tdxVerdict(platform.quote(), trusting(other))).toBe('root_unknown');
    expect(await tdxVerdict(platform.quote(), trusting(platform), now + 31 * day)).toBe(
      'certificate_expired',
    );
    const brief = await mint({ notAfter: now - 1 });
    expect(await tdxVerdict(brief.quote(), trusting(brief))).toBe('certificate_expired');
  });

  test('a machine that is not revoked, by a list of its issuer that is in force', async () => {
    const against = async (of: 'machine' | 'nobody') =>
      trusting(platform, { revocations: [await platform.revocations(of)] });
    expect(await tdxVerdict(platform.quote(), await against('nobody'))).toBe('proven');
    expect(await tdxVerdict(platform.quote(), await against('machine'))).toBe('certificate_revoked');
    expect(await tdxVerdict(platform.quote(), await against('nobody'), now + 2 * day)).toBe(
      'revocation_unknown',
    );
  });

  test('a key that the quoting enclave vouches for', async () => {
    const foreign = platform.quote({ boundKey: Buffer.alloc(64, 1) });
    expect(await tdxVerdict(foreign, trusting(platform))).toBe('signature_invalid');
  });

  test.each([
    ['signed by somebody else', { mrSigner: Buffer.alloc(32, 1) }],
    ['another of the same signer', { productId: Uint8Array.of(1, 0) }],
    ['one that may be debugged', { attributes: Uint8Array.of(0x17) }],
  ])('not an enclave of the owner of the machine: %s', async (_name, enclave) => {
    expect(await tdxVerdict(platform.quote({ enclave }), trusting(platform))).toBe('enclave_unknown');
  });

  test.each([
    ['signed by somebody else', { mrSignerSeam: Uint8Array.of(1) }],
    ['with attributes', { seamAttributes: Uint8Array.of(1) }],
  ])('not a module that nothing is known of: %s', async (_name, body) => {
    expect(await tdxVerdict(platform.quote({ body }), trusting(platform))).toBe('tcb_unknown');
  });
});
