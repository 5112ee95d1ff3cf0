import { createPublicKey, type KeyObject } from 'node:crypto';
import {
  type Chain,
  chainOf,
  checkRevocations,
  readCertificates,
  shownCertificates,
} from '../certificates.ts';
import { signs } from '../ecdsa.ts';
import type { Trust } from '../evidence.ts';
import { NotProven } from '../reasons.ts';
import type { Verifier } from '../verifier.ts';
import { type PckCertificate, pckOf } from './pck-certificate.ts';
import { bindsKey, expectIntelsEnclave, levelOfEnclave } from './quoting-enclave.ts';
import { read, signedCollateral } from './signed-collateral.ts';
import { claimsOf } from './tdx-claims.ts';
import { type Level, levelOfMachine, together } from './tdx-levels.ts';
import { expectIntelsModule, levelOfModule } from './tdx-module.ts';
import { openQuote, type Quote } from './tdx-quote.ts';

/** The attestation key, which stands in the quote as a point; throws `malformed` for one that is not on P-256. */
function keyOf({ attestationKey }: Quote): KeyObject {
  const half = (from: number): string => attestationKey.subarray(from, from + 32).toString('base64url');
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: half(0), y: half(32) } });
  } catch {
    throw new NotProven('malformed');
  }
}

/** The first certificate of a provisioning key: that of the machine stands before those of its issuers. */
function certifying(quote: Quote, candidates: readonly PckCertificate[]): PckCertificate {
  if (candidates.length === 0) throw new NotProven('chain_incomplete');
  const found = candidates.find(({ key }) => signs('prime256v1', key, quote.enclave, quote.enclaveSignature));
  if (found === undefined) throw new NotProven('signature_invalid');
  return found;
}

/** What Intel says of the quoting enclave, where the policy has it. */
async function enclaveLevel(quote: Quote, trust: Trust, chain: Chain, at: number): Promise<Level[]> {
  expectIntelsEnclave(quote.enclave);
  if (trust.qeIdentity === undefined) return [];
  const identity = await signedCollateral(trust.qeIdentity, 'enclaveIdentity', trust, chain, at);
  return [levelOfEnclave(identity, quote.enclave)];
}

/** What Intel says of the machine, where the policy has it: of this kind of machine, by FMSPC and PCE-ID. */
async function machineLevel(
  { body }: Quote,
  pck: PckCertificate,
  enclave: readonly Level[],
  trust: Trust,
  chain: Chain,
  at: number,
): Promise<Level | undefined> {
  if (trust.tcbInfo === undefined) {
    expectIntelsModule(body);
    return undefined;
  }
  const told = await signedCollateral(trust.tcbInfo, 'tcbInfo', trust, chain, at);
  if (read.text(told['id']) !== 'TDX' || read.number(told['version']) !== 3)
    throw new NotProven('collateral_invalid');
  if (read.hex(told['fmspc'], 6) !== pck.fmspc || read.hex(told['pceId'], 2) !== pck.pceId)
    throw new NotProven('tcb_unknown');
  const module = levelOfModule(told, body);
  const parts = module === undefined ? enclave : [module, ...enclave];
  return together(levelOfMachine(told, pck, body.subarray(0, 16)), parts);
}

/**
 * Verifies a quote of Intel TDX, version 4 or 5: its signature by the attestation key, that key in the report of Intel's
 * quoting enclave, that report by the machine's PCK certificate, which leads to a root of `trust`; then, where `trust`
 * has them, TCB info and QE identity, which give `tcb.status` and advisories by Intel's algorithm.
 */
export const verifyTdx: Verifier = async ({ document, certificates }, trust, at) => {
  const quote = openQuote(document);
  if (!signs('prime256v1', keyOf(quote), quote.signed, quote.signature) || !bindsKey(quote))
    throw new NotProven('signature_invalid');
  const shown = shownCertificates([...quote.certificates, ...certificates]);
  const candidates = [...shown, ...readCertificates(trust.certificates)].flatMap((one) => pckOf(one) ?? []);
  const pck = certifying(quote, candidates);
  const chain = chainOf(pck.certificate, shown, trust, at);
  await checkRevocations(chain, trust, at);
  const enclave = await enclaveLevel(quote, trust, chain, at);
  const machine = await machineLevel(quote, pck, enclave, trust, chain, at);
  return claimsOf(quote, pck, chain.root, { machine, enclave: enclave[0] });
};
