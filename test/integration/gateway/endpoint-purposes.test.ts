import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { mcpRequest } from '../../fixtures/mcp-message.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { endedTrail } from '../hardening/bad-input.ts';
import { answers, completion, type ModelDouble, startModelDouble } from '../hardening/model-double.ts';

let sandbox: SandboxUnderTest;
/** For research alone: the first of both kinds, so that it is also what a question that names none comes to. */
let research: ModelDouble;
beforeAll(async () => {
  research = await startModelDouble();
  research.play = answers(completion('No LDL is on record.'));
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...config,
      tenants: config.tenants.map((tenant) => ({
        ...tenant,
        models: [
          ...tenant.models.map((model) => ({
            ...model,
            id: `research-${model.id}`,
            baseUrl: research.baseUrl,
            purposes: ['HRESCH'],
          })),
          ...tenant.models,
        ],
      })),
    }),
  });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await research.close();
});
beforeEach(() => {
  research.received.length = 0;
});

const phi = () => ({
  patient: sandbox.ready.patients[0]?.id,
  task: 'cholesterol.latest',
  purpose: 'TREAT',
});
const post = async (path: string, body: object, token?: string, headers: Record<string, string> = {}) =>
  sandbox.call(path, token ?? (await sandbox.token('clinician')), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const question = 'What is the latest LDL?';
const messages = [{ role: 'user', content: question }];
const model = 'research-sandbox-extractive';

const ways: Readonly<Record<string, () => Promise<Reply>>> = {
  'chat completions': () => post('/v1/chat/completions', { model, messages, phi: phi() }),
  'chat completions that name no endpoint': () => post('/v1/chat/completions', { messages, phi: phi() }),
  'a stream': () => post('/v1/chat/completions', { model, messages, phi: phi(), stream: true }),
  'a later turn of a conversation that began at another endpoint': async () => {
    const conversation = 'turns-of-one';
    const first = await post('/v1/chat/completions', {
      model: 'sandbox-extractive',
      messages,
      phi: { ...phi(), conversation },
    });
    expect(first.status).toBe(200);
    return post('/v1/chat/completions', {
      model,
      messages: [...messages, { role: 'assistant', content: 'It was high.' }, ...messages],
      phi: { ...phi(), conversation },
    });
  },
  'a delegated token for another purpose': async () => {
    const reply = await sandbox.exchange(await sandbox.token('clinician'), {
      task: 'cholesterol.latest',
      purpose: 'TREAT',
    });
    expect(reply.status).toBe(200);
    return post('/v1/chat/completions', { model, messages }, String(reply.body['access_token']));
  },
  responses: () => post('/v1/responses', { model, input: question, phi: phi() }),
  embeddings: () => post('/v1/embeddings', { model: 'research-sandbox-hash', input: question, phi: phi() }),
  'embeddings that name no endpoint': () => post('/v1/embeddings', { input: question, phi: phi() }),
};

describe('an endpoint that is for another purpose', () => {
  it.each(Object.keys(ways))('by %s: is refused, and nothing is sent there', async (way) => {
    const reply = await ways[way]?.();
    expect(reply?.status).toBe(403);
    expect(research.received).toEqual([]);
    const events = await endedTrail(sandbox, reply?.trail ?? '');
    expect(events.at(-1)).toMatchObject({ event: 'request.denied', reason: 'model_not_allowed' });
  });

  it('by MCP: is refused, and nothing is sent there', async () => {
    const call = mcpRequest('tools/call', { name: 'ask', arguments: { ...phi(), question } });
    const reply = await sandbox.call('/mcp', await sandbox.token('clinician'), call);
    expect(reply.text).toContain('"isError":true');
    expect(reply.text).toContain('access_denied');
    expect(research.received).toEqual([]);
  });

  it('by a purpose in the headers beside that of the body, or that the role does not have: is refused', async () => {
    const beside = await post('/v1/chat/completions', { model, messages, phi: phi() }, undefined, {
      'phi-purpose': 'HRESCH',
    });
    const claimed = await post('/v1/chat/completions', {
      model,
      messages,
      phi: { ...phi(), purpose: 'HRESCH' },
    });
    expect([beside.status, claimed.status]).toEqual([400, 403]);
    expect(research.received).toEqual([]);
  });

  it('a decision about it, asked for elsewhere, is no', async () => {
    const token = await sandbox.token('clinician');
    const decided = (named: string) =>
      post(
        '/access/v1/evaluation',
        {
          subject: { type: 'user', id: decodeJwt(token).sub },
          action: { name: 'ask' },
          resource: { type: 'Patient', id: phi().patient },
          context: { task: phi().task, purpose: phi().purpose, model: named },
        },
        token,
      );
    expect((await decided('sandbox-extractive')).body['decision']).toBe(true);
    expect((await decided(model)).body['decision']).toBe(false);
  });
});
