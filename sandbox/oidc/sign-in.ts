import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  None,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { redirectPath } from './clients.ts';
import { createTab, isLoopback } from './tab.ts';

export interface SignInRequest {
  readonly issuer: string;
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
  /** Resource indicator (RFC 8707): the gateway's audience. */
  readonly resource: string;
  readonly scope?: string;
  readonly acrValues?: string;
}

export interface SignedIn {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly idToken?: string;
}

/**
 * Signs in as a person would, by code + PKCE over HTTP (RFC 6749 4.1, RFC 7636), filling in the sandbox's login
 * form. Works for the sandbox's issuer only. Rejects where the name or password is wrong.
 */
export async function signIn(request: SignInRequest): Promise<SignedIn> {
  const issuer = new URL(request.issuer);
  if (!isLoopback(issuer)) throw new Error('sign-in with a password works for the sandbox only');
  const redirectUri = `http://127.0.0.1${redirectPath}`;
  const client = await discovery(issuer, request.clientId, undefined, None(), {
    execute: [allowInsecureRequests],
  });
  const verifier = randomPKCECodeVerifier();
  const state = randomState();
  const start = buildAuthorizationUrl(client, {
    redirect_uri: redirectUri,
    scope: request.scope ?? 'openid phi',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    resource: request.resource,
    state,
    ...(request.acrValues === undefined ? {} : { acr_values: request.acrValues }),
  });

  const tab = createTab(issuer.origin, redirectUri);
  const login = await tab.open(start);
  if (login.response?.status !== 200) throw new Error('the issuer did not show its sign-in page');
  await login.response.body?.cancel();
  const form = new URLSearchParams({ username: request.username, password: request.password, factor: 'pwd' });
  const end = await tab.open(login.url, form);
  if (end.response !== undefined) {
    await end.response.body?.cancel();
    throw new Error('sign-in refused: name or password is wrong');
  }
  const tokens = await authorizationCodeGrant(
    client,
    end.url,
    { pkceCodeVerifier: verifier, expectedState: state },
    { resource: request.resource },
  );
  return {
    accessToken: tokens.access_token,
    expiresIn: tokens.expires_in ?? 0,
    ...(tokens.id_token === undefined ? {} : { idToken: tokens.id_token }),
  };
}
