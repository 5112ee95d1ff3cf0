import type { ServerResponse } from 'node:http';
import type { Reason } from '../errors/reasons.ts';
import type { Refusal } from '../errors/refusal.ts';
import { setRefusalHeaders } from './problem.ts';

/** Error codes of RFC 8935, section 2.4. */
type EventErrorCode =
  | 'invalid_request'
  | 'invalid_key'
  | 'invalid_issuer'
  | 'invalid_audience'
  | 'authentication_failed';

const byReason: Readonly<Partial<Record<Reason, EventErrorCode>>> = {
  token_signature: 'invalid_key',
  token_issuer: 'invalid_issuer',
  token_audience: 'invalid_audience',
  token_missing: 'authentication_failed',
};

/** Says to a transmitter why its token was not taken: 400 with `err` and `description`; faults of our own as they are. */
export function sendEventError(
  response: ServerResponse,
  refusal: Refusal,
  trail: string,
  publicUrl: string,
): void {
  setRefusalHeaders(response, refusal, publicUrl);
  response.removeHeader('www-authenticate');
  response.statusCode = refusal.code === 'invalid_token' ? 400 : refusal.entry.status;
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-language', 'en');
  response.end(
    JSON.stringify({
      err: byReason[refusal.reason] ?? 'invalid_request',
      description: refusal.entry.title,
      trail,
    }),
  );
}
