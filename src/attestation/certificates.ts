import 'reflect-metadata';
import { type KeyObject, X509Certificate } from 'node:crypto';
import { X509Certificate as PeculiarCertificate, X509Crl } from '@peculiar/x509';
import { madeOnce } from '../vocabulary/made-once.ts';
import { extensionsOf } from './certificate-extensions.ts';
import { elementsOf, numberOf, onlyBody, tags } from './der.ts';
import type { Trust } from './evidence.ts';
import { NotProven } from './reasons.ts';

/** Longer chains are of nobody: the longest known one (NVIDIA) has five certificates. */
const longestChain = 8;

/** Signatures that are tried for one chain: there are several issuers of a name only while one is renewed. */
const mostTries = 32;

export const fingerprintOf = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase();

/** Certificates of DER; throws `malformed` for what is none. */
export function readCertificates(ders: readonly Uint8Array[]): X509Certificate[] {
  try {
    return ders.map((der) => new X509Certificate(der));
  } catch {
    throw new NotProven('malformed');
  }
}

/** More, or larger ones, than any machine shows: whoever sends them has something else in mind. */
const shownLimits = { certificates: 16, bytes: 16_384 };

/** Certificates that came with evidence, within limits; throws `malformed` beyond them and for what is none. */
export function shownCertificates(ders: readonly Uint8Array[]): X509Certificate[] {
  if (ders.length > shownLimits.certificates || ders.some(({ length }) => length > shownLimits.bytes))
    throw new NotProven('malformed');
  return readCertificates(ders);
}

const holdsAt = (certificate: X509Certificate, at: number): boolean =>
  Date.parse(certificate.validFrom) <= at && at <= Date.parse(certificate.validTo);

const curves: ReadonlySet<string | undefined> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/**
 * Whether a signature of this key is verified in a moment. Whoever shows certificates chooses their keys: RSA with a long
 * exponent, DSA and other curves take milliseconds each, in which the process does nothing else.
 */
export function isQuick({ asymmetricKeyDetails, asymmetricKeyType }: KeyObject): boolean {
  if (asymmetricKeyType === 'ec') return curves.has(asymmetricKeyDetails?.namedCurve);
  if (asymmetricKeyType !== 'rsa' && asymmetricKeyType !== 'rsa-pss') return asymmetricKeyType === 'ed25519';
  const { modulusLength = Infinity, publicExponent } = asymmetricKeyDetails ?? {};
  return modulusLength <= 8192 && publicExponent !== undefined && publicExponent < 2n ** 32n;
}

function signedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    const key = issuer.publicKey;
    return isQuick(key) && certificate.checkIssued(issuer) && certificate.verify(key);
  } catch {
    // A key of a kind that cannot have signed it.
    return false;
  }
}

/** How many authorities may stand between a certificate and a leaf (RFC 5280, section 4.2.1.9). */
function longestBelow(authority: X509Certificate): number {
  const constraints = extensionsOf(authority).get('2.5.29.19');
  const parts = constraints === undefined ? [] : elementsOf(onlyBody(constraints, tags.sequence));
  const length = parts.find(({ tag }) => tag === tags.integer);
  return length === undefined ? Infinity : numberOf(length.body);
}

export interface Chain {
  /** From the leaf to the root, both included. */
  readonly path: readonly X509Certificate[];
  /** SHA-256 of the root, lower-case hex. */
  readonly root: string;
}

/**
 * The certificates from `leaf` to a root that `trust` names, found among `others` and those of `trust`, each signed by
 * the next, each holding at `at` (epoch milliseconds), all but the leaf allowed to sign certificates (RFC 5280, section
 * 6.1, without names and policies, which no vendor uses). Signatures are whatever OpenSSL knows: AMD's are RSA-PSS with
 * SHA-384, others ECDSA. A VCEK's certificate holds seven years, a VLEK's one, one of Nitro three hours. Throws NotProven: `chain_incomplete` where an issuer is not
 * there, `root_unknown` where the chain ends in itself elsewhere, `certificate_invalid`, `certificate_expired`.
 */
