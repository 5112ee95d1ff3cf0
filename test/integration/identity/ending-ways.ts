import { decodeJwt } from 'jose';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import type { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

/** A fresh sign-in of one sandbox user: a session of its own. */
export interface SignedIn {
  readonly username: string;
  readonly token: string;
  /** The issuer's session id. */
  readonly sid: string;
}

export async function freshSignIn(sandbox: SandboxUnderTest, username: string): Promise<SignedIn> {
  const user = sandbox.ready.users.find((candidate) => candidate.username === username);
  const { accessToken } = await signIn({
    issuer: sandbox.ready.issuer,
    username,
    password: user?.password ?? '',
    clientId: 'phi-cli',
    resource: sandbox.ready.audience,
  });
  return { username, token: accessToken, sid: String(decodeJwt(accessToken)['sid']) };
}

const form = (fields: Readonly<Record<string, string>>) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

/** Id of the caller's session as the gateway calls it. */
export async function sessionIdOf(sandbox: SandboxUnderTest, token: string): Promise<string> {
  const { body } = await sandbox.call('/v1/sessions', token);
  const list = Array.isArray(body['sessions']) ? body['sessions'].filter(isRecord) : [];
  return String(list.find((session) => session['current'] === true)?.['id']);
}

/** How a session may end, each over HTTP; answers the status that whoever ended it got. */
export type Way = (sandbox: SandboxUnderTest, signedIn: SignedIn) => Promise<number>;

export const waysAtTheGateway: Readonly<Record<string, Way>> = {
  'RFC 7009, the user’s own token': async (sandbox, { token }) =>
    (await sandbox.call('/oauth/revoke', token, form({ token }))).status,
  'POST /v1/sessions/current/revoke': async (sandbox, { token }) =>
    (await sandbox.call('/v1/sessions/current/revoke', token, { method: 'POST' })).status,
  'POST /v1/sessions/{id}/revoke by an officer': async (sandbox, { token }) => {
    const id = await sessionIdOf(sandbox, token);
    const officer = await sandbox.token('compliance');
    return (await sandbox.call(`/v1/sessions/${id}/revoke`, officer, { method: 'POST' })).status;
  },
};
