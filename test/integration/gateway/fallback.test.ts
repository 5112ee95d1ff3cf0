import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TrailEvent } from '../../../src/audit/events.ts';
import type { TrailWriter } from '../../../src/audit/ports.ts';
import type { Config } from '../../../src/config/config.ts';
import { replay } from '../../../src/policy/stored-decision.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import type { ModelEndpoint } from '../../../src/vocabulary/model-endpoint.ts';
import { type AskOptions, type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { findLeaks, type Identifiers } from '../../leak/matcher.ts';
import { endedTrail, identifiersOf } from '../hardening/bad-input.ts';
import {
  answers,
  completion,
  type ModelDouble,
  type Play,
  startModelDouble,
} from '../hardening/model-double.ts';

/** Milliseconds that an endpoint is waited for, and a whole request. */
const patience = 700;
const deadlineMs = 6000;

let sandbox: SandboxUnderTest;
/** Asked first; is to stand in, but may not; stands in. Only the last one is the sandbox's own model. */
let first: ModelDouble;
let forbidden: ModelDouble;
let append: TrailWriter['append'];
let identifiers: Identifiers;

const withModels =
  (models: (spare: string) => readonly Partial<ModelEndpoint>[]) =>
  (config: Config): Config => ({
    ...config,
    limits: { ...config.limits, requestTimeoutMs: deadlineMs },
    tenants: config.tenants.map((tenant) => ({
      ...tenant,
      // A law by which the place of an endpoint counts.
      jurisdictions: ['EU'],
      lawfulBases: { TREAT: '6.1.e+9.2.h' },
      models: [
        ...tenant.models.map((model) => ({ ...model, residency: 'DE' })),
        ...models(tenant.models[0]?.baseUrl ?? '').map((model) => ({
          id: 'none',
          model: 'name-upstream',
          baseUrl: '',
          timeoutMs: patience,
          maxAnswerBytes: 100_000,
          residency: 'DE-fra',
          trusted: true,
          ...model,
        })),
      ],
      workloads: tenant.workloads.map((workload) => ({
        ...workload,
        models: [
          'first',
          'alone',
          'down',
          'hung',
          'slow',
          'untrusted',
          'research',
          'abroad',
          'spare',
          'vectors',
          'sandbox-hash',
        ],
      })),
    })),
  });

beforeAll(async () => {
  first = await startModelDouble();
  forbidden = await startModelDouble();
  const down = await startModelDouble();
  await down.close();
  sandbox = await SandboxUnderTest.start({
    configure: withModels((spare) => [
      // One that policy does not trust, one for another purpose, one that the workload may not use, and then a good one.
      {
        id: 'first',
        baseUrl: first.baseUrl,
        fallback: ['untrusted', 'research', 'spare'],
        noStore: true,
        retries: 1,
      },
      { id: 'alone', baseUrl: first.baseUrl, fallback: ['untrusted', 'abroad', 'unlisted'] },
      { id: 'down', baseUrl: down.baseUrl, fallback: ['spare'] },
      { id: 'hung', baseUrl: first.baseUrl, fallback: ['slow', 'spare'] },
      { id: 'slow', baseUrl: first.baseUrl, timeoutMs: 60_000 },
      { id: 'untrusted', baseUrl: forbidden.baseUrl, trusted: false },
      { id: 'research', baseUrl: forbidden.baseUrl, purposes: ['HRESCH'] },
      { id: 'unlisted', baseUrl: forbidden.baseUrl },
      { id: 'abroad', baseUrl: forbidden.baseUrl, residency: 'US' },
      { id: 'spare', baseUrl: spare, model: 'spare-upstream', timeoutMs: 5000 },
      {
        id: 'vectors',
        baseUrl: down.baseUrl,
        model: 'sandbox-hash',
        embeddings: true,
        fallback: ['sandbox-hash'],
      },
    ]),
  });
  identifiers = identifiersOf(sandbox);
  const { trail } = sandbox.running.gateway.gateway.services;
  append = trail.append.bind(trail);
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await first.close();
  await forbidden.close();
});
beforeEach(async () => {
  // One that was silent ten times in a row is left alone for a second, and would tell nothing of the next case.
  while (said(await ask('first')).model !== 'first') await delay(100);
  first.received.length = 0;
  forbidden.received.length = 0;
  await sandbox.forgetReceived();
});
afterEach(() => {
  sandbox.running.gateway.gateway.services.trail.append = append;
  first.play = answers(completion('ok'));
});

const status =
  (code: number): Play =>
  (response) => {
    response.writeHead(code, { 'content-type': 'application/json' }).end('{}');
  };
const breaks: Play = (response) => response.destroy();
const hangs: Play = () => undefined;

/** What was sent to the sandbox's model as `spare`. */
const spared = async (): Promise<readonly string[]> =>
  (await sandbox.received())
    .map(({ body }) => String(body))
    .filter((body) => body.includes('spare-upstream'));

interface Stored extends Pick<TrailEvent, 'event' | 'outcome' | 'facts'> {
  readonly reason?: string;
}
const eventsOf = async ({ trail }: Reply): Promise<readonly Stored[]> => {
  await endedTrail(sandbox, trail);
  return sandbox.running.gateway.gateway.services.trail.trail(sandbox.ready.tenant, trail);
};
/** Event, outcome and endpoint of what a trail says from the first decision on. */
const pathOf = async (reply: Reply): Promise<readonly string[]> =>
  (await eventsOf(reply))
    .filter(({ event }) =>
      [
        'request.authorized',
        'endpoint.denied',
        'context.released',
        'response.generated',
        'response.aborted',
      ].includes(event),
    )
    .map(({ event, facts: { model }, outcome, reason }) =>
      [
        event,
        ...(outcome === 'success' ? [] : [reason ?? 'no reason']),
        ...(typeof model === 'string' ? [model] : []),
      ].join(' '),
    );

const canary = (text: string): string => /never repeat\): ([0-9a-f]+)/.exec(text)?.[1] ?? '';
const question = 'What is the latest LDL?';
const ask = (model: string, stream = false, more: AskOptions = {}) =>
  sandbox.ask({
    ...more,
    question: `${question} Her name is ${sandbox.ready.patients[0]?.name ?? ''}.`,
    stream,
    body: { model },
  });

