import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { epochDayOf, isoDate } from '../../../src/vocabulary/time.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

const dayMs = 86_400_000;
let sandbox: SandboxUnderTest;
let patient = '';
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
  for (const { id } of sandbox.ready.patients) {
    await sandbox.forgetReceived();
    await sandbox.ask({ patient: id, task });
    if (countsIn(await prompts()).size > 2) {
      patient = id;
      return;
    }
  }
}, 120_000);
afterAll(() => sandbox.close());

const task = 'discharge.summary';
const conversation = { conversation: 'dates-1' };

/** Everything that the model was sent. */
const prompts = async (): Promise<string> =>
  (await sandbox.received()).map(({ body }) => String(body)).join('\n');

/** Day counts by token. */
const countsIn = (text: string): Map<string, number> =>
  new Map(
    [...text.matchAll(/\[\[DATE-[0-9A-Z.]+ day (\d{4,})\]\]/g)].map(([token, count]) => [
      token,
      Number(count),
    ]),
  );

/** The answer of a model that says this: what is beside it holds random digits. */
async function answerTo(said: string): Promise<string> {
  await sandbox.script([{ chunks: [said] }]);
  const { body } = await sandbox.ask({ patient, task, phi: conversation });
  return contentOf(body);
}

describe('dates that a model computes', () => {
  it('come back right', async () => {
    await sandbox.forgetReceived();
    const first = await sandbox.ask({ patient, task, phi: conversation });
    expect(first.status).toBe(200);
    const [[token, count] = ['', 0]] = countsIn(await prompts());
    const known = /(\d{4}-\d{2}-\d{2})/.exec(await answerTo(`On day ${count}.`))?.[1] ?? '';
    const day = epochDayOf(known);
    if (day === undefined) throw new Error('no date came back');
    const later = isoDate((day + 90) * dayMs);
    expect(await answerTo(`Review on day ${count + 90}, 90 days after ${token}.`)).toContain(
      `Review on ${later} (computed), 90 days after `,
    );
    expect(await answerTo(`Due ${token.replace(`${count}`, `${count + 90}`)}.`)).toContain(
      `Due ${later} (computed).`,
    );
    expect(await answerTo(`Due [[DATE-00000000 day ${count + 90}]], next Tuesday, in 1987.`)).not.toMatch(
      /\d{4}-\d{2}-\d{2}|1987/,
    );
    expect(await answerTo(`Due June 2, 2031 or 2031-06-03.`)).not.toMatch(/June 2|2031/);
  });
});

describe('with every request and its time', () => {
  it('no full date can be recovered', async () => {
    await sandbox.forgetReceived();
    const today = isoDate(Date.now());
    const soon = isoDate(Date.now() + 14 * dayMs);
    const reply = await sandbox.ask({
      patient,
      task,
      phi: { conversation: 'dates-2' },
      question: `Today is ${today}. I see her again in two weeks, on ${soon}. When was she discharged?`,
    });
    expect(reply.status).toBe(200);
    const [request] = await sandbox.received();
    const text = await prompts();
    expect(text).toMatch(/Today is \[\[DATE-[0-9A-Z]{8}\]\]\. .* in two weeks, on \[\[DATE-[0-9A-Z]{8}\]\]/);
    expect(text).toMatch(/DOB \[\[DATE-[0-9A-Z]{8}(?:\.\d)?\]\]/);
    expect(text).toMatch(/Age of the patient: \d+ on day \d+/);
    expect(text).not.toMatch(/\b(?:19|20)\d{2}-\d{2}/);
    // Neither the newest count nor any other is the day of the request, and no two conversations count alike.
    const counts = [...countsIn(text).values()];
    const sentOn = Math.floor((request?.at ?? 0) / dayMs);
    await sandbox.forgetReceived();
    await sandbox.ask({ patient, task, phi: { conversation: 'dates-3' } });
    const others = [...countsIn(await prompts()).values()];
    expect(counts.length).toBeGreaterThan(2);
    expect(Math.max(...others)).not.toBe(Math.max(...counts));
    expect(Math.max(...others) - Math.min(...others)).toBe(Math.max(...counts) - Math.min(...counts));
    expect(counts).not.toContain(sentOn);
  });
});
