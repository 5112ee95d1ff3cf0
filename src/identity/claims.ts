import type { JWTPayload } from 'jose';
import type { Issuer } from '../config/config.ts';
import { type IdTokenMarks, issuerProfile } from '../config/issuer-profiles.ts';
import { Refusal } from '../errors/refusal.ts';
import { isFhirId, isRecord } from '../vocabulary/fhir.ts';
import { type Device, isRole, type Launch, type Role, type VerifiedUser } from '../vocabulary/person.ts';
import { claimAt, optionalText, refuseClaims, text, textOrTexts, texts } from './claim-reader.ts';
import { confirmationOf } from './confirmation.ts';
import { parseFhirUser } from './fhir-user.ts';

/** Names of a claim as roles: by the issuer's own table where there is one, else as they stand. */
function rolesOf(claim: unknown, table: Issuer['roleNames']): readonly Role[] {
  const names = [...new Set(textOrTexts(claim))];
  const found =
    table === undefined
      ? names
      : names.flatMap((name) => (Object.hasOwn(table, name) ? (table[name] ?? []) : []));
  const known = [...new Set(found)].filter((name) => isRole(name));
  return known.length === 0 ? refuseClaims() : known;
}

/** The client by every claim that names it; all that are there must agree. */
function clientOf(payload: JWTPayload, names: readonly string[]): string {
  const named = names
    .map((name) => optionalText(payload, name))
    .filter((client): client is string => client !== undefined);
  const [client] = named;
  return client === undefined || named.some((other) => other !== client) ? refuseClaims() : client;
}

/**
 * Who may act with this token besides its client (`may_act`, RFC 8693, section 4.4): one object that names a party by
 * `sub` or `client_id`, of this issuer where it says `iss`. What names both names one party, and they must agree.
 */
function mayActOf(payload: JWTPayload): string | undefined {
  const claim: unknown = payload['may_act'];
  if (claim === undefined) return undefined;
  if (!isRecord(claim)) return refuseClaims();
  const { sub, client_id: client, iss } = claim;
  const named = [sub, client].filter((name) => name !== undefined);
  const [party] = named;
  if (typeof party !== 'string' || party === '' || named.some((name) => name !== party))
    return refuseClaims();
  if (iss !== undefined && iss !== payload.iss) return refuseClaims();
  return party;
}

/** A configured tenant claim must stand in the token and name the issuer's own tenant. */
function checkTenant(payload: JWTPayload, issuer: Issuer, tenant: string): void {
  const name = issuer.claims.tenant ?? 'tenant';
  const said = issuer.claims.tenant === undefined ? optionalText(payload, name) : text(payload, name);
  if (said !== undefined && said !== tenant) refuseClaims();
}

/** Authentication classes: one text (OpenID Connect Core 2), or a list as Entra ID's `acrs`. */
function assuranceOf(payload: JWTPayload, name: string): readonly string[] {
  const claim = claimAt(payload, name);
  return claim === undefined ? [] : textOrTexts(claim).filter((value) => value !== '');
}

function deviceOf(payload: JWTPayload, { claims }: Issuer): Device | undefined {
  const id = claims.deviceId === undefined ? undefined : optionalText(payload, claims.deviceId);
  const posture =
    claims.devicePosture === undefined ? undefined : optionalText(payload, claims.devicePosture);
  const managed = claims.deviceManaged === undefined ? undefined : claimAt(payload, claims.deviceManaged);
  if (managed !== undefined && typeof managed !== 'boolean') refuseClaims();
  if (id === undefined && posture === undefined && managed === undefined) return undefined;
  return {
    ...(id === undefined ? {} : { id }),
    ...(typeof managed === 'boolean' ? { managed } : {}),
    ...(posture === undefined ? {} : { posture }),
  };
}

/** Launch context of SMART App Launch 2.2: whatever the app asks for, it asks within it. */
function launchOf(payload: JWTPayload, { claims }: Issuer): Launch | undefined {
  const idAt = (name: string): string | undefined => {
    const id = optionalText(payload, name);
    return id === undefined || isFhirId(id) ? id : refuseClaims();
  };
  const patient = idAt(claims.patient ?? 'patient');
  const encounter = idAt(claims.encounter ?? 'encounter');
  if (patient === undefined && encounter === undefined) return undefined;
  return {
    ...(patient === undefined ? {} : { patient }),
    ...(encounter === undefined ? {} : { encounter }),
  };
}

function optionalSeconds(payload: JWTPayload, name: string): number | undefined {
  const value: unknown = payload[name];
  if (value !== undefined && typeof value !== 'number') refuseClaims();
  return typeof value === 'number' ? value : undefined;
}

/**
 * The person as a verified payload names them, by the issuer's profile and claim mapping. `ifNameless` is the token's
 * id where its issuer gives it none, `client` the one that its audience names. Claims of a wrong shape, no known role, a `fhirUser` of another FHIR base or a
 * foreign tenant throw Refusal('token_claims').
 */
