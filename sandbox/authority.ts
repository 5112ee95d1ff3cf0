import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

export { KeyUsageFlags };

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 86_400_000;

/** What a certificate says; the defaults are those of a good X.509-SVID. Tests change one thing at a time. */
export interface CertificateRequest {
  /** URIs among the subject alternative names. */
  readonly uris: readonly string[];
  readonly addresses?: readonly string[];
  readonly subject?: string;
  readonly authority?: boolean;
  readonly usages?: number;
  /** Milliseconds since the epoch. */
  readonly notBefore?: number;
  readonly notAfter?: number;
}

export interface Issued {
  /** PEM. */
  readonly cert: string;
  /** PEM (PKCS#8). */
  readonly key: string;
}

export interface Authority {
  /** PEM of the authority's own certificate. */
  readonly cert: string;
  issue(request: CertificateRequest): Promise<Issued>;
}

const serial = (): string => `00${randomBytes(15).toString('hex')}`;

const pemKey = async (key: webcrypto.CryptoKey): Promise<string> => {
  const text = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${text.replace(/.{64}/g, '$&\n').trim()}\n-----END PRIVATE KEY-----\n`;
};

/** Makes an authority of one trust domain and certificates under it, for sandboxes and tests. */
export async function createAuthority(trustDomain: string): Promise<Authority> {
  const own = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const name = `CN=Sandbox authority of ${trustDomain}`;
  const root = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 365 * day),
    signingAlgorithm: algorithm,
    keys: own,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      new SubjectAlternativeNameExtension([{ type: 'url', value: `spiffe://${trustDomain}` }]),
    ],
  });
  return {
    cert: `${root.toString('pem')}\n`,
    async issue(request) {
      const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
      const names: JsonGeneralName[] = [
        ...request.uris.map((value) => ({ type: 'url' as const, value })),
        ...(request.addresses ?? []).map((value) => ({ type: 'ip' as const, value })),
      ];
      const leaf = await X509CertificateGenerator.create({
        serialNumber: serial(),
        subject: request.subject ?? 'O=phi-gateway sandbox',
        issuer: name,
        notBefore: new Date(request.notBefore ?? Date.now() - day),
        notAfter: new Date(request.notAfter ?? Date.now() + 30 * day),
        signingAlgorithm: algorithm,
        publicKey: pair.publicKey,
        signingKey: own.privateKey,
        extensions: [
          new BasicConstraintsExtension(request.authority ?? false, undefined, true),
          new KeyUsagesExtension(request.usages ?? KeyUsageFlags.digitalSignature, true),
          ...(names.length === 0 ? [] : [new SubjectAlternativeNameExtension(names)]),
        ],
      });
      return { cert: `${leaf.toString('pem')}\n`, key: await pemKey(pair.privateKey) };
    },
  };
}
