import type { Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

/** One place of a request in which a caller's text can stand; `plant` is what stands there. */
export interface Position {
  readonly route: '/v1/chat/completions' | '/v1/responses';
  readonly name: string;
  readonly body: (plant: string) => Readonly<Record<string, unknown>>;
  /** Whether a request with ordinary text there is answered. */
  readonly taken: boolean;
}

const question = { role: 'user', content: 'What is the latest LDL?' };
const chat = (name: string, body: Position['body'], taken = true): Position => ({
  route: '/v1/chat/completions',
  name,
  body: (plant) => ({ messages: [question], ...body(plant) }),
  taken,
});
const messages = (name: string, list: (plant: string) => readonly object[], taken = true): Position =>
  chat(name, (plant) => ({ messages: [...list(plant), question] }), taken);

const call = (name: string, args: string) => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'call_1', type: 'function', function: { name, arguments: args } }],
});
const answered = { role: 'tool', tool_call_id: 'call_1', content: 'done' };
const asName = (plant: string): string => plant.replaceAll(/[^A-Za-z0-9]+/g, '_').slice(0, 60);
const tool = (plant: string) => ({
  type: 'function',
  function: { name: 'look', description: plant, parameters: { type: 'object' } },
});

const chatPositions: readonly Position[] = [
  messages('system message', (plant) => [{ role: 'system', content: plant }]),
  messages('developer message', (plant) => [{ role: 'developer', content: plant }]),
  messages('earlier user message', (plant) => [
    { role: 'user', content: plant },
    { role: 'assistant', content: 'Yes.' },
  ]),
  messages('assistant message', (plant) => [{ role: 'assistant', content: plant }]),
  messages('assistant refusal', (plant) => [{ role: 'assistant', content: null, refusal: plant }]),
  messages('assistant refusal part', (plant) => [
    { role: 'assistant', content: [{ type: 'refusal', refusal: plant }] },
  ]),
  messages('text part', (plant) => [{ role: 'user', content: [{ type: 'text', text: plant }] }]),
  messages('value split over two parts', (plant) => [
    {
      role: 'user',
      content: [
        { type: 'text', text: plant },
        { type: 'text', text: plant },
      ],
    },
  ]),
  messages('name of a participant', (plant) => [{ role: 'user', name: plant, content: 'Hello.' }]),
  messages('tool answer', (plant) => [call('look', '{}'), { ...answered, content: plant }]),
  messages('tool call id', (plant) => [call('look', '{}'), { ...answered, tool_call_id: plant }]),
  messages('tool call arguments', (plant) => [call('look', JSON.stringify({ who: plant })), answered]),
  messages('tool call argument key', (plant) => [call('look', JSON.stringify({ [plant]: 1 })), answered]),
  messages('tool call name', (plant) => [call(asName(plant), '{}'), answered]),
  chat('last message', (plant) => ({
    messages: [{ role: 'user', content: `Is ${plant} right, and what is the latest LDL?` }],
  })),
  chat('user', (plant) => ({ user: plant })),
  chat('safety_identifier', (plant) => ({ safety_identifier: plant })),
  chat('prompt_cache_key', (plant) => ({ prompt_cache_key: plant })),
  chat('metadata value', (plant) => ({ metadata: { note: plant } })),
  chat('metadata key', (plant) => ({ metadata: { [plant]: 'x' } })),
  chat('response_format description', (plant) => ({
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'x', description: plant, schema: { type: 'object' } },
    },
  })),
  chat('response_format property', (plant) => ({
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'x', schema: { type: 'object', properties: { [plant]: { type: 'string' } } } },
    },
  })),
  chat('response_format enum', (plant) => ({
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { enum: [plant] } } },
  })),
  chat('tool definition', (plant) => ({ tools: [tool(plant)] }), false),
  chat('functions', (plant) => ({ functions: [{ name: 'look', description: plant }] }), false),
  chat('stop', (plant) => ({ stop: [plant] })),
  chat('prediction', (plant) => ({ prediction: { type: 'content', content: plant } })),
  chat('logit_bias', (plant) => ({ logit_bias: { [plant]: 1 } })),
  chat('service_tier', (plant) => ({ service_tier: plant }), false),
  chat('unknown member', (plant) => ({ note: plant }), false),
  chat('member named like the value', (plant) => ({ [plant]: true }), false),
  messages('member of a message', (plant) => [{ role: 'user', content: 'x', note: plant }], false),
  messages('role', (plant) => [{ role: plant, content: 'x' }], false),
  chat('model', (plant) => ({ model: plant }), false),
];

const asked = (name: string, body: Position['body'], taken = true): Position => ({
  route: '/v1/responses',
  name,
  body: (plant) => ({ input: question.content, ...body(plant) }),
  taken,
});
const items = (name: string, list: (plant: string) => readonly object[], taken = true): Position =>
  asked(name, (plant) => ({ input: [...list(plant), question] }), taken);

const functionCall = { type: 'function_call', call_id: 'c1', name: 'look', arguments: '{}' };
const functionOutput = { type: 'function_call_output', call_id: 'c1', output: 'done' };

const responsesPositions: readonly Position[] = [
  asked('input', (plant) => ({ input: `Is ${plant} right, and what is the latest LDL?` })),
  asked('instructions', (plant) => ({ instructions: plant })),
  asked('user', (plant) => ({ user: plant })),
  asked('metadata', (plant) => ({ metadata: { note: plant } })),
  items('message item', (plant) => [{ type: 'message', role: 'user', content: plant }]),
  items('input_text part', (plant) => [{ role: 'user', content: [{ type: 'input_text', text: plant }] }]),
  items('output_text part', (plant) => [
    { role: 'assistant', content: [{ type: 'output_text', text: plant, annotations: [] }] },
  ]),
  items('item id', (plant) => [{ type: 'message', role: 'user', content: 'x', id: plant }]),
  items('function_call arguments', (plant) => [
    { ...functionCall, arguments: JSON.stringify({ who: plant }) },
    functionOutput,
  ]),
  items('function_call name', (plant) => [{ ...functionCall, name: asName(plant) }, functionOutput]),
  items('function_call_output', (plant) => [functionCall, { ...functionOutput, output: plant }]),
  asked('text.format schema', (plant) => ({
    text: { format: { type: 'json_schema', name: 'x', schema: { description: plant } } },
  })),
  items('reasoning item', (plant) => [{ type: 'reasoning', id: 'r1', summary: [plant] }], false),
  asked(
    'tool definition',
    (plant) => ({ tools: [{ type: 'function', name: 'x', description: plant }] }),
    false,
  ),
  asked('unknown member', (plant) => ({ note: plant }), false),
];

export const positions: readonly Position[] = [...chatPositions, ...responsesPositions];

/** Sends a body to its route as the clinician, about the first patient. */
export const send = async (
  sandbox: SandboxUnderTest,
  route: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Reply> =>
  sandbox.call(route, await sandbox.token('clinician'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      phi: { patient: sandbox.ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT' },
      ...body,
    }),
  });
