import { beforeAll, describe, expect, test } from '@jest/globals';
import { verifyTdx } from '../../../src/attestation/formats/tdx.ts';
import fc from '../../fixtures/properties.ts';
import type { TdxPlatform, TdxQuoteRequest } from '../../fixtures/tdx-platform.ts';
import { day, level, mint, now, qeIdentity, tcbInfo, tdx, tdxVerdict, trusting } from './tdx-sandbox.ts';

let platform: TdxPlatform;
beforeAll(async () => {
  platform = await mint();
});

const info = (more: object = {}): string => platform.collateral('tcbInfo', tcbInfo(more));
const identity = (more: object = {}): string => platform.collateral('enclaveIdentity', qeIdentity(more));

const claimsOf = async (told: { tcbInfo?: string; qeIdentity?: string }, request: TdxQuoteRequest = {}) =>
  verifyTdx(tdx(platform.quote(request)), trusting(platform, told), now);

const verdictWith = async (told: string, at = now): Promise<string> =>
  tdxVerdict(platform.quote(), trusting(platform, { tcbInfo: told }), at);

describe('what the vendor says of the machine', () => {
  test('is told as status, advisories and date', async () => {
    const claims = await claimsOf({ tcbInfo: info(), qeIdentity: identity() });
    expect(claims).toMatchObject({ tcb: { status: 'UpToDate' }, advisories: [] });
    expect(claims.facts).toMatchObject({ tcbDate: '2026-01-01T00:00:00Z', qeStatus: 'UpToDate' });
    expect((await claimsOf({})).tcb).not.toHaveProperty('status');
    expect((await claimsOf({ qeIdentity: identity() })).tcb).not.toHaveProperty('status');
  });

  test('is that of the first level that the machine reaches', async () => {
    const told = info({
      tcbLevels: [level(6, 'UpToDate'), level(5, 'SWHardeningNeeded', ['SA-1']), level(2, 'OutOfDate')],
    });
    expect(await claimsOf({ tcbInfo: told })).toMatchObject({
      tcb: { status: 'SWHardeningNeeded' },
      advisories: ['SA-1'],
    });
    expect(await tdxVerdict(platform.quote(), trusting(platform, { tcbInfo: info({ tcbLevels: [] }) }))).toBe(
      'tcb_unknown',
    );
  });

  test('is no better than what is said of module and quoting enclave', async () => {
    const told = { tcbInfo: info(), qeIdentity: identity() };
    const oldModule = await claimsOf(told, { body: { teeTcbSvn: Uint8Array.of(4, 1, 3) } });
    expect(oldModule).toMatchObject({ tcb: { status: 'OutOfDate' }, advisories: ['SA-2'] });
    const oldEnclave = await claimsOf(told, { enclave: { securityVersion: Uint8Array.of(7, 0) } });
    expect(oldEnclave).toMatchObject({ tcb: { status: 'OutOfDate' }, advisories: ['SA-3'] });
    expect(oldEnclave.facts['qeStatus']).toBe('OutOfDate');
  });

  test.each([
    ['a module older than any', { body: { teeTcbSvn: Uint8Array.of(1, 1, 3) } }],
    ['a module of another version', { body: { teeTcbSvn: Uint8Array.of(5, 3, 3) } }],
    ['a module of another signer', { body: { mrSignerSeam: Uint8Array.of(1) } }],
    ['a module with attributes', { body: { seamAttributes: Uint8Array.of(1) } }],
    ['parts of TDX older than any', { body: { teeTcbSvn: Uint8Array.of(5, 1, 2) } }],
    ['a module of no version, older than any', { body: { teeTcbSvn: Uint8Array.of(8, 0, 3) } }],
    ['an enclave older than any', { enclave: { securityVersion: Uint8Array.of(5, 0) } }],
  ])('is nothing for %s', async (_name, request) => {
    const trust = trusting(platform, { tcbInfo: info(), qeIdentity: identity() });
    expect(await tdxVerdict(platform.quote(request), trust)).toBe('tcb_unknown');
  });

  test('counts the first two parts of TDX where the module has no version of its own', async () => {
    const claims = await claimsOf({ tcbInfo: info() }, { body: { teeTcbSvn: Uint8Array.of(9, 0, 3) } });
    expect(claims.tcb.status).toBe('UpToDate');
  });

  test.each([
    ['of another kind of machine', { fmspc: '00806f050000' }],
    ['of another provisioning enclave', { pceId: '0100' }],
  ])('is nothing where it is %s', async (_name, more) => {
    expect(await tdxVerdict(platform.quote(), trusting(platform, { tcbInfo: info(more) }))).toBe(
      'tcb_unknown',
    );
  });

  test('is nothing for a machine whose own parts are older than any', async () => {
    const old = await mint({ pceSvn: 12 });
    const told = old.collateral('tcbInfo', tcbInfo());
    expect(await tdxVerdict(old.quote(), trusting(old, { tcbInfo: told }))).toBe('tcb_unknown');
  });
});

