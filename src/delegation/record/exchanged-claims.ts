import type { JWTPayload } from 'jose';
import { isRecord } from '../../vocabulary/fhir.ts';
import { actorsOf } from '../actor-chain.ts';
import type { FhirTokenRequest } from '../ports.ts';
import { checkScopes, wider } from './granted.ts';

/** What an exchanged token must be, whatever its server was told. */
export interface ExchangeBounds {
  /** The record system, and nobody else. */
  readonly audience: string;
  /** Our client id there: who acts. */
  readonly actor: string;
  /** Seconds that the token may live. */
  readonly maxLifetimeSeconds: number;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Seconds by which clocks may differ. */
  readonly skew: number;
}

const isOnly = (value: unknown, only: string): boolean =>
  value === only || (Array.isArray(value) && value.length === 1 && value[0] === only);

/** `scope` as text (RFC 8693, section 4.2), or `scp` as some servers write it. */
function scopeOf(payload: JWTPayload): string {
  const { scope, scp } = payload;
  if (typeof scope === 'string') return scope;
  if (typeof scp === 'string') return scp;
  return Array.isArray(scp) && scp.every((one) => typeof one === 'string') ? scp.join(' ') : '';
}

/**
 * Holds the claims of an exchanged token to what was asked for: one audience, no scope beyond, this gateway as actor for
 * a person other than itself, this patient, a short life. Authorization servers are known to answer an exchange with
 * the person's whole reach and no actor.
 *
 * @throws Refusal `record_token_wider`, its fact `beyond` naming the claim
 */
export function checkExchanged(payload: JWTPayload, asked: FhirTokenRequest, bounds: ExchangeBounds): void {
  const { now, skew } = bounds;
  if (!isOnly(payload.aud, bounds.audience)) throw wider('audience');
  checkScopes(scopeOf(payload), asked.scopes);
  const actors = actorsOf(payload['act'], ['iss', 'client_id']);
  if (actors?.[0] !== bounds.actor) throw wider('actor');
  if (typeof payload.sub !== 'string' || payload.sub === '' || payload.sub === bounds.actor)
    throw wider('subject');
  if (asked.patient !== undefined && payload['patient'] !== asked.patient) throw wider('patient');
  const details = payload['authorization_details'];
  if (details !== undefined && !(Array.isArray(details) && details.length === 0))
    throw wider('authorization_details');
  const { exp, iat, nbf } = payload;
  if (exp === undefined || exp <= now - skew || exp > now + bounds.maxLifetimeSeconds + skew)
    throw wider('lifetime');
  for (const since of [iat, nbf]) if (since !== undefined && since > now + skew) throw wider('lifetime');
  // Bound to a key that is not ours it would be of no use, and to none it was not asked for.
  if (isRecord(payload['cnf'])) throw wider('confirmation');
}
