import 'reflect-metadata';
import { createHash } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
} from '@peculiar/x509';
import { Refusal } from '../errors/refusal.ts';
import { parseSpiffeId, type SpiffeId } from './spiffe-id.ts';

/** A workload as its X.509-SVID names it. The chain has been verified by TLS; what stands here is the leaf. */
export interface Svid extends SpiffeId {
  /** SHA-256 of the certificate, base64url: `x5t#S256` (RFC 8705, section 3.1). */
  readonly thumbprint: string;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** One rule of the specification each; the name goes to the trail. */
type Fault =
  | 'unreadable'
  | 'not_one_uri'
  | 'no_spiffe_id'
  | 'authority'
  | 'key_usage'
  | 'extended_key_usage'
  | 'repeated_extension';

export const certificateRefusal = (fault: string, cause?: unknown): Refusal =>
  new Refusal('workload_certificate', {
    facts: { credential: fault },
    ...(cause === undefined ? {} : { cause }),
  });

const signs: readonly KeyUsageFlags[] = [KeyUsageFlags.keyCertSign, KeyUsageFlags.cRLSign];

function faultOf(certificate: X509Certificate): Fault | SpiffeId {
  const types = certificate.extensions.map(({ type }) => type);
  if (new Set(types).size < types.length) return 'repeated_extension';
  if (certificate.getExtension(BasicConstraintsExtension)?.ca === true) return 'authority';
  const usages = certificate.getExtension(KeyUsagesExtension)?.usages ?? 0;
  if ((usages & KeyUsageFlags.digitalSignature) === 0) return 'key_usage';
  if (signs.some((flag) => (usages & flag) !== 0)) return 'key_usage';
  const extended = certificate.getExtension(ExtendedKeyUsageExtension)?.usages;
  if (extended !== undefined && !extended.includes(ExtendedKeyUsage.clientAuth)) return 'extended_key_usage';
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
  const [uri, second] = names.filter(({ type }) => type === 'url');
  if (uri === undefined || second !== undefined) return 'not_one_uri';
  return parseSpiffeId(uri.value) ?? 'no_spiffe_id';
}

/**
 * Reads an X.509-SVID from its DER (X509-SVID specification, sections 2 to 4): exactly one URI among the subject
 * alternative names, with a path; an end entity with digitalSignature that signs neither certificates nor lists. The
 * subject is never looked at: issuers put host names there. Chain, dates and trust domain are the caller's to check.
 *
 * @throws Refusal `workload_certificate`, the rule as fact `credential`
 */
export function readSvid(der: Uint8Array): Svid {
  let certificate: X509Certificate;
  let found: Fault | SpiffeId;
  try {
    certificate = new X509Certificate(new Uint8Array(der));
    found = faultOf(certificate);
  } catch (cause) {
    throw certificateRefusal('unreadable', cause);
  }
  if (typeof found === 'string') throw certificateRefusal(found);
  return {
    ...found,
    thumbprint: createHash('sha256').update(der).digest('base64url'),
    notBefore: certificate.notBefore.getTime(),
    notAfter: certificate.notAfter.getTime(),
  };
}
