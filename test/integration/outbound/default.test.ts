import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { productRoot } from '../../../src/config/product-folder.ts';

/** In a process of its own, because a test's realm is not the one whose fetch a library would use. */
const script = (allowed: string, foreign: string): string => `
  import { request } from 'undici';
  import { createOutbound } from ${JSON.stringify(join(productRoot(), 'dist/src/outbound/dispatcher.js'))};
  createOutbound(new Set([${JSON.stringify(allowed)}])).makeDefault();
  const codeOf = (error) => error.code ?? error.cause?.code;
  const tried = [];
  for (const url of [${JSON.stringify(allowed)}, ${JSON.stringify(foreign)}])
    for (const call of [fetch, request])
      tried.push(await call(url).then((answer) => answer.status ?? answer.statusCode, codeOf));
  console.log(JSON.stringify(tried));
  process.exit();
`;

test('as the default of a process it holds for the fetch of the runtime and for undici alike', async () => {
  const heard: string[] = [];
  const servers = ['known', 'foreign'].map((name) =>
    createServer((_request, response) => {
      heard.push(name);
      response.end();
    }),
  );
  const [known = '', foreign = ''] = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server has no port');
      return `http://127.0.0.1:${address.port}`;
    }),
  );
  const child = spawn(process.execPath, ['--input-type=module', '-e', script(known, foreign)], {
    cwd: productRoot(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await once(child, 'close');
  for (const server of servers) server.close();
  expect(JSON.parse(output)).toEqual([200, 200, 'ERR_OUTBOUND_REFUSED', 'ERR_OUTBOUND_REFUSED']);
  expect(heard).toEqual(['known', 'known']);
}, 30_000);
