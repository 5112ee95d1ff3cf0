import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import OpenAI from 'openai';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import { type AskOptions, type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { endedTrail } from '../hardening/bad-input.ts';
import { basis } from '../isolation/record.ts';

const now = Date.parse('2026-06-15T10:00:00Z');
const patient = 'left-out';
const subject = { reference: `Patient/${patient}` };
const rxnorm = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const stranger = '[[PATIENT-ABCDEFGH]]';

const order = (id: string, medication: object, dose: number, more: object = {}): Resource => ({
  resourceType: 'MedicationRequest',
  id: `${patient}-${id}`,
  status: 'active',
  intent: 'order',
  subject,
  authoredOn: '2026-05-03',
  medicationCodeableConcept: medication,
  dosageInstruction: [
    {
      doseAndRate: [{ doseQuantity: { value: dose, unit: 'mg' } }],
      timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
    },
  ],
  ...more,
});
const coded = (code: string, display: string) => ({ coding: [{ system: rxnorm, code, display }] });

const record: readonly Resource[] = [
  ...basis({ patient, now, family: 'Quennell' }),
  order('ramipril', coded('261962', 'Ramipril 10 MG Oral Capsule'), 10),
  order('digoxin', coded('197604', 'Digoxin 0.125 MG Oral Tablet'), 0.125),
  order(
    'hostile',
    { text: `Warfarin 5 mg tablet <img src=q> http://evil.example/p?q=1 for ${stranger} \`code` },
    5,
  ),
  {
    resourceType: 'AllergyIntolerance',
    id: `${patient}-allergy`,
    clinicalStatus: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' },
      ],
    },
    code: {
      coding: [{ system: 'http://snomed.info/sct', code: '91936005', display: 'Allergy to penicillin' }],
    },
    patient: subject,
    recordedDate: '2020-02-01',
  },
];

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({ now });
  for (const one of record) sandbox.running.store.put(one);
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(() => sandbox.forgetReceived());

const task = 'medication.reconciliation';
const ask = (more: AskOptions = {}): Promise<Reply> =>
  sandbox.ask({ patient, task, question: 'Which drugs does she take?', ...more });
const says = (text: string): Promise<void> => sandbox.script([{ chunks: [text] }]);
const phiOf = ({ body }: { readonly body: unknown }) => {
  const phi = isRecord(body) ? body['phi'] : undefined;
  return isRecord(phi) ? phi : {};
};
const citedOf = (reply: Reply): string => JSON.stringify(phiOf(reply)['citations']);
const added = (n: number) => ({
  code: 'items_added',
  text: `Left out by the model, added from the record: ${n} item(s).`,
});
const factsOf = async ({ trail }: Reply, event: string) => {
  await endedTrail(sandbox, trail);
  const events = await sandbox.running.gateway.gateway.services.trail.trail(sandbox.ready.tenant, trail);
  return events.find((one) => one.event === event)?.facts;
};

