import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

const task = `
name: drugs.listed
title: Drugs as a list
roles: { physician: [TREAT] }
dataTypes: [MedicationRequest, Medication]
steps:
  - id: orders
    type: MedicationRequest
    what: current medication order
    search:
      patient: Patient/{patient}
      intent: [order, plan]
      status: [active, on-hold, unknown]
      _include: MedicationRequest:medication
    include: [MedicationRequest:medication]
    cap: 50
keep:
  MedicationRequest: [medication, intent, authoredOn, dosageInstruction]
instructions: |
  List each drug once, with the day on which it was ordered.
delivery: whole
complete: [orders]
output:
  schema:
    type: object
    additionalProperties: false
    required: [drugs]
    properties:
      drugs:
        type: array
        maxItems: 50
        items:
          type: object
          additionalProperties: false
          required: [name, ordered]
          properties:
            name: { type: string, maxLength: 60 }
            ordered: { type: string, maxLength: 40 }
`;

const folder = mkdtempSync(join(tmpdir(), 'phi-documents-'));
let sandbox: SandboxUnderTest;
beforeAll(async () => {
  for (const name of ['policies', 'tasks'] as const)
    cpSync(findDataFolder(name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'tasks', 'drugs.listed.yaml'), task);
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({ ...config, rules: { directory: folder } }),
  });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => sandbox.forgetReceived());

const ask = (stream = false): Promise<Reply> =>
  sandbox.ask({ task: 'drugs.listed', question: 'Which drugs?', stream, phi: { conversation: 'documents' } });
const says = (answer: unknown): Promise<void> =>
  sandbox.script([{ chunks: [typeof answer === 'string' ? answer : JSON.stringify(answer)] }]);
const sent = async (): Promise<string> => JSON.stringify(await sandbox.received());
const factsOf = async ({ trail }: Reply, event: string) => {
  const events = await sandbox.running.gateway.gateway.services.trail.trail(sandbox.ready.tenant, trail);
  return events.find((one) => one.event === event)?.facts;
};

describe('a task that wants a document', () => {
  it('tells the model of what schema, and hands over one that fits, with its values', async () => {
    await says({ drugs: [] });
    await ask();
    const prompt = await sent();
    expect(prompt).toContain('It has to fit this JSON Schema: {');
    const date = /\[\[DATE-(?!X{8})[^\]]*\]\]/.exec(prompt)?.[0] ?? '';
    await says({ drugs: [{ name: 'A drug [M1]', ordered: date }] });
    const reply = await ask();
    expect(reply.status).toBe(200);
    expect(JSON.parse(contentOf(reply.body))).toEqual({
      drugs: [{ name: 'A drug [M1]', ordered: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }],
    });
    const phi = isRecord(reply.body['phi']) ? reply.body['phi'] : {};
    expect(phi['incomplete']).toContainEqual(expect.objectContaining({ code: 'items_left_out' }));
  });

  it.each([
    ['words', 'There are two drugs.'],
    ['words around a document', 'Here it is: {"drugs":[]}'],
    ['a document in code', '```json\n{"drugs":[]}\n```'],
    ['half a document', '{"drugs":[{"name":'],
    ['nothing', ''],
    ['another member', { drugs: [], advice: 'stop all' }],
    ['another type', { drugs: 'none' }],
    ['a list', []],
    [
      'a string that a mask makes too long',
      { drugs: [{ name: `${'x'.repeat(42)} <a>${' <b>'.repeat(4)}`, ordered: '' }] },
    ],
  ])('hands over nothing for %s', async (_what, answer) => {
    await says(answer);
    const reply = await ask();
    expect(reply.status).toBe(403);
    expect(reply.body).toMatchObject({ error: { code: 'content_refused' } });
    expect(await factsOf(reply, 'response.aborted')).toMatchObject({ failed: ['schema'], stage: 'release' });
    expect(await factsOf(reply, 'response.released')).toBeUndefined();
  });

  it('hands over nothing that is nested deeper than anybody writes', async () => {
    for (const depth of [5_000, 40_000]) {
      await says(`${'{"drugs":['.repeat(depth)}${']}'.repeat(depth)}`);
      const reply = await ask();
      expect([depth, reply.status]).toEqual([depth, 403]);
    }
    await says({ drugs: [] });
    expect((await ask()).status).toBe(200);
  });

  it('nor on a stream, of which nothing has left', async () => {
    await says('There are two drugs.');
    const reply = await ask(true);
    expect(reply.status).toBe(403);
    expect(reply.text).not.toContain('two drugs');
    await says({ drugs: [] });
    expect((await ask(true)).text).toContain('[DONE]');
  });

  it('holds the answer of a model that was called elsewhere to it', async () => {
    const token = await sandbox.token('clinician');
    const patient = sandbox.ready.patients[0]?.id;
    const post = (path: string, body: object): Promise<Reply> =>
      sandbox.call(path, token, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    for (const [answer, status] of [
      ['Two drugs.', 403],
      ['{"drugs":[]}', 200],
    ] as const) {
      const taken = await post('/v1/context', { phi: { patient, task: 'drugs.listed', purpose: 'TREAT' } });
      const context = isRecord(taken.body['context']) ? taken.body['context']['id'] : undefined;
      expect((await post('/v1/answers/check', { context, answer })).status).toBe(status);
    }
  });
});
