import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Refusal } from '../errors/refusal.ts';
import { tokenRefusal } from '../identity/token-refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { Clock } from '../vocabulary/time.ts';

/** How tokens that tell of an ending are verified: none of them is good for anything else. */
export interface NoticeRules {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly algorithms: readonly string[];
  readonly keyFor: JWTVerifyGetKey;
  readonly clock: Clock;
}

/** Characters; longer tokens are not looked at. */
const maxLength = 16_384;
const skewSeconds = 5;

async function verified(
  token: string,
  rules: NoticeRules,
  types: readonly string[],
  required: readonly string[],
): Promise<JWTPayload> {
  if (token.length > maxLength) throw new Refusal('token_malformed');
  const now = rules.clock.now();
  try {
    const { payload, protectedHeader } = await jwtVerify(token, rules.keyFor, {
      algorithms: [...rules.algorithms],
      issuer: rules.issuer,
      audience: [...rules.audiences],
      clockTolerance: skewSeconds,
      currentDate: new Date(now),
      requiredClaims: ['iat', 'jti', 'aud', 'events', ...required],
    });
    if (!types.includes((protectedHeader.typ ?? '').toLowerCase().replace(/^application\//, '')))
      throw new Refusal('token_type');
    if ((payload.iat ?? 0) > now / 1000 + skewSeconds) throw new Refusal('token_not_yet_valid');
    return payload;
  } catch (thrown) {
    throw tokenRefusal(thrown);
  }
}

/** A Security Event Token of a Shared Signals stream (RFC 8417; SSF 1.0, section 4.1): no `exp`, no `sub`. */
export async function verifyEventToken(token: string, rules: NoticeRules): Promise<JWTPayload> {
  const payload = await verified(token, rules, ['secevent+jwt'], []);
  if (payload.exp !== undefined || payload.sub !== undefined) throw new Refusal('token_claims');
  return payload;
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/** Whom a logout token logs out, and from when: epoch milliseconds. */
export interface Logout {
  readonly session: string | undefined;
  readonly subject: string | undefined;
  readonly at: number;
}

/**
 * A logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6). Its header names it where the issuer is of
 * this decade; what always tells it from an ID token is the event and that it has no nonce.
 */
export async function verifyLogoutToken(token: string, rules: NoticeRules): Promise<Logout> {
  const payload = await verified(token, rules, ['logout+jwt', 'jwt', ''], []);
  const { events, nonce, sid } = payload;
  if (nonce !== undefined || !isRecord(events) || !isRecord(events[logoutEvent]))
    throw new Refusal('token_type');
  const session = sid === undefined ? undefined : typeof sid === 'string' && sid !== '' ? sid : null;
  if (session === null || (session === undefined && payload.sub === undefined))
    throw new Refusal('token_claims');
  return { session, subject: payload.sub, at: (payload.iat ?? 0) * 1000 };
}
