import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { mcpRequest } from '../../fixtures/mcp-message.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(() => sandbox.clearFaults());

/** How long a model takes to answer, and the record system to each search, in milliseconds. */
const slow = 400;

const timesOf = ({ headers }: Reply): Readonly<Record<string, number>> =>
  Object.fromEntries(
    (headers.get('server-timing') ?? '').split(', ').map((metric): [string, number] => {
      const [, name = '', duration = ''] = /^([a-z]+);dur=(\d+\.\d)$/.exec(metric) ?? [];
      return [name, Number(duration)];
    }),
  );
const post = async (path: string, body: object): Promise<Reply> =>
  sandbox.call(path, await sandbox.token('clinician'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const tool = async (args: object): Promise<Reply> =>
  sandbox.call(
    '/mcp',
    await sandbox.token('clinician'),
    mcpRequest('tools/call', { name: 'ask', arguments: { ...about(), question, ...args } }),
  );
const about = () => ({
  patient: sandbox.ready.patients[0]?.id,
  task: 'cholesterol.latest',
  purpose: 'TREAT',
});
const question = 'What is the latest LDL?';

const before = ['authenticate', 'delegate', 'consent', 'authorize', 'retrieve', 'redact'];
const asked = [...before, 'clear', 'ask', 'check', 'release', 'gateway'];

describe('an answer', () => {
  it('tells in a header what each stage took, and what of all that was the gateway', async () => {
    await sandbox.ask();
    await sandbox.script([{ delayMs: slow }]);
    const reply = await sandbox.ask();
    const times = timesOf(reply);
    expect(reply.status).toBe(200);
    expect(Object.keys(times)).toEqual(asked);
    expect(times['ask']).toBeGreaterThanOrEqual(slow - 5);
    const stages = asked.slice(0, -1).reduce((sum, name) => sum + (times[name] ?? 0), 0);
    expect(times['gateway']).toBeGreaterThan(0);
    expect(times['gateway']).toBeLessThan(stages - slow + 100);
  });

  it('leaves out of that the time in which the record system answers', async () => {
    const quick = timesOf(await sandbox.ask());
    await sandbox.faults([{ when: { type: 'Observation' }, fault: 'slow', value: slow }]);
    const times = timesOf(await sandbox.ask());
    await sandbox.clearFaults();
    expect(times['retrieve']).toBeGreaterThanOrEqual(slow - 5);
    expect(times['gateway']).toBeLessThan((quick['gateway'] ?? 0) + slow / 2);
  });

  it.each([
    ['a stream that leaves while the model speaks', () => sandbox.ask({ stream: true }), asked],
    ['a stream of an answer that is held', () => sandbox.ask({ stream: true, task: 'allergies' }), asked],
    ['a response', () => post('/v1/responses', { input: question, phi: about() }), asked],
    [
      'a streamed response',
      () => post('/v1/responses', { input: question, stream: true, phi: about() }),
      asked,
    ],
    ['a context', () => post('/v1/context', { phi: about() }), [...before, 'context', 'gateway']],
  ])('so does %s', async (_what, send, names) => {
    const reply = await send();
    expect(reply.status).toBe(200);
    expect(Object.keys(timesOf(reply))).toEqual(names);
  });

  it('so do vectors, an answer of a model that was called elsewhere, and a tool of MCP', async () => {
    const vectors = await post('/v1/embeddings', { input: question, phi: about() });
    expect(Object.keys(timesOf(vectors))).toEqual(asked);
    const taken = await post('/v1/context', { phi: about() });
    const context = isRecord(taken.body['context']) ? taken.body['context']['id'] : undefined;
    const checked = await post('/v1/answers/check', { context, answer: 'LDL is as it was.' });
    expect(Object.keys(timesOf(checked))).toEqual([...before, 'answer', 'check', 'release', 'gateway']);
    const told = await tool({});
    expect(told.text).toContain('LDL');
    expect(Object.keys(timesOf(told))).toEqual(asked);
  });
});

describe('a refusal says nothing of how long it took', () => {
  it.each([
    ['what is forbidden', () => sandbox.ask({ user: 'outsider' }), 403],
    ['what is not there', () => sandbox.ask({ patient: 'nobody' }), 403],
    ['nobody', () => sandbox.ask({ token: 'none' }), 401],
    ['what is no question', () => sandbox.ask({ body: { messages: [] } }), 400],
    ['a context that is not there', () => post('/v1/answers/check', { context: 'none', answer: 'So.' }), 400],
    [
      'a response of what is not there',
      () => post('/v1/responses', { input: question, phi: { ...about(), patient: 'nobody' } }),
      403,
    ],
  ])('%s', async (_what, send, status) => {
    const reply = await send();
    expect(reply.headers.has('phi-trail')).toBe(true);
    expect([reply.status, reply.headers.get('server-timing')]).toEqual([status, null]);
  });

  it.each([false, true])('an answer that is blocked (stream: %s)', async (stream) => {
    await sandbox.script([{ chunks: [`It is ${sandbox.ready.patients[0]?.name ?? ''}.`] }]);
    const reply = await sandbox.ask({ stream });
    expect([reply.status, reply.headers.get('server-timing')]).toEqual([403, null]);
  });

  it('a tool of MCP that is refused, and what is decided alone', async () => {
    const refused = await tool({ patient: 'nobody' });
    expect(refused.text).toContain('"isError":true');
    expect(refused.headers.has('server-timing')).toBe(false);
    const user = String(
      JSON.parse(Buffer.from((await sandbox.token('clinician')).split('.')[1] ?? '', 'base64url').toString())
        .sub,
    );
    const decided = await post('/access/v1/evaluation', {
      subject: { type: 'user', id: user },
      action: { name: 'ask' },
      resource: { type: 'Patient', id: about().patient },
      context: { task: 'cholesterol.latest', purpose: 'TREAT' },
    });
    expect(decided.body).toMatchObject({ decision: true });
    expect(decided.headers.has('server-timing')).toBe(false);
  });
});

it('is told by the description of the routes that answer so, and of no others', async () => {
  const { body } = await sandbox.call('/openapi.json', undefined);
  const paths = isRecord(body['paths']) ? body['paths'] : {};
  const told = Object.entries(paths).flatMap(([path, one]) =>
    JSON.stringify(one).includes('"server-timing"') ? [path] : [],
  );
  expect(told.toSorted()).toEqual([
    '/mcp',
    '/v1/answers/check',
    '/v1/chat/completions',
    '/v1/context',
    '/v1/embeddings',
    '/v1/responses',
  ]);
});
