import type { IncomingMessage } from 'node:http';
import { Refusal } from '../errors/refusal.ts';
import { callerOf } from './caller.ts';
import type { Face } from './face.ts';
import { decideOffice } from './office.ts';

const sessionIdPattern = /^[0-9a-f]{32}$/;

/** GET /v1/sessions: the caller's own sign-in sessions that have asked for something here. */
export async function listSessions(face: Face, request: IncomingMessage): Promise<object> {
  const { user } = await callerOf(face, request);
  const { sessions } = face.gateway.services;
  const current = sessions.idOf(user);
  return {
    sessions: sessions.of(user).map(({ id, lastAt, startedAt }) => ({
      id,
      current: id === current,
      startedAt: new Date(startedAt).toISOString(),
      lastAt: new Date(lastAt).toISOString(),
    })),
  };
}

/**
 * POST /v1/sessions/{id}/revoke: ends a session at once, wherever it is used. `id` is the session's id as
 * `GET /v1/sessions` and the trail say it, or `current`. A delegated token is for one task: it ends its own session only.
 *
 * @throws Refusal `session_not_visible`
 */
export async function revokeSession(
  face: Face,
  request: IncomingMessage & { readonly params?: Readonly<Record<string, unknown>> },
): Promise<object> {
  const asked = request.params?.['id'];
  const caller = await callerOf(face, request);
  const { user, presented } = caller;
  const { sessions } = face.gateway.services;
  const current = sessions.idOf(user);
  const id = asked === 'current' ? current : String(asked);
  const inPerson = presented === undefined;
  const own = id === current || (inPerson && sessions.of(user).some((session) => session.id === id));
  const ofTheOffice = () =>
    inPerson && sessionIdPattern.test(id) && decideOffice(face, caller, 'end_session').allowed;
  if (!own && !ofTheOffice()) throw new Refusal('session_not_visible');
  await sessions.end(user.tenant, 'session', id, 'revoked');
  return { id, ended: true };
}
