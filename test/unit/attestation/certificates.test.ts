import 'reflect-metadata';
import { createPublicKey, generateKeyPairSync, webcrypto, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { BasicConstraintsExtension, X509CertificateGenerator } from '@peculiar/x509';
import { chainOf, checkRevocations, isQuick } from '../../../src/attestation/certificates.ts';
import { NotProven, type Reason } from '../../../src/attestation/reasons.ts';
import { type Link, type MintedChain, mintChain } from '../../fixtures/certificate-chain.ts';

const at = Date.parse('2026-11-23T12:00:00Z');
const algorithm = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' } as const;

const read = (ders: readonly Uint8Array[]): X509Certificate[] => ders.map((der) => new X509Certificate(der));

/** The reason for which the first of these certificates does not lead to the root; `proven` where it does. */
function ledTo(root: string, certificates: readonly X509Certificate[]): Reason | 'proven' {
  const [leaf, ...others] = certificates;
  if (leaf === undefined) throw new RangeError('no leaf');
  try {
    chainOf(leaf, others, { roots: new Set([root]), certificates: [] }, at);
    return 'proven';
  } catch (thrown) {
    if (thrown instanceof NotProven) return thrown.reason;
    throw thrown;
  }
}

const minted = (...links: readonly Link[]): Promise<MintedChain> => mintChain(links, at);

describe('a chain of certificates', () => {
  it.each([
    ['as many as it may', 1, 'proven'],
    ['more than it may', 0, 'certificate_invalid'],
  ])('has %s authorities below one that counts them', async (_name, pathLength, outcome) => {
    const { certificates, root } = await minted(
      { name: 'root', pathLength },
      { name: 'below' },
      { name: 'leaf' },
    );
    expect(ledTo(root, read(certificates))).toBe(outcome);
  });

  it('may pass by others of the same name, and not by so many that trying them takes long', async () => {
    const { certificates, root } = await minted({ name: 'root' }, { name: 'below' }, { name: 'leaf' });
    const [leaf, ...above] = read(certificates);
    const namesakes = await Promise.all(
      Array.from({ length: 32 }, async () => {
        const other = await minted({ name: 'root' }, { name: 'below' }, { name: 'leaf' });
        return read(other.certificates)[1];
      }),
    );
    const all = (count: number) =>
      [leaf, ...namesakes.slice(0, count), ...above].filter((one) => one !== undefined);
    expect(ledTo(root, all(8))).toBe('proven');
    expect(ledTo(root, all(32))).toBe('certificate_invalid');
  });

  it('ends where two authorities signed each other', async () => {
    const names = ['one', 'other'] as const;
    const pairs = await Promise.all(
      names.map(() => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])),
    );
    const made = await Promise.all(
      pairs.map((pair, index) =>
        X509CertificateGenerator.create({
          serialNumber: `0${index + 1}`,
          subject: `CN=${names[index] ?? ''}`,
          issuer: `CN=${names[1 - index] ?? ''}`,
          notBefore: new Date(at - 1_000),
          notAfter: new Date(at + 1_000),
          signingAlgorithm: algorithm,
          publicKey: pair.publicKey,
          signingKey: (pairs[1 - index] ?? pair).privateKey,
          extensions: [new BasicConstraintsExtension(true, undefined, true)],
        }),
      ),
    );
    const circle = read(made.map(({ rawData }) => new Uint8Array(rawData)));
    expect(ledTo('00'.repeat(32), circle)).toBe('chain_incomplete');
  });

  it('is not checked by a list of the name of an authority and the key of another', async () => {
    const mine = await minted({ name: 'root' }, { name: 'leaf' });
    const other = await minted({ name: 'root' }, { name: 'leaf' });
    const path = read(mine.certificates);
    const checked = checkRevocations({ path }, { revocations: [await other.revocations('nobody')] }, at);
    await expect(checked).rejects.toMatchObject({ reason: 'revocation_unknown' });
  });
});

const odd = (length: number): string => Buffer.alloc(length / 8, 0xff).toString('base64url');
const rsa = (bits: number, exponentBits: number) => {
  return createPublicKey({ key: { kty: 'RSA', n: odd(bits), e: odd(exponentBits) }, format: 'jwk' });
};

describe('a key that somebody shows', () => {
  it.each([
    ['RSA of 4096 bits', rsa(4096, 16), true],
    ['RSA of 16384 bits', rsa(16_384, 16), false],
    ['RSA with a long exponent', rsa(3072, 3000), false],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey, true],
    ['another curve', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey, false],
    ['Ed25519', generateKeyPairSync('ed25519').publicKey, true],
    ['Ed448', generateKeyPairSync('ed448').publicKey, false],
  ])('%s', (_name, key, quick) => {
    expect(isQuick(key)).toBe(quick);
  });
});
