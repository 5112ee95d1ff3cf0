import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

describe('an answered question', () => {
  it('carries answer, decision, citations and notices, and its trail tells the whole way', async () => {
    const reply = await sandbox.ask({ question: 'What is the latest LDL cholesterol?' });
    expect(reply.status).toBe(200);
    const phi = reply.body['phi'];
    expect(phi).toMatchObject({ trail: reply.trail, decision: { effect: 'allow' } });
    expect(isRecord(phi) && Array.isArray(phi['citations']) && phi['citations'].length).toBeGreaterThan(0);
    expect(JSON.stringify(reply.body['choices'])).toMatch(/LDL/);
    expect((await sandbox.trail(reply.trail)).map(({ event }) => event)).toEqual([
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

  it('is the same through a delegated token, which cannot be stretched to anything else', async () => {
    const user = await sandbox.token('clinician');
    const patient = sandbox.ready.patients[0]?.id ?? '';
    const exchanged = await sandbox.exchange(user);
    expect(exchanged.status).toBe(200);
    expect(exchanged.text).not.toContain(patient);
    const token = String(exchanged.body['access_token']);
    expect((await sandbox.ask({ token, phi: null })).status).toBe(200);
    const stretched = await sandbox.ask({ token, task: 'problem.list' });
    expect(stretched.status).toBe(403);
    expect((await sandbox.trail(stretched.trail)).at(-1)).toMatchObject({
      event: 'request.denied',
      reason: 'scope_exceeded',
    });
  });

  it('lists tasks and models for the caller', async () => {
    const token = await sandbox.token('clinician');
    const tasks = (await sandbox.call('/v1/tasks', token)).body['tasks'];
    expect(JSON.stringify(tasks)).toContain('medication.reconciliation');
    expect((await sandbox.call('/v1/models', token)).body).toMatchObject({
      object: 'list',
      data: [
        { id: 'sandbox-extractive', object: 'model' },
        { id: 'sandbox-hash', object: 'model' },
      ],
    });
    const one = await sandbox.call('/v1/models/sandbox-extractive', token);
    expect(one.body).toEqual({
      id: 'sandbox-extractive',
      object: 'model',
      created: 0,
      owned_by: 'sandbox',
    });
    for (const id of ['quux-4o', 'sandbox-extractive%2F', '..%2Ftasks']) {
      const other = await sandbox.call(`/v1/models/${id}`, token);
      expect(other).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
      expect(other.text).not.toContain('quux');
    }
    const { body } = await sandbox.call('/v1/tasks', await sandbox.token('support'));
    expect(body['tasks']).toMatchObject([{ task: 'support.case', purposes: ['HOPERAT'] }]);
  });
});

const client = async () =>
  new OpenAI({ baseURL: `${sandbox.ready.gateway}/v1`, apiKey: await sandbox.token('clinician') });
const body = (task = 'cholesterol.latest') => ({
  model: 'sandbox-extractive',
  messages: [{ role: 'user' as const, content: 'What is the latest LDL?' }],
  phi: { patient: sandbox.ready.patients[0]?.id, task, purpose: 'TREAT' },
});

describe('the official openai client, unchanged but for base URL and key', () => {
  it('gets a whole answer', async () => {
    const answer = await (await client()).chat.completions.create(body());
    expect(answer.choices[0]?.message.content).toMatch(/LDL/);
    expect(answer).toHaveProperty('phi.trail');
  });

  it('gets the same answer as a stream', async () => {
    const whole = await (await client()).chat.completions.create(body());
    let text = '';
    let phi: unknown;
    for await (const chunk of await (await client()).chat.completions.create({ ...body(), stream: true })) {
      text += chunk.choices[0]?.delta.content ?? '';
      if ('phi' in chunk) phi = chunk.phi;
    }
    expect(text).toBe(whole.choices[0]?.message.content);
    expect(phi).toHaveProperty('decision.effect', 'allow');
  });

  it('sees a refusal as a typed error after one attempt', async () => {
    let attempts = 0;
    const counting = new OpenAI({
      baseURL: `${sandbox.ready.gateway}/v1`,
      apiKey: await sandbox.token('outsider'),
      fetch: (input, init) => {
        attempts += 1;
        return fetch(input, init);
      },
    });
    await expect(counting.chat.completions.create(body())).rejects.toMatchObject({
      status: 403,
      code: 'access_denied',
      name: 'Error',
    });
    await expect(counting.chat.completions.create(body('no.such.task'))).rejects.toBeInstanceOf(
      OpenAI.PermissionDeniedError,
    );
    expect(attempts).toBe(2);
  });
});
