import { type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { heldBack } from '../../../src/release/held-back.ts';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { type ModelDouble, startModelDouble } from '../hardening/model-double.ts';

const beat = 100;

let sandbox: SandboxUnderTest;
let double: ModelDouble;
beforeAll(async () => {
  double = await startModelDouble();
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...config,
      limits: { ...config.limits, heartbeatMs: beat },
      tenants: config.tenants.map((tenant) => ({
        ...tenant,
        models: [
          ...tenant.models,
          {
            id: 'double',
            model: 'double',
            baseUrl: double.baseUrl,
            timeoutMs: 60_000,
            maxAnswerBytes: 1_000_000,
            residency: 'local' as const,
            trusted: true,
          },
        ],
      })),
    }),
  });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await double.close();
});

/** A model that says what the test says, when it says it. */
class Speaking {
  said = '';
  gone = false;
  body = '';
  readonly #response: Promise<ServerResponse>;

  constructor() {
    this.#response = new Promise((resolve) => {
      double.play = (response, body) => {
        this.body = body;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.once('close', () => {
          this.gone = true;
        });
        resolve(response);
      };
    });
  }

  async #event(choice: object): Promise<void> {
    const response = await this.#response;
    response.write(
      `data: ${JSON.stringify({ choices: [{ index: 0, finish_reason: null, ...choice }] })}\n\n`,
    );
  }

  async say(text: string): Promise<void> {
    this.said += text;
    await this.#event({ delta: { content: text } });
  }

  async asked(): Promise<void> {
    await this.#response;
  }

  async end(reason = 'stop'): Promise<void> {
    await this.#event({ delta: {}, finish_reason: reason });
    (await this.#response).end('data: [DONE]\n\n');
  }
}

/** A caller who reads a stream as it comes. */
class Reading {
  raw = '';
  ended = false;
  status = 0;
  trail = '';
  call: ClientRequest;

  constructor(call: ClientRequest) {
    this.call = call;
    call.on('error', () => undefined);
    call.once('response', (response: IncomingMessage) => {
      this.status = response.statusCode ?? 0;
      this.trail = String(response.headers['phi-trail']);
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        this.raw += piece;
      });
      response.on('error', () => undefined);
      response.once('close', () => {
        this.ended = true;
      });
    });
  }

  /** The text of the answer so far. */
  get text(): string {
    return this.raw
      .split('\n\n')
      .filter((event) => event.startsWith('data: {'))
      .map((event): string => {
        const chunk: unknown = JSON.parse(event.slice('data: '.length));
        const choices: unknown = isRecord(chunk) ? chunk['choices'] : undefined;
        const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
        const delta = isRecord(choice) ? choice['delta'] : undefined;
        return isRecord(delta) && typeof delta['content'] === 'string' ? delta['content'] : '';
      })
      .join('');
  }

  async until(holds: () => boolean): Promise<void> {
    for (const began = Date.now(); !holds(); await delay(5))
      if (Date.now() - began > 4000)
        throw new Error(`never: ${this.status} ${this.ended} ${this.raw.slice(-600)}`);
  }
}

async function asking(task = 'vitals.recent'): Promise<Reading> {
  const call = request(`${sandbox.ready.gateway}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await sandbox.token('clinician')}`,
    },
  });
  const reading = new Reading(call);
  call.end(
    JSON.stringify({
      model: 'double',
      stream: true,
      messages: [{ role: 'user', content: 'What was measured lately?' }],
      phi: { patient: sandbox.ready.patients[0]?.id, task, purpose: 'TREAT' },
    }),
  );
  return reading;
}

const prose =
  'The newest value is inside its range. No older one was far from it. Blood pressure was taken twice. The lower of both counts. Nothing else was asked about. All of it is from this year. There is no more to say. ';
/** Where consent withholds something, a sentence is held until it is clear that it does not speak of that. */
const sentence = Math.max(...prose.split('. ').map(({ length }) => length + 2));
const eventsOf = async (trail: string) => (await sandbox.trail(trail)).map(({ event }) => event);
const written = (trail: string) => sandbox.running.gateway.gateway.services.trail.trail('sandbox', trail);
const settled = async (): Promise<void> => {
  while (sandbox.running.gateway.gateway.open > 0) await delay(5);
};

const nameOf = (): string => sandbox.ready.patients[0]?.name ?? '';

let model: Speaking;
beforeEach(() => {
  model = new Speaking();
});
afterEach(settled);

