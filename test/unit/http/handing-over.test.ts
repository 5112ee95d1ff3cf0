import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { asRefusal, Refusal } from '../../../src/errors/refusal.ts';
import { refuse } from '../../../src/http/face.ts';
import { finish, openStream, tellTiming } from '../../../src/http/handing-over.ts';

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
  const timing = response.headers.get('server-timing');
  return {
    status: response.status,
    text: await response.text(),
    thrown,
    ...(timing === null ? {} : { timing }),
  };
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

const took = { stopwatch: { timing: 'gateway;dur=1.0' } };

test('an answer tells how long it took, and a refusal in its place does not', async () => {
  const { signal } = new AbortController();
  const answered = await answeredBy((response) => {
    tellTiming(response, took);
    return finish(response, 'the answer', signal);
  });
  expect(answered.timing).toBe('gateway;dur=1.0');
  const ended = AbortSignal.abort(new Refusal('session_ended'));
  const refused = await answeredBy(async (response) => {
    tellTiming(response, took);
    await finish(response, 'the answer', ended).catch((error: unknown) =>
      refuse(response.req, response, () => response.end('refused'), error),
    );
  });
  expect(refused).toEqual({ status: 200, text: 'refused', thrown: undefined });
});

test('a stream whose head has left tells nothing more', async () => {
  const streamed = await answeredBy(async (response) => {
    openStream(response);
    response.write(': working\n\n');
    tellTiming(response, took);
    response.end('data: [DONE]\n\n');
  });
  expect(streamed).toEqual({ status: 200, text: ': working\n\ndata: [DONE]\n\n', thrown: undefined });
});