export function chainOf(
  leaf: X509Certificate,
  others: readonly X509Certificate[],
  trust: Pick<Trust, 'roots' | 'certificates'>,
  at: number,
): Chain {
  const known = [...others, ...readCertificates(trust.certificates)];
  const path = [leaf];
  let tries = 0;
  for (let last = leaf; path.length <= longestChain; ) {
    if (!holdsAt(last, at)) throw new NotProven('certificate_expired');
    const root = fingerprintOf(last);
    if (trust.roots.has(root) && signedBy(last, last)) return { path, root };
    const named = known.filter((one) => one.subject === last.issuer && fingerprintOf(one) !== root);
    tries += named.length;
    if (tries > mostTries) throw new NotProven('certificate_invalid');
    const signers = named.filter((one) => signedBy(last, one));
    const issuer = signers.find((one) => holdsAt(one, at)) ?? signers[0];
    if (issuer === undefined) {
      if (signedBy(last, last)) throw new NotProven('root_unknown');
      throw new NotProven(named.length > 0 ? 'certificate_invalid' : 'chain_incomplete');
    }
    if (!issuer.ca || longestBelow(issuer) < path.length - 1) throw new NotProven('certificate_invalid');
    path.push(issuer);
    last = issuer;
  }
  throw new NotProven('chain_incomplete');
}

async function verifiedBy(list: X509Crl, issuer: X509Certificate): Promise<boolean> {
  try {
    return await list.verify({ publicKey: new PeculiarCertificate(issuer.raw).publicKey });
  } catch {
    // A key of a kind that cannot have signed it.
    return false;
  }
}

interface RevocationList {
  readonly list: X509Crl;
  /** Whether a certificate's key made the list; asked of it once, as Intel's list takes longer than all else. */
  readonly madeBy: (issuer: X509Certificate) => Promise<boolean>;
}

/** Lists are the policy's, the same for all evidence: each is read once. */
const listOf = madeOnce((der: Uint8Array): RevocationList => {
  let list: X509Crl;
  try {
    list = new X509Crl(der);
  } catch {
    throw new NotProven('malformed');
  }
  const verified = new Map<string, Promise<boolean>>();
  return {
    list,
    async madeBy(issuer) {
      const name = fingerprintOf(issuer);
      const known = verified.get(name) ?? verifiedBy(list, issuer);
      verified.set(name, known);
      return known;
    },
  };
});

/**
 * Checks a chain against the revocation lists of `trust`. A list counts for the certificates of the chain whose issuer
 * made it: one that this issuer did not sign, or that is not in force at `at`, is `revocation_unknown`; one that names
 * the certificate is `certificate_revoked`. A certificate for which the policy has no list passes.
 */
export async function checkRevocations(
  { path }: Pick<Chain, 'path'>,
  { revocations }: Pick<Trust, 'revocations'>,
  at: number,
): Promise<void> {
  const lists = revocations.map((der) => listOf(der));
  for (const [index, certificate] of lists.length === 0 ? [] : path.entries()) {
    const issuer = path[index + 1];
    if (issuer === undefined) continue;
    const name = new PeculiarCertificate(issuer.raw).subject;
    for (const { list, madeBy } of lists) {
      if (list.issuer !== name) continue;
      const inForce = list.thisUpdate.getTime() <= at && at <= (list.nextUpdate?.getTime() ?? -1);
      // oxlint-disable-next-line no-await-in-loop -- two or three certificates, and the first fault ends it
      if (!inForce || !(await madeBy(issuer))) throw new NotProven('revocation_unknown');
      if (list.findRevoked(certificate.serialNumber.toLowerCase()) !== null)
        throw new NotProven('certificate_revoked');
    }
  }
}
