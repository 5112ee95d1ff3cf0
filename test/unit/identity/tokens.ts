import { randomBytes } from 'node:crypto';
import { exportJWK, type JWTPayload, SignJWT } from 'jose';
import { v7 } from 'uuid';
import type { Issuer } from '../../../src/config/config.ts';
import type { Fetch } from '../../../src/identity/issuer-keys.ts';
import type { Clock, Randomness } from '../../../src/vocabulary/time.ts';
import { newKeyPair } from '../../fixtures/key-pair.ts';

/** An issuer of tests: its own key, a clock that stands still, and HTTP without a network. */
export const now = Date.parse('2026-03-04T10:00:00Z');
export const seconds = now / 1000;
export const stillClock: Clock = { now: () => now };
export const randomness: Randomness = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  uuid: () => v7({ msecs: now }),
};

const issuerUrl = 'https://issuer.example';
export const audience = 'urn:phi-gateway';
export const issuer: Issuer = {
  issuer: issuerUrl,
  audience,
  algorithms: ['ES256'],
  claims: { roles: 'roles', fhirUser: 'fhirUser', tenant: 'tenant' },
  fhirBase: 'https://fhir.example/r4',
  discoveryTimeoutMs: 1000,
};

export const keyPair = newKeyPair();
export const foreignPair = newKeyPair();
const kid = 'key-1';

const goodClaims = (): JWTPayload => ({
  iss: issuerUrl,
  aud: audience,
  sub: 'someone',
  client_id: 'phi-cli',
  iat: seconds - 1,
  exp: seconds + 600,
  jti: 'token-1',
  roles: ['physician'],
  fhirUser: 'https://fhir.example/r4/Practitioner/7',
  tenant: 'clinic',
  acr: 'urn:phi-gateway:acr:mfa',
  amr: ['pwd', 'mfa'],
  auth_time: seconds - 60,
  sid: 'session-1',
});

/** A good token but for the given claims (`undefined` removes one), header members and key. */
export function token(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  key: Parameters<SignJWT['sign']>[0] = keyPair.privateKey,
): Promise<string> {
  return new SignJWT({ ...goodClaims(), ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...header })
    .sign(key);
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that nobody signed. */
export const unsecured = (claims: Record<string, unknown> = {}): string => {
  return `${part({ alg: 'none', typ: 'at+jwt' })}.${part({ ...goodClaims(), ...claims })}.`;
};

export interface Published {
  readonly fetch: Fetch;
  /** Paths asked for, in order. */
  readonly asked: string[];
  down: boolean;
  keys: { readonly pair: typeof keyPair; readonly kid: string }[];
  metadata: Record<string, unknown>;
}

/** Discovery document and key set of the issuer, in memory. */
export function publish(): Published {
  const published: Published = {
    asked: [],
    down: false,
    keys: [{ pair: keyPair, kid }],
    metadata: { issuer: issuerUrl, jwks_uri: `${issuerUrl}/jwks` },
    fetch: async (url) => {
      const path = new URL(url).pathname;
      published.asked.push(path);
      if (published.down) throw new TypeError('fetch failed');
      if (path === '/.well-known/openid-configuration') return Response.json(published.metadata);
      const keys = published.keys.map(async (key) => ({
        ...(await exportJWK(key.pair.publicKey)),
        kid: key.kid,
        alg: 'ES256',
      }));
      return Response.json({ keys: await Promise.all(keys) });
    },
  };
  return published;
}
