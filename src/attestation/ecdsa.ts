import { type KeyObject, verify, type X509Certificate } from 'node:crypto';

/** Curves that vendors sign evidence on, as OpenSSL names them, with the hash that goes with each. */
const hashes = { prime256v1: 'sha256', secp384r1: 'sha384' } as const;
type Curve = keyof typeof hashes;

/** The public key of a certificate, where it is one of this curve. */
export function keyOn(curve: Curve, certificate: X509Certificate): KeyObject | undefined {
  try {
    const key = certificate.publicKey;
    return key.asymmetricKeyDetails?.namedCurve === curve ? key : undefined;
  } catch {
    // A key of a kind that OpenSSL does not know.
    return undefined;
  }
}

/** Whether `signature` (r and s, big-endian, half of it each) is one of `key`, which lies on `curve`, over `signed`. */
export function signs(curve: Curve, key: KeyObject, signed: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(hashes[curve], signed, { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    // Numbers that no signature has.
    return false;
  }
}
