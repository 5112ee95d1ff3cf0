import type { Command } from 'commander';
import { isRecord } from '../vocabulary/fhir.ts';
import { UsageFailure } from './output.ts';
import { findSandbox } from './sandbox-state.ts';

/** How a command reaches a gateway and as whom. */
export interface CallerOptions {
  readonly user?: string;
  readonly gateway?: string;
}

export interface Caller {
  readonly gateway: string;
  readonly token: string;
  /** Seconds that the token lives; unknown for one that was handed in. */
  readonly expiresIn?: number;
}

/** Client id of this command line at the sandbox's issuer. */
const clientId = 'phi-cli';

export const withCallerOptions = (command: Command): Command =>
  command
    .option('--user <name>', 'sandbox user to sign in as')
    .option('--gateway <url>', 'a gateway elsewhere; its access token is read from PHI_GATEWAY_TOKEN');

/**
 * The gateway and an access token for it: of the newest sandbox, where `--user` signs in by itself (code with
 * PKCE), or of `--gateway` with the token in PHI_GATEWAY_TOKEN (an argument would show in the process list).
 *
 * @throws UsageFailure
 */
export async function findCaller(options: CallerOptions): Promise<Caller> {
  if (options.gateway !== undefined) {
    const token = process.env['PHI_GATEWAY_TOKEN'];
    if (token === undefined)
      throw new UsageFailure('Set PHI_GATEWAY_TOKEN to an access token for that gateway.');
    return { gateway: options.gateway.replace(/\/$/, ''), token };
  }
  const sandbox = findSandbox();
  const user = sandbox.users.find(({ username }) => username === options.user);
  if (user === undefined)
    throw new UsageFailure(
      `Name a sandbox user with --user: ${sandbox.users.map(({ username }) => username).join(', ')}`,
    );
  const { signIn } = await import('../../sandbox/oidc/sign-in.ts');
  const { accessToken, expiresIn } = await signIn({
    issuer: sandbox.issuer,
    username: user.username,
    password: user.password,
    clientId,
    resource: sandbox.audience,
  });
  return { gateway: sandbox.gateway, token: accessToken, expiresIn };
}

/** What a gateway answered: the parsed body, whatever its status. */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly trail: string | undefined;
}

/** What a call may set; headers as a plain record, beside the token's. */
export interface CallInit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One call to the gateway; follows no redirect, because the token would go along. */
export async function call(caller: Caller, path: string, init: CallInit = {}): Promise<Reply> {
  const response = await fetch(`${caller.gateway}${path}`, {
    ...init,
    redirect: 'error',
    headers: { authorization: `Bearer ${caller.token}`, ...init.headers },
  });
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new UsageFailure('That address does not answer like a phi-gateway.');
  }
  return {
    status: response.status,
    body: isRecord(body) ? body : {},
    trail: response.headers.get('phi-trail') ?? undefined,
  };
}
