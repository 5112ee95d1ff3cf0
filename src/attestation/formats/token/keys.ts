import { createPublicKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { isRecord } from '../../../vocabulary/fhir.ts';
import { chainOf, checkRevocations, shownCertificates } from '../../certificates.ts';
import type { TokenKeys, Trust } from '../../evidence.ts';
import { NotProven } from '../../reasons.ts';
import type { Members } from './members.ts';

/** Signatures that count, by what a key must be of. None has a shared secret: who verifies could sign. */
export const algorithms: Readonly<Record<string, string>> = {
  RS256: 'rsa',
  RS384: 'rsa',
  RS512: 'rsa',
  PS256: 'rsa',
  PS384: 'rsa',
  PS512: 'rsa',
  ES256: 'ec',
  ES384: 'ec',
  ES512: 'ec',
  EdDSA: 'ed25519',
};

/** A key with which a token may be signed, and what `Claims.root` says of it. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly root: string;
}

/** Public members of a JWK (RFC 7518, section 6; RFC 8037); others, as `jku` and `d`, are not looked at. */
const publicMembers = ['kty', 'n', 'e', 'crv', 'x', 'y'];

/** The public key of a JWK, or undefined where it is none. */
export function publicKeyOf(jwk: Members): KeyObject | undefined {
  const key: JsonWebKey = Object.fromEntries(publicMembers.map((name) => [name, jwk[name]]));
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** Some services publish a certificate for a key and nothing else; the policy's file vouches for it. */
function certifiedKey(jwk: Members, at: number): KeyObject | undefined {
  const chain: unknown = jwk['x5c'];
  const first: unknown = Array.isArray(chain) ? chain[0] : undefined;
  if (typeof first !== 'string') return undefined;
  try {
    const certificate = new X509Certificate(Buffer.from(first, 'base64'));
    const holds = Date.parse(certificate.validFrom) <= at && at <= Date.parse(certificate.validTo);
    return holds ? certificate.publicKey : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 7638, as lower-case hex. */
async function thumbprint(key: KeyObject): Promise<string> {
  const print = await calculateJwkThumbprint(key.export({ format: 'jwk' }));
  return Buffer.from(print, 'base64url').toString('hex');
}

/** Keys of the policy that fit a header: by its `kid` where it has one. Throws `issuer_unknown` where none does. */
async function pinned({ keys }: TokenKeys, header: Members, at: number): Promise<readonly SigningKey[]> {
  const { alg, kid } = header;
  const found = keys
    .filter((jwk) => kid === undefined || jwk['kid'] === kid)
    .filter((jwk) => jwk['alg'] === undefined || jwk['alg'] === alg)
    .filter((jwk) => jwk['use'] === undefined || jwk['use'] === 'sig')
    .map((jwk) => publicKeyOf(jwk) ?? certifiedKey(jwk, at))
    .filter((key) => key !== undefined)
    .filter((key) => typeof alg === 'string' && key.asymmetricKeyType === algorithms[alg]);
  if (found.length === 0) throw new NotProven('issuer_unknown');
  return Promise.all(found.map(async (key) => ({ key, root: await thumbprint(key) })));
}

function keyIn(certificate: X509Certificate): KeyObject {
  try {
    return certificate.publicKey;
  } catch {
    // A key of a kind that OpenSSL does not know.
    throw new NotProven('version_unknown');
  }
}

/** The key of the certificate that a token carries (`x5c`), led to a root of the policy. */
async function certified(
  header: Members,
  certificates: readonly Uint8Array[],
  trust: Trust,
  at: number,
): Promise<SigningKey> {
  const carried: unknown = header['x5c'];
  if (carried === undefined) throw new NotProven('issuer_unknown');
  if (!Array.isArray(carried) || !carried.every((one) => typeof one === 'string'))
    throw new NotProven('malformed');
  const [leaf, ...others] = shownCertificates(carried.map((one) => Buffer.from(one, 'base64')));
  if (leaf === undefined) throw new NotProven('malformed');
  const chain = chainOf(leaf, [...others, ...shownCertificates(certificates)], trust, at);
  await checkRevocations(chain, trust, at);
  return { key: keyIn(leaf), root: chain.root };
}

/**
 * Keys that may have signed a token with this header. Where the policy names keys only those count; else the token's own
 * certificates do, as far as they lead to a root of the policy. `jku`, `jwk` and `x5u` are never looked at, and a `kid`
 * is a name and no address.
 */
export const signingKeys = async (
  header: Members,
  certificates: readonly Uint8Array[],
  trust: Trust,
  at: number,
): Promise<readonly SigningKey[]> =>
  trust.keys === undefined
    ? [await certified(header, certificates, trust, at)]
    : pinned(trust.keys, header, at);

/** The only key of a JWK set that stands in a token, as SubjectPublicKeyInfo in hex: of several none is the bound one. */
export function boundKey(jwks: unknown): string | undefined {
  const [only, second]: readonly unknown[] = Array.isArray(jwks) ? jwks : [];
  if (!isRecord(only) || second !== undefined) return undefined;
  return publicKeyOf(only)?.export({ format: 'der', type: 'spki' }).toString('hex');
}