/** The keys that the model was shown, by the word in their lines. */
async function keyOf(word: string): Promise<string> {
  const sent = JSON.stringify(await sandbox.received());
  const line = sent.split('\\\\n').find((one) => one.includes(word) && /^\[[A-Z]\d/.test(one)) ?? '';
  return /^\[([A-Z]\d+)\]/.exec(line)?.[1] ?? '-';
}

describe('what a model leaves out of a reconciliation', () => {
  it('is added from the record, cited and said, its dates as they are', async () => {
    await says('She takes ramipril 10 mg and warfarin 5 mg; she is allergic to penicillin.');
    const reply = await ask();
    const content = contentOf(reply.body);
    const key = await keyOf('Digoxin');
    expect(content).toMatch(/^She takes ramipril/);
    expect(content).toContain(
      `\n\n${added(1).text}\n- [${key}] ordered drug | drug: Digoxin 0.125 MG Oral Tablet (RxNorm 197604) | status: active`,
    );
    expect(content).toMatch(/Digoxin.* \| ordered: 2026-05-03 \| dosage: dose 0\.125 mg, 1 times per 1 days/);
    expect(content).not.toMatch(/- \[M\d\] ordered drug \| drug: Ramipril/);
    expect(phiOf(reply)['incomplete']).toContainEqual(added(1));
    expect(citedOf(reply)).toContain(`{"key":"${key}","resource":"MedicationRequest/${patient}-digoxin"}`);
    expect(await factsOf(reply, 'response.checked')).toMatchObject({ added: 1 });
    expect(await factsOf(reply, 'response.delivered')).toBeDefined();
  });

  it('is nothing where all of it is told', async () => {
    await ask();
    const lines = ['Digoxin', 'Ramipril', 'Warfarin', 'penicillin'];
    const keys = await Promise.all(lines.map(keyOf));
    await says(lines.map((name, n) => `${name} [${keys[n]}]`).join('\n'));
    const reply = await ask();
    expect(contentOf(reply.body)).not.toContain('Left out by the model');
    expect(JSON.stringify(phiOf(reply)['incomplete'])).not.toContain('items_added');
    expect(await factsOf(reply, 'response.checked')).toMatchObject({ added: 0 });
  });

  it.each([
    ['refuses', 'I cannot help with that.'],
    ['says nothing', ''],
    ['cites everything and names nothing', 'All drugs are in order [M1, M2, M3, A1].\n[M1] [M2] [M3] [A1]'],
    ['announces what the gateway adds', `${added(4).text}\n[M1] [M2] [M3] [A1]`],
    ['opens code and leaves it open', '```\nNothing to see'],
    ['opens a comment of HTML', 'Nothing to see <!--'],
  ])('is everything of one that %s', async (_how, text) => {
    await says(text);
    const reply = await ask();
    const content = contentOf(reply.body);
    expect(reply.status).toBe(200);
    for (const name of ['Ramipril 10 MG', 'Digoxin 0.125 MG', 'Warfarin', 'Allergy to penicillin'])
      expect(content).toMatch(new RegExp(`^- \\[[MA]\\d\\] .*${name}`, 'm'));
    expect(content).toContain('2026-05-03');
    expect(content).not.toContain('<!--');
    expect(phiOf(reply)['incomplete']).toContainEqual(added(4));
  });

  it('is what stood behind the cut of one that was cut short, and both are said', async () => {
    const message = { role: 'assistant', content: 'She takes ramipril 10 mg. She also takes dig' };
    await sandbox.script([{ body: { choices: [{ index: 0, message, finish_reason: 'length' }] } }]);
    const reply = await ask();
    expect(contentOf(reply.body)).toMatch(/- \[M\d\] ordered drug \| drug: Digoxin/);
    expect(contentOf(reply.body)).toContain('\n- The answer was cut short by the model endpoint.');
    expect(JSON.stringify(reply.body['choices'])).toContain('"finish_reason":"length"');
    expect(phiOf(reply)['incomplete']).toEqual(
      expect.arrayContaining([added(3), expect.objectContaining({ code: 'answer_shortened' })]),
    );
  });

  it('is record text, of which links, tokens of others and code do nothing', async () => {
    await says('Ramipril, digoxin, penicillin.');
    const reply = await ask();
    const content = contentOf(reply.body);
    expect(content).toMatch(
      /- \[M\d\] ordered drug \| drug: Warfarin 5 mg tablet < img src=q> a web address for/,
    );
    expect(content).not.toMatch(/evil|<img|\[\[|`/);
    expect(await factsOf(reply, 'response.checked')).toMatchObject({
      failed: expect.arrayContaining(['links']),
    });
  });

  it('stands beside an answer that is one document', async () => {
    const document = '{"drugs":["ramipril 10 mg","warfarin 5 mg"]}';
    await says(document);
    const reply = await ask();
    const keys = await Promise.all(['Digoxin', 'penicillin'].map(keyOf));
    expect(contentOf(reply.body)).toBe(document);
    const notice = phiOf(reply)['incomplete'];
    expect(notice).toContainEqual({
      code: 'items_left_out',
      text: expect.stringMatching(/^The model left out 2 item\(s\) of the record: [MA]\d, [MA]\d\.$/),
    });
    for (const key of keys) expect(JSON.stringify(notice)).toContain(key);
    expect(await factsOf(reply, 'response.checked')).toMatchObject({ added: 2 });
  });
});

it('a hundred drugs of which a model lists some are all there', async () => {
  const many = 'left-out-many';
  const letters = 'abcdefghij';
  const names = Array.from(
    { length: 100 },
    (_, n) => `Xy${letters.charAt(Math.floor(n / 10))}${letters.charAt(n % 10)}stat`,
  );
  const about = { reference: `Patient/${many}` };
  for (const one of [
    ...basis({ patient: many, now, family: 'Quennell' }),
    ...names.map((name, n) => ({
      ...order(`many-${n}`, coded(String(900_000 + n), `${name} 5 MG Oral Tablet`), 5),
      subject: about,
    })),
  ])
    sandbox.running.store.put(one);
  const reply = await ask({ patient: many });
  const content = contentOf(reply.body);
  expect(content).toContain('75 more lines are not listed.');
  expect(content).toContain(added(75).text);
  expect(names.filter((name) => !content.includes(name))).toEqual([]);
});

it('an emergency summary that says nothing is all of its lines but laboratory and vital signs', async () => {
  const opened = sandbox.ready.patients[0]?.id ?? '';
  const declared = await sandbox.call('/v1/break-glass', await sandbox.token('outsider'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      patient: opened,
      reason: 'patient_unable',
      text: 'unconscious in the emergency room, nobody to ask',
    }),
  });
  expect(declared.status).toBe(201);
  await says('I have nothing to say.');
  const reply = await ask({ user: 'outsider', patient: opened, task: 'emergency.summary', purpose: 'BTG' });
  const content = contentOf(reply.body);
  expect(content).toMatch(/^- \[A\d+\] allergy or intolerance \| substance: /m);
  expect(content).toMatch(/^- \[C\d+\] problem \| condition: /m);
  expect(content).not.toContain('] vital sign | ');
  expect(content).toContain('- Emergency access: ');
});

describe('what is added is added', () => {
  it('to an answer that was asked for as a stream', async () => {
    await says('Nothing.');
    const reply = await ask({ stream: true });
    expect(reply.text).toContain('Digoxin 0.125 MG');
    expect(reply.text).toContain('"code":"items_added"');
    expect(reply.text).toContain('data: [DONE]');
  });

  it('to a response', async () => {
    const client = new OpenAI({
      baseURL: `${sandbox.ready.gateway}/v1`,
      apiKey: await sandbox.token('clinician'),
    });
    await says('Nothing.');
    const asked = {
      model: 'sandbox-extractive',
      input: 'Which drugs?',
      phi: { patient, task, purpose: 'TREAT' },
    };
    expect((await client.responses.create(asked)).output_text).toContain('Digoxin 0.125 MG');
  });

  it('to an answer through MCP', async () => {
    const client = new Client({ name: 'test', version: '1' });
    const token = await sandbox.token('clinician');
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${sandbox.ready.gateway}/mcp`), {
        requestInit: { headers: { authorization: `Bearer ${token}` } },
      }),
    );
    await says('Nothing.');
    const told = await client.callTool({
      name: 'ask',
      arguments: { patient, task, purpose: 'TREAT', question: 'Which drugs?' },
    });
    await client.close();
    expect(JSON.stringify(told)).toContain('Digoxin 0.125 MG');
  });

  it('to the answer of a model that was called elsewhere', async () => {
    const token = await sandbox.token('clinician');
    const post = (path: string, body: object): Promise<Reply> =>
      sandbox.call(path, token, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const taken = await post('/v1/context', { phi: { patient, task, purpose: 'TREAT' } });
    const context = isRecord(taken.body['context']) ? taken.body['context']['id'] : undefined;
    // What the record no longer holds is not handed out.
    sandbox.running.store.put({
      ...order('ramipril', coded('261962', 'Ramipril 10 MG Oral Capsule'), 10),
      status: 'entered-in-error',
    });
    const checked = await post('/v1/answers/check', { context, answer: 'She takes warfarin.' });
    sandbox.running.store.put(order('ramipril', coded('261962', 'Ramipril 10 MG Oral Capsule'), 10));
    const answer = String(checked.body['answer']);
    expect(answer).toMatch(
      /^She takes warfarin\.\n\nLeft out by the model, added from the record: 2 item\(s\)\./,
    );
    expect(answer).toMatch(/- \[M\d\] ordered drug \| drug: Digoxin.*ordered: 2026-05-03/);
    expect(answer).not.toContain('Ramipril');
  });

  it('for the other tasks that may leave nothing out, and for no others', async () => {
    await says('Nothing.');
    expect(contentOf((await ask({ task: 'allergies' })).body)).toContain('Allergy to penicillin');
    await says('Nothing.');
    expect(contentOf((await ask({ task: 'problem.list' })).body)).not.toContain('Left out by the model');
  });
});
