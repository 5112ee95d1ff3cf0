import type { AskOptions, Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { type BadInput, denied, malformed, type Refused, unknownMember } from './bad-input.ts';
import { rawRequest } from './raw-request.ts';

export interface RequestInput extends BadInput {
  readonly outcome: Refused;
  readonly send: (sandbox: SandboxUnderTest) => Promise<Reply>;
}

const json = { 'content-type': 'application/json' };

const asking =
  (options: AskOptions) =>
  (sandbox: SandboxUnderTest): Promise<Reply> =>
    sandbox.ask(options);

const raw =
  (
    request: Omit<Parameters<typeof rawRequest>[1], 'headers'>,
    headers: Readonly<Record<string, string>> = json,
  ) =>
  async (sandbox: SandboxUnderTest): Promise<Reply> =>
    rawRequest(sandbox.ready.gateway, {
      ...request,
      headers: { authorization: `Bearer ${await sandbox.token('clinician')}`, ...headers },
    });

const body = (
  text: string | Buffer,
  headers: Readonly<Record<string, string>> = json,
): ((sandbox: SandboxUnderTest) => Promise<Reply>) =>
  raw({ pieces: [text] }, { ...headers, 'content-length': `${Buffer.byteLength(text)}` });

const tooLarge = denied('request_too_large', 'request_too_large');
const wrongType = denied('unsupported_media_type', 'unsupported_media_type');
const bytesOver = 1_048_577;

const bodies: readonly RequestInput[] = [
  { name: 'a body that ends in the middle', outcome: malformed, send: body('{"messages": [{"role": "user"') },
  { name: 'a body that is no JSON', outcome: malformed, send: body('What is the latest LDL?') },
  { name: 'an empty body', outcome: malformed, send: body('') },
  {
    name: 'a body with bytes that are no UTF-8',
    outcome: malformed,
    send: body(Buffer.from('7b22ff227d', 'hex')),
  },
  {
    name: 'a body with a byte order mark of UTF-16',
    outcome: malformed,
    send: body(Buffer.from('fffe7b007d00', 'hex')),
  },
  { name: 'a list as body', outcome: malformed, send: body('[]') },
  { name: 'null as body', outcome: malformed, send: body('null') },
  { name: 'a hundred thousand nested lists', outcome: malformed, send: body('['.repeat(100_000)) },
  {
    name: 'a hundred thousand nested lists, closed',
    outcome: malformed,
    send: body(`{"messages":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
  },
  {
    name: 'a member called __proto__',
    outcome: unknownMember,
    send: body('{"messages":[{"role":"user","content":"x"}],"__proto__":{"phi":{}}}'),
  },
  { name: 'a body over the limit', outcome: tooLarge, send: body(' '.repeat(bytesOver)) },
  {
    name: 'a body over the limit that does not say its length',
    outcome: tooLarge,
    send: raw({ pieces: Array.from({ length: 17 }, () => ' '.repeat(65_536)) }),
  },
  {
    name: 'headers over the limit',
    outcome: tooLarge,
    send: raw({ method: 'GET' }, { 'x-long': 'a'.repeat(20_000) }),
  },
  {
    name: 'a path over the limit',
    outcome: tooLarge,
    send: raw({ method: 'GET', path: `/v1/trails/${'a'.repeat(20_000)}` }),
  },
];

const contentTypes: readonly RequestInput[] = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/fhir+json',
  'application/jsonl',
].map((type) => ({
  name: `content type ${type}`,
  outcome: wrongType,
  send: body('{"messages":[]}', { 'content-type': type }),
}));

const coded: readonly RequestInput[] = [
  { name: 'no content type', outcome: wrongType, send: raw({ pieces: ['{}'] }, {}) },
  {
    name: 'a compressed body',
    outcome: wrongType,
    send: body('{}', { ...json, 'content-encoding': 'gzip' }),
  },
];

const message = (content: unknown, role = 'user') => ({ messages: [{ role, content }] });
const shapes: readonly (readonly [string, Readonly<Record<string, unknown>>, Refused])[] = [
  ['an unknown member', { note: 'x' }, unknownMember],
  ['metadata that is no text', { metadata: { note: 1 } }, malformed],
  [
    'an unknown member of a message',
    { messages: [{ role: 'user', content: 'x', weight: 1 }] },
    unknownMember,
  ],
  ['an unknown member of stream_options', { stream_options: { x: true } }, unknownMember],
  ['messages that are a text', { messages: 'x' }, malformed],
  ['no message', { messages: [] }, malformed],
  [
    '129 messages',
    { messages: Array.from({ length: 129 }, () => ({ role: 'user', content: 'x' })) },
    malformed,
  ],
  [
    'a message with 65 parts',
    message(Array.from({ length: 65 }, () => ({ type: 'text', text: 'x' }))),
    malformed,
  ],
  ['an assistant message at the end', message('x', 'assistant'), malformed],
  ['a system message at the end', message('x', 'system'), malformed],
  ['a tool message', message('x', 'tool'), malformed],
  ['content null', message(null), malformed],
  ['content that is a number', message(7), malformed],
  ['two answers at once', { n: 2 }, malformed],
  ['a temperature over 2', { temperature: 3 }, malformed],
  ['max_tokens 0', { max_tokens: 0 }, malformed],
  ['stream as a text', { stream: 'yes' }, malformed],
  ['a model that is a path', { model: '../../admin' }, denied('access_denied', 'model_not_allowed')],
];

const phi: readonly (readonly [string, Readonly<Record<string, unknown>>, Refused])[] = [
  ['an unknown member of phi', { tenant: 'other' }, unknownMember],
  ['no patient', { patient: undefined }, malformed],
  ['no task', { task: undefined }, malformed],
  ['no purpose', { purpose: undefined }, malformed],
  ['a purpose that is no word of ours', { purpose: 'FUN' }, malformed],
  ['a purpose that is not the role’s', { purpose: 'HPAYMT' }, denied('access_denied', 'purpose_not_allowed')],
  ['an unknown task', { task: 'everything.please' }, denied('unknown_task', 'task_unknown')],
  ['a task that is a path', { task: '../policies' }, malformed],
  ['a task named like a property', { task: 'constructor' }, denied('unknown_task', 'task_unknown')],
  ['a patient that is a list', { patient: ['a', 'b'] }, malformed],
  ['an encounter that is a path', { encounter: 'x/../../Patient/y' }, malformed],
  ['an encounter with a query', { encounter: 'x?_include=*' }, malformed],
  ['a conversation with a line break', { conversation: 'a\nb' }, malformed],
  ['a ticket with a line break', { ticket: 'a\nb' }, malformed],
];

/** Patient ids that would be something else in a URL, a query or a file name. */
const idTricks: readonly (readonly [string, string])[] = [
  ['of two steps up', '../../Patient'],
  ['that is ..', '..'],
  ['that is .', '.'],
  ['with an encoded slash', 'a%2Fb'],
  ['with a slash', 'a/b'],
  ['with a back slash', 'a\\b'],
  ['with a query', 'a?_count=1000'],
  ['with a fragment', 'a#b'],
  ['with a comma', 'a,b'],
  ['with a bar', 'system|a'],
  ['of a naming system alone', 'http://system|'],
  ['of no naming system', '|a'],
  ['with two bars', 'http://system|a|b'],
  ['of 257 characters behind a system', `urn:s|${'a'.repeat(251)}`],
  ['that is a star', '*'],
  ['with a NUL', 'a\u0000b'],
  ['with a line break', 'a\r\nx-evil: 1'],
  ['of fullwidth letters', 'ａｂｃ'],
  ['that is a URL', 'https://elsewhere.invalid/Patient/a'],
  ['of 65 characters', 'a'.repeat(65)],
  ['that is empty', ''],
];

const routes: readonly (readonly [string, string, Refused])[] = [
  [
    'a trail id of two steps up',
    '/v1/trails/..%2f..%2fetc%2fpasswd',
    denied('not_found', 'trail_not_visible'),
  ],
  ['a trail id that is no UTF-8', '/v1/trails/%E0%A4%A', denied('not_found', 'unknown_route')],
  ['a trail id with a NUL', '/v1/trails/a%00b', denied('not_found', 'trail_not_visible')],
  ['a trail id that is SQL', "/v1/trails/'%20or%201=1--", denied('not_found', 'trail_not_visible')],
  [
    'the trail of nobody',
    '/v1/trails/01997f00-0000-7000-8000-000000000000',
    denied('not_found', 'trail_not_visible'),
  ],
];

export const requestInputs: readonly RequestInput[] = [
  ...bodies,
  ...contentTypes,
  ...coded,
  ...shapes.map(([name, change, outcome]) => ({ name, outcome, send: asking({ body: change }) })),
  { name: 'no phi', outcome: malformed, send: asking({ phi: null }) },
  { name: 'phi null', outcome: malformed, send: asking({ body: { phi: null } }) },
  { name: 'phi as a list', outcome: malformed, send: asking({ body: { phi: [] } }) },
  ...phi.map(([name, change, outcome]) => ({ name, outcome, send: asking({ phi: change }) })),
  ...idTricks.map(([name, patient]) => ({
    name: `a patient id ${name}`,
    outcome: malformed,
    send: asking({ phi: { patient } }),
  })),
  {
    name: 'a patient who does not exist',
    outcome: denied('access_denied', 'policy_denied'),
    send: asking({ patient: 'no-such-patient' }),
  },
  {
    name: 'an identifier that nobody has',
    outcome: denied('access_denied', 'policy_denied'),
    send: asking({ patient: 'http://system|a' }),
  },
  {
    name: 'a patient of somebody else',
    outcome: denied('access_denied', 'policy_denied'),
    send: asking({ user: 'outsider' }),
  },
  ...routes.map(([name, path, outcome]) => ({
    name,
    outcome,
    send: async (sandbox: SandboxUnderTest) => sandbox.call(path, await sandbox.token('clinician')),
  })),
];
