import { clockSkewSeconds } from '../../vocabulary/time.ts';
import { chainOf, checkRevocations, readCertificates, shownCertificates } from '../certificates.ts';
import type { Claims } from '../claims.ts';
import { keyOn, signs } from '../ecdsa.ts';
import { NotProven } from '../reasons.ts';
import type { Verifier } from '../verifier.ts';
import { type NitroDocument, readNitroDocument } from './nitro-document.ts';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Image, kernel and application: an enclave in debug mode has nothing but zeroes there. */
const imageRegisters = [0, 1, 2];

function debugOf({ registers }: NitroDocument): boolean {
  const values = imageRegisters.map((number) => registers.get(number));
  return values.some((value) => {
    if (value === undefined) throw new NotProven('malformed');
    return value.every((byte) => byte === 0);
  });
}

function claimsOf(document: NitroDocument): Omit<Claims, 'root' | 'expires'> {
  const { moduleId, nonce, publicKey, registers, timestamp, userData } = document;
  return {
    format: 'nitro',
    tee: 'nitro',
    measurements: Object.fromEntries(
      [...registers].map(([number, value]): [string, string] => [`pcr${number}`, hexOf(value)]),
    ),
    flags: { debug: debugOf(document) },
    tcb: { parts: {} },
    platform: moduleId,
    facts: userData === undefined ? {} : { userData: hexOf(userData) },
    bound: {
      nonces: nonce === undefined ? [] : [hexOf(nonce)],
      ...(publicKey === undefined ? {} : { publicKey: hexOf(publicKey) }),
    },
    at: timestamp,
  };
}

/**
 * Verifies the attestation document of an AWS Nitro Enclave. Its certificate lives for three hours: the document counts
 * until then (`expires`) and proves nothing afterwards. A document of an enclave in debug mode is signed like any other;
 * that it is one is a flag.
 */
export const verifyNitro: Verifier = async ({ certificates, document: bytes }, trust, at) => {
  const { document, signature, signed } = readNitroDocument(bytes);
  const [leaf] = readCertificates([document.certificate]);
  const key = leaf === undefined ? undefined : keyOn('secp384r1', leaf);
  if (leaf === undefined || key === undefined) throw new NotProven('version_unknown');
  const others = [...readCertificates(document.bundle), ...shownCertificates(certificates)];
  const chain = chainOf(leaf, others, trust, at);
  await checkRevocations(chain, trust, at);
  if (!signs('secp384r1', key, signed, signature)) throw new NotProven('signature_invalid');
  if (document.timestamp > at + clockSkewSeconds * 1000) throw new NotProven('not_yet_valid');
  return { ...claimsOf(document), root: chain.root, expires: Date.parse(leaf.validTo) };
};
