import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Delivery } from '../envelope/delivery.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { chatDialect } from './chat-dialect.ts';
import type { AnswerFrame, Dialect, StreamFrames } from './dialect.ts';
import { arrival, beginRequest, callerSignal, type Face, refuse } from './face.ts';
import { endWithError, finish, Heartbeat, lost, openStream, tellTiming, write } from './handing-over.ts';
import { opening } from './opening.ts';
import { phiOf } from './phi-headers.ts';
import { sendOpenAiError } from './problem.ts';
import { responsesDialect } from './responses-dialect.ts';

async function deliverWhole(
  response: ServerResponse,
  delivery: Delivery,
  frame: AnswerFrame,
  dialect: Dialect,
): Promise<void> {
  let content = '';
  for await (const piece of delivery.text) content += piece;
  const body = JSON.stringify(dialect.whole(frame, delivery, content));
  response.setHeader('content-type', 'application/json');
  tellTiming(response, delivery);
  await finish(response, body, delivery.signal);
}

async function deliverStream(
  response: ServerResponse,
  delivery: Delivery,
  frames: StreamFrames,
  heartbeat: Heartbeat,
): Promise<void> {
  tellTiming(response, delivery);
  openStream(response);
  const { signal } = delivery;
  await write(response, frames.first(), signal);
  for await (const piece of delivery.text) {
    await write(response, frames.piece(piece), signal);
    heartbeat.sent();
  }
  heartbeat.end();
  await finish(response, frames.last(delivery), signal);
}

/**
 * A question in one of OpenAI's dialects, on node:http (Express behind it costs twice the CPU). A stream that has
 * begun and may not go on ends in an error frame and no `[DONE]`: clients take a plain close for the end of an answer.
 */
const answering =
  (dialect: Dialect) =>
  async (face: Face, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const trail = beginRequest(face, response);
    const heartbeat = new Heartbeat(response, face.gateway.services.config.limits.heartbeatMs);
    let delivery: Delivery | undefined;
    try {
      let includeUsage = false;
      let stream = false;
      delivery = await face.gateway.ask(
        trail,
        () =>
          opening(face, request, (body) => {
            const asked = dialect.parse(body);
            includeUsage = asked.includeUsage;
            stream = asked.ask.stream;
            return { ...asked.ask, action: 'ask', phi: phiOf(request, asked.ask.phi) };
          }),
        callerSignal(response, new Refusal('caller_gone')),
        () => {
          if (stream) heartbeat.start();
        },
      );
      const created = Math.floor(face.gateway.services.clock.now() / 1000);
      const frame = { trail, created, model: delivery.model };
      await (stream
        ? deliverStream(response, delivery, dialect.frames(frame, includeUsage), heartbeat)
        : deliverWhole(response, delivery, frame, dialect));
      await delivery.delivered().catch(lost(face, trail));
    } catch (error) {
      heartbeat.end();
      const refusal = asRefusal(error);
      await arrival(request);
      if (delivery !== undefined) await delivery.aborted(refusal.reason).catch(lost(face, trail));
      if (response.headersSent && !response.destroyed && !response.writableEnded)
        endWithError(response, dialect.failed(refusal, trail));
      else refuse(request, response, (why) => sendOpenAiError(response, why, trail, face.publicUrl), refusal);
    }
  };

/** POST /v1/chat/completions */
export const chatCompletions = answering(chatDialect);

/** POST /v1/responses */
export const responses = answering(responsesDialect);
