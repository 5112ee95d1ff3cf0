import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { APIError } from 'openai';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { endedReadings } from '../../fixtures/ended-readings.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { findLeaks } from '../../leak/matcher.ts';
import { endedTrail, identifiersOf } from '../hardening/bad-input.ts';
import { answers, hurried, type ModelDouble, startModelDouble } from '../hardening/model-double.ts';

let sandbox: SandboxUnderTest;
let double: ModelDouble;
beforeAll(async () => {
  double = await startModelDouble();
  sandbox = await SandboxUnderTest.start({
    configure: (config) => {
      const more = hurried({ double: double.baseUrl }, 30_000)(config);
      return {
        ...more,
        tenants: more.tenants.map((tenant) => ({
          ...tenant,
          models: tenant.models.map((model) =>
            model.id === 'double' ? { ...model, embeddings: true } : model,
          ),
        })),
      };
    },
  });
}, 120_000);
afterAll(async () => {
  await sandbox.close();
  await double.close();
});

const phi = (more: Readonly<Record<string, unknown>> = {}) => ({
  patient: sandbox.ready.patients[0]?.id,
  task: 'cholesterol.latest',
  purpose: 'TREAT',
  ...more,
});
const embed = async (body: Readonly<Record<string, unknown>>, user = 'clinician') =>
  sandbox.call('/v1/embeddings', await sandbox.token(user), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phi: phi(), ...body }),
  });
const texts = ['The latest LDL was high.', 'A note about the diet.'];

const client = async (user = 'clinician') => {
  const { patient = '', purpose, task } = phi();
  return new OpenAI({
    baseURL: `${sandbox.ready.gateway}/v1`,
    apiKey: await sandbox.token(user),
    defaultHeaders: { 'phi-patient': patient, 'phi-task': task, 'phi-purpose': purpose },
  });
};

describe('the official client', () => {
  it('gets a vector for each text, the same in both encodings', async () => {
    const openai = await client();
    const ended = endedReadings(sandbox.running.gateway.gateway.services.textReader);
    const packed = await openai.embeddings.create({ model: 'sandbox-hash', input: texts });
    const plain = await openai.embeddings.create({
      model: 'sandbox-hash',
      input: texts,
      encoding_format: 'float',
      dimensions: 64,
    });
    // No check comes: nothing of the record stays in a thread.
    expect(ended()).toBe(2);
    expect(packed.data.map(({ embedding, index }) => [index, embedding.length])).toEqual([
      [0, 64],
      [1, 64],
    ]);
    expect(plain.data.map(({ embedding }) => embedding)).toEqual(
      packed.data.map(({ embedding }) => [...embedding]),
    );
    expect(packed.model).toBe('sandbox-hash');
    expect(packed.usage.prompt_tokens).toBeGreaterThan(5);
  });

  it('sees a refusal as a typed error after one attempt', async () => {
    let calls = 0;
    const openai = (await client('outsider')).withOptions({
      fetch: (...given) => {
        calls += 1;
        return fetch(...given);
      },
    });
    const refused = openai.embeddings.create({ model: 'sandbox-hash', input: 'x' });
    await expect(refused).rejects.toBeInstanceOf(APIError);
    await expect(refused).rejects.toMatchObject({ status: 403, code: 'access_denied' });
    expect(calls).toBe(1);
  });
});

it('sends no identifier on, in any of the texts, nor anything else of the caller', async () => {
  await sandbox.forgetReceived();
  const identifiers = identifiersOf(sandbox);
  const { birthDate = '', id = '', name = '' } = sandbox.ready.patients[0] ?? {};
  const inputs = [
    `${name} was seen.`,
    `Born ${birthDate}, record ${id}.`,
    Buffer.from(name).toString('base64'),
    name.split('').join('\u200b'),
    `call 919-555-0142, mail ${name.replaceAll(' ', '.')}@example.org`,
  ];
  const { status, text, trail } = await embed({ input: inputs, user: name });
  expect(status).toBe(200);
  expect(findLeaks(text, identifiers)).toEqual([]);
  const received = await sandbox.received();
  expect(received).toHaveLength(1);
  expect(findLeaks(JSON.stringify(received), identifiers)).toEqual([]);
  const sent: unknown = JSON.parse(String(received[0]?.body));
  expect(isRecord(sent) ? Object.keys(sent) : []).toEqual(['model', 'input', 'encoding_format']);
  expect(JSON.stringify(received)).not.toContain(trail);
  expect((await endedTrail(sandbox, trail)).map(({ event }) => event)).toEqual([
    'session.started',
    'token.delegated',
    'consent.verified',
    'workload.authorized',
    'request.authorized',
    'fhir.retrieved',
    'record.masked',
    'context.released',
    'response.generated',
    'response.checked',
    'response.released',
    'response.delivered',
  ]);
});

