import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import {
  allowInsecureRequests,
  ClientSecretBasic,
  Configuration,
  customFetch,
  tokenIntrospection,
} from 'openid-client';
import type { Introspection, Issuer } from '../config/config.ts';
import { Refusal } from '../errors/refusal.ts';
import type { Clock } from '../vocabulary/time.ts';
import type { Fetch } from './issuer-keys.ts';
import { isLoopbackHttp } from './loopback.ts';

export interface Introspector {
  /** Claims of an active token; throws Refusal(`token_revoked` | `token_*` | `issuer_unavailable`). */
  ask(token: string): Promise<JWTPayload>;
}

interface IntrospectorInput {
  readonly issuer: Issuer;
  readonly introspection: Introspection;
  readonly clock: Clock;
  readonly fetch: Fetch;
  /** Seconds by which clocks may differ. */
  readonly skew: number;
}

/** Names a token whose issuer gives it no id, without being the token. */
export const idOfOpaque = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** What an answer says about time, sender and shape must hold as in a token that was signed. */
function checkAnswer(answer: JWTPayload, { clock, issuer, skew }: IntrospectorInput): void {
  const now = clock.now() / 1000;
  if (answer.iss !== undefined && answer.iss !== issuer.issuer) throw new Refusal('token_issuer');
  if (typeof answer.exp !== 'number') throw new Refusal('token_claims');
  if (answer.exp <= now - skew) throw new Refusal('token_expired');
  for (const since of [answer.nbf, answer.iat])
    if (since !== undefined && !(since <= now + skew)) throw new Refusal('token_not_yet_valid');
}

/**
 * Asks one issuer about its tokens (RFC 7662, by openid-client), each time anew: an answer that was kept would
 * outlive a revocation. The gateway shows its own client secret there and follows no redirect with it.
 */
export function createIntrospector(input: IntrospectorInput): Introspector {
  const { clientId, clientSecret, endpoint } = input.introspection;
  const server = new Configuration(
    { issuer: input.issuer.issuer, introspection_endpoint: endpoint },
    clientId,
    undefined,
    ClientSecretBasic(clientSecret),
  );
  // The library itself refuses plain http unless told otherwise.
  if (isLoopbackHttp(new URL(endpoint))) allowInsecureRequests(server);
  server.timeout = input.issuer.discoveryTimeoutMs / 1000;
  server[customFetch] = (url, options) =>
    input.fetch(url, {
      method: options.method,
      headers: options.headers,
      redirect: 'error',
      ...(options.body instanceof URLSearchParams ? { body: options.body } : {}),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  return {
    async ask(token) {
      const answer = await tokenIntrospection(server, token, { token_type_hint: 'access_token' }).catch(
        (cause: unknown) => {
          throw new Refusal('issuer_unavailable', { cause });
        },
      );
      if (!answer.active) throw new Refusal('token_revoked');
      const { active: _active, ...claims } = answer;
      const payload: JWTPayload = { ...claims };
      checkAnswer(payload, input);
      return payload;
    },
  };
}
