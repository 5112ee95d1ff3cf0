import { createPrivateKey, createPublicKey } from 'node:crypto';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, importPKCS8, type JSONWebKeySet } from 'jose';
import { assertionAlgorithm } from '../../config/secrets.ts';

export interface ClientKey {
  readonly key: CryptoKey;
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  /** The public half, as it is to be registered at the authorization server. */
  readonly jwks: JSONWebKeySet;
}

/** The key with which the gateway proves itself to an authorization server. Throws Error for another kind of key. */
export async function loadClientKey(pem: string): Promise<ClientKey> {
  const algorithm = assertionAlgorithm(pem);
  if (algorithm === undefined) throw new Error('a client key is RSA of 2048 bits at least, P-256 or P-384');
  const jwk = await exportJWK(createPublicKey(createPrivateKey(pem)));
  const kid = await calculateJwkThumbprint(jwk, 'sha256');
  return {
    key: await importPKCS8(pem, algorithm),
    kid,
    jwks: { keys: [{ ...jwk, kid, alg: algorithm, use: 'sig' }] },
  };
}
