import {
  allowInsecureRequests,
  ClientError,
  Configuration,
  customFetch,
  genericGrantRequest,
  modifyAssertion,
  PrivateKeyJwt,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { RecordAuthorization } from '../../config/config.ts';
import { asRefusal, Refusal } from '../../errors/refusal.ts';
import type { Fetch } from '../../identity/issuer-keys.ts';
import { isLoopbackHttp } from '../../identity/loopback.ts';
import type { Clock } from '../../vocabulary/time.ts';
import type { ClientKey } from './client-key.ts';
import type { Answered } from './granted.ts';

/** Longest life of a client assertion, in seconds (SMART App Launch 2.2, client confidential asymmetric). */
const assertionSeconds = 60;

export interface TokenEndpoint {
  /**
   * Asks for a token by one grant, proven by a client assertion (`private_key_jwt`, RFC 7523).
   *
   * @throws Refusal `record_token_refused` where the server says no, `record_token_unavailable` for everything else
   */
  ask(grant: string, parameters: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Answered>;
}

export interface TokenEndpointInput {
  readonly at: RecordAuthorization;
  readonly key: ClientKey;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
}

/** The token endpoint of the record system's authorization server, by openid-client. No redirect is followed. */
export function createTokenEndpoint({ at, clock, fetch, key, timeoutMs }: TokenEndpointInput): TokenEndpoint {
  const authentication = PrivateKeyJwt(
    { key: key.key, kid: key.kid },
    {
      [modifyAssertion]: (_header, payload) => {
        const now = Math.floor(clock.now() / 1000);
        Object.assign(payload, {
          aud: at.tokenEndpoint,
          iat: now,
          nbf: now,
          exp: now + assertionSeconds,
        });
      },
    },
  );

  function configuration(signal: AbortSignal | undefined): Configuration {
    const server = new Configuration(
      { issuer: at.issuer, token_endpoint: at.tokenEndpoint },
      at.clientId,
      undefined,
      authentication,
    );
    // The library itself refuses plain http unless told otherwise.
    if (isLoopbackHttp(new URL(at.tokenEndpoint))) allowInsecureRequests(server);
    server.timeout = timeoutMs / 1000;
    server[customFetch] = (url, options) => {
      const signals = [signal, options.signal].filter((one) => one !== undefined);
      return fetch(url, {
        method: options.method,
        headers: options.headers,
        redirect: 'error',
        ...(options.body instanceof URLSearchParams ? { body: options.body } : {}),
        ...(signals.length === 0 ? {} : { signal: AbortSignal.any(signals) }),
      });
    };
    return server;
  }

  return {
    async ask(grant, parameters, signal) {
      try {
        return await genericGrantRequest(configuration(signal), grant, { ...parameters });
      } catch (cause) {
        if (signal?.aborted === true) throw asRefusal(signal.reason, 'caller_gone');
        throw new Refusal(saysNo(cause) ? 'record_token_refused' : 'record_token_unavailable', { cause });
      }
    },
  };
}

/** An OAuth error of the server itself; a broken, late or unreachable one is something else. */
const saysNo = (thrown: unknown): boolean =>
  thrown instanceof WWWAuthenticateChallengeError ||
  (thrown instanceof ResponseBodyError && thrown.status < 500) ||
  (thrown instanceof ClientError && thrown.code === 'OAUTH_WWW_AUTHENTICATE_CHALLENGE');
