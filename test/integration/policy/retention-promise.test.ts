import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TrailEvent } from '../../../src/audit/events.ts';
import type { Config } from '../../../src/config/config.ts';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import type { ModelEndpoint } from '../../../src/vocabulary/model-endpoint.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { endedTrail } from '../hardening/bad-input.ts';
import { answers, completion, type ModelDouble, startModelDouble } from '../hardening/model-double.ts';

const folder = mkdtempSync(join(tmpdir(), 'phi-rules-'));
let silent: ModelDouble;
let keeps: ModelDouble;
let promises: ModelDouble;
let sandbox: SandboxUnderTest;

const nothing = { days: 0, training: false, contract: 'BAA-2026-04, annex 2' };

const endpoint = (id: string, { baseUrl }: ModelDouble, more: Partial<ModelEndpoint>): ModelEndpoint => ({
  id,
  model: 'name-upstream',
  baseUrl,
  timeoutMs: 5000,
  maxAnswerBytes: 100_000,
  residency: 'local',
  trusted: true,
  ...more,
});

/** A site that demands the promise; the first endpoint has it, and of those in its place the last. */
const demanding = (config: Config): Config => ({
  ...config,
  rules: { directory: folder },
  tenants: config.tenants.map((tenant) => {
    return {
      ...tenant,
      models: [
        ...tenant.models,
        endpoint('first', silent, {
          retention: nothing,
          fallback: ['month', 'trains', 'says-nothing', 'last'],
        }),
        endpoint('month', keeps, { retention: { ...nothing, days: 30 } }),
        endpoint('trains', keeps, { retention: { ...nothing, training: true } }),
        endpoint('says-nothing', keeps, { noStore: true }),
        endpoint('last', promises, { retention: nothing }),
      ],
    };
  }),
});

beforeAll(async () => {
  for (const name of ['policies', 'tasks'] as const)
    cpSync(findDataFolder(name), join(folder, name), { recursive: true });
  const file = 'model-keeps-nothing.cedar';
  cpSync(join(folder, 'policies', 'optional', file), join(folder, 'policies', file));
  [silent, keeps, promises] = await Promise.all([startModelDouble(), startModelDouble(), startModelDouble()]);
  silent.play = (response) => response.destroy();
  promises.play = answers(completion('No LDL is on record.'));
  sandbox = await SandboxUnderTest.start({ configure: demanding });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  for (const double of [silent, keeps, promises]) await double.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  keeps.received.length = 0;
});

const ask = (model: string): Promise<Reply> => sandbox.ask({ body: { model } });
async function eventsOf({ trail }: Reply, event: TrailEvent['event']) {
  await endedTrail(sandbox, trail);
  const { services } = sandbox.running.gateway.gateway;
  return (await services.trail.trail(sandbox.ready.tenant, trail)).filter((one) => one.event === event);
}
const asOfficer = async ({ trail }: Reply): Promise<string> =>
  (await sandbox.call(`/v1/trails/${trail}`, await sandbox.token('compliance'))).text;

const promised = { modelRetentionDays: 0, modelNoTraining: true };

describe('a site that sends context only where nothing of it is kept', () => {
  it.each([
    ['month', { modelRetentionDays: 30, modelNoTraining: true }],
    ['trains', { modelRetentionDays: 0, modelNoTraining: false }],
    ['says-nothing', { modelRetentionDays: -1, modelNoTraining: false }],
  ])('refuses an endpoint that does not promise it (%s), and nothing reaches it', async (model, facts) => {
    const reply = await ask(model);
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('no contract promises that the model keeps nothing of what it is sent');
    expect(keeps.received).toEqual([]);
    const [denied] = await eventsOf(reply, 'request.denied');
    expect(denied?.facts).toMatchObject({
      ...facts,
      modelKeepsNothing: false,
      policies: ['model-keeps-nothing'],
    });
    expect(await asOfficer(reply)).toContain('no contract promises that the model keeps nothing');
  });

  it('falls back to one that promises it alone, and its trail says what was promised', async () => {
    const reply = await ask('first');
    expect([reply.status, reply.body['model']]).toEqual([200, 'last']);
    expect(keeps.received).toEqual([]);
    const denied = await eventsOf(reply, 'endpoint.denied');
    expect(denied).toHaveLength(3);
    for (const { facts } of denied) expect(facts).toMatchObject({ policies: ['model-keeps-nothing'] });
    const released = await eventsOf(reply, 'context.released');
    expect(released.map(({ facts }) => facts)).toMatchObject([
      { model: 'first', ...promised },
      { model: 'last', ...promised },
    ]);
    const decided = await eventsOf(reply, 'request.authorized');
    for (const { facts } of decided) expect(facts).toMatchObject({ ...promised, modelKeepsNothing: true });
    expect(await asOfficer(reply)).toContain(
      'By its contract the model last is to keep nothing of what it was sent, and to train no model on it.',
    );
  });

  it('hands no context to an application whose own model does not promise it', async () => {
    const phi = { patient: sandbox.ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT' };
    const reply = await sandbox.call('/v1/context', await sandbox.token('clinician'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phi }),
    });
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('no contract promises');
  });
});
