import { decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import type { Issuer, Tenant } from '../config/config.ts';
import { Refusal } from '../errors/refusal.ts';
import type { Clock } from '../vocabulary/time.ts';
import { userFromClaims } from './claims.ts';
import { createIssuerKeys, type Fetch, type IssuerKeys } from './issuer-keys.ts';
import type { UserVerifier } from './ports.ts';
import { tokenRefusal } from './token-refusal.ts';

/** Asymmetric algorithms an issuer may be configured with (RFC 7518, RFC 8037, RFC 9864). */
const acceptable: ReadonlySet<string> = new Set([
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
]);

/** Characters; longer tokens are not looked at. */
const maxTokenLength = 16_384;

export interface UserVerifierInput {
  readonly tenants: readonly Pick<Tenant, 'id' | 'issuers'>[];
  readonly clock: Clock;
  /** HTTP for discovery and key sets; the runtime's own where absent. */
  readonly fetch?: Fetch;
  /** Seconds by which clocks may differ. */
  readonly skewSeconds?: number;
}

interface KnownIssuer {
  readonly tenant: string;
  readonly issuer: Issuer;
  readonly keys: IssuerKeys;
}

/** The `iss` and `alg` that a token claims, only to choose the keys and rules under which it is then verified. */
function peek(token: string): { readonly iss: unknown; readonly alg: unknown } {
  if (token.length > maxTokenLength) throw new Refusal('token_malformed');
  try {
    return { iss: decodeJwt(token).iss, alg: decodeProtectedHeader(token).alg };
  } catch (cause) {
    throw new Refusal('token_malformed', { cause });
  }
}

/** What jose leaves open: one audience as a string, no issue in the future, not a token of a delegation. */
function checkBeyondLibrary(payload: JWTPayload, now: number, skew: number): void {
  if (typeof payload.aud !== 'string') throw new Refusal('token_audience');
  if (payload.iat !== undefined && payload.iat > now + skew) throw new Refusal('token_not_yet_valid');
  if (payload['act'] !== undefined) throw new Refusal('token_type');
}

/**
 * Verifies access tokens of the configured issuers as RFC 9068 section 4 asks: `typ` at+jwt, pinned algorithms,
 * signature by the issuer's published keys, exact issuer, exactly our audience, times, required claims. Throws
 * Refusal with a distinct `token_*` reason, or `issuer_unavailable`. Throws Error at creation for a
 * configuration that could not be safe: one issuer for two tenants, or an algorithm that is not asymmetric.
 */
export function createUserVerifier(input: UserVerifierInput): UserVerifier {
  const skew = input.skewSeconds ?? 5;
  const fetchPort: Fetch = input.fetch ?? ((url, init) => fetch(url, init));
  const known = new Map<string, KnownIssuer>();
  for (const tenant of input.tenants) {
    for (const issuer of tenant.issuers) {
      if (known.has(issuer.issuer)) throw new Error('an issuer belongs to one tenant and is named once');
      if (issuer.algorithms.length === 0 || !issuer.algorithms.every((name) => acceptable.has(name)))
        throw new Error('an issuer needs signature algorithms, all of them asymmetric');
      const keys = createIssuerKeys({
        issuer: issuer.issuer,
        timeoutMs: issuer.discoveryTimeoutMs,
        ...(issuer.jwksOrigin === undefined ? {} : { jwksOrigin: new URL(issuer.jwksOrigin).origin }),
        clock: input.clock,
        fetch: fetchPort,
      });
      known.set(issuer.issuer, { tenant: tenant.id, issuer, keys });
    }
  }

  return {
    async verify(token) {
      const { iss, alg } = peek(token);
      const entry = typeof iss === 'string' ? known.get(iss) : undefined;
      if (entry === undefined) throw new Refusal('token_issuer');
      // Before the keys are asked for: a token that cannot be valid never causes a fetch.
      if (typeof alg !== 'string' || !entry.issuer.algorithms.includes(alg))
        throw new Refusal('token_signature');
      const now = input.clock.now();
      try {
        const { payload } = await jwtVerify(token, entry.keys.keyFor, {
          algorithms: [...entry.issuer.algorithms],
          typ: 'at+jwt',
          issuer: entry.issuer.issuer,
          audience: entry.issuer.audience,
          clockTolerance: skew,
          currentDate: new Date(now),
          requiredClaims: ['exp', 'iat', 'sub', 'jti', 'aud'],
        });
        checkBeyondLibrary(payload, now / 1000, skew);
        return userFromClaims(payload, entry.issuer, entry.tenant);
      } catch (thrown) {
        throw tokenRefusal(thrown);
      }
    },
    async ready() {
      const answers = await Promise.all([...known.values()].map((entry) => entry.keys.ready()));
      return answers.every(Boolean);
    },
  };
}
