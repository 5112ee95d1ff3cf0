import { X509Certificate } from 'node:crypto';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { TrustDomain } from '../config/config.ts';
import { isRecord } from '../vocabulary/fhir.ts';

/** Whose certificates and JWT-SVIDs count, domain by domain: an authority of one never vouches for another. */
export interface TrustDomains {
  /** Certificates of every authority of every domain, PEM. */
  authorities(): readonly string[];
  /** Whether the certificate with this SHA-256 fingerprint (as node:crypto writes it) is an authority there now. */
  holds(domain: string, fingerprint256: string): boolean;
  /** Whether the domain is trusted for certificates at all. */
  knows(domain: string): boolean;
  /** Keys that sign the domain's JWT-SVIDs; undefined where it has none. */
  keys(domain: string): JWTVerifyGetKey | undefined;
  /** Reads the files again; whether anything has changed. */
  reload(): boolean;
  readonly files: readonly string[];
}

interface Trusted {
  readonly text: string;
  readonly authorities: ReadonlyMap<string, string>;
  readonly keys: JWTVerifyGetKey | undefined;
}

const pem = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

function authoritiesOf(bundle: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [text] of bundle.matchAll(pem)) {
    const certificate = new X509Certificate(text);
    if (!certificate.ca) throw new Error('a bundle holds a certificate that is no authority');
    found.set(certificate.fingerprint256, text);
  }
  if (found.size === 0 && bundle.trim() !== '') throw new Error('a bundle holds no certificate');
  return found;
}

const isKeySet = (value: unknown): value is JSONWebKeySet =>
  isRecord(value) &&
  Array.isArray(value['keys']) &&
  value['keys'].every((key) => isRecord(key) && (key['kty'] === 'EC' || key['kty'] === 'RSA'));

/**
 * JWT authorities of a SPIFFE bundle (SPIFFE Trust Domain and Bundle, section 4.2.2): keys of `use` jwt-svid. Its
 * X.509 authorities are in the PEM file beside it.
 */
function keysOf(text: string): JWTVerifyGetKey | undefined {
  if (text.trim() === '') return undefined;
  const bundle: unknown = JSON.parse(text);
  if (!isKeySet(bundle)) throw new Error('a bundle of JWT authorities is not usable');
  // The library picks keys for signatures by `use: sig`; the specification of bundles names another word.
  const keys = bundle.keys
    .filter(({ use }) => use === undefined || use === 'jwt-svid')
    .map((key) => ({ ...key, use: 'sig' }));
  return createLocalJWKSet({ keys });
}

/**
 * Trust domains from the configured files. A file that is gone or empty trusts nobody; one that cannot be read, half
 * written say, leaves the last good one standing, and `onFault` hears of it. Throws at creation for a file that is
 * missing or not usable: a gateway does not start half trusted.
 */
export function createTrustDomains(
  domains: readonly TrustDomain[],
  readFile: (path: string) => string | undefined,
  onFault: () => void,
): TrustDomains {
  const held = new Map<string, Trusted>();
  const textOf = ({ bundle, jwks }: TrustDomain): readonly [string, string] => [
    readFile(bundle) ?? '',
    jwks === undefined ? '' : (readFile(jwks) ?? ''),
  ];
  const read = (domain: TrustDomain): Trusted => {
    const [bundle, jwks] = textOf(domain);
    return { text: JSON.stringify([bundle, jwks]), authorities: authoritiesOf(bundle), keys: keysOf(jwks) };
  };
  for (const domain of domains) {
    const trusted = read(domain);
    if (trusted.authorities.size === 0 && trusted.keys === undefined)
      throw new Error('a trust domain has no authority');
    held.set(domain.name, trusted);
  }

  function reloadOne(domain: TrustDomain): boolean {
    try {
      if (held.get(domain.name)?.text === JSON.stringify(textOf(domain))) return false;
      held.set(domain.name, read(domain));
      return true;
    } catch {
      onFault();
      return false;
    }
  }

  return {
    authorities: () => [...held.values()].flatMap(({ authorities }) => [...authorities.values()]),
    holds: (domain, fingerprint) => held.get(domain)?.authorities.has(fingerprint) ?? false,
    knows: (domain) => (held.get(domain)?.authorities.size ?? 0) > 0,
    keys: (domain) => held.get(domain)?.keys,
    reload: () => domains.map((domain) => reloadOne(domain)).some(Boolean),
    files: domains.flatMap(({ bundle, jwks }) => (jwks === undefined ? [bundle] : [bundle, jwks])),
  };
}
