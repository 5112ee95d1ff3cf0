import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { verifyToken } from '../../../src/attestation/formats/jwt.ts';
import {
  ecPair,
  issuer,
  keyId,
  rsaPair,
  rsaTrust,
  sign,
  tokenEvidence,
  trust,
} from '../../fixtures/attestation-tokens.ts';
import { mintChain } from '../../fixtures/certificate-chain.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import fc from '../../fixtures/properties.ts';
import { spaceToken } from './token-claims.ts';

const at = Date.UTC(2026, 5, 1);
const seconds = at / 1000;
const times = { iat: seconds - 60, nbf: seconds - 60, exp: seconds + 3600 };
const payload = { iss: issuer, ...times, ...spaceToken };

const judged = (token: string, believed = trust, now = at) =>
  reasonOf(verifyToken(tokenEvidence(token), believed, now));
const x5c = (certificates: readonly Uint8Array[]): string[] =>
  certificates.map((der) => Buffer.from(der).toString('base64'));
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the signature of a token', () => {
  test('by a key of the policy it counts, and the claims name the key by its thumbprint', async () => {
    const claims = await verifyToken(tokenEvidence(await sign(payload)), trust, at);
    const { crv, kty, x, y } = ecPair.publicKey.export({ format: 'jwk' });
    const print = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('hex');
    expect(claims).toMatchObject({
      format: 'jwt',
      root: print,
      at: (seconds - 60) * 1000,
      expires: at + 3_600_000,
    });
  });

  test.each(['RS256', 'PS384'])(
    '%s counts with an RSA key, and the key may be known by its certificate only',
    async (alg) => {
      expect(await judged(await sign(payload, { alg }, rsaPair.privateKey), rsaTrust)).toBe('proven');
    },
  );

  test('a key that stands in the policy as a certificate counts while the certificate holds', async () => {
    const chain = await mintChain([{ name: 'root' }, { name: 'leaf' }], at);
    const [leaf = new Uint8Array()] = chain.certificates;
    const believed = {
      ...trust,
      keys: { keys: [{ kty: 'EC', kid: keyId, x5c: [Buffer.from(leaf).toString('base64')] }] },
    };
    const token = await sign({ ...payload, exp: seconds + 864_000 }, {}, chain.leafKey);
    expect(await judged(token, believed)).toBe('proven');
    expect(await judged(token, believed, at + 2 * 86_400_000)).toBe('issuer_unknown');
  });

  test('any byte of it that is another is refused', async () => {
    const token = Buffer.from(await sign(payload));
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const other = Uint8Array.from(token);
        other[place] = (token[place] ?? 0) ^ change;
        const evidence = { format: 'jwt', document: other, certificates: [] } as const;
        expect(await reasonOf(verifyToken(evidence, trust, at))).not.toBe('proven');
      }),
      { numRuns: 250 },
    );
  });

  test('bytes that are no token prove nothing, and nothing else comes of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (document) => {
        const reason = await reasonOf(verifyToken({ format: 'jwt', document, certificates: [] }, trust, at));
        expect(reason).toBe('malformed');
      }),
    );
    const token = await sign(payload);
    for (const text of [
      '',
      '.',
      '..',
      '[',
      '[]',
      `${token}.`,
      ` ${token}`,
      `${token}\n`,
      'a'.repeat(600_000),
    ])
      expect([text.slice(-20), await judged(text)]).toEqual([text.slice(-20), 'malformed']);
    // Less by one letter it may be the whole of a shorter signature.
    expect(['malformed', 'signature_invalid']).toContain(await judged(token.slice(0, -1)));
  });

  test.each([
    ['no algorithm', { alg: 'none' }, 'version_unknown'],
    ['a shared secret', { alg: 'HS256' }, 'version_unknown'],
    [
      'an extension that must be understood',
      { alg: 'ES384', kid: keyId, crit: ['b64'], b64: false },
      'version_unknown',
    ],
    ['a key id that is none', { alg: 'ES384', kid: 7 }, 'malformed'],
    ['another key id', { alg: 'ES384', kid: 'https://elsewhere.example/k1' }, 'issuer_unknown'],
    ['an algorithm that the key is not for', { alg: 'ES256', kid: keyId }, 'issuer_unknown'],
  ])('with %s it is refused', async (_what, header, reason) => {
    const [, ...rest] = (await sign(payload)).split('.');
    expect(await judged([part(header), ...rest].join('.'))).toBe(reason);
  });

  test('a key that comes with it, or an address of one, makes it no better', async () => {
    const own = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const jwk = own.publicKey.export({ format: 'jwk' });
    const header = { jwk, jku: 'https://elsewhere.example/keys', x5u: 'https://elsewhere.example/c' };
    expect(await judged(await sign(payload, header, own.privateKey))).toBe('signature_invalid');
    const { keys: _keys, ...keyless } = trust;
    expect(await judged(await sign(payload, header, own.privateKey), keyless)).toBe('issuer_unknown');
  });
});

