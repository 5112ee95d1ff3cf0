import { malformed, type Refused, unknownMember } from './bad-input.ts';

/** What a chat request may not carry: state kept elsewhere, tools run elsewhere, addresses, anything but text. */
export interface StoredStateInput {
  readonly name: string;
  readonly outcome: Refused;
  readonly body: Readonly<Record<string, unknown>>;
}

const member = (name: string, value: unknown): StoredStateInput => ({
  name,
  outcome: unknownMember,
  body: { [name]: value },
});

const part = (name: string, content: object): StoredStateInput => ({
  name,
  outcome: malformed,
  body: {
    messages: [{ role: 'user', content: [{ type: 'text', text: 'What is the latest LDL?' }, content] }],
  },
});

const remote = 'https://elsewhere.invalid/scan.png';
const inline = 'data:image/png;base64,iVBORw0KGgo=';

export const storedStateInputs: readonly StoredStateInput[] = [
  member('previous_response_id', 'resp_1'),
  member('conversation', 'conv_1'),
  member('store', true),
  member('prompt', { id: 'pmpt_1' }),
  member('background', true),
  { ...member('tools', [{ type: 'function', function: { name: 'lookup' } }]), name: 'a function tool' },
  { ...member('tools', [{ type: 'web_search' }]), name: 'the hosted tool web_search' },
  {
    ...member('tools', [{ type: 'file_search', vector_store_ids: ['vs_1'] }]),
    name: 'the hosted tool file_search',
  },
  { ...member('tools', [{ type: 'code_interpreter' }]), name: 'the hosted tool code_interpreter' },
  {
    ...member('tools', [{ type: 'mcp', server_url: 'https://elsewhere.invalid' }]),
    name: 'the hosted tool mcp',
  },
  member('tool_choice', 'required'),
  { ...member('tool_choice', { type: 'function', function: { name: 'x' } }), name: 'a chosen tool' },
  { ...member('parallel_tool_calls', 'x'), outcome: malformed },
  member('functions', [{ name: 'lookup' }]),
  member('function_call', 'auto'),
  member('web_search_options', {}),
  member('modalities', ['text', 'audio']),
  member('audio', { voice: 'alloy', format: 'wav' }),
  { ...member('prediction', { type: 'file', content: 'x' }), outcome: malformed },
  { ...member('response_format', { type: 'grammar' }), outcome: malformed },
  { ...member('logprobs', true), outcome: malformed },
  { ...member('logit_bias', { 50256: 'x' }), outcome: malformed },
  { ...member('stop', [['x']]), outcome: malformed },
  { ...member('service_tier', 'elsewhere'), outcome: malformed },
  member('extra_body', { base_url: 'https://elsewhere.invalid' }),
  part('image_url with a remote address', { type: 'image_url', image_url: { url: remote } }),
  part('image_url with a data address', { type: 'image_url', image_url: { url: inline } }),
  {
    ...part('image_url beside text', { type: 'text', text: 'x', image_url: { url: remote } }),
    outcome: unknownMember,
  },
  part('input_image', { type: 'input_image', image_url: remote }),
  part('file with an id', { type: 'file', file: { file_id: 'file_1' } }),
  part('file with content', { type: 'file', file: { filename: 'a.pdf', file_data: inline } }),
  part('input_file with a remote address', { type: 'input_file', file_url: remote }),
  part('input_audio', { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }),
  part('a refusal part', { type: 'refusal', refusal: 'x' }),
  part('an item reference', { type: 'item_reference', id: 'msg_1' }),
  {
    name: 'a tool call that is no function',
    outcome: malformed,
    body: {
      messages: [
        { role: 'assistant', content: 'x', tool_calls: [{ id: 'c', type: 'custom', custom: {} }] },
        { role: 'user', content: 'x' },
      ],
    },
  },
  {
    name: 'arguments of a tool call that are no JSON',
    outcome: malformed,
    body: {
      messages: [
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'x', arguments: '{' } }],
        },
        { role: 'user', content: 'x' },
      ],
    },
  },
];
