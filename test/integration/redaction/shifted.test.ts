import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { dayMs, epochDayOf, isoDate } from '../../../src/vocabulary/time.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { send } from '../faces/positions.ts';

const folder = mkdtempSync(join(tmpdir(), 'shifted-'));
const pack = `id: west
title: West Hospital
covers: what hipaa-safe-harbor covers
extends: hipaa-safe-harbor
actions: { DATE: shift }
`;

const shifted = /\b2[1-4]\d{2}-\d{2}-\d{2}\b/g;
/** One example of a token and one of a date stand in the instructions. */
const example = '2290-05-17';
const moved = (date: string, days: number): string => isoDate(((epochDayOf(date) ?? 0) + days) * dayMs);

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  const file = join(folder, 'west.yaml');
  writeFileSync(file, pack);
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({ ...config, redaction: { ...config.redaction, packs: [file] } }),
  });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const sent = async (): Promise<string> => JSON.stringify((await sandbox.received()).at(-1)?.body);
const written = (trail: string) => sandbox.running.gateway.gateway.services.trail.trail('sandbox', trail);
const told = async (trail: string): Promise<string> =>
  (await sandbox.call(`/v1/trails/${trail}`, await sandbox.token('compliance'))).text;
const datesIn = (text: string): string[] => (text.match(shifted) ?? []).filter((one) => one !== example);
/** What the model read of a question in a conversation, and the date as a human reads it. */
async function shown(conversation: string): Promise<{ date: string; real: string }> {
  await sandbox.ask({ phi: { conversation } });
  const [date = ''] = datesIn(await sent());
  await sandbox.script([{ chunks: [`Measured on ${date} [O1].`] }]);
  const reply = await sandbox.ask({ phi: { conversation } });
  const real = /on (\d{4}-\d{2}-\d{2})/.exec(contentOf(reply.body))?.[1] ?? '';
  return { date, real };
}

describe('dates of a site that shifts them', () => {
  test('reach the model as days of another calendar, and come back', async () => {
    const { date, real } = await shown('comes-back');
    const body = await sent();
    expect(datesIn(body).length).toBeGreaterThan(0);
    expect(body).not.toMatch(/\[\[DATE-(?!X{8})[^\]]* day/);
    expect(body).not.toContain(real);
    expect(real).toMatch(/^20\d\d-/);
    expect(Math.abs((epochDayOf(date) ?? 0) - (epochDayOf(real) ?? 0))).toBeGreaterThan(90_000);
  }, 30_000);

  test('keep their distances, and one that the model works out comes back too', async () => {
    const { date, real } = await shown('works-out');
    await sandbox.script([{ chunks: [`Again on ${moved(date, 90)}, before ${moved(date, -5)}.`] }]);
    const reply = await sandbox.ask({ phi: { conversation: 'works-out' } });
    expect(contentOf(reply.body)).toContain(
      `Again on ${moved(real, 90)} (computed), before ${moved(real, -5)} (computed).`,
    );
  }, 30_000);

  test('are others in another conversation', async () => {
    const [one, other] = [await shown('one'), await shown('other')];
    expect(one.real).toBe(other.real);
    expect(one.date).not.toBe(other.date);
  }, 30_000);

  test.each([
    (date: string) => `It was in ${date.slice(0, 4)}.`,
    (date: string) => `It was on ${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)}.`,
    () => 'It was on May 5, 2025.',
    () => 'It was in March 2024.',
  ])(
    'block an answer that says one which cannot be turned back',
    async (saying) => {
      const { date } = await shown('blocked');
      await sandbox.script([{ chunks: [saying(date)] }]);
      const reply = await sandbox.ask({ phi: { conversation: 'blocked' } });
      expect(reply.status).toBe(403);
      expect(reply.text).toContain('content_refused');
      expect((await written(reply.trail)).at(-1)).toMatchObject({
        event: 'response.aborted',
        reason: 'answer_blocked',
        facts: { failed: ['shifted-dates'] },
      });
    },
    30_000,
  );

  test('leave whole, also where a stream is asked for', async () => {
    const { date, real } = await shown('stream');
    const chunks = ['Measured on ', date.slice(0, 6), date.slice(6), ' [O1].', ' Or in ', date.slice(0, 4)];
    await sandbox.script([{ chunks: chunks.slice(0, 4) }, { chunks }]);
    const streamed = await sandbox.ask({ phi: { conversation: 'stream' }, body: { stream: true } });
    expect(streamed.text).toContain(real.slice(0, 7));
    expect(streamed.text).toContain('[DONE]');
    const blocked = await sandbox.ask({ phi: { conversation: 'stream' }, body: { stream: true } });
    expect(blocked.text).not.toContain(real.slice(0, 7));
    expect(blocked.text).not.toContain('[DONE]');
  }, 30_000);

  test('a day of the other calendar that a caller writes is removed', async () => {
    await sandbox.ask({ question: 'What was on April 3, 2291 and on March 3, 2025?' });
    const body = await sent();
    expect(body).toContain('What was on (date removed) and on 2');
    expect(body).not.toContain('2291');
  }, 30_000);

  test('are so in a context as well, whose answer is turned back, and the trail counts them', async () => {
    const taken = await send(sandbox, '/v1/context', {});
    const context = isRecord(taken.body['context']) ? taken.body['context'] : {};
    const [date = ''] = datesIn(String(context['text']));
    expect(String(context['text'])).not.toContain('[[DATE-');
    const checked = await sandbox.call('/v1/answers/check', await sandbox.token('clinician'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ context: context['id'], answer: `Measured on ${date} [O1].` }),
    });
    expect(checked.status).toBe(200);
    expect(String(checked.body['answer'])).toMatch(/^Measured on 20\d\d-\d\d-\d\d \[O1\]\./);
    expect(await told(taken.trail)).toMatch(/"shifted":[1-9]/);
  }, 30_000);
});