describe('an answer leaves while the model speaks', () => {
  it('never further behind it than what may become a finding, and the trail says so before', async () => {
    const reading = await asking();
    const longest = Math.max(...prose.split(' ').map((word) => word.length)) + 1;
    let most = 0;
    for (const word of prose.match(/\S+\s/g) ?? []) {
      await model.say(word);
      const least = model.said.length - heldBack - longest - sentence - Math.ceil(model.said.length / 64);
      await reading.until(() => reading.text.length >= least);
      most = Math.max(most, model.said.length - reading.text.length);
    }
    expect(most).toBeLessThanOrEqual(heldBack + longest + sentence + Math.ceil(model.said.length / 64));
    expect(model.said.startsWith(reading.text)).toBe(true);
    const before = await eventsOf(reading.trail);
    expect(before.slice(-3)).toEqual(['context.released', 'response.checked', 'response.released']);
    await model.end();
    await reading.until(() => reading.ended);
    expect(reading.raw.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(reading.text.trimEnd().startsWith(prose.trimEnd())).toBe(true);
    await settled();
    expect((await eventsOf(reading.trail)).slice(-4)).toEqual([
      'response.generated',
      'response.checked',
      'response.released',
      'response.delivered',
    ]);
  });

  it('with its tokens as values', async () => {
    const reading = await asking();
    await model.asked();
    const token = /\[\[DATE-[0-9A-Z]{8} day \d{5}\]\]/.exec(model.body)?.[0] ?? '';
    expect(token).not.toBe('');
    await model.say(`It was measured on ${token}. ${prose}`);
    await reading.until(() => reading.text.includes('The newest'));
    expect(reading.text).toMatch(/^It was measured on \d{4}-\d\d-\d\d\. The/);
    await model.end();
    await reading.until(() => reading.ended);
  });

  it('and a short one leaves at its end', async () => {
    const reading = await asking();
    await model.say('Too short.');
    await model.end('length');
    await reading.until(() => reading.ended);
    expect(reading.text).toMatch(/^Too short\./);
    expect(reading.raw).toContain('"finish_reason":"length"');
    await settled();
    const events = await eventsOf(reading.trail);
    expect(events.filter((event) => event === 'response.released')).toHaveLength(1);
  });

  it('not where the task is delivered whole', async () => {
    const reading = await asking('medication.reconciliation');
    const sent = (await Promise.race([model.asked(), reading.until(() => reading.ended)]), model.body);
    expect(JSON.parse(sent)).toMatchObject({ stream: false });
    reading.call.destroy();
  });
});

describe('an answer that began to leave', () => {
  it('and then names the patient ends in an error, and the trail tells what had left', async () => {
    const reading = await asking();
    await model.say(prose);
    await reading.until(() => reading.text.length > 0);
    await model.say(`The patient is ${nameOf()}, as everybody knows. ${prose}`);
    await reading.until(() => reading.ended);
    expect(reading.status).toBe(200);
    expect(reading.raw).toContain('event: error');
    expect(reading.raw).toContain('content_refused');
    expect(reading.raw).not.toContain('[DONE]');
    for (const word of nameOf().split(' ')) expect(reading.raw).not.toContain(word);
    await model.asked();
    while (!model.gone) await delay(5);
    await settled();
    const last = (await written(reading.trail)).at(-1);
    expect(last).toMatchObject({
      event: 'response.aborted',
      reason: 'answer_blocked',
      facts: { failed: ['identifiers'], bytes: Buffer.byteLength(reading.text), stream: true },
    });
    expect(prose.startsWith(reading.text.slice(0, prose.length))).toBe(true);
  });

  it('and breaks off with its model ends in an error', async () => {
    const reading = await asking();
    await model.say(prose);
    await reading.until(() => reading.text.length > 0);
    await model.end('tool_calls');
    await reading.until(() => reading.ended);
    expect(reading.raw).toContain('event: error');
    expect(reading.raw).not.toContain('[DONE]');
  });

  it('leaves the model when its caller goes', async () => {
    const reading = await asking();
    await model.say(prose);
    await reading.until(() => reading.text.length > 0);
    reading.call.destroy();
    while (!model.gone) await delay(5);
    await settled();
    const last = (await written(reading.trail)).at(-1);
    expect(last).toMatchObject({ event: 'response.aborted', reason: 'caller_gone', facts: { stream: true } });
  });

  it('ends when consent is withdrawn', async () => {
    const put = async (resource: Resource): Promise<void> => {
      await fetch(`${new URL(sandbox.ready.fhir).origin}/__resources`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(resource),
      });
    };
    const reading = await asking();
    await model.say(prose);
    await reading.until(() => reading.text.length > 0);
    const consents = sandbox.running.store
      .all('Consent')
      .filter((one) => JSON.stringify(one['patient']).includes(`Patient/${sandbox.ready.patients[0]?.id}`));
    for (const consent of consents) await put({ ...consent, status: 'inactive' });
    await reading.until(() => reading.ended);
    for (const consent of consents) await put(consent);
    expect(reading.raw).toContain('event: error');
    expect(reading.raw).not.toContain('[DONE]');
    await settled();
    expect((await sandbox.trail(reading.trail)).at(-1)).toMatchObject({
      event: 'response.aborted',
      reason: 'revoked',
    });
  });
});

describe('while nothing can be sent', () => {
  it('comments keep the stream alive, and a refusal is an error in it', async () => {
    const reading = await asking();
    await model.asked();
    await reading.until(() => reading.raw.includes(': '));
    expect(reading.text).toBe('');
    await model.say(prose);
    await reading.until(() => reading.text.length > 0);
    const before = reading.raw.split(': the answer').length;
    await reading.until(() => reading.raw.split(': the answer').length > before);
    await model.end();
    await reading.until(() => reading.ended);
    expect(reading.raw.endsWith('data: [DONE]\n\n')).toBe(true);
    const refused = new Speaking();
    const other = await asking();
    await refused.asked();
    await other.until(() => other.raw.includes(': '));
    await refused.end('tool_calls');
    await other.until(() => other.ended);
    expect(other.raw).toContain('event: error');
  });
});
