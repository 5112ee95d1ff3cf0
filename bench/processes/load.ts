import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import { isRecord } from '../../src/vocabulary/fhir.ts';
import { type Answer, answer, numberIn, textIn } from './child.ts';

/**
 * Sends the bodies in turn over `connections` connections until the time is over or `most` have been sent. `firstByte`:
 * an answer counts up to its first byte, and is then read to its end.
 */
async function load(input: {
  url: string;
  headers: Readonly<Record<string, string>>;
  firstByte: boolean;
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
        headers: { 'content-type': 'application/json', ...input.headers },
        body,
      });
      let first: number | undefined;
      for await (const piece of reply) if (Buffer.isBuffer(piece)) first ??= performance.now();
      const counted = input.firstByte ? (first ?? performance.now()) : performance.now();
      if (statusCode === 200) latencies.push(counted - from);
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: input.connections }, one));
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  return { latencies, failed, seconds };
}

/** The headers of a run: those that it names, or those of a bearer. */
function headersIn(input: Answer): Readonly<Record<string, string>> {
  const headers = input['headers'];
  if (!isRecord(headers)) return { authorization: `Bearer ${textIn(input, 'token')}` };
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

answer({
  run: (input) => {
    const bodies = input['bodies'];
    return load({
      url: textIn(input, 'url'),
      headers: headersIn(input),
      firstByte: input['firstByte'] === true,
      bodies: Array.isArray(bodies) ? bodies.map(String) : [],
      connections: numberIn(input, 'connections'),
      seconds: numberIn(input, 'seconds'),
      most: numberIn(input, 'most'),
    });
  },
  stop: () => ({}),
});
