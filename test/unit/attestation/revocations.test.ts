import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { X509CrlGenerator } from '@peculiar/x509';
import { createSnpMachine, type SnpMachine } from '../../../sandbox/attestation/snp-machine.ts';
import { createSnpVendor, type SnpVendor } from '../../../sandbox/attestation/snp-vendor.ts';
import { day, now, snpVerdict, trusting } from './snp-sandbox.ts';

let vendor: SnpVendor;
let machine: SnpMachine;

beforeAll(async () => {
  vendor = await createSnpVendor();
  machine = await createSnpMachine(vendor);
});

const verdictWith = async (list: Uint8Array, at = now): Promise<string> =>
  snpVerdict(machine.evidence(), trusting(vendor.root, { revocations: [list] }), at);

test('one list serves many verifications, each at its own time', async () => {
  const list = await vendor.revoke('vcek', ['0012'], now);
  const verdicts: string[] = [];
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  for (const at of [now, now + 2 * day, now, now - 2000]) verdicts.push(await verdictWith(list, at));
  expect(verdicts).toEqual(['proven', 'revocation_unknown', 'proven', 'revocation_unknown']);
});

test('one list is held to the key of each issuer of its name', async () => {
  const list = await vendor.revoke('vcek', [], now);
  expect(await verdictWith(list)).toBe('proven');
  const other = await createSnpVendor();
  const elsewhere = await createSnpMachine(other);
  const trust = trusting(other.root, { revocations: [list] });
  expect(await snpVerdict(elsewhere.evidence(), trust)).toBe('revocation_unknown');
});

test('a list signed by a key of another kind than its issuer is none', async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const { privateKey } = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const list = await X509CrlGenerator.create({
    issuer: 'CN=ASK of the sandbox',
    thisUpdate: new Date(now),
    nextUpdate: new Date(now + day),
    signingAlgorithm: algorithm,
    signingKey: privateKey,
  });
  expect(await verdictWith(new Uint8Array(list.rawData))).toBe('revocation_unknown');
});

test('bytes that are no list are malformed', async () => {
  expect(await verdictWith(Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x00))).toBe('malformed');
});
