import { beforeAll, describe, expect, test } from '@jest/globals';
import { createSnpMachine, type SnpMachine } from '../../../sandbox/attestation/snp-machine.ts';
import { createSnpVendor, type SnpVendor } from '../../../sandbox/attestation/snp-vendor.ts';
import { verifySevSnp } from '../../../src/attestation/formats/sev-snp.ts';
import { day, now, snpVerdict, trusting } from './snp-sandbox.ts';

let vendor: SnpVendor;
let machine: SnpMachine;

beforeAll(async () => {
  vendor = await createSnpVendor();
  machine = await createSnpMachine(vendor);
});

const hex = (byte: number, length: number): string => Buffer.alloc(length, byte).toString('hex');

describe('what a report says', () => {
  test('of a Milan, signed by its own key', async () => {
    const evidence = machine.evidence({
      reportData: Buffer.alloc(64, 7),
      measurement: Buffer.alloc(48, 8),
      hostData: Buffer.alloc(32, 9),
      fields: [['guestSvn', Uint8Array.of(3)]],
    });
    expect(await verifySevSnp(evidence, trusting(vendor.root), now)).toEqual({
      format: 'sev-snp',
      tee: 'sev-snp',
      root: vendor.root,
      measurements: {
        measurement: hex(8, 48),
        hostData: hex(9, 32),
        idKeyDigest: hex(0, 48),
        authorKeyDigest: hex(0, 48),
        familyId: hex(0, 16),
        imageId: hex(0, 16),
        reportId: hex(0, 32),
        reportIdMa: hex(0xff, 32),
      },
      flags: {
        smt: true,
        migration: false,
        debug: false,
        singleSocket: false,
        cxl: false,
        aes256Xts: false,
        raplDisabled: false,
        ciphertextHiding: false,
        pageSwapDisabled: false,
        platformSmt: false,
        platformTsme: false,
        platformEcc: false,
        platformRaplDisabled: false,
        platformCiphertextHiding: false,
        platformAliasCheck: false,
        platformTio: false,
      },
      tcb: {
        parts: {
          bootloader: 4,
          tee: 0,
          snp: 24,
          microcode: 219,
          abiMajor: 1,
          abiMinor: 55,
          build: 29,
          guestSvn: 3,
        },
      },
      platform: machine.chipId,
      facts: {
        reportVersion: '3',
        product: 'Milan',
        signingKey: 'vcek',
        vmpl: '0',
        policy: '0000000000030000',
        firmware: '1.55.29',
        committedFirmware: '1.55.29',
        committedTcb: '04000000000018db',
        currentTcb: '04000000000018db',
        launchTcb: '04000000000018db',
      },
      bound: { reportData: hex(7, 64), nonces: [] },
    });
  });

  test('of a Turin: another order of firmware, an id of 8 bytes, mitigations from version 5', async () => {
    const tcb = { fmc: 1, bootloader: 2, tee: 3, snp: 4, microcode: 200 };
    const turin = await createSnpMachine(vendor, { product: 'Turin', tcb });
    const claims = await verifySevSnp(
      turin.evidence({ version: 5, fields: [['launchMitigations', Uint8Array.of(1)]] }),
      trusting(vendor.root),
      now,
    );
    expect(claims.tcb.parts).toMatchObject(tcb);
    expect(claims.facts).toMatchObject({
      product: 'Turin',
      launchTcb: '01020304000000c8',
      launchMitigations: '0100000000000000',
    });
    expect(claims.platform).toBe(turin.chipId);
    expect(turin.chipId.slice(16)).toBe(hex(0, 56));
  });

  test('signed by the key of a cloud: no chip, but whose key', async () => {
    const leased = await createSnpMachine(vendor, { kind: 'vlek', product: 'Genoa' });
    const claims = await verifySevSnp(leased.evidence({ version: 2 }), trusting(vendor.root), now);
    expect(claims).not.toHaveProperty('platform');
    expect(claims.facts).toMatchObject({ signingKey: 'vlek', provider: 'CN=sandbox', product: 'Genoa' });
  });

  test('debugging and migration are claims, for the appraisal to judge', async () => {
    const looked = await verifySevSnp(machine.evidence({ debug: true }), trusting(vendor.root), now);
    expect(looked.flags).toMatchObject({ debug: true, migration: false });
    const moved = machine.evidence({ fields: [['policy', Uint8Array.of(0, 0, 0x07)]] });
    expect((await verifySevSnp(moved, trusting(vendor.root), now)).flags).toMatchObject({
      debug: false,
      migration: true,
    });
  });
});

