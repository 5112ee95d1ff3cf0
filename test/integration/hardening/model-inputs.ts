import type { ServerResponse } from 'node:http';
import { aborted, type BadInput, type Outcome, type Refused } from './bad-input.ts';
import { answers, completion, type Play, patience } from './model-double.ts';

export interface ModelInput extends BadInput {
  readonly outcome: Refused;
  readonly play: Play;
}

const unavailable = aborted('model_unavailable', 'model_unavailable');
const garbage = aborted('model_unavailable', 'model_malformed');
const late = aborted('upstream_timeout', 'model_timeout');
const whole = JSON.stringify(completion('The LDL is 108 mg/dL.'));

const begin = (response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void => {
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
};

/** One byte at a time, and never the last: the whole exchange has its time, not each byte. */
const drip: Play = (response) => {
  begin(response);
  let at = 0;
  const timer = setInterval(() => {
    at += 1;
    response.write(whole.slice(at - 1, at));
    if (at >= whole.length - 1) clearInterval(timer);
  }, 20);
  response.on('close', () => clearInterval(timer));
};

const closeMidStream: Play = (response) => {
  begin(response, { 'content-length': String(whole.length) });
  response.write(whole.slice(0, 80), () => response.destroy());
};

const endless: Play = (response) => {
  begin(response);
  const more = (): void => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  };
  response.on('drain', more);
  more();
};

const choice = (fields: object): Play => answers(completion('x', { choices: [fields] }));
const said = { role: 'assistant', content: 'x' };

export const modelInputs: readonly ModelInput[] = [
  { name: 'model hangs', outcome: late, play: () => undefined },
  {
    name: 'model slow',
    outcome: late,
    play: (response) => {
      setTimeout(() => response.end(), patience + 500);
    },
  },
  {
    name: 'model hangs after its head',
    outcome: late,
    play: (response) => response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders(),
  },
  { name: 'model dripping', outcome: late, play: drip },
  { name: 'model closes at once', outcome: unavailable, play: (response) => response.destroy() },
  { name: 'model closes in the middle', outcome: unavailable, play: closeMidStream },
  { name: 'model garbage', outcome: garbage, play: answers('%PDF-1.7 \u0000\u0001') },
  {
    name: 'model answers bytes that are no UTF-8',
    outcome: garbage,
    play: (response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from('7b22ff227d', 'hex')),
  },
  { name: 'model answers nothing', outcome: garbage, play: answers('') },
  { name: 'model answers half of its JSON', outcome: garbage, play: answers(whole.slice(0, 100)) },
  { name: 'model answers a text', outcome: garbage, play: answers('"The LDL is 108."') },
  { name: 'model answers a deep nest', outcome: garbage, play: answers('['.repeat(90_000)) },
  { name: 'model redirects', outcome: garbage, play: answers('', { location: 'http://127.0.0.1:9/' }, 302) },
  { name: 'model 204', outcome: garbage, play: (response) => response.writeHead(204).end() },
  ...[400, 401, 403, 404, 429, 500, 503].map((status) => ({
    name: `model ${status}`,
    outcome: unavailable,
    play: answers({ error: { message: 'x' } }, {}, status),
  })),
  {
    name: 'model content type text/html',
    outcome: garbage,
    play: answers(whole, { 'content-type': 'text/html' }),
  },
  {
    name: 'model content type of a stream',
    outcome: garbage,
    play: answers(whole, { 'content-type': 'text/event-stream' }),
  },
  { name: 'model compressed', outcome: garbage, play: answers(whole, { 'content-encoding': 'gzip' }) },
  { name: 'model too large', outcome: garbage, play: answers(completion('x'.repeat(200_000))) },
  { name: 'model endless', outcome: garbage, play: endless },
  { name: 'model without choices', outcome: garbage, play: answers(completion('x', { choices: [] })) },
  {
    name: 'model with two choices',
    outcome: garbage,
    play: answers(
      completion('x', {
        choices: [
          { index: 0, message: said, finish_reason: 'stop' },
          { index: 1, message: said, finish_reason: 'stop' },
        ],
      }),
    ),
  },
  {
    name: 'model with only the second choice',
    outcome: garbage,
    play: choice({ index: 1, message: said, finish_reason: 'stop' }),
  },
  {
    name: 'model that never finished',
    outcome: garbage,
    play: choice({ index: 0, message: said, finish_reason: null }),
  },
  {
    name: 'model with an unknown end',
    outcome: garbage,
    play: choice({ index: 0, message: said, finish_reason: 'boredom' }),
  },
  {
    name: 'model calling a tool',
    outcome: garbage,
    play: answers(
      completion(
        '',
        {},
        { tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'send', arguments: '{}' } }] },
      ),
    ),
  },
  {
    name: 'model speaking as a user',
    outcome: garbage,
    play: answers(completion('x', {}, { role: 'user' })),
  },
  {
    name: 'model with content parts',
    outcome: garbage,
    play: answers(completion('x', {}, { content: [{ type: 'text', text: 'x' }] })),
  },
  {
    name: 'model with an error beside the answer',
    outcome: unavailable,
    play: answers(completion('x', { error: { message: 'x' } })),
  },
];

