import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { endedReadings } from '../../fixtures/ended-readings.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { send } from './positions.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const take = async () => {
  const reply = await send(sandbox, '/v1/context', {});
  const context = isRecord(reply.body['context']) ? reply.body['context'] : {};
  return { reply, id: String(context['id']), text: String(context['text']) };
};
const check = async (context: string, answer: string, user = 'clinician') =>
  sandbox.call('/v1/answers/check', await sandbox.token(user), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ context, answer }),
  });

describe('a context for a model that is called elsewhere', () => {
  it('holds tokens and keys, no identifier, and its trail is complete', async () => {
    const ended = endedReadings(sandbox.running.gateway.gateway.services.textReader);
    const { reply, text } = await take();
    expect(reply.status).toBe(200);
    // No check comes: nothing of the record stays in a thread.
    expect(ended()).toBe(1);
    expect(text).toMatch(/\[\[DATE-/);
    const { security } = isRecord(reply.body['context']) ? reply.body['context'] : {};
    const system = 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue';
    expect(security).toEqual(
      ['ABSTRED', 'PSEUDED', 'REDACTED', 'SUBSETTED'].map((code) => ({ system, code })),
    );
    expect(reply.text).not.toContain(sandbox.ready.patients[0]?.name ?? '-');
    expect((await sandbox.trail(reply.trail)).map(({ event }) => event).slice(-2)).toEqual([
      'context.released',
      'context.delivered',
    ]);
  });

  it('has one answer checked and revealed, for the one who took it', async () => {
    const { id, text } = await take();
    const date = /\[\[DATE-[^\]]*\]\]/.exec(text)?.[0] ?? '';
    const answer = `The latest cholesterol value was measured on ${date} [O1].`;
    expect((await check(id, answer, 'nurse')).status).toBe(403);
    const checked = await check(id, answer);
    expect(checked.status).toBe(200);
    expect(String(checked.body['answer'])).toMatch(/measured on \d{4}-\d{2}-\d{2}/);
    expect((await check(id, answer)).status).toBe(403);
  });

  it('reveals nothing for a list of tokens', async () => {
    const { id, text } = await take();
    const tokens = [...text.matchAll(/\[\[[A-Z]+-[^\]]*\]\]/g)].map(([token]) => token);
    const checked = await check(id, tokens.join(' '));
    expect(checked.status).toBe(200);
    expect(String(checked.body['answer'])).not.toMatch(/\d{4}-\d{2}-\d{2}/);
    expect(checked.text).toContain('bare-tokens');
  });

  it('blocks an answer that names the patient', async () => {
    const { id } = await take();
    const blocked = await check(id, `The value of ${sandbox.ready.patients[0]?.name ?? ''} was fine.`);
    expect(blocked.status).toBe(403);
    expect(blocked.body).toMatchObject({ code: 'content_refused' });
  });
});
