import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Issuer, Tenant } from '../config/config.ts';
import { issuerProfile } from '../config/issuer-profiles.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import type { VerifiedUser } from '../vocabulary/person.ts';
import { type Clock, clockSkewSeconds } from '../vocabulary/time.ts';
import { checkAudience, checkMarks, clientOfIdToken, userFromClaims } from './claims.ts';
import { createIntrospector, type Introspector, idOfOpaque } from './introspector.ts';
import { createIssuerKeys, type Fetch, type IssuerKeys } from './issuer-keys.ts';
import type { UserVerifier } from './ports.ts';
import { tokenRefusal } from './token-refusal.ts';

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
  /** Set where tokens are asked about instead of read. */
  readonly introspector: Introspector | undefined;
}

/** Three parts with dots between: what is not even that is an opaque token. */
const looksSigned = (token: string): boolean => /^[\w-]+\.[\w-]*\.[\w-]*$/.test(token);

/** The `iss` and `alg` that a token claims, only to choose the keys and rules under which it is then verified. */
function peek(token: string): { readonly iss: unknown; readonly alg: unknown } {
  try {
    return { iss: decodeJwt(token).iss, alg: decodeProtectedHeader(token).alg };
  } catch (cause) {
    throw new Refusal('token_malformed', { cause });
  }
}

/** `typ` of a header as profiles name it: media types may be written with or without `application/` (RFC 7515). */
const typeOf = (typ: unknown): string =>
  typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : '';

/** What jose leaves open: audience and type by the profile, no issue in the future, no token of a delegation. */
function checkBeyondLibrary(
  header: unknown,
  payload: JWTPayload,
  issuer: Issuer,
  latest: number,
  resource: string | undefined,
): void {
  if (!issuerProfile(issuer.profile).types.includes(typeOf(header))) throw new Refusal('token_type');
  checkMarks(payload, issuer);
  checkAudience(payload.aud, issuer, resource);
  if (payload.iat !== undefined && payload.iat > latest) throw new Refusal('token_not_yet_valid');
  if (payload['act'] !== undefined) throw new Refusal('token_type');
}

/** What is refused from here on is known to come from the issuer, and so from its tenant. */
function inTenant(entry: KnownIssuer, read: () => VerifiedUser): VerifiedUser {
  try {
    return read();
  } catch (thrown) {
    throw asRefusal(thrown).within(entry.tenant);
  }
}

/** One issuer as configured; throws Error for a configuration that could not be safe. */
function knownIssuer(tenant: string, issuer: Issuer, input: UserVerifierInput, skew: number): KnownIssuer {
  const { algorithms } = issuerProfile(issuer.profile);
  if (issuer.algorithms.length === 0 || !issuer.algorithms.every((name) => algorithms.includes(name)))
    throw new Error('an issuer needs signature algorithms, all of them asymmetric and of its profile');
  const { clock, fetch: fetchPort = (url, init) => fetch(url, init) } = input;
  return {
    tenant,
    issuer,
    keys: createIssuerKeys({
      issuer: issuer.issuer,
      timeoutMs: issuer.discoveryTimeoutMs,
      ...(issuer.jwksOrigin === undefined ? {} : { jwksOrigin: new URL(issuer.jwksOrigin).origin }),
      ...(issuer.keyGraceSeconds === undefined ? {} : { graceMs: issuer.keyGraceSeconds * 1000 }),
      clock,
      fetch: fetchPort,
    }),
    introspector:
      issuer.introspection === undefined
        ? undefined
        : createIntrospector({ issuer, introspection: issuer.introspection, clock, fetch: fetchPort, skew }),
  };
}

/**
 * Verifies access tokens of the configured issuers as RFC 9068 section 4 asks, each by its issuer's profile: `typ`
 * and the claims that mark an access token, pinned algorithms, signature by the issuer's published keys, exact
 * issuer, our audience, times, required claims. Tokens of an issuer with introspection are asked about instead
 * (RFC 7662), and so are those that are no JWT. Throws Refusal with a distinct `token_*` reason, or
 * `issuer_unavailable`. Throws Error at creation for a configuration that could not be safe: one issuer for two
 * tenants, two issuers of opaque tokens, or an algorithm that is not asymmetric.
 */
