import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ContextDelivery, Delivery } from '../envelope/delivery.ts';
import type { Ask } from '../envelope/envelope.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { isoInstant } from '../vocabulary/time.ts';
import { arrival, beginRequest, callerSignal, type Face, refuse } from './face.ts';
import { finish, lost } from './handing-over.ts';
import { opening } from './opening.ts';
import { phiOf } from './phi-headers.ts';
import { sendProblem } from './problem.ts';
import { checkAnswerBody, checkRequest } from './validate.ts';

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

/** A route that answers one JSON body by walking an envelope, with problem details for refusals. */
const walking =
  <D extends Pick<Delivery, 'signal' | 'delivered' | 'aborted'>>(
    parse: (request: IncomingMessage, body: unknown) => Ask,
    walk: (face: Face, ...rest: Parameters<Face['gateway']['check']>) => Promise<D>,
    bodyOf: (delivery: D) => object | Promise<object>,
  ) =>
  async (face: Face, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const trail = beginRequest(face, response);
    let delivery: D | undefined;
    try {
      delivery = await walk(
        face,
        trail,
        () => opening(face, request, (body) => parse(request, body)),
        callerSignal(response, new Refusal('caller_gone')),
      );
      const body = JSON.stringify(await bodyOf(delivery));
      response.setHeader('content-type', 'application/json');
      await finish(response, body, delivery.signal);
      await delivery.delivered().catch(() => lost(face, trail));
    } catch (error) {
      const refusal = asRefusal(error);
      await arrival(request);
      if (delivery !== undefined) await delivery.aborted(refusal.reason).catch(() => lost(face, trail));
      refuse(request, response, (why) => sendProblem(response, why, trail, face.publicUrl), refusal);
    }
  };

/** POST /v1/context */
export const takeContext = walking(
  parseContext,
  ({ gateway }, ...rest) => gateway.context(...rest),
  contextBody,
);

/** POST /v1/answers/check */
export const checkAnswer = walking(parseAnswer, ({ gateway }, ...rest) => gateway.check(...rest), answerBody);
