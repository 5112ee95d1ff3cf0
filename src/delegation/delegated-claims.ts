import type { JWTPayload } from 'jose';
import { Refusal } from '../errors/refusal.ts';
import { confirmationOf } from '../identity/confirmation.ts';
import { isFhirId, isRecord } from '../vocabulary/fhir.ts';
import { isRole, type VerifiedUser } from '../vocabulary/person.ts';
import type { AccessScope } from '../vocabulary/scope.ts';
import { parseAccessDetails } from './access-details.ts';
import { actClaim, actorsOf } from './actor-chain.ts';
import { iuaExtension } from './iua.ts';
import type { Delegation, GrantedDetails } from './ports.ts';
import { seal, unseal } from './sealed-claim.ts';

/** Claim that holds the sealed user: readable by the gateway only. */
const sealedUser = 'phi_user';

/** What may be read, how long it is kept, and how often the token is good, as far as that is said. */
export const reachOf = ({ data, retention, use }: AccessScope) => ({
  ...(data === undefined ? {} : { data }),
  ...(retention === undefined ? {} : { retention }),
  ...(use === undefined ? {} : { use }),
});

/** RFC 9396 object of a delegation, with handles in place of ids. */
async function grantedDetails(key: Uint8Array, delegation: Delegation): Promise<GrantedDetails> {
  const { scope, tokenId } = delegation;
  return {
    type: 'phi_access',
    patient: await seal(key, 'patient', tokenId, scope.patient),
    task: scope.task,
    purpose: scope.purpose,
    actions: scope.actions,
    ...(scope.encounter === undefined
      ? {}
      : { encounter: await seal(key, 'encounter', tokenId, scope.encounter) }),
    ...(scope.ticket === undefined ? {} : { ticket: scope.ticket }),
    ...reachOf(scope),
  };
}

/** Claims of a delegated token beside the registered ones that the signer sets (RFC 9068, 8693, 9396). */
export async function claimsOf(key: Uint8Array, delegation: Delegation) {
  const details = await grantedDetails(key, delegation);
  const claims = {
    client_id: delegation.user.clientId,
    act: actClaim([delegation.workload, ...(delegation.actedBefore ?? [])]),
    ...(delegation.confirmation === undefined ? {} : { cnf: delegation.confirmation }),
    txn: delegation.txn,
    roles: delegation.user.roles,
    authorization_details: [details],
    extensions: iuaExtension({ purpose: delegation.scope.purpose }),
    [sealedUser]: await seal(key, 'user', delegation.tokenId, delegation.user),
  };
  return { details, claims };
}

function isUser(value: unknown): value is VerifiedUser {
  return (
    isRecord(value) &&
    ['tenant', 'issuer', 'subject', 'clientId'].every((name) => typeof value[name] === 'string') &&
    Array.isArray(value['roles']) &&
    value['roles'].every(isRole) &&
    Array.isArray(value['amr']) &&
    typeof value['expiresAt'] === 'number'
  );
}

/** Who acts and who acted before (`act`, RFC 8693, 4.1); a chain that this gateway would not write is none of it. */
function actorsIn(payload: JWTPayload): readonly [string, ...string[]] {
  const [actor, ...before] = actorsOf(payload['act']) ?? [];
  if (actor === undefined) throw new Refusal('token_claims');
  return [actor, ...before];
}

const idOf = (value: unknown): string => {
  if (!isFhirId(value)) throw new Refusal('token_claims');
  return value;
};

/** Opens the handles and reads the one granted object by the same rules as a request. */
async function scopeOf(key: Uint8Array, tokenId: string, tenant: string, payload: JWTPayload) {
  const list = payload['authorization_details'];
  const granted: unknown = Array.isArray(list) && list.length === 1 ? list[0] : undefined;
  if (!isRecord(granted)) throw new Refusal('token_claims');
  const encounter = granted['encounter'];
  const opened = {
    ...granted,
    patient: idOf(await unseal(key, 'patient', tokenId, granted['patient'])),
    ...(encounter === undefined
      ? {}
      : { encounter: idOf(await unseal(key, 'encounter', tokenId, encounter)) }),
  };
  try {
    return { tenant, ...parseAccessDetails([opened]) };
  } catch (cause) {
    throw new Refusal('token_claims', { cause });
  }
}

/** A delegation from a payload whose signature has been verified; throws Refusal('token_claims'). */
export async function delegationOf(key: Uint8Array, payload: JWTPayload): Promise<Delegation> {
  const { jti, exp } = payload;
  const txn = payload['txn'];
  if (typeof jti !== 'string' || typeof txn !== 'string' || exp === undefined)
    throw new Refusal('token_claims');
  const user = await unseal(key, 'user', jti, payload[sealedUser]);
  if (!isUser(user) || user.clientId !== payload['client_id']) throw new Refusal('token_claims');
  const confirmation = confirmationOf(payload['cnf']);
  const [actor, ...actedBefore] = actorsIn(payload);
  return {
    scope: await scopeOf(key, jti, user.tenant, payload),
    user,
    workload: actor,
    ...(actedBefore.length === 0 ? {} : { actedBefore }),
    ...(confirmation === undefined ? {} : { confirmation }),
    txn,
    tokenId: jti,
    expiresAt: exp,
  };
}
