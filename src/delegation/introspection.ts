import type { JWTPayload } from 'jose';
import { isRecord } from '../vocabulary/fhir.ts';
import { reachOf } from './delegated-claims.ts';
import type { Delegation, GrantedDetails, Introspection, TokenOwner } from './ports.ts';

export const owns = (owner: TokenOwner, delegation: Delegation): boolean =>
  owner.tenant === delegation.scope.tenant && owner.clientId === delegation.user.clientId;

/** Text of a claim that a verified token is known to have. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** RFC 7662 answer of a verified token: what the token itself says in clear, handles included, no more. */
export function introspection(payload: JWTPayload, delegation: Delegation): Introspection {
  const { scope } = delegation;
  const list = payload['authorization_details'];
  const granted: unknown = Array.isArray(list) ? list[0] : undefined;
  const handle = (name: string): string => (isRecord(granted) ? text(granted[name]) : '');
  const details: GrantedDetails = {
    type: 'phi_access',
    patient: handle('patient'),
    task: scope.task,
    purpose: scope.purpose,
    actions: scope.actions,
    ...(scope.encounter === undefined ? {} : { encounter: handle('encounter') }),
    ...(scope.ticket === undefined ? {} : { ticket: scope.ticket }),
    ...reachOf(scope),
  };
  return {
    active: true,
    iss: text(payload.iss),
    aud: text(payload.aud),
    sub: text(payload.sub),
    client_id: delegation.user.clientId,
    jti: delegation.tokenId,
    txn: delegation.txn,
    exp: delegation.expiresAt,
    token_type: delegation.confirmation?.jkt === undefined ? 'Bearer' : 'DPoP',
    ...(delegation.confirmation === undefined ? {} : { cnf: delegation.confirmation }),
    authorization_details: [details],
  };
}