describe('a token that carries its certificates', () => {
  const { keys: _keys, ...keyless } = trust;
  const links = [{ name: 'root' }, { name: 'intermediate' }, { name: 'leaf' }];

  test('counts by a root of the policy, where the policy names no keys', async () => {
    const chain = await mintChain(links, at);
    const token = await sign(payload, { x5c: x5c(chain.certificates) }, chain.leafKey);
    const believed = { ...keyless, roots: new Set([chain.root]) };
    const claims = await verifyToken(tokenEvidence(token), believed, at);
    expect(claims.root).toBe(chain.root);
    expect(await judged(token, keyless)).toBe('root_unknown');
    expect(await judged(token, { ...believed, keys: { keys: [] } })).toBe('issuer_unknown');
    expect(await judged(token, { ...believed, revocations: [await chain.revocations('nobody')] })).toBe(
      'proven',
    );
    expect(await judged(token, { ...believed, revocations: [await chain.revocations('leaf')] })).toBe(
      'certificate_revoked',
    );
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    const forged = await sign(payload, { x5c: x5c(chain.certificates) }, stranger);
    expect(await judged(forged, believed)).toBe('signature_invalid');
  });

  test.each([
    [
      'a certificate that does not hold any more',
      [{ name: 'root' }, { name: 'old', notAfter: at - 1 }, { name: 'leaf' }],
      'certificate_expired',
    ],
    [
      'an issuer that may sign none',
      [{ name: 'root' }, { name: 'leafy', authority: false }, { name: 'leaf' }],
      'certificate_invalid',
    ],
  ])('with %s it is refused', async (_what, made, reason) => {
    const chain = await mintChain(made, at);
    const token = await sign(payload, { x5c: x5c(chain.certificates) }, chain.leafKey);
    expect(await judged(token, { ...keyless, roots: new Set([chain.root]) })).toBe(reason);
  });

  test.each([[[]], ['text'], [[7]], [['AAAA']], [Array.from({ length: 17 }, () => 'AAAA')]])(
    '%p in their place is malformed',
    async (carried) => {
      const [, ...rest] = (await sign(payload)).split('.');
      expect(await judged([part({ alg: 'ES384', x5c: carried }), ...rest].join('.'), keyless)).toBe(
        'malformed',
      );
    },
  );
});

describe('who made a token, for whom and when', () => {
  test.each([
    ['another issuer', { iss: `${issuer}/` }, 'issuer_unknown'],
    ['no issuer', { iss: undefined }, 'issuer_unknown'],
    ['an audience where the policy names none', { aud: 'us' }, 'audience_mismatch'],
    ['an end that is reached', { exp: seconds }, 'too_old'],
    ['no end', { exp: undefined }, 'too_old'],
    ['no beginning', { iat: undefined }, 'too_old'],
    ['an end that is text', { exp: 'never' }, 'malformed'],
    ['a beginning in the future', { nbf: seconds + 6 }, 'not_yet_valid'],
    ['a making in the future', { iat: seconds + 6 }, 'not_yet_valid'],
    ['a making within what clocks differ by', { iat: seconds + 5, nbf: seconds + 5 }, 'proven'],
  ])('%s', async (_what, change, reason) => {
    expect(await judged(await sign({ ...payload, ...change }))).toBe(reason);
  });

  test('the audience is the policy’s and no other', async () => {
    const believed = { ...trust, audience: 'us' };
    const made = async (aud: unknown) => judged(await sign({ ...payload, aud }), believed);
    expect(await made('us')).toBe('proven');
    expect(await made(['us'])).toBe('proven');
    expect(await made(['us', 'them'])).toBe('audience_mismatch');
    expect(await made('us ')).toBe('audience_mismatch');
    expect(await made(undefined)).toBe('audience_mismatch');
  });

  test('a policy without an issuer believes nobody', async () => {
    const { issuer: _issuer, ...anybody } = trust;
    expect(await judged(await sign({ ...payload, iss: undefined }), anybody)).toBe('issuer_unknown');
  });

  test('a kind that is not known, or two kinds at once, is refused', async () => {
    expect(await judged(await sign({ iss: issuer, ...times }))).toBe('version_unknown');
    expect(await judged(await sign({ ...payload, 'x-ms-ver': '1.0' }))).toBe('version_unknown');
    expect(await judged(await sign(['a list']))).toBe('malformed');
  });
});