/** Whole or as a stream: what was said, the endpoint that is named, and the error. */
function said({ body, status: code, text }: Reply): { code: number; model: unknown; text: string } {
  if (!text.startsWith('data: ')) return { code, model: body['model'], text };
  const frames = text
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line): unknown => JSON.parse(line.slice(6)))
    .filter(isRecord);
  return { code, model: frames[0]?.['model'], text };
}

describe.each([
  ['whole', false],
  ['as a stream', true],
] as const)('an endpoint that gives nothing, asked %s', (_, stream) => {
  it.each<[string, Play, string, number]>([
    ['breaks the connection', breaks, 'model_unavailable', 2],
    ['answers 503', status(503), 'model_unavailable', 2],
    ['answers 429', status(429), 'model_unavailable', 2],
    ['is silent until its time is over', hangs, 'model_timeout', 1],
  ])('and %s: the next one that policy allows answers', async (_name, play, reason, calls) => {
    first.play = play;
    const reply = await ask('first', stream);
    expect(said(reply)).toMatchObject({ code: 200, model: 'spare' });
    expect(reply.text).toContain('LDL');
    expect(first.received).toHaveLength(calls);
    expect(forbidden.received).toEqual([]);
    expect(await spared()).toHaveLength(1);
    expect(await pathOf(reply)).toEqual([
      'request.authorized first',
      'context.released first',
      `response.generated ${reason} first`,
      'endpoint.denied model_not_allowed untrusted',
      'endpoint.denied model_not_allowed research',
      'request.authorized spare',
      'context.released spare',
      'response.generated spare',
    ]);
  });

  it('and is not there at all: the other one answers', async () => {
    expect(said(await ask('down', stream))).toMatchObject({ code: 200, model: 'spare' });
  });

  it('and policy allows none of the others: the error is that of the first, and tells of no other', async () => {
    first.play = hangs;
    const reply = await ask('alone', stream);
    expect(reply.status).toBe(504);
    expect(reply.text).toContain('upstream_timeout');
    expect(reply.text).not.toMatch(/untrusted|abroad|unlisted/);
    expect(forbidden.received).toEqual([]);
    expect(await pathOf(reply)).toEqual([
      'request.authorized alone',
      'context.released alone',
      'response.generated model_timeout alone',
      'endpoint.denied model_not_allowed untrusted',
      'endpoint.denied policy_denied abroad',
      'endpoint.denied model_not_allowed unlisted',
      'response.aborted model_timeout',
    ]);
    expect((await eventsOf(reply)).at(-1)?.facts['stage']).toBe('ask');
  });

  it('and the trail cannot be written before the second one: nothing leaves to it', async () => {
    first.play = breaks;
    sandbox.running.gateway.gateway.services.trail.append = (events) =>
      events.some(({ event, facts }) => event === 'context.released' && facts['model'] === 'spare')
        ? Promise.reject(new Error('no disk'))
        : append(events);
    const reply = await ask('first', stream);
    expect(reply.status).toBe(503);
    expect(reply.text).toContain('trail_unavailable');
    expect(await spared()).toEqual([]);
  });
});

