import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { keptAliveMs, listen } from '../../../src/http/listeners.ts';

it('a connection at rest is not closed under the request that comes next', async () => {
  const running = await listen({ host: '127.0.0.1', port: 0 }, (_request, response) => response.end('ok'));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = () =>
    new Promise<{ readonly reused: boolean; readonly hint: unknown }>((resolve, reject) => {
      const sent = request(running.url, { agent, method: 'POST' }, (response) => {
        response
          .resume()
          .once('end', () => resolve({ reused: sent.reusedSocket, hint: response.headers['keep-alive'] }));
      });
      sent.once('error', reject).end('x');
    });
  const hint = `timeout=${keptAliveMs / 1000}`;
  expect(await ask()).toEqual({ reused: false, hint });
  // Longer than what Node would keep by itself, with the second that some clients add.
  await delay(6500);
  expect(await ask()).toEqual({ reused: true, hint });
  agent.destroy();
  await running.close(true);
});
