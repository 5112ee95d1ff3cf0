import { createServer, type RequestListener, type Server } from 'node:http';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { keptAliveMs } from '../../src/http/listeners.ts';
import { onOwnAddress } from '../../src/http/own-address.ts';
import type { Clock } from '../../src/vocabulary/time.ts';
import { type AccountName, createAccounts, type SandboxUser } from './accounts.ts';
import { createInteraction } from './interaction.ts';
import { type LateBound, resolveLate } from './late-bound.ts';
import { providerConfiguration } from './provider-configuration.ts';
import { createSignals, type SignalsTarget } from './signals.ts';

export interface IssuerOptions {
  /** 0 for any free port. Loopback only. */
  readonly port: number;
  /** Resource indicator (RFC 8707) and `aud` of the access tokens: the gateway's audience. */
  readonly audience: LateBound<string>;
  /** Base of `fhirUser`. */
  readonly fhirBase?: LateBound<string>;
  /** Relative `fhirUser` by account, for example `{patient: 'Patient/p1'}`; asked at each token when a function. */
  readonly fhirUsers?: Partial<Record<AccountName, string>> | (() => Partial<Record<AccountName, string>>);
  readonly tenant?: string;
  /** Time of the access tokens; the system's where absent. */
  readonly clock?: Clock;
}

export interface RunningIssuer {
  readonly issuer: string;
  readonly users: readonly SandboxUser[];
  user(name: AccountName): SandboxUser;
  /** What tokens may be for instead, named by `resource`: an MCP client names the address of its server. */
  setFurtherResources(resources: readonly string[]): void;
  /** Tells the gateway of endings from now on (`POST /__signals`, `POST /__logout`), and that the stream lives. */
  followSignals(target: SignalsTarget): void;
  close(): Promise<void>;
}

/** oidc-provider works on Node 20 but warns at import; that line would be the first thing a newcomer reads. */
async function loadLibrary(): Promise<typeof import('oidc-provider')> {
  const warn = console.warn;
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('Unsupported runtime')) warn(...words);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });

/**
 * Starts the sandbox's OpenID provider on 127.0.0.1: discovery, code + PKCE, `at+jwt` access tokens (ES256,
 * 10 minutes). Keys, passwords and sessions are made new at each start and die with it. Requests whose Host or
 * Origin is not the issuer's own are refused, so that a name rebound to loopback or another page reaches nothing.
 */
export async function startIssuer(options: IssuerOptions): Promise<RunningIssuer> {
  const library = await loadLibrary();
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const accounts = createAccounts(options.fhirUsers);
  let further: readonly string[] = [];
  const fhirBase = options.fhirBase ?? 'http://127.0.0.1/fhir';

  const server = createServer({ keepAliveTimeout: keptAliveMs });
  const port = await listen(server, options.port);
  const host = `127.0.0.1:${port}`;
  const issuer = `http://${host}`;
  const provider = new library.Provider(
    issuer,
    providerConfiguration({
      accounts,
      resources: () => [resolveLate(options.audience), ...further],
      fhirBase: () => resolveLate(fhirBase).replace(/\/$/, ''),
      tenant: options.tenant ?? 'sandbox',
      clock: options.clock ?? { now: () => Date.now() },
      jwks: { keys: [{ ...jwk, kty: 'EC', kid, alg: 'ES256', use: 'sig' }] },
      library,
    }),
  );
  const interaction = createInteraction(provider, accounts);
  const protocol = provider.callback();
  const signals = createSignals({ issuer, kid, privateKey });

  const serve: RequestListener = (request, response) => {
    if (signals.handle(request, response)) return;
    if (request.url?.startsWith('/interaction/') === true) {
      interaction(request, response).catch(() => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
      return;
    }
    void protocol(request, response);
  };
  server.on(
    'request',
    onOwnAddress(() => port, serve),
  );

  return {
    issuer,
    get users() {
      return accounts.users;
    },
    user(name) {
      const found = accounts.users.find((user) => user.username === name);
      if (found === undefined) throw new Error('no such sandbox account');
      return found;
    },
    setFurtherResources(values) {
      further = values;
    },
    followSignals: (target) => signals.follow(target),
    close: () =>
      new Promise((resolve) => {
        signals.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
