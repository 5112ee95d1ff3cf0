import type { JWTPayload } from 'jose';
import { Refusal } from '../errors/refusal.ts';
import { confirmationOf } from '../identity/confirmation.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { isRole, type VerifiedUser } from '../vocabulary/person.ts';
import { parseAccessDetails } from './access-details.ts';
import { iuaExtension } from './iua.ts';
import type { Delegation, GrantedDetails } from './ports.ts';
import { seal, unseal } from './sealed-claim.ts';

/** Claim that holds the sealed user: readable by the gateway only. */
const sealedUser = 'phi_user';

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
  };
}

/** Claims of a delegated token beside the registered ones that the signer sets (RFC 9068, 8693, 9396). */
export async function claimsOf(key: Uint8Array, delegation: Delegation) {
  const details = await grantedDetails(key, delegation);
  const claims = {
    client_id: delegation.user.clientId,
    act: { sub: delegation.workload },
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

/** The workload of `act` (RFC 8693, 4.1); a nested or extended actor is nothing that this gateway wrote. */
function actorOf(payload: JWTPayload): string {
  const actor = payload['act'];
  if (!isRecord(actor) || typeof actor['sub'] !== 'string' || Object.keys(actor).length !== 1)
    throw new Refusal('token_claims');
  return actor['sub'];
}

const idOf = (value: unknown): string => {
  if (typeof value !== 'string') throw new Refusal('token_claims');
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
  return {
    scope: await scopeOf(key, jti, user.tenant, payload),
    user,
    workload: actorOf(payload),
    ...(confirmation === undefined ? {} : { confirmation }),
    txn,
    tokenId: jti,
    expiresAt: exp,
  };
}
