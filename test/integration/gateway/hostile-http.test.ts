import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
let token: string;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
  token = await sandbox.token('clinician');
}, 60_000);
afterAll(() => sandbox.close());

/** Another name is refused before anything else is looked at. */
const ownHost = (): string => new URL(sandbox.ready.gateway).host;

/** Sends bytes as they are and answers what came back, as text. */
function raw(bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(sandbox.ready.gateway);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.write(bytes);
  });
}

const get = (path: string, ...headers: string[]): Promise<string> =>
  raw(
    [
      `GET ${path} HTTP/1.1`,
      `Host: ${ownHost()}`,
      `Authorization: Bearer ${token}`,
      ...headers,
      'Connection: close',
      '',
      '',
    ].join('\r\n'),
  );

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

const post = (body: unknown) =>
  sandbox.call('/v1/chat/completions', token, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const phi = () =>
  `{"patient":"${sandbox.ready.patients[0]?.id}","task":"cholesterol.latest","purpose":"TREAT"}`;
const messages = '[{"role":"user","content":"What is the latest LDL?"}]';

describe('a path that cannot be decoded', () => {
  it('is refused as a problem, with no stack for the caller and no path in what the process prints', async () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const answer = await get('/v1/trails/Quintanilla%E0%A4%A');
    expect([400, 404]).toContain(statusOf(answer));
    expect(answer).toContain('application/problem+json');
    expect(answer).not.toMatch(/Quintanilla|node_modules|at decode/);
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });
});

describe('ways to be read in two ways', () => {
  it('two Authorization headers are none', async () => {
    expect(statusOf(await get('/v1/tasks'))).toBe(200);
    expect(statusOf(await get('/v1/tasks', 'Authorization: Bearer other'))).toBe(401);
  });

  it.each([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n'],
    ['length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'],
    ['an unknown transfer coding', 'Transfer-Encoding: xchunked\r\n'],
  ])('%s are refused', async (_name, headers) => {
    const answer = await raw(
      `POST /v1/chat/completions HTTP/1.1\r\nHost: ${ownHost()}\r\nContent-Type: application/json\r\n${headers}Connection: close\r\n\r\n{}`,
    );
    expect(statusOf(answer)).toBe(400);
  });

  it('bytes that are no UTF-8 are refused', async () => {
    const body = Buffer.concat([
      Buffer.from('{"messages":[{"role":"user","content":"'),
      Buffer.from([0xff, 0xc0, 0xaf]),
      Buffer.from(`"}],"phi":${phi()}}`),
    ]);
    const head = `POST /v1/chat/completions HTTP/1.1\r\nHost: ${ownHost()}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
    expect(statusOf(await raw(Buffer.concat([Buffer.from(head), body])))).toBe(400);
  });
});

describe('members that objects have of themselves', () => {
  it.each([
    ['beside messages', () => `{"__proto__":{"phi":{}},"messages":${messages},"phi":${phi()}}`],
    ['in a message', () => `{"messages":[{"__proto__":{"a":1},"role":"user","content":"x"}],"phi":${phi()}}`],
    ['in phi', () => `{"messages":${messages},"phi":${phi().replace('{', '{"__proto__":{"a":1},')}}`],
    ['as a name', () => `{"messages":${messages},"phi":${phi().replace('{', '{"constructor":1,')}}`],
  ])('%s are refused', async (_name, body) => {
    expect(await post(body())).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
  });

  it.each(['constructor', 'valueof', '__proto__'])('the task %s is unknown or malformed', async (task) => {
    const reply = await post(`{"messages":${messages},"phi":${phi().replace('cholesterol.latest', task)}}`);
    expect([400, 403]).toContain(reply.status);
  });
});

it('depth does not exhaust the stack', async () => {
  expect((await post(`{"messages":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)).status).toBe(400);
});
