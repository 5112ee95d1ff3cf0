import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Delivery } from '../envelope/delivery.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { checkFraming, readJson } from './body.ts';
import { type AnswerFrame, chunksOf, completionOf } from './chat-answer.ts';
import { parseChatRequest } from './chat-request.ts';
import { credentialsOf } from './credentials.ts';
import { beginRequest, callerSignal, type Face, refuse } from './face.ts';
import { openAiErrorOf, sendOpenAiError } from './problem.ts';

/** Waits for an event of the response, as long as the envelope lives. */
async function until(event: 'drain' | 'close', response: ServerResponse, signal: AbortSignal): Promise<void> {
  try {
    await once(response, event, { signal });
  } catch {
    throw asRefusal(signal.reason, 'caller_gone');
  }
}

async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw asRefusal(signal.reason, 'caller_gone');
  if (!response.write(text)) await until('drain', response, signal);
}

/** Writes the last piece; resolves when all of the answer has been handed to the host's network. */
async function finish(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  const closed = until('close', response, signal);
  response.end(text);
  await closed;
  if (!response.writableFinished) throw new Refusal('caller_gone');
}

/** How long a caller may take to read the error that ends a stream, in milliseconds. */
const lingerMs = 2000;

/** A caller that does not read keeps the connection, and what waits in it, no longer than this. */
function endWithError(response: ServerResponse, text: string): void {
  const timer = setTimeout(() => response.destroy(), lingerMs);
  response.once('close', () => clearTimeout(timer));
  response.end(text);
}

/** The end of a delivery could not be written yet: it is owed, and at the latest the next start closes the trail. */
const lost = (face: Face, trail: string): void =>
  face.gateway.services.log.write('fault.unexpected', { trail, reason: 'trail_unavailable' });

const sse = (body: object): string => `data: ${JSON.stringify(body)}\n\n`;

async function deliverWhole(response: ServerResponse, delivery: Delivery, frame: AnswerFrame): Promise<void> {
  let content = '';
  for await (const piece of delivery.text) content += piece;
  const body = JSON.stringify(completionOf(frame, delivery, content));
  response.setHeader('content-type', 'application/json');
  await finish(response, body, delivery.signal);
}

async function deliverStream(
  response: ServerResponse,
  delivery: Delivery,
  frame: AnswerFrame,
  includeUsage: boolean,
): Promise<void> {
  response.setHeader('content-type', 'text/event-stream; charset=utf-8');
  const chunks = chunksOf(frame);
  const { signal } = delivery;
  await write(response, sse(chunks.first()), signal);
  for await (const piece of delivery.text) await write(response, sse(chunks.piece(piece)), signal);
  await write(response, sse(chunks.last(delivery)), signal);
  const usage = includeUsage ? chunks.usage(delivery) : undefined;
  if (usage !== undefined) await write(response, sse(usage), signal);
  await finish(response, 'data: [DONE]\n\n', signal);
}

/**
 * POST /v1/chat/completions on node:http (Express behind it costs twice the CPU). A stream that has begun and may
 * not go on ends in an error frame and no `[DONE]`: clients take a plain close for the end of an answer.
 */
export async function chatCompletions(
  face: Face,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const trail = beginRequest(face, response);
  let delivery: Delivery | undefined;
  try {
    let includeUsage = false;
    let stream = false;
    delivery = await face.gateway.ask(
      trail,
      async () => {
        checkFraming(request);
        const credentials = credentialsOf(face, request);
        const chat = parseChatRequest(await readJson(request, face.bodyBytes));
        includeUsage = chat.includeUsage;
        stream = chat.ask.stream;
        return { ...chat.ask, credentials };
      },
      callerSignal(response, new Refusal('caller_gone')),
    );
    const frame = {
      id: `chatcmpl-${trail}`,
      created: Math.floor(face.gateway.services.clock.now() / 1000),
      model: delivery.model,
    };
    await (stream
      ? deliverStream(response, delivery, frame, includeUsage)
      : deliverWhole(response, delivery, frame));
    await delivery.delivered().catch(() => lost(face, trail));
  } catch (error) {
    const refusal = asRefusal(error);
    if (delivery !== undefined) await delivery.aborted(refusal.reason).catch(() => lost(face, trail));
    if (response.headersSent && !response.destroyed && !response.writableEnded)
      endWithError(response, `event: error\n${sse(openAiErrorOf(refusal, trail))}`);
    else refuse(request, response, (why) => sendOpenAiError(response, why, trail, face.publicUrl), refusal);
  }
}
