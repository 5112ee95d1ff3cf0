/**
 * Every error a caller can meet: HTTP status, RFC 9457 title and public detail, and the `type` of the OpenAI
 * error envelope. docs/errors.md is held to this table by a test. Policy refusals are 403, never 409, 422, 429 or
 * 5xx, because one client or another asks again at each of those.
 */
export interface CatalogueEntry {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly openaiType: 'invalid_request_error' | 'authentication_error' | 'permission_error' | 'api_error';
}

export const catalogue = {
  invalid_request: {
    status: 400,
    title: 'Invalid request',
    detail: 'The request does not have the documented shape.',
    openaiType: 'invalid_request_error',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    detail: 'Send the body in the documented content type.',
    openaiType: 'invalid_request_error',
  },
  request_too_large: {
    status: 413,
    title: 'Request too large',
    detail: 'The body or headers are larger than this gateway accepts.',
    openaiType: 'invalid_request_error',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    detail: 'There is no such route, or no such object that you may see.',
    openaiType: 'invalid_request_error',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    detail: 'This route does not take that method.',
    openaiType: 'invalid_request_error',
  },
  invalid_token: {
    status: 401,
    title: 'Invalid token',
    detail: 'The token is missing, expired, revoked or not meant for this gateway. Sign in again.',
    openaiType: 'authentication_error',
  },
  invalid_dpop_proof: {
    status: 401,
    title: 'Invalid DPoP proof',
    detail: 'The DPoP proof does not fit this request, token and key, or was used before.',
    openaiType: 'authentication_error',
  },
  use_dpop_nonce: {
    status: 401,
    title: 'DPoP nonce needed',
    detail: 'Send the request again with a DPoP proof that holds the nonce of the DPoP-Nonce header.',
    openaiType: 'authentication_error',
  },
  invalid_client: {
    status: 401,
    title: 'Invalid workload credential',
    detail: 'The certificate or assertion of the calling workload is not acceptable.',
    openaiType: 'authentication_error',
  },
  insufficient_user_authentication: {
    status: 401,
    title: 'Stronger sign-in needed',
    detail: 'This task needs a stronger or more recent sign-in, as named in the WWW-Authenticate header.',
    openaiType: 'authentication_error',
  },
  access_denied: {
    status: 403,
    title: 'Access denied',
    detail:
      'This request is not allowed. In an emergency use the record system itself or your local emergency path.',
    openaiType: 'permission_error',
  },
  unknown_task: {
    status: 403,
    title: 'Unknown task',
    detail: 'There is no such task. GET /v1/tasks lists what you may ask.',
    openaiType: 'invalid_request_error',
  },
  vital_withheld: {
    status: 403,
    title: 'Incomplete for treatment',
    detail:
      'Consent or law withholds an allergy or an active medication, and this organisation answers nothing without it. Ask the patient; in an emergency ask for emergency access.',
    openaiType: 'permission_error',
  },
  record_not_current: {
    status: 403,
    title: 'Record not current',
    detail:
      'The record of this patient was joined with another one or is no longer in use, so nothing is answered from it. Find the current record in the record system.',
    openaiType: 'permission_error',
  },
  content_refused: {
    status: 403,
    title: 'Content refused',
    detail:
      'The request or the answer contained something that may not cross this gateway. Nothing of it was released.',
    openaiType: 'permission_error',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    detail: 'Slow down and try again after the time in Retry-After.',
    openaiType: 'api_error',
  },
  fhir_unavailable: {
    status: 502,
    title: 'Record system unavailable',
    detail: 'The record system did not give a usable answer. Use the record system directly.',
    openaiType: 'api_error',
  },
  model_unavailable: {
    status: 502,
    title: 'Model unavailable',
    detail: 'The model endpoint did not give a usable answer.',
    openaiType: 'api_error',
  },
  recogniser_unavailable: {
    status: 502,
    title: 'Recogniser unavailable',
    detail: 'The recogniser of identifiers beside this gateway did not give a usable answer.',
    openaiType: 'api_error',
  },
  tickets_unavailable: {
    status: 502,
    title: 'Ticket system unavailable',
    detail: 'The ticket system behind this gateway did not give a usable answer.',
    openaiType: 'api_error',
  },
  upstream_timeout: {
    status: 504,
    title: 'Upstream timed out',
    detail: 'A system behind this gateway did not answer in time.',
    openaiType: 'api_error',
  },
  trail_unavailable: {
    status: 503,
    title: 'Trail unavailable',
    detail: 'The audit trail cannot be written, so nothing is answered.',
    openaiType: 'api_error',
  },
  store_unavailable: {
    status: 503,
    title: 'Store unavailable',
    detail:
      'A store of this gateway cannot be used or is older than its trail says, so nothing is answered until an operator has looked.',
    openaiType: 'api_error',
  },
  shutting_down: {
    status: 503,
    title: 'Shutting down',
    detail: 'This gateway is stopping and takes no new requests.',
    openaiType: 'api_error',
  },
  internal_error: {
    status: 500,
    title: 'Internal error',
    detail: 'The request could not be completed and nothing was released.',
    openaiType: 'api_error',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;