const begun = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;

describe('an endpoint that gave something', () => {
  it.each<[string, boolean, Play, number]>([
    [
      'half an answer',
      false,
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"choices": [');
        setTimeout(() => response.destroy(), 50);
      },
      502,
    ],
    [
      'the beginning of a stream',
      true,
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(begun('The newest'));
        setTimeout(() => response.destroy(), 50);
      },
      502,
    ],
    [
      'the head of an answer, and then nothing',
      false,
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      },
      504,
    ],
    ['an answer of another shape', false, answers({ choices: [] }), 502],
    ['an answer of another type', false, answers('ok', { 'content-type': 'text/html' }), 502],
    ['an error of its own', false, answers({ error: { message: 'no' } }), 502],
    ['a refusal by its status', false, status(400), 502],
    ['a refusal of its key', false, status(401), 502],
    ['an error of its server', false, status(500), 502],
    ['a redirect', false, (response) => response.writeHead(307, { location: '/v1' }).end(), 502],
    [
      'an answer that is blocked',
      false,
      (...asked) => answers(completion(`It is ${sandbox.ready.patients[0]?.name ?? ''}.`))(...asked),
      403,
    ],
  ])('%s: nobody else is asked', async (_name, stream, play, code) => {
    first.play = play;
    const reply = await ask('first', stream);
    expect(reply.status).toBe(code);
    expect(first.received).toHaveLength(1);
    expect(await spared()).toEqual([]);
    expect(await pathOf(reply)).not.toContain('request.authorized spare');
  });

  it('the model’s own refusal is an answer', async () => {
    first.play = answers(completion('I cannot help with that.'));
    const reply = await ask('first');
    expect(said(reply)).toMatchObject({ code: 200, model: 'first' });
    expect(await spared()).toEqual([]);
  });
});

/** Nothing but the care team relates the nurse to this patient. */
const nurse = { user: 'nurse', task: 'problem.list' };
const opening = (type: 'CareTeam' | 'Consent') =>
  sandbox.running.store
    .all(type)
    .filter((one) => JSON.stringify(one).includes(`"Patient/${sandbox.ready.patients[0]?.id ?? ''}"`));

describe.each(['Consent', 'CareTeam'] as const)('a %s that is taken back meanwhile', (type) => {
  const before: Resource[] = [];
  const takeBack = () => {
    before.push(...opening(type));
    for (const one of before) sandbox.running.store.put({ ...one, status: 'inactive' });
  };
  afterEach(() => {
    for (const one of before.splice(0)) sandbox.running.store.put(one);
  });

  it('before the second one is asked: nothing leaves to it', async () => {
    first.play = takeBack;
    const reply = await ask('first', false, nurse);
    expect(reply.status).toBe(403);
    expect((await eventsOf(reply)).at(-1)?.event).toBe('response.aborted');
    expect(await spared()).toEqual([]);
  });

  it('while the second one answers: nothing of its answer leaves', async () => {
    first.play = breaks;
    await sandbox.script([{ delayMs: 700, chunks: ['the scripted model said this'] }]);
    const asked = ask('first', false, nurse);
    while ((await spared()).length === 0) await delay(10);
    takeBack();
    const reply = await asked;
    expect(reply.status).toBe(403);
    expect(reply.text).not.toContain('scripted');
  });
});

