import type { X509Certificate } from 'node:crypto';
import { extensionsOf } from '../certificate-extensions.ts';
import { type Chain, chainOf, checkRevocations, shownCertificates } from '../certificates.ts';
import { bodyOf, elementsOf, onlyBody, tags } from '../der.ts';
import { keyOn, signs } from '../ecdsa.ts';
import { NotProven } from '../reasons.ts';
import type { Verifier } from '../verifier.ts';
import { opaqueFacts } from './nvidia-opaque.ts';
import { type NvidiaReport, readNvidiaReport } from './nvidia-report.ts';

/** TCG DICE: the certificate names the firmware that its key was made for. */
const compositeDeviceId = '2.23.133.5.4.1';

/** The digest of firmware in a certificate, lower-case hex; undefined where it names none. */
function firmwareOf(certificate: X509Certificate): string | undefined {
  const extension = extensionsOf(certificate).get(compositeDeviceId);
  if (extension === undefined) return undefined;
  const firmware = elementsOf(onlyBody(extension, tags.sequence)).at(-1);
  return bodyOf(elementsOf(bodyOf(firmware, tags.sequence)).at(-1), tags.octets).toString('hex');
}

/** The certificate, of those that sign no others, whose key signed the report. */
function signerOf({ signature, signed }: NvidiaReport, shown: readonly X509Certificate[]): X509Certificate {
  const leaves = shown.filter(({ ca }) => !ca);
  if (leaves.length === 0) throw new NotProven('chain_incomplete');
  const signer = leaves.find((leaf) => {
    const key = keyOn('secp384r1', leaf);
    return key !== undefined && signs('secp384r1', key, signed, signature);
  });
  if (signer === undefined) throw new NotProven('signature_invalid');
  return signer;
}

/** The chip is told by the certificate that signed the leaf: the leaf itself is another with other firmware. */
const platformOf = ({ path: [, chip, above] }: Chain): { readonly platform?: string } =>
  chip === undefined || above === undefined ? {} : { platform: chip.serialNumber.toLowerCase() };

/**
 * Verifies the report of an NVIDIA GPU in confidential computing: its signature, its certificates up to a root that
 * `trust` names, and that the certificate is of the firmware that the report tells. A report knows neither time nor key
 * nor debug: it is new by its nonce, and what the digests of its firmware are worth is the policy's to say.
 */
export const verifyNvidia: Verifier = async ({ certificates, document }, trust, at) => {
  const report = readNvidiaReport(document);
  const shown = shownCertificates(certificates);
  const leaf = signerOf(report, shown);
  const chain = chainOf(leaf, shown, trust, at);
  await checkRevocations(chain, trust, at);
  const facts = opaqueFacts(report.opaque);
  const told = facts['firmwareId'];
  const firmware = firmwareOf(leaf);
  if (told !== undefined && firmware !== undefined && told !== firmware)
    throw new NotProven('certificate_mismatch');
  return {
    format: 'nvidia',
    tee: 'nvidia-cc',
    root: chain.root,
    measurements: Object.fromEntries(
      [...report.measurements].map(([index, value]) => [`meas${index}`, value.toString('hex')]),
    ),
    flags: {},
    tcb: { parts: {} },
    ...platformOf(chain),
    facts: { ...facts, certificate: leaf.serialNumber.toLowerCase() },
    bound: { nonces: [report.nonce.toString('hex')] },
  };
};