export function userFromClaims(
  payload: JWTPayload,
  issuer: Issuer,
  tenant: string,
  ifNameless?: string,
  client?: string,
): VerifiedUser {
  checkTenant(payload, issuer, tenant);
  const { claims } = issuer;
  const profile = issuerProfile(issuer.profile);
  const reference = optionalText(payload, claims.fhirUser);
  const fhirUser = reference === undefined ? undefined : parseFhirUser(reference, issuer.fhirBase);
  if (reference !== undefined && fhirUser === undefined) refuseClaims();
  const acrs = assuranceOf(payload, claims.assurance ?? 'acr');
  const [acr] = acrs;
  const sessionId = optionalText(payload, claims.session ?? 'sid');
  const name = claims.name === undefined ? undefined : optionalText(payload, claims.name);
  const department = claims.department === undefined ? undefined : optionalText(payload, claims.department);
  const device = deviceOf(payload, issuer);
  const launch = launchOf(payload, issuer);
  const authTime = optionalSeconds(payload, 'auth_time');
  const issuedAt = optionalSeconds(payload, 'iat');
  const mayAct = mayActOf(payload);
  const confirmation = confirmationOf(payload['cnf']);
  return {
    tenant,
    issuer: issuer.issuer,
    subject: text(payload, 'sub'),
    clientId: client ?? clientOf(payload, profile.client),
    ...(mayAct === undefined ? {} : { mayAct: [mayAct] }),
    roles: rolesOf(claimAt(payload, claims.roles), issuer.roleNames),
    ...(fhirUser === undefined ? {} : { fhirUser }),
    ...(department === undefined ? {} : { department }),
    ...(name === undefined || name.length > 256 ? {} : { name }),
    ...(device === undefined ? {} : { device }),
    ...(launch === undefined ? {} : { launch }),
    ...(acr === undefined ? {} : { acr }),
    ...(acrs.length > 1 ? { acrs } : {}),
    amr: payload['amr'] === undefined ? [] : texts(payload['amr']),
    ...(authTime === undefined ? {} : { authTime }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(confirmation === undefined ? {} : { confirmation }),
    tokenId: optionalText(payload, profile.tokenId) ?? ifNameless ?? refuseClaims(),
    expiresAt: payload.exp ?? refuseClaims(),
  };
}

/** Every claim that tells an access token of this issuer from its other tokens; throws Refusal('token_type'). */
export const checkMarks = (payload: JWTPayload, issuer: Issuer): void =>
  holdToMarks(payload, issuerProfile(issuer.profile));

function holdToMarks(payload: JWTPayload, { absent, marks }: Pick<IdTokenMarks, 'absent' | 'marks'>): void {
  for (const name of absent) if (payload[name] !== undefined) throw new Refusal('token_type');
  for (const mark of marks) {
    const value = payload[mark.claim];
    const fits =
      'oneOf' in mark
        ? typeof value === 'string' && mark.oneOf.includes(value)
        : 'begins' in mark
          ? typeof value === 'string' && value.startsWith(mark.begins)
          : (typeof value === 'string' || Array.isArray(value)) && value.length > 0;
    if (!fits) throw new Refusal('token_type');
  }
}

/**
 * Holds a payload to what an ID token of this issuer is (OpenID Connect Core, section 2); answers the client that it was
 * issued to: its only audience, and `azp` where it says so. Logout tokens and security events look alike but for `events`.
 *
 * @throws Refusal `token_type`, `token_audience`
 */
export function clientOfIdToken(payload: JWTPayload, issuer: Issuer): string {
  holdToMarks(payload, issuerProfile(issuer.profile).idToken);
  for (const name of ['events', 'act', 'cnf'])
    if (payload[name] !== undefined) throw new Refusal('token_type');
  const [client, second] = typeof payload.aud === 'string' ? [payload.aud] : (payload.aud ?? []);
  if (client === undefined || second !== undefined) throw new Refusal('token_audience');
  const { azp } = payload;
  if (azp !== undefined && azp !== client) throw new Refusal('token_audience');
  return client;
}

/**
 * Our audience, or the resource that is asked for where it has a name of its own (RFC 8707), as one string or, where the
 * profile says so, in a list; throws Refusal('token_audience').
 */
export function checkAudience(audience: unknown, issuer: Issuer, resource?: string): void {
  const ours = (entry: unknown): boolean =>
    entry === issuer.audience || (resource !== undefined && entry === resource);
  const inList =
    issuerProfile(issuer.profile).audienceList &&
    Array.isArray(audience) &&
    audience.every((entry) => typeof entry === 'string') &&
    audience.some(ours);
  if (!ours(audience) && !inList) throw new Refusal('token_audience');
}
