import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { type Position, send } from './positions.ts';

type Members = Readonly<Record<string, unknown>>;

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const chat = '/v1/chat/completions';
const responses = '/v1/responses';
const question = 'What is the latest LDL?';
const asked: Readonly<Record<Position['route'], Members>> = {
  [chat]: { messages: [{ role: 'user', content: question }] },
  [responses]: { input: question },
};
const after = (...messages: readonly object[]): Members => ({
  messages: [{ role: 'user', content: 'Hello.' }, ...messages, { role: 'user', content: question }],
});
const call = { id: 'c', type: 'function', function: { name: 'look', arguments: '' } };

/** What clients of OpenAI send whose application wants nothing that is not given here. */
const taken: readonly (readonly [Position['route'], Members])[] = [
  ...[
    { n: 1, logprobs: false, top_logprobs: 0, store: false, modalities: ['text'], audio: null },
    { stop: '\n', seed: 7, top_p: 0.3, logit_bias: { 50256: -100 } },
    { stop: ['END', '###'], logit_bias: {}, service_tier: 'flex', verbosity: 'low', reasoning_effort: 'low' },
    { stop: null, logit_bias: null, prediction: null, modalities: null, service_tier: null, verbosity: null },
    { top_logprobs: null, web_search_options: null, functions: null, function_call: null },
    { functions: [], function_call: 'none', tools: [], tool_choice: 'none', parallel_tool_calls: false },
    { prediction: { type: 'content', content: 'The LDL is' }, prompt_cache_retention: '24h' },
    { user: 'u', safety_identifier: 's', prompt_cache_key: 'k', metadata: { a: 'b' } },
    after({ role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] }),
    after(
      { role: 'assistant', content: null, tool_calls: [{ ...call, index: 0 }] },
      { role: 'tool', tool_call_id: 'c', content: 'Nothing.' },
    ),
  ].map((members) => [chat, members] as const),
  ...[
    { previous_response_id: null, conversation: null, prompt: null, context_management: null },
    { service_tier: 'auto', top_logprobs: 0, max_tool_calls: null, prompt_cache_retention: 'in_memory' },
    { store: false, background: false, include: [], truncation: 'disabled', tools: [], tool_choice: 'auto' },
    { reasoning: { effort: 'low', summary: null, generate_summary: 'auto' }, text: { verbosity: 'low' } },
  ].map((members) => [responses, members] as const),
];

/** What is refused: the position and what the message has to say of it. */
const refused: readonly (readonly [Position['route'], Members, string, RegExp])[] = [
  [chat, { n: 2 }, '/n', /One answer/],
  [chat, { logprobs: true }, '/logprobs', /no log probabilities/],
  [chat, { top_logprobs: 3 }, '/top_logprobs', /no log probabilities/],
  [chat, { modalities: ['text', 'audio'] }, '/modalities', /Only text/],
  [chat, { functions: [{ name: 'look' }] }, '/functions', /call tools/],
  [chat, { function_call: 'auto' }, '/function_call', /call tools/],
  [chat, { web_search_options: {} }, '/web_search_options', /call tools/],
  [chat, { store: true }, '/store', /Nothing is stored/],
  [chat, { top_k: 4 }, '/top_k', /no such member/],
  [chat, { reasoning_effort: 'enormous' }, '/reasoning_effort', /"minimal", "low"/],
  [chat, { temperature: 3 }, '/temperature', /<= 2/],
  [chat, { messages: undefined }, '/messages', /required property 'messages'/],
  [chat, { messages: [] }, '/messages', /fewer than 1/],
  [chat, after({ role: 'function', name: 'f', content: 'x' }), '/messages/1', /must have a role: system/],
  [
    chat,
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:,' } }] }] },
    '/messages/0/content/0',
    /Only text/,
  ],
  [chat, { service_tier: 'Maria Quux' }, '/service_tier', /"auto"/],
  [responses, { include: ['reasoning.encrypted_content'] }, '/include', /nothing that could be included/],
  [
    responses,
    { input: [{ type: 'reasoning', summary: [] }] },
    '/input/0/role',
    /must be a message, a function_call/,
  ],
  [responses, { input: [{ type: 'item_reference', id: 'msg_1' }] }, '/input/0/role', /must be a message/],
  [responses, { truncation: 'auto' }, '/truncation', /Nothing is cut/],
  [responses, { previous_response_id: 'resp_1' }, '/previous_response_id', /Nothing is stored/],
  [responses, { max_tool_calls: 3 }, '/max_tool_calls', /call tools/],
];

describe('members of a request', () => {
  it.each(taken)('%s takes %j', async (route, members) => {
    await sandbox.forgetReceived();
    const reply = await send(sandbox, route, { ...asked[route], ...members });
    expect([reply.status, reply.body['error'] ?? 'none']).toEqual([200, 'none']);
    const [received] = await sandbox.received();
    expect(Object.keys(JSON.parse(String(received?.body))).toSorted()).toEqual([
      'messages',
      'model',
      'stream',
    ]);
  });

  it.each(refused)('%s refuses %j by its position', async (route, members, param, message) => {
    const reply = await send(sandbox, route, { ...asked[route], ...members });
    expect(reply.body).toMatchObject({
      error: { code: 'invalid_request', param, message: expect.stringMatching(message) },
    });
    expect(reply.status).toBe(400);
    expect(reply.text).not.toMatch(/Quux/);
  });

  it('names a model that there is not, and says where those stand that there are', async () => {
    const reply = await send(sandbox, chat, { ...asked[chat], model: 'quux-4o' });
    expect(reply.status).toBe(403);
    expect(reply.body).toMatchObject({
      error: { code: 'access_denied', param: '/model', message: expect.stringContaining('GET /v1/models') },
    });
    expect(reply.text).not.toContain('quux');
  });
});
