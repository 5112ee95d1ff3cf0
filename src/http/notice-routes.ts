import type { IncomingMessage } from 'node:http';
import { Refusal } from '../errors/refusal.ts';
import { readBody, readForm } from './body.ts';
import type { Face } from './face.ts';

/** POST /oauth/backchannel-logout (OpenID Connect Back-Channel Logout 1.0, section 2.5). */
export async function backChannelLogout(face: Face, request: IncomingMessage): Promise<object> {
  const form = await readForm(request, face.bodyBytes);
  const token = form['logout_token'];
  if (token === undefined) throw new Refusal('malformed_request', { fault: '/logout_token' });
  await face.gateway.services.notices.logout(token);
  return {};
}

/** POST /v1/security-events (RFC 8935, section 2): one token as the body. */
export async function receiveSecurityEvent(face: Face, request: IncomingMessage): Promise<object> {
  const token = await readBody(request, 'application/secevent+jwt', face.bodyBytes);
  await face.gateway.services.notices.event(token.trim(), request.headers.authorization);
  return {};
}