describe('what goes to another endpoint', () => {
  it('is written and cleared for it: its own name and settings, another canary, and no identifier', async () => {
    first.play = breaks;
    const reply = await ask('first');
    const [sent = ''] = await spared();
    const [before = ''] = first.received;
    const name = sandbox.ready.patients[0]?.name ?? '-';
    expect(sent).toContain('[[');
    expect(sent).not.toContain(name);
    expect(findLeaks(sent, identifiers)).toEqual([]);
    expect(before).toContain('"store":false');
    expect(sent).not.toContain('"store"');
    expect(canary(sent)).toMatch(/^[0-9a-f]{16}/);
    expect(canary(sent)).not.toBe(canary(before));
    const hashes = (await eventsOf(reply)).filter(({ event }) => event === 'context.released');
    expect(new Set(hashes.map(({ facts }) => facts['requestHash'])).size).toBe(2);
  });

  it('stands on a decision of its own, which replays, and the whole trail verifies', async () => {
    first.play = status(503);
    const reply = await ask('first');
    const decisions = (await eventsOf(reply)).filter(({ event }) => event === 'request.authorized');
    expect(decisions.map(({ facts }) => facts['insteadOf'])).toEqual([undefined, 'first']);
    const { services } = sandbox.running.gateway.gateway;
    const denials = (await eventsOf(reply)).filter(({ event }) => event === 'endpoint.denied');
    for (const { facts } of [...decisions, ...denials])
      expect(replay(facts, [services.policy])).toBe('equal');
    for (const { facts } of denials)
      expect(facts).toMatchObject({
        effect: 'deny',
        insteadOf: 'first',
        modelTrusted: false,
        releaseHash: services.release.releaseHash,
      });
    expect(verifyTrail(sandbox.ready.files.audit)).toMatchObject({ ok: true });
  });

  it('is told to officers in sentences, to the asker not, and counted', async () => {
    first.play = breaks;
    const { trail } = await ask('first');
    const officer = await sandbox.call(`/v1/trails/${trail}`, await sandbox.token('compliance'));
    expect(officer.text).toContain('The model endpoint first was not reached, or gave no answer in time.');
    expect(officer.text).toContain('Policy does not let the request go to the model endpoint untrusted');
    expect(officer.text).toContain('The model endpoint spare answered in the place of first.');
    const own = await sandbox.call(`/v1/trails/${trail}`, await sandbox.token('clinician'));
    expect(own.status).toBe(200);
    expect(own.text).not.toMatch(/untrusted|endpoint\.denied|in the place/);
    const metrics = await (await fetch(`${sandbox.ready.operations}/metrics`)).text();
    expect(metrics).toMatch(/model_fallbacks_total\{upstream="spare",outcome="success"\} [1-9]/);
    expect(metrics).toMatch(/model_fallbacks_total\{upstream="untrusted",outcome="refused"\} [1-9]/);
    expect(metrics).not.toContain('upstream="first"');
  });

  it('costs nothing where the first one answers', async () => {
    first.play = answers(completion('No LDL is on record.'));
    const reply = await ask('first');
    expect(await pathOf(reply)).toEqual([
      'request.authorized first',
      'context.released first',
      'response.generated first',
    ]);
    expect(forbidden.received).toEqual([]);
  });

  it('gets no more time than the request has', async () => {
    first.play = hangs;
    const began = performance.now();
    const reply = await ask('hung');
    expect(reply.status).toBe(504);
    expect(performance.now() - began).toBeLessThan(deadlineMs + 2000);
    expect(await spared()).toEqual([]);
    expect((await eventsOf(reply)).at(-1)).toMatchObject({
      event: 'response.aborted',
      reason: 'deadline_passed',
    });
  });

  it('is nothing where the caller has gone', async () => {
    first.play = hangs;
    const token = await sandbox.token('clinician');
    const caller = new AbortController();
    const asked = fetch(`${sandbox.ready.gateway}/v1/chat/completions`, {
      method: 'POST',
      signal: caller.signal,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'first',
        messages: [{ role: 'user', content: question }],
        phi: { patient: sandbox.ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT' },
      }),
    }).catch(() => undefined);
    while (first.received.length === 0) await delay(10);
    caller.abort();
    await asked;
    await delay(patience + 300);
    expect(await spared()).toEqual([]);
  });
});

it('other faces ask in turn as well: responses and embeddings', async () => {
  first.play = breaks;
  const token = await sandbox.token('clinician');
  const phi = { patient: sandbox.ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT' };
  const post = (path: string, body: object) =>
    sandbox.call(path, token, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phi, ...body }),
    });
  expect((await post('/v1/responses', { model: 'first', input: question })).body).toMatchObject({
    model: 'spare',
  });
  const vectors = await post('/v1/embeddings', { model: 'vectors', input: 'The latest LDL was high.' });
  expect(vectors.body).toMatchObject({ model: 'sandbox-hash' });
  expect(await pathOf(vectors)).toEqual([
    'request.authorized vectors',
    'context.released vectors',
    'response.generated model_unavailable vectors',
    'request.authorized sandbox-hash',
    'context.released sandbox-hash',
    'response.generated sandbox-hash',
  ]);
});
