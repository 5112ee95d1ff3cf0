import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { positions, send } from './positions.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

/** Identifiers of the record and of nobody, and the words of them that must not be seen. */
const plants = (): readonly (readonly [string, readonly string[]])[] => {
  const name = sandbox.ready.patients[0]?.name ?? '';
  const names = name.split(' ').filter((word) => word.length > 2);
  return [
    [name, names],
    [`${name}, MRN 48210937`, [...names, '48210937']],
    ['mail quux.bar@example.org or call (415) 555-0142', ['quux', '555-0142', '415555']],
  ];
};

describe.each(positions.map((position) => [`${position.route} ${position.name}`, position] as const))(
  'text in %s',
  (_name, { body, route, taken }) => {
    it('is taken where redaction reaches it, and else refused', async () => {
      const reply = await send(sandbox, route, body('ordinary words'));
      expect(reply.status < 300).toBe(taken);
    });

    it('reaches neither the model nor a refusal with an identifier', async () => {
      for (const [plant, words] of plants()) {
        await sandbox.forgetReceived();
        const reply = await send(sandbox, route, body(plant));
        const seen = JSON.stringify(await sandbox.received()) + (reply.status < 300 ? '' : reply.text);
        expect(words.filter((word) => seen.includes(word))).toEqual([]);
      }
    });
  },
);

const image = { type: 'image_url', image_url: { url: 'https://elsewhere.invalid/a.png' } };
const refused: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
  ['/v1/responses', 'previous_response_id', { input: 'x', previous_response_id: 'resp_1' }],
  ['/v1/responses', 'conversation', { input: 'x', conversation: 'conv_1' }],
  ['/v1/responses', 'prompt', { input: 'x', prompt: { id: 'pmpt_1' } }],
  ['/v1/responses', 'store', { input: 'x', store: true }],
  ['/v1/responses', 'background', { input: 'x', background: true }],
  ['/v1/responses', 'item_reference', { input: [{ type: 'item_reference', id: 'msg_1' }] }],
  ['/v1/responses', 'include', { input: 'x', include: ['reasoning.encrypted_content'] }],
  ['/v1/responses', 'truncation', { input: 'x', truncation: 'auto' }],
  [
    '/v1/responses',
    'a vector store',
    { input: 'x', tools: [{ type: 'file_search', vector_store_ids: ['vs_1'] }] },
  ],
  ['/v1/responses', 'web search', { input: 'x', tools: [{ type: 'web_search' }] }],
  ['/v1/responses', 'a code interpreter', { input: 'x', tools: [{ type: 'code_interpreter' }] }],
  [
    '/v1/responses',
    'a remote MCP server',
    { input: 'x', tools: [{ type: 'mcp', server_url: 'https://elsewhere.invalid' }] },
  ],
  [
    '/v1/responses',
    'an image by its address',
    { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'https://elsewhere.invalid' }] }] },
  ],
  [
    '/v1/responses',
    'a file by its id',
    { input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'file_1' }] }] },
  ],
  ['/v1/chat/completions', 'store', { messages: [{ role: 'user', content: 'x' }], store: true }],
  [
    '/v1/chat/completions',
    'web_search_options',
    { messages: [{ role: 'user', content: 'x' }], web_search_options: {} },
  ],
  [
    '/v1/chat/completions',
    'modalities',
    { messages: [{ role: 'user', content: 'x' }], modalities: ['audio'] },
  ],
  ['/v1/chat/completions', 'an image', { messages: [{ role: 'user', content: [image] }] }],
  [
    '/v1/chat/completions',
    'input audio',
    {
      messages: [
        { role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'x', format: 'wav' } }] },
      ],
    },
  ],
  [
    '/v1/chat/completions',
    'a file',
    { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file_1' } }] }] },
  ],
  [
    '/v1/chat/completions',
    'an earlier audio answer',
    {
      messages: [
        { role: 'assistant', content: 'x', audio: { id: 'audio_1' } },
        { role: 'user', content: 'x' },
      ],
    },
  ],
];

describe('what would keep, fetch or run something elsewhere', () => {
  it.each(refused)('%s refuses %s', async (route, _name, body) => {
    await sandbox.forgetReceived();
    const reply = await send(sandbox, route, body);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ error: { code: 'invalid_request', type: 'invalid_request_error' } });
    expect(await sandbox.received()).toEqual([]);
  });

  it('names the member that clients know, and no other', async () => {
    const known = await send(sandbox, '/v1/responses', { input: 'x', previous_response_id: 'resp_1' });
    expect(known.body).toMatchObject({ error: { param: '/previous_response_id' } });
    const unknown = await send(sandbox, '/v1/responses', { input: 'x', 'Maria Quux': 1 });
    expect(unknown.text).not.toContain('Maria');
  });
});

const headers = () => ({
  'content-type': 'application/json',
  'phi-patient': sandbox.ready.patients[0]?.id ?? '',
  'phi-task': 'cholesterol.latest',
  'phi-purpose': 'TREAT',
});

const ask = async (body: object) =>
  sandbox.call('/v1/chat/completions', await sandbox.token('clinician'), {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify({ messages: [{ role: 'user', content: 'What is the latest LDL?' }], ...body }),
  });

describe('what is asked about, said in headers', () => {
  it('counts like the body and is not sent on', async () => {
    await sandbox.forgetReceived();
    expect((await ask({})).status).toBe(200);
    const received = JSON.stringify(await sandbox.received());
    expect(received).not.toContain('phi-patient');
    expect(received).not.toContain(headers()['phi-patient']);
  });

  it('is refused beside a body that says it too', async () => {
    const phi = { patient: headers()['phi-patient'], task: 'cholesterol.latest', purpose: 'TREAT' };
    expect((await ask({ phi })).status).toBe(400);
  });
});
