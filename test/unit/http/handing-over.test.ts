import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { asRefusal, Refusal } from '../../../src/errors/refusal.ts';
import { finish } from '../../../src/http/handing-over.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Answers one request by `answer`; what its caller got, and what was thrown. */
async function answeredBy(answer: (response: ServerResponse) => Promise<void>) {
  let thrown: Refusal | undefined;
  const server = createServer((_request, response) => {
    answer(response).catch((error: unknown) => {
      thrown = asRefusal(error);
      response.statusCode = 503;
      response.end('refused');
    });
  }).listen(0, '127.0.0.1');
  open.push(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
  return { status: response.status, text: await response.text(), thrown };
}

test('an answer that stands leaves', async () => {
  const { signal } = new AbortController();
  expect(await answeredBy((response) => finish(response, 'the answer', signal))).toEqual({
    status: 200,
    text: 'the answer',
    thrown: undefined,
  });
});

test('of an answer that was ended before its last piece, nothing leaves', async () => {
  const signal = AbortSignal.abort(new Refusal('session_ended'));
  const { status, text, thrown } = await answeredBy((response) => finish(response, 'the answer', signal));
  expect({ status, text, reason: thrown?.reason }).toEqual({
    status: 503,
    text: 'refused',
    reason: 'session_ended',
  });
});
