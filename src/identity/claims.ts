import type { JWTPayload } from 'jose';
import type { Issuer } from '../config/config.ts';
import { Refusal } from '../errors/refusal.ts';
import { isRole, type Role, type VerifiedUser } from '../vocabulary/person.ts';
import { parseFhirUser } from './fhir-user.ts';

const refuse = (): never => {
  throw new Refusal('token_claims');
};

/** A claim that may be absent, but if present is a string that is not empty. */
function optionalText(payload: JWTPayload, name: string): string | undefined {
  const value: unknown = payload[name];
  if (value === undefined) return undefined;
  return typeof value === 'string' && value !== '' ? value : refuse();
}
const text = (payload: JWTPayload, name: string): string => optionalText(payload, name) ?? refuse();

function texts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return refuse();
  return value.map((entry: unknown) => (typeof entry === 'string' ? entry : refuse()));
}

/** Known roles of the claim, each once; a single string counts as one. None that is known is a refusal. */
function rolesOf(claim: unknown): readonly Role[] {
  const names = typeof claim === 'string' ? [claim] : texts(claim);
  const known = [...new Set(names)].filter((name) => isRole(name));
  return known.length === 0 ? refuse() : known;
}

/** `client_id` (RFC 9068), or `azp` where an issuer writes that; both must agree. */
function clientOf(payload: JWTPayload): string {
  const clientId = optionalText(payload, 'client_id');
  const party = optionalText(payload, 'azp');
  if (clientId !== undefined && party !== undefined && clientId !== party) return refuse();
  return clientId ?? party ?? refuse();
}

/** A configured tenant claim must stand in the token and name the issuer's own tenant. */
function checkTenant(payload: JWTPayload, issuer: Issuer, tenant: string): void {
  const name = issuer.claims.tenant ?? 'tenant';
  const said = issuer.claims.tenant === undefined ? optionalText(payload, name) : text(payload, name);
  if (said !== undefined && said !== tenant) refuse();
}

/**
 * The person as a verified payload names them, by the issuer's claim mapping. Claims of a wrong shape, no known
 * role, a `fhirUser` of another FHIR base or a foreign tenant throw Refusal('token_claims').
 */
export function userFromClaims(payload: JWTPayload, issuer: Issuer, tenant: string): VerifiedUser {
  checkTenant(payload, issuer, tenant);
  const reference = optionalText(payload, issuer.claims.fhirUser);
  const fhirUser = reference === undefined ? undefined : parseFhirUser(reference, issuer.fhirBase);
  if (reference !== undefined && fhirUser === undefined) refuse();
  const acr = optionalText(payload, 'acr');
  const sessionId = optionalText(payload, 'sid');
  const authTime: unknown = payload['auth_time'];
  if (authTime !== undefined && typeof authTime !== 'number') refuse();
  return {
    tenant,
    issuer: issuer.issuer,
    subject: text(payload, 'sub'),
    clientId: clientOf(payload),
    roles: rolesOf(payload[issuer.claims.roles]),
    ...(fhirUser === undefined ? {} : { fhirUser }),
    ...(acr === undefined ? {} : { acr }),
    amr: payload['amr'] === undefined ? [] : texts(payload['amr']),
    ...(typeof authTime === 'number' ? { authTime } : {}),
    ...(sessionId === undefined ? {} : { sessionId }),
    tokenId: text(payload, 'jti'),
    expiresAt: payload.exp ?? refuse(),
  };
}
