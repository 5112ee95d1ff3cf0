import { jwtVerify } from 'jose';
import type { RecordAuthorization } from '../../config/config.ts';
import { asRefusal, Refusal } from '../../errors/refusal.ts';
import type { IssuerKeys } from '../../identity/issuer-keys.ts';
import type { Clock } from '../../vocabulary/time.ts';
import { clockSkewSeconds } from '../../vocabulary/time.ts';
import { tokenExchange, tokenTypes } from '../grant-types.ts';
import type { FhirTokenRequest, TokenIssuer } from '../ports.ts';
import { checkExchanged } from './exchanged-claims.ts';
import { checkAnswer, wider } from './granted.ts';
import type { RecordToken, RecordTokens } from './ports.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

/** Characters; longer tokens are not looked at. */
const maxTokenLength = 16_384;

/** A shared secret would let whoever knows it mint what is verified here. */
const algorithms = ['ES256', 'ES384', 'ES512', 'EdDSA', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'];

export interface ExchangeElsewhereInput {
  readonly at: RecordAuthorization;
  readonly endpoint: TokenEndpoint;
  /** Keys of the authorization server, to read what it answers. */
  readonly keys: IssuerKeys;
  /** Writes the subject token: our own statement of who asks, for the authorization server alone. */
  readonly tokens: Pick<TokenIssuer, 'mintFhirToken'>;
  /** Tokens for control reads, which are nobody's on whose behalf anything could be exchanged. */
  readonly control: RecordTokens;
  readonly clock: Clock;
}

/**
 * Token exchange (RFC 8693) at the authorization server of the record system: a statement of this gateway about person,
 * patient and plan for a token of its own. What comes back is read and held to what was asked; a token that reaches
 * further, or that cannot be read, is not used.
 */
export function createExchangeElsewhere(input: ExchangeElsewhereInput): RecordTokens {
  const { at, clock } = input;

  async function verify(token: string, asked: FhirTokenRequest): Promise<void> {
    if (token.length > maxTokenLength) throw wider('token');
    const now = clock.now();
    const { payload } = await jwtVerify(token, input.keys.keyFor, {
      algorithms,
      issuer: at.issuer,
      clockTolerance: clockSkewSeconds,
      currentDate: new Date(now),
    }).catch((thrown: unknown) => {
      // Keys that cannot be had are an outage; a token that does not verify is none of this server.
      throw thrown instanceof Refusal
        ? new Refusal('record_token_unavailable', { cause: thrown })
        : wider('signature', thrown);
    });
    checkExchanged(payload, asked, {
      audience: asked.base,
      actor: at.clientId,
      maxLifetimeSeconds: at.maxLifetimeSeconds,
      now: now / 1000,
      skew: clockSkewSeconds,
    });
  }

  async function exchange(request: FhirTokenRequest, signal?: AbortSignal): Promise<RecordToken> {
    const statement = await input.tokens.mintFhirToken({ ...request, audience: at.issuer });
    const answer = await input.endpoint.ask(
      tokenExchange,
      {
        subject_token: statement.accessToken,
        subject_token_type: tokenTypes.jwt,
        requested_token_type: tokenTypes.access,
        resource: request.base,
        scope: request.scopes.join(' '),
      },
      signal,
    );
    const { issued_token_type: issued } = answer;
    if (issued !== tokenTypes.access && issued !== tokenTypes.jwt) throw wider('issued_token_type');
    const expiresIn = checkAnswer(answer, request.scopes, at.maxLifetimeSeconds);
    await verify(answer.access_token, request).catch((thrown: unknown) => {
      throw asRefusal(thrown, 'record_token_unavailable');
    });
    return { accessToken: answer.access_token, expiresIn, patientBound: request.patient !== undefined };
  }

  return {
    method: 'exchange',
    patientBound: true,
    issue: (request, signal) =>
      request.user === undefined ? input.control.issue(request, signal) : exchange(request, signal),
  };
}