/** A finding in every field of an answer: either the field does not exist for us, or the answer is refused. */
export interface FieldInput {
  readonly name: string;
  readonly outcome: Outcome;
  readonly play: (finding: string) => Play;
}

const ignored: Outcome = { answered: 'the field does not exist' };
const blocked = aborted('content_refused', 'answer_blocked');
const text = 'The LDL is 108 mg/dL.';

const field = (name: string, make: (finding: string) => object, outcome: Outcome = ignored): FieldInput => ({
  name: `a finding in ${name}`,
  outcome,
  play: (finding) => answers(make(finding)),
});

const top = (name: string, value: (finding: string) => unknown, outcome?: Outcome): FieldInput =>
  field(name, (finding) => completion(text, { [name]: value(finding) }), outcome);
const inMessage = (name: string, value: (finding: string) => unknown, outcome?: Outcome): FieldInput =>
  field(`message.${name}`, (finding) => completion(text, {}, { [name]: value(finding) }), outcome);
const inChoice = (name: string, value: (finding: string) => unknown, outcome?: Outcome): FieldInput =>
  field(
    `choice.${name}`,
    (finding) =>
      completion(text, {
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: text },
            finish_reason: 'stop',
            [name]: value(finding),
          },
        ],
      }),
    outcome,
  );
const same = (finding: string): string => finding;
const token = (finding: string) => ({
  token: finding,
  logprob: 0,
  bytes: null,
  top_logprobs: [{ token: finding, logprob: 0 }],
});

export const fieldInputs: readonly FieldInput[] = [
  ...[
    'id',
    'object',
    'created',
    'model',
    'system_fingerprint',
    'service_tier',
    'phi',
    'evidence',
    'metadata',
  ].map((name) => top(name, same)),
  top('usage', (finding) => ({
    prompt_tokens: 1,
    completion_tokens: 1,
    total_tokens: finding,
    note: finding,
    completion_tokens_details: { [finding]: finding },
  })),
  top('prompt_filter_results', (finding) => [{ content_filter_results: { note: finding } }]),
  top(
    'error',
    (finding) => ({ message: finding, type: finding, param: finding, code: finding }),
    unavailable,
  ),
  inChoice('logprobs', (finding) => ({ content: [token(finding)], refusal: [token(finding)] })),
  inChoice('content_filter_results', (finding) => ({ note: finding })),
  inChoice('finish_reason', same, garbage),
  inChoice('index', same, garbage),
  inChoice('text', same),
  inChoice('delta', (finding) => ({ content: finding })),
  inMessage('content', same, blocked),
  inMessage('refusal', same, blocked),
  inMessage('name', same),
  inMessage('role', same, garbage),
  inMessage('reasoning', same),
  inMessage('reasoning_content', same),
  inMessage('annotations', (finding) => [
    {
      type: 'url_citation',
      url_citation: {
        url: `https://elsewhere.invalid/${finding}`,
        title: finding,
        start_index: 0,
        end_index: 1,
      },
    },
  ]),
  inMessage('audio', (finding) => ({ id: finding, data: finding, transcript: finding })),
  inMessage('context', (finding) => ({ citations: [{ content: finding }] })),
  inMessage(
    'tool_calls',
    (finding) => [{ id: finding, type: 'function', function: { name: finding, arguments: finding } }],
    garbage,
  ),
  inMessage('function_call', (finding) => ({ name: finding, arguments: finding }), garbage),
  field(
    'a second choice',
    (finding) =>
      completion(text, {
        choices: [
          { index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' },
          { index: 1, message: { role: 'assistant', content: finding }, finish_reason: 'stop' },
        ],
      }),
    garbage,
  ),
  field('the name of a member', (finding) => completion(text, { [finding]: finding })),
  {
    name: 'a finding in a header',
    outcome: ignored,
    play: (finding) =>
      answers(completion(text), {
        'x-request-id': finding,
        'openai-organization': finding,
        'set-cookie': `name=${finding}`,
        'phi-trail': finding,
      }),
  },
];
