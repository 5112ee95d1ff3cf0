import type { IncomingMessage } from 'node:http';
import type { ContextDelivery, Delivery } from '../envelope/delivery.ts';
import type { Ask } from '../envelope/envelope.ts';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { isoInstant } from '../vocabulary/time.ts';
import { phiOf } from './phi-headers.ts';
import { sendProblem } from './problem.ts';
import { checkAnswerBody, checkRequest } from './validate.ts';
import { walking } from './walking.ts';

function parseContext(request: IncomingMessage, body: unknown): Ask {
  checkRequest('contextRequest', body);
  const { phi, query } = isRecord(body) ? body : {};
  const messages = typeof query === 'string' ? [{ role: 'user', text: query } as const] : [];
  return { action: 'context', messages, phi: phiOf(request, phi), stream: false };
}

function parseAnswer(_request: IncomingMessage, body: unknown): Ask {
  checkRequest('answerCheck', body);
  const { answer, context } = isRecord(body) ? body : {};
  if (typeof answer !== 'string' || typeof context !== 'string') throw new Refusal('malformed_request');
  return {
    action: 'reveal',
    answered: { context, text: answer },
    messages: [],
    phi: undefined,
    stream: false,
  };
}

function contextBody({ context, phi }: ContextDelivery): object {
  const { expires, ...shown } = context;
  return checkAnswerBody('contextAnswer', { context: { ...shown, expires: isoInstant(expires) }, phi });
}

async function answerBody({ phi, text, verdicts }: Delivery): Promise<object> {
  let answer = '';
  for await (const piece of text) answer += piece;
  return checkAnswerBody('answerChecked', { answer, verdicts, phi });
}

/** POST /v1/context */
export const takeContext = walking(
  parseContext,
  ({ gateway }, ...rest) => gateway.context(...rest),
  contextBody,
  sendProblem,
);

/** POST /v1/answers/check */
export const checkAnswer = walking(
  parseAnswer,
  ({ gateway }, ...rest) => gateway.check(...rest),
  answerBody,
  sendProblem,
);
