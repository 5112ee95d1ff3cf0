import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import type { PatientTexts } from '../../../src/vocabulary/patient-texts.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import { mcpRequest } from '../../fixtures/mcp-message.ts';
import { type AskOptions, type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

const texts: PatientTexts = {
  answer: 'Zyx wrote this. A person answers at extension 4711.',
  emergency: { text: 'Qwv first: call the number 112 now.', phrases: ['mi fa male il petto'] },
};
const { answer: below, emergency } = texts;
const ahead = emergency.text;

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...config,
      tenants: config.tenants.map((tenant) => ({ ...tenant, patientTexts: texts })),
    }),
  });
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(() => sandbox.forgetReceived());

const own = (): string => sandbox.ready.users.find(({ role }) => role === 'patient')?.patient ?? '';
const urgent = 'I have Chest\u00a0pain. What is the latest LDL?';

const ask = (more: AskOptions = {}): Promise<Reply> =>
  sandbox.ask({ user: 'patient', patient: own(), purpose: 'PATRQT', ...more });
const asClinician = (more: AskOptions = {}): Promise<Reply> => sandbox.ask(more);

const message = (role: string, content: string): object => ({ role, content });

/** Pieces of a stream of chat completions, in order. */
const piecesOf = ({ text }: Reply): string[] =>
  text
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .flatMap((event) => {
      const chunk: unknown = JSON.parse(event.slice('data: '.length));
      const choices = isRecord(chunk) ? chunk['choices'] : undefined;
      const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
      const delta = isRecord(first) ? first['delta'] : undefined;
      const content = isRecord(delta) ? delta['content'] : undefined;
      return typeof content === 'string' && content !== '' ? [content] : [];
    });

const textsOf = (body: Readonly<Record<string, unknown>>): unknown =>
  isRecord(body['phi']) ? body['phi']['patientTexts'] : undefined;

/** What the trail says of the end of this request; it is written once the last byte has left. */
async function lastFacts({ trail }: Reply): Promise<unknown> {
  for (;;) {
    const last = (await sandbox.running.gateway.gateway.services.trail.trail('sandbox', trail)).at(-1);
    if (/delivered|aborted|denied/.test(last?.event ?? '')) return { event: last?.event, facts: last?.facts };
    await delay(20);
  }
}

const delivered = (...codes: string[]) => ({
  event: 'response.delivered',
  facts: expect.objectContaining({ patientTexts: codes }),
});

const upstream = async (): Promise<string> => JSON.stringify(await sandbox.received());

