import 'reflect-metadata';
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509';
import { extension } from '../../src/attestation/formats/snp-certificate.ts';
import type { SigningKey } from '../../src/attestation/formats/snp-report.ts';

/** AMD signs certificates so; its keys have 4096 bits, which take seconds to make. */
const signing = { name: 'RSA-PSS', hash: 'SHA-384', saltLength: 48 } as const;
const authorityKey = { ...signing, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
const machineKey = { name: 'ECDSA', namedCurve: 'P-384' } as const;
const day = 86_400_000;

/** What a VCEK's or VLEK's certificate says. */
export interface EndorsementRequest {
  readonly kind: SigningKey;
  readonly product: string;
  /** Firmware by the number of its extension. */
  readonly parts: ReadonlyMap<number, number>;
  readonly chipId: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
}

export interface Endorsed {
  /** DER. */
  readonly certificate: Uint8Array;
  /** Hex, as a revocation list names it. */
  readonly serial: string;
  readonly key: webcrypto.CryptoKey;
}

const authorities = { vcek: 'ASK', vlek: 'ASVK' } as const;

export interface SnpVendor {
  /** SHA-256 of the root certificate, lower-case hex, as policies name it. */
  readonly root: string;
  /** DER of ARK, and of ASK and ASVK, which it signed. */
  readonly certificates: Readonly<Record<'ark' | SigningKey, Uint8Array>>;
  endorse(request: EndorsementRequest): Promise<Endorsed>;
  /** DER of a revocation list of the ASK or ASVK, in force from `at` for a day. */
  revoke(kind: SigningKey, serials: readonly string[], at: number): Promise<Uint8Array>;
}

/** One element of DER with less than 128 bytes in it. */
const der = (tag: number, body: Uint8Array): Buffer => Buffer.concat([Buffer.of(tag, body.length), body]);
const integer = (value: number): Buffer => der(2, value > 127 ? Buffer.of(0, value) : Buffer.of(value));
const text = (value: string): Buffer => der(22, Buffer.from(value, 'latin1'));
const serialNumber = (): string => `00${randomBytes(15).toString('hex')}`;

function extensionsFor({ kind, product, parts, chipId }: EndorsementRequest): Extension[] {
  return [
    new Extension(extension.product, false, text(kind === 'vcek' ? `${product}-B0` : product)),
    ...[...parts].map(([part, value]) => new Extension(extension.part(part), false, integer(value))),
    kind === 'vcek'
      ? new Extension(extension.chipId, false, chipId)
      : new Extension(extension.provider, false, text('CN=sandbox')),
  ];
}

const authorityExtensions = (): Extension[] => [
  new BasicConstraintsExtension(true, undefined, true),
  new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
];

const makeKeys = () => webcrypto.subtle.generateKey(authorityKey, true, ['sign', 'verify']);
const nameOf = (kind: SigningKey): string => `CN=${authorities[kind]} of the sandbox`;

/** A vendor that is not AMD: a root, the two authorities below it, and certificates of machines, for sandbox and tests. */
export async function createSnpVendor(): Promise<SnpVendor> {
  const [rootKeys, vcek, vlek] = await Promise.all([makeKeys(), makeKeys(), makeKeys()]);
  const issuing = { vcek, vlek };
  const rootName = 'CN=ARK of the sandbox';
  const validity = {
    notBefore: new Date(Date.now() - 365 * day),
    notAfter: new Date(Date.now() + 3650 * day),
  };
  const ark = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: serialNumber(),
    name: rootName,
    signingAlgorithm: signing,
    keys: rootKeys,
    extensions: authorityExtensions(),
  });
  const authority = async (kind: SigningKey): Promise<Uint8Array> => {
    const made = await X509CertificateGenerator.create({
      ...validity,
      serialNumber: serialNumber(),
      subject: nameOf(kind),
      issuer: rootName,
      signingAlgorithm: signing,
      publicKey: issuing[kind].publicKey,
      signingKey: rootKeys.privateKey,
      extensions: authorityExtensions(),
    });
    return new Uint8Array(made.rawData);
  };
  const root = new Uint8Array(ark.rawData);
  return {
    root: createHash('sha256').update(root).digest('hex'),
    certificates: { ark: root, vcek: await authority('vcek'), vlek: await authority('vlek') },
    async endorse(request) {
      const keys = await webcrypto.subtle.generateKey(machineKey, true, ['sign', 'verify']);
      const serial = serialNumber();
      const made = await X509CertificateGenerator.create({
        serialNumber: serial,
        subject: `CN=SEV-${request.kind.toUpperCase()}`,
        issuer: nameOf(request.kind),
        notBefore: new Date(request.notBefore),
        notAfter: new Date(request.notAfter),
        signingAlgorithm: signing,
        publicKey: keys.publicKey,
        signingKey: issuing[request.kind].privateKey,
        extensions: extensionsFor(request),
      });
      return { certificate: new Uint8Array(made.rawData), serial, key: keys.privateKey };
    },
    async revoke(kind, serials, at) {
      const list = await X509CrlGenerator.create({
        issuer: nameOf(kind),
        thisUpdate: new Date(at),
        nextUpdate: new Date(at + day),
        entries: serials.map((serial) => ({ serialNumber: serial, revocationDate: new Date(at) })),
        signingAlgorithm: signing,
        signingKey: issuing[kind].privateKey,
      });
      return new Uint8Array(list.rawData);
    },
  };
}
