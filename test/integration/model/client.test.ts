import { createServer, type RequestListener, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type ModelServer, startModelServer } from '../../../sandbox/model/server.ts';
import { Refusal } from '../../../src/errors/refusal.ts';
import { type ClearedRequest, clearForRelease } from '../../../src/model/cleared-request.ts';
import { createModelClient, type ModelClient } from '../../../src/model/client.ts';
import type { ModelDelta } from '../../../src/model/ports.ts';
import { assemblePrompt } from '../../../src/model/prompt.ts';
import { RedactedText } from '../../../src/redaction/redacted-text.ts';
import type { ModelEndpoint } from '../../../src/vocabulary/model-endpoint.ts';
import { notice } from '../../../src/vocabulary/notices.ts';

const secret = 'Maria Ortiz';
const text = (words: string): RedactedText => RedactedText.assemble(words, []);
const prompt = assemblePrompt({
  instructions: 'Report the newest value.',
  ages: [],
  shifted: false,
  task: 'Latest cholesterol',
  items: [
    {
      key: 'O1',
      resource: { type: 'Observation', id: 'o1' },
      kind: 'lab result',
      parts: [
        { name: 'LDL cholesterol', text: text('120 mg/dL') },
        { name: 'date', text: text('[[DATE-7F3K9Q2M day 4]]') },
      ],
      passages: [],
    },
    {
      key: 'O2',
      resource: { type: 'Observation', id: 'o2' },
      kind: 'lab result',
      parts: [{ name: 'Sodium', text: text('140 mmol/L') }],
      passages: [],
    },
  ],
  notices: [notice('cut_by_lookback', { n: 12, what: 'Observation' })],
  messages: [{ role: 'user', text: text('What is the LDL?') }],
  today: '2026',
  marker: '0123456789abcdef0123456789abcdef',
  canary: 'fedcba9876543210fedcba9876543210',
});

const endpointAt = (baseUrl: string, more: Partial<ModelEndpoint> = {}): ModelEndpoint => ({
  id: 'sandbox',
  model: 'sandbox-extractive',
  baseUrl,
  apiKey: 'key-of-the-endpoint',
  timeoutMs: 3000,
  maxAnswerBytes: 100_000,
  residency: 'local',
  trusted: false,
  ...more,
});
const requestFor = (endpoint: ModelEndpoint, stream: boolean): Promise<ClearedRequest> =>
  clearForRelease(prompt, endpoint, { stream }, { scanAll: async (texts) => texts.map(() => []) });

async function collect(
  deltas: AsyncIterable<ModelDelta>,
): Promise<{ text: string; count: number; last?: ModelDelta }> {
  let all = '';
  let count = 0;
  let last: ModelDelta | undefined;
  for await (const delta of deltas) {
    if (delta.type === 'text') all += delta.text;
    count += 1;
    last = delta;
  }
  return { text: all, count, ...(last === undefined ? {} : { last }) };
}

