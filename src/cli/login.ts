import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Command } from 'commander';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  initiateDeviceAuthorization,
  None,
  pollDeviceAuthorizationGrant,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { isAcceptableUpstream, isLoopbackHttp } from '../identity/loopback.ts';
import { CommandFailure, print, printJson, progress, UsageFailure } from './output.ts';
import { findSandbox } from './sandbox-state.ts';

interface LoginOptions {
  readonly issuer?: string;
  readonly clientId: string;
  readonly resource?: string;
  readonly scope: string;
  readonly device?: boolean;
  readonly json?: boolean;
}

/** Where to sign in, for which audience. */
interface Target {
  readonly issuer: URL;
  /** Resource indicator (RFC 8707): the audience that the gateway's issuer entry names. */
  readonly resource: string;
}

/** How long a person may take, in milliseconds. */
const patience = 300_000;

/** Named by both options, or else the newest sandbox. */
function targetOf({ issuer, resource }: LoginOptions): Target {
  if ((issuer === undefined) !== (resource === undefined))
    throw new UsageFailure('Name --issuer and --resource together, or neither for the newest sandbox.');
  const named =
    issuer === undefined || resource === undefined ? findSandbox() : { issuer, audience: resource };
  if (!URL.canParse(named.issuer) || !isAcceptableUpstream(new URL(named.issuer)))
    throw new UsageFailure('The issuer must be an https address, or http on this machine.');
  return { issuer: new URL(named.issuer), resource: named.audience };
}

const page = (text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>phi-gateway</title><p>${text}</p></html>`;

/** A loopback address for one redirect (RFC 8252, section 7.3): `arrived` resolves with the URL that came. */
async function redirectListener() {
  let arrive: ((url: URL) => void) | undefined;
  const arrived = new Promise<URL>((resolve) => {
    arrive = resolve;
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
    const awaited = request.method === 'GET' && url.pathname === '/callback';
    response.writeHead(awaited ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      connection: 'close',
    });
    response.end(page(awaited ? 'Signed in. You may close this page.' : 'There is nothing here.'));
    if (awaited) arrive?.(url);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { redirectUri: `http://127.0.0.1:${port}/callback`, arrived, close: () => server.close() };
}

const tooLate = (): Promise<never> =>
  new Promise((_resolve, reject) => {
    setTimeout(() => reject(new CommandFailure('Nobody signed in within five minutes.')), patience).unref();
  });

/** Authorization code with PKCE (RFC 7636) in whatever browser the person opens the address. */
async function byBrowser(client: Configuration, resource: string, scope: string) {
  const listener = await redirectListener();
  try {
    const verifier = randomPKCECodeVerifier();
    const state = randomState();
    const start = buildAuthorizationUrl(client, {
      redirect_uri: listener.redirectUri,
      scope,
      resource,
      state,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    progress(`Open this address to sign in:\n${start.href}`);
    const answer = await Promise.race([listener.arrived, tooLate()]);
    return await authorizationCodeGrant(
      client,
      answer,
      { pkceCodeVerifier: verifier, expectedState: state },
      { resource },
    );
  } finally {
    listener.close();
  }
}

/** Device authorization (RFC 8628): the person signs in on another device. */
async function byDevice(client: Configuration, resource: string, scope: string) {
  const started = await initiateDeviceAuthorization(client, { scope, resource });
  progress(`Open ${started.verification_uri} on any device and enter the code ${started.user_code}`);
  if (started.verification_uri_complete !== undefined)
    progress(`or open ${started.verification_uri_complete}`);
  return pollDeviceAuthorizationGrant(
    client,
    started,
    { resource },
    { signal: AbortSignal.timeout(patience) },
  );
}

async function login(options: LoginOptions): Promise<void> {
  const { issuer, resource } = targetOf(options);
  const client = await discovery(issuer, options.clientId, undefined, None(), {
    execute: isLoopbackHttp(issuer) ? [allowInsecureRequests] : [],
  });
  const signIn = options.device === true ? byDevice : byBrowser;
  const tokens = await signIn(client, resource, options.scope).catch((thrown: unknown) => {
    if (thrown instanceof CommandFailure) throw thrown;
    // What the library says may quote an answer; the issuer's page has told the person why.
    throw new CommandFailure('The sign-in did not succeed.');
  });
  if (options.json === true)
    printJson({
      access_token: tokens.access_token,
      token_type: 'Bearer',
      ...(tokens.expires_in === undefined ? {} : { expires_in: tokens.expires_in }),
    });
  else print(tokens.access_token);
}

export function addLoginCommand(program: Command): void {
  program
    .command('login')
    .description('sign in yourself and print the access token, for PHI_GATEWAY_TOKEN; nothing is kept')
    .option('--issuer <url>', "OpenID issuer; default: the newest sandbox's")
    .option('--resource <audience>', 'audience of the gateway at that issuer')
    .option('--client-id <id>', 'client id of this command line there', 'phi-cli')
    .option('--scope <scopes>', 'scopes to ask for', 'openid phi')
    .option('--device', 'sign in on another device (RFC 8628)')
    .option('--json', 'print JSON')
    .action(login);
}
