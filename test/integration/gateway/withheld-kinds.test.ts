import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { progressNote } from '../../fixtures/progress-note.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const patient = (): string => sandbox.ready.patients[0]?.id ?? '';
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const put = (resource: Resource): void => {
  sandbox.running.store.put(resource, Date.parse(sandbox.ready.now));
};

/** A note with one sentence about HIV, and a drug and a problem that say it in code and in words. */
function addToRecord(): void {
  const subject = { reference: `Patient/${patient()}` };
  const date = sandbox.ready.now;
  const text =
    'Marmalade visit: pressure fine. She has lived with HIV for years and takes Biktarvy. Zebrafish recheck in autumn.';
  put(progressNote({ id: 'prose-note', patient: patient(), date, text }));
  put({
    resourceType: 'Condition',
    id: 'coded-problem',
    subject,
    recordedDate: date,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'problem-list-item' },
        ],
      },
    ],
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'B20', display: 'HIV disease' }] },
  });
}

function denyHiv(): void {
  const [consent] = sandbox.running.store
    .all('Consent')
    .filter((one) => JSON.stringify(one['patient']).includes(`Patient/${patient()}`));
  if (consent === undefined) throw new Error('the patient has no consent');
  const { provision } = consent;
  put({
    ...consent,
    provision: {
      ...(typeof provision === 'object' ? provision : {}),
      provision: [{ type: 'deny', securityLabel: [{ system: actCode, code: 'HIV' }] }],
    },
  });
}

const shown = async (): Promise<string> => JSON.stringify((await sandbox.received()).at(-1)?.body);
const askNotes = () =>
  sandbox.ask({
    task: 'note.lookup',
    question: 'What was said of the marmalade visit and the zebrafish recheck?',
  });

it('neither code nor sentence of what a consent denies reaches the model, and the answer does not say it', async () => {
  addToRecord();
  const told = 'Her pressure is fine. She is HIV positive and takes Biktarvy. Recheck in autumn.';

  await sandbox.script([{ chunks: [told] }]);
  const open = await askNotes();
  expect(open.status).toBe(200);
  expect(await shown()).toMatch(/lived with HIV/);
  expect(open.text).toContain('HIV positive');

  denyHiv();
  await sandbox.script([{ chunks: [told] }]);
  const closed = await askNotes();
  expect(closed.status).toBe(200);
  const context = await shown();
  expect(context).toContain('Marmalade visit: pressure fine.');
  expect(context).toContain('Zebrafish recheck in autumn.');
  expect(context).not.toMatch(/hiv|biktarvy/i);
  expect(closed.text).toContain('Her pressure is fine. (left out) Recheck in autumn.');
  expect(closed.text).not.toMatch(/hiv|biktarvy/i);

  const problems = await sandbox.ask({ task: 'problem.list', question: 'Which problems are there?' });
  expect(problems.status).toBe(200);
  expect(await shown()).not.toMatch(/hiv|\bB20\b/i);
  expect(problems.text).not.toMatch(/hiv|\bB20\b/i);
}, 60_000);