test.each([
  ['signer', { mrsigner: '11'.repeat(32) }],
  ['product', { isvprodid: 3 }],
  ['attributes', { attributesMask: 'FF'.padEnd(32, '0') }],
  ['attributes under their mask', { attributes: '01'.padEnd(32, '0') }],
  ['miscellany', { miscselect: '01000000' }],
])('an identity of another quoting enclave refuses this one: %s', async (_name, more) => {
  expect(await tdxVerdict(platform.quote(), trusting(platform, { qeIdentity: identity(more) }))).toBe(
    'enclave_unknown',
  );
});

describe('what is not of the vendor counts for nothing', () => {
  test('another vendor, no certificate, or one of a machine', async () => {
    const other = await mint();
    expect(await verdictWith(other.collateral('tcbInfo', tcbInfo()))).toBe('collateral_invalid');
    const without = trusting(platform, { tcbInfo: info(), certificates: [] });
    expect(await tdxVerdict(platform.quote(), without)).toBe('collateral_invalid');
    const own = trusting(platform, {
      tcbInfo: platform.collateral('tcbInfo', tcbInfo(), 'machine'),
      certificates: [platform.certificates.machine],
    });
    expect(await tdxVerdict(platform.quote(), own)).toBe('collateral_invalid');
    // Both roots are named, but what one vendor says of the other's machines is nothing.
    const mixed = trusting(platform, {
      roots: new Set([platform.root, other.root]),
      certificates: [other.certificates.root, other.certificates.tcbSigning],
      tcbInfo: other.collateral('tcbInfo', tcbInfo()),
    });
    expect(await tdxVerdict(platform.quote(), mixed)).toBe('collateral_invalid');
  });

  test('too early or too late', async () => {
    expect(await verdictWith(info(), now - 2 * day)).toBe('collateral_invalid');
    expect(await verdictWith(info(), now + 2 * day)).toBe('collateral_invalid');
    expect(await verdictWith(info({ nextUpdate: 'soon' }))).toBe('collateral_invalid');
  });

  test('another answer in its place', async () => {
    expect(await verdictWith(identity())).toBe('collateral_invalid');
    expect(await verdictWith(info({ id: 'SGX' }))).toBe('collateral_invalid');
    expect(await verdictWith(info({ version: 4 }))).toBe('collateral_invalid');
    const trust = trusting(platform, { qeIdentity: identity({ id: 'QE' }) });
    expect(await tdxVerdict(platform.quote(), trust)).toBe('collateral_invalid');
  });

  test.each([
    ['levels that are none', { tcbLevels: 'all' }],
    ['parts that are too few', { tcbLevels: [{ ...level(5, 'UpToDate'), tcb: { sgxtcbcomponents: [] } }] }],
    ['a kind of machine that is no text', { fmspc: 90 }],
    ['a status that is none', { tcbLevels: [{ ...level(5, 'UpToDate'), tcbStatus: 1 }] }],
  ])('signed as it is: %s', async (_name, more) => {
    expect(await verdictWith(info(more))).toBe('collateral_invalid');
  });

  test('any text, and any change of what was signed', async () => {
    const told = info();
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: told.length - 1 }), fc.string(), async (place, text) => {
        expect(await verdictWith(text)).toBe('collateral_invalid');
        expect(await verdictWith(`{"tcbInfo":${text},"signature":"${'0'.repeat(128)}"}`)).toBe(
          'collateral_invalid',
        );
        const other = told[place] === '1' ? '2' : '1';
        expect(await verdictWith(told.slice(0, place) + other + told.slice(place + 1))).toBe(
          'collateral_invalid',
        );
      }),
    );
  });

  test('white space around an answer is none of it, and within it is a change', async () => {
    expect(await verdictWith(`${info()}\n`)).toBe('proven');
    expect(await verdictWith(info().replace(',', ', '))).toBe('collateral_invalid');
  });
});
