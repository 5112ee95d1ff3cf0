import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { answer } from './child.ts';

// One answer for everybody, of a fixed size, without a look at what is asked beyond whether it is to be a stream.
const sentence = 'The record that was shown holds one value for this question, and nothing besides it. ';
const head = { id: 'chatcmpl-1', created: 1_790_000_000, model: 'sandbox-extractive' };
const whole = JSON.stringify({
  ...head,
  object: 'chat.completion',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: sentence.repeat(4).trim(), refusal: null },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 100, completion_tokens: 80, total_tokens: 180 },
});
const chunk = (delta: object, reason: string | null = null): string =>
  `data: ${JSON.stringify({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: reason }],
  })}\n\n`;

/** A piece every five milliseconds: a model that speaks. */
async function stream(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk({ role: 'assistant', content: '' }));
  for (const piece of sentence.repeat(4).match(/.{1,16}/g) ?? []) {
    response.write(chunk({ content: piece }));
    await delay(5);
  }
  response.write(chunk({}, 'stop'));
  response.end('data: [DONE]\n\n');
}

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    // Spelled so by JSON.stringify, by whom a body was made and by whoever made it anew.
    if (Buffer.concat(pieces).includes('"stream":true')) void stream(response);
    else
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(whole) })
        .end(whole);
  });
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const portOf = (address: string | AddressInfo | null): number =>
  address === null || typeof address === 'string' ? 0 : address.port;

answer({
  start: () => ({ url: `http://127.0.0.1:${portOf(server.address())}`, bytes: Buffer.byteLength(whole) }),
  stop: () => {
    server.close();
    server.closeAllConnections();
    return {};
  },
});