async function refusalFrom(deltas: AsyncIterable<ModelDelta>): Promise<Refusal> {
  try {
    await collect(deltas);
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error('was answered');
}

let model: ModelServer;
let client: ModelClient;
let endpoint: ModelEndpoint;
const opened: { close(): unknown }[] = [];

beforeAll(async () => {
  model = await startModelServer({ port: 0, clock: { now: () => 1_790_000_000_000 } });
  endpoint = endpointAt(model.baseUrl);
  client = createModelClient(endpoint);
});
afterAll(async () => {
  await client.close();
  await model.close();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});
const clientFor = (at: ModelEndpoint): ModelClient => {
  const made = createModelClient(at);
  opened.push(made);
  return made;
};

describe('answers', () => {
  test.each([true, false])('extractive, stream %s', async (stream) => {
    const answer = await collect(client.ask(await requestFor(endpoint, stream)));
    expect(answer.text).toBe(
      [
        'Sandbox model (extractive), no clinical judgement:',
        '- lab result | LDL cholesterol: 120 mg/dL | date: [[DATE-7F3K9Q2M day 4]] [O1]',
        '',
        'Notices:',
        '- Observation records older than 12 months were not searched.',
      ].join('\n'),
    );
    expect(answer.last).toMatchObject({
      type: 'finish',
      reason: 'stop',
      usage: { promptTokens: expect.any(Number) },
    });
    expect(answer.count > 2).toBe(stream);
  });

  test('upstream sees the body and nothing of the caller', async () => {
    await fetch(`${model.control}/__received`, { method: 'DELETE' });
    await collect(client.ask(await requestFor(endpoint, false)));
    const [seen] = model.received();
    expect(Object.keys(seen?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'connection',
      'content-length',
      'content-type',
      'host',
    ]);
    expect(seen?.path).toBe('/v1/chat/completions');
    expect(Buffer.from(seen?.body ?? '')).toEqual(Buffer.from((await requestFor(endpoint, false)).bytes));
    expect(model.received()).toHaveLength(1);
  });

  test('deltas split inside a character arrive whole', async () => {
    const frame = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'é患😀' }, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`;
    const chunks = [...Buffer.from(frame)].map((byte) => ({
      base64: Buffer.from([byte]).toString('base64'),
    }));
    model.script([{ chunks }]);
    expect((await collect(client.ask(await requestFor(endpoint, true)))).text).toBe('é患😀');
  });

  test('only text of the first choice exists', async () => {
    const body = {
      id: secret,
      system_fingerprint: secret,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'ok', annotations: [secret], reasoning: secret },
          logprobs: { content: [{ token: secret }] },
          finish_reason: 'length',
        },
      ],
    };
    model.script([{ body }]);
    expect(await collect(client.ask(await requestFor(endpoint, false)))).toEqual({
      text: 'ok',
      count: 2,
      last: { type: 'finish', reason: 'length' },
    });
  });
});

const message = (more: object): object => ({
  choices: [{ index: 0, message: { role: 'assistant', content: secret }, finish_reason: 'stop', ...more }],
});
const event = (value: unknown): { base64: string } => ({
  base64: Buffer.from(`data: ${JSON.stringify(value)}\n\n`).toString('base64'),
});
const delta = (content: unknown, reason: string | null = null): { base64: string } =>
  event({ choices: [{ index: 0, delta: { content }, finish_reason: reason }] });
const done = { base64: Buffer.from('data: [DONE]\n\n').toString('base64') };

const failures: readonly [string, boolean, object, Refusal['reason']][] = [
  ['status 400', false, { status: 400, body: { error: { message: secret } } }, 'model_unavailable'],
  ['status 500', true, { status: 500, body: secret }, 'model_unavailable'],
  ['status 429', true, { status: 429, body: secret }, 'model_unavailable'],
  [
    'redirect',
    false,
    { status: 302, headers: { location: `http://127.0.0.1:1/${secret}` }, body: '' },
    'model_malformed',
  ],
  ['status 204', false, { status: 204, body: '' }, 'model_malformed'],
  [
    'HTML',
    false,
    { headers: { 'content-type': 'text/html' }, body: `<html>${secret}</html>` },
    'model_malformed',
  ],
  [
    'JSON where a stream was asked',
    true,
    { headers: { 'content-type': 'application/json' }, body: message({}) },
    'model_malformed',
  ],
  [
    'a stream where JSON was asked',
    false,
    { headers: { 'content-type': 'text/event-stream' }, body: 'data: [DONE]\n\n' },
    'model_malformed',
  ],
  ['compressed', false, { headers: { 'content-encoding': 'gzip' }, body: message({}) }, 'model_malformed'],
  ['not JSON', false, { body: `{${secret}` }, 'model_malformed'],
  ['an array', false, { body: [secret] }, 'model_malformed'],
  ['error object with 200', false, { body: { error: { message: secret } } }, 'model_unavailable'],
  ['no choices', false, { body: { choices: [] } }, 'model_malformed'],
  ['two choices', false, { body: { choices: [message({}), message({})] } }, 'model_malformed'],
  ['another index', false, { body: message({ index: 1 }) }, 'model_malformed'],
  ['no finish', false, { body: message({ finish_reason: null }) }, 'model_malformed'],
  ['unknown finish', false, { body: message({ finish_reason: secret }) }, 'model_malformed'],
  [
    'tool calls',
    false,
    { tools: [{ id: 'c', type: 'function', function: { name: 'f', arguments: secret } }] },
    'model_malformed',
  ],
  [
    'tool calls, stream',
    true,
    { tools: [{ index: 0, function: { name: 'f', arguments: secret } }] },
    'model_malformed',
  ],
  [
    'content parts',
    false,
    { body: message({ message: { content: [{ type: 'text', text: secret }] } }) },
    'model_malformed',
  ],
  [
    'another role',
    false,
    { body: message({ message: { role: 'user', content: secret } }) },
    'model_malformed',
  ],
  ['oversized', false, { body: message({ message: { content: 'x'.repeat(200_000) } }) }, 'model_malformed'],
  [
    'oversized stream',
    true,
    { chunks: Array.from({ length: 100 }, () => 'x'.repeat(2000)) },
    'model_malformed',
  ],
  ['stream without finish', true, { chunks: [delta(secret), done] }, 'model_malformed'],
  ['stream cut', true, { chunks: [delta(secret)] }, 'model_malformed'],
  ['text after finish', true, { chunks: [delta('a', 'stop'), delta(secret), done] }, 'model_malformed'],
  ['anything after done', true, { chunks: [delta('a', 'stop'), done, delta(secret)] }, 'model_malformed'],
  [
    'error in stream',
    true,
    { chunks: [delta('a'), event({ error: { message: secret } })] },
    'model_unavailable',
  ],
  [
    'bad JSON in stream',
    true,
    { chunks: [{ base64: Buffer.from(`data: {${secret}\n\n`).toString('base64') }] },
    'model_malformed',
  ],
  [
    'unknown event',
    true,
    { chunks: [{ base64: Buffer.from(`event: x\ndata: {}\n\n`).toString('base64') }] },
    'model_malformed',
  ],
  [
    'unknown field',
    true,
    { chunks: [{ base64: Buffer.from(`${secret}\n\n`).toString('base64') }] },
    'model_malformed',
  ],
  ['bad UTF-8', true, { chunks: [{ base64: 'ZGF0YTog/w==' }] }, 'model_malformed'],
];

describe('failures become refusals without the upstream’s words', () => {
  test.each(failures)('%s', async (_name, stream, reply, reason) => {
    model.script([reply]);
    const refusal = await refusalFrom(client.ask(await requestFor(endpoint, stream)));
    expect(refusal.reason).toBe(reason);
    expect(refusal.cause).toBeUndefined();
    expect(`${refusal.message}${refusal.stack ?? ''}${JSON.stringify(refusal)}`).not.toContain('Maria');
  });

  test('nobody listens', async () => {
    const at = endpointAt('http://127.0.0.1:9/v1');
    expect((await refusalFrom(clientFor(at).ask(await requestFor(at, true)))).reason).toBe(
      'model_unavailable',
    );
  });

  test('too slow', async () => {
    const at = { ...endpoint, timeoutMs: 150 };
    model.script([{ delayMs: 600 }]);
    const refusal = await refusalFrom(clientFor(at).ask(await requestFor(at, true)));
    expect(refusal.reason).toBe('model_timeout');
    expect(refusal.code).toBe('upstream_timeout');
  });

  test('a request cleared for another endpoint', async () => {
    const other = endpointAt('http://127.0.0.1:9/v1', { id: 'other' });
    expect((await refusalFrom(client.ask(await requestFor(other, true)))).reason).toBe('model_not_allowed');
  });
});

const listen = async (handler: RequestListener): Promise<{ server: Server; at: ModelEndpoint }> => {
  const server = createServer(handler);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  opened.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, at: endpointAt(`http://127.0.0.1:${address.port}/v1`) };
};

describe('connections', () => {
  const frame = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }] })}\n\n`;

  test('broken in the middle of a stream', async () => {
    const { at } = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(frame, () => response.destroy());
    });
    expect((await refusalFrom(clientFor(at).ask(await requestFor(at, true)))).reason).toBe(
      'model_unavailable',
    );
  });

  test.each(['caller', 'reader'])('closed upstream when the %s leaves', async (who) => {
    let closed: (() => void) | undefined;
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { at } = await listen((_request, response) => {
      response.once('close', () => closed?.());
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(frame);
    });
    const leave = new AbortController();
    const seen: ModelDelta[] = [];
    const reading = async (): Promise<string> => {
      for await (const each of clientFor(at).ask(await requestFor(at, true), { signal: leave.signal })) {
        seen.push(each);
        if (who === 'reader') return 'left';
        leave.abort();
      }
      return 'ended';
    };
    const outcome = await reading().catch((thrown: unknown) =>
      thrown instanceof Refusal ? thrown.reason : thrown,
    );
    expect(outcome).toBe(who === 'reader' ? 'left' : 'caller_gone');
    expect(seen).toEqual([{ type: 'text', text: 'a' }]);
    await gone;
  });
});

const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${model.control}${path}`, { method: 'POST', body, headers });