describe('certificates', () => {
  test('of the policy are as good as those that came with the report', async () => {
    const evidence = machine.evidence();
    const alone = { ...evidence, certificates: [] };
    const trust = trusting(vendor.root, { certificates: evidence.certificates });
    expect(await snpVerdict(alone, trust)).toBe('proven');
    expect(await snpVerdict(alone, trusting(vendor.root))).toBe('chain_incomplete');
    const leaf = { ...evidence, certificates: [machine.certificate] };
    expect(await snpVerdict(leaf, trusting(vendor.root))).toBe('chain_incomplete');
  });

  test('lead to a root that the policy names', async () => {
    const other = await createSnpVendor();
    expect(await snpVerdict(machine.evidence(), trusting(other.root))).toBe('root_unknown');
    expect(await snpVerdict(machine.evidence(), trusting(''))).toBe('root_unknown');
    // The same names, but another vendor's keys.
    const evidence = machine.evidence();
    const pretended = [machine.certificate, other.certificates.vcek, other.certificates.ark];
    expect(await snpVerdict({ ...evidence, certificates: pretended }, trusting(other.root))).toBe(
      'certificate_invalid',
    );
  });

  test('hold at the time', async () => {
    const brief = await createSnpMachine(vendor, { notBefore: now - day, notAfter: now + day });
    const trust = trusting(vendor.root);
    expect(await snpVerdict(brief.evidence(), trust, now)).toBe('proven');
    expect(await snpVerdict(brief.evidence(), trust, now + 2 * day)).toBe('certificate_expired');
    expect(await snpVerdict(brief.evidence(), trust, now - 2 * day)).toBe('certificate_expired');
  });

  test('are not revoked, by a list of their issuer that is in force', async () => {
    const [mine, others] = [
      await vendor.revoke('vcek', [machine.serial], now),
      await vendor.revoke('vcek', ['0012'], now),
    ];
    const against = (...revocations: Uint8Array[]) => trusting(vendor.root, { revocations });
    expect(await snpVerdict(machine.evidence(), against(others))).toBe('proven');
    expect(await snpVerdict(machine.evidence(), against(others, mine))).toBe('certificate_revoked');
    expect(await snpVerdict(machine.evidence(), against(others), now + 2 * day)).toBe('revocation_unknown');
    const foreign = await (await createSnpVendor()).revoke('vcek', [], now);
    expect(await snpVerdict(machine.evidence(), against(foreign))).toBe('revocation_unknown');
  });

  test.each([
    ['of another machine', {}],
    ['of other firmware', { tcb: { bootloader: 4, snp: 23, microcode: 219 } }],
    ['of another product', { product: 'Genoa' as const }],
    ['of a cloud', { kind: 'vlek' as const }],
  ])('%s prove nothing', async (_name, request) => {
    const other = await createSnpMachine(vendor, request);
    const { document } = machine.evidence();
    expect(await snpVerdict({ ...other.evidence(), document }, trusting(vendor.root))).toBe(
      'certificate_mismatch',
    );
  });

  test('of a Turin are of no chip whose id goes on after theirs', async () => {
    const turin = await createSnpMachine(vendor, { product: 'Turin' });
    const chipId = Buffer.from(turin.chipId, 'hex').fill(1, 63);
    const evidence = turin.evidence({ fields: [['chipId', chipId]] });
    expect(await snpVerdict(evidence, trusting(vendor.root))).toBe('certificate_mismatch');
  });

  test('of the same chip and firmware, but of another key, prove nothing', async () => {
    const twin = await createSnpMachine(vendor, { chipId: Buffer.from(machine.chipId, 'hex') });
    const { document, certificates } = machine.evidence();
    const trust = trusting(vendor.root);
    const shown = twin.evidence().certificates;
    expect(await snpVerdict({ format: 'sev-snp', document, certificates: shown }, trust)).toBe(
      'signature_invalid',
    );
    // The right one is found among several, wherever it stands.
    const both = [...shown, ...certificates];
    expect(await snpVerdict({ format: 'sev-snp', document, certificates: both }, trust)).toBe('proven');
  });
});
