import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const client = async (user = 'clinician') =>
  new OpenAI({ baseURL: `${sandbox.ready.gateway}/v1`, apiKey: await sandbox.token(user) });
const body = (task = 'cholesterol.latest') => ({
  model: 'sandbox-extractive',
  input: 'What is the latest LDL?',
  phi: { patient: sandbox.ready.patients[0]?.id, task, purpose: 'TREAT' },
});

const all = async <T>(stream: AsyncIterable<T>): Promise<T[]> => {
  const events: T[] = [];
  for await (const event of stream) events.push(event);
  return events;
};

describe('the Responses API through the official client', () => {
  it('answers whole', async () => {
    const answer = await (await client()).responses.create(body());
    expect(answer.output_text).toMatch(/LDL/);
    expect(answer).toMatchObject({ status: 'completed', store: false, previous_response_id: null });
    expect(answer).toHaveProperty('phi.decision.effect', 'allow');
  });

  it('streams the same text in the events of the specification', async () => {
    const whole = await (await client()).responses.create(body());
    const stream = await (await client()).responses.create({ ...body(), stream: true });
    const events = await all(stream);
    const deltas = events.flatMap((event) =>
      event.type === 'response.output_text.delta' ? [event.delta] : [],
    );
    expect(deltas.join('')).toBe(whole.output_text);
    expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, order) => order));
    const types = new Set(events.map(({ type }) => type));
    expect([...types]).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
  });

  it('takes a conversation of items', async () => {
    const answer = await (await client()).responses.create({
      ...body(),
      instructions: 'Be brief.',
      input: [
        { role: 'user', content: 'Hello.' },
        { role: 'assistant', content: 'Hello.' },
        { type: 'function_call', call_id: 'c1', name: 'clock', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c1', output: 'noon' },
        { role: 'user', content: [{ type: 'input_text', text: 'What is the latest LDL?' }] },
      ],
    });
    expect(answer.output_text).toMatch(/LDL/);
  });

  it('refuses with a typed error after one attempt, also in the middle of a stream', async () => {
    await expect((await client('outsider')).responses.create(body())).rejects.toMatchObject({
      status: 403,
      code: 'access_denied',
    });
    await sandbox.script([
      { chunks: ['The latest ', `LDL is fine ${sandbox.ready.patients[0]?.name ?? ''}.`] },
    ]);
    const streamed = async () => all(await (await client()).responses.create({ ...body(), stream: true }));
    await expect(streamed()).rejects.toMatchObject({ code: 'content_refused' });
  });
});