describe('the sandbox model', () => {
  test('refuses web pages and other hosts', async () => {
    expect((await post('/__script', '[]', { origin: 'http://localhost' })).status).toBe(403);
    expect((await fetch(`${model.control}/v1/models`)).status).toBe(200);
    expect((await fetch(`${model.control}/nowhere`)).status).toBe(404);
  });

  test('refuses scripts that it would not play', async () => {
    for (const bad of [
      '{',
      '{}',
      '[1]',
      '[{"colour":1}]',
      '[{"chunks":[1]}]',
      '[{"headers":{"a":1}}]',
      '[{"status":"x"}]',
    ]) {
      expect((await post('/__script', bad)).status).toBe(400);
    }
  });

  test('keeps what it was sent, without credentials', async () => {
    await fetch(`${model.control}/__received`, { method: 'DELETE' });
    await post('/v1/chat/completions', '{"messages":[{"role":"user","content":"Maria?"}]}', {
      authorization: 'Bearer s3cret',
    });
    const list = await (await fetch(`${model.control}/__received`)).text();
    expect(list).toContain('Maria?');
    expect(list).not.toContain('s3cret');
    expect(model.received()[0]?.at).toBe(1_790_000_000_000);
  });

  test('lists everything when the question only repeats the task', async () => {
    const content =
      '<<<RECORD 0a>>>\n[O1] a | LDL: 1\n[O2] b | HDL: 2\n    more\n<<<END RECORD 0a>>>\n\nWhat changed since the last visit?';
    const messages = [
      { role: 'system', content: 'Task: Changes since the last visit' },
      { role: 'user', content },
    ];
    const reply = await post('/v1/chat/completions', JSON.stringify({ messages }));
    expect(await reply.text()).toContain('- a | LDL: 1 [O1]\\n- b | HDL: 2 more [O2]');
  });

  test('says when nothing was found', async () => {
    const reply = await post('/v1/chat/completions', '{"messages":[{"role":"user","content":"LDL?"}]}');
    expect(await reply.text()).toContain('Nothing was found');
  });
});