it('knows a value by the same token within a conversation, and by none outside', async () => {
  const input = `${sandbox.ready.patients[0]?.name ?? ''} asked.`;
  const vector = async (conversation: string): Promise<unknown> => {
    const { body } = await embed({ input, phi: phi({ conversation }) });
    return Array.isArray(body['data']) ? body['data'][0] : undefined;
  };
  const first = await vector('index-a');
  expect(first).toMatchObject({ index: 0 });
  expect(await vector('index-a')).toEqual(first);
  expect(await vector('index-b')).not.toEqual(first);
});

describe('what is refused', () => {
  it.each([
    ['a list of tokens', { input: [1, 2, 3] }, 400, 'invalid_request'],
    ['lists of tokens', { input: [[1, 2], [3]] }, 400, 'invalid_request'],
    ['no text', { input: [] }, 400, 'invalid_request'],
    ['an empty text', { input: ['x', ''] }, 400, 'invalid_request'],
    ['more texts than are taken', { input: Array.from({ length: 129 }, () => 'x') }, 400, 'invalid_request'],
    ['an unknown member', { input: 'x', notes: 'y' }, 400, 'invalid_request'],
    ['an encoding that nobody knows', { input: 'x', encoding_format: 'hex' }, 400, 'invalid_request'],
    ['no dimension', { input: 'x', dimensions: 0 }, 400, 'invalid_request'],
    ['a model that answers questions', { input: 'x', model: 'sandbox-extractive' }, 403, 'access_denied'],
    ['a model that nobody has', { input: 'x', model: 'other' }, 403, 'access_denied'],
  ])('%s', async (_name, body, status, code) => {
    await sandbox.forgetReceived();
    const reply = await embed(body);
    expect([reply.status, reply.body['error']]).toEqual([status, expect.objectContaining({ code })]);
    expect(await sandbox.received()).toEqual([]);
    expect((await sandbox.trail(reply.trail)).at(-1)).toMatchObject({ event: 'request.denied' });
  });

  it('a question to a model that embeds', async () => {
    const { status } = await sandbox.ask({ body: { model: 'sandbox-hash' } });
    expect(status).toBe(403);
  });

  it('a delegated token that is for questions', async () => {
    const { body } = await sandbox.exchange(await sandbox.token('clinician'));
    const refused = await sandbox.call('/v1/embeddings', String(body['access_token']), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'x' }),
    });
    expect(refused.status).toBe(403);
  });
});

const vector = (index: number, embedding: unknown = [0.5, -0.25]) => ({
  object: 'embedding',
  index,
  embedding,
  note: 'Ottoline',
});
const answer = (data: unknown, more: object = {}) => ({ object: 'list', data, model: 'x', ...more });

describe('an endpoint that lies', () => {
  it('has nothing of its words passed on', async () => {
    double.play = answers(
      answer([vector(1), vector(0, [1, 2])], { usage: { prompt_tokens: 'Ottoline' }, id: 'Ottoline' }),
    );
    const { body, text } = await embed({ input: texts, model: 'double' });
    expect(body['data']).toEqual([
      { object: 'embedding', index: 0, embedding: [1, 2] },
      { object: 'embedding', index: 1, embedding: [0.5, -0.25] },
    ]);
    expect(text).not.toContain('Ottoline');
  });

  it.each([
    ['a word in a vector', [vector(0, ['Ottoline', 1]), vector(1)]],
    ['a vector that is a text', [vector(0, 'Ottoline'), vector(1)]],
    ['a vector too few', [vector(0)]],
    ['a vector too many', [vector(0), vector(1), vector(1)]],
    ['one index twice', [vector(0), vector(0)]],
    ['an index that is none', [vector(0), vector(2)]],
    ['vectors of two lengths', [vector(0), vector(1, [1])]],
    ['an empty vector', [vector(0, []), vector(1, [])]],
    ['a number that is none', [vector(0, [null, 1]), vector(1)]],
    ['a number beyond all numbers', [vector(0, [1e300, 1]), vector(1)]],
    ['no list', 'Ottoline'],
  ])('%s', async (_name, data) => {
    double.play = answers(answer(data));
    const { body, status, text, trail } = await embed({ input: texts, model: 'double' });
    expect([status, body['error']]).toEqual([502, expect.objectContaining({ code: 'model_unavailable' })]);
    expect(text).not.toContain('Ottoline');
    expect((await sandbox.trail(trail)).at(-1)).toMatchObject({
      event: 'response.aborted',
      reason: 'model_malformed',
    });
  });

  it('another length than was asked for', async () => {
    double.play = answers(answer([vector(0), vector(1)]));
    expect((await embed({ input: texts, model: 'double', dimensions: 3 })).status).toBe(502);
  });
});
