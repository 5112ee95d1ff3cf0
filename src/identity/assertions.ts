import { createLocalJWKSet, decodeJwt, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Refusal } from '../errors/refusal.ts';
import type { Workload } from '../vocabulary/person.ts';
import type { Clock } from '../vocabulary/time.ts';
import type { ReplayWindow } from './replay-window.ts';
import { parseSpiffeId } from './spiffe-id.ts';
import type { TrustDomains } from './trust-domains.ts';
import type { WorkloadKeys } from './workload-keys.ts';

const algorithms = ['ES256', 'ES384', 'ES512', 'EdDSA', 'PS256', 'PS384', 'RS256', 'RS384'];
/** What the `typ` header of an assertion may say, where it says anything. */
const types: ReadonlySet<string> = new Set(['JWT', 'JOSE', 'client-authentication+jwt']);
/** Seconds. */
const longestLife = 300;
const skewSeconds = 5;
/** Characters. */
const maxLength = 8_192;

export interface AssertionVerifier {
  /**
   * `private_key_jwt` (RFC 7523, section 3): signed by a key of the workload, used once.
   *
   * @throws Refusal `workload_assertion`
   */
  clientAssertion(jwt: string, workload: Workload): Promise<void>;
  /**
   * A JWT-SVID of a configured trust domain; answers its SPIFFE ID.
   *
   * @throws Refusal `workload_assertion`
   */
  jwtSvid(jwt: string): Promise<string>;
}

const refusal = (credential: string, cause?: unknown): Refusal =>
  new Refusal('workload_assertion', { facts: { credential }, ...(cause === undefined ? {} : { cause }) });

/** Verifies what a workload shows instead of a certificate. `audiences`: names of this gateway, one of them as text. */
export function createAssertionVerifier(input: {
  readonly audiences: readonly string[];
  readonly trust: TrustDomains;
  readonly clock: Clock;
  readonly window: ReplayWindow;
  /** Keys of a workload as they are now; those of its entry by default. */
  readonly keysOf?: WorkloadKeys['keysOf'];
}): AssertionVerifier {
  const { audiences, trust, clock, window, keysOf = ({ keys }) => keys } = input;

  async function verified(
    jwt: string,
    keys: JWTVerifyGetKey,
  ): Promise<JWTPayload & { readonly exp: number }> {
    if (jwt.length > maxLength) throw refusal('too_long');
    const { payload, protectedHeader } = await jwtVerify(jwt, keys, {
      algorithms,
      audience: [...audiences],
      clockTolerance: skewSeconds,
      currentDate: new Date(clock.now()),
      requiredClaims: ['exp', 'sub', 'aud'],
    }).catch((cause: unknown) => {
      throw refusal('not_verified', cause);
    });
    const { typ } = protectedHeader;
    if (typ !== undefined && !types.has(typ)) throw refusal('type');
    // A list could be good elsewhere too: whoever gets it there could show it here.
    if (typeof payload.aud !== 'string') throw refusal('audience');
    const now = clock.now() / 1000;
    const { exp, iat } = payload;
    if (exp === undefined || (iat !== undefined && iat > now + skewSeconds)) throw refusal('issued_ahead');
    return { ...payload, exp };
  }

  return {
    async clientAssertion(jwt, workload) {
      const keys = keysOf(workload);
      if (keys === undefined) throw refusal('no_keys');
      const payload = await verified(jwt, createLocalJWKSet({ keys: [...keys] }));
      const { iss, sub, jti, exp } = payload;
      if (sub === undefined || iss !== sub || !workload.clientIds.includes(sub)) throw refusal('client');
      if (exp > clock.now() / 1000 + longestLife + skewSeconds) throw refusal('lives_too_long');
      if (typeof jti !== 'string' || jti === '') throw refusal('no_id');
      if (!window.take(`${workload.tenant} ${sub}`, jti, (exp + skewSeconds) * 1000))
        throw refusal('used_before');
    },
    async jwtSvid(jwt) {
      let subject: unknown;
      try {
        subject = jwt.length > maxLength ? undefined : decodeJwt(jwt).sub;
      } catch (cause) {
        throw refusal('unreadable', cause);
      }
      const id = typeof subject === 'string' ? parseSpiffeId(subject) : undefined;
      const keys = id === undefined ? undefined : trust.keys(id.trustDomain);
      if (id === undefined || keys === undefined) throw refusal('trust_domain');
      await verified(jwt, keys);
      return id.id;
    },
  };
}
