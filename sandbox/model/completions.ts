import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { isRecord } from '../../src/vocabulary/fhir.ts';
import type { Clock } from '../../src/vocabulary/time.ts';
import { answerFrom, piecesOf } from './extractive.ts';
import type { Reply } from './script.ts';

export const modelName = 'sandbox-extractive';

export interface ChatRequest {
  readonly messages: readonly { role: string; content: string }[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

/** The parts of a chat completion request that this model reads; undefined where it is not one. */
export function readRequest(body: string): ChatRequest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || !Array.isArray(value['messages'])) return undefined;
  const messages = value['messages'].flatMap((message: unknown) => {
    if (!isRecord(message)) return [];
    const { role, content } = message;
    return typeof role === 'string' && typeof content === 'string' ? [{ role, content }] : [];
  });
  const options = value['stream_options'];
  const includeUsage = isRecord(options) && options['include_usage'] === true;
  return { messages, stream: value['stream'] === true, includeUsage };
}

/** A model's tokens are its own; four characters each is near enough for a sandbox. */
const estimate = (text: string): number => Math.ceil(text.length / 4);

interface Answer {
  readonly chunks: readonly (string | Buffer)[];
  readonly tools?: readonly unknown[];
  readonly evidence?: unknown;
}

const answerOf = (request: ChatRequest, reply: Reply | undefined): Answer => ({
  chunks: reply?.chunks ?? (reply?.tools === undefined ? piecesOf(answerFrom(request.messages)) : []),
  ...(reply?.tools === undefined ? {} : { tools: reply.tools }),
  ...(reply?.evidence === undefined ? {} : { evidence: reply.evidence }),
});

function usageOf(request: ChatRequest, text: string): Record<string, number> {
  const promptTokens = request.messages.reduce((sum, { content }) => sum + estimate(content), 0);
  const completionTokens = estimate(text);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

const textOf = (answer: Answer): string =>
  answer.chunks.filter((chunk) => typeof chunk === 'string').join('');

function writeWhole(
  response: ServerResponse,
  request: ChatRequest,
  answer: Answer,
  frame: Record<string, unknown>,
): void {
  const raw = answer.chunks.filter((chunk) => typeof chunk !== 'string');
  if (raw.length > 0) {
    response.end(Buffer.concat(raw));
    return;
  }
  const content = textOf(answer);
  response.end(
    JSON.stringify({
      ...frame,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: answer.tools === undefined ? content : null,
            refusal: null,
            ...(answer.tools === undefined ? {} : { tool_calls: answer.tools }),
          },
          logprobs: null,
          finish_reason: answer.tools === undefined ? 'stop' : 'tool_calls',
        },
      ],
      usage: usageOf(request, content),
      ...(answer.evidence === undefined ? {} : { evidence: answer.evidence }),
    }),
  );
}

/** Ends with finish_reason, usage and [DONE], but not after raw bytes: a script that breaks framing stays broken. */
async function writeStream(
  response: ServerResponse,
  request: ChatRequest,
  answer: Answer,
  frame: Record<string, unknown>,
): Promise<void> {
  const send = (fields: Record<string, unknown>): void => {
    response.write(`data: ${JSON.stringify({ ...frame, object: 'chat.completion.chunk', ...fields })}\n\n`);
  };
  const choice = (delta: Record<string, unknown>, reason: string | null): void =>
    send({ choices: [{ index: 0, delta, finish_reason: reason }] });
  const raw = answer.chunks.some((chunk) => typeof chunk !== 'string');
  if (!raw) choice({ role: 'assistant', content: '' }, null);
  for (const chunk of answer.chunks) {
    if (response.destroyed) return;
    if (typeof chunk === 'string') choice({ content: chunk }, null);
    else response.write(chunk);
    if (response.writableNeedDrain)
      await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    // One event a turn, so that deltas travel apart as from a real model.
    await new Promise(setImmediate);
  }
  if (raw) {
    response.end();
    return;
  }
  if (answer.evidence !== undefined) send({ choices: [], evidence: answer.evidence });
  if (answer.tools !== undefined) choice({ tool_calls: answer.tools }, null);
  choice({}, answer.tools === undefined ? 'stop' : 'tool_calls');
  if (request.includeUsage) send({ choices: [], usage: usageOf(request, textOf(answer)) });
  response.end('data: [DONE]\n\n');
}

/** Writes the answer to one request: the next scripted reply, or what the record says. */
export async function complete(
  response: ServerResponse,
  request: ChatRequest,
  reply: Reply | undefined,
  clock: Clock,
  id: string,
): Promise<void> {
  if (reply !== undefined && reply.delayMs > 0) await delay(reply.delayMs);
  if (response.destroyed) return;
  const type = request.stream ? 'text/event-stream' : 'application/json';
  const status = reply?.status ?? 200;
  const headers = { 'content-type': status === 200 ? type : 'application/json', ...reply?.headers };
  response.writeHead(status, headers);
  if (reply?.body !== undefined) {
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
    return;
  }
  if (status !== 200) {
    response.end(
      JSON.stringify({ error: { message: 'scripted', type: 'api_error', param: null, code: null } }),
    );
    return;
  }
  const frame = { id, created: Math.floor(clock.now() / 1000), model: modelName };
  const answer = answerOf(request, reply);
  if (request.stream) await writeStream(response, request, answer, frame);
  else writeWhole(response, request, answer, frame);
}
