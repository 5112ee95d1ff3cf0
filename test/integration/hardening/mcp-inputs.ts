import { mcpRequest } from '../../fixtures/mcp-message.ts';
import type { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { denied, malformed, type Refused, unknownMember } from './bad-input.ts';
import type { RequestInput } from './request-inputs.ts';

const message = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const call = (params: object) => ({ ...message, method: 'tools/call', params });

const bodies: readonly (readonly [string, unknown, Refused])[] = [
  ['two messages of MCP in one body', [message, { ...message, id: 2 }], malformed],
  ['a message of MCP that is a text', 'tools/list', malformed],
  ['a message of MCP with a further member', { ...message, context: 'x' }, unknownMember],
  ['a message of MCP that answers what nobody asked', { jsonrpc: '2.0', id: 1, result: {} }, malformed],
  ['a message of another JSON-RPC', { ...message, jsonrpc: '1.0' }, malformed],
  ['a subscription by MCP', { ...message, method: 'subscriptions/listen' }, malformed],
  ['a call by MCP with a further parameter', call({ name: 'ask', task: { ttl: 1 } }), unknownMember],
  ['a call by MCP without a name', call({ arguments: {} }), malformed],
  ['a call by MCP whose arguments are a list', call({ name: 'ask', arguments: [] }), malformed],
  ['a call by MCP of a tool that is a path', call({ name: '../ask' }), malformed],
];

const others: readonly (readonly [string, Readonly<Record<string, string>>, string, Refused])[] = [
  [
    'a body of MCP over the limit',
    {},
    ' '.repeat(1_048_577),
    denied('request_too_large', 'request_too_large'),
  ],
  [
    'a body of MCP that is a form',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'a=1',
    denied('unsupported_media_type', 'unsupported_media_type'),
  ],
];

const send =
  (body: string, headers: Readonly<Record<string, string>> = {}) =>
  async (sandbox: SandboxUnderTest) => {
    const init = mcpRequest('tools/list', {}, headers);
    return sandbox.call('/mcp', await sandbox.token('clinician'), { ...init, body });
  };

export const mcpInputs: readonly RequestInput[] = [
  ...bodies.map(([name, body, outcome]) => ({ name, outcome, send: send(JSON.stringify(body)) })),
  ...others.map(([name, headers, body, outcome]) => ({ name, outcome, send: send(body, headers) })),
];
