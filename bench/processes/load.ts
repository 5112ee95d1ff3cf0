import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import { answer, numberIn, textIn } from './child.ts';

/** Sends the bodies in turn over `connections` connections until the time is over or `most` have been sent. */
async function load(input: {
  url: string;
  token: string;
  bodies: readonly string[];
  connections: number;
  seconds: number;
  most: number;
}) {
  const { origin, pathname } = new URL(input.url);
  const pool = new Pool(origin, { connections: input.connections, pipelining: 1 });
  const latencies: number[] = [];
  let sent = 0;
  let failed = 0;
  const began = performance.now();
  const until = began + input.seconds * 1000;
  const one = async (): Promise<void> => {
    while (performance.now() < until && sent < input.most) {
      const body = input.bodies[sent % input.bodies.length] ?? '';
      sent += 1;
      const from = performance.now();
      const { statusCode, body: reply } = await pool.request({
        method: 'POST',
        path: pathname,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${input.token}` },
        body,
      });
      await reply.dump();
      if (statusCode === 200) latencies.push(performance.now() - from);
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: input.connections }, one));
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  return { latencies, failed, seconds };
}

answer({
  run: (input) => {
    const bodies = input['bodies'];
    return load({
      url: textIn(input, 'url'),
      token: textIn(input, 'token'),
      bodies: Array.isArray(bodies) ? bodies.map(String) : [],
      connections: numberIn(input, 'connections'),
      seconds: numberIn(input, 'seconds'),
      most: numberIn(input, 'most'),
    });
  },
  stop: () => ({}),
});
