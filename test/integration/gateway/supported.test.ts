import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const says = (content: string) => [{ chunks: [content] }];
const codesOf = (body: Readonly<Record<string, unknown>>): unknown[] => {
  const phi = isRecord(body['phi']) ? body['phi'] : {};
  return Array.isArray(phi['incomplete'])
    ? phi['incomplete'].map((notice: unknown) => (isRecord(notice) ? notice['code'] : notice))
    : [];
};
const made = 'LDL is 999 mg/dL [O1]; on amiodarone. No known allergies.';

it('marks what a model made up, says so beside the answer and on the trail', async () => {
  await sandbox.script(says(made));
  const { body, status, trail } = await sandbox.ask();
  expect(status).toBe(200);
  expect(contentOf(body)).toContain(
    'LDL is 999 mg/dL (not in the record shown) [O1]; on amiodarone (not in the record shown). No known allergies (not in the record shown).',
  );
  expect(contentOf(body)).toContain('What is marked “not in the record shown” in this answer was not found');
  expect(codesOf(body)).toContain('answer_unsupported');
  const text = (await sandbox.call(`/v1/trails/${trail}`, await sandbox.token('compliance'))).text;
  expect(text).toContain('answer_unsupported');
  expect(text).not.toContain('amiodarone');
});

it('marks the same in a stream, however it is cut', async () => {
  const body = { model: 'sandbox-extractive' };
  await sandbox.script([{ chunks: Array.from(made) }]);
  const { text } = await sandbox.ask({ stream: true, body });
  const deltas = [...text.matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].map((match) =>
    String(JSON.parse(match[1] ?? '""')),
  );
  expect(deltas.join('')).toContain('LDL is 999 mg/dL (not in the record shown) [O1]; on amiodarone (not in');
});

it('leaves what the sandbox model quotes of the record as it is, for every task of the clinician', async () => {
  for (const task of ['cholesterol.latest', 'problem.list', 'vitals.recent', 'immunizations', 'allergies']) {
    const { body, status } = await sandbox.ask({ task, question: 'List everything that is known.' });
    expect({ task, status, codes: codesOf(body).filter((code) => code === 'answer_unsupported') }).toEqual({
      task,
      status: 200,
      codes: [],
    });
  }
});

it('takes negative statements out of an answer about allergies, and counts an earlier answer as no support', async () => {
  await sandbox.script(says('No known drug allergies.'));
  const { body } = await sandbox.ask({
    task: 'allergies',
    body: {
      messages: [
        { role: 'user', content: 'Any allergies?' },
        { role: 'assistant', content: 'No known drug allergies.' },
        { role: 'user', content: 'Sure?' },
      ],
    },
  });
  expect(contentOf(body)).toMatch(/^\(left out: not in the record shown\)\./);
});

it('refuses where the task says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'phi-tasks-'));
  for (const name of ['policies', 'tasks'] as const)
    cpSync(findDataFolder(name), join(folder, name), { recursive: true });
  const file = join(folder, 'tasks', 'cholesterol.latest.yaml');
  writeFileSync(file, `${readFileSync(file, 'utf8')}answerChecks:\n  figures: block\n`);
  const strict = await SandboxUnderTest.start({
    configure: (config) => ({ ...config, rules: { directory: folder } }),
  });
  try {
    await strict.script(says(made));
    const refused = await strict.ask();
    expect({ status: refused.status, leaks: refused.text.includes('999 mg') }).toEqual({
      status: 403,
      leaks: false,
    });
    expect((await strict.trail(refused.trail)).at(-1)).toMatchObject({ reason: 'answer_blocked' });
  } finally {
    await strict.close();
    rmSync(folder, { recursive: true });
  }
}, 60_000);