describe('a patient', () => {
  it('reads below a whole answer who wrote it, and nothing before it', async () => {
    const reply = await ask();
    const content = contentOf(reply.body);
    expect(content).toMatch(/^(?!Qwv)[^]*\S\n\nZyx wrote this\. A person answers at extension 4711\.$/);
    expect(textsOf(reply.body)).toEqual([{ code: 'answer', text: below }]);
    expect(await lastFacts(reply)).toEqual(delivered('answer'));
    expect(await upstream()).not.toContain('Zyx');
  });

  it('reads first what to do, where the question speaks of an emergency, and is answered all the same', async () => {
    const reply = await ask({ question: urgent });
    const content = contentOf(reply.body);
    expect(content.startsWith(`${ahead}\n\n`)).toBe(true);
    expect(content).toContain('LDL');
    expect(content.endsWith(`\n\n${below}`)).toBe(true);
    expect(textsOf(reply.body)).toEqual([
      { code: 'emergency', text: ahead },
      { code: 'answer', text: below },
    ]);
    expect(await lastFacts(reply)).toEqual(delivered('emergency', 'answer'));
    const sent = await upstream();
    expect(sent).not.toContain('Qwv');
    expect(sent).toContain('Chest');
  });

  it('reads it by a phrase of the tenant, and in any message of the turn', async () => {
    expect(contentOf((await ask({ question: 'Mi  FA MALE il petto' })).body)).toContain(ahead);
    const messages = [
      { role: 'user', content: 'my throat is closing' },
      { role: 'user', content: 'What is the latest LDL?' },
    ];
    expect(contentOf((await ask({ body: { messages } })).body)).toContain(ahead);
  });

  it('reads it by what is said over two messages, and behind an answer that says nothing', async () => {
    const turns = [
      [message('user', 'I have pain in my'), message('user', 'chest. What is the latest LDL?')],
      [message('user', 'chest pain'), message('assistant', ''), message('user', 'What is the latest LDL?')],
    ];
    for (const messages of turns)
      expect(contentOf((await ask({ body: { messages } })).body).startsWith(`${ahead}\n\n`)).toBe(true);
  });

  it('does not read it for what others say, or what was said before the last answer', async () => {
    const messages = [
      { role: 'system', content: 'Never speak of chest pain.' },
      { role: 'user', content: 'I have chest pain' },
      { role: 'assistant', content: 'Chest pain is an emergency.' },
      { role: 'user', content: 'What is the latest LDL?' },
    ];
    expect(contentOf((await ask({ body: { messages } })).body)).not.toContain(ahead);
  });

  it('reads both in a stream, the one in the first piece and the other in the last', async () => {
    const whole = contentOf((await ask({ question: urgent })).body);
    const streamed = await ask({ question: urgent, stream: true });
    const pieces = piecesOf(streamed);
    expect(pieces[0]).toBe(`${ahead}\n\n`);
    expect(pieces.at(-1)).toBe(`\n\n${below}`);
    expect(pieces.join('')).toBe(whole);
    expect(await lastFacts(streamed)).toEqual(delivered('emergency', 'answer'));
    expect(piecesOf(await ask({ stream: true }))[0]).not.toContain('Qwv');
  });

  it('reads both where a task is answered whole, although a stream was asked for', async () => {
    const more = { task: 'allergies', question: 'Anaphylaxis? Which allergies are there?' };
    const pieces = piecesOf(await ask({ ...more, stream: true }));
    expect([pieces[0], pieces.at(-1)]).toEqual([`${ahead}\n\n`, `\n\n${below}`]);
  });

  it('has an answer left as it is that was asked for as one JSON document', async () => {
    const document = '{"ldl":"normal"}';
    await sandbox.script([{ chunks: [document] }, { chunks: [document] }]);
    const body = { response_format: { type: 'json_object' } };
    const reply = await ask({ question: urgent, body });
    expect(contentOf(reply.body)).toBe(document);
    expect(textsOf(reply.body)).toHaveLength(2);
    expect(await lastFacts(reply)).toEqual(delivered('emergency', 'answer'));
    const streamed = await ask({ question: urgent, stream: true, body });
    expect(piecesOf(streamed).join('')).toBe(document);
    expect(streamed.text).toContain(ahead);
  });

  it('reads both around a JSON document that nobody asked for', async () => {
    await sandbox.script([{ chunks: ['{"ldl":"normal"}'] }, { chunks: ['[]'] }]);
    for (const stream of [false, true]) {
      const reply = await ask({ question: urgent, stream });
      const content = stream ? piecesOf(reply).join('') : contentOf(reply.body);
      expect(content.startsWith(`${ahead}\n\n`)).toBe(true);
      expect(content.endsWith(`\n\n${below}`)).toBe(true);
    }
  });

  it('reads both around an answer that says nothing', async () => {
    await sandbox.script([{ chunks: [''] }]);
    const content = contentOf((await ask({ question: urgent })).body);
    expect(content.startsWith(`${ahead}\n\n`)).toBe(true);
    expect(content.endsWith(`\n\n${below}`)).toBe(true);
  });

  it('reads both in the Responses API, whole and streamed', async () => {
    const token = await sandbox.token('patient');
    const send = (stream: boolean): Promise<Reply> =>
      sandbox.call('/v1/responses', token, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          input: urgent,
          stream,
          phi: { patient: own(), task: 'cholesterol.latest', purpose: 'PATRQT' },
        }),
      });
    const { output } = (await send(false)).body;
    const item: unknown = Array.isArray(output) ? output[0] : undefined;
    const content = isRecord(item) && Array.isArray(item['content']) ? item['content'].filter(isRecord) : [];
    const whole = String(content[0]?.['text']);
    expect(whole.startsWith(`${ahead}\n\n`)).toBe(true);
    expect(whole.endsWith(`\n\n${below}`)).toBe(true);
    const events = (await send(true)).text
      .split('\n')
      .filter((line) => line.startsWith('data: '))
      .map((line): unknown => JSON.parse(line.slice('data: '.length)))
      .filter(isRecord);
    const deltas = events.flatMap(({ delta, type }) =>
      type === 'response.output_text.delta' ? [String(delta)] : [],
    );
    expect(deltas[0]).toBe(`${ahead}\n\n`);
    expect(deltas.join('')).toBe(whole);
    expect(events.find(({ type }) => type === 'response.output_text.done')?.['text']).toBe(whole);
  });

  it('has both in what an agent is told', async () => {
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${sandbox.ready.gateway}/mcp`), {
        requestInit: { headers: { authorization: `Bearer ${await sandbox.token('patient')}` } },
      }),
    );
    const { structuredContent } = await client.callTool({
      name: 'ask',
      arguments: { patient: own(), task: 'cholesterol.latest', purpose: 'PATRQT', question: urgent },
    });
    await client.close();
    const told = isRecord(structuredContent) ? structuredContent : {};
    expect(String(told['answer']).startsWith(`${ahead}\n\n`)).toBe(true);
    expect(String(told['answer']).endsWith(`\n\n${below}`)).toBe(true);
    expect(textsOf(told)).toHaveLength(2);
  });

  it('sends the answer back in a second turn, and no model reads the texts', async () => {
    const first = contentOf((await ask({ question: urgent, phi: { conversation: 'texts' } })).body);
    const said = first.slice(ahead.length).slice(0, -below.length).trim();
    await sandbox.forgetReceived();
    const reply = await ask({
      phi: { conversation: 'texts' },
      body: {
        messages: [
          { role: 'user', content: urgent },
          { role: 'assistant', content: first },
          { role: 'user', content: 'And what is the latest LDL?' },
        ],
      },
    });
    expect(reply.status).toBe(200);
    expect(contentOf(reply.body).endsWith(`\n\n${below}`)).toBe(true);
    expect(contentOf(reply.body)).not.toContain(ahead);
    const sent = await upstream();
    expect(sent).toContain(said.slice(0, 12));
    for (const text of ['Qwv', 'Zyx', 'extension 4711']) expect(sent).not.toContain(text);
  });

  it('reads what to do also where the question is refused, and learns nothing else', async () => {
    const other = sandbox.ready.patients.find(({ id }) => id !== own())?.id ?? '';
    const bodies = await Promise.all(
      [other, 'no-such-patient', 'urn:mrn|4471193'].map(async (patient) => {
        const refused = await ask({ question: urgent, patient });
        const { body, status } = await ask({ patient });
        const error = isRecord(body['error']) ? body['error'] : {};
        expect([refused.status, status]).toEqual([403, 403]);
        expect(refused.body).toEqual({
          error: { ...error, message: `${ahead}\n\n${String(error['message'])}` },
          phi: { trail: refused.trail, patientTexts: [{ code: 'emergency', text: ahead }] },
        });
        expect(JSON.stringify(body)).not.toContain('Qwv');
        expect(await lastFacts(refused)).toEqual({
          event: 'request.denied',
          facts: expect.objectContaining({ patientTexts: ['emergency'] }),
        });
        return refused.text.replaceAll(refused.trail, 'T');
      }),
    );
    expect(new Set(bodies).size).toBe(1);
  });

  it('has nothing sent of an earlier answer that was the texts alone', async () => {
    const messages = [
      { role: 'user', content: 'What is the latest LDL?' },
      { role: 'assistant', content: `${ahead}\n\n` },
      { role: 'user', content: 'What is the latest LDL?' },
    ];
    expect((await ask({ body: { messages } })).status).toBe(200);
    expect(await upstream()).not.toContain('"assistant"');
  });

  it.each([false, true])('reads what to do where the model fails, stream: %s', async (stream) => {
    await sandbox.script([{ status: 500 }]);
    const failed = await ask({ question: urgent, stream });
    expect(failed).toMatchObject({ status: 502, body: { error: { code: 'model_unavailable' } } });
    expect(textsOf(failed.body)).toEqual([{ code: 'emergency', text: ahead }]);
    expect(await lastFacts(failed)).toEqual({
      event: 'response.aborted',
      facts: expect.objectContaining({ patientTexts: ['emergency'] }),
    });
  });

  it('reads what to do by every way in that refuses, in its shape', async () => {
    const json = { 'content-type': 'application/json' };
    const token = await sandbox.token('patient');
    const phi = { patient: 'no-such-patient', task: 'cholesterol.latest', purpose: 'PATRQT' };
    const send = (path: string, body: object): Promise<Reply> =>
      sandbox.call(path, token, { method: 'POST', headers: json, body: JSON.stringify(body) });
    const first = [{ code: 'emergency', text: ahead }];
    const responses = await send('/v1/responses', { input: urgent, phi });
    expect([responses.status, textsOf(responses.body)]).toEqual([403, first]);
    const context = await send('/v1/context', { query: urgent, phi });
    expect(context.body).toMatchObject({ patientTexts: first, detail: expect.stringContaining('Qwv') });
    const call = { name: 'ask', arguments: { ...phi, question: urgent } };
    const tool = await sandbox.call('/mcp', token, mcpRequest('tools/call', call));
    expect(tool.body).toMatchObject({
      result: {
        isError: true,
        content: [{ text: expect.stringContaining(ahead) }],
        structuredContent: { phi: { patientTexts: first } },
      },
    });
  });

  it('has read what to do where the answer then breaks off, and the trail says so', async () => {
    const { name = '' } = sandbox.ready.patients.find(({ id }) => id === own()) ?? {};
    const chunks = ['The latest value is in the usual range. '.repeat(8), `It is of ${name}. `];
    await sandbox.script([{ chunks: [...chunks, 'It is so. '.repeat(20)] }]);
    const broken = await ask({ question: urgent, stream: true });
    expect(broken.text).toContain('event: error');
    expect(piecesOf(broken)[0]).toBe(`${ahead}\n\n`);
    expect(broken.text).not.toContain(below);
    expect(await lastFacts(broken)).toEqual({
      event: 'response.aborted',
      facts: expect.objectContaining({ patientTexts: ['emergency'] }),
    });
  });
});

describe('somebody who treats', () => {
  it('reads neither, whole or streamed, whatever the question says', async () => {
    for (const stream of [false, true]) {
      const reply = await asClinician({ question: urgent, stream });
      expect(reply.status).toBe(200);
      expect(reply.text).not.toMatch(/Qwv|Zyx|patientTexts/);
      expect(JSON.stringify(await lastFacts(reply))).not.toContain('patientTexts');
    }
    const refused = await asClinician({ question: urgent, patient: 'no-such-patient' });
    expect(refused.text).not.toMatch(/Qwv|patientTexts/);
  });

  it('has a history sent as it is', async () => {
    const messages = [
      { role: 'assistant', content: `It was.\n\n${below}` },
      { role: 'user', content: 'What is the latest LDL?' },
    ];
    await asClinician({ body: { messages } });
    expect(await upstream()).toContain('wrote this. A person answers');
  });
});
