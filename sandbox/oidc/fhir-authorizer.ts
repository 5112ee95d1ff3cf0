import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from '../../src/vocabulary/time.ts';

/** What a bearer token allows at a FHIR server, as its own check found it. */
export interface FhirAuthorization {
  readonly scopes: readonly string[];
  readonly patient?: string;
  readonly fhirUser?: string;
}

export interface FhirAuthorizerInput {
  /** The gateway's keys: `createRemoteJWKSet(new URL('<gateway>/oauth/jwks'))`, or a local set in tests. */
  readonly keys: JWTVerifyGetKey;
  /** The gateway's public URL; asked at each token, because it is known only once the gateway listens. */
  readonly issuer: () => string;
  /** The FHIR base as the gateway is configured with it. */
  readonly audience: () => string;
  readonly clock: Clock;
}

/** Seconds: a token that claims to live longer was not made for this server's use. */
const longestLife = 60;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * The resource server's side of the gateway's FHIR tokens, as a record system that trusts the gateway's key set
 * would check them (RFC 9068, section 4). Undefined for a token that is not good here; a key set that cannot be
 * had rejects.
 */
export function createFhirAuthorizer(input: FhirAuthorizerInput) {
  return async (token: string): Promise<FhirAuthorization | undefined> => {
    try {
      const { payload } = await jwtVerify(token, input.keys, {
        algorithms: ['ES256'],
        typ: 'at+jwt',
        issuer: input.issuer(),
        audience: input.audience(),
        clockTolerance: 5,
        currentDate: new Date(input.clock.now()),
        requiredClaims: ['exp', 'iat', 'scope'],
      });
      const { aud, iat = 0, exp = 0 } = payload;
      const scope = text(payload['scope']);
      if (typeof aud !== 'string' || scope === undefined || exp - iat > longestLife) return undefined;
      const patient = text(payload['patient']);
      const fhirUser = text(payload['fhirUser']);
      return {
        scopes: scope.split(' '),
        ...(patient === undefined ? {} : { patient }),
        ...(fhirUser === undefined ? {} : { fhirUser }),
      };
    } catch (thrown) {
      if (thrown instanceof errors.JOSEError && !(thrown instanceof errors.JWKSTimeout)) return undefined;
      throw thrown;
    }
  };
}