/** An endpoint whose answers are played in turn; how often it was asked. */
async function played(listener: (call: number) => RequestListener, more: Partial<ModelEndpoint> = {}) {
  let calls = 0;
  const server: Server = createServer((request, response) => {
    calls += 1;
    listener(calls)(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  opened.push({ close: () => server.closeAllConnections() }, server);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const at = endpointAt(`http://127.0.0.1:${port}/v1`, more);
  return { at, client: clientFor(at), calls: () => calls };
}
const status =
  (code: number): RequestListener =>
  (_, response) => {
    response.writeHead(code).end('no');
  };
const broken: RequestListener = (request) => {
  request.socket.destroy();
};
const good: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'fine' }, finish_reason: 'stop' }],
    }),
  );
};

const cut: RequestListener = (request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"id":');
  setTimeout(() => request.socket.destroy(), 20);
};

describe('an endpoint that is not there, or cannot now', () => {
  test.each([503, 502, 504, 429])(
    'is asked once more at %s where retries are allowed, with the same bytes',
    async (code) => {
      const {
        at,
        calls,
        client: asked,
      } = await played((call) => (call === 1 ? status(code) : good), { retries: 1 });
      expect((await collect(asked.ask(await requestFor(at, false)))).text).toBe('fine');
      expect(calls()).toBe(2);
    },
  );

  test('is asked once more where the connection broke, and no oftener than allowed', async () => {
    const mended = await played((call) => (call === 1 ? broken : good), { retries: 2 });
    expect((await collect(mended.client.ask(await requestFor(mended.at, false)))).text).toBe('fine');
    const never = await played(() => broken, { retries: 2 });
    expect((await refusalFrom(never.client.ask(await requestFor(never.at, false)))).reason).toBe(
      'model_unavailable',
    );
    expect(never.calls()).toBe(3);
  });

  test.each([400, 401, 404, 500])(
    'is not asked again at %s, nor at 503 where nothing is said of retries',
    async (code) => {
      const refused = await played(() => status(code), { retries: 3 });
      expect((await refusalFrom(refused.client.ask(await requestFor(refused.at, false)))).reason).toBe(
        'model_unavailable',
      );
      const plain = await played(() => status(503));
      expect((await refusalFrom(plain.client.ask(await requestFor(plain.at, false)))).reason).toBe(
        'model_unavailable',
      );
      expect([refused.calls(), plain.calls()]).toEqual([1, 1]);
    },
  );

  test('is not asked again by somebody who has gone meanwhile', async () => {
    const { at, calls, client: asked } = await played(() => status(503), { retries: 3 });
    const caller = new AbortController();
    const asking = refusalFrom(asked.ask(await requestFor(at, false), { signal: caller.signal }));
    while (calls() < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    setTimeout(() => caller.abort(), 50);
    expect((await asking).reason).toBe('caller_gone');
    expect(calls()).toBe(2);
  });

  test('is not asked again once an answer began', async () => {
    const { at, calls, client: asked } = await played(() => cut, { retries: 3 });
    await refusalFrom(asked.ask(await requestFor(at, false)));
    expect(calls()).toBe(1);
  });

  test('is left alone after ten exchanges without any answer, but not after as many that it answered with an error', async () => {
    const silent = await played(() => broken);
    for (let n = 0; n < 13; n += 1)
      expect((await refusalFrom(silent.client.ask(await requestFor(silent.at, false)))).reason).toBe(
        'model_unavailable',
      );
    expect(silent.calls()).toBe(10);
    const busy = await played((call) => (call <= 13 ? status(503) : good));
    for (let n = 0; n < 13; n += 1) await refusalFrom(busy.client.ask(await requestFor(busy.at, false)));
    expect((await collect(busy.client.ask(await requestFor(busy.at, false)))).text).toBe('fine');
  });

  test('is told to store nothing where the configuration says so', async () => {
    const quiet = endpointAt('http://127.0.0.1:9/v1', { noStore: true });
    const plain = endpointAt('http://127.0.0.1:9/v1');
    const bodies = [quiet, plain].map(
      async (at): Promise<unknown> => JSON.parse(Buffer.from((await requestFor(at, false)).bytes).toString()),
    );
    const [asked, unasked] = await Promise.all(bodies);
    expect(asked).toMatchObject({ store: false });
    expect(unasked).not.toHaveProperty('store');
  });
});