export function createUserVerifier(input: UserVerifierInput): UserVerifier {
  const skew = input.skewSeconds ?? clockSkewSeconds;
  const known = new Map<string, KnownIssuer>();
  for (const tenant of input.tenants)
    for (const issuer of tenant.issuers) {
      if (known.has(issuer.issuer)) throw new Error('an issuer belongs to one tenant and is named once');
      known.set(issuer.issuer, knownIssuer(tenant.id, issuer, input, skew));
    }
  const [ofOpaque, another] = [...known.values()].filter((entry) => entry.introspector !== undefined);
  // An opaque token says nothing of its issuer, and to show it to another one would give it away.
  if (another !== undefined) throw new Error('opaque tokens can be of one issuer only');

  async function introspected(
    entry: KnownIssuer,
    token: string,
    resource: string | undefined,
  ): Promise<VerifiedUser> {
    if (entry.introspector === undefined) throw new Refusal('token_malformed');
    const payload = await entry.introspector.ask(token);
    return inTenant(entry, () => {
      if (payload.aud !== undefined) checkAudience(payload.aud, entry.issuer, resource);
      if (payload['act'] !== undefined) throw new Refusal('token_type');
      return userFromClaims(payload, entry.issuer, entry.tenant, idOfOpaque(token));
    });
  }

  async function read(
    entry: KnownIssuer,
    token: string,
    alg: unknown,
    kind: 'access' | 'id' = 'access',
    resource?: string,
  ): Promise<VerifiedUser> {
    // Before the keys are asked for: a token that cannot be valid never causes a fetch.
    if (typeof alg !== 'string' || !entry.issuer.algorithms.includes(alg))
      throw new Refusal('token_signature');
    const now = input.clock.now();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, entry.keys.keyFor, {
        algorithms: [...entry.issuer.algorithms],
        issuer: entry.issuer.issuer,
        clockTolerance: skew,
        currentDate: new Date(now),
        requiredClaims: [
          'exp',
          'iat',
          'sub',
          'aud',
          ...(kind === 'id' ? [] : [issuerProfile(entry.issuer.profile).tokenId]),
        ],
      });
      return inTenant(entry, () => {
        if (kind === 'id') {
          if (!issuerProfile(entry.issuer.profile).idToken.types.includes(typeOf(protectedHeader.typ)))
            throw new Refusal('token_type');
          if ((payload.iat ?? 0) > now / 1000 + skew) throw new Refusal('token_not_yet_valid');
          const client = clientOfIdToken(payload, entry.issuer);
          return userFromClaims(payload, entry.issuer, entry.tenant, idOfOpaque(token), client);
        }
        checkBeyondLibrary(protectedHeader.typ, payload, entry.issuer, now / 1000 + skew, resource);
        return userFromClaims(payload, entry.issuer, entry.tenant);
      });
    } catch (thrown) {
      const refusal = tokenRefusal(thrown);
      // The library looks at claims after the signature: these are words of the issuer itself.
      const signed = thrown instanceof errors.JWTExpired || thrown instanceof errors.JWTClaimValidationFailed;
      throw signed ? refusal.within(entry.tenant) : refusal;
    }
  }

  async function verify(token: string, resource?: string): Promise<VerifiedUser> {
    if (token.length > maxTokenLength) throw new Refusal('token_malformed');
    if (!looksSigned(token) && ofOpaque !== undefined) return introspected(ofOpaque, token, resource);
    const { iss, alg } = peek(token);
    const entry = typeof iss === 'string' ? known.get(iss) : undefined;
    if (entry === undefined) throw new Refusal('token_issuer');
    return entry.introspector === undefined
      ? read(entry, token, alg, 'access', resource)
      : introspected(entry, token, resource);
  }

  async function verifyIdToken(token: string): Promise<VerifiedUser> {
    if (token.length > maxTokenLength) throw new Refusal('token_malformed');
    const { iss, alg } = peek(token);
    const entry = typeof iss === 'string' ? known.get(iss) : undefined;
    if (entry === undefined) throw new Refusal('token_issuer');
    if (entry.issuer.idTokens !== 'accepted') throw new Refusal('token_type');
    // Who asks about every token asks nobody about these.
    if (entry.introspector !== undefined) throw new Refusal('token_type');
    return read(entry, token, alg, 'id');
  }

  return {
    verify,
    verifyIdToken,
    async stillActive(token, user, resource) {
      const entry = known.get(user.issuer);
      if (entry?.introspector !== undefined) await introspected(entry, token, resource);
    },
    async ready() {
      const readable = [...known.values()].filter((entry) => entry.introspector === undefined);
      return (await Promise.all(readable.map((entry) => entry.keys.ready()))).every(Boolean);
    },
  };
}
