import { setTimeout as delay } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import type { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { formPost } from '../../fixtures/token-exchange.ts';

/** A fresh sign-in of one sandbox user: a session of its own. */
export interface SignedIn {
  readonly username: string;
  readonly token: string;
  /** The issuer's session id. */
  readonly sid: string;
}

export async function freshSignIn(sandbox: SandboxUnderTest, username: string): Promise<SignedIn> {
  // Tokens tell of sign-ins by the second: one in the second of an ending counts as before it.
  await delay(1010 - (Date.now() % 1000));
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

/** Id of the caller's session as the gateway calls it. */
export async function sessionIdOf(sandbox: SandboxUnderTest, token: string): Promise<string> {
  const { body } = await sandbox.call('/v1/sessions', token);
  const list = Array.isArray(body['sessions']) ? body['sessions'].filter(isRecord) : [];
  return String(list.find((session) => session['current'] === true)?.['id']);
}

/** A delegated token of that session, for one patient and task. */
export async function delegatedOf(sandbox: SandboxUnderTest, { token }: SignedIn): Promise<string> {
  const { body } = await sandbox.exchange(token);
  return String(body['access_token']);
}

/** How a session may end, each over HTTP; answers the status that whoever ended it got. */
export type Way = (sandbox: SandboxUnderTest, signedIn: SignedIn) => Promise<number>;

export const waysAtTheGateway: Readonly<Record<string, Way>> = {
  'RFC 7009, the user’s own token': async (sandbox, { token }) =>
    (await sandbox.call('/oauth/revoke', token, formPost({ token }))).status,
  'POST /v1/sessions/current/revoke': async (sandbox, { token }) =>
    (await sandbox.call('/v1/sessions/current/revoke', token, { method: 'POST' })).status,
  'POST /v1/sessions/{id}/revoke by an officer': async (sandbox, { token }) => {
    const id = await sessionIdOf(sandbox, token);
    const officer = await sandbox.token('compliance');
    return (await sandbox.call(`/v1/sessions/${id}/revoke`, officer, { method: 'POST' })).status;
  },
};

const control = async (
  sandbox: SandboxUnderTest,
  path: '/__signals' | '/__logout',
  body: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const response = await fetch(`${sandbox.ready.issuer}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const told: unknown = await response.json();
  return isRecord(told) ? Number(told['status']) : 0;
};

/** What the sandbox's issuer is told to tell the gateway. */
export const tell = (sandbox: SandboxUnderTest, body: Readonly<Record<string, unknown>>): Promise<number> =>
  control(sandbox, '/__signals', body);

export const waysOfTheIssuer: Readonly<Record<string, Way>> = {
  'back-channel logout of the session': (sandbox, { sid }) => control(sandbox, '/__logout', { sid }),
  'back-channel logout of the person': (sandbox, { username }) => control(sandbox, '/__logout', { username }),
  'CAEP session-revoked of the session': (sandbox, { sid, username }) =>
    tell(sandbox, { event: 'session-revoked', sid, username }),
  'CAEP session-revoked of the person': (sandbox, { username }) =>
    tell(sandbox, { event: 'session-revoked', username }),
  'CAEP credential-change': (sandbox, { username }) =>
    tell(sandbox, {
      event: 'credential-change',
      username,
      credential_type: 'password',
      change_type: 'update',
    }),
  'CAEP assurance-level-change': (sandbox, { username }) =>
    tell(sandbox, {
      event: 'assurance-level-change',
      username,
      namespace: 'NIST-AAL',
      current_level: 'nist-aal1',
      previous_level: 'nist-aal2',
      change_direction: 'decrease',
    }),
  'CAEP token-claims-change': (sandbox, { username }) =>
    tell(sandbox, { event: 'token-claims-change', username, claims: { roles: ['support'] } }),
  'CAEP device-compliance-change': (sandbox, { username }) =>
    tell(sandbox, { event: 'device-compliance-change', username, current_status: 'not-compliant' }),
};
