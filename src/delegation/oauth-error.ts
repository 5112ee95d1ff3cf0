import type { Reason } from '../errors/reasons.ts';
import type { Refusal } from '../errors/refusal.ts';
import { table } from '../vocabulary/table.ts';

/** Error codes of RFC 6749 5.2, RFC 6750 3.1, RFC 8693 2.2.2, RFC 9396 5, RFC 8628 3.5 and RFC 9470 3 that the token endpoint gives. */
type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_token'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  | 'invalid_scope'
  | 'invalid_target'
  | 'invalid_authorization_details'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'access_denied'
  | 'insufficient_user_authentication'
  | 'temporarily_unavailable'
  | 'server_error';

/** By the parameter that is at fault, as the first step of the JSON pointer. */
const byParameter: Readonly<Record<string, OAuthErrorCode>> = table({
  grant_type: 'unsupported_grant_type',
  resource: 'invalid_target',
  audience: 'invalid_target',
  scope: 'invalid_scope',
  authorization_details: 'invalid_authorization_details',
});

/**
 * By the trail's reason. A bad subject token is `invalid_request`: RFC 8693 section 2.2.2 demands that code,
 * where plain OAuth would say `invalid_grant`.
 */
const byReason: Readonly<Partial<Record<Reason, readonly [OAuthErrorCode, number]>>> = {
  malformed_request: ['invalid_request', 400],
  token_missing: ['invalid_request', 400],
  token_malformed: ['invalid_request', 400],
  token_signature: ['invalid_request', 400],
  token_issuer: ['invalid_request', 400],
  token_audience: ['invalid_request', 400],
  token_expired: ['invalid_request', 400],
  token_not_yet_valid: ['invalid_request', 400],
  token_type: ['invalid_request', 400],
  token_claims: ['invalid_request', 400],
  token_revoked: ['invalid_request', 400],
  token_used: ['invalid_request', 400],
  session_ended: ['invalid_request', 400],
  token_unproven: ['invalid_request', 400],
  proof_missing: ['invalid_request', 400],
  proof_invalid: ['invalid_dpop_proof', 400],
  proof_replayed: ['invalid_dpop_proof', 400],
  proof_nonce: ['use_dpop_nonce', 400],
  workload_certificate: ['invalid_client', 401],
  workload_assertion: ['invalid_client', 401],
  workload_unknown: ['unauthorized_client', 400],
  origin_not_allowed: ['unauthorized_client', 400],
  workload_not_allowed: ['unauthorized_client', 400],
  task_unknown: ['invalid_authorization_details', 400],
  purpose_not_allowed: ['access_denied', 403],
  patient_unknown: ['access_denied', 403],
  launch_exceeded: ['access_denied', 403],
  policy_denied: ['access_denied', 403],
  authentication_too_weak: ['insufficient_user_authentication', 401],
  rate_limited: ['temporarily_unavailable', 429],
  issuer_unavailable: ['temporarily_unavailable', 504],
  signals_silent: ['temporarily_unavailable', 504],
  trail_unavailable: ['temporarily_unavailable', 503],
  shutting_down: ['temporarily_unavailable', 503],
};

export interface OAuthErrorAnswer {
  readonly status: number;
  readonly body: { readonly error: OAuthErrorCode; readonly error_description: string };
}

/** `error_description` takes printable ASCII without quote and backslash (RFC 6749, section 5.2). */
const describable = (text: string): string => text.replace(/[^\x20\x21\x23-\x5B\x5D-\x7E]/g, '');

/** The token endpoint's answer to a refusal: status and JSON body of RFC 6749 5.2. Send it with `no-store`. */
export function oauthError(refusal: Refusal): OAuthErrorAnswer {
  const [code, status] = byReason[refusal.reason] ?? [
    refusal.entry.status < 500 ? 'access_denied' : 'server_error',
    refusal.entry.status,
  ];
  const parameter = refusal.fault?.split('/')[1] ?? '';
  const error = (Object.hasOwn(byParameter, parameter) ? byParameter[parameter] : undefined) ?? code;
  return { status, body: { error, error_description: describable(refusal.message) } };
}

/** What can be wrong with a token that is shown to be let in. */
const ofTheBearer: ReadonlySet<string> = new Set<OAuthErrorCode>([
  'invalid_token',
  'invalid_dpop_proof',
  'use_dpop_nonce',
]);
const isOfTheBearer = (code: string): code is OAuthErrorCode => ofTheBearer.has(code);

/**
 * Of an endpoint whose caller shows a token of its own beside the one it speaks of (RFC 7662 2.3): a fault of the
 * caller's is a 401 (RFC 6750 3.1), all else as at the token endpoint.
 */
export function bearerError(refusal: Refusal): OAuthErrorAnswer {
  const { code, entry } = refusal;
  const answer = oauthError(refusal);
  return isOfTheBearer(code) ? { status: entry.status, body: { ...answer.body, error: code } } : answer;
}
