import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, type JSONWebKeySet } from 'jose';

export const signingAlgorithms = ['ES256', 'EdDSA'] as const;
type SigningAlgorithm = (typeof signingAlgorithms)[number];

export interface SigningKey {
  readonly algorithm: SigningAlgorithm;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  /** 32 bytes for claims that only this gateway reads. */
  readonly sealing: Uint8Array;
  readonly jwks: JSONWebKeySet;
}

/** By the kind of the key, never by what a token says. */
function algorithmOf({ asymmetricKeyDetails, asymmetricKeyType }: KeyObject): SigningAlgorithm {
  if (asymmetricKeyType === 'ed25519') return 'EdDSA';
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ES256';
  throw new Error('the signing key must be an EC key on P-256 or an Ed25519 key');
}

/**
 * The gateway's signing key from a PKCS#8 PEM (P-256 or Ed25519). The key that seals claims is derived from it (HKDF,
 * RFC 5869, own label), so that every process that can sign can also open. Throws Error for any other key.
 */
export async function loadSigningKey(pem: string): Promise<SigningKey> {
  const privateKey = createPrivateKey(pem);
  const algorithm = algorithmOf(privateKey);
  const publicKey = createPublicKey(privateKey);
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk, 'sha256');
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
  const sealing = new Uint8Array(hkdfSync('sha256', secret, '', 'phi-gateway sealed claims v1', 32));
  secret.fill(0);
  return {
    algorithm,
    privateKey,
    publicKey,
    kid,
    sealing,
    jwks: { keys: [{ ...jwk, kid, alg: algorithm, use: 'sig' }] },
  };
}
