import type { ServerResponse } from 'node:http';
import { bearerError, type OAuthErrorAnswer, oauthError } from '../delegation/oauth-error.ts';
import type { Refusal } from '../errors/refusal.ts';
import { setRefusalHeaders } from './problem.ts';

/** The OAuth endpoints speak RFC 6749, section 5.2, with the trail beside the error. */
const sender =
  (answerOf: (refusal: Refusal) => OAuthErrorAnswer) =>
  (response: ServerResponse, refusal: Refusal, trail: string, publicUrl: string): void => {
    const { status, body } = answerOf(refusal);
    setRefusalHeaders(response, refusal, publicUrl, status);
    response.statusCode = status;
    response.setHeader('content-type', 'application/json');
    response.setHeader('pragma', 'no-cache');
    response.end(JSON.stringify({ ...body, trail }));
  };

export const sendOauthError = sender(oauthError);
export const sendBearerError = sender(bearerError);
