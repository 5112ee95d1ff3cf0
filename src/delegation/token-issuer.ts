import { decodeJwt, decodeProtectedHeader, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { tokenRefusal } from '../identity/token-refusal.ts';
import { type Clock, clockSkewSeconds, type Randomness } from '../vocabulary/time.ts';
import { maxLifetimeSeconds } from './delegate.ts';
import { claimsOf, delegationOf } from './delegated-claims.ts';
import { fhirClaims, fhirTokenSeconds } from './fhir-token.ts';
import { introspection, owns } from './introspection.ts';
import type { Delegation, Revocations, TokenIssuer } from './ports.ts';
import { loadSigningKey } from './signing-key.ts';

/** Characters; longer tokens are not looked at. */
const maxTokenLength = 16_384;

/** Which key a token says it is signed with; that it is, is verified. */
function kidOf(token: string): string {
  try {
    return decodeProtectedHeader(token).kid ?? '';
  } catch (cause) {
    throw new Refusal('token_malformed', { cause });
  }
}

export interface TokenIssuerInput {
  /** PKCS#8 PEM of a P-256 or Ed25519 key. */
  readonly signingKey: string;
  /** Further such keys, published and read but not signed with: a key is published before it signs and read after. */
  readonly overlapKeys?: readonly string[];
  /** The gateway's public URL. */
  readonly issuer: string;
  /** `aud` of delegated tokens: this gateway. */
  readonly audience: string;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly revocations: Revocations;
  /** Public keys that are published beside our own: those of client assertions. Nothing is read with them. */
  readonly otherKeys?: readonly JWK[];
  /** Keyed pseudonym; `kind` keeps different uses of one value apart. */
  readonly publicPseudonym: (kind: string, value: string) => string;
}

/**
 * Makes and reads the gateway's own tokens (RFC 9068 `at+jwt`, ES256 or EdDSA): delegated ones for the app, whose `sub`
 * is a pseudonym per workload and whose patient is a handle, and narrow ones for the FHIR server. Rejects at
 * creation for a key of another kind.
 */
export async function createTokenIssuer(input: TokenIssuerInput): Promise<TokenIssuer> {
  const key = await loadSigningKey(input.signingKey);
  const others = await Promise.all((input.overlapKeys ?? []).map((pem) => loadSigningKey(pem)));
  const keys = new Map([key, ...others].map((one) => [one.kid, one]));
  const seconds = (): number => Math.floor(input.clock.now() / 1000);

  const sign = (claims: JWTPayload, audience: string, subject: string, jti: string, exp: number) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: key.algorithm, typ: 'at+jwt', kid: key.kid })
      .setIssuer(input.issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setJti(jti)
      .setIssuedAt(seconds())
      .setNotBefore(seconds())
      .setExpirationTime(exp)
      .sign(key.privateKey);

  /** OpenID Connect Core 8.1: another value for each workload, so that two apps cannot join their users. */
  const pairwise = ({ user, workload }: Pick<Delegation, 'user'> & { workload: string }): string =>
    input.publicPseudonym('sub', JSON.stringify([user.tenant, user.issuer, user.subject, workload]));

  async function verifiedPayload(token: string): Promise<{ payload: JWTPayload; sealing: Uint8Array }> {
    if (token.length > maxTokenLength) throw new Refusal('token_malformed');
    const signer = keys.get(kidOf(token));
    if (signer === undefined) throw new Refusal('token_signature');
    const { payload } = await jwtVerify(token, signer.publicKey, {
      algorithms: [signer.algorithm],
      typ: 'at+jwt',
      issuer: input.issuer,
      audience: input.audience,
      clockTolerance: clockSkewSeconds,
      currentDate: new Date(input.clock.now()),
      requiredClaims: ['exp', 'iat', 'nbf', 'sub', 'jti', 'client_id', 'act', 'txn'],
    });
    if (typeof payload.aud !== 'string') throw new Refusal('token_audience');
    const { iat, exp } = payload;
    if (iat === undefined || exp === undefined || exp - iat > maxLifetimeSeconds)
      throw new Refusal('token_claims');
    if (iat > seconds() + clockSkewSeconds) throw new Refusal('token_not_yet_valid');
    return { payload, sealing: signer.sealing };
  }

  async function read(token: string): Promise<{ payload: JWTPayload; delegation: Delegation }> {
    const verified = async () => {
      const { payload, sealing } = await verifiedPayload(token);
      return { payload, delegation: await delegationOf(sealing, payload) };
    };
    const found = await verified().catch((thrown: unknown) => {
      throw tokenRefusal(thrown);
    });
    const { scope, tokenId } = found.delegation;
    const revoked = await input.revocations.isRevoked(scope.tenant, tokenId).catch((thrown: unknown) => {
      throw asRefusal(thrown);
    });
    if (revoked) throw new Refusal('token_revoked', { tenant: scope.tenant });
    return found;
  }

  return {
    async mintDelegated(delegation) {
      const expiresIn = Math.floor(delegation.expiresAt) - seconds();
      if (expiresIn <= 0 || expiresIn > maxLifetimeSeconds) throw new Refusal('token_expired');
      const { claims, details } = await claimsOf(key.sealing, delegation);
      const subject = pairwise(delegation);
      const accessToken = await sign(
        claims,
        input.audience,
        subject,
        delegation.tokenId,
        delegation.expiresAt,
      );
      return { accessToken, expiresIn, authorizationDetails: [details] };
    },
    verifyDelegated: async (token) => (await read(token)).delegation,
    isOwn(token) {
      try {
        return token.length <= maxTokenLength && decodeJwt(token).iss === input.issuer;
      } catch {
        return false;
      }
    },
    async mintFhirToken(request) {
      const claims = fhirClaims(request);
      const subject =
        request.user === undefined
          ? 'phi-gateway'
          : pairwise({ user: request.user, workload: `fhir ${request.base}` });
      const exp = seconds() + fhirTokenSeconds;
      return {
        accessToken: await sign(
          claims,
          request.audience ?? request.base,
          subject,
          input.randomness.uuid(),
          exp,
        ),
        expiresIn: fhirTokenSeconds,
      };
    },
    async introspect(token, owner) {
      try {
        const { payload, delegation } = await read(token);
        return owns(owner, delegation) ? introspection(payload, delegation) : { active: false };
      } catch (thrown) {
        // RFC 7662, section 2.2: what cannot be verified is inactive; a failure of our own is still a failure.
        if (thrown instanceof Refusal && thrown.code === 'invalid_token') return { active: false };
        throw thrown;
      }
    },
    async revoke(token, owner) {
      const found = await read(token).catch((thrown: unknown) => {
        if (thrown instanceof Refusal && thrown.code === 'invalid_token') return undefined;
        throw thrown;
      });
      if (found === undefined || !owns(owner, found.delegation)) return false;
      const { scope, tokenId, expiresAt } = found.delegation;
      await input.revocations.revoke(scope.tenant, tokenId, expiresAt);
      return true;
    },
    jwks: () => ({
      keys: [...[...keys.values()].flatMap((one) => one.jwks.keys), ...(input.otherKeys ?? [])],
    }),
  };
}
